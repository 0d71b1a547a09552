//! Answering questions from the announcements that were read: strictly, and leniently where that finds nothing. A
//! question that says more than one before it is looked for only in what that one found.

use std::collections::VecDeque;

use super::corpus::Corpus;
use crate::app::search::{Asked, Found};
use crate::search::{Matcher, Query, Rank, Term, Text, What};
use crate::text::fold::Folding;

/// Questions remembered: as many words as one types one after the other.
const MOST: usize = 8;

/// The announcements that are searched, and what questions before found among them.
#[derive(Debug, Default)]
pub struct Answers {
    corpus: Corpus,
    /// Terms, and the numbers of what matches them, in rising order; the shortest first.
    known: VecDeque<(Vec<Term>, Vec<u32>)>,
}

impl Answers {
    /// The announcements that are searched, to be changed.
    pub fn change(&mut self) -> &mut Corpus {
        self.known.clear();
        &mut self.corpus
    }

    /// What matches `asked`, as the list shows it; `complete` says whether everything was read. `None` when `abandoned`
    /// says that nobody wants to know any more.
    pub fn answer(&mut self, asked: &Asked, complete: bool, abandoned: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let (matching, lenient) = self.matching(asked, abandoned)?;
        let hits = self.corpus.ranked(matching, &asked.languages);
        Some(Found { ticket: asked.ticket, hits, lenient, complete })
    }

    /// What matches, and whether only leniently.
    fn matching(&mut self, asked: &Asked, abandoned: &(dyn Fn() -> bool + Sync)) -> Option<(Vec<(u32, Rank)>, bool)> {
        let (corpus, Asked { query, marks, .. }) = (&self.corpus, asked);
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

/// Whether whatever matches `query` matches `known` too: it begins with the same terms and has more.
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

/// Whether the query has letters that are another without their dots.
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
