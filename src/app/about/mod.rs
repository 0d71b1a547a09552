//! The information view: everything known of the announcement shown, in rows of a label and what it says.

mod facts;
mod words;

pub use facts::{Fact, Known, facts};
#[cfg(test)]
pub(crate) use words::ALL as TEXTS;
pub use words::language as language_name;

use std::sync::Arc;

use super::plan::Area;
use super::{Key, KeyCode};
use crate::model::{Announcement, Id};
use crate::text::{Clean, width};
use crate::typeset::{Method, Setting, set_paragraph};

/// Widest the view gets, in cells.
const WIDEST: u16 = 88;
/// Under so many cells, values stand under their labels instead of beside them.
const SIDE_BY_SIDE: u16 = 44;
/// Cells between the labels and what they say.
const GAP: u16 = 2;

/// Where a file stands that holds an announcement of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its path.
    pub path: Clean,
    /// Which of its announcements it is, 0 for the first.
    pub item: u32,
    /// Whether the file is there.
    pub there: bool,
}

/// The information view while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The announcement it tells of.
    pub of: Option<Id>,
    /// The files of the library it stands in, once they were looked up.
    pub standings: Option<Vec<Standing>>,
    /// What the facts were made of.
    basis: Basis,
    facts: Vec<Fact>,
    rows: Vec<Row>,
    /// The first row on the screen.
    first: usize,
    /// The areas it takes.
    place: Place,
}

/// What the facts follow from, to be made anew only when it changes.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// The announcement.
    pub of: Option<Id>,
    /// Its text, once it was read.
    pub text: Option<Arc<Announcement>>,
    /// The files of the library it stands in.
    pub standings: Option<Vec<Standing>>,
    /// How many further places hold it.
    pub duplicates: usize,
    /// Whether boilerplate is shown in full.
    pub boilerplate: bool,
    /// The words the reader filed it under.
    pub filed: Vec<Clean>,
}

/// A text is the same when it was read once: comparing it would take as long as telling of it.
impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        let same_text = match (&self.text, &other.text) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        let rest = |basis: &Self| (basis.of, basis.duplicates, basis.boilerplate);
        same_text && rest(self) == rest(other) && self.standings == other.standings && self.filed == other.filed
    }
}

/// One row of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The label that begins on it, mostly none.
    pub label: &'static str,
    /// The cell its text begins in.
    pub column: u16,
    /// Its text.
    pub text: Clean,
}

/// Where the view stands on the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// All it covers.
    pub panel: Area,
    /// Its rows of text.
    pub text: Area,
    /// Whether there is room for a frame and a title.
    pub framed: bool,
}

/// What a key in the view came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The view stays.
    Stay,
    /// It closes.
    Close,
    /// The key is not the view's own.
    Pass,
}

impl About {
    /// Whether `basis` says anything new.
    #[must_use]
    pub fn learns(&self, basis: &Basis) -> bool {
        self.facts.is_empty() || self.basis != *basis
    }

    /// Tells what is known now, from the start where it is of another announcement.
    pub fn tell(&mut self, basis: Basis, facts: Vec<Fact>) {
        if self.of != basis.of {
            (self.of, self.first) = (basis.of, 0);
        }
        (self.basis, self.facts) = (basis, facts);
        self.rows.clear();
    }

    /// Works out the rows for a screen of that size.
    pub fn settle(&mut self, screen: Area) {
        let place = Place::within(screen);
        if self.place.text.width != place.text.width || self.rows.is_empty() {
            self.rows = rows(&self.facts, place.text.width);
        }
        let wanted = u16::try_from(self.rows.len()).unwrap_or(u16::MAX);
        self.place = place.shrunk(wanted);
        self.first = self.first.min(self.rows.len().saturating_sub(self.height()));
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// The rows on the screen.
    pub fn shown(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().skip(self.first).take(self.height())
    }

    /// Whether rows are off the screen above it, and below.
    #[must_use]
    pub fn more(&self) -> (bool, bool) {
        (self.first > 0, self.first + self.height() < self.rows.len())
    }

    fn height(&self) -> usize {
        usize::from(self.place.text.height)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key) -> Outcome {
        let page = self.height().saturating_sub(2).max(1);
        let half = (self.height() / 2).max(1);
        let last = self.rows.len().saturating_sub(self.height());
        self.first = match (key.code, key.ctrl) {
            (KeyCode::Esc | KeyCode::Enter, _) | (KeyCode::Char('q' | 'i' | 'h'), false) => return Outcome::Close,
            (KeyCode::Down, _) | (KeyCode::Char('j'), false) => self.first + 1,
            (KeyCode::Up, _) | (KeyCode::Char('k'), false) => self.first.saturating_sub(1),
            (KeyCode::PageDown, _) | (KeyCode::Char(' '), false) => self.first + page,
            (KeyCode::PageUp, _) | (KeyCode::Char('b'), false) => self.first.saturating_sub(page),
            (KeyCode::Char('d'), _) => self.first + half,
            (KeyCode::Char('u'), _) => self.first.saturating_sub(half),
            (KeyCode::Home, _) | (KeyCode::Char('g'), false) => 0,
            (KeyCode::End, _) | (KeyCode::Char('G'), false) => last,
            _ => return Outcome::Pass,
        }
        .min(last);
        Outcome::Stay
    }

    /// Scrolls by rows, down or (negative) up.
    pub fn scroll(&mut self, by: isize) {
        let last = self.rows.len().saturating_sub(self.height());
        self.first = self.first.saturating_add_signed(by).min(last);
    }
}

impl Place {
    /// As much of the screen as it may take.
    fn within(screen: Area) -> Self {
        if screen.width < 24 || screen.height < 8 {
            return Self { panel: screen, text: screen, framed: false };
        }
        let wide = screen.width.min(WIDEST);
        let panel = Area { x: (screen.width - wide) / 2, y: 0, width: wide, height: screen.height };
        let text = Area { x: panel.x + 3, y: 3, width: wide - 6, height: screen.height - 4 };
        Self { panel, text, framed: true }
    }

    /// No higher than `rows` rows of text need, in the middle of the screen.
    fn shrunk(self, rows: u16) -> Self {
        let spare = self.text.height.saturating_sub(rows);
        if !self.framed || spare == 0 {
            return self;
        }
        let y = spare / 2;
        let panel = Area { y, height: self.panel.height - spare, ..self.panel };
        let text = Area { y: self.text.y + y, height: self.text.height - spare, ..self.text };
        Self { panel, text, framed: true }
    }
}

/// The facts as rows of `measure` cells: labels at the left, what they say beside or, where that is narrow, below.
fn rows(facts: &[Fact], measure: u16) -> Vec<Row> {
    let cells = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let beside = measure >= SIDE_BY_SIDE;
    let column = if beside { facts.iter().map(|fact| cells(fact.label)).max().unwrap_or(0) + GAP } else { GAP };
    let mut rows = Vec::new();
    for fact in facts {
        let mut label = fact.label;
        if !beside {
            rows.push(Row { label, ..Row::default() });
            label = "";
        }
        // Where several values stand below each other, what goes on from the line above is set in a little.
        let hang = if fact.values.len() > 1 { 2 } else { 0 };
        for value in &fact.values {
            for (number, text) in lines(value, measure.saturating_sub(column), hang) {
                let column = if number > 0 { column + hang } else { column };
                rows.push(Row { label: std::mem::take(&mut label), column: column.min(measure), text });
            }
        }
    }
    rows
}

/// The lines of a value and the number of each within its own line of the text.
fn lines(value: &Clean, measure: u16, hang: u16) -> Vec<(usize, Clean)> {
    let mut found = Vec::new();
    let mut start = 0;
    for kept in value.split('\n') {
        let setting = Setting {
            width: measure.saturating_sub(hang).max(1),
            language: None,
            hyphenate: false,
            method: Method::FirstFit,
        };
        let fits = width(kept) <= usize::from(measure);
        let set = if fits { Vec::new() } else { set_paragraph(kept, &[], &setting) };
        if fits {
            found.push((0, value.part(start..start + kept.len())));
        }
        for (number, line) in set.into_iter().enumerate() {
            found.push((number, value.part(start + line.start as usize..start + line.end as usize)));
        }
        start += kept.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(label: &'static str, values: &[&str]) -> Fact {
        Fact { label, values: values.iter().map(|value| Clean::lines_of(value)).collect() }
    }

    #[test]
    fn values_hang_beside_their_labels_or_stand_under_them() {
        let facts = [fact("Title", &["Silta"]), fact("Links", &["https://example.fi/yksi/kaksi/kolme/nelja", "b"])];
        let shown = |measure| -> Vec<(&str, u16, String)> {
            rows(&facts, measure).into_iter().map(|row| (row.label, row.column, row.text.to_string())).collect()
        };
        let wide = shown(44);
        assert_eq!(wide[0], ("Title", 7, "Silta".to_owned()));
        assert_eq!((wide[1].0, wide[1].1, wide[2].0, wide[2].1), ("Links", 7, "", 9));
        let narrow = shown(20);
        assert_eq!((narrow[0].0, narrow[1].1, narrow[1].2.as_str()), ("Title", 2, "Silta"));
        for row in wide.iter().chain(&narrow) {
            assert!(usize::from(row.1) + width(&row.2) <= 44, "{row:?}");
        }
    }

    #[test]
    fn every_size_has_a_place() {
        for (columns, height) in [(0, 0), (1, 1), (23, 40), (24, 8), (40, 15), (500, 200)] {
            let mut about = About::default();
            about.tell(Basis::default(), vec![fact("Otsikko", &["Silta", "pitkä arvo, joka katkeaa riveille"])]);
            about.settle(Area { x: 0, y: 0, width: columns, height });
            let Place { panel, text, .. } = about.place();
            assert!(panel.x + panel.width <= columns && panel.y + panel.height <= height, "{columns}×{height}");
            assert!(text.x + text.width <= columns && text.y + text.height <= height, "{columns}×{height}");
            assert!(about.shown().count() <= usize::from(height));
        }
    }
}
