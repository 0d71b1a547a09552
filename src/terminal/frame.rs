//! The bytes of a frame: what turns the cells shown into the cells wished, in as few as it can.

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

/// Bytes a frame may spend on clusters beyond four bytes a cell; more would let hostile text make frames of megabytes.
const SHARE_OF_CLUSTERS: usize = 16 * 1024;
/// From how many blanks on erasing them and going on behind them is shorter than writing them.
const BLANKS_ERASED: u16 = 10;
/// How many bytes going on in the same row takes: as many of text that is there already may be written again instead.
const STEP: usize = 4;

/// A frame being written. Empty while nothing changed.
#[derive(Debug)]
pub(super) struct Frame {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, where that is known.
    at: Option<Position>,
    /// Where the visible cursor is, if there is one.
    cursor: Option<Position>,
    spent_on_clusters: usize,
}

impl Frame {
    /// Nothing yet, on a terminal that was just entered.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), pen: Pen::default(), at: None, cursor: None, spent_on_clusters: 0 }
    }

    /// Forgets what was known of the terminal, because somebody else used it.
    pub(super) fn forget(&mut self) {
        (self.at, self.cursor, self.pen) = (None, None, Pen::default());
    }

    /// The frame, ready to be sent; empty where nothing changed.
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

    /// Turns a row from the cells that are `shown` into those that are `wished`, as many.
    pub(super) fn row(&mut self, y: u16, shown: &[Cell], wished: &[Cell]) {
        // Behind this column there is nothing but blanks.
        let end = wished.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1);
        // Up to here what is shown goes with a wide character that is overwritten.
        let mut covered = 0;
        let mut blanks: Option<(usize, usize)> = None;
        let mut next = 0;
        for (x, cell) in wished.iter().enumerate().take(end) {
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
                self.put_blanks(from, to, y, wished);
            }
            if differs {
                self.put(x, y, cell, before, wished);
            }
        }
        let end = end.max(next);
        let rest = shown.get(end..).unwrap_or_default();
        if end < wished.len() && (covered > end || !rest.iter().all(is_blank)) {
            self.go_to(end, y, wished);
            self.pen.bare(&mut self.bytes);
            self.write(Clear(ClearType::UntilNewLine));
        }
    }

    /// Ends the rows, with the cursor where it is `wished` to be seen.
    pub(super) fn put_cursor(&mut self, wished: Option<Position>) {
        self.pen.plain(&mut self.bytes);
        match wished {
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
        self.cursor = wished;
    }

    /// The frame to write to, opened where nothing was written yet.
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
            // Eight bytes are what going to the next cell takes, because the cursor may be anywhere.
            self.spent_on_clusters += shown.text.len() + 8;
            if self.spent_on_clusters > SHARE_OF_CLUSTERS {
                shown = shortened(shown);
            }
        }
        self.go_to(x, y, row);
        // A terminal that takes fewer cells for it would leave the rest of what stood there.
        if !shown.certain && before.iter().skip(1).any(|before| !is_blank(before)) {
            self.pen.bare(&mut self.bytes);
            self.erase(before.len());
        }
        self.pen.change(&mut self.bytes, cell);
        self.bytes.extend_from_slice(shown.text.as_bytes());
        self.advance(x, y, shown, row.len());
    }

    /// Notes where the cursor is after `shown` was written.
    fn advance(&mut self, x: usize, y: u16, shown: Shown<'_>, width: usize) {
        // Past the last column a terminal either waits there or wraps; better not to build on it.
        let next = Some(x + shown.cells).filter(|&x| shown.certain && x < width);
        self.at = next.and_then(|x| Some(Position { x: u16::try_from(x).ok()?, y }));
    }

    /// Blanks the columns from `from` to `to`; something follows them in the row.
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

    /// Erases cells (ECH) from the cursor on, which stays. The library has no command for it.
    fn erase(&mut self, cells: usize) {
        let _ = write!(self.bytes, "\x1b[{cells}X");
    }

    /// Goes to a cell of `row`.
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

    /// Whether `cells` can be written in fewer bytes than it takes to go past them, and as the pen is.
    fn is_short(&self, cells: &[Cell]) -> bool {
        let fits = |cell: &Cell| if is_blank(cell) { self.pen.is_bare() } else { self.pen == Pen::of(cell) };
        let one = |cell: &Cell| shown(cell.symbol()) == Shown { text: cell.symbol(), cells: 1, certain: true };
        cells.len() <= STEP
            && cells.iter().map(|cell| cell.symbol().len()).sum::<usize>() <= STEP
            && cells.iter().all(|cell| fits(cell) && one(cell))
    }
}

/// Whether nothing is seen of `cell`.
fn is_blank(cell: &Cell) -> bool {
    cell.symbol() == " " && cell.bg == Color::Reset && !cell.modifier.intersects(SHOW_ON_BLANKS)
}

/// Whether the same is seen of both.
fn alike(one: &Cell, other: &Cell) -> bool {
    one == other || (is_blank(one) && is_blank(other))
}

/// The cells that `cell` covers, itself among them.
fn cells(cell: &Cell) -> usize {
    match cell.symbol().as_bytes() {
        [_] | [0xc3..=0xcb, _] => 1,
        _ => usize::from(cell.cell_width()).max(1),
    }
}
