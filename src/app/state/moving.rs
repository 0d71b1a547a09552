//! Moves in the list and between the panes.

use super::State;
use crate::app::messages;
use crate::app::plan::Focus;
use crate::app::rows::Rows;

impl State {
    /// Selects the row `by` rows further down, or up.
    pub(super) fn move_by(&mut self, by: isize) {
        let area = self.list_area();
        self.search.fresh = false;
        self.list.move_by(Rows::of(&self.library, &self.search), by, area);
    }

    /// Selects row `row`.
    pub(super) fn select(&mut self, row: usize) {
        let area = self.list_area();
        self.search.fresh = false;
        self.list.select(Rows::of(&self.library, &self.search), row, area);
    }

    pub(super) fn list_to(&mut self, row: u32) {
        let last = self.rows().len().saturating_sub(1);
        self.select(usize::try_from(row).unwrap_or(last).min(last));
    }

    pub(super) fn step_announcement(&mut self, by: isize) {
        self.move_by(by);
        // An announcement shown while the reader has the focus counts as read.
        if self.screen.focus == Focus::Reader {
            self.open();
        }
    }

    pub(super) fn open(&mut self) {
        let Some(group) = self.selected() else { return };
        self.mark_read(group);
        self.screen.focus = Focus::Reader;
    }

    pub(super) fn back(&mut self) {
        self.screen.focus = Focus::List;
        self.screen.zen = false;
    }

    pub(super) fn toggle_zen(&mut self) {
        self.screen.zen = !self.screen.zen;
        if self.screen.zen {
            self.open();
        }
    }

    pub(super) fn cancel(&mut self) {
        if self.find.is_own() {
            self.find.clear();
        } else if self.screen.zen {
            self.screen.zen = false;
        } else if self.search.is_live() || self.search.asks() {
            self.screen.focus = Focus::List;
            self.end_search();
        }
    }

    pub(super) fn page_down(&mut self, by: isize) {
        if self.reader.at_end() {
            self.step_unread(1);
        } else {
            let height = self.text_height();
            self.reader.scroll(by, height);
        }
    }

    /// Moves to the next unread announcement, or the previous one; opens it if the reader has the focus.
    pub(super) fn step_unread(&mut self, by: isize) {
        let here = self.list.row(self.rows()).unwrap_or(0);
        let found = if by > 0 {
            (here + 1..self.rows().len()).find(|row| !self.is_read(*row))
        } else {
            (0..here).rev().find(|row| !self.is_read(*row))
        };
        let Some(row) = found else {
            self.notify(messages::NO_UNREAD);
            return;
        };
        self.select(row);
        if self.screen.focus == Focus::Reader {
            self.open();
        }
    }
}
