//! A table of entries by identity.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry::{Occupied, Vacant};

use super::{Entry, Id};

/// The numbers of entries by identity. The identities, which are hashes already, are kept in the entries only: a map of
/// a hundred thousand would take one and a half megabytes more.
#[derive(Clone, Debug, Default)]
pub struct Numbers(HashTable<u32>);

impl Numbers {
    /// Returns the number of the entry known by `id`.
    pub fn get(&self, id: Id, entries: &[Entry]) -> Option<u32> {
        self.0.find(id.hash(), is(id, entries)).copied()
    }

    /// Reserves memory for `more` numbers.
    pub fn reserve(&mut self, more: usize, entries: &[Entry]) {
        self.0.reserve(more, |number| id_of(*number, entries).map_or(0, Id::hash));
    }

    /// Adds entry `number` under its identity, in place of another with the same.
    pub fn put(&mut self, number: u32, entries: &[Entry]) {
        let Some(id) = id_of(number, entries) else { return };
        let hash = |number: &u32| id_of(*number, entries).map_or(0, Id::hash);
        match self.0.entry(id.hash(), is(id, entries), hash) {
            Occupied(mut known) => *known.get_mut() = number,
            Vacant(free) => {
                free.insert(number);
            }
        }
    }

    /// Removes the number known by `id`.
    pub fn remove(&mut self, id: Id, entries: &[Entry]) {
        if let Ok(known) = self.0.find_entry(id.hash(), is(id, entries)) {
            known.remove();
        }
    }
}

fn id_of(number: u32, entries: &[Entry]) -> Option<Id> {
    entries.get(number as usize).map(|entry| entry.id)
}

fn is(id: Id, entries: &[Entry]) -> impl Fn(&u32) -> bool {
    move |number| id_of(*number, entries) == Some(id)
}

/// Compares the numbers, wherever they stand in the table.
impl PartialEq for Numbers {
    fn eq(&self, other: &Self) -> bool {
        let sorted = |numbers: &Self| {
            let mut sorted: Vec<u32> = numbers.0.iter().copied().collect();
            sorted.sort_unstable();
            sorted
        };
        sorted(self) == sorted(other)
    }
}

impl Eq for Numbers {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_known_by_their_identities_until_they_are_not() {
        let titles: Vec<String> = (0..500).map(|number: u32| number.to_string()).collect();
        let ids: Vec<Id> = titles.iter().map(|title| Id::of(&[title])).collect();
        let (mut entries, mut numbers) = (Vec::new(), Numbers::default());
        for (title, id) in titles.iter().zip(&ids) {
            if entries.len() == 7 {
                numbers.reserve(20, &entries);
            }
            assert_eq!(numbers.get(*id, &entries), None);
            entries.push(Entry::titled(title));
            numbers.put(u32::try_from(entries.len() - 1).unwrap(), &entries);
        }
        assert!((0..).zip(&ids).all(|(number, id)| numbers.get(*id, &entries) == Some(number)));
        numbers.remove(ids[7], &entries);
        assert_eq!(numbers.get(ids[7], &entries), None);
        entries.push(Entry::titled(&titles[8]));
        numbers.put(500, &entries);
        assert_eq!(numbers.get(ids[8], &entries), Some(500));
        assert_eq!(numbers.get(ids[9], &entries), Some(9));
    }
}
