//! The texts that are searched, each checked by its hash: a damaged one is read again from its file, or noted.

use std::collections::HashSet;

use crate::io::files::location;
use crate::io::store::{Fault, Searchable, Store};

/// Reads texts and notes those that are damaged.
#[derive(Debug, Default)]
pub struct Texts {
    /// The announcements whose texts are damaged and in no file.
    damaged: HashSet<u32>,
}

impl Texts {
    /// Returns the texts of the announcement of that number: where they are damaged, from a file that holds it, else as they
    /// are. `None` when it no longer exists.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn read(&mut self, store: &Store, number: u32) -> Result<Option<Searchable>, Fault> {
        let found = store.searchable(number)?;
        if found.as_ref().is_none_or(|found| !found.damaged) || self.damaged.contains(&number) {
            return Ok(found);
        }
        if let Ok(announcement) = location::mended(store, number) {
            return Ok(Some(Searchable::of_announcement(&announcement)));
        }
        self.damaged.insert(number);
        Ok(found)
    }

    /// Reports whether a text was damaged and in no file.
    #[must_use]
    pub fn found_damage(&self) -> bool {
        !self.damaged.is_empty()
    }
}
