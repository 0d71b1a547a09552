//! How the screen was left, and how far each announcement was read.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::{Fault, Store};
use crate::model::Id;

/// How the screen was left: names and values. What a newer version wrote stays.
pub type Session = BTreeMap<String, String>;

impl Store {
    /// Returns how the screen was left.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn session(&self) -> Result<Session, Fault> {
        let mut statement = self.statement("SELECT key, value FROM session")?;
        Ok(statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }

    /// Keeps how the screen was left and how far announcements were read (a part of the text, a byte in it).
    ///
    /// `in_haste` it does not wait until the disk has it: that survives the end of the program, however it ends, but
    /// not that of the machine in the next seconds.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn save_session(&mut self, session: &Session, places: &[(Id, u32, u32)], in_haste: bool) -> Result<(), Fault> {
        if in_haste {
            self.connection.execute_batch("PRAGMA synchronous = NORMAL")?;
        }
        let saved = self.write_session(session, places);
        if in_haste {
            self.connection.execute_batch("PRAGMA synchronous = FULL")?;
        }
        saved
    }

    fn write_session(&mut self, session: &Session, places: &[(Id, u32, u32)]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (key, value) in session {
            transaction
                .prepare_cached(
                    "INSERT INTO session VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2 WHERE value <> ?2",
                )?
                .execute([key, value])?;
        }
        for (id, part, offset) in places {
            transaction.prepare_cached("INSERT OR REPLACE INTO places VALUES (?, ?, ?)")?.execute(params![
                id.to_stored(),
                part,
                offset
            ])?;
        }
        Ok(transaction.commit()?)
    }

    /// Returns how far the announcement was read: a part of its text and a byte in it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn place(&self, id: Id) -> Result<Option<(u32, u32)>, Fault> {
        let mut statement = self.statement("SELECT part, offset FROM places WHERE id = ?")?;
        Ok(statement.query_row([id.to_stored()], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// Returns how far every announcement was read.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn places(&self) -> Result<Vec<(Id, u32, u32)>, Fault> {
        let mut statement = self.statement("SELECT id, part, offset FROM places")?;
        let rows = statement.query_map([], |row| Ok((Id::from_stored(row.get(0)?), row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
