//! Writes a frame: the bytes that turn the cells shown into the cells wanted, as few as possible.

use std::io::Write;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::style::{Attribute, SetAttribute};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{Command, queue};
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::Color;

use super::filter::{Shown, shortened, shown};
use super::pen::{Pen, SHOW_ON_BLANKS};

/// Bytes a frame may spend on clusters beyond four bytes a cell; without a limit hostile text could make frames of
/// megabytes.
const SHARE_OF_CLUSTERS: usize = 16 * 1024;
/// Least number of blanks for which erasing and moving the cursor is shorter than writing them.
const BLANKS_ERASED: u16 = 10;
/// Bytes it takes to move the cursor within a row; that many bytes of unchanged text may be written again instead.
const STEP: usize = 4;

/// Holds a frame being written; empty while nothing has changed.
#[derive(Debug)]
pub(super) struct Frame {
    bytes: Vec<u8>,
    pen: Pen,
    /// The position of the terminal's cursor, where known.
    at: Option<Position>,
    /// The position of the visible cursor, if there is one.
    cursor: Option<Position>,
    spent_on_clusters: usize,
}

impl Frame {
    /// Returns an empty frame, for a terminal that was just entered.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), pen: Pen::default(), at: None, cursor: None, spent_on_clusters: 0 }
    }

    /// Discards what is known of the terminal, because another program used it.
    pub(super) fn forget(&mut self) {
        (self.at, self.cursor, self.pen) = (None, None, Pen::default());
    }

    /// Ends the frame and returns its bytes; empty if nothing has changed.
    pub(super) fn finish(&mut self) -> &[u8] {
        self.spent_on_clusters = 0;
        if !self.bytes.is_empty() {
            self.write(EndSynchronizedUpdate);
        }
        &self.bytes
    }

    /// Begins the next frame.
    pub(super) fn begin(&mut self) {
        self.bytes.clear();
    }

    /// Clears the whole screen.
    pub(super) fn clear(&mut self) {
        self.open();
        self.write(SetAttribute(Attribute::Reset));
        self.write(Clear(ClearType::All));
        self.pen = Pen::default();
    }

    /// Turns a row from the cells `shown` into the cells `wanted`, which are as many.
    pub(super) fn row(&mut self, y: u16, shown: &[Cell], wanted: &[Cell]) {
        // From this column on there are only blanks.
        let end = wanted.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        // Up to this column, what is shown belongs to a wide character that is overwritten.
        let mut covered = 0;
        let mut blanks: Option<(usize, usize)> = None;
        let mut next = 0;
        for (x, cell) in wanted.iter().enumerate().take(end) {
            if x < next {
                continue;
            }
            next = x + cells(cell);
            let before = shown.get(x..next.min(shown.len())).unwrap_or_default();
            let differs = x < covered || !before.first().is_some_and(|before| alike(before, cell));
            if differs {
                covered = (x..).zip(before).map(|(x, before)| x + cells(before)).fold(covered, usize::max);
            }
            if is_blank(cell) {
                blanks = if differs { Some((blanks.map_or(x, |(from, _)| from), next)) } else { blanks };
                continue;
            }
            if let Some((from, to)) = blanks.take() {
                self.put_blanks(from, to, y, wanted);
            }
            if differs {
                self.put(x, y, cell, before, wanted);
            }
        }
        let end = end.max(next);
        let rest = shown.get(end..).unwrap_or_default();
        if end < wanted.len() && (covered > end || !rest.iter().all(is_blank)) {
            self.go_to(end, y, wanted);
            self.pen.bare(&mut self.bytes);
            self.write(Clear(ClearType::UntilNewLine));
        }
    }

    /// Ends the rows, and puts the visible cursor at `wanted`.
    pub(super) fn put_cursor(&mut self, wanted: Option<Position>) {
        self.pen.plain(&mut self.bytes);
        match wanted {
            Some(position) => {
                if self.cursor != Some(position) || self.at != Some(position) {
                    self.go_to(usize::from(position.x), position.y, &[]);
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
        self.cursor = wanted;
    }

    /// Returns the frame to write to, opening it at the first write.
    fn open(&mut self) {
        if self.bytes.is_empty() {
            self.write(BeginSynchronizedUpdate);
        }
    }

    fn write(&mut self, command: impl Command) {
        // Writing to memory does not fail.
        let _ = queue!(self.bytes, command);
    }

    /// Writes one cell over those `before`.
    fn put(&mut self, x: usize, y: u16, cell: &Cell, before: &[Cell], row: &[Cell]) {
        let mut shown = shown(cell.symbol());
        if shown.text.len() > 4 || !shown.certain {
            // Eight bytes allow for a cursor movement, because the cursor's position becomes uncertain.
            self.spent_on_clusters += shown.text.len() + 8;
            if self.spent_on_clusters > SHARE_OF_CLUSTERS {
                shown = shortened(shown);
            }
        }
        self.go_to(x, y, row);
        // A terminal that takes fewer cells for it would leave the rest of the old text visible.
        if !shown.certain && before.iter().skip(1).any(|before| !is_blank(before)) {
            self.pen.bare(&mut self.bytes);
            self.erase(before.len());
        }
        self.pen.change(&mut self.bytes, cell);
        self.bytes.extend_from_slice(shown.text.as_bytes());
        self.advance(x, y, shown, row.len());
    }

    /// Updates the cursor's position after `shown` was written.
    fn advance(&mut self, x: usize, y: u16, shown: Shown<'_>, width: usize) {
        // After the last column terminals differ: some wait there, some wrap. The position is then unknown.
        let next = Some(x + shown.cells).filter(|&x| shown.certain && x < width);
        self.at = next.and_then(|x| Some(Position { x: u16::try_from(x).ok()?, y }));
    }

    /// Blanks the columns from `from` to `to`, which are followed by text in the row.
    fn put_blanks(&mut self, from: usize, to: usize, y: u16, row: &[Cell]) {
        self.go_to(from, y, row);
        self.pen.bare(&mut self.bytes);
        if to - from >= usize::from(BLANKS_ERASED) {
            self.erase(to - from);
        } else {
            self.bytes.resize(self.bytes.len() + (to - from), b' ');
            self.at = u16::try_from(to).ok().map(|x| Position { x, y });
        }
    }

    /// Erases cells (ECH) from the cursor on, without moving it; crossterm has no command for this.
    fn erase(&mut self, cells: usize) {
        let _ = write!(self.bytes, "\x1b[{cells}X");
    }

    /// Moves the cursor to a cell of `row`.
    fn go_to(&mut self, x: usize, y: u16, row: &[Cell]) {
        let Ok(column) = u16::try_from(x) else { return };
        let position = Position { x: column, y };
        if self.at == Some(position) {
            return;
        }
        self.open();
        let before = self.at.replace(position).filter(|at| at.y == y && at.x < column);
        let Some(before) = before.map(|before| usize::from(before.x)) else {
            return self.write(MoveTo(column, y));
        };
        let between = row.get(before..x).unwrap_or_default();
        if !between.is_empty() && self.is_short(between) {
            self.bytes.extend(between.iter().flat_map(|cell| cell.symbol().bytes()));
        } else if x - before == 1 {
            self.bytes.extend_from_slice(b"\x1b[C");
        } else {
            let _ = write!(self.bytes, "\x1b[{}C", x - before);
        }
    }

    /// Reports whether writing `cells` again takes fewer bytes than moving past them, without a change of style.
    fn is_short(&self, cells: &[Cell]) -> bool {
        let fits = |cell: &Cell| if is_blank(cell) { self.pen.is_bare() } else { self.pen == Pen::of(cell) };
        let one = |cell: &Cell| shown(cell.symbol()) == Shown { text: cell.symbol(), cells: 1, certain: true };
        cells.len() <= STEP
            && cells.iter().map(|cell| cell.symbol().len()).sum::<usize>() <= STEP
            && cells.iter().all(|cell| fits(cell) && one(cell))
    }
}

/// Reports whether `cell` shows nothing.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SHOW_ON_BLANKS)
}

/// Reports whether both cells look the same.
fn alike(one: &Cell, other: &Cell) -> bool {
    one == other || (is_blank(one) && is_blank(other))
}

/// Returns the number of cells that `cell` covers, itself included.
fn cells(cell: &Cell) -> usize {
    match cell.symbol().as_bytes() {
        [_] | [0xc3..=0xcb, _] => 1,
        _ => usize::from(cell.cell_width()).max(1),
    }
}
