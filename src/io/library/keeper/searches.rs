//! Keeping the saved searches, and reporting what others did to them.

use super::Keeper;
use crate::app::problem::name;
use crate::app::{Event, Problem};
use crate::model::{SavedSearch, SearchChange};

impl Keeper {
    /// Keeps a change of the saved searches, whatever is read: they are the reader's own.
    pub(super) fn change_searches(&mut self, change: &SearchChange) {
        let asked = matches!(change, SearchChange::Kept(_));
        if asked {
            self.make();
        }
        match self.keeping.store.as_mut().filter(|store| store.is_writable()) {
            Some(store) => match store.change_searches(change) {
                Ok(()) => {
                    let told = self.searches.kept(change);
                    self.report_searches(told);
                }
                Err(fault) => self.complain(&fault),
            },
            None if asked => {
                let path = name(&self.keeping.path);
                let _ = self.events.send(Event::Failed(Problem::SearchUnwritten { path }));
            }
            None => {}
        }
    }

    /// Sends a report of changed searches on.
    pub(super) fn report_searches(&self, told: Option<Event>) {
        if let Some(Event::SearchesChanged { mut came, gone }) = told {
            self.without_news(&mut came);
            let _ = self.events.send(Event::SearchesChanged { came, gone });
        }
    }

    /// Removes what is new in the library from `searches`, unless the library is what is read.
    pub(super) fn without_news(&self, searches: &mut [SavedSearch]) {
        if !self.keeping.shown {
            for search in searches {
                search.news.clear();
            }
        }
    }
}
