//! Handles announcements that were added, changed or removed. The selection and the position stay, also when ids
//! change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::State;
use crate::app::search::Hit;
use crate::app::text_anchor::TextAnchor;
use crate::app::{Effect, Effects};
use crate::model::{Entry, Id, Location, SavedSearch};
use crate::typeset::Place;

/// The ids of an announcement before and after it was edited.
type Renamed = (Hit, Hit);

impl State {
    /// Reserves room for the announcements that are about to be found.
    pub(super) fn expect(&mut self, count: usize) -> Effects {
        Arc::make_mut(&mut self.library).expect(count);
        Effects::none()
    }

    /// Ends the scan of the paths given on the command line.
    pub(super) fn finish_scan(&mut self) -> Effects {
        self.loading.scanning = false;
        if let Some(library) = Arc::get_mut(&mut self.library) {
            library.settle();
        }
        // With nothing to read the program ends, and the command line reports why.
        if self.library.is_empty() { Effect::Quit.into() } else { self.watch() }
    }

    /// Adds announcements that were found.
    pub(super) fn take_in(&mut self, entries: Vec<Entry>) -> Effects {
        let change = Arc::make_mut(&mut self.library).add(entries);
        self.marks.count(&change);
        for renamed in &change.renamed {
            let before = Hit { group: renamed.group, id: renamed.before };
            self.rename((before, Hit { group: renamed.now, id: renamed.now }));
        }
        // The announcement selected may now be listed under the richer of two files.
        let heir = self.list.selected.and_then(|group| self.library.heir(group));
        self.list.selected = heir.or(self.list.selected);
        if !self.screen.touched {
            self.list.selected = self.memory.selected();
        }
        // The search thread repeats queries itself; filtering titles is repeated here.
        if self.search.filters() { self.search_again() } else { Effects::none() }
    }

    /// Takes over announcements that were added, changed or removed.
    pub(super) fn take_changes(&mut self, entries: Vec<Entry>, removed: &[Id]) -> Effects {
        let known: HashSet<Id> = entries.iter().map(|entry| entry.id).collect();
        let renamed = self.renamed(&entries, removed);
        let names = self.names(&renamed);
        let outdated: Vec<Location> = entries.iter().map(|entry| entry.location.clone()).collect();
        let selected = self.list.row(self.rows());
        let library = Arc::make_mut(&mut self.library);
        library.update(entries);
        // An announcement that is both removed and added again exists.
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
        // If the selected announcement was removed, its neighbour is selected.
        if let Some(row) = selected.filter(|_| self.list.row(self.rows()).is_none()) {
            let row = row.min(self.rows().len().saturating_sub(1));
            self.list.selected = self.rows().group(row);
        }
        self.marks.recount(&self.library);
        // Announcements found by the first scan are matched against watched searches all at once.
        let watch = if self.loading.scanning { Effects::none() } else { self.watch() };
        let effects = again.and(news).and(watch).and(Effect::Outdated(outdated).into());
        effects.and(self.read_again(&known))
    }

    /// Returns the announcements that were removed and came back from the same place under another id.
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

    /// Returns the groups whose marks move to other ids, without ids that had marks before.
    fn names(&self, renamed: &[Renamed]) -> HashMap<Id, Vec<Id>> {
        let mut names: HashMap<Id, Vec<Id>> = HashMap::new();
        for (before, now) in renamed {
            if before.group != now.group && self.library.row_of(now.group).is_none() {
                names.entry(before.group).or_default().push(now.group);
            }
        }
        names
    }

    /// Replaces the ids of an announcement in all parts of the state.
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

    /// Removes lost announcements from the news of searches.
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

    /// Requests the announcement shown again if it is among those `changed`; the words at the top stay there.
    fn read_again(&mut self, changed: &HashSet<Id>) -> Effects {
        let entry = self.reader.wanted.filter(|id| changed.contains(id)).and_then(|id| self.library.entry(id));
        let Some(effect) = entry.map(|entry| self.reading(entry)) else { return Effects::none() };
        let place = self.reader.place();
        if let Some(layout) = self.reader.layout.as_ref().filter(|_| place != Place::default())
            && self.reader.anchor.is_none()
        {
            self.reader.anchor = Some(TextAnchor::of(layout, place));
        }
        effect.into()
    }
}
