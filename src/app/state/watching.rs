//! Handles saved searches, and the new announcements of watched ones.

use super::State;
use crate::app::{Effect, Effects, messages};
use crate::model::{Id, News, SavedSearch, SearchChange, Watch};
use crate::search::Query;
use crate::text::Clean;

/// Most saved searches.
const MOST: usize = 500;

impl State {
    /// Saves the current search.
    pub(super) fn save_search(&mut self) -> Effects {
        let query = Clean::line(self.search.text());
        if query.is_empty() || self.search.filters() || Query::parse(&query).is_err() {
            self.notify(messages::NOTHING_TO_SAVE);
            return Effects::none();
        }
        self.notify(messages::SEARCH_SAVED);
        if self.searches.len() >= MOST || self.searches.iter().any(|search| search.query == query) {
            return Effects::none();
        }
        let search = SavedSearch { query, ..SavedSearch::default() };
        self.searches.push(search.clone());
        Effect::SaveSearches(SearchChange::Kept(search)).into()
    }

    /// Changes the saved searches as a panel requests, and stores that.
    pub(super) fn change_searches(&mut self, change: SearchChange) -> Effects {
        let mut watch = Effects::none();
        match &change {
            SearchChange::Kept(search) => {
                if let Some(known) = self.searches.iter_mut().find(|known| known.query == search.query) {
                    known.clone_from(search);
                }
                watch = self.watch();
            }
            SearchChange::Deleted(query) => self.searches.retain(|search| search.query != *query),
            SearchChange::Looked(_) => {}
        }
        Effects::from(Effect::SaveSearches(change)).and(watch)
    }

    /// Takes over the searches saved in earlier sessions.
    pub(super) fn take_searches(&mut self, searches: Vec<SavedSearch>) -> Effects {
        let mut known = searches;
        for search in std::mem::take(&mut self.searches) {
            if known.iter().all(|other| other.query != search.query) {
                known.push(search);
            }
        }
        self.searches = known;
        // Announcements new in them may have been read since.
        self.marks.touched = true;
        self.watch()
    }

    /// Takes over the changes of saved searches by another running program.
    pub(super) fn take_changed_searches(&mut self, saved: Vec<SavedSearch>, gone: &[Clean]) -> Effects {
        self.searches.retain(|search| !gone.contains(&search.query));
        for search in saved {
            match self.searches.iter_mut().find(|known| known.query == search.query) {
                Some(known) => *known = search,
                None => self.searches.push(search),
            }
        }
        // Announcements new in them may have been read in this program.
        self.marks.touched = true;
        self.watch()
    }

    /// Returns the effect that matches new announcements against watched searches.
    pub(super) fn watch(&self) -> Effects {
        let watched = self.searches.iter().filter(|search| search.watched);
        let watches: Vec<Watch> =
            watched.map(|search| Watch { query: search.query.clone(), looked: search.looked }).collect();
        if watches.is_empty() { Effects::none() } else { Effect::Watch(watches).into() }
    }

    /// Takes over new announcements that match watched searches, without those already read.
    pub(super) fn take_watched(&mut self, news: Vec<News>) -> Effects {
        let marks = &self.marks.marks;
        let mut changed = Vec::new();
        for News { query, groups, looked } in news {
            let watched = |search: &&mut SavedSearch| search.watched && search.query == query;
            let Some(search) = self.searches.iter_mut().find(watched) else { continue };
            search.looked = search.looked.max(Some(looked));
            search.news.extend(groups.into_iter().filter(|group| !marks.is_read(*group)));
            changed.push(search.clone());
        }
        looked(changed)
    }

    /// Removes announcements that were read from the news of searches.
    pub(super) fn settle_news(&mut self) -> Effects {
        if !std::mem::take(&mut self.marks.touched) {
            return Effects::none();
        }
        let marks = &self.marks.marks;
        let mut changed = Vec::new();
        for search in &mut self.searches {
            let before = search.news.len();
            search.news.retain(|group| !marks.is_read(*group));
            if search.news.len() < before {
                changed.push(search.clone());
            }
        }
        looked(changed)
    }

    /// Reports whether the announcement is new and matches a watched search.
    #[must_use]
    pub fn is_news(&self, group: Id) -> bool {
        self.searches.iter().any(|search| search.news.contains(&group))
    }
}

/// Returns the effect that stores the news of searches.
pub(super) fn looked(changed: Vec<SavedSearch>) -> Effects {
    if changed.is_empty() { Effects::none() } else { Effect::SaveSearches(SearchChange::Looked(changed)).into() }
}
