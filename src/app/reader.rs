//! The reader pane: an announcement set at a width, and the place in it.

use std::sync::Arc;

use super::landmark::Landmark;
use super::plan::Area;
use super::prepared::Prepared;
use crate::model::{Announcement, Id};
use crate::typeset::{Layout, Measure, Place, RowAt};

/// The reader pane.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a text and whoever reads it")]
pub struct Reader {
    /// What is set, once it was read.
    pub layout: Option<Layout>,
    /// What is shown or waited for.
    pub wanted: Option<Id>,
    /// Whether all of it was read.
    pub complete: bool,
    /// Whether its file is shown as it is.
    pub raw: bool,
    /// The announcement as it was read, whichever of the two is shown.
    pub text: Option<Arc<Announcement>>,
    /// While the file is shown as it is: where the text stood, and where the file did when it was there.
    pub left: Option<(Place, Option<Place>)>,
    /// The place to go to once it is there, when the showing was switched.
    pub landmark: Option<Landmark>,
    /// The first character shown: it stays when the text is set anew.
    top: Place,
    /// Blank rows shown above it.
    blanks: usize,
    /// The end was asked for before all of it was read.
    to_end: bool,
    /// Whoever reads went somewhere in it: where it was left the last time is not gone back to any more.
    moved: bool,
    /// Rows to be scrolled once there is something to scroll.
    early: isize,
    /// The rows on the screen.
    pub rows: Vec<RowAt>,
}

/// How much of a text is before the end of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// All of it is on the screen.
    All,
    /// The first row is.
    Top,
    /// The last row is.
    End,
    /// So many percent of it.
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
            // What was scrolled after that counts from where the end is now.
            self.to_end &= self.early == 0;
        }
    }

    /// Waits for an announcement; nothing is shown until it was read.
    pub fn wait_for(&mut self, id: Option<Id>) {
        *self = Self { wanted: id, ..Self::default() };
    }

    /// The place of the first character shown.
    #[must_use]
    pub fn place(&self) -> Place {
        self.top
    }

    /// Whether whoever reads went somewhere in it.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.moved
    }

    /// Somebody goes elsewhere: what comes later takes nobody away from there.
    fn go(&mut self) {
        (self.to_end, self.moved) = (false, true);
    }

    /// Works out the rows on the screen for a column of text; afterwards drawing needs no more setting.
    pub fn settle(&mut self, text: Area, measure: Measure) {
        self.rows.clear();
        let Some(layout) = &mut self.layout else { return };
        layout.set_measure(measure);
        if self.early != 0 {
            // Nothing was seen yet that one could have gone away from.
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

    /// Gives the file up that could not be shown as it is; the text stays where it was.
    pub fn stay_with_text(&mut self) {
        if self.raw && self.left.is_some_and(|(_, arrived)| arrived.is_none()) {
            (self.raw, self.left, self.landmark) = (false, None, None);
        }
    }

    /// Goes to the place the other showing stood at, once so much of this one is there.
    pub fn return_to_landmark(&mut self) {
        let Some(layout) = &self.layout else { return };
        let Some(landmark) = &self.landmark else { return };
        if let Some(place) = landmark.find(layout, self.complete) {
            if place != self.top {
                (self.top, self.blanks) = (place, 0);
            }
            self.landmark = None;
        }
    }

    /// Scrolls by rows, down or (negative) up; whether anything moved. What is still being read is scrolled once it is
    /// there.
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

    /// Goes to the start.
    pub fn start(&mut self) {
        self.go();
        (self.top, self.blanks, self.early) = (Place::default(), 0, 0);
    }

    /// Goes to the end; of all of it, when that is still being read.
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

    /// Goes to the start of the next part (or, `forward` being false, of this one or the one before).
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

    /// Brings `place` onto the screen, a third from its top when it was off it.
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

    /// Goes to `place`, making it the first row.
    pub fn go_to(&mut self, place: Place) {
        (self.top, self.blanks, self.to_end) = (place, 0, false);
    }

    /// Whether the last row is on the screen.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.layout.is_some() && matches!(self.progress(), Progress::All | Progress::End)
    }

    /// How far the screen has come.
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

    /// The shares of the text before the first row and before the end of the last row, for the scroll bar.
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

/// The first row on the screen, never so far down that the screen's end stays empty.
fn top_row(layout: &mut Layout, place: Place, blanks: usize, height: usize) -> RowAt {
    let row = layout.row_of(place);
    let before = layout.unit(row.unit).before;
    // Blank rows stand only above the first line of a unit.
    let row = if row.row == before { RowAt { row: before - blanks.min(before), ..row } } else { row };
    not_past_end(layout, row, height)
}

/// `row`, or the first row of the last screenful where that comes earlier. Only where the end is near is the text set
/// from there.
fn not_past_end(layout: &mut Layout, row: RowAt, height: usize) -> RowAt {
    let mut last = row;
    for _ in 1..height.max(1) {
        let Some(next) = layout.next_row(last) else { return row.min(last_top(layout, height)) };
        last = next;
    }
    row
}

/// The first row of the last screenful.
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
