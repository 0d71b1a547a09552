//! Holds the list pane: the selected announcement and the rows shown.

use std::ops::Range;

use super::list_position::ListPosition;
use super::plan::Area;
use super::rows::Rows;
use crate::model::{Entry, Id};
use crate::text::{Clean, Language};
use crate::typeset::{Method, SetLine, Setting, set_paragraph};

/// Most lines a title takes.
const TITLE_ROWS: usize = 3;
/// Least height of a pane that shows excerpts of the text.
const SNIPPETS: u16 = 6;
/// Cells at the left of a row: the selection bar, the unread mark, a blank.
pub const GUTTER: u16 = 3;

/// Holds the state of the list pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The group of the selected row; held by id so that new announcements do not move the selection.
    pub selected: Option<Id>,
    /// The screen row, from the top of the pane, on which the selected row begins; it stays when rows are added.
    selected_y: i32,
    /// The rows shown, from the top.
    pub shown: Vec<Shown>,
    /// Languages to show titles in, best first; other languages come in the order of the library.
    pub languages: Vec<Language>,
    /// The languages chosen with a key, the latest first; these are remembered.
    pub chosen: Vec<Language>,
}

/// Holds a row of the list as the pane shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Index of the row.
    pub row: usize,
    /// The group of its announcement, shared by the language versions.
    pub group: Id,
    /// The version shown.
    pub id: Id,
    /// Screen row it begins on, from the top of the pane; negative if its first lines are above the pane.
    pub y: i32,
    /// Its title in the language shown.
    pub title: Clean,
    /// The width and language its title was laid out for.
    setting: Setting,
    /// The lines of the title.
    pub lines: Vec<SetLine>,
    /// Whether the title is truncated after the last line.
    pub cut: bool,
    /// Whether an excerpt of the text is shown under it.
    pub snippet: bool,
}

impl List {
    /// Returns the index of the selected row.
    #[must_use]
    pub fn row(&self, rows: Rows<'_>) -> Option<usize> {
        rows.row_of(self.selected?)
    }

    /// Returns the version of row `row` to show, by the preferred languages.
    #[must_use]
    pub fn version<'a>(&self, rows: Rows<'a>, row: usize) -> Option<&'a Entry> {
        rows.version(row, &self.languages)
    }

    /// Shows titles in the languages `chosen` first, then in those `preferred`.
    pub fn prefer(&mut self, chosen: Vec<Language>, preferred: &[Language]) {
        let others = preferred.iter().filter(|language| !chosen.contains(language));
        self.languages = chosen.iter().chain(others).copied().collect();
        self.chosen = chosen;
    }

    /// Returns the selection and its position on the screen.
    #[must_use]
    pub fn position(&self) -> ListPosition {
        ListPosition { selected: self.selected, selected_y: self.selected_y }
    }

    /// Restores a position.
    pub fn restore(&mut self, position: ListPosition) {
        (self.selected, self.selected_y) = (position.selected, position.selected_y);
    }

    /// Selects row `row`; the rows shown move as little as possible.
    pub fn select(&mut self, rows: Rows<'_>, row: usize, area: Area) {
        let Some(group) = rows.group(row) else { return };
        if let Some(old) = self.row(rows) {
            let screen = i32::from(area.height);
            self.selected_y = if row > old {
                self.walk(rows, old..row, area, self.selected_y, screen)
            } else {
                // Walking up moves past the old row's position by the height of the rows above it.
                self.selected_y - (self.walk(rows, row..old, area, 0, screen + self.selected_y.max(0)))
            };
        }
        self.selected = Some(group);
    }

    /// Returns the screen row below the rows `range`, the first of which begins at `y`; stops outside the pane.
    fn walk(&self, rows: Rows<'_>, range: Range<usize>, area: Area, mut y: i32, stop: i32) -> i32 {
        for row in range {
            y += self.height(rows, row, area);
            if y > stop {
                break;
            }
        }
        y
    }

    /// Selects the row `by` rows further down (or up, when negative).
    pub fn move_by(&mut self, rows: Rows<'_>, by: isize, area: Area) {
        if let Some(last) = rows.len().checked_sub(1) {
            let row = self.row(rows).unwrap_or(0);
            self.select(rows, row.saturating_add_signed(by).min(last), area);
        }
    }

    /// Computes the rows shown; afterwards the selected row is wholly visible and no room is left unused.
    pub fn settle(&mut self, rows: Rows<'_>, area: Area) {
        let Some(selected) = self.row(rows).or_else(|| (!rows.is_empty()).then_some(0)) else {
            self.shown.clear();
            return;
        };
        self.selected = rows.group(selected);
        let height = i32::from(area.height);
        let own = self.height(rows, selected, area);
        // Neighbours of the selected row stay visible where there is room for them.
        let margin = if height > own * 4 { own } else { 0 };
        let lowest = (height - own - if selected + 1 < rows.len() { margin } else { 0 }).max(0);
        self.selected_y = self.selected_y.clamp(if selected > 0 { margin.min(lowest) } else { 0 }, lowest);
        let bottom = self.walk(rows, selected..rows.len(), area, self.selected_y, height);
        if bottom < height {
            self.selected_y += height - bottom;
        }
        let (mut first, mut y) = (selected, self.selected_y);
        while y > 0 && first > 0 {
            first -= 1;
            y -= self.height(rows, first, area);
        }
        if y > 0 {
            self.selected_y -= y;
            y = 0;
        }
        let mut shown = Vec::with_capacity(self.shown.len() + 2);
        for row in first..rows.len() {
            if y >= height {
                break;
            }
            // An announcement that was found may have been removed since.
            let Some(shape) = self.shape(rows, row, area, y) else { continue };
            y += shape.rows(area);
            shown.push(shape);
        }
        self.shown = shown;
    }

    fn height(&self, rows: Rows<'_>, row: usize, area: Area) -> i32 {
        self.shape(rows, row, area, 0).map_or(0, |shown| shown.rows(area))
    }

    fn shape(&self, rows: Rows<'_>, row: usize, area: Area, y: i32) -> Option<Shown> {
        let entry = self.version(rows, row)?;
        let width = area.width.saturating_sub(GUTTER + 1).max(1);
        let setting = Setting { width, language: entry.language, hyphenate: true, method: Method::FirstFit };
        let snippet = rows.have_snippets() && area.height >= SNIPPETS;
        // Most rows were shown in the frame before.
        let alike = |shown: &&Shown| shown.id == entry.id && shown.setting == setting && shown.title == entry.title;
        if let Some(before) = self.shown.iter().find(alike) {
            return Some(Shown { row, y, snippet, group: entry.group, ..before.clone() });
        }
        let title = entry.title.clone();
        // Lays out no more of a title than can be visible.
        let most = title.floor_char_boundary(usize::from(width) * TITLE_ROWS * 4);
        let mut lines = set_paragraph(title.get(..most).unwrap_or_default(), &[], &setting);
        let cut = lines.len() > TITLE_ROWS || most < title.len();
        lines.truncate(TITLE_ROWS);
        Some(Shown { row, group: entry.group, id: entry.id, y, title, setting, lines, cut, snippet })
    }

    /// Returns the row shown at screen row `y` of the pane.
    #[must_use]
    pub fn row_at(&self, y: u16, area: Area) -> Option<usize> {
        let y = i32::from(y);
        self.shown.iter().find(|shown| (shown.y..shown.y + shown.rows(area)).contains(&y)).map(|shown| shown.row)
    }
}

impl Shown {
    /// Returns the number of screen rows it takes: title, metadata, excerpt, and a blank one where the pane has room.
    #[must_use]
    pub fn rows(&self, area: Area) -> i32 {
        let title = i32::try_from(self.lines.len().max(1)).unwrap_or(1);
        title + 1 + i32::from(self.snippet) + i32::from(area.height >= 12)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;
    use proptest::prelude::*;

    fn library(titles: impl IntoIterator<Item = String>) -> Library {
        let mut library = Library::default();
        library.add(titles.into_iter().map(|title| Entry::titled(&title)));
        library
    }

    const AREA: Area = Area { x: 0, y: 0, width: 30, height: 20 };

    #[test]
    fn new_announcements_leave_the_selected_one_where_it_was() {
        let mut known = library((100..140).map(|number| format!("Tiedote {number}")));
        let mut list = List::default();
        list.settle((&known).into(), AREA);
        list.move_by((&known).into(), 10, AREA);
        list.settle((&known).into(), AREA);
        let before = list.shown.iter().find(|shown| shown.row == list.row((&known).into()).unwrap()).unwrap().clone();
        known.add(library((0..50).map(|number| format!("Aiempi {number:02}"))).entries().cloned());
        list.settle((&known).into(), AREA);
        let after = list.shown.iter().find(|shown| shown.row == list.row((&known).into()).unwrap()).unwrap();
        assert_eq!((&before.title, before.y), (&after.title, after.y));
        assert_ne!(before.row, after.row);
    }

    #[test]
    fn long_titles_take_three_rows_and_are_cut() {
        let mut list = List::default();
        let known = library(["sana ".repeat(100), "lyhyt".to_owned()]);
        list.settle((&known).into(), AREA);
        let shown: Vec<_> = list.shown.iter().map(|shown| (shown.lines.len(), shown.cut)).collect();
        assert_eq!(shown, [(1, false), (3, true)]);
    }

    proptest! {
        #[test]
        fn the_selected_row_is_wholly_shown(
            lengths in prop::collection::vec(1_usize..120, 1..60), moves in prop::collection::vec(-30_isize..30, 0..12),
            width in 4_u16..60, height in 1_u16..50,
        ) {
            let known = library(lengths.iter().enumerate().map(|(number, length)| format!("{number:03}{}", " ab".repeat(*length))));
            let area = Area { x: 0, y: 0, width, height };
            let mut list = List::default();
            list.settle((&known).into(), area);
            for by in moves {
                list.move_by((&known).into(), by, area);
                list.settle((&known).into(), area);
                let row = list.row((&known).into()).unwrap();
                let shown = list.shown.iter().find(|shown| shown.row == row).unwrap();
                prop_assert!(shown.y >= 0 && (shown.y + shown.rows(area) <= i32::from(height) || shown.y == 0));
                prop_assert!(list.shown.windows(2).all(|pair| pair[0].y + pair[0].rows(area) == pair[1].y));
                prop_assert!(list.shown[0].y <= 0);
            }
        }
    }
}
