//! What a search needs of every announcement: the order of the list, and texts without what they look like.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Deserialize;

use super::rows::{COLUMNS, entry};
use super::sums::sum_of;
use super::{Body, Fault, Store};
use crate::model::{Announcement, Entry, Id};
use crate::search::Texts;
use crate::text::Language;

/// The searched texts of an announcement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searchable {
    /// The language of the text as a whole.
    pub language: Option<Language>,
    texts: [String; 4],
    /// Whether the text is not as it was written.
    pub damaged: bool,
}

/// An announcement that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Its number.
    pub number: u32,
    /// What its language versions share.
    pub group: Id,
    /// The number of the change it came with.
    pub came: i64,
}

/// What blocks there are, and how long they are. The rest of a shape is passed over.
#[derive(Deserialize)]
struct Outline<'a> {
    #[serde(borrow, default)]
    blocks: Vec<Piece<'a>>,
}

#[derive(Deserialize)]
struct Piece<'a> {
    #[serde(borrow, default)]
    k: Cow<'a, str>,
    #[serde(default)]
    n: usize,
}

impl Searchable {
    /// Returns a hash of these texts, whatever their layout.
    pub(super) fn print(&self) -> i64 {
        Id::of(&self.texts.each_ref().map(String::as_str)).to_stored()
    }

    /// Returns the texts, for folding.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        let [title, lead, body, contacts] = &self.texts;
        Texts { title, lead, body, contacts }
    }

    /// Gathers the texts of an announcement.
    #[must_use]
    pub fn of_announcement(announcement: &Announcement) -> Self {
        let body = Body::of(announcement);
        Self::of(&announcement.title, announcement.language, &body.text, &body.shape)
    }

    /// Gathers the texts as [`Gathered`](crate::search::Gathered) does of an announcement that was read.
    pub(super) fn of(title: &str, language: Option<Language>, text: &str, shape: &str) -> Self {
        let mut texts = [title.to_owned(), String::new(), String::new(), String::new()];
        let [_, lead, body, contacts] = &mut texts;
        let outline = serde_json::from_str(shape).unwrap_or(Outline { blocks: Vec::new() });
        let mut at = 0_usize;
        for piece in &outline.blocks {
            let Some(block) = at.checked_add(piece.n).and_then(|end| text.get(at..end)) else { break };
            at += block.len() + 1;
            let field = match piece.k.as_ref() {
                "furniture" | "rule" => continue,
                "lead" => &mut *lead,
                "contact" => &mut *contacts,
                _ => &mut *body,
            };
            if !field.is_empty() {
                field.push('\n');
            }
            field.push_str(block);
        }
        if outline.blocks.is_empty() {
            body.push_str(text);
        }
        Self { language, texts, damaged: false }
    }
}

/// A library being read: what is read while it lives need not be locked each time.
#[derive(Debug)]
pub struct Reading<'a> {
    _transaction: rusqlite::Transaction<'a>,
}

impl Store {
    /// Begins to read much in little pieces. To be ended soon: as long as it lives, the log beside the database grows.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn reading(&self) -> Result<Reading<'_>, Fault> {
        Ok(Reading { _transaction: self.connection.unchecked_transaction()? })
    }

    /// Hands all announcements to `tell`, newest first, language versions side by side: numbers, and what the list
    /// shows.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn in_order(&self, mut tell: impl FnMut(u32, Entry)) -> Result<(), Fault> {
        let sql =
            format!("SELECT {COLUMNS} FROM announcements ORDER BY published DESC, title, grp, leads DESC, number");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            tell(row.get(0)?, entry(row)?);
        }
        Ok(())
    }

    /// Returns the numbers of the announcements that came or were changed after the change of number `seq`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn numbers_after(&self, seq: i64) -> Result<Vec<u32>, Fault> {
        let mut statement = self.statement("SELECT number FROM announcements WHERE seq > ?")?;
        Ok(statement.query_map([seq], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Returns the announcements that came after the change of number `seq`, whether or not they were changed since.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn arrivals_after(&self, seq: i64) -> Result<Vec<Arrival>, Fault> {
        if self.version < 3 {
            return Ok(Vec::new());
        }
        let sql = "SELECT number, grp, came FROM announcements WHERE seq > ?1 AND came > ?1";
        let mut statement = self.statement(sql)?;
        let arrival =
            |row: &Row<'_>| Ok(Arrival { number: row.get(0)?, group: Id::from_stored(row.get(1)?), came: row.get(2)? });
        Ok(statement.query_map([seq], arrival)?.collect::<Result<_, _>>()?)
    }

    /// Returns the ids of the announcements that were removed after the change of number `seq`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn removed_after(&self, seq: i64) -> Result<Vec<Id>, Fault> {
        let sql = "SELECT id FROM removals WHERE seq > ?";
        let mut statement = self.statement(sql)?;
        Ok(statement.query_map([seq], |row| Ok(Id::from_stored(row.get(0)?)))?.collect::<Result<_, _>>()?)
    }

    /// Returns the texts of the announcement of that number, and whether they are as they were written; `None` when it no
    /// longer exists.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn searchable(&self, number: u32) -> Result<Option<Searchable>, Fault> {
        let sum = self.sum_of(number)?;
        Ok(checked(&self.connection, number.into(), sum)?)
    }

    /// Returns what the list shows of the announcement of that number; `None` when it no longer exists.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn entry(&self, number: u32) -> Result<Option<Entry>, Fault> {
        let sql = format!("SELECT {COLUMNS} FROM announcements WHERE number = ?");
        let mut statement = self.statement(&sql)?;
        Ok(statement.query_row([number], entry).optional()?)
    }
}

/// Returns the texts of the announcement of that number, whether or not they are as they were written.
pub(super) fn searchable(connection: &Connection, number: i64) -> rusqlite::Result<Option<Searchable>> {
    checked(connection, number, None)
}

/// Returns the texts of the announcement of that number, damaged where their hash is not `sum`.
fn checked(connection: &Connection, number: i64, sum: Option<i64>) -> rusqlite::Result<Option<Searchable>> {
    // One table at a time: a join is planned anew for every number.
    let mut titles = connection.prepare_cached("SELECT title, language FROM announcements WHERE number = ?")?;
    let mut bodies = connection.prepare_cached("SELECT text, shape FROM bodies WHERE announcement = ?")?;
    let mut titles = titles.query([number])?;
    let Some(title) = titles.next()? else { return Ok(None) };
    let language = text(title, 1)?.and_then(Language::from_tag);
    let mut bodies = bodies.query([number])?;
    let title = text(title, 0)?.unwrap_or_default();
    let Some(row) = bodies.next()? else { return Ok(Some(Searchable::of(title, language, "", ""))) };
    let [body, shape] = [lossy(row, 0)?, lossy(row, 1)?];
    let damaged = sum.is_some_and(|sum| sum != sum_of(&body, &shape));
    Ok(Some(Searchable { damaged, ..Searchable::of(title, language, &body, &shape) }))
}

/// Returns a text; bytes that are none, as damage leaves them, as signs that say so.
fn lossy<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<Cow<'a, str>> {
    Ok(String::from_utf8_lossy(row.get_ref(column)?.as_bytes_or_null()?.unwrap_or_default()))
}

fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<Option<&'a str>> {
    Ok(row.get_ref(column)?.as_str_or_null()?)
}
