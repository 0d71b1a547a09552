//! Defines the request of a library search and its response.

use std::sync::Arc;

use crate::model::{Entry, Id, Library, Marks};
use crate::search::{Fields, Matcher, Query};
use crate::text::fold::Folding;
use crate::text::{Clean, Language};

/// Names what is searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Announcements that match a query.
    Query(Query),
    /// Titles that contain these letters, among those of the library.
    Titles(String, Arc<Library>),
}

impl Default for Sought {
    fn default() -> Self {
        Self::Query(Query::default())
    }
}

/// Holds the request of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The number of the request; responses to earlier ones are dropped.
    pub ticket: u64,
    /// What is searched for.
    pub sought: Sought,
    /// The conditions for announcements whose titles match.
    pub conditions: Query,
    /// The marks.
    pub marks: Arc<Marks>,
    /// The preferred languages, best first, for an announcement whose versions match equally well.
    pub languages: Vec<Language>,
}

impl Asked {
    /// Returns the results by titles, without announcements of which no version meets the conditions.
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

/// Holds the response to a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The ticket of the request.
    pub ticket: u64,
    /// The matching announcements, the best first.
    pub hits: Vec<Hit>,
    /// Whether they were found only by treating å and ä as a, and ö as o.
    pub lenient: bool,
    /// Whether the search is finished; otherwise more results may come.
    pub complete: bool,
}

/// Names a matching announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The group shared by its language versions.
    pub group: Id,
    /// The version that matches best.
    pub id: Id,
}
