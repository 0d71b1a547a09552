//! The list of all known announcements, newest first.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

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
}

/// Up to so many new rows are inserted one by one; more are sorted in together.
const FEW: usize = 32;

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

    /// Adds announcements; of one already known, by its identity or by its title and text, the one that tells more is
    /// listed and the other is a further place of it.
    ///
    /// Costs a sort of what is new; announcements that all come after the ones there are, or a few among them, cost
    /// no pass over the rows. Returns which rows were added and removed.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) -> LibraryChange {
        let (mut fresh, mut removed) = (Vec::new(), Vec::new());
        let mut replaced: HashMap<u32, u32> = HashMap::new();
        for entry in entries {
            let Ok(number) = u32::try_from(self.entries.len()) else { break };
            let Some(mut entry) = self.meet(entry, &mut fresh, &mut removed) else { continue };
            self.share_source(&mut entry);
            if let Some(sketch) = &entry.sketch {
                self.twins.put(number, sketch);
            }
            let group = entry.group;
            let leader = self.leader_of(group);
            self.entries.push(entry);
            self.by_id.put(number, &self.entries);
            match leader {
                None => {
                    self.lead(group, number);
                    fresh.push(number);
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
        let added = fresh.iter().filter_map(|number| self.group_of(*number)).collect();
        self.take_rows(fresh, &replaced);
        LibraryChange { added, removed }
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

    /// Returns the listed entry that is the same announcement as `entry`.
    #[must_use]
    pub fn same_as(&self, entry: &Entry) -> Option<&Entry> {
        self.entry(entry.id).or_else(|| {
            let twins = self.twins.of(entry.sketch.as_ref()?);
            let mut known = twins.filter_map(|number| Some((number, self.entries.get(number as usize)?)));
            known.find(|(number, known)| self.is_listed(*number) && known.is_same(entry)).map(|(_, known)| known)
        })
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

    /// Compares a new entry with the listed one that is the same announcement; returns it if it is to be listed.
    fn meet(&mut self, entry: Entry, fresh: &mut Vec<u32>, removed: &mut Vec<Id>) -> Option<Entry> {
        let Some(known) = self.same_as(&entry) else { return Some(entry) };
        let (id, group, location) = (known.id, known.group, known.location.clone());
        if location == entry.location {
            return None;
        }
        let number = self.number_of(id)?;
        // Versions in other languages stay with the one they belong to.
        let alone = self.leader_of(group) == Some(number) && !self.others.contains_key(&number);
        if !alone || !entry.is_richer(known) {
            self.inherit(entry.group, group);
            self.duplicates.entry(id).or_default().push(entry.location);
            return None;
        }
        let mut places = self.duplicates.remove(&id).unwrap_or_default();
        places.push(location);
        if let Some(at) = fresh.iter().position(|row| *row == number) {
            fresh.swap_remove(at);
            self.by_id.remove(id, &self.entries);
            self.named_leaders.remove(&group);
        } else {
            self.forget(id, number, group);
            removed.push(group);
        }
        self.inherit(group, entry.group);
        self.duplicates.insert(entry.id, places);
        Some(entry)
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

    fn inherit(&mut self, group: Id, heir: Id) {
        if group != heir {
            self.heirs.insert(group, heir);
        }
    }

    fn is_listed(&self, number: u32) -> bool {
        let entry = self.entries.get(number as usize);
        entry.is_some_and(|entry| self.number_of(entry.id) == Some(number))
    }

    /// Inserts new rows, and replaces leaders by those that lead now.
    fn take_rows(&mut self, mut fresh: Vec<u32>, replaced: &HashMap<u32, u32>) {
        fresh.sort_by(|one, other| self.order(*one, *other));
        let mut rows = std::mem::take(&mut self.rows);
        if !replaced.is_empty() {
            for row in rows.iter_mut().chain(&mut fresh) {
                while let Some(leader) = replaced.get(row) {
                    *row = *leader;
                }
            }
        }
        let after = rows.last().zip(fresh.first()).is_none_or(|(last, first)| self.order(*last, *first).is_le());
        if replaced.is_empty() && after {
            rows.append(&mut fresh);
        } else if replaced.is_empty() && fresh.len() <= FEW {
            for row in fresh {
                let place = rows.partition_point(|known| self.order(*known, row).is_lt());
                rows.insert(place, row);
            }
        } else {
            rows.append(&mut fresh);
            // The rows there were are one sorted run: the stable sort merges it instead of sorting it again.
            rows.sort_by(|one, other| self.order(*one, *other));
        }
        self.rows = rows;
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

    fn forget(&mut self, id: Id, number: u32, group: Id) {
        let (row, leader) = (self.row_of(group), self.leader_of(group));
        self.by_id.remove(id, &self.entries);
        if leader != Some(number) {
            if let Some(others) = leader.and_then(|leader| self.others.get_mut(&leader)) {
                others.retain(|other| *other != number);
            }
            self.others.retain(|_, others| !others.is_empty());
            return;
        }
        if let Some(row) = row {
            self.rows.remove(row);
        }
        self.named_leaders.remove(&group);
        let mut others = self.others.remove(&number).unwrap_or_default();
        let Some(mut leader) = others.pop() else { return };
        for other in &mut others {
            if self.leads(*other, leader) {
                std::mem::swap(other, &mut leader);
            }
        }
        self.lead(group, leader);
        if !others.is_empty() {
            self.others.insert(leader, others);
        }
        self.take_rows(vec![leader], &HashMap::new());
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

    /// Orders two entries for the list: newest first, undated ones last, then by title and identity.
    fn order(&self, one: u32, other: u32) -> Ordering {
        if one == other {
            return Ordering::Equal;
        }
        let (Some(one), Some(other)) = (self.entries.get(one as usize), self.entries.get(other as usize)) else {
            return Ordering::Equal;
        };
        other
            .published
            .cmp(&one.published)
            .then_with(|| one.title.cmp(&other.title))
            .then_with(|| one.group.cmp(&other.group))
    }

    /// Reports whether entry `number` leads its group rather than `leader`.
    fn leads(&self, number: u32, leader: u32) -> bool {
        let key = |number: u32| self.entries.get(number as usize).map(Entry::precedence);
        key(number) < key(leader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PartialDate;
    use crate::text::Language;

    fn entry(title: &str, published: Option<&str>) -> Entry {
        let published = published.and_then(PartialDate::parse_iso);
        Entry { published, language: Some(Language::Finnish), ..Entry::titled(title) }
    }

    fn version(of: &str, title: &str, language: Language, translation: bool) -> Entry {
        Entry { group: Id::of(&[of]), language: Some(language), translation, ..entry(title, Some("2020")) }
    }

    fn titles(library: &Library) -> Vec<&str> {
        (0..library.len()).filter_map(|row| library.leader(row)).map(|entry| entry.title.as_str()).collect()
    }

    #[test]
    fn newest_first_however_they_arrive() {
        let mut library = Library::default();
        library.expect(3);
        library.add([entry("b", Some("2020-09-11")), entry("undated", None), entry("a", Some("2020-09-11"))]);
        library.add([entry("new", Some("2021-12")), entry("old", Some("2019"))]);
        assert_eq!(titles(&library), ["new", "a", "b", "old", "undated"]);
        for row in 0..library.len() {
            assert_eq!(library.row_of(library.leader(row).unwrap().group), Some(row));
        }
    }

    #[test]
    fn language_versions_are_one_row_led_by_the_original() {
        let mut library = Library::default();
        library.add([version("x", "engelska", Language::English, true)]);
        library.add([
            version("x", "ruotsi", Language::Swedish, true),
            version("x", "alkuteksti", Language::Swedish, false),
            version("x", "suomi", Language::Finnish, true),
        ]);
        assert_eq!(titles(&library), ["alkuteksti"]);
        let versions: Vec<&str> = library.versions(0).iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(versions, ["alkuteksti", "suomi", "ruotsi", "engelska"]);
        assert_eq!(library.versions_of(Id::of(&["x"])), library.versions(0));
    }

    #[test]
    fn one_without_other_versions_is_a_group_of_its_own() {
        let mut library = Library::default();
        let alone = entry("yksin", None);
        library.add([alone.clone(), version("x", "alkuteksti", Language::Swedish, false)]);
        assert_eq!(library.versions_of(alone.group), [&alone]);
        assert_eq!(library.row_of(alone.group).and_then(|row| library.leader(row)), Some(&alone));
        library.remove(alone.id);
        assert!(library.versions_of(alone.group).is_empty());
        assert_eq!(titles(&library), ["alkuteksti"]);
    }

    #[test]
    fn what_changes_or_goes_is_as_if_it_had_always_been_so() {
        let all = |titles: &[&str]| -> Vec<Entry> {
            titles
                .iter()
                .map(|title| version(title.get(..1).unwrap(), title, Language::Swedish, title.len() > 1))
                .collect()
        };
        let mut library = Library::default();
        library.add(all(&["a", "ab", "abc", "b", "c", "d"]));
        library.remove(Id::of(&["a"]));
        library.remove(Id::of(&["c"]));
        let changed = Entry { published: PartialDate::parse_iso("2022"), ..all(&["d"]).remove(0) };
        library.update([changed.clone(), all(&["e"]).remove(0)]);
        let mut other = Library::default();
        other.add(all(&["ab", "abc", "b", "e"]));
        other.add([changed]);
        assert_eq!(titles(&library), titles(&other));
        assert_eq!(titles(&library)[0], "d");
        let known: Vec<&Entry> = library.entries().collect();
        assert_eq!(known.len(), 5);
        for row in 0..library.len() {
            assert_eq!(library.row_of(library.leader(row).unwrap().group), Some(row));
            assert_eq!(library.versions(row).len(), other.versions(row).len());
        }
    }

    /// An entry read from a Markdown file; its place is its number.
    fn read(number: u8, front: &str, text: &str) -> Entry {
        let file = format!("---\ntitle: Kunnan uusi silta\n{front}\n---\n\n{text}");
        let reading = crate::formats::read(&crate::formats::Input::new("a.md", file.as_bytes()));
        Entry::sketched(&reading.announcements[0], Location::Bundled(number))
    }

    #[test]
    fn of_two_that_say_the_same_the_richer_is_listed_whichever_comes_first() {
        let text = "Silta avataan liikenteelle maanantaina. Se on tehty puusta. Työ maksoi 3,5 miljoonaa euroa.";
        let poor = read(0, "id: a", text);
        let rich = read(1, "id: b\npublished: 2020-09-11\nsource: Kunta", text);
        let other_day = read(2, "id: c\npublished: 2020-10-12\nsource: Kunta", text);
        let elsewhere = read(3, "id: d\npublished: 2020-09-11", &text.replace("puusta", "teräksestä"));
        let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3]];
        for order in orders {
            for batch in [1, 4] {
                let all = [&poor, &rich, &other_day, &elsewhere];
                let mut library = Library::default();
                let mut rows: Vec<Id> = Vec::new();
                for numbers in order.chunks(batch) {
                    let change = library.add(numbers.iter().map(|number| all[*number].clone()));
                    rows.extend(change.added);
                    rows.retain(|group| !change.removed.contains(group));
                }
                rows.sort_unstable();
                let mut listed: Vec<Id> = (0..library.len()).map(|row| library.leader(row).unwrap().group).collect();
                listed.sort_unstable();
                assert_eq!(rows, listed);
                assert_eq!(library.len(), 3, "{order:?}");
                let listed = |entry: &Entry| library.row_of(entry.group).is_some() && library.entry(entry.id).is_some();
                assert!(listed(&rich) || listed(&other_day));
                assert!(listed(&elsewhere) && !listed(&poor));
                let heir = library.heir(poor.group).and_then(|group| library.row_of(group));
                let told = library.leader(heir.unwrap()).unwrap();
                let told = told.id;
                assert_eq!(library.duplicates(told).collect::<Vec<_>>(), [&poor.location]);
                // What nobody compares any more is not kept; what was found out stays.
                library.settle();
                assert!(library.entries().all(|entry| entry.sketch.is_none()));
                assert_eq!(library.duplicates(told).collect::<Vec<_>>(), [&poor.location]);
                assert_eq!((library.add([elsewhere.clone()]), library.len()), (LibraryChange::default(), 3));
            }
        }
    }

    #[test]
    fn thousands_with_one_title_are_not_all_compared() {
        let notice = |number: usize| {
            let text = format!(
                "Kuulutus on nähtävillä kunnantalolla. Se koskee tilaa {number}. Muutosta voi hakea kirjallisesti."
            );
            Entry {
                id: Id::of(&[&number.to_string()]),
                group: Id::of(&[&number.to_string()]),
                ..read(0, "id: x", &text)
            }
        };
        let mut library = Library::default();
        library.add((0..600).map(notice));
        assert_eq!(library.len(), 600);
        let compared = library.twins.of(notice(7).sketch.as_ref().unwrap()).count();
        assert!(compared <= 48, "{compared}");
    }

    #[test]
    fn the_same_announcement_is_listed_once() {
        let mut library = Library::default();
        let elsewhere = Entry { location: Location::Bundled(1), ..entry("a", None) };
        library.add([entry("a", None), elsewhere, entry("a", None)]);
        assert_eq!((library.len(), library.duplicates(Id::of(&["a"])).count()), (1, 1));
    }
}
