//! The texts of pages that announcements of feeds lead to, kept beside the announcements' own.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::rows::{COLUMNS, bare, entry};
use super::{Body, Fault, Store};
use crate::model::Announcement;

impl Store {
    /// Keeps the full text of announcement `number`, fetched at `at` in seconds since 1970, in the place of an earlier one.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn put_full_text(&self, number: u32, at: i64, announcement: &Announcement) -> Result<(), Fault> {
        let Body { text, shape } = Body::of(announcement);
        let sql = "INSERT OR REPLACE INTO fulltexts (announcement, at, text, shape)
            SELECT number, ?2, ?3, ?4 FROM announcements WHERE number = ?1";
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        transaction.prepare_cached(sql)?.execute(params![number, at, text, shape])?;
        Ok(transaction.commit()?)
    }

    /// Returns announcement `number` with its full text, and when that was fetched in seconds since 1970; `None` where none
    /// is kept.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn full_text(&self, number: u32) -> Result<Option<(Announcement, i64)>, Fault> {
        if self.version < 6 {
            return Ok(None);
        }
        let mut statement = self.statement("SELECT at, text, shape FROM fulltexts WHERE announcement = ?")?;
        let body = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, Body { text: row.get(1)?, shape: row.get(2)? }));
        let Some((at, body)): Option<(i64, Body)> = statement.query_row([number], body).optional()? else {
            return Ok(None);
        };
        let mut statement = self.statement(&format!("SELECT {COLUMNS} FROM announcements WHERE number = ?"))?;
        let known = statement.query_row([number], entry).optional()?;
        Ok(known.map(|known| (body.fill(bare(known)), at)))
    }

    /// Forgets the full text of announcement `number`; returns whether one was kept.
    ///
    /// # Errors
    ///
    /// When that could not be kept.
    pub fn remove_full_text(&self, number: u32) -> Result<bool, Fault> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let sql = "DELETE FROM fulltexts WHERE announcement = ?";
        let removed = transaction.prepare_cached(sql)?.execute([number])?;
        transaction.commit()?;
        Ok(removed > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Input, read};
    use crate::io::store;
    use crate::model::{Entry, Location};

    #[test]
    fn a_full_text_is_kept_beside_the_text_and_forgotten_with_its_announcement() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store::open(&folder.path().join("library.db")).store.unwrap();
        let announcement = |text: &str| read(&Input::new("a.md", text.as_bytes())).announcements.remove(0);
        let short = announcement("# Silta suljetaan\n\nTyö alkaa.\n");
        let entry = Entry::sketched(&short, Location::Kept(0));
        store.adopt(&[(entry, Body::of(&short))]).unwrap();
        let number = store.version(short.id, None).unwrap().unwrap();
        assert_eq!(store.full_text(number).unwrap(), None);
        let long = Announcement {
            id: short.id,
            group: short.group,
            ..announcement("# Silta suljetaan\n\nTyö alkaa.\n\nSe kestää.\n")
        };
        store.put_full_text(number, 5, &short).unwrap();
        store.put_full_text(number, 7, &long).unwrap();
        let (kept, at) = store.full_text(number).unwrap().unwrap();
        assert_eq!((kept.document, at), (long.document.clone(), 7));
        let (own, _) = store.text(number, None).unwrap().unwrap();
        assert_eq!(own.document, short.document);
        assert!(store.remove_full_text(number).unwrap() && !store.remove_full_text(number).unwrap());
        // Of an announcement that is not there, nothing is kept.
        store.put_full_text(number + 1, 7, &long).unwrap();
        assert_eq!(store.full_text(number + 1).unwrap(), None);
    }
}
