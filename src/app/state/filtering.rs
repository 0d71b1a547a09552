//! Filters the list by a condition.

use super::State;
use crate::app::Effects;

impl State {
    /// Filters the list by `condition`, in query syntax, in addition to the current search.
    pub(super) fn narrow(&mut self, condition: &str) -> Effects {
        let titles = self.search.filters();
        let known = if titles { self.search.conditions() } else { self.search.text() };
        // The typed query comes last, because an unfinished word or quotation in it would swallow the condition.
        let query = match known {
            "" => condition.to_owned(),
            known if known.contains(condition) => known.to_owned(),
            known => format!("{condition} {known}"),
        };
        if titles { self.narrow_titles(&query) } else { self.run_search(Some(&query)) }
    }
}
