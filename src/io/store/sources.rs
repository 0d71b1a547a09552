//! Folders and files that are followed.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Component, Path, PathBuf};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Transaction, TransactionBehavior};

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
    /// A feed, at the address that stands for its path.
    Feed,
    /// Something only a newer version knows.
    Other,
}

impl Source {
    /// Reports whether `path` is what is followed or lies in it, in no hidden folder.
    #[must_use]
    pub fn holds(&self, path: &Path) -> bool {
        let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
        path.strip_prefix(&self.path).is_ok_and(|inner| !inner.components().any(hidden))
    }
}

impl Store {
    /// Returns what is followed, in the order it was added.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn sources(&self) -> Result<Vec<Source>, Fault> {
        let mut statement = self.statement("SELECT number, kind, address FROM sources ORDER BY number")?;
        let rows = statement.query_map([], |row| {
            let kind = match row.get_ref(1)?.as_str()? {
                "path" => SourceKind::Path,
                "feed" => SourceKind::Feed,
                _ => SourceKind::Other,
            };
            Ok(Source { number: row.get(0)?, kind, path: path_of(row.get_ref(2)?) })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Counts the announcements in what is followed under that number.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn count_in(&self, source: i64) -> Result<u64, Fault> {
        let sql = "SELECT count(*) FROM files JOIN copies ON file = files.number WHERE files.source = ?";
        Ok(self.statement(sql)?.query_row([source], |row| row.get(0))?)
    }

    /// Follows a folder or file; returns its number, which it may have had before.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn add_source(&self, path: &Path) -> Result<i64, Fault> {
        // Whoever still looks at something that is followed no longer must not take it for what came after it.
        let sql = "INSERT INTO sources (number, kind, address)
                   SELECT max(seq, (SELECT coalesce(max(number), 0) FROM sources)) + 1, 'path', ?1 FROM counter WHERE true
                   ON CONFLICT (address) DO UPDATE SET address = ?1 RETURNING number";
        // Of a statement that commits by itself, a row comes before the commit, whose failure would go unheard.
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let number = transaction.prepare_cached(sql)?.query_row([stored(path)], |row| row.get(0))?;
        transaction.commit()?;
        Ok(number)
    }

    /// Follows it no longer. Its announcements stay, and what lies in something else that is followed stays there.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn remove_source(&mut self, number: i64) -> Result<(), Fault> {
        let sources = self.sources()?;
        let Some(removed) = sources.iter().find(|source| source.number == number) else { return Ok(()) };
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let others: Vec<&Source> = sources
            .iter()
            .filter(|source| source.number != number && source.kind == SourceKind::Path)
            .filter(|source| source.path.starts_with(&removed.path) || removed.path.starts_with(&source.path))
            .collect();
        if !others.is_empty() {
            hand_over(&transaction, number, &others)?;
        }
        transaction.prepare_cached("DELETE FROM sources WHERE number = ?")?.execute([number])?;
        // No number is given twice.
        transaction.prepare_cached("UPDATE counter SET seq = max(seq, ?) + 1")?.execute([number])?;
        Ok(transaction.commit()?)
    }
}

/// Returns the source that a file at `path` belongs to: the innermost.
#[must_use]
pub fn innermost<'a>(sources: &[&'a Source], path: &Path) -> Option<&'a Source> {
    let within = sources.iter().filter(|source| source.holds(path));
    within.max_by_key(|source| source.path.as_os_str().len()).copied()
}

/// Gives the files of a source that lie in another of `others` to that.
fn hand_over(transaction: &Transaction<'_>, number: i64, others: &[&Source]) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached("SELECT number, path FROM files WHERE source = ?")?;
    let files: Vec<(i64, PathBuf)> =
        statement.query_map([number], |row| Ok((row.get(0)?, path_of(row.get_ref(1)?))))?.collect::<Result<_, _>>()?;
    for (file, path) in files {
        if let Some(heir) = innermost(others, &path) {
            transaction.prepare_cached("UPDATE files SET source = ? WHERE number = ?")?.execute([heir.number, file])?;
        }
    }
    Ok(())
}

/// Returns a path as the database has it: text where it is UTF-8, else its bytes.
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
