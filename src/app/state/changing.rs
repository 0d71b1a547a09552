//! What came, was changed or went in the library. What is looked at stays where it is, also under a new name.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::State;
use crate::app::landmark::Landmark;
use crate::app::search::Hit;
use crate::app::{Effect, Effects};
use crate::model::{Entry, Id, Location, SavedSearch};
use crate::typeset::Place;

/// What an announcement was known by until it was edited in that, and what it is known by now.
type Renamed = (Hit, Hit);

impl State {
    /// Makes room for as many announcements as are about to be found at the most.
    pub(super) fn expect(&mut self, count: usize) -> Effects {
        Arc::make_mut(&mut self.library).expect(count);
        Effects::none()
    }

    /// Goes on once every path that was given was read.
    pub(super) fn finish_scan(&mut self) -> Effects {
        self.loading.scanning = false;
        if let Some(library) = Arc::get_mut(&mut self.library) {
            library.settle();
        }
        // A reader with nothing to read ends, and whoever started it is told why.
        if self.library.is_empty() { Effect::Quit.into() } else { self.watch() }
    }

    /// Takes in announcements that were found.
    pub(super) fn take_in(&mut self, entries: Vec<Entry>) -> Effects {
        let turnover = Arc::make_mut(&mut self.library).add(entries);
        self.marks.count(&turnover);
        // What was selected may be listed under the richer of two files now.
        let heir = self.list.selected.and_then(|group| self.library.heir(group));
        self.list.selected = heir.or(self.list.selected);
        if !self.screen.touched {
            self.list.selected = self.memory.selected();
        }
        // A query is answered again by whoever reads the texts.
        if self.search.filters() { self.search_again() } else { Effects::none() }
    }

    /// Takes over announcements that came, were changed or are no longer known.
    pub(super) fn take_changes(&mut self, entries: Vec<Entry>, removed: &[Id]) -> Effects {
        let known: HashSet<Id> = entries.iter().map(|entry| entry.id).collect();
        let renamed = self.renamed(&entries, removed);
        let names = self.names(&renamed);
        let outdated: Vec<Location> = entries.iter().map(|entry| entry.location.clone()).collect();
        let selected = self.list.row(self.rows());
        let library = Arc::make_mut(&mut self.library);
        library.update(entries);
        // What goes and comes again meanwhile is there.
        let gone: Vec<Id> = removed.iter().filter(|id| !known.contains(id)).copied().collect();
        let lost: Vec<Id> = gone.iter().filter_map(|id| library.entry(*id).map(|entry| entry.group)).collect();
        for id in &gone {
            library.remove(*id);
        }
        for one in &renamed {
            self.rename(*one);
        }
        let library = &self.library;
        self.marks.rename(&names, |group| library.row_of(group).is_some());
        let news = self.lose_news(&lost);
        let again = self.search_again();
        // What was selected is gone: its neighbour stands where it stood.
        if let Some(row) = selected.filter(|_| self.list.row(self.rows()).is_none()) {
            let row = row.min(self.rows().len().saturating_sub(1));
            self.list.selected = self.rows().group(row);
        }
        self.marks.recount(&self.library);
        // What is found when the folders are first looked at is looked at together.
        let watch = if self.loading.scanning { Effects::none() } else { self.watch() };
        let effects = again.and(news).and(watch).and(Effect::Outdated(outdated).into());
        effects.and(self.read_again(&known))
    }

    /// Which of what was removed stands under another name in its place.
    fn renamed(&self, entries: &[Entry], removed: &[Id]) -> Vec<Renamed> {
        let gone = removed.iter().filter_map(|id| self.library.entry(*id));
        let gone: HashMap<&Location, &Entry> = gone.map(|entry| (&entry.location, entry)).collect();
        if gone.is_empty() {
            return Vec::new();
        }
        let hit = |entry: &Entry| Hit { group: entry.group, id: entry.id };
        let heirs = entries.iter().filter_map(|heir| Some((hit(gone.get(&heir.location)?), hit(heir))));
        heirs.filter(|(before, now)| before.id != now.id).collect()
    }

    /// The groups whose marks go by other names now: those that nothing went by before.
    fn names(&self, renamed: &[Renamed]) -> HashMap<Id, Vec<Id>> {
        let mut names: HashMap<Id, Vec<Id>> = HashMap::new();
        for (before, now) in renamed {
            if before.group != now.group && self.library.row_of(now.group).is_none() {
                names.entry(before.group).or_default().push(now.group);
            }
        }
        names
    }

    /// Goes on with an announcement under the name it has now.
    fn rename(&mut self, (before, now): Renamed) {
        if let Some(place) = self.memory.places.get(&before.id).copied() {
            self.memory.places.entry(now.id).or_insert(place);
        }
        self.search.rename(before, now);
        let shown = self.reader.wanted == Some(before.id);
        if shown {
            self.reader.wanted = Some(now.id);
            if self.memory.returned == Some(before.id) {
                self.memory.returned = Some(now.id);
            }
        }
        let left = self.library.row_of(before.group).is_some();
        if self.list.selected == Some(before.group) && (shown || !left) {
            self.list.selected = Some(now.group);
        }
        if left {
            return;
        }
        for search in &mut self.searches {
            if search.news.remove(&before.group) {
                search.news.insert(now.group);
            }
        }
    }

    /// Takes what is no longer known from the news of the searches.
    fn lose_news(&mut self, lost: &[Id]) -> Effects {
        let library = &self.library;
        let gone: HashSet<&Id> = lost.iter().filter(|group| library.row_of(**group).is_none()).collect();
        let mut changed: Vec<SavedSearch> = Vec::new();
        for search in &mut self.searches {
            let before = search.news.len();
            search.news.retain(|group| !gone.contains(group));
            if search.news.len() < before {
                changed.push(search.clone());
            }
        }
        super::watching::looked(changed)
    }

    /// Wishes the announcement shown read again where it is among those that `changed`; the words at the top stay there.
    fn read_again(&mut self, changed: &HashSet<Id>) -> Effects {
        let entry = self.reader.wanted.filter(|id| changed.contains(id)).and_then(|id| self.library.entry(id));
        let Some(effect) = entry.map(|entry| self.reading(entry)) else { return Effects::none() };
        let place = self.reader.place();
        if let Some(layout) = self.reader.layout.as_ref().filter(|_| place != Place::default())
            && self.reader.landmark.is_none()
        {
            self.reader.landmark = Some(Landmark::of(layout, place));
        }
        effect.into()
    }
}
