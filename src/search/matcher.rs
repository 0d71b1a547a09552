//! A compiled query against one announcement: whether it matches, how well, and where.

use std::ops::{Range, RangeInclusive};

use super::pattern::{Fit, Step, WordPattern};
use super::query::{DateSpan, Field, Query, State, Text, What};
use crate::calendar::PartialDate;
use crate::model::{Entry, Marks};
use crate::text::Language;
use crate::text::fold::{Folded, Folding, fold, searchable_into};

/// The searched texts of an announcement, in the order of [`Field::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Texts<'a> {
    /// The title.
    pub title: &'a str,
    /// The lead paragraph.
    pub lead: &'a str,
    /// The body.
    pub body: &'a str,
    /// The contact block.
    pub contacts: &'a str,
}

impl<'a> Texts<'a> {
    /// Returns the text of `field`.
    #[must_use]
    pub const fn get(&self, field: Field) -> &'a str {
        match field {
            Field::Title => self.title,
            Field::Lead => self.lead,
            Field::Body => self.body,
            Field::Contacts => self.contacts,
        }
    }

    /// Appends the texts, folded for a scan, to `out`; returns where each ends in what was appended.
    pub fn fold_into(&self, folding: Folding, out: &mut String) -> [usize; 4] {
        let from = out.len();
        Field::ALL.map(|field| {
            searchable_into(self.get(field), folding, out);
            // No match crosses a line break: none between fields either.
            out.push('\n');
            out.len() - from
        })
    }
}

/// The metadata of an announcement that is checked against conditions other than words, such as date or source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    /// The source's name.
    pub source: &'a str,
    /// The reader's tags.
    pub tags: &'a [&'a str],
    /// The language of the text, if known.
    pub language: Option<Language>,
    /// The first and last day it may have been published on, as numbers `yyyymmdd`.
    pub published: Option<RangeInclusive<u32>>,
    /// Whether it is unread.
    pub unread: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it has changed since it was read.
    pub changed: bool,
}

impl<'a> Fields<'a> {
    /// Collects what conditions are checked against: `entry` and the reader's `tags` for it.
    #[must_use]
    pub fn of(entry: &'a Entry, marks: &Marks, tags: &'a [&'a str]) -> Self {
        Self {
            source: entry.source.as_ref().map_or("", |source| source.as_str()),
            tags,
            language: entry.language,
            published: entry.published.map(days),
            unread: !marks.is_read(entry.group),
            starred: marks.is_starred(entry.group),
            changed: marks.is_changed(entry.group),
        }
    }
}

/// Returns the first and last day a date may stand for, as numbers `yyyymmdd`.
#[must_use]
pub fn days(date: PartialDate) -> RangeInclusive<u32> {
    let day = |month: u8, day: u8| {
        let year = u32::from(date.get_year().unsigned_abs());
        year * 10_000 + u32::from(date.get_month().unwrap_or(month)) * 100 + u32::from(date.get_day().unwrap_or(day))
    };
    day(1, 1)..=day(12, 31)
}

/// How well an announcement matches: less is better. The caller puts the newer of equals first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// The worst class of the words, see [`Fit::class`].
    pub class: u8,
    /// The weightiest field that holds each word; of several words, the least weighty of those.
    pub field: Field,
    /// The best fit in that field; of several words, the worst of those.
    pub fit: Fit,
}

impl Rank {
    /// The rank of a match of a query without words.
    pub const BEST: Self = Self { class: 0, field: Field::Title, fit: Fit::Word };

    pub(super) const fn new(field: Field, fit: Fit) -> Self {
        Self { class: fit.class(), field, fit }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { class: self.class.max(other.class), field: self.field.max(other.field), fit: self.fit.max(other.fit) }
    }
}

/// The places where an announcement matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// Byte ranges of the matched stems in the original texts, in the order of [`Field::ALL`]; each in order, none
    /// overlapping.
    pub ranges: [Vec<Range<usize>>; 4],
    /// The place a snippet should show: of the best fits the first, outside the title where there is one (the title is
    /// shown anyway).
    pub best: Option<(Field, Range<usize>)>,
}

impl Match {
    /// Returns the ranges in the text of `field`.
    #[must_use]
    pub fn of(&self, field: Field) -> &[Range<usize>] {
        let [title, lead, body, contacts] = &self.ranges;
        match field {
            Field::Title => title,
            Field::Lead => lead,
            Field::Body => body,
            Field::Contacts => contacts,
        }
    }
}

/// A query compiled for matching many announcements.
#[derive(Clone, Debug)]
pub struct Matcher {
    words: Vec<Word>,
    conditions: Vec<(bool, Condition)>,
    folding: Folding,
}

/// A word to search for.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Whether it must not occur.
    pub negated: bool,
    /// The field it must be in, if not any.
    pub only: Option<Field>,
    pub pattern: WordPattern,
}

#[derive(Clone, Debug)]
enum Condition {
    Source(String),
    Tag(String),
    Language(Language),
    Is(State),
    Date(DateSpan),
}

impl Matcher {
    /// Compiles `query` for texts folded by `folding`.
    ///
    /// Search strictly first; when nothing is found, leniently, for those whose keyboard lacks å ä ö.
    #[must_use]
    pub fn new(query: &Query, folding: Folding) -> Self {
        let mut matcher = Self { words: Vec::new(), conditions: Vec::new(), folding };
        for term in &query.terms {
            let condition = match &term.what {
                What::Text { field, text } => {
                    let pattern = match text {
                        Text::Word { word, open } => WordPattern::new(word, folding, *open),
                        Text::Exact { phrase, open } => WordPattern::exact(phrase, folding, *open),
                    };
                    matcher.words.push(Word { negated: term.negated, only: *field, pattern });
                    continue;
                }
                What::Source(name) => Condition::Source(fold(name, folding)),
                What::Tag(tag) => Condition::Tag(fold(tag, folding)),
                What::Language(language) => Condition::Language(*language),
                What::Is(state) => Condition::Is(*state),
                What::Date(span) => Condition::Date(*span),
            };
            matcher.conditions.push((term.negated, condition));
        }
        // What must not be found is cheap to find out last: few announcements get there.
        matcher.words.sort_by_key(|word| word.negated);
        matcher
    }

    /// Returns the folding the scanned texts must have.
    #[must_use]
    pub const fn folding(&self) -> Folding {
        self.folding
    }

    /// Reports whether the query has words that must be found: without any there is nothing to show in a text.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.words.iter().any(|word| !word.negated)
    }

    /// Returns the words to look up in an index.
    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Reports whether the query has conditions besides words.
    #[must_use]
    pub const fn is_conditional(&self) -> bool {
        !self.conditions.is_empty()
    }

    /// Reports whether the conditions besides words hold.
    #[must_use]
    pub fn allows(&self, fields: &Fields<'_>) -> bool {
        self.conditions.iter().all(|(negated, condition)| condition.holds(fields, self.folding) != *negated)
    }

    /// Ranks an announcement whose texts were folded by [`Texts::fold_into`] into `text`, with those `ends`; `None` if
    /// it does not match.
    #[must_use]
    pub fn rank(&self, text: &str, ends: &[usize; 4], fields: &Fields<'_>) -> Option<Rank> {
        if self.allows(fields) { self.rank_of_texts(text, ends, fields.language, &|| false) } else { None }
    }

    /// Ranks an announcement by its texts alone, without the other conditions.
    ///
    /// Once `stop` cancels the search, also within a long text, the rank means nothing.
    #[must_use]
    pub fn rank_of_texts(
        &self,
        text: &str,
        ends: &[usize; 4],
        language: Option<Language>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Rank> {
        let mut rank = Rank::BEST;
        for word in &self.words {
            let best = word.best(text, ends, language, stop);
            if word.negated {
                if best.is_some_and(|best| best.class <= 1) {
                    return None;
                }
            } else {
                rank = rank.and(best?);
            }
        }
        Some(rank)
    }

    /// Finds every match in the original `texts` of an announcement; `None` if it does not match.
    #[must_use]
    pub fn find(&self, texts: &Texts<'_>, fields: &Fields<'_>) -> Option<(Rank, Match)> {
        let mut text = String::new();
        let ends = texts.fold_into(self.folding, &mut text);
        let rank = self.rank(&text, &ends, fields)?;
        Some((rank, self.places(texts, fields.language, &|| false)))
    }

    /// Returns where the words that must be found stand in the original `texts` of an announcement in `language`,
    /// whether or not the other conditions hold; only the first of them once `stop` cancels the search.
    #[must_use]
    pub fn places(&self, texts: &Texts<'_>, language: Option<Language>, stop: &dyn Fn() -> bool) -> Match {
        let mut best: Option<(Fit, Field, Range<usize>)> = None;
        let ranges = Field::ALL.map(|field| {
            let folded = Folded::with(texts.get(field), self.folding);
            let mut found = Vec::new();
            for word in self.words.iter().filter(|word| !word.negated && word.looks_in(field)) {
                word.pattern.each(folded.text(), language, stop, |range, fit| {
                    found.push((folded.source_range(range), fit));
                    Step::On
                });
            }
            let shown = |field: Field| (matches!(field, Field::Title), field);
            for (range, fit) in &found {
                let better = best.as_ref().is_none_or(|(best_fit, best_field, best_range)| {
                    let key = (shown(field), fit.class(), *fit, range.start);
                    key < (shown(*best_field), best_fit.class(), *best_fit, best_range.start)
                });
                if better {
                    best = Some((*fit, field, range.clone()));
                }
            }
            merged(found.into_iter().map(|(range, _)| range).collect())
        });
        let best = best.map(|(_, field, range)| (field, range));
        Match { ranges, best }
    }
}

impl Word {
    fn looks_in(&self, field: Field) -> bool {
        self.only.is_none_or(|only| only == field)
    }

    /// Returns the best rank of the word in the folded texts.
    pub fn best(
        &self,
        text: &str,
        ends: &[usize; 4],
        language: Option<Language>,
        stop: &dyn Fn() -> bool,
    ) -> Option<Rank> {
        let mut best: Option<Rank> = None;
        self.pattern.each(text, language, stop, |range, fit| {
            let field = field_at(range.start, ends);
            if self.looks_in(field) {
                let rank = Rank::new(field, fit);
                best = Some(best.map_or(rank, |before| before.min(rank)));
            }
            match best {
                Some(Rank::BEST) => Step::Done,
                // Later places of the stem stand in this field or a lighter one.
                Some(best) if best.fit == Fit::Word && best.field <= field => Step::NextStem,
                _ => Step::On,
            }
        });
        best
    }
}

impl Condition {
    fn holds(&self, fields: &Fields<'_>, folding: Folding) -> bool {
        match self {
            Self::Source(name) => fold(fields.source, folding).contains(name.as_str()),
            Self::Tag(tag) => fields.tags.iter().any(|own| fold(own, folding).starts_with(tag.as_str())),
            Self::Language(language) => fields.language == Some(*language),
            Self::Is(State::Unread) => fields.unread,
            Self::Is(State::Starred) => fields.starred,
            Self::Is(State::Changed) => fields.changed,
            Self::Date(span) => fields.published.as_ref().is_some_and(|days| span.touches(days)),
        }
    }
}

fn field_at(at: usize, ends: &[usize; 4]) -> Field {
    let nth = ends.partition_point(|end| *end <= at);
    Field::ALL.get(nth).copied().unwrap_or(Field::Contacts)
}

/// Merges ranges in order that touch or overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests;
