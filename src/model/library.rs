//! The list of all announcements that are known, newest first.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::{Announcement, Id, reading_minutes};
use crate::calendar::PartialDate;
use crate::text::{Clean, Language};

/// What the list shows of an announcement, and where to read the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the announcement is known by.
    pub id: Id,
    /// What all its language versions share.
    pub group: Id,
    /// Its title; empty when it has none.
    pub title: Clean,
    /// Who announces.
    pub source: Option<Clean>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The language of the text as a whole.
    pub language: Option<Language>,
    /// Whether it says that it translates another.
    pub translation: bool,
    /// Minutes it takes to read.
    pub minutes: u16,
    /// Where its text is.
    pub location: Location,
}

/// Where the text of an announcement is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// Built into the program: an index into the bundled announcements.
    Bundled(u8),
    /// A file, and which announcement of it (0 for the first).
    File {
        /// The path as it was reached from the command line.
        path: Arc<Path>,
        /// 0 for the first announcement of the file.
        item: u32,
    },
    /// Read from standard input when the program started.
    Given(u32),
    /// Kept in the reader's own library, under that number.
    Kept(u32),
}

/// So many new rows are put in place one by one.
const FEW: usize = 32;

/// All announcements, grouped by their language versions and sorted newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    entries: Vec<Entry>,
    /// The leading entry of each row, newest first.
    rows: Vec<u32>,
    /// The leading entry of each group.
    leaders: HashMap<Id, u32>,
    /// The other language versions of a leading entry, where it has any.
    others: HashMap<u32, Vec<u32>>,
    /// Entries by what they are known by.
    by_id: HashMap<Id, u32>,
    /// Further files that hold an announcement already listed.
    duplicates: Vec<(Id, Location)>,
}

impl Entry {
    /// What the list needs of `announcement`.
    #[must_use]
    pub fn of(announcement: &Announcement, location: Location) -> Self {
        let characters = announcement.document.blocks.iter().map(|block| block.text.chars().count()).sum();
        Self {
            id: announcement.id,
            group: announcement.group,
            title: announcement.title.clone(),
            source: announcement.source.clone(),
            published: announcement.published.map(|dated| dated.value),
            language: announcement.language,
            translation: announcement.translation,
            minutes: reading_minutes(characters, announcement.language),
            location,
        }
    }
}

impl Entry {
    /// What decides where it stands in the list.
    fn place(&self) -> (Id, Option<PartialDate>, &Clean, bool, Option<Language>) {
        (self.group, self.published, &self.title, self.translation, self.language)
    }
}

impl Library {
    /// How many rows the list has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds announcements; one already known by its identity is kept as a duplicate.
    ///
    /// Costs a sort of what is new; announcements that all come after the ones there are, or a few among them, cost
    /// no pass over the rows.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut fresh = Vec::new();
        let mut replaced: HashMap<u32, u32> = HashMap::new();
        for entry in entries {
            let Ok(number) = u32::try_from(self.entries.len()) else { return };
            if let Some(known) = self.entry(entry.id) {
                if known.location != entry.location {
                    self.duplicates.push((entry.id, entry.location));
                }
                continue;
            }
            self.by_id.insert(entry.id, number);
            let group = entry.group;
            self.entries.push(entry);
            match self.leaders.get(&group).copied() {
                None => {
                    self.leaders.insert(group, number);
                    fresh.push(number);
                }
                Some(leader) if self.leads(number, leader) => {
                    self.leaders.insert(group, number);
                    let mut others = self.others.remove(&leader).unwrap_or_default();
                    others.push(leader);
                    self.others.insert(number, others);
                    replaced.insert(leader, number);
                }
                Some(leader) => self.others.entry(leader).or_default().push(number),
            }
        }
        self.take_rows(fresh, &replaced);
    }

    /// Puts new rows in their places, and other leaders in the places of those they replace.
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

    /// Takes in announcements that came or were changed; those known by their identity are what they are now.
    pub fn update(&mut self, entries: impl IntoIterator<Item = Entry>) {
        let mut fresh = Vec::new();
        for entry in entries {
            match self.by_id.get(&entry.id).and_then(|number| self.entries.get_mut(*number as usize)) {
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

    /// Forgets an announcement; another language version takes its place in the list.
    pub fn remove(&mut self, id: Id) {
        let Some(number) = self.by_id.get(&id).copied() else { return };
        let Some(group) = self.entries.get(number as usize).map(|entry| entry.group) else { return };
        let row = self.row_of(group);
        self.by_id.remove(&id);
        self.duplicates.retain(|(known, _)| *known != id);
        if self.leaders.get(&group) != Some(&number) {
            if let Some(others) = self.leaders.get(&group).and_then(|leader| self.others.get_mut(leader)) {
                others.retain(|other| *other != number);
            }
            self.others.retain(|_, others| !others.is_empty());
            return;
        }
        if let Some(row) = row {
            self.rows.remove(row);
        }
        self.leaders.remove(&group);
        let mut others = self.others.remove(&number).unwrap_or_default();
        let Some(mut leader) = others.pop() else { return };
        for other in &mut others {
            if self.leads(*other, leader) {
                std::mem::swap(other, &mut leader);
            }
        }
        self.leaders.insert(group, leader);
        if !others.is_empty() {
            self.others.insert(leader, others);
        }
        self.take_rows(vec![leader], &HashMap::new());
    }

    /// The entry that leads row `row` (0 for the newest).
    #[must_use]
    pub fn leader(&self, row: usize) -> Option<&Entry> {
        self.entries.get(*self.rows.get(row)? as usize)
    }

    /// All versions in row `row`: the leading one, then the others in the order of [`Language::ALL`].
    #[must_use]
    pub fn versions(&self, row: usize) -> Vec<&Entry> {
        let Some(leader) = self.rows.get(row) else { return Vec::new() };
        let mut others: Vec<&Entry> = self
            .others
            .get(leader)
            .into_iter()
            .flatten()
            .filter_map(|number| self.entries.get(*number as usize))
            .collect();
        others.sort_by_key(|entry| (entry.language.is_none(), entry.language, entry.id));
        self.entries.get(*leader as usize).into_iter().chain(others).collect()
    }

    /// Whether row `row` has further language versions.
    #[must_use]
    pub fn has_versions(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|leader| self.others.contains_key(leader))
    }

    /// The row of the announcement whose versions share `group`.
    #[must_use]
    pub fn row_of(&self, group: Id) -> Option<usize> {
        let leader = *self.leaders.get(&group)?;
        self.rows.binary_search_by(|row| self.order(*row, leader)).ok()
    }

    /// The entry known by `id`.
    #[must_use]
    pub fn entry(&self, id: Id) -> Option<&Entry> {
        self.entries.get(*self.by_id.get(&id)? as usize)
    }

    /// Every entry, in the order they were added.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let known = |number: usize, entry: &Entry| self.by_id.get(&entry.id).is_some_and(|own| *own as usize == number);
        self.entries.iter().enumerate().filter(move |(number, entry)| known(*number, entry)).map(|(_, entry)| entry)
    }

    /// Other places that hold the announcement known by `id`.
    pub fn duplicates(&self, id: Id) -> impl Iterator<Item = &Location> {
        self.duplicates.iter().filter(move |(other, _)| *other == id).map(|(_, location)| location)
    }

    /// Newest first; undated ones last; among equals by title, then by identity.
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

    /// Whether entry `number` goes before `leader` as the one that stands for their group: originals before
    /// translations, then the order of languages.
    fn leads(&self, number: u32, leader: u32) -> bool {
        let key = |number: u32| {
            self.entries
                .get(number as usize)
                .map(|entry| (entry.translation, entry.language.is_none(), entry.language, entry.id))
        };
        key(number) < key(leader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, published: Option<&str>) -> Entry {
        Entry {
            id: Id::of(&[title]),
            group: Id::of(&[title]),
            title: Clean::line(title),
            source: None,
            published: published.and_then(PartialDate::parse_iso),
            language: Some(Language::Finnish),
            translation: false,
            minutes: 1,
            location: Location::Bundled(0),
        }
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

    #[test]
    fn the_same_announcement_is_listed_once() {
        let mut library = Library::default();
        let elsewhere = Entry { location: Location::Bundled(1), ..entry("a", None) };
        library.add([entry("a", None), elsewhere, entry("a", None)]);
        assert_eq!((library.len(), library.duplicates(Id::of(&["a"])).count()), (1, 1));
    }
}
