//! A question about all announcements, and its answer.

use std::sync::Arc;

use crate::model::{Entry, Id, Library, Marks};
use crate::search::{Fields, Matcher, Query};
use crate::text::fold::Folding;
use crate::text::{Clean, Language};

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Announcements that match a query.
    Query(Query),
    /// Titles that have these letters, among those of the library.
    Titles(String, Arc<Library>),
}

impl Default for Sought {
    fn default() -> Self {
        Self::Query(Query::default())
    }
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which question it is: answers to earlier ones are dropped.
    pub ticket: u64,
    /// What is looked for.
    pub sought: Sought,
    /// What announcements are to fulfil whose titles have the letters.
    pub conditions: Query,
    /// What is read, starred and tagged.
    pub marks: Arc<Marks>,
    /// The languages to show an announcement in where its versions match alike, best first.
    pub languages: Vec<Language>,
}

impl Asked {
    /// What was found by the letters of titles, without what does not fulfil the conditions in any of its versions.
    #[must_use]
    pub fn narrow(&self, mut found: Found) -> Found {
        let Sought::Titles(_, library) = &self.sought else { return found };
        if self.conditions.is_empty() {
            return found;
        }
        let fulfils = |matcher: &Matcher, entry: &Entry| {
            let tags: Vec<&str> = self.marks.tags(entry.group).into_iter().flatten().map(Clean::as_str).collect();
            matcher.allows(&Fields::of(entry, &self.marks, &tags))
        };
        let hits = std::mem::take(&mut found.hits);
        for folding in [Folding::Strict, Folding::Lenient] {
            let matcher = Matcher::new(&self.conditions, folding);
            let any = |hit: &Hit| {
                library.entry(hit.id).is_some_and(|entry| fulfils(&matcher, entry))
                    || library.versions_of(hit.group).iter().any(|entry| fulfils(&matcher, entry))
            };
            found.hits.extend(hits.iter().filter(|hit| any(hit)));
            if !found.hits.is_empty() {
                break;
            }
        }
        found
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The question it answers.
    pub ticket: u64,
    /// The announcements, the best first.
    pub hits: Vec<Hit>,
    /// Whether they were found only without telling å and ä from a, and ö from o.
    pub lenient: bool,
    /// Whether everything was looked through; otherwise more may come.
    pub complete: bool,
}

/// An announcement that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What its language versions share.
    pub group: Id,
    /// The version that matches best.
    pub id: Id,
}
