//! Holds the reader pane: an announcement laid out at a width, and the position in it.

use std::sync::Arc;

use super::plan::Area;
use super::prepared::Prepared;
use super::text_anchor::TextAnchor;
use crate::model::{Announcement, Id};
use crate::typeset::{Layout, Measure, Place, RowAt};

/// Holds the state of the reader pane.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a text and whoever reads it")]
pub struct Reader {
    /// The layout, once the announcement was read.
    pub layout: Option<Layout>,
    /// The announcement that is shown or loading.
    pub wanted: Option<Id>,
    /// Whether all of it was read.
    pub complete: bool,
    /// Whether the raw file is shown.
    pub raw: bool,
    /// The announcement as parsed, even while the raw file is shown.
    pub text: Option<Arc<Announcement>>,
    /// While the raw file is shown: the position in the text, and the position in the file when it was opened.
    pub left: Option<(Place, Option<Place>)>,
    /// The position to go to in the other view, once it is read.
    pub anchor: Option<TextAnchor>,
    /// The position of the first character shown; it stays when the text is laid out anew.
    top: Place,
    /// Blank rows shown above it.
    blanks: usize,
    /// Whether to go to the end once all of it was read.
    to_end: bool,
    /// Whether the user moved in the text; the stored reading position is then not restored.
    moved: bool,
    /// Rows to scroll once the text is read.
    early: isize,
    /// The rows on the screen.
    pub rows: Vec<RowAt>,
}

/// Describes how far the text is scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// All of it is on the screen.
    All,
    /// The first row is on the screen.
    Top,
    /// The last row is on the screen.
    End,
    /// This percentage of it is above the end of the screen.
    Percent(u8),
}

impl Reader {
    /// Shows an announcement from its start; or what more of it was read, where it stands.
    pub fn show(&mut self, id: Id, text: &Prepared, meta: &str, measure: Measure, complete: bool) {
        if self.wanted != Some(id) {
            self.wait_for(Some(id));
        }
        if !self.raw {
            self.text = Some(Arc::clone(&text.announcement));
        }
        self.layout = Some(text.laid_out(meta, measure));
        self.complete = complete;
        if self.to_end {
            self.go_to_end();
            // Scrolling after a jump to the end counts from the end of what is read so far.
            self.to_end &= self.early == 0;
        }
    }

    /// Waits for an announcement; nothing is shown until it is read.
    pub fn wait_for(&mut self, id: Option<Id>) {
        *self = Self { wanted: id, ..Self::default() };
    }

    /// Returns the position of the first character shown.
    #[must_use]
    pub fn place(&self) -> Place {
        self.top
    }

    /// Reports whether the user moved in the text.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.moved
    }

    /// Notes that the user moved: parts that arrive later do not change the position.
    fn go(&mut self) {
        (self.to_end, self.moved) = (false, true);
    }

    /// Computes the rows on the screen for a column of text; afterwards drawing needs no further layout.
    pub fn settle(&mut self, text: Area, measure: Measure) {
        self.rows.clear();
        let Some(layout) = &mut self.layout else { return };
        layout.set_measure(measure);
        if self.early != 0 {
            // Scrolling before any text was shown does not count as moving in it.
            let (early, moved) = (std::mem::take(&mut self.early), self.moved);
            self.scroll(early, text.height);
            self.moved = moved;
        }
        let Some(layout) = &mut self.layout else { return };
        let height = usize::from(text.height);
        let mut at = Some(top_row(layout, self.top, self.blanks, height));
        while let Some(row) = at.filter(|_| self.rows.len() < height) {
            self.rows.push(row);
            at = layout.next_row(row);
        }
    }

    /// Returns to the text, at its position, because the raw file cannot be shown.
    pub fn stay_with_text(&mut self) {
        if self.raw && self.left.is_some_and(|(_, arrived)| arrived.is_none()) {
            (self.raw, self.left, self.anchor) = (false, None, None);
        }
    }

    /// Goes to the position of the other view, once it was read.
    pub fn return_to_anchor(&mut self) {
        let Some(layout) = &self.layout else { return };
        let Some(anchor) = &self.anchor else { return };
        if let Some(place) = anchor.find(layout, self.complete) {
            if place != self.top {
                (self.top, self.blanks) = (place, 0);
            }
            self.anchor = None;
        }
    }

    /// Scrolls by rows, down or (negative) up; returns whether anything moved. Text still being read is scrolled once
    /// it is there.
    pub fn scroll(&mut self, by: isize, height: u16) -> bool {
        if self.layout.is_none() {
            self.early = self.early.saturating_add(by);
            return false;
        }
        self.go();
        let Some(layout) = &mut self.layout else { return false };
        let before = top_row(layout, self.top, self.blanks, usize::from(height));
        let mut row = before;
        for _ in 0..by.unsigned_abs() {
            let next = if by > 0 { layout.next_row(row) } else { layout.previous_row(row) };
            let Some(next) = next else { break };
            row = next;
        }
        let row = not_past_end(layout, row, usize::from(height));
        self.stand_at(row);
        row != before
    }

    /// Moves to the start.
    pub fn start(&mut self) {
        self.go();
        (self.top, self.blanks, self.early) = (Place::default(), 0, 0);
    }

    /// Moves to the end; if the text is still being read, to the end of all of it.
    pub fn end(&mut self) {
        self.go();
        self.early = 0;
        self.go_to_end();
    }

    fn go_to_end(&mut self) {
        self.to_end = !self.complete;
        if let Some(layout) = &mut self.layout
            && let Some(last) = layout.last_row()
        {
            self.stand_at(last);
        }
    }

    /// Moves to the start of the next part, or, unless `forward`, of this part or the one before.
    pub fn step_part(&mut self, forward: bool, height: u16) {
        if self.layout.is_some() {
            self.go();
        }
        let Some(layout) = &mut self.layout else { return };
        let top = top_row(layout, self.top, self.blanks, usize::from(height));
        let place = layout.place_of(top);
        let mut row = top;
        let found = loop {
            let next = if forward { layout.next_row(row) } else { layout.previous_row(row) };
            let Some(next) = next else { break None };
            row = next;
            let at = layout.place_of(row);
            let begins = layout.unit(row.unit).before == row.row && at.offset == 0;
            if begins && (at.part != place.part || !forward) {
                break Some(row);
            }
        };
        let row = not_past_end(layout, found.unwrap_or(RowAt::default()), usize::from(height));
        if found.is_some() || !forward {
            self.stand_at(row);
        }
    }

    /// Scrolls to `place`, a third from the top of the screen, unless it is visible.
    pub fn reveal(&mut self, place: Place, height: u16) {
        self.to_end = false;
        let Some(layout) = &mut self.layout else { return };
        let row = layout.row_of(place);
        let top = top_row(layout, self.top, self.blanks, usize::from(height));
        let mut last = top;
        for _ in 1..height {
            last = layout.next_row(last).unwrap_or(last);
        }
        if row < top || row > last {
            let mut first = row;
            for _ in 0..height / 3 {
                first = layout.previous_row(first).unwrap_or(first);
            }
            let first = not_past_end(layout, first, usize::from(height));
            self.stand_at(first);
        }
    }

    /// Makes `place` the position of the first row.
    pub fn go_to(&mut self, place: Place) {
        (self.top, self.blanks, self.to_end) = (place, 0, false);
    }

    /// Reports whether the last row is on the screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.layout.is_some() && matches!(self.progress(), Progress::All | Progress::End)
    }

    /// Returns how far the text is scrolled.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let Some((layout, first, last)) = self.window() else { return Progress::All };
        let share = layout.share_before(last);
        let at_top = first == RowAt::default();
        let at_end = share >= 1.0 && self.complete && layout.is_last(last);
        match (at_top, at_end) {
            (true, true) => Progress::All,
            (true, false) => Progress::Top,
            (false, true) => Progress::End,
            (false, false) => Progress::Percent(percent(share)),
        }
    }

    /// Returns the shares of the text before the first row and before the end of the last row, for the scroll bar.
    #[must_use]
    pub fn shares(&self) -> Option<(f64, f64)> {
        let (layout, first, last) = self.window()?;
        Some((layout.share_at(first), layout.share_before(last)))
    }

    fn window(&self) -> Option<(&Layout, RowAt, RowAt)> {
        Some((self.layout.as_ref()?, *self.rows.first()?, *self.rows.last()?))
    }

    fn stand_at(&mut self, row: RowAt) {
        if let Some(layout) = &mut self.layout {
            self.top = layout.place_of(row);
            self.blanks = layout.unit(row.unit).before.saturating_sub(row.row);
        }
    }
}

/// Returns the first row to show, moved up where the screen would not be filled.
fn top_row(layout: &mut Layout, place: Place, blanks: usize, height: usize) -> RowAt {
    let row = layout.row_of(place);
    let before = layout.unit(row.unit).before;
    // Blank rows stand only above the first line of a unit.
    let row = if row.row == before { RowAt { row: before - blanks.min(before), ..row } } else { row };
    not_past_end(layout, row, height)
}

/// Returns `row`, or the first row of the last screenful if that comes earlier. Lays text out from there only when the
/// end is near.
fn not_past_end(layout: &mut Layout, row: RowAt, height: usize) -> RowAt {
    let mut last = row;
    for _ in 1..height.max(1) {
        let Some(next) = layout.next_row(last) else { return row.min(last_top(layout, height)) };
        last = next;
    }
    row
}

/// Returns the first row of the last screenful.
fn last_top(layout: &mut Layout, height: usize) -> RowAt {
    let Some(mut row) = layout.last_row() else { return RowAt::default() };
    for _ in 1..height.max(1) {
        let Some(previous) = layout.previous_row(row) else { break };
        row = previous;
    }
    row
}

fn percent(share: f64) -> u8 {
    (0..=100_u8).rev().find(|percent| share * 100.0 >= f64::from(*percent)).unwrap_or(0)
}
