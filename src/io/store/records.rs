//! Rows of announcements as they are written: what the list needs of each, its text, and which one leads its group.

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, params, params_from_iter};

use super::Body;
use super::sums::put_body;
use crate::model::{Entry, Id};
use crate::text::Language;

/// Returns the columns of an entry behind `key`: group, publication, title, source, language, whether it is a
/// translation, minutes.
pub(super) fn values(key: i64, entry: &Entry) -> impl Iterator<Item = ToSqlOutput<'_>> {
    let published = entry.published.map(|date| date.to_string());
    [
        key.into(),
        entry.group.to_stored().into(),
        ToSqlOutput::Owned(published.map_or(Value::Null, Value::Text)),
        entry.title.as_str().into(),
        ToSqlOutput::Borrowed(entry.source.as_ref().map(|source| source.as_str()).into()),
        ToSqlOutput::Borrowed(entry.language.map(Language::code).into()),
        entry.translation.into(),
        entry.minutes.into(),
    ]
    .into_iter()
}

/// Inserts an announcement whose identity is not known yet; returns its number.
pub(super) fn insert(connection: &Connection, seq: i64, entry: &Entry, body: &Body) -> rusqlite::Result<i64> {
    let alone: bool = connection
        .prepare_cached("SELECT NOT EXISTS (SELECT 1 FROM announcements WHERE grp = ?)")?
        .query_row([entry.group.to_stored()], |row| row.get(0))?;
    let sql = "INSERT INTO announcements
            (id, grp, published, title, source, language, translation, minutes, seq, came, leads)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10)";
    let fresh = values(entry.id.to_stored(), entry).chain([seq.into(), alone.into()]);
    connection.prepare_cached(sql)?.execute(params_from_iter(fresh))?;
    let number = connection.last_insert_rowid();
    put_body(connection, number, body)?;
    if !alone {
        settle(connection, entry.group)?;
    }
    Ok(number)
}

/// Records that no announcement has the identity `id` any more.
pub(super) fn note_removal(connection: &Connection, id: Id, seq: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO removals VALUES (?, ?)")?.execute([id.to_stored(), seq])?;
    Ok(())
}

/// Chooses the announcement of a group that leads it in the list: originals before translations, then the
/// order of languages.
pub(super) fn settle(connection: &Connection, group: Id) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("SELECT translation, language, id, number, leads FROM announcements WHERE grp = ?")?;
    let mut members: Vec<(bool, bool, Option<Language>, i64, i64, bool)> = statement
        .query_map([group.to_stored()], |row| {
            let language = row.get_ref(1)?.as_str_or_null()?.and_then(Language::from_tag);
            Ok((row.get(0)?, language.is_none(), language, row.get(2)?, row.get(3)?, row.get(4)?))
        })?
        .collect::<Result<_, _>>()?;
    members.sort_unstable();
    for (place, (.., number, leads)) in members.iter().enumerate() {
        if *leads != (place == 0) {
            connection
                .prepare_cached("UPDATE announcements SET leads = ?2 WHERE number = ?1")?
                .execute(params![number, place == 0])?;
        }
    }
    Ok(())
}
