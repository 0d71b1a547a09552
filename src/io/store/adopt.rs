//! Announcements and marks on their way out of the library and, from another one, in.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::identities::{number_of, resolve};
use super::marks::{next_seq, put, written};
use super::records::insert;
use super::{Body, Fault, Store};
use crate::model::{Announcement, Entry, Id, Location, MarkChange, Marking, Sketch};

/// What adding announcements of another library came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// The number of announcements that were not known.
    pub came: usize,
    /// Identity and group of announcements there, and here.
    pub renamed: Vec<((Id, Id), (Id, Id))>,
}

/// Reports whether announcement `number` has the title, date and text of `entry` and `body`.
fn has_text(connection: &Connection, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<bool> {
    let sql = "SELECT title = ?2 AND published IS ?3 AND text IS ?4
        FROM announcements LEFT JOIN bodies ON announcement = number WHERE number = ?1";
    let published = entry.published.map(|date| date.to_string());
    connection
        .prepare_cached(sql)?
        .query_row(params![number, entry.title.as_str(), published, body.text], |row| row.get(0))
}

/// Returns identity and group of announcement `number`.
fn names(connection: &Connection, number: i64) -> rusqlite::Result<(Id, Id)> {
    connection
        .prepare_cached("SELECT id, grp FROM announcements WHERE number = ?")?
        .query_row([number], |row| Ok((Id::from_stored(row.get(0)?), Id::from_stored(row.get(1)?))))
}

impl Store {
    /// Hands every announcement to `tell` with its text as it is kept and whether that is as it was written; stops when
    /// `tell` returns false.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn kept(&self, mut tell: impl FnMut(Entry, Body, bool) -> bool) -> Result<(), Fault> {
        let (sum, sums) = match self.version {
            ..4 => ("NULL", ""),
            _ => ("sum", "LEFT JOIN sums ON sums.announcement = number"),
        };
        let sql = format!(
            "SELECT number, id, grp, published, title, source, language, translation, minutes, text, shape, {sum}
             FROM announcements JOIN bodies ON bodies.announcement = number {sums} ORDER BY number"
        );
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(9)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
            let shape = row.get_ref(10)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.unwrap_or_default();
            let [text, shape] = [bytes, shape].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            let body = Body { text, shape };
            let sum: Option<i64> = row.get(11)?;
            let whole = sum.is_none_or(|sum| sum == body.sum());
            if !tell(super::rows::entry(row)?, body, whole) {
                break;
            }
        }
        Ok(())
    }

    /// Hands every announcement with its text to `tell`, where it is and whether the text is as it was written; stops when
    /// `tell` returns false.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn announcements(&self, mut tell: impl FnMut(Announcement, Location, bool) -> bool) -> Result<(), Fault> {
        self.kept(|entry, body, whole| {
            let location = entry.location.clone();
            tell(body.fill(super::rows::bare(entry)), location, whole)
        })
    }

    /// Adds announcements that no file here has, unless they are known already; returns which came, and those that are
    /// known here by another identity.
    ///
    /// # Errors
    ///
    /// When they could not be stored; then none was.
    pub fn adopt(&mut self, announcements: &[(Entry, Body)]) -> Result<Adopted, Fault> {
        let mut adopted = Adopted::default();
        if announcements.is_empty() {
            return Ok(adopted);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = next_seq(&transaction)?;
        for (entry, body) in announcements {
            let known = number_of(&transaction, entry.id)?;
            if let Some(number) = known
                && (body.text.trim().is_empty() || has_text(&transaction, number, entry, body)?)
            {
                continue;
            }
            let titled = if known.is_none() { self.twins.titled(&transaction, &entry.title)? } else { Vec::new() };
            if known.is_none() && titled.is_empty() {
                insert(&transaction, seq, entry, body)?;
                adopted.came += 1;
                continue;
            }
            let sketch = Sketch::any(&body.clone().fill(super::rows::bare(entry.clone())));
            let sketched = Entry { sketch: Some(Arc::new(sketch)), ..entry.clone() };
            let mut twin = None;
            for number in titled {
                if has_text(&transaction, number, entry, body)? {
                    twin = Some(number);
                    break;
                }
            }
            if twin.is_none() && known.is_none() {
                twin = self.twins.find(&transaction, &sketched)?.map(|twin| twin.number);
            }
            let now = if let Some(number) = twin {
                names(&transaction, number)?
            } else {
                let (resolved, known) = resolve(&transaction, &sketched, &format!("export {}", entry.id))?;
                if known.is_none() {
                    insert(&transaction, seq, &resolved, body)?;
                    adopted.came += 1;
                }
                (resolved.id, resolved.group)
            };
            if now != (entry.id, entry.group) {
                adopted.renamed.push(((entry.id, entry.group), now));
            }
        }
        transaction.commit()?;
        Ok(adopted)
    }

    /// Adds marks to those there are, all in one step that can be taken back, with the steps before it where there
    /// are none yet; returns of how many announcements the marks changed.
    ///
    /// # Errors
    ///
    /// When they could not be kept; then none was.
    pub fn adopt_marks(&mut self, marks: &[(Id, Marking)], steps: &[Vec<MarkChange>]) -> Result<usize, Fault> {
        let known: HashMap<Id, Marking> = self.marks()?.into_iter().collect();
        let mut changes = Vec::new();
        for (group, marking) in marks {
            let before = known.get(group).cloned().unwrap_or_default();
            let mut after = before.clone();
            // Of what was read here, it is known here whether the text was changed since.
            after.changed |= marking.changed && !before.read;
            after.read |= marking.read;
            after.starred |= marking.starred;
            after.tags.extend(marking.tags.iter().cloned());
            if after != before {
                changes.push(MarkChange { group: *group, before, after });
            }
        }
        if changes.is_empty() {
            return Ok(0);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let any: Option<i64> =
            transaction.query_row("SELECT step FROM marks_history LIMIT 1", [], |row| row.get(0)).optional()?;
        let whole = any.is_none() && !steps.is_empty();
        let own = [changes.clone()];
        // With their own history, the marks need no step of their own.
        for step in if whole { steps } else { &own } {
            let seq = next_seq(&transaction)?;
            for change in step {
                transaction
                    .prepare_cached("INSERT OR REPLACE INTO marks_history VALUES (?, ?, ?, ?)")?
                    .execute(params![seq, change.group.to_stored(), written(&change.before), written(&change.after)])?;
            }
        }
        let seq = next_seq(&transaction)?;
        for change in &changes {
            put(&transaction, change, seq)?;
        }
        transaction.commit()?;
        Ok(changes.len())
    }
}
