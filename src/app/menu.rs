//! The filter menu: the states, sources, languages and years there are among the announcements, and how many of each.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::messages::{self, Text};
use super::rows::Rows;
use super::{Key, KeyCode};
use crate::calendar::PartialDate;
use crate::model::{Id, Library, Marks};
use crate::text::fold::{Folding, fold};
use crate::text::{Clean, Language};

/// The menu while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Menu {
    /// What can be chosen.
    pub rows: Vec<Row>,
    /// The marked row, from 0.
    pub marked: usize,
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub choice: Choice,
    /// How many announcements it leaves.
    pub count: usize,
    /// Whether it may leave fewer: which of their language versions were found is not known.
    pub at_most: bool,
}

/// A line of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(Text),
    /// What can be chosen there is of one kind.
    Kind(Text),
    /// Something that can be chosen, by its row.
    Choice(usize),
    /// That there is nothing.
    Nothing,
    /// A blank one.
    Blank,
}

/// What announcements may have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// They were not read.
    Unread,
    /// Their text was changed since they were read.
    Changed,
    /// They have a star.
    Starred,
    /// Who announces.
    Source(Clean),
    /// The language of one of the versions.
    Language(Language),
    /// The year of publication.
    Year(i16),
}

/// What a key in the menu came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The menu stays.
    Stay,
    /// It closes.
    Close,
    /// It closes and the marked row is looked for.
    Run,
}

impl Choice {
    /// What the choices of its kind are called.
    const fn kind(&self) -> Option<Text> {
        match self {
            Self::Unread | Self::Changed | Self::Starred => None,
            Self::Source(_) => Some(messages::BY_SOURCE),
            Self::Language(_) => Some(messages::BY_LANGUAGE),
            Self::Year(_) => Some(messages::BY_YEAR),
        }
    }

    /// The query that finds it.
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Unread => "is:unread".to_owned(),
            Self::Changed => "is:changed".to_owned(),
            Self::Starred => "is:starred".to_owned(),
            Self::Source(name) => format!("source:\"{name}\""),
            Self::Language(language) => format!("lang:{}", language.code()),
            Self::Year(year) => format!("date:{year:04}"),
        }
    }
}

impl Menu {
    /// The choices there are among the `rows` of the list.
    #[must_use]
    pub fn of(rows: Rows<'_>, library: &Library, marks: &Marks) -> Self {
        let alike = sources_alike(library);
        let (mut counts, mut sources): (BTreeMap<Choice, Count>, HashMap<&Clean, Count>) = Default::default();
        for group in (0..rows.len()).filter_map(|row| rows.group(row)) {
            let versions = library.versions_of(group);
            let uncertain = rows.are_found() && versions.len() > 1;
            let mut choices: Vec<Choice> = states(group, marks).collect();
            let mut names: Vec<&Clean> = Vec::new();
            for entry in versions {
                choices.extend(entry.language.map(Choice::Language));
                let year = entry.published.map(PartialDate::get_year).filter(|year| (1000..=9999).contains(year));
                choices.extend(year.map(Choice::Year));
                names.extend(entry.source.as_ref().and_then(|source| alike.get(source)).into_iter().flatten());
            }
            choices.sort_unstable();
            choices.dedup();
            for choice in choices {
                let certain = choice.kind().is_none() || !uncertain;
                counts.entry(choice).or_default().add(certain);
            }
            names.sort_unstable();
            names.dedup();
            for name in names {
                sources.entry(name).or_default().add(!uncertain);
            }
        }
        counts.extend(sources.into_iter().map(|(name, count)| (Choice::Source(name.clone()), count)));
        let row = |(choice, count): (Choice, Count)| Row { choice, count: count.all, at_most: count.at_most };
        let mut rows: Vec<Row> = counts.into_iter().map(row).collect();
        // What there is most of comes first among the sources, the newest among the years.
        rows.sort_by_key(|row| match row.choice {
            Choice::Unread | Choice::Changed | Choice::Starred => (0, 0),
            Choice::Source(_) => (1, usize::MAX - row.count),
            Choice::Language(_) => (2, 0),
            Choice::Year(year) => (3, usize::from(i16::MAX.abs_diff(year))),
        });
        Self { rows, marked: 0 }
    }

    /// The lines of the menu, kind by kind.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::Heading(messages::FILTER), Line::Blank];
        let mut before = None;
        for (number, row) in self.rows.iter().enumerate() {
            let kind = row.choice.kind();
            if let Some(kind) = kind.filter(|_| before != kind) {
                lines.extend([Line::Blank, Line::Kind(kind)]);
            }
            before = kind;
            lines.push(Line::Choice(number));
        }
        if self.rows.is_empty() {
            lines.push(Line::Nothing);
        }
        lines.push(Line::Blank);
        lines
    }

    /// Takes a key; `page` is how many rows are on the screen.
    pub fn press(&mut self, key: Key, page: usize) -> Outcome {
        let last = self.rows.len().saturating_sub(1);
        let marked = self.marked;
        match (key.code, key.ctrl) {
            (KeyCode::Esc | KeyCode::Char('q' | 'F' | 'h') | KeyCode::Left, false) => return Outcome::Close,
            (KeyCode::Enter | KeyCode::Right | KeyCode::Char('l'), _) if !self.rows.is_empty() => return Outcome::Run,
            (KeyCode::Down | KeyCode::Char('j'), _) | (KeyCode::Char('n'), true) => {
                self.marked = (marked + 1).min(last);
            }
            (KeyCode::Up | KeyCode::Char('k'), _) | (KeyCode::Char('p'), true) => {
                self.marked = marked.saturating_sub(1);
            }
            (KeyCode::PageDown | KeyCode::Char(' '), _) => self.marked = (marked + page).min(last),
            (KeyCode::PageUp | KeyCode::Char('b'), _) => self.marked = marked.saturating_sub(page),
            (KeyCode::Home | KeyCode::Char('g'), _) => self.marked = 0,
            (KeyCode::End | KeyCode::Char('G'), _) => self.marked = last,
            // The next kind of choice.
            (KeyCode::Tab, _) => {
                let kind = |row: &Row| std::mem::discriminant(&row.choice);
                let here = self.rows.get(marked).map(kind);
                let next = self.rows.iter().skip(marked).position(|row| Some(kind(row)) != here);
                self.marked = next.map_or(0, |next| marked + next);
            }
            _ => {}
        }
        Outcome::Stay
    }
}

/// How many announcements a choice leaves, or may leave.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    at_most: bool,
}

impl Count {
    fn add(&mut self, certain: bool) {
        self.all += 1;
        self.at_most |= !certain;
    }
}

fn states(group: Id, marks: &Marks) -> impl Iterator<Item = Choice> {
    let unread = (!marks.is_read(group)).then_some(Choice::Unread);
    let changed = marks.is_changed(group).then_some(Choice::Changed);
    let starred = marks.is_starred(group).then_some(Choice::Starred);
    unread.into_iter().chain(changed).chain(starred)
}

/// For every source those whose query finds it: its own and each whose name is a part of it.
fn sources_alike(library: &Library) -> HashMap<Clean, Vec<Clean>> {
    let known: HashSet<&Clean> = library.entries().filter_map(|entry| entry.source.as_deref()).collect();
    let folded: Vec<(&Clean, String)> = known.into_iter().map(|name| (name, fold(name, Folding::Strict))).collect();
    // A quotation mark would end the name in a query.
    let can_be_asked = |name: &Clean| !name.is_empty() && !name.contains(['"', '“', '”']);
    let alike = |whole: &str| {
        let parts = folded.iter().filter(|(name, part)| can_be_asked(name) && whole.contains(part.as_str()));
        parts.map(|(name, _)| (*name).clone()).collect()
    };
    folded.iter().map(|(name, whole)| ((*name).clone(), alike(whole))).collect()
}
