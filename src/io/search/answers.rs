//! Answering questions from the announcements that were read: strictly, and leniently where that finds nothing. A
//! question that says more than one before it is looked for only in what that one found.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use super::corpus::Corpus;
use crate::app::rows::Rows;
use crate::app::search::{Asked, Found, Hit, Sought};
use crate::io::workers::share;
use crate::model::{Announcement, Entry, Id, Library, Marks};
use crate::search::{Fields, Gathered, Matcher, Query, Rank, Term, Text, TitlePart, Titles, What};
use crate::text::fold::Folding;
use crate::text::{Clean, Language};

/// So many titles are filtered before another thread is worth it.
const SHARED: usize = 8192;
/// Questions remembered: as many words as one types one after the other.
const MOST: usize = 8;

/// The announcements that are searched, and what questions before found among them.
#[derive(Debug, Default)]
pub struct Answers {
    corpus: Corpus,
    /// Terms, and the numbers of what matches them, in rising order; the shortest first.
    known: VecDeque<(Vec<Term>, Vec<u32>)>,
    titles: Filter,
}

impl Answers {
    /// Returns the announcements that are searched, for changing them.
    pub fn change(&mut self) -> &mut Corpus {
        self.known.clear();
        &mut self.corpus
    }

    /// Returns the announcements that are searched.
    #[must_use]
    pub const fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns what matches `asked`, as the list shows it; `complete` says whether everything was read. `None` when `abandoned`
    /// says that nobody wants to know any more.
    pub fn answer(&mut self, asked: &Asked, complete: bool, abandoned: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let query = match &asked.sought {
            Sought::Query(query) => query,
            Sought::Titles(typed, library) => {
                let hits = self.titles.hits(typed, library, &asked.languages);
                return Some(Found { ticket: asked.ticket, hits, lenient: false, complete: true });
            }
        };
        let (matching, lenient) = self.matching(query, &asked.marks, abandoned)?;
        let hits = self.corpus.ranked(matching, &asked.languages);
        Some(Found { ticket: asked.ticket, hits, lenient, complete })
    }

    /// Returns what matches, and whether only leniently.
    fn matching(
        &mut self,
        query: &Query,
        marks: &Marks,
        abandoned: &(dyn Fn() -> bool + Sync),
    ) -> Option<(Vec<(u32, Rank)>, bool)> {
        let corpus = &self.corpus;
        self.known.retain(|(terms, _)| narrows(terms, &query.terms));
        let among = self.known.back().map(|(_, numbers)| numbers.as_slice());
        let strict = corpus.matching(&Matcher::new(query, Folding::Strict), marks, among, abandoned)?;
        if !strict.is_empty() {
            // Marks change between two questions: what depends on them is asked anew each time.
            if !query.terms.iter().any(|term| matches!(term.what, What::Is(_) | What::Tag(_))) {
                self.known.push_back((query.terms.clone(), strict.iter().map(|(number, _)| *number).collect()));
                self.known.truncate(MOST);
            }
            return Some((strict, false));
        }
        if !softens(query) {
            return Some((strict, false));
        }
        let lenient = corpus.matching(&Matcher::new(query, Folding::Lenient), marks, None, abandoned)?;
        let found = !lenient.is_empty();
        Some((lenient, found))
    }
}

/// Which of `texts` match each of `queries`, by what their language versions share; queries that none matches are left
/// out.
pub fn watched(queries: &[Clean], texts: impl Iterator<Item = (Entry, Announcement)>) -> Vec<(Clean, Vec<Id>)> {
    let matcher = |query: &Clean| Some(Matcher::new(&Query::parse(query).ok()?, Folding::Strict));
    let mut found: Vec<(&Clean, Matcher, Vec<Id>)> =
        queries.iter().filter_map(|query| Some((query, matcher(query)?, Vec::new()))).collect();
    let marks = Marks::default();
    for (entry, announcement) in texts {
        let gathered = Gathered::of(&announcement);
        let fields = Fields::of(&entry, &marks, &[]);
        for (_, matcher, groups) in &mut found {
            if matcher.find(&gathered.texts(), &fields).is_some() {
                groups.push(entry.group);
            }
        }
    }
    found.retain(|(_, _, groups)| !groups.is_empty());
    found.into_iter().map(|(query, _, groups)| (query.clone(), groups)).collect()
}

/// Titles filtered as one types.
#[derive(Debug, Default)]
struct Filter {
    titles: Titles,
    /// What they are the titles of, one beside the other: they are looked up in the order of their fit.
    hits: Vec<Hit>,
    /// The library they are of, and in which languages; it is not kept alive.
    of: (Weak<Library>, Vec<Language>),
    /// What was typed last, and what may still fit when more is typed.
    before: Option<(String, Option<Vec<u32>>)>,
}

impl Filter {
    fn hits(&mut self, typed: &str, library: &Arc<Library>, languages: &[Language]) -> Vec<Hit> {
        let rows = Rows::from(&**library);
        let same = self.of.0.upgrade().is_some_and(|known| Arc::ptr_eq(&known, library));
        if !same || self.of.1 != languages {
            let entries = || (0..rows.len()).filter_map(|row| rows.version(row, languages));
            self.titles = Titles::of(entries().map(|entry| entry.title.as_str()));
            self.hits = entries().map(|entry| Hit { group: entry.group, id: entry.id }).collect();
            self.of = (Arc::downgrade(library), languages.to_vec());
            self.before = None;
        }
        let before = self.before.take().filter(|(before, _)| typed.starts_with(before.as_str()));
        let among = before.and_then(|(_, possible)| possible);
        let shared = |length: usize, part: &TitlePart<'_>| share(length, SHARED, part).concat();
        let filtered = self.titles.filter_in_parts(typed, among, shared);
        self.before = Some((typed.to_owned(), filtered.possible));
        filtered.fitting.into_iter().filter_map(|number| self.hits.get(number as usize).copied()).collect()
    }
}

/// Reports whether whatever matches `query` matches `known` too: it begins with the same terms and has more.
///
/// A word that goes on does not narrow: `katu` finds `kaduilla`, which `kat` does not begin.
fn narrows(known: &[Term], query: &[Term]) -> bool {
    known.len() < query.len()
        && known.iter().zip(query).all(|(known, term)| {
            known.negated == term.negated
                && match (&known.what, &term.what) {
                    // What was open and is closed now finds no more than before, unless it must not be found.
                    (What::Text { field, text }, What::Text { field: later, text: closed }) => {
                        field == later && (text == closed || (!known.negated && is_closed(text, closed)))
                    }
                    (known, term) => known == term,
                }
        })
}

fn is_closed(open: &Text, closed: &Text) -> bool {
    match (open, closed) {
        (Text::Word { word, open: true }, Text::Word { word: same, .. }) => word == same,
        (Text::Exact { phrase, open: true }, Text::Exact { phrase: same, .. }) => phrase == same,
        _ => false,
    }
}

/// Reports whether the query has letters that lenient folding changes, such as `ä`.
#[must_use]
pub fn softens(query: &Query) -> bool {
    query.terms.iter().any(|term| match &term.what {
        What::Text { text: Text::Word { word: text, .. } | Text::Exact { phrase: text, .. }, .. } => {
            text.to_lowercase().contains(['a', 'o', 'å', 'ä', 'ö', '\u{308}', '\u{30a}'])
        }
        What::Source(text) | What::Tag(text) => !text.is_empty(),
        _ => false,
    })
}
