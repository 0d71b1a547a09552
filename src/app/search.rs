//! Holds the library search: the query, its results, and the state to return to.
//!
//! Matching is done by a worker; this holds the request and the response.

mod asked;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

pub use asked::{Asked, Found, Hit, Sought};

use super::find;
use super::list_position::ListPosition;
use crate::model::{Id, Library, Marks};
use crate::search::{Query, QueryError, What};
use crate::text::{Clean, Language};
use crate::typeset::Place;

/// Most excerpts kept for rows that are no longer visible.
const MOST_EXCERPTS: usize = 400;

/// Holds the matches in an announcement, and an excerpt of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The ticket of the query.
    pub ticket: u64,
    /// The width the excerpt was made for, in cells.
    pub cells: u16,
    /// The matches in the title.
    pub title: Vec<Range<usize>>,
    /// The excerpt: a line of the text around the best match.
    pub line: Clean,
    /// The matches in the excerpt.
    pub ranges: Vec<Range<usize>>,
    /// Every match in the title and the blocks, in reading order.
    pub matches: Vec<find::Match>,
}

/// Holds the state of the library search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// The error in the query, if any.
    pub error: Option<QueryError>,
    /// The query or the letters of titles, as typed.
    text: String,
    /// The parsed query; while titles are filtered, the parsed conditions.
    query: Query,
    /// Whether titles are filtered by their letters, in place of a query.
    titles: bool,
    /// The conditions for titles, in query syntax.
    conditions: String,
    /// The ticket of the latest query.
    ticket: u64,
    /// Whether to select the best result: the user selected none since the query was typed.
    pub fresh: bool,
    results: Option<Results>,
    /// The state to return to when the search ends.
    pub before: Option<Before>,
    /// The latest query that was accepted, which an empty prompt recalls.
    pub last: String,
    /// The match of the announcement shown that is to be scrolled to.
    pub scroll_to: Option<MatchEnd>,
}

/// Holds the state before a search.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// The position in the list.
    pub list: ListPosition,
    /// The announcement shown, and the position in it.
    pub place: Option<(Id, Place)>,
}

/// Names a match to scroll to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchEnd {
    /// The first one.
    First,
    /// The last one, when moving backwards.
    Last,
}

/// Holds the results and how they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    found: Found,
    words: bool,
    titles: bool,
    /// Versions the user chose in place of those found.
    chosen: BTreeMap<Id, Id>,
    excerpts: HashMap<Id, Excerpt>,
    /// Announcements whose excerpts were requested, and for which width in cells.
    asked: (u16, HashSet<Id>),
}

impl Results {
    /// Returns the matching announcements, the best first.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.found.hits
    }

    /// Reports whether they were found only by treating å and ä as a, and ö as o.
    #[must_use]
    pub fn is_lenient(&self) -> bool {
        self.found.lenient
    }

    /// Reports whether the search is finished.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.found.complete
    }

    /// Reports whether there are matches to show in titles or texts.
    #[must_use]
    pub fn has_matches(&self) -> bool {
        self.words || self.titles
    }

    /// Reports whether the query has words, which match in texts.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.words
    }

    /// Returns the version of `hit` to show.
    #[must_use]
    pub fn shown(&self, hit: &Hit) -> Id {
        self.chosen.get(&hit.group).copied().unwrap_or(hit.id)
    }

    /// Returns the excerpt of an announcement, if known; it may belong to the query before.
    #[must_use]
    pub fn excerpt(&self, id: Id) -> Option<&Excerpt> {
        self.excerpts.get(&id)
    }
}

impl Search {
    /// Reports whether the list shows results.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.results.is_some()
    }

    /// Returns the results.
    #[must_use]
    pub fn results(&self) -> Option<&Results> {
        self.results.as_ref()
    }

    /// Returns the query with the conditions for titles, for display.
    #[must_use]
    pub fn told(&self) -> String {
        format!("{} {}", self.conditions, self.text).trim().to_owned()
    }

    /// Returns the query as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reports whether a response to the latest query is still to come.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.asks() && self.results.as_ref().is_none_or(|results| results.found.ticket != self.ticket)
    }

    /// Reports whether there is a query.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.query.is_empty() || (self.titles && !self.text.is_empty())
    }

    /// Reports whether titles are filtered by their letters.
    #[must_use]
    pub fn filters(&self) -> bool {
        self.titles
    }

    /// Returns the conditions for titles, in query syntax.
    #[must_use]
    pub fn conditions(&self) -> &str {
        &self.conditions
    }

    /// Prepares for typing a query or letters of titles; returns whether that changes the search.
    ///
    /// Filtering titles keeps the conditions of the query and drops its words.
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

    /// Sets the conditions for titles.
    pub fn fulfil(&mut self, conditions: &str) {
        self.query = Query::parse_unfinished(conditions).unwrap_or_default();
        conditions.clone_into(&mut self.conditions);
    }

    /// Turns the conditions into the query, if there are no letters of titles.
    pub fn without_letters(&mut self) {
        if self.titles && self.text.is_empty() {
            (self.titles, self.text) = (false, std::mem::take(&mut self.conditions));
        }
    }

    /// Takes over the text typed; returns whether there is a new query to ask.
    ///
    /// An invalid query is noted as an error, and the latest results stay.
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
                // The query is empty, but letters of titles were typed before.
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

    /// Returns the request for the current query.
    pub fn ask(&mut self, library: &Arc<Library>, marks: &Arc<Marks>, languages: &[Language]) -> Asked {
        self.ticket += 1;
        let (ticket, marks, mut languages) = (self.ticket, Arc::clone(marks), languages.to_vec());
        if !self.titles {
            let sought = Sought::Query(self.query.clone());
            return Asked { ticket, sought, conditions: Query::default(), marks, languages };
        }
        // Titles are filtered in the language that the conditions ask for.
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

    /// Takes over results, unless they answer an earlier query; returns whether it took them.
    pub fn take(&mut self, found: Found) -> bool {
        if found.ticket != self.ticket || !self.asks() {
            return false;
        }
        let words = self.query.terms.iter().any(|term| !term.negated && matches!(term.what, What::Text { .. }));
        let before = self.results.take().unwrap_or_default();
        let again = before.found.ticket == found.ticket;
        // Excerpts of a row stay until there are new ones, so that the screen does not flicker while the user types.
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

    /// Takes over excerpts.
    pub fn take_excerpts(&mut self, excerpts: Vec<(Id, Excerpt)>) {
        let ticket = self.ticket;
        if let Some(results) = &mut self.results {
            results.excerpts.extend(excerpts.into_iter().filter(|(_, excerpt)| excerpt.ticket == ticket));
        }
    }

    /// Returns which of the announcements `shown` still need excerpts of `cells` width, and notes them as requested.
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

    /// Returns the excerpt of an announcement for the latest query, if known.
    #[must_use]
    pub fn excerpt(&self, id: Id) -> Option<&Excerpt> {
        self.results.as_ref()?.excerpts.get(&id).filter(|excerpt| excerpt.ticket == self.ticket)
    }

    /// Returns the ticket of the latest query.
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

    /// Removes results whose announcements are no longer known.
    pub fn forget(&mut self, known: impl Fn(&Hit) -> bool) {
        if let Some(results) = &mut self.results {
            results.found.hits.retain(known);
        }
    }

    /// Replaces the ids of an announcement that was renamed from `before` to `now`.
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

    /// Ends the search; returns the state before it.
    pub fn end(&mut self) -> Option<Before> {
        let before = self.before.take();
        *self = Self { ticket: self.ticket + 1, last: std::mem::take(&mut self.last), ..Self::default() };
        before
    }
}
