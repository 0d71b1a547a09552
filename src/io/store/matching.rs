//! Which announcements of a file are those it held before, whatever was edited in it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension};

use super::identities::{agrees, ids, is_changed, under};
use super::read_file::ReadFile;
use crate::model::{Id, Location};

/// An announcement that a file held before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its number.
    pub number: i64,
    /// Its identity.
    pub id: Id,
}

/// Returns the name of the place of announcement `item` of the file at `path`.
pub fn place(path: &Path, item: u32) -> String {
    Location::File { path: Arc::new(path.to_owned()), item }.name()
}

/// Returns for each announcement of a file the one of `held` that it is: the one that says the same; else one that
/// says something else now, where no other file has it and no other announcement of the file may be it.
pub fn match_held(
    connection: &Connection,
    number: i64,
    file: &ReadFile,
    held: &[Held],
) -> rusqlite::Result<Vec<Option<Held>>> {
    let mut own: Vec<Option<Held>> = vec![None; file.items.len()];
    if held.is_empty() {
        return Ok(own);
    }
    let mut free: HashMap<Id, Held> = held.iter().map(|held| (held.id, *held)).collect();
    let ids_of = |at: usize| file.items.get(at).map(|(entry, _)| ids(entry, &place(&file.path, short(at))));
    for exactly in [true, false] {
        for (at, ((entry, body), own)) in file.items.iter().zip(&mut own).enumerate() {
            if own.is_some() {
                continue;
            }
            for id in ids_of(at).into_iter().flatten() {
                let Some(known) = free.get(&id).copied() else { continue };
                let same = if exactly {
                    !is_changed(connection, known.number, &under(entry, id), body)?
                } else {
                    agrees(connection, known.number, entry)?
                };
                if same {
                    *own = free.remove(&id);
                    break;
                }
            }
        }
    }
    let mut competing: HashMap<Id, Vec<usize>> = HashMap::new();
    for at in (0..own.len()).filter(|at| own.get(*at).is_some_and(Option::is_none)) {
        for id in ids_of(at).into_iter().flatten().filter(|id| free.contains_key(id)) {
            competing.entry(id).or_default().push(at);
        }
    }
    for known in held {
        let Some(mut competing) = competing.remove(&known.id) else { continue };
        competing.retain(|at| own.get(*at).is_some_and(Option::is_none));
        competing.dedup();
        if competing.is_empty() || is_elsewhere(connection, number, known.number)? {
            continue;
        }
        let title = title_of(connection, known.number)?;
        let named = |at: &&usize| file.items.get(**at).is_some_and(|(entry, _)| title.as_deref() == Some(&entry.title));
        let chosen = match competing.as_slice() {
            [only] => Some(*only),
            several => {
                let mut named = several.iter().filter(named);
                named.next().filter(|_| named.next().is_none()).copied()
            }
        };
        if let Some(own) = chosen.and_then(|at| own.get_mut(at)) {
            *own = Some(*known);
        }
    }
    Ok(own)
}

fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Reports whether a file other than `number` has the announcement.
fn is_elsewhere(connection: &Connection, number: i64, announcement: i64) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM copies WHERE announcement = ? AND file <> ?")?
        .exists([announcement, number])
}

fn title_of(connection: &Connection, announcement: i64) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT title FROM announcements WHERE number = ?")?
        .query_row([announcement], |row| row.get(0))
        .optional()
}
