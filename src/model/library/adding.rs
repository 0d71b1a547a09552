//! Adding announcements to the list: which are the same, and which only have the same identity.

use std::collections::HashMap;

use super::{Library, LibraryChange, Renamed};
use crate::model::{Entry, Id};

/// What adding entries changes in the list.
#[derive(Default)]
struct Changes {
    /// The leading entries of new rows, which are not in place yet.
    fresh: Vec<u32>,
    removed: Vec<Id>,
    renamed: Vec<Renamed>,
}

impl Library {
    /// Adds announcements. Of one already known, by its identity or by its title and text, the one that tells more is
    /// listed and the other is a further place of it; other announcements with its identity get one of their own.
    ///
    /// Costs a sort of what is new; announcements that all come after the ones there are, or a few among them, cost
    /// no pass over the rows. Returns which rows were added and removed.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) -> LibraryChange {
        let mut changes = Changes::default();
        let mut replaced: HashMap<u32, u32> = HashMap::new();
        let (mut entries, mut displaced) = (entries.into_iter(), Vec::new());
        while let Some(entry) = displaced.pop().or_else(|| entries.next()) {
            let Some(mut entry) = self.meet(entry, &mut changes, &mut displaced) else { continue };
            let Ok(number) = u32::try_from(self.entries.len()) else { break };
            self.share_source(&mut entry);
            if let Some(sketch) = entry.sketch.as_ref().filter(|sketch| sketch.is_telling()) {
                self.twins.put(number, sketch);
            }
            let group = entry.group;
            let leader = self.leader_of(group);
            self.entries.push(entry);
            self.by_id.put(number, &self.entries);
            match leader {
                None => {
                    self.lead(group, number);
                    changes.fresh.push(number);
                }
                Some(leader) if self.leads(number, leader) => {
                    self.lead(group, number);
                    let mut others = self.others.remove(&leader).unwrap_or_default();
                    others.push(leader);
                    self.others.insert(number, others);
                    replaced.insert(leader, number);
                }
                Some(leader) => self.others.entry(leader).or_default().push(number),
            }
        }
        let Changes { fresh, removed, renamed } = changes;
        let added = fresh.iter().filter_map(|number| self.group_of(*number)).collect();
        self.take_rows(fresh, &replaced);
        LibraryChange { added, removed, renamed }
    }

    /// Returns the listed entry that is the same announcement as `entry`.
    #[must_use]
    pub fn same_as(&self, entry: &Entry) -> Option<&Entry> {
        self.with_id_of(entry).or_else(|| {
            let twins = self.twins.of(entry.sketch.as_ref().filter(|sketch| sketch.is_telling())?);
            let mut known = twins.filter_map(|number| Some((number, self.entries.get(number as usize)?)));
            known.find(|(number, known)| self.is_listed(*number) && known.is_same(entry)).map(|(_, known)| known)
        })
    }

    /// Returns the identity under which the announcement in the place of `entry`, as it was read, is listed; `None`
    /// where it is not, or only in another place.
    #[must_use]
    pub fn listed_id(&self, entry: &Entry) -> Option<Id> {
        let listed = |id: &Id| self.entry(*id).is_some_and(|known| known.location == entry.location);
        if listed(&entry.id) {
            return Some(entry.id);
        }
        self.entry(entry.id).is_some().then(|| entry.further_ids(&entry.location.name()).into_iter().find(listed))?
    }

    /// Returns the listed entry with one of the identities of `entry` that is the same announcement.
    fn with_id_of(&self, entry: &Entry) -> Option<&Entry> {
        let is_same = |known: &&Entry| known.location == entry.location || known.agrees(entry);
        let known = self.entry(entry.id)?;
        if is_same(&known) {
            return Some(known);
        }
        entry.further_ids(&entry.location.name()).into_iter().filter_map(|id| self.entry(id)).find(is_same)
    }

    /// Returns the group that lists an announcement in place of `group`, where both are one announcement in several
    /// files.
    #[must_use]
    pub fn heir(&self, group: Id) -> Option<Id> {
        let mut heir = group;
        // Every further file may have told more than the one before.
        for _ in 0..self.heirs.len() {
            if self.leader_of(heir).is_some() {
                break;
            }
            heir = *self.heirs.get(&heir)?;
        }
        (heir != group && self.leader_of(heir).is_some()).then_some(heir)
    }

    /// Compares a new entry with what is listed; returns it under the identity it is to be listed by, if it is.
    ///
    /// An entry that gives up its identity for it goes to `displaced`, to be added again.
    fn meet(&mut self, entry: Entry, changes: &mut Changes, displaced: &mut Vec<Entry>) -> Option<Entry> {
        let Some(known) = self.same_as(&entry) else { return self.settle_identity(entry, changes, displaced) };
        let (id, group, location) = (known.id, known.group, known.location.clone());
        if location == entry.location {
            return None;
        }
        let number = self.number_of(id)?;
        if !self.is_alone(number, group) || !entry.is_richer(known) {
            self.inherit(entry.group, group);
            self.duplicates.entry(id).or_default().push(entry.location);
            return None;
        }
        // It stays under the identity of its own, unless that is another announcement's.
        let taken = entry.id != id && self.entry(entry.id).is_some();
        let entry = if taken { Entry { id, group, ..entry } } else { entry };
        let mut places = self.duplicates.remove(&id).unwrap_or_default();
        places.push(location);
        self.withdraw(number, id, group, changes);
        self.inherit(group, entry.group);
        self.duplicates.insert(entry.id, places);
        Some(entry)
    }

    /// Gives `entry` an identity that no other announcement has: its own, or a further one.
    fn settle_identity(&mut self, entry: Entry, changes: &mut Changes, displaced: &mut Vec<Entry>) -> Option<Entry> {
        let Some(known) = self.entry(entry.id) else { return Some(entry) };
        let number = self.number_of(entry.id)?;
        if entry.keeps_id(known) && self.is_alone(number, known.group) {
            let known = known.clone();
            let now = self.free_id(&known)?;
            let places = self.duplicates.remove(&known.id);
            self.withdraw(number, known.id, known.group, changes);
            self.duplicates.extend(places.map(|places| (now, places)));
            changes.renamed.push(Renamed { before: known.id, group: known.group, now });
            displaced.push(known.known_by(now));
            return Some(entry);
        }
        let id = self.free_id(&entry)?;
        Some(entry.known_by(id))
    }

    /// Returns the first further identity of `entry` that no announcement has.
    fn free_id(&self, entry: &Entry) -> Option<Id> {
        entry.further_ids(&entry.location.name()).into_iter().find(|id| self.entry(*id).is_none())
    }

    /// Reports whether entry `number` is the only one of its group: language versions stay with the one they belong to.
    fn is_alone(&self, number: u32, group: Id) -> bool {
        self.leader_of(group) == Some(number) && !self.others.contains_key(&number)
    }

    /// Takes an entry that is alone in its group from the list.
    fn withdraw(&mut self, number: u32, id: Id, group: Id, changes: &mut Changes) {
        if let Some(at) = changes.fresh.iter().position(|row| *row == number) {
            changes.fresh.swap_remove(at);
            self.by_id.remove(id, &self.entries);
            self.named_leaders.remove(&group);
        } else {
            self.forget(id, number, group);
            changes.removed.push(group);
        }
    }

    fn inherit(&mut self, group: Id, heir: Id) {
        if group != heir {
            self.heirs.insert(group, heir);
        }
    }
}
