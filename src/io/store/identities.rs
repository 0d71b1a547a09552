//! Identities of announcements that come: one identity is one announcement only where the texts allow it.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::Body;
use super::records::values;
use super::rows::{bare, body_of, entry_of};
use crate::model::{Entry, Id};

/// Returns `fresh` under the identity it is to be known by, and the number of the announcement that is the same, if
/// the library has it. `place` names the place it stands in.
///
/// Where its own identity belongs to another announcement, it gets a further one.
pub fn resolve(connection: &Connection, fresh: &Entry, place: &str) -> rusqlite::Result<(Entry, Option<i64>)> {
    let mut free = None;
    for id in ids(fresh, place) {
        match number_of(connection, id)? {
            Some(number) if agrees(connection, number, fresh)? => return Ok((under(fresh, id), Some(number))),
            Some(_) => {}
            None if free.is_none() => free = Some(id),
            None => {}
        }
        // Nobody gave up an identity for one that comes later.
        if free == Some(fresh.id) {
            break;
        }
    }
    Ok((under(fresh, free.unwrap_or(fresh.id)), None))
}

/// Returns the identities an announcement may be known by: its own, and the further ones.
pub fn ids(entry: &Entry, place: &str) -> [Id; 3] {
    let [by_text, by_place] = entry.further_ids(place);
    [entry.id, by_text, by_place]
}

/// Returns `entry` under one of its [`ids`].
pub fn under(entry: &Entry, id: Id) -> Entry {
    if id == entry.id { entry.clone() } else { entry.clone().known_by(id) }
}

/// Reports whether announcement `number` and one of the same identity are the same.
pub fn agrees(connection: &Connection, number: i64, fresh: &Entry) -> rusqlite::Result<bool> {
    // Without a sketch there is nothing to compare.
    if fresh.sketch.is_none() {
        return Ok(true);
    }
    Ok(kept(connection, number)?.is_none_or(|kept| kept.agrees(fresh)))
}

/// Returns the entry of announcement `number` with a sketch of its text.
fn kept(connection: &Connection, number: i64) -> rusqlite::Result<Option<Entry>> {
    let Some(known) = entry_of(connection, number)? else { return Ok(None) };
    let body = body_of(connection, number)?;
    let location = known.location.clone();
    Ok(body.map(|body| Entry::sketched(&body.fill(bare(known)), location)))
}

/// Returns the number of the announcement known by `id`.
pub fn number_of(connection: &Connection, id: Id) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT number FROM announcements WHERE id = ?")?
        .query_row([id.to_stored()], |row| row.get(0))
        .optional()
}

/// Reports whether announcement `number` is not what `entry` and `body` say.
pub fn is_changed(connection: &Connection, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<bool> {
    let sql = "SELECT NOT (grp = ?2 AND published IS ?3 AND title = ?4 AND source IS ?5 AND language IS ?6
        AND translation = ?7 AND minutes = ?8 AND text IS ?9 AND shape IS ?10)
        FROM announcements LEFT JOIN bodies ON announcement = number WHERE number = ?1";
    let text = [body.text.as_str().into(), body.shape.as_str().into()];
    connection.prepare_cached(sql)?.query_row(params_from_iter(values(number, entry).chain(text)), |row| row.get(0))
}
