//! The reader's own library: announcements with their texts, marks, places and how the screen was left, in one
//! SQLite database. What it acknowledged is on the disk; it never decides what is shown.

mod adopt;
mod aside;
mod body;
mod fault;
mod feeding;
mod feeds;
mod full_texts;
mod identities;
mod ingest;
mod marks;
mod matching;
mod open;
mod read_file;
mod records;
mod renames;
mod revisions;
mod rows;
mod salvage;
mod saved;
mod schema;
mod searching;
mod session;
mod sources;
mod sums;
mod taking;
mod twins;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{CachedStatement, Connection};

use open::LOG_PAGES;

pub use adopt::Adopted;
pub use body::Body;
pub use fault::{Fault, FaultKind};
pub use feeding::{FeedItem, FeedTaken, FeedsTaken, FetchedFeed};
pub use feeds::{Feed, FeedDetails, FeedState, Host, NewFeed};
pub use ingest::Ingested;
pub use marks::{Changes, passes_over};
pub use open::{Opened, Opener, open, renew};
pub use read_file::{FileState, ReadFile};
pub use revisions::{Revision, RevisionKind};
pub use searching::{Arrival, Reading, Searchable};
pub use session::Session;
pub use sources::{Source, SourceKind, innermost};
pub use sums::hash;

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Reports whether changes can be kept.
    writable: bool,
    /// The version of its tables: older than those written here only where none can be written.
    version: i32,
    /// What taking files in found out about titles.
    twins: twins::Twins,
    /// How many questions were asked outside a transaction: each of them locks the database for itself.
    #[cfg(test)]
    unlocked: std::cell::Cell<u32>,
}

impl Store {
    /// Returns where the database is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reports whether changes can be kept.
    #[must_use]
    pub const fn is_writable(&self) -> bool {
        self.writable
    }

    /// Prepares a question, or takes it as it was prepared before.
    fn statement(&self, sql: &str) -> rusqlite::Result<CachedStatement<'_>> {
        #[cfg(test)]
        self.unlocked.set(self.unlocked.get() + u32::from(self.connection.is_autocommit()));
        self.connection.prepare_cached(sql)
    }

    /// Returns how many questions were asked that locked the database for themselves.
    #[cfg(test)]
    pub(crate) fn questions_alone(&self) -> u32 {
        self.unlocked.get()
    }

    /// Returns the number of the last change anybody made.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn last_change(&self) -> Result<i64, Fault> {
        Ok(self.statement("SELECT seq FROM counter")?.query_row([], |row| row.get(0))?)
    }

    /// Looks through the whole database for damage; an empty list is good news.
    ///
    /// # Errors
    ///
    /// When it cannot be read at all.
    pub fn check(&self) -> Result<Vec<String>, Fault> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        let mut faults: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        let mut astray: BTreeMap<String, usize> = BTreeMap::new();
        for table in statement.query_map([], |row| row.get(0))? {
            *astray.entry(table?).or_default() += 1;
        }
        faults
            .extend(astray.into_iter().map(|(table, rows)| format!("rows of {table} that belong to nothing: {rows}")));
        Ok(faults)
    }

    /// Gives unused room back to the disk.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn compact(&self) -> Result<(), Fault> {
        self.connection.execute_batch("VACUUM; PRAGMA optimize;")?;
        self.checkpoint()
    }

    /// Makes room for taking many files in: fewer and larger steps from the log to the database.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn expect_many(&self) -> Result<(), Fault> {
        Ok(self.connection.execute_batch("PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 16000;")?)
    }

    /// Ends what [`Self::expect_many`] began: the log is moved to the database and kept short again, so that the next
    /// start has little to read.
    ///
    /// # Errors
    ///
    /// When the log cannot be moved.
    pub fn expect_few(&self) -> Result<(), Fault> {
        self.connection.execute_batch(&format!("PRAGMA wal_autocheckpoint = {LOG_PAGES};"))?;
        self.checkpoint()
    }

    /// Keeps little of the database in memory: rows are read once.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn spare(&self) -> Result<(), Fault> {
        Ok(self.connection.execute_batch("PRAGMA cache_size = -256;")?)
    }

    /// Gives back the memory that going through much has taken.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn rest(&self) -> Result<(), Fault> {
        Ok(self.connection.execute_batch("PRAGMA cache_size = -2000; PRAGMA shrink_memory;")?)
    }

    /// Moves everything written so far from the log into the database file itself.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn checkpoint(&self) -> Result<(), Fault> {
        // A reader elsewhere may hold it up: then the next one does it.
        Ok(self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }
}

#[cfg(test)]
mod tests;
