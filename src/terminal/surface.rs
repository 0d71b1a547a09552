//! Frames: turns changed cells into as few bytes as it can and sends each frame in one write.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveRight, MoveTo, Show};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType as Clearing, EndSynchronizedUpdate};
use crossterm::{Command, queue};
use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use super::filter::{Shown, shortened, shown};
use super::pen::Pen;

/// Bytes a frame may spend on clusters beyond four bytes a cell; more would let hostile text make frames of megabytes.
const SHARE_OF_CLUSTERS: usize = 16 * 1024;
/// From how many blanks on erasing is shorter than writing them.
const BLANKS_ERASED: u16 = 8;
/// Styles that show on a blank.
const SHOW_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// The screen as ratatui draws on it.
///
/// Nothing is ever asked of the terminal: its size is told by [`Self::set_size`], its cursor is known.
#[derive(Debug)]
pub(super) struct Surface<W> {
    out: W,
    size: Size,
    /// The bytes of the frame being made; empty while nothing changed.
    frame: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, where that is known.
    at: Option<Position>,
    /// Where the visible cursor is, if there is one.
    cursor: Option<Position>,
    cursor_wished: Option<Position>,
    /// Blanks that still have to be written, from a position on.
    blanks: Option<(Position, u16)>,
    spent_on_clusters: usize,
}

impl<W: Write> Surface<W> {
    /// A surface on a terminal that was just entered.
    pub(super) fn new(out: W, size: Size) -> Self {
        Self {
            out,
            size,
            frame: Vec::with_capacity(16 * 1024),
            pen: Pen::default(),
            at: None,
            cursor: None,
            cursor_wished: None,
            blanks: None,
            spent_on_clusters: 0,
        }
    }

    /// Tells the size that the next frame has.
    pub(super) fn set_size(&mut self, size: Size) {
        self.size = size;
    }

    /// Forgets what was known of the terminal's cursor, because somebody else used the terminal.
    pub(super) fn forget(&mut self) {
        (self.at, self.cursor, self.pen) = (None, None, Pen::default());
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

    /// The frame to write to, opened where nothing was written yet.
    fn open(&mut self) {
        if self.frame.is_empty() {
            self.write(BeginSynchronizedUpdate);
        }
    }

    fn write(&mut self, command: impl Command) {
        // Writing to memory does not fail.
        let _ = queue!(self.frame, command);
    }

    fn put(&mut self, position: Position, cell: &Cell) {
        let blank = cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SHOW_ON_BLANKS);
        if blank {
            match &mut self.blanks {
                Some((from, count)) if from.y == position.y && from.x + *count == position.x => *count += 1,
                _ => {
                    self.put_blanks();
                    self.blanks = Some((position, 1));
                }
            }
            return;
        }
        self.put_blanks();
        let mut shown = shown(cell.symbol());
        if shown.text.len() > 4 || !shown.certain {
            // Eight bytes are what going to the next cell takes, because the cursor may be anywhere.
            self.spent_on_clusters += shown.text.len() + 8;
            if self.spent_on_clusters > SHARE_OF_CLUSTERS {
                shown = shortened(shown);
            }
        }
        self.go_to(position);
        self.pen.change(&mut self.frame, cell);
        self.frame.extend_from_slice(shown.text.as_bytes());
        self.advance(position, shown);
    }

    /// Notes where the cursor is after `shown` was written at `position`.
    fn advance(&mut self, position: Position, shown: Shown<'_>) {
        let next = u16::try_from(shown.cells).ok().and_then(|cells| position.x.checked_add(cells));
        // Past the last column a terminal either waits there or wraps; better not to build on it.
        self.at = next.filter(|&x| shown.certain && x < self.size.width).map(|x| Position { x, y: position.y });
    }

    fn put_blanks(&mut self) {
        let Some((from, count)) = self.blanks.take() else { return };
        self.go_to(from);
        self.pen.plain(&mut self.frame);
        if from.x + count >= self.size.width {
            self.write(Clear(Clearing::UntilNewLine));
        } else if count >= BLANKS_ERASED {
            // Erasing cells (ECH) is not among the commands of the library.
            self.write(crossterm::style::Print(format_args!("\x1b[{count}X")));
        } else {
            self.frame.resize(self.frame.len() + usize::from(count), b' ');
            self.at = Some(Position { x: from.x + count, y: from.y });
        }
    }

    fn go_to(&mut self, position: Position) {
        if self.at == Some(position) {
            return;
        }
        let ahead = self.at.filter(|at| at.y == position.y).and_then(|at| position.x.checked_sub(at.x));
        self.at = Some(position);
        self.open();
        match ahead {
            Some(ahead) => self.write(MoveRight(ahead)),
            None => self.write(MoveTo(position.x, position.y)),
        }
    }

    fn put_cursor(&mut self) {
        match self.cursor_wished {
            Some(position) => {
                if self.cursor != Some(position) || self.at != Some(position) {
                    self.go_to(position);
                }
                if self.cursor.is_none() {
                    self.open();
                    self.write(Show);
                }
            }
            None if self.cursor.is_some() => {
                self.open();
                self.write(Hide);
            }
            None => {}
        }
        self.cursor = self.cursor_wished;
    }
}

impl<W: Write> Backend for Surface<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            if x < self.size.width && y < self.size.height {
                self.put(Position { x, y }, cell);
            }
        }
        self.put_blanks();
        self.pen.plain(&mut self.frame);
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor_wished = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor_wished = self.cursor_wished.or(Some(Position::ORIGIN));
        Ok(())
    }

    /// Where the cursor was put last; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or(Position::ORIGIN))
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        if self.cursor_wished.is_some() {
            self.cursor_wished = Some(position.into());
        }
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Clears the whole screen, whatever is asked: the program draws on nothing less.
    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.open();
        self.write(SetAttribute(Attribute::Reset));
        self.write(Clear(Clearing::All));
        self.pen = Pen::default();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.put_cursor();
        self.spent_on_clusters = 0;
        if self.frame.is_empty() {
            return Ok(());
        }
        self.write(EndSynchronizedUpdate);
        let sent = self.out.write_all(&self.frame);
        self.frame.clear();
        sent
    }
}

#[cfg(test)]
mod tests;
