//! Narrowing the list to what fulfils a condition.

use super::State;
use crate::app::Effects;

impl State {
    /// Narrows the list to what fulfils `condition`, written as in a query, besides what is looked for already.
    pub(super) fn narrow(&mut self, condition: &str) -> Effects {
        let titles = self.search.filters();
        let known = if titles { self.search.conditions() } else { self.search.text() };
        // What was typed stays at the end: a word or quotation that is not closed goes on there.
        let query = match known {
            "" => condition.to_owned(),
            known if known.contains(condition) => known.to_owned(),
            known => format!("{condition} {known}"),
        };
        if titles { self.narrow_titles(&query) } else { self.run_search(Some(&query)) }
    }
}
