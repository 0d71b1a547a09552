//! Folders and files that are followed.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{TransactionBehavior, params};

use super::marks::next_seq;
use super::{Fault, Store};

/// Something that is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its number in the database.
    pub number: i64,
    /// What it is.
    pub kind: SourceKind,
    /// Where it is.
    pub path: PathBuf,
}

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// A folder with all that is in it, or a file.
    Path,
    /// Something only a newer version knows.
    Other,
}

impl Store {
    /// What is followed, in the order it was added.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sources(&self) -> Result<Vec<Source>, Fault> {
        let mut statement =
            self.connection.prepare_cached("SELECT number, kind, address FROM sources ORDER BY number")?;
        let rows = statement.query_map([], |row| {
            let kind = if row.get_ref(1)?.as_str()? == "path" { SourceKind::Path } else { SourceKind::Other };
            Ok(Source { number: row.get(0)?, kind, path: path_of(row.get_ref(2)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What is followed, and how many announcements stand there.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sources_with_counts(&self) -> Result<Vec<(PathBuf, u64)>, Fault> {
        let sql = "SELECT address, (SELECT count(*) FROM files JOIN copies ON file = files.number
                   WHERE files.source = sources.number) FROM sources ORDER BY number";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((path_of(row.get_ref(0)?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Follows a folder or file; returns its number, which it may have had before.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn add_source(&self, path: &Path) -> Result<i64, Fault> {
        let sql = "INSERT INTO sources (kind, address) VALUES ('path', ?1)
                   ON CONFLICT (address) DO UPDATE SET address = ?1 RETURNING number";
        Ok(self.connection.prepare_cached(sql)?.query_row([stored(path)], |row| row.get(0))?)
    }

    /// Follows it no longer, and forgets the announcements that stand nowhere else; marks stay.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn remove_source(&mut self, number: i64) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = next_seq(&transaction)?;
        let only = "SELECT announcement FROM copies JOIN files ON files.number = copies.file GROUP BY announcement
                    HAVING max(files.source = ?1) = 1 AND min(files.source = ?1) = 1";
        transaction.execute(
            &format!("INSERT OR REPLACE INTO removals SELECT id, ?2 FROM announcements WHERE number IN ({only})"),
            params![number, seq],
        )?;
        transaction.execute(&format!("DELETE FROM announcements WHERE number IN ({only})"), [number])?;
        transaction.execute("DELETE FROM sources WHERE number = ?", [number])?;
        Ok(transaction.commit()?)
    }
}

/// A path as the database has it: text where it is text, else its bytes.
pub(super) fn stored(path: &Path) -> Value {
    match path.to_str() {
        Some(text) => Value::Text(text.to_owned()),
        None => Value::Blob(path.as_os_str().as_bytes().to_vec()),
    }
}

pub(super) fn path_of(value: ValueRef<'_>) -> PathBuf {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => PathBuf::from(OsString::from_vec(bytes.to_vec())),
        _ => PathBuf::new(),
    }
}
