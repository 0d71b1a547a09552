//! Saved searches, and the new announcements that match watched ones.

use std::collections::BTreeSet;

use super::Id;
use crate::text::Clean;

/// A search that was saved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearch {
    /// The query, as it was typed.
    pub query: Clean,
    /// Whether new announcements are matched against it.
    pub watched: bool,
    /// Groups of new announcements that match, until they are read.
    pub news: BTreeSet<Id>,
    /// The last change of the library that was searched for new announcements; `None` starts from now.
    pub looked: Option<i64>,
}

/// A change of the saved searches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchChange {
    /// Adds or replaces a search.
    Kept(SavedSearch),
    /// Updates what is new in searches that are still there.
    Looked(Vec<SavedSearch>),
    /// Deletes the search with this query.
    Deleted(Clean),
}

/// A search to be matched against new announcements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// The query.
    pub query: Clean,
    /// The last change that was searched.
    pub looked: Option<i64>,
}

/// New announcements that match a watched search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The query.
    pub query: Clean,
    /// The groups of the new announcements.
    pub groups: Vec<Id>,
    /// The last change that was searched now.
    pub looked: i64,
}
