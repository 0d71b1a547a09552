//! Earlier texts of announcements, kept when a later one of their publisher takes their place.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, Row, params};

use super::{Body, Fault, Store};
use crate::text::Clean;

/// Most revisions kept of an announcement: the first, and the latest.
const MOST: u32 = 20;
/// So many of the latest forms are looked at for one that comes again.
const FORMS: u32 = 16;
/// The longest text, in bytes, that a revision is unpacked to.
const LONGEST: u64 = 64 << 20;

/// What a revision differs in from the text that took its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionKind {
    /// In words.
    Words,
    /// The text was withdrawn.
    Withdrawal,
}

/// An earlier text of an announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number among the revisions of the announcement, the first the least.
    pub number: u32,
    /// When another text took its place, in seconds since 1970.
    pub seen: i64,
    /// The title it had.
    pub title: Clean,
    /// Its text.
    pub body: Body,
    /// What the later text changed.
    pub kind: RevisionKind,
}

/// Keeps a text as a revision of announcement `number`; of too many, those in the middle are forgotten.
pub(super) fn keep(
    connection: &Connection,
    number: i64,
    at: i64,
    (title, body, form): (&Clean, &Body, i64),
    kind: RevisionKind,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO revisions (announcement, number, seen, title, body, shape, print, kind)
        SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7 FROM revisions WHERE announcement = ?1";
    connection.prepare_cached(sql)?.execute(params![
        number,
        at,
        title.as_str(),
        packed(&body.text),
        packed(&body.shape),
        form,
        match kind {
            RevisionKind::Words => 0,
            RevisionKind::Withdrawal => 2,
        }
    ])?;
    let sql = "DELETE FROM revisions WHERE announcement = ?1
        AND number > (SELECT min(number) FROM revisions WHERE announcement = ?1)
        AND number <= (SELECT max(number) FROM revisions WHERE announcement = ?1) - ?2";
    connection.prepare_cached(sql)?.execute(params![number, MOST - 1])?;
    Ok(())
}

/// Reports whether announcement `number` had that form among its latest ones.
pub(super) fn had_form(connection: &Connection, number: i64, form: i64) -> rusqlite::Result<bool> {
    let sql = "SELECT ?2 IN (SELECT print FROM revisions WHERE announcement = ?1 ORDER BY number DESC LIMIT ?3)";
    connection.prepare_cached(sql)?.query_row(params![number, form, FORMS], |row| row.get(0))
}

impl Store {
    /// Returns the earlier texts of announcement `number`, the first one first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn revisions(&self, number: u32) -> Result<Vec<Revision>, Fault> {
        if self.version < 6 {
            return Ok(Vec::new());
        }
        let sql = "SELECT number, seen, title, body, shape, kind FROM revisions WHERE announcement = ? ORDER BY number";
        let mut statement = self.statement(sql)?;
        Ok(statement.query_map([number], revision)?.collect::<Result<_, _>>()?)
    }
}

fn revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    let unpacked = |column| -> rusqlite::Result<String> { Ok(unpacked(row.get_ref(column)?.as_blob()?)) };
    Ok(Revision {
        number: row.get(0)?,
        seen: row.get(1)?,
        title: Clean::line(row.get_ref(2)?.as_str()?),
        body: Body { text: unpacked(3)?, shape: unpacked(4)? },
        kind: if row.get::<_, i64>(5)? == 2 { RevisionKind::Withdrawal } else { RevisionKind::Words },
    })
}

/// Deflates a text. Writing to memory cannot fail.
fn packed(text: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

/// Inflates a text; what a disk lost of it is missing.
fn unpacked(bytes: &[u8]) -> String {
    let mut text = Vec::new();
    let _ = DeflateDecoder::new(bytes).take(LONGEST).read_to_end(&mut text);
    String::from_utf8(text).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
