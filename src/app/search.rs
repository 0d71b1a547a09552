//! Searching all announcements: what is typed, what was found, and how everything stood before.
//! The looking itself is done outside; here stands what was asked and what came back.

mod asked;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

pub use asked::{Asked, Found, Hit, Sought};

use super::find;
use super::standing::Standing;
use crate::model::{Id, Library, Marks};
use crate::search::{Query, QueryError, What};
use crate::text::{Clean, Language};
use crate::typeset::Place;

/// More lines of text than this are not kept for rows that may come back to the screen.
const MOST_EXCERPTS: usize = 400;

/// Where an announcement matches, as far as the screen shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The question it belongs to.
    pub ticket: u64,
    /// Cells the line was made for.
    pub cells: u16,
    /// The matches in the title.
    pub title: Vec<Range<usize>>,
    /// A line of the text around the best match.
    pub line: Clean,
    /// The matches in that line.
    pub ranges: Vec<Range<usize>>,
    /// Every match in the title and the blocks, in reading order.
    pub matches: Vec<find::Match>,
}

/// A search through all announcements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// What is wrong with what is typed.
    pub error: Option<QueryError>,
    /// What is looked for, as it was typed.
    text: String,
    /// What was typed, read; where titles are filtered, the conditions.
    query: Query,
    /// Whether titles are filtered by their letters, in place of a query.
    titles: bool,
    /// What announcements are to fulfil whose titles are filtered, as it is typed in a query.
    conditions: String,
    /// The question asked last.
    ticket: u64,
    /// Whether the best result is to be selected: nothing was chosen since the question was typed.
    pub fresh: bool,
    results: Option<Results>,
    /// How everything stood before.
    pub before: Option<Before>,
    /// The query kept last, to come back to.
    pub last: String,
    /// Which match of the announcement shown is to be brought onto the screen.
    pub aim: Option<Aim>,
}

/// How everything stood before a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// The list.
    pub list: Standing,
    /// The text that was shown, and where.
    pub place: Option<(Id, Place)>,
}

/// A match to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The first.
    First,
    /// The last: it was come upon from below.
    Last,
}

/// What was found, and what is shown of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    found: Found,
    words: bool,
    titles: bool,
    /// Versions chosen by the reader in place of those found.
    chosen: BTreeMap<Id, Id>,
    excerpts: HashMap<Id, Excerpt>,
    /// Those asked for, and for lines of how many cells.
    asked: (u16, HashSet<Id>),
}

impl Results {
    /// The announcements, the best first.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.found.hits
    }

    /// Whether they were found only without telling å and ä from a, and ö from o.
    #[must_use]
    pub fn is_lenient(&self) -> bool {
        self.found.lenient
    }

    /// Whether everything was looked through.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.found.complete
    }

    /// Whether there are matches to be shown in titles or texts.
    #[must_use]
    pub fn has_matches(&self) -> bool {
        self.words || self.titles
    }

    /// Whether words were looked for, which stand in the texts.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.words
    }

    /// The version to show of `hit`.
    #[must_use]
    pub fn shown(&self, hit: &Hit) -> Id {
        self.chosen.get(&hit.group).copied().unwrap_or(hit.id)
    }

    /// Where the announcement matches, when that is known; it may be where it matched the question before.
    #[must_use]
    pub fn excerpt(&self, id: Id) -> Option<&Excerpt> {
        self.excerpts.get(&id)
    }
}

impl Search {
    /// Whether the list shows what was found.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.results.is_some()
    }

    /// What was found.
    #[must_use]
    pub fn results(&self) -> Option<&Results> {
        self.results.as_ref()
    }

    /// What is looked for, with the conditions titles are to fulfil.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {}", self.conditions, self.text).trim().to_owned()
    }

    /// What is looked for, as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether an answer to the question asked last is still to come.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.asks() && self.results.as_ref().is_none_or(|results| results.found.ticket != self.ticket)
    }

    /// Whether anything is looked for.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.query.is_empty() || (self.titles && !self.text.is_empty())
    }

    /// Whether titles are filtered by their letters.
    #[must_use]
    pub fn filters(&self) -> bool {
        self.titles
    }

    /// What announcements are to fulfil whose titles are filtered, as it is typed in a query.
    #[must_use]
    pub fn conditions(&self) -> &str {
        &self.conditions
    }

    /// Prepares for a query to be typed, or letters of titles; returns whether something else is looked for now.
    ///
    /// The conditions of a query stay when titles are filtered, its words do not.
    pub fn open(&mut self, titles: bool) -> bool {
        let mut other = false;
        if self.titles != titles {
            let conditions = if titles { Query::conditions(&self.text) } else { String::new() };
            other = titles && conditions != self.text;
            (self.titles, self.text) = (titles, String::new());
            self.fulfil(&conditions);
        }
        self.error = None;
        other
    }

    /// Sets what announcements are to fulfil whose titles are filtered.
    pub fn fulfil(&mut self, conditions: &str) {
        self.query = Query::parse_unfinished(conditions).unwrap_or_default();
        conditions.clone_into(&mut self.conditions);
    }

    /// Goes on as the query the conditions are, where no letters are asked for.
    pub fn without_letters(&mut self) {
        if self.titles && self.text.is_empty() {
            (self.titles, self.text) = (false, std::mem::take(&mut self.conditions));
        }
    }

    /// Takes in what is typed; returns whether there is something new to ask.
    ///
    /// What is wrong is noted, and what was found last stays.
    pub fn typed(&mut self, text: &str) -> bool {
        if self.titles {
            let text = text.trim();
            let new = self.text != text;
            text.clone_into(&mut self.text);
            self.fresh |= new;
            if !self.asks() {
                self.ticket += 1;
                self.results = None;
            }
            return new && self.asks();
        }
        match Query::parse_unfinished(text) {
            Err(error) => {
                self.error = Some(error);
                false
            }
            Ok(query) => {
                self.error = None;
                text.trim().clone_into(&mut self.text);
                let same = self.query.terms.len() == query.terms.len()
                    && self
                        .query
                        .terms
                        .iter()
                        .zip(&query.terms)
                        .all(|(old, new)| (old.negated, &old.what) == (new.negated, &new.what));
                // Nothing is asked, but letters of titles were.
                let left = query.is_empty() && self.results.is_some();
                if same && !left {
                    return false;
                }
                self.query = query;
                self.fresh = true;
                if self.query.is_empty() {
                    self.ticket += 1;
                    self.results = None;
                }
                !self.query.is_empty()
            }
        }
    }

    /// The question as it is to be asked now.
    pub fn ask(&mut self, library: &Arc<Library>, marks: &Arc<Marks>, languages: &[Language]) -> Asked {
        self.ticket += 1;
        let (ticket, marks, mut languages) = (self.ticket, Arc::clone(marks), languages.to_vec());
        if !self.titles {
            let sought = Sought::Query(self.query.clone());
            return Asked { ticket, sought, conditions: Query::default(), marks, languages };
        }
        // Titles are filtered in the language that is wanted.
        let wanted = self.query.terms.iter().rev().filter(|term| !term.negated).filter_map(|term| match term.what {
            What::Language(language) => Some(language),
            _ => None,
        });
        for language in wanted {
            languages.retain(|other| *other != language);
            languages.insert(0, language);
        }
        let sought = Sought::Titles(self.text.clone(), Arc::clone(library));
        Asked { ticket, sought, conditions: self.query.clone(), marks, languages }
    }

    /// Takes in what was found, unless it answers an earlier question; whether it was taken.
    pub fn take(&mut self, found: Found) -> bool {
        if found.ticket != self.ticket || !self.asks() {
            return false;
        }
        let words = self.query.terms.iter().any(|term| !term.negated && matches!(term.what, What::Text { .. }));
        let before = self.results.take().unwrap_or_default();
        let again = before.found.ticket == found.ticket;
        // What is shown of a row stays until it is known anew: nothing flickers while one types.
        self.results = Some(Results {
            words,
            titles: self.titles && !self.text.is_empty(),
            chosen: before.chosen,
            excerpts: before.excerpts,
            asked: if again { before.asked } else { Default::default() },
            found,
        });
        true
    }

    /// Takes in where announcements match.
    pub fn take_excerpts(&mut self, excerpts: Vec<(Id, Excerpt)>) {
        let ticket = self.ticket;
        if let Some(results) = &mut self.results {
            results.excerpts.extend(excerpts.into_iter().filter(|(_, excerpt)| excerpt.ticket == ticket));
        }
    }

    /// Which of the announcements `shown` it is still to be asked where they match, for lines of `cells`.
    pub fn missing(&mut self, shown: &[Id], cells: u16) -> Vec<Id> {
        let ticket = self.ticket;
        let Some(results) =
            self.results.as_mut().filter(|results| results.has_matches() && results.found.ticket == ticket)
        else {
            return Vec::new();
        };
        if results.asked.0 != cells {
            results.asked = (cells, HashSet::new());
        }
        let missing: Vec<Id> = shown.iter().copied().filter(|id| results.asked.1.insert(*id)).collect();
        if results.excerpts.len() > MOST_EXCERPTS {
            results.excerpts.retain(|id, _| shown.contains(id));
            results.asked.1.retain(|id| shown.contains(id));
        }
        missing
    }

    /// Where the announcement matches the question asked last, when that is known.
    #[must_use]
    pub fn excerpt(&self, id: Id) -> Option<&Excerpt> {
        self.results.as_ref()?.excerpts.get(&id).filter(|excerpt| excerpt.ticket == self.ticket)
    }

    /// The question asked last.
    #[must_use]
    pub fn ticket(&self) -> u64 {
        self.ticket
    }

    /// Shows version `id` in place of the one found.
    pub fn choose(&mut self, group: Id, id: Id) {
        if let Some(results) = &mut self.results {
            results.chosen.insert(group, id);
        }
    }

    /// Forgets announcements that are no longer known.
    pub fn forget(&mut self, known: impl Fn(&Hit) -> bool) {
        if let Some(results) = &mut self.results {
            results.found.hits.retain(known);
        }
    }

    /// Goes on with an announcement that was known as `before` under the name it has now.
    pub fn rename(&mut self, before: Hit, now: Hit) {
        if let Some(results) = &mut self.results {
            for hit in results.found.hits.iter_mut().filter(|hit| hit.id == before.id) {
                *hit = now;
            }
        }
        let Some(left) = &mut self.before else { return };
        if left.list.selected == Some(before.group) {
            left.list.selected = Some(now.group);
        }
        if let Some((id, _)) = left.place.as_mut().filter(|(id, _)| *id == before.id) {
            *id = now.id;
        }
    }

    /// Ends the search; how everything stood before it.
    pub fn end(&mut self) -> Option<Before> {
        let before = self.before.take();
        *self = Self { ticket: self.ticket + 1, last: std::mem::take(&mut self.last), ..Self::default() };
        before
    }
}
