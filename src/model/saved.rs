//! Searches that were saved.

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
}
