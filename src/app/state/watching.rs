//! Saved searches, those that are watched, and the pane that shows them with the sources.

use std::path::Path;

use super::State;
use crate::app::sources::{Line, Outcome, Source, Sources};
use crate::app::{Effect, Effects, Key, Problem, messages};
use crate::model::{Entry, Id, Location, News, SavedSearch, SearchChange, Watch};
use crate::search::Query;
use crate::text::Clean;

/// More searches than this are not saved.
const MOST: usize = 500;

impl State {
    /// Saves what is looked for.
    pub(super) fn save_search(&mut self) -> Effects {
        let query = Clean::line(self.search.text());
        if query.is_empty() || self.search.filters() || Query::parse(&query).is_err() {
            self.tell(messages::NOTHING_TO_SAVE);
            return Effects::none();
        }
        self.tell(messages::SEARCH_SAVED);
        if self.searches.len() >= MOST || self.searches.iter().any(|search| search.query == query) {
            return Effects::none();
        }
        let search = SavedSearch { query, ..SavedSearch::default() };
        self.searches.push(search.clone());
        Effect::SaveSearches(SearchChange::Kept(search)).into()
    }

    /// Opens the pane, and asks what is read.
    pub(super) fn open_sources(&mut self) -> Effects {
        self.sources = Some(Sources::default());
        Effect::ListSources.into()
    }

    /// Takes in what is read; where the library does not count, the list does.
    pub(super) fn take_sources(&mut self, mut rows: Vec<Source>) -> Effects {
        let library = &self.library;
        for row in rows.iter_mut().filter(|row| row.count.is_none()) {
            let within = |entry: &&Entry| match &entry.location {
                Location::File { path, .. } => path.starts_with(row.path.as_str()),
                _ => false,
            };
            row.count = Some(library.entries().filter(within).count() as u64);
        }
        if let Some(sources) = &mut self.sources {
            sources.take(rows, self.searches.len());
        }
        Effects::none()
    }

    /// The last thing that went wrong with a source.
    #[must_use]
    pub fn trouble_of(&self, source: &Source) -> Option<Clean> {
        let root = Path::new(source.path.as_str());
        let within = |problem: &&Problem| problem.path().is_some_and(|path| Path::new(path.as_str()).starts_with(root));
        self.problems.iter().rev().find(within).map(|problem| problem.sentence(self.settings.language))
    }

    /// The lines of the pane.
    #[must_use]
    pub fn sources_lines(&self, sources: &Sources) -> Vec<Line> {
        let mut lines = vec![Line::Heading(messages::SOURCES), Line::Blank];
        if sources.rows.is_empty() {
            lines.push(Line::Everything);
        }
        for (number, source) in sources.rows.iter().enumerate() {
            lines.push(Line::Source(number));
            lines.extend(self.trouble_of(source).map(|_| Line::Trouble(number)));
        }
        lines.extend([Line::Blank, Line::Heading(messages::SAVED_SEARCHES), Line::Blank]);
        if self.searches.is_empty() {
            lines.push(Line::NoSearches);
        }
        lines.extend((0..self.searches.len()).map(Line::Search));
        lines.push(Line::Blank);
        lines
    }

    pub(super) fn press_sources(&mut self, key: Key) -> Effects {
        let count = self.searches.len();
        let Some(sources) = &mut self.sources else { return Effects::none() };
        match sources.press(key, count) {
            Outcome::Stay => Effects::none(),
            Outcome::Close => {
                self.sources = None;
                Effects::none()
            }
            Outcome::Run(search) => {
                self.sources = None;
                let query = self.searches.get(search).map(|search| search.query.to_string());
                self.run_search(query.as_deref())
            }
            Outcome::Watch(search) => {
                let Some(search) = self.searches.get_mut(search) else { return Effects::none() };
                *search = SavedSearch { query: search.query.clone(), watched: !search.watched, ..Default::default() };
                let kept = SearchChange::Kept(search.clone());
                Effects::from(Effect::SaveSearches(kept)).and(self.watch())
            }
            Outcome::Delete(search) => {
                let deleted = self.searches.remove(search);
                sources.mark_search(search, self.searches.len());
                Effect::SaveSearches(SearchChange::Deleted(deleted.query)).into()
            }
            Outcome::Unfollow(number) => Effect::Unfollow(number).into(),
        }
    }

    /// Takes over the searches that were saved at earlier times.
    pub(super) fn take_searches(&mut self, searches: Vec<SavedSearch>) -> Effects {
        let mut known = searches;
        for search in std::mem::take(&mut self.searches) {
            if known.iter().all(|other| other.query != search.query) {
                known.push(search);
            }
        }
        self.searches = known;
        // They may have been read since.
        self.marked.touched = true;
        self.watch()
    }

    /// Takes over what another running program changed in the saved searches; the marked one stays marked.
    pub(super) fn take_changed_searches(&mut self, came: Vec<SavedSearch>, gone: &[Clean]) -> Effects {
        let marked = self.sources.as_ref().and_then(|sources| self.searches.get(sources.marked_search()?));
        let marked = marked.map(|search| search.query.clone());
        self.searches.retain(|search| !gone.contains(&search.query));
        for search in came {
            match self.searches.iter_mut().find(|known| known.query == search.query) {
                Some(known) => *known = search,
                None => self.searches.push(search),
            }
        }
        if let Some(sources) = &mut self.sources
            && let Some(search) = sources.marked_search()
        {
            let at = self.searches.iter().position(|search| Some(&search.query) == marked.as_ref());
            sources.mark_search(at.unwrap_or(search), self.searches.len());
        }
        // They may have been read here.
        self.marked.touched = true;
        self.watch()
    }

    /// Wishes it looked up what came and matches a search that is watched.
    pub(super) fn watch(&self) -> Effects {
        let watched = self.searches.iter().filter(|search| search.watched);
        let watches: Vec<Watch> =
            watched.map(|search| Watch { query: search.query.clone(), looked: search.looked }).collect();
        if watches.is_empty() { Effects::none() } else { Effect::Watch(watches).into() }
    }

    /// Takes in what came and matches a search that is watched, unless it was read already.
    pub(super) fn take_watched(&mut self, news: Vec<News>) -> Effects {
        let marks = &self.marked.marks;
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

    /// Takes what was read from the news of the searches.
    pub(super) fn settle_news(&mut self) -> Effects {
        if !std::mem::take(&mut self.marked.touched) {
            return Effects::none();
        }
        let marks = &self.marked.marks;
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

    /// Whether the announcement came since, and matches a search that is watched.
    #[must_use]
    pub fn is_news(&self, group: Id) -> bool {
        self.searches.iter().any(|search| search.news.contains(&group))
    }
}

/// Wishes kept what is new in searches.
pub(super) fn looked(changed: Vec<SavedSearch>) -> Effects {
    if changed.is_empty() { Effects::none() } else { Effect::SaveSearches(SearchChange::Looked(changed)).into() }
}
