//! Implements the filter menu: states, sources, languages and years, each with a count of announcements.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::about::language_name;
use super::content::{Content, Line, Outcome, Role};
use super::context::Context;
use crate::app::actions::{Action, Scope};
use crate::app::messages::{self, Text};
use crate::app::{Effects, rows::Rows};
use crate::calendar::PartialDate;
use crate::model::{Id, Library, Marks};
use crate::text::fold::{Folding, fold};
use crate::text::{Clean, Language};

/// Holds the state of the filter menu.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The choices; counted once, when the menu opens.
    choices: Option<Vec<Counted>>,
}

/// Holds a choice with the number of announcements it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Counted {
    choice: Choice,
    count: usize,
    /// Whether the count is an upper bound, because it is unknown which language versions were found.
    at_most: bool,
}

/// Names a property of announcements to filter by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Choice {
    /// They are unread.
    Unread,
    /// Their text changed since they were read.
    Changed,
    /// They are starred.
    Starred,
    /// Their source.
    Source(Clean),
    /// The language of one of their versions.
    Language(Language),
    /// Their year of publication.
    Year(i16),
}

impl Choice {
    /// Returns the heading of the choices of its kind, if they have one.
    const fn kind(&self) -> Option<Text> {
        match self {
            Self::Unread | Self::Changed | Self::Starred => None,
            Self::Source(_) => Some(messages::BY_SOURCE),
            Self::Language(_) => Some(messages::BY_LANGUAGE),
            Self::Year(_) => Some(messages::BY_YEAR),
        }
    }

    /// Returns the query that finds what it stands for.
    fn query(&self) -> String {
        match self {
            Self::Unread => "is:unread".to_owned(),
            Self::Changed => "is:changed".to_owned(),
            Self::Starred => "is:starred".to_owned(),
            Self::Source(name) => format!("source:\"{name}\""),
            Self::Language(language) => format!("lang:{}", language.code()),
            Self::Year(year) => format!("date:{year:04}"),
        }
    }

    fn name(&self, context: &Context<'_>) -> String {
        match self {
            Self::Unread => context.say(messages::UNREAD_ONES).to_owned(),
            Self::Changed => context.say(messages::CHANGED_ONES).to_owned(),
            Self::Starred => context.say(messages::STARRED_ONES).to_owned(),
            Self::Source(name) => name.to_string(),
            Self::Language(language) => context.say(language_name(Some(*language))).to_owned(),
            Self::Year(year) => year.to_string(),
        }
    }
}

impl Content for Filter {
    fn title(&self) -> Text {
        messages::FILTER
    }

    fn opener(&self) -> Action {
        Action::FilterMenu
    }

    fn scope(&self) -> Option<Scope> {
        Some(Scope::Filter)
    }

    fn lines(&self, context: &Context<'_>, _typed: &str, _width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut before = None;
        for Counted { choice, count, at_most } in self.choices.iter().flatten() {
            let kind = choice.kind();
            if let Some(kind) = kind.filter(|_| before != kind) {
                if !lines.is_empty() {
                    lines.push(Line::blank());
                }
                lines.push(Line::new(context.say(kind), Role::Dim));
            }
            before = kind;
            let note = if *at_most { format!("≤ {count}") } else { count.to_string() };
            lines.push(Line::choice(&choice.name(context), choice.query()).noted(&note, Role::Dim));
        }
        lines
    }

    fn nothing(&self) -> Text {
        messages::NOTHING_TO_CHOOSE
    }

    fn hints(&self, _context: &Context<'_>, chosen: Option<&str>) -> Vec<(Action, Text)> {
        let close = (Action::ClosePanel, messages::CLOSE_HINT);
        if chosen.is_none() {
            return vec![close];
        }
        vec![(Action::Choose, messages::FILTER_HINT), (Action::NextGroup, messages::NEXT_GROUP_HINT), close]
    }

    fn act(&mut self, action: Action, chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        match (action, chosen) {
            (Action::Choose, Some(query)) => Outcome::Narrow(query.to_owned()),
            (Action::NextGroup, Some(query)) => Outcome::Mark(self.next_group(query)),
            _ => Outcome::Stay,
        }
    }

    fn settle(&mut self, context: &Context<'_>, _width: u16) -> Effects {
        self.choices.get_or_insert_with(|| count(context.rows, context.library, &context.marks.marks));
        Effects::none()
    }
}

impl Filter {
    /// Returns the number of the first choice of the group after that of `query`; after the last group, the first.
    fn next_group(&self, query: &str) -> usize {
        let choices = self.choices.as_deref().unwrap_or_default();
        let kind = |counted: &Counted| std::mem::discriminant(&counted.choice);
        let here = choices.iter().position(|counted| counted.choice.query() == query).unwrap_or(0);
        let group = choices.get(here).map(kind);
        let next = choices.iter().skip(here).position(|counted| Some(kind(counted)) != group);
        next.map_or(0, |next| here + next)
    }
}

/// Returns the choices there are among the `rows` of the list.
fn count(rows: Rows<'_>, library: &Library, marks: &Marks) -> Vec<Counted> {
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
    let counted = |(choice, count): (Choice, Count)| Counted { choice, count: count.all, at_most: count.at_most };
    let mut choices: Vec<Counted> = counts.into_iter().map(counted).collect();
    // Sources are sorted by count, years from the newest.
    choices.sort_by_key(|counted| match counted.choice {
        Choice::Unread | Choice::Changed | Choice::Starred => (0, 0),
        Choice::Source(_) => (1, usize::MAX - counted.count),
        Choice::Language(_) => (2, 0),
        Choice::Year(year) => (3, usize::from(i16::MAX.abs_diff(year))),
    });
    choices
}

/// Counts the announcements a choice leaves.
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

/// Returns for every source those whose query finds it: its own and each whose name is a part of it.
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
