//! Implements the information panel: all facts about the announcement shown, each with a label.

mod facts;
mod words;

pub use facts::{Fact, Known, facts};
#[cfg(test)]
pub(crate) use words::ALL as TEXTS;
pub use words::language as language_name;

use std::sync::Arc;

use super::content::{Content, Line, Outcome, Role, Span};
use super::context::Context;
use crate::app::actions::Action;
use crate::app::messages::{self, Text};
use crate::app::sources::Holder;
use crate::app::{Effect, Effects, Event};
use crate::model::{Announcement, Id, Location};
use crate::text::{Clean, width};
use crate::typeset::{Method, Setting, set_paragraph};

/// Least width, in cells, for values beside their labels; below it they stand under them.
const SIDE_BY_SIDE: u16 = 44;
/// Cells between the labels and the values.
const GAP: u16 = 2;

/// Holds the state of the information panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The files of the library that hold the announcement, once looked up.
    holders: Option<Vec<Holder>>,
    /// The data the facts were made from.
    basis: Basis,
    facts: Vec<Fact>,
    /// The facts as rows of [`Self::width`] cells.
    rows: Vec<Row>,
    width: u16,
}

/// Holds the data the facts are made from; they are rebuilt only when it changes.
#[derive(Clone, Debug, Default)]
struct Basis {
    /// The announcement.
    of: Option<Id>,
    /// Its text, once read.
    text: Option<Arc<Announcement>>,
    /// The files of the library that hold it.
    holders: Option<Vec<Holder>>,
    /// Number of further places that hold it.
    duplicates: usize,
    /// Whether boilerplate is shown in full.
    boilerplate: bool,
    /// The user's tags.
    filed: Vec<Clean>,
}

/// Texts are compared by pointer: comparing their contents would take as long as rebuilding the facts.
impl PartialEq for Basis {
    fn eq(&self, other: &Self) -> bool {
        let same_text = match (&self.text, &other.text) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        };
        let rest = |basis: &Self| (basis.of, basis.duplicates, basis.boilerplate);
        same_text && rest(self) == rest(other) && self.holders == other.holders && self.filed == other.filed
    }
}

/// Holds one row of the panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    /// The label that begins on it; empty on most rows.
    label: &'static str,
    /// The column its text begins in.
    column: u16,
    /// Its text.
    text: Clean,
}

impl Content for About {
    fn title(&self) -> Text {
        messages::ABOUT
    }

    fn opener(&self) -> Action {
        Action::About
    }

    /// Keys that the panel does not use go to the panes; the panel follows the selection.
    fn passes_keys(&self) -> bool {
        true
    }

    fn widest(&self) -> u16 {
        88
    }

    fn margin(&self) -> u16 {
        1
    }

    fn lines(&self, _context: &Context<'_>, _typed: &str, _width: u16) -> Vec<Line> {
        let line = |row: &Row| Line {
            spans: vec![
                Span::at(0, row.label, Role::Dim),
                Span { column: Some(row.column), text: row.text.clone(), role: Role::Plain },
            ],
            ..Line::default()
        };
        self.rows.iter().map(line).collect()
    }

    fn nothing(&self) -> Text {
        messages::NOTHING_HERE
    }

    fn subject(&self) -> Option<Id> {
        self.basis.of
    }

    fn act(&mut self, _action: Action, _chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        Outcome::Close
    }

    fn handle(&mut self, event: &Event, _context: &Context<'_>) {
        if let Event::Located { id, holders } = event
            && self.basis.of == Some(*id)
        {
            self.holders = Some(holders.clone());
        }
    }

    /// Rebuilds the facts when their data changed or another announcement is shown; requests the files of the library
    /// that hold it.
    fn settle(&mut self, context: &Context<'_>, width: u16) -> Effects {
        let Some(entry) = context.shown else {
            *self = Self::default();
            return Effects::none();
        };
        let mut effects = Effects::none();
        if self.basis.of != Some(entry.id) {
            self.holders = None;
            if let Location::Kept(_) = entry.location {
                effects.push(Effect::Locate { id: entry.id, location: entry.location.clone() });
            }
        }
        let duplicates: Vec<&Location> = context.library.duplicates(entry.id).collect();
        let basis = Basis {
            of: Some(entry.id),
            text: context.text.cloned(),
            holders: self.holders.clone(),
            duplicates: duplicates.len(),
            boilerplate: context.settings.boilerplate,
            filed: context.marks.marks.of(entry.group).tags.into_iter().collect(),
        };
        let learnt = self.facts.is_empty() || self.basis != basis;
        if learnt {
            let known = Known {
                entry,
                announcement: basis.text.as_deref(),
                duplicates: &duplicates,
                holders: basis.holders.as_deref(),
                boilerplate: basis.boilerplate,
                boilerplate_key: &context.keymap.key_of(Action::ShowBoilerplate),
                filed: &basis.filed,
                language: context.language(),
            };
            self.facts = facts(&known);
            self.basis = basis;
        }
        if learnt || self.width != width {
            self.rows = rows(&self.facts, width);
            self.width = width;
        }
        effects
    }
}

/// Returns the facts as rows of `measure` cells: labels at the left, what they say beside or, where that is narrow, below.
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
        // Where a label has several values, continuation lines are indented.
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

/// Returns the lines of a value and the number of each within its own line of the text.
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
}
