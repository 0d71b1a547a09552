//! Gives the rows of the list: all announcements, or those a search found.

use super::search::{Hit, Results, Search};
use crate::model::{Entry, Id, Library};
use crate::text::Language;

/// Borrows the rows of the list.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    library: &'a Library,
    results: Option<&'a Results>,
}

impl<'a> From<&'a Library> for Rows<'a> {
    fn from(library: &'a Library) -> Self {
        Self { library, results: None }
    }
}

impl<'a> Rows<'a> {
    /// Returns the rows for the current state of `search`.
    #[must_use]
    pub fn of(library: &'a Library, search: &'a Search) -> Self {
        Self { library, results: search.results() }
    }

    /// Returns the number of rows.
    #[must_use]
    pub fn len(self) -> usize {
        self.results.map_or(self.library.len(), |results| results.hits().len())
    }

    /// Reports whether there are no rows.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Returns the group of the announcement in row `row`, shared by its language versions.
    #[must_use]
    pub fn group(self, row: usize) -> Option<Id> {
        match self.results {
            Some(results) => results.hits().get(row).map(|hit| hit.group),
            None => self.library.leader(row).map(|entry| entry.group),
        }
    }

    /// Returns the row of the announcement with the group `group`.
    #[must_use]
    pub fn row_of(self, group: Id) -> Option<usize> {
        match self.results {
            Some(results) => results.hits().iter().position(|hit| hit.group == group),
            None => self.library.row_of(group),
        }
    }

    /// Returns the version of row `row` to show: the one a search found, otherwise by the preferred languages.
    #[must_use]
    pub fn version(self, row: usize, languages: &[Language]) -> Option<&'a Entry> {
        let library = self.library;
        if let Some(results) = self.results {
            return results.hits().get(row).and_then(|hit: &Hit| library.entry(results.shown(hit)));
        }
        if languages.is_empty() || !library.has_versions(row) {
            return library.leader(row);
        }
        let versions = library.versions(row);
        let wished = languages
            .iter()
            .find_map(|language| versions.iter().find(|entry| entry.language == Some(*language)).copied());
        wished.or_else(|| library.leader(row))
    }

    /// Reports whether the rows come from a search.
    #[must_use]
    pub fn are_found(self) -> bool {
        self.results.is_some()
    }

    /// Reports whether rows show an excerpt of their text.
    #[must_use]
    pub fn have_snippets(self) -> bool {
        self.results.is_some_and(Results::has_words)
    }
}
