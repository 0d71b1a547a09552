//! Taking files in: what came, what was edited, what moved. Nothing is forgotten because its file went away.

use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::marks::next_seq;
use super::read_file::{FileState, ReadFile};
use super::records::note_removal;
use super::renames::Renames;
use super::sources::{path_of, stored};
use super::taking::Taking;
use super::twins::Twins;
use super::{Fault, Store};
use crate::model::{Entry, Id};

/// What taking files in changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// The number of the change.
    pub seq: i64,
    /// Announcements that came or were changed.
    pub entries: Vec<Entry>,
    /// Announcements that became others, by what they were known by.
    pub removed: Vec<Id>,
    /// The numbers of the files, in their order.
    pub files: Vec<i64>,
}

impl Store {
    /// Returns an upper bound of the number of files that were read before, without counting them.
    #[must_use]
    pub fn most_files(&self) -> usize {
        let most = self.connection.query_row("SELECT coalesce(max(number), 0) FROM files", [], |row| row.get(0));
        most.ok().and_then(|most: i64| usize::try_from(most).ok()).unwrap_or(1)
    }

    /// Returns the number and state of the file at `path`, when it was read before.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn file(&self, path: &Path) -> Result<Option<(i64, FileState)>, Fault> {
        let mut statement =
            self.connection.prepare_cached("SELECT number, size, modified, hash FROM files WHERE path = ?")?;
        let found = statement.query_row([stored(path)], |row| {
            Ok((row.get(0)?, FileState { size: row.get(1)?, modified: row.get(2)?, hash: row.get(3)? }))
        });
        Ok(found.optional()?)
    }

    /// Hands every file of a source to `tell`, by number and path.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn files_of(&self, source: i64, mut tell: impl FnMut(i64, PathBuf)) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached("SELECT number, path FROM files WHERE source = ?")?;
        let mut rows = statement.query([source])?;
        while let Some(row) = rows.next()? {
            tell(row.get(0)?, path_of(row.get_ref(1)?));
        }
        Ok(())
    }

    /// Takes note that files were touched without being changed.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn touch_files(&mut self, touched: &[(i64, FileState)]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (number, state) in touched {
            transaction
                .prepare_cached("UPDATE files SET size = ?2, modified = ?3, hash = ?4 WHERE number = ?1")?
                .execute(params![number, state.size, state.modified, state.hash])?;
        }
        Ok(transaction.commit()?)
    }

    /// Forgets files that are gone; their announcements stay.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn forget_files(&mut self, numbers: &[i64]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for number in numbers {
            transaction.prepare_cached("DELETE FROM files WHERE number = ?")?.execute([number])?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes files in, all or none of them; those of what is followed no longer are passed over.
    ///
    /// # Errors
    ///
    /// When they could not be kept.
    pub fn ingest(&mut self, files: &[ReadFile]) -> Result<Ingested, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (seq, twins) = (next_seq(&transaction)?, &mut self.twins);
        let (entries, removed, renames) = (Vec::new(), Vec::new(), Renames::default());
        let mut taking = Taking { transaction, seq, twins, entries, removed, renames };
        let followed = taking.followed()?;
        let files = files.iter().filter(|file| followed.contains(&file.source));
        let numbers = files.map(|file| taking.file(file)).collect::<rusqlite::Result<_>>()?;
        let Taking { seq, transaction, entries, removed, renames, .. } = taking;
        renames.settle(&transaction)?;
        transaction.commit()?;
        Ok(Ingested { seq, entries, removed, files: numbers })
    }

    /// Gives back what was remembered of titles while files were taken in.
    pub fn forget_titles(&mut self) {
        self.twins = Twins::default();
    }

    /// Removes announcements with their texts; marks stay.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn remove(&mut self, groups: &[Id]) -> Result<Ingested, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = next_seq(&transaction)?;
        let mut removed = Vec::new();
        for group in groups {
            let mut gone = transaction.prepare_cached("DELETE FROM announcements WHERE grp = ? RETURNING id")?;
            for id in gone.query_map([group.to_stored()], |row| row.get::<_, i64>(0))? {
                removed.push(Id::from_stored(id?));
            }
        }
        for id in &removed {
            note_removal(&transaction, *id, seq)?;
        }
        for group in groups {
            let news = "UPDATE searches SET news = trim(replace(news, ?1, '')) WHERE instr(news, ?1)";
            transaction.prepare_cached(news)?.execute([group.to_string()])?;
        }
        transaction.commit()?;
        Ok(Ingested { seq, removed, ..Ingested::default() })
    }
}
