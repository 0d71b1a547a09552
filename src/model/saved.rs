//! Searches that were saved, and what is new in those that are watched.

use std::collections::BTreeSet;

use super::Id;
use crate::text::Clean;

/// A search that was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearch {
    /// The query, as it was typed.
    pub query: Clean,
    /// Whether announcements that come are looked at whether they match.
    pub watched: bool,
    /// Those that came and match, by what their language versions share, until they are read.
    pub news: BTreeSet<Id>,
    /// The last change of the library whose arrivals were looked at; without it, those that come from now on are.
    pub looked: Option<i64>,
}

/// A change of the saved searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchChange {
    /// One is kept as it is here, whether or not it was before.
    Kept(SavedSearch),
    /// What is new in searches, and what was looked at for it; of those that are still kept.
    Looked(Vec<SavedSearch>),
    /// The one of this query is forgotten.
    Deleted(Clean),
}

/// A search for which arrivals are to be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The query.
    pub query: Clean,
    /// The last change whose arrivals were looked at.
    pub looked: Option<i64>,
}

/// What came and matches a search that is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The query.
    pub query: Clean,
    /// What came, by what the language versions share.
    pub groups: Vec<Id>,
    /// The last change whose arrivals were looked at now.
    pub looked: i64,
}
