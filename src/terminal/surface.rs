//! Holds the screen: the cells shown and the cells wanted; each frame is sent in one write.

use std::io::{self, Write};

use crossterm::{Command, queue};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use super::frame::Frame;

/// Draws on the terminal.
///
/// Nothing is ever asked of the terminal: its size is set by [`Self::set_size`], its cursor is known. ratatui's
/// `Terminal` is not used: it reports changed cells without their neighbours, and moving the cursor past a letter takes
/// more bytes than writing it again.
#[derive(Debug)]
pub(super) struct Surface<W> {
    out: W,
    frame: Frame,
    shown: Buffer,
    wanted: Buffer,
    /// Whether the terminal may show something else than what was drawn.
    stale: bool,
}

impl<W: Write> Surface<W> {
    /// Returns a surface on a terminal that was just entered.
    pub(super) fn new(out: W, size: Size) -> Self {
        let buffer = Buffer::empty(Rect::from((Position::ORIGIN, size)));
        Self { out, frame: Frame::new(), shown: buffer.clone(), wanted: buffer, stale: false }
    }

    /// Sets the size of the next frame.
    pub(super) fn set_size(&mut self, size: Size) {
        let area = Rect::from((Position::ORIGIN, size));
        if self.shown.area != area {
            self.shown.resize(area);
            self.wanted.resize(area);
            self.clear();
        }
    }

    /// Discards what is known of the terminal, because another program used it.
    pub(super) fn forget(&mut self) {
        self.frame.forget();
        self.clear();
    }

    /// Makes the next frame begin with a cleared screen.
    pub(super) fn clear(&mut self) {
        self.stale = true;
    }

    /// Sends `command` between two frames.
    ///
    /// # Errors
    /// When the terminal went away.
    pub(super) fn send(&mut self, command: impl Command) -> io::Result<()> {
        let mut bytes = Vec::new();
        queue!(bytes, command)?;
        self.out.write_all(&bytes)
    }

    /// Shows what `draw` draws on empty cells; `draw` returns the position of the visible cursor, if there is one.
    ///
    /// # Errors
    /// When the terminal went away.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.wanted.reset();
        let cursor = draw(&mut self.wanted);
        if std::mem::take(&mut self.stale) {
            self.frame.clear();
            self.shown.reset();
        }
        let width = usize::from(self.wanted.area.width).max(1);
        let rows = self.shown.content.chunks(width).zip(self.wanted.content.chunks(width));
        for (y, (shown, wanted)) in (0..).zip(rows) {
            if shown != wanted {
                self.frame.row(y, shown, wanted);
            }
        }
        self.frame.put_cursor(cursor);
        std::mem::swap(&mut self.shown, &mut self.wanted);
        let bytes = self.frame.finish();
        let sent = if bytes.is_empty() { Ok(()) } else { self.out.write_all(bytes) };
        self.frame.begin();
        sent
    }
}

#[cfg(test)]
mod tests;
