//! The list of all known announcements, newest first.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

mod adding;
mod rows;

use super::id::IdMap;
use super::numbers::Numbers;
use super::twins::Twins;
use super::{Entry, Id, Location};
use crate::text::Clean;

/// The groups whose rows were added to and removed from the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryChange {
    /// Groups whose rows are new.
    pub added: Vec<Id>,
    /// Groups whose rows are gone.
    pub removed: Vec<Id>,
    /// Listed announcements that gave up their identity for another announcement that has it too.
    pub renamed: Vec<Renamed>,
}

/// An announcement that is listed under another identity than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The identity it had.
    pub before: Id,
    /// The group it was in.
    pub group: Id,
    /// The identity, and group, it has now.
    pub now: Id,
}

/// All announcements, grouped by their language versions and sorted newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    entries: Vec<Entry>,
    /// The leading entry of each row, newest first.
    rows: Vec<u32>,
    /// The leading entries of groups whose leader has another identity than its group; for others see
    /// [`Library::leader_of`].
    named_leaders: IdMap<u32>,
    /// The other language versions of a leading entry, where it has any.
    others: HashMap<u32, Vec<u32>>,
    /// Entries by identity.
    by_id: Numbers,
    /// The publishers' names, each kept once.
    sources: HashSet<Arc<Clean>>,
    /// Further places of announcements, by identity.
    duplicates: HashMap<Id, Vec<Location>>,
    /// Entries by the keys of their sketches.
    twins: Twins,
    /// The groups that took the place of others, by the group replaced.
    heirs: HashMap<Id, Id>,
}

impl Library {
    /// Returns the number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Reports whether the list has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Reserves memory for `count` announcements in all, so that none is moved while they come.
    pub fn expect(&mut self, count: usize) {
        let more = count.saturating_sub(self.entries.len());
        self.entries.reserve_exact(more);
        self.rows.reserve_exact(count.saturating_sub(self.rows.len()));
        self.by_id.reserve(more, &self.entries);
    }

    /// Releases spare memory and all sketches: what comes later is compared by identity only.
    pub fn settle(&mut self) {
        // Where nothing was compared nothing is gone through.
        if std::mem::take(&mut self.twins) != Twins::default() {
            for entry in &mut self.entries {
                entry.sketch = None;
            }
        }
        self.entries.shrink_to_fit();
        self.rows.shrink_to_fit();
    }

    fn number_of(&self, id: Id) -> Option<u32> {
        self.by_id.get(id, &self.entries)
    }

    /// Returns the leading entry of a group.
    fn leader_of(&self, group: Id) -> Option<u32> {
        // Nearly every announcement is alone in its group and known by its name.
        let named = || self.number_of(group).filter(|number| self.group_of(*number) == Some(group));
        self.named_leaders.get(&group).copied().or_else(named)
    }

    fn lead(&mut self, group: Id, number: u32) {
        if self.entries.get(number as usize).is_some_and(|entry| entry.id == group) {
            self.named_leaders.remove(&group);
        } else {
            self.named_leaders.insert(group, number);
        }
    }

    fn group_of(&self, number: u32) -> Option<Id> {
        self.entries.get(number as usize).map(|entry| entry.group)
    }

    /// Shares the name of the entry's publisher with entries that have the same.
    fn share_source(&mut self, entry: &mut Entry) {
        let Some(source) = &mut entry.source else { return };
        if let Some(known) = self.sources.get(source) {
            source.clone_from(known);
        } else {
            self.sources.insert(Arc::clone(source));
        }
    }

    fn is_listed(&self, number: u32) -> bool {
        let entry = self.entries.get(number as usize);
        entry.is_some_and(|entry| self.number_of(entry.id) == Some(number))
    }

    /// Replaces entries by changed ones of the same identity and adds those that are new.
    pub fn update(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut fresh = Vec::new();
        for entry in entries {
            match self.number_of(entry.id).and_then(|number| self.entries.get_mut(number as usize)) {
                Some(known) if *known == entry => {}
                // In its place in the list nothing moves.
                Some(known) if known.place() == entry.place() => *known = entry,
                Some(_) => {
                    self.remove(entry.id);
                    fresh.push(entry);
                }
                None => fresh.push(entry),
            }
        }
        self.add(fresh);
    }

    /// Removes an announcement; another language version takes its place in the list.
    pub fn remove(&mut self, id: Id) {
        let Some(number) = self.number_of(id) else { return };
        let Some(group) = self.entries.get(number as usize).map(|entry| entry.group) else { return };
        self.duplicates.remove(&id);
        self.forget(id, number, group);
    }

    /// Returns the entry that leads row `row` (0 for the newest).
    #[must_use]
    pub fn leader(&self, row: usize) -> Option<&Entry> {
        self.entries.get(*self.rows.get(row)? as usize)
    }

    /// Returns all versions in row `row`: the leading one, then the others in the order of languages.
    #[must_use]
    pub fn versions(&self, row: usize) -> Vec<&Entry> {
        self.rows.get(row).map_or_else(Vec::new, |leader| self.versions_under(*leader))
    }

    /// Returns all versions that share `group`, in the same order.
    #[must_use]
    pub fn versions_of(&self, group: Id) -> Vec<&Entry> {
        self.leader_of(group).map_or_else(Vec::new, |leader| self.versions_under(leader))
    }

    fn versions_under(&self, leader: u32) -> Vec<&Entry> {
        let mut others: Vec<&Entry> = self
            .others
            .get(&leader)
            .into_iter()
            .flatten()
            .filter_map(|number| self.entries.get(*number as usize))
            .collect();
        others.sort_by_key(|entry| (entry.language.is_none(), entry.language, entry.id));
        self.entries.get(leader as usize).into_iter().chain(others).collect()
    }

    /// Reports whether row `row` has further language versions.
    #[must_use]
    pub fn has_versions(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|leader| self.others.contains_key(leader))
    }

    /// Returns the row of the announcement whose versions share `group`.
    #[must_use]
    pub fn row_of(&self, group: Id) -> Option<usize> {
        let leader = self.leader_of(group)?;
        self.rows.binary_search_by(|row| self.order(*row, leader)).ok()
    }

    /// Returns the entry known by `id`.
    #[must_use]
    pub fn entry(&self, id: Id) -> Option<&Entry> {
        self.entries.get(self.number_of(id)? as usize)
    }

    /// Returns every entry, in the order they were added.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        (0..).zip(&self.entries).filter(|(number, _)| self.is_listed(*number)).map(|(_, entry)| entry)
    }

    /// Returns the other places of the announcement known by `id`.
    pub fn duplicates(&self, id: Id) -> impl Iterator<Item = &Location> {
        self.duplicates.get(&id).into_iter().flatten()
    }
}

#[cfg(test)]
mod tests;
