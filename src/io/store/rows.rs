//! Reading announcements: the list in its order, and one text at a time.

use std::sync::Arc;

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

use super::sources::path_of;
use super::{Body, Fault, FaultKind, Store};
use crate::app::Reason;
use crate::calendar::PartialDate;
use crate::model::{Announcement, Dated, Document, Entry, Id, Location, Origin, Provenance};
use crate::text::{Clean, Language};

/// What the list needs, all of it in the index that is in the order of the list.
pub(super) const COLUMNS: &str = "number, id, grp, published, title, source, language, translation, minutes";

/// Which announcements are versions of another, in the words of the index that holds only those, and which one leads its
/// group. Neither can be looked up in the index of the list, which would be gone through from end to end.
pub(super) const OTHERS: &str = "grp = ? AND leads IS NOT 1";
pub(super) const LEADER: &str = "grp = ? AND +leads = 1";

/// Most announcements handed over at a time: taking more in would be felt.
const MOST: usize = 2048;

impl Store {
    /// Returns the first `count` rows of the list and all their language versions, leading ones first.
    ///
    /// With `around`, the rows about the one whose versions share that group, when the library holds it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn first_rows(&self, count: u32, around: Option<Id>) -> Result<Vec<Entry>, Fault> {
        let key = around.map_or(Ok(None), |group| self.key_of(group))?;
        let mut entries = match key {
            None => self.leaders(&[("", "published DESC, title, grp")], &[], count)?,
            Some((published, title, group)) => self.leaders_around(published.as_deref(), &title, group, count)?,
        };
        let sql = format!("SELECT {COLUMNS} FROM announcements WHERE {OTHERS}");
        let mut others = self.statement(&sql)?;
        for leader in 0..entries.len() {
            let Some(group) = entries.get(leader).map(|entry| entry.group) else { break };
            for other in others.query_map([group.to_stored()], entry)? {
                entries.push(other?);
            }
        }
        Ok(entries)
    }

    /// Returns the rows before and after a place in the list, each search within one run of the index.
    fn leaders_around(
        &self,
        published: Option<&str>,
        title: &str,
        group: i64,
        count: u32,
    ) -> Result<Vec<Entry>, Fault> {
        let key: [&dyn ToSql; 3] = [&published, &title, &group];
        let later = if published.is_some() { "AND published > ?1" } else { "AND published IS NOT NULL" };
        let before = [
            ("AND published IS ?1 AND (title, grp) < (?2, ?3)", "title DESC, grp DESC"),
            (later, "published, title DESC, grp DESC"),
        ];
        let after = [
            ("AND published IS ?1 AND (title, grp) >= (?2, ?3)", "title, grp"),
            ("AND published < ?1", "published DESC, title, grp"),
            ("AND published IS NULL AND ?1 IS NOT NULL", "title, grp"),
        ];
        let mut entries = self.leaders(&before, &key, count)?;
        entries.reverse();
        entries.extend(self.leaders(&after, &key, count)?);
        Ok(entries)
    }

    /// Returns at most `count` leading entries of the searches `(condition, order)`, one after the other.
    fn leaders(&self, searches: &[(&str, &str)], key: &[&dyn ToSql], count: u32) -> Result<Vec<Entry>, Fault> {
        let mut entries = Vec::new();
        for (condition, order) in searches {
            let left = (count as usize).saturating_sub(entries.len());
            let sql = format!(
                "SELECT {COLUMNS} FROM announcements WHERE leads = 1 {condition} ORDER BY leads DESC, {order} LIMIT {left}"
            );
            let mut statement = self.statement(&sql)?;
            let wanted = statement.parameter_count().min(key.len());
            for entry in statement.query_map(key.get(..wanted).unwrap_or_default(), entry)? {
                entries.push(entry?);
            }
        }
        Ok(entries)
    }

    fn key_of(&self, group: Id) -> Result<Option<(Option<String>, String, i64)>, Fault> {
        let sql = format!("SELECT published, title, grp FROM announcements WHERE {LEADER}");
        let mut statement = self.statement(&sql)?;
        Ok(statement.query_row([group.to_stored()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?)
    }

    /// Hands all announcements to `tell` in the order of the list, those that stand for a row first, in batches that
    /// double from `batch`; stops when `tell` returns false.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entries(&self, batch: usize, mut tell: impl FnMut(Vec<Entry>) -> bool) -> Result<(), Fault> {
        let sql = format!("SELECT {COLUMNS} FROM announcements ORDER BY leads DESC, published DESC, title, grp");
        let mut statement = self.statement(&sql)?;
        let mut rows = statement.query([])?;
        let mut size = batch.max(1);
        let mut entries = Vec::with_capacity(size);
        while let Some(row) = rows.next()? {
            entries.push(entry(row)?);
            if entries.len() == size {
                size = (size * 2).min(MOST);
                if !tell(std::mem::replace(&mut entries, Vec::with_capacity(size))) {
                    return Ok(());
                }
            }
        }
        if !entries.is_empty() {
            tell(entries);
        }
        Ok(())
    }

    pub(super) fn entries_after(&self, seq: i64) -> Result<Vec<Entry>, Fault> {
        let sql = format!(
            "SELECT {COLUMNS} FROM announcements WHERE seq > ? ORDER BY leads DESC, published DESC, title, grp"
        );
        let mut statement = self.statement(&sql)?;
        Ok(statement.query_map([seq], entry)?.collect::<Result<_, _>>()?)
    }

    /// Returns an upper bound of the number of announcements, without counting them.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn most(&self) -> Result<u32, Fault> {
        let mut statement = self.statement("SELECT coalesce(max(number), 0) FROM announcements")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Returns the number of announcements and the number of rows in the list.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn count(&self) -> Result<(u64, u64), Fault> {
        let mut statement = self.statement("SELECT count(*), coalesce(sum(leads), 0) FROM announcements")?;
        Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Returns the announcement of that number with its text, or about the first `most` bytes of it, and whether that is
    /// all. `None` when there is no such announcement any more.
    ///
    /// # Errors
    ///
    /// When the database cannot be read; of kind [`FaultKind::Text`] when the text is not as it was written.
    pub fn text(&self, number: u32, most: Option<u32>) -> Result<Option<(Announcement, bool)>, Fault> {
        match self.text_as_kept(number, most)? {
            Some((_, _, false)) => Err(Fault::new(FaultKind::Text, Reason::TextDamaged)),
            found => Ok(found.map(|(announcement, complete, _)| (announcement, complete))),
        }
    }

    /// Returns the same, also a text that is not as it was written, which the last value tells.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn text_as_kept(&self, number: u32, most: Option<u32>) -> Result<Option<(Announcement, bool, bool)>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM announcements WHERE number = ?");
        let mut statement = self.statement(&sql)?;
        let Some(entry) = statement.query_row([number], entry).optional()? else { return Ok(None) };
        let sql =
            "SELECT substr(CAST(text AS BLOB), 1, ?2), shape, octet_length(text) FROM bodies WHERE announcement = ?1";
        let mut statement = self.statement(sql)?;
        let found = statement
            .query_row((number, most.unwrap_or(i32::MAX.unsigned_abs())), |row| {
                let bytes = row.get_ref(0)?.as_blob_or_null()?.unwrap_or_default();
                let shape = row.get_ref(1)?.as_bytes_or_null()?.unwrap_or_default();
                let [text, shape] = [bytes, shape].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
                let complete = row.get::<_, u64>(2)? <= bytes.len() as u64;
                Ok((Body { text, shape }, complete))
            })
            .optional()?;
        let Some((body, complete)) = found else { return Ok(Some((bare(entry), true, true))) };
        // A part tells nothing of the whole.
        let sum = if complete { self.sum_of(number)? } else { None };
        let whole = sum.is_none_or(|sum| sum == body.sum());
        Ok(Some((body.fill(bare(entry)), complete, whole)))
    }

    /// The number of the announcement known by `id`, or of the one that stands for the group `id`; with `language`, of
    /// its version in that language where it has one.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn version(&self, id: Id, language: Option<Language>) -> Result<Option<u32>, Fault> {
        let sql = "SELECT number FROM announcements
            WHERE grp = coalesce((SELECT grp FROM announcements WHERE id = ?1), ?1)
            ORDER BY language IS ?2 AND ?2 IS NOT NULL DESC, id = ?1 DESC, leads DESC LIMIT 1";
        let mut statement = self.statement(sql)?;
        let number = statement.query_row(params![id.to_stored(), language.map(Language::code)], |row| row.get(0));
        Ok(number.optional()?)
    }

    /// Returns a file that holds an announcement of `group`, if one does.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn path_of_any(&self, group: Id) -> Result<Option<PathBuf>, Fault> {
        let sql = "SELECT path FROM announcements JOIN copies ON announcement = announcements.number
            JOIN files ON files.number = copies.file WHERE grp = ? ORDER BY leads DESC, copies.file LIMIT 1";
        let mut statement = self.statement(sql)?;
        Ok(statement.query_row([group.to_stored()], |row| Ok(path_of(row.get_ref(0)?))).optional()?)
    }

    /// Returns the files that hold the announcement of that number, each with its place in the file.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn copies(&self, number: u32) -> Result<Vec<(PathBuf, u32)>, Fault> {
        let sql =
            "SELECT path, item FROM copies JOIN files ON number = file WHERE announcement = ? ORDER BY file, item";
        let mut statement = self.statement(sql)?;
        let found = statement.query_map([number], |row| Ok((path_of(row.get_ref(0)?), row.get(1)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Hands every text to `tell` with its announcement's number, as it is kept: a line feed after each block. Stops
    /// when `tell` returns false.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn texts(&self, mut tell: impl FnMut(u32, &str) -> bool) -> Result<(), Fault> {
        let mut statement = self.statement("SELECT announcement, text FROM bodies")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            if !tell(row.get(0)?, text) {
                break;
            }
        }
        Ok(())
    }
}

/// Reads a row of [`COLUMNS`].
pub(super) fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let text = |column: usize| -> rusqlite::Result<Option<String>> { row.get(column) };
    Ok(Entry {
        id: Id::from_stored(row.get(1)?),
        group: Id::from_stored(row.get(2)?),
        title: Clean::line(row.get_ref(4)?.as_str()?),
        source: row.get_ref(5)?.as_str_or_null()?.map(|source| Arc::new(Clean::line(source))),
        published: row.get_ref(3)?.as_str_or_null()?.and_then(PartialDate::parse_iso),
        language: text(6)?.as_deref().and_then(Language::from_tag),
        translation: row.get(7)?,
        minutes: row.get(8)?,
        location: Location::Kept(row.get(0)?),
        sketch: None,
    })
}

/// Makes an announcement of what the list holds, without its text.
/// Returns the entry of announcement `number`, without its text.
pub(super) fn entry_of(connection: &Connection, number: i64) -> rusqlite::Result<Option<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM announcements WHERE number = ?");
    connection.prepare_cached(&sql)?.query_row([number], entry).optional()
}

/// Returns the text of announcement `number`.
pub(super) fn body_of(connection: &Connection, number: i64) -> rusqlite::Result<Option<Body>> {
    connection
        .prepare_cached("SELECT text, shape FROM bodies WHERE announcement = ?")?
        .query_row([number], |row| Ok(Body { text: row.get(0)?, shape: row.get(1)? }))
        .optional()
}

pub(super) fn bare(entry: Entry) -> Announcement {
    Announcement {
        id: entry.id,
        group: entry.group,
        translation: entry.translation,
        title: entry.title,
        source: entry.source.map(Arc::unwrap_or_clone),
        section: None,
        language: entry.language,
        published: entry.published.map(|value| Dated { value, origin: Origin::Field }),
        modified: None,
        tags: Vec::new(),
        address: None,
        document: Document::default(),
        notes: Vec::new(),
        provenance: Provenance::default(),
    }
}
