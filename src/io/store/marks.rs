//! Marks: what was read, starred and tagged, and every step back.

use std::collections::HashSet;

use rusqlite::{Row, Transaction, TransactionBehavior, params};

use super::{Fault, Store};
use crate::model::{Entry, Id, MarkChange, Marking};
use crate::text::Clean;

/// Steps that can be taken back; older ones are forgotten.
const STEPS: i64 = 1000;

/// What others changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The number of the last change there is.
    pub seq: i64,
    /// Marks as they are now.
    pub marks: Vec<(Id, Marking)>,
    /// Announcements that came or were changed.
    pub entries: Vec<Entry>,
    /// Announcements that are no longer known.
    pub removed: Vec<Id>,
}

impl Store {
    /// Returns all marks.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn marks(&self) -> Result<Vec<(Id, Marking)>, Fault> {
        self.marks_after(-1)
    }

    /// Returns the marks of these groups.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn marks_of(&self, groups: &[Id]) -> Result<Vec<(Id, Marking)>, Fault> {
        let mut statement = self.statement(&format!("{} WHERE grp = ?", self.select()))?;
        let mut marks = Vec::new();
        for group in groups {
            for marking in statement.query_map([group.to_stored()], marking)? {
                marks.push(marking?);
            }
        }
        Ok(marks)
    }

    fn marks_after(&self, seq: i64) -> Result<Vec<(Id, Marking)>, Fault> {
        let mut statement = self.statement(&format!("{} WHERE seq > ?", self.select()))?;
        Ok(statement.query_map([seq], marking)?.collect::<Result<_, _>>()?)
    }

    const fn select(&self) -> &'static str {
        // One that may only be read may be of an older version.
        if self.version < 3 {
            "SELECT grp, read, starred, 0, tags FROM marks"
        } else {
            "SELECT grp, read, starred, read AND changed <> 0, tags FROM marks"
        }
    }

    /// Keeps changes of marks as one step; when this returns, they are on the disk.
    ///
    /// Returns the number of the change. With `undoing`, the step they take back is forgotten instead of a new one
    /// being remembered. With `known_only`, announcements that the library does not hold are passed over.
    ///
    /// # Errors
    ///
    /// When they could not be kept; then none of them was.
    pub fn mark(&mut self, changes: &[MarkChange], undoing: bool, known_only: bool) -> Result<i64, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = next_seq(&transaction)?;
        for change in changes {
            let group = change.group.to_stored();
            if known_only {
                let mut known = transaction.prepare_cached("SELECT 1 FROM announcements WHERE grp = ? LIMIT 1")?;
                if !known.exists([group])? {
                    continue;
                }
            }
            put(&transaction, change, seq)?;
            if !undoing {
                let mut insert =
                    transaction.prepare_cached("INSERT OR REPLACE INTO marks_history VALUES (?, ?, ?, ?)")?;
                insert.execute(params![seq, group, written(&change.before), written(&change.after)])?;
            }
        }
        if undoing && let Some(first) = changes.first() {
            forget(&transaction, first)?;
        }
        transaction
            .prepare_cached("DELETE FROM marks_history WHERE step < (SELECT min(step) FROM (SELECT DISTINCT step FROM marks_history ORDER BY step DESC LIMIT ?))")?
            .execute([STEPS])?;
        transaction.commit()?;
        Ok(seq)
    }

    /// Forgets steps without taking them back, of each the latest that made a change of `changes`.
    ///
    /// # Errors
    ///
    /// When they could not be forgotten; then none was.
    pub fn forget_steps(&mut self, changes: &[MarkChange]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for change in changes {
            forget(&transaction, &change.clone().reversed())?;
        }
        Ok(transaction.commit()?)
    }

    /// Returns the last undo steps, at most `count` of them, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn history(&self, count: u32) -> Result<Vec<Vec<MarkChange>>, Fault> {
        let mut statement = self.statement(
            "SELECT step, grp, before, after FROM marks_history WHERE step IN
             (SELECT DISTINCT step FROM marks_history ORDER BY step DESC LIMIT ?) ORDER BY step, grp",
        )?;
        let mut rows = statement.query([count])?;
        let mut steps: Vec<Vec<MarkChange>> = Vec::new();
        let mut last = None;
        while let Some(row) = rows.next()? {
            let step: i64 = row.get(0)?;
            let change = MarkChange {
                group: Id::from_stored(row.get(1)?),
                before: read(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?),
                after: read(row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?),
            };
            match steps.last_mut() {
                Some(changes) if last == Some(step) => changes.push(change),
                _ => steps.push(vec![change]),
            }
            last = Some(step);
        }
        Ok(steps)
    }

    /// Returns what changed after the change of number `seq`, whoever changed it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn changes_since(&self, seq: i64) -> Result<Changes, Fault> {
        // The number first: what comes in between is told twice rather than never.
        let now = self.last_change()?;
        if now == seq {
            return Ok(Changes { seq, ..Changes::default() });
        }
        let mut statement = self.statement("SELECT id FROM removals WHERE seq > ?")?;
        let removed: HashSet<Id> =
            statement.query_map([seq], |row| Ok(Id::from_stored(row.get(0)?)))?.collect::<Result<_, _>>()?;
        Ok(Changes {
            seq: now,
            marks: self.marks_after(seq)?,
            entries: self.entries_after(seq)?,
            removed: removed.into_iter().collect(),
        })
    }
}

/// Reports whether a change stars or tags something that `store` does not hold and would not keep.
#[must_use]
pub fn passes_over(store: Option<&Store>, changes: &[MarkChange]) -> bool {
    let known = |group| store.is_some_and(|store| matches!(store.version(group, None), Ok(Some(_))));
    changes.iter().any(|change| change.is_filing() && !known(change.group))
}

fn marking(row: &Row<'_>) -> rusqlite::Result<(Id, Marking)> {
    let (read, starred, changed) = (row.get(1)?, row.get(2)?, row.get(3)?);
    let tags = tags(row.get_ref(4)?.as_str()?);
    Ok((Id::from_stored(row.get(0)?), Marking { read, starred, changed, tags }))
}

/// Returns the number for a new change.
pub(super) fn next_seq(transaction: &Transaction<'_>) -> rusqlite::Result<i64> {
    transaction.prepare_cached("UPDATE counter SET seq = seq + 1 RETURNING seq")?.query_row([], |row| row.get(0))
}

/// Keeps what a change made of marks. What it did not change stays as it is: others may have changed it meanwhile.
pub(super) fn put(transaction: &Transaction<'_>, change: &MarkChange, seq: i64) -> rusqlite::Result<()> {
    let MarkChange { group, before, after } = change;
    let differs = match (before.changed, after.changed) {
        // Back to a text of which nothing more is known than that it was another one.
        (false, true) => "iif(changed = 0, 1, changed)",
        (true, false) => "0",
        _ if after.read && !before.read => "0",
        _ => "changed",
    };
    let read = if before.read == after.read { "read" } else { "?2" };
    let starred = if before.starred == after.starred { "starred" } else { "?3" };
    let tags = if before.tags == after.tags { "tags" } else { "?4" };
    let sql = format!(
        "INSERT INTO marks (grp, read, starred, tags, seq, changed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (grp) DO UPDATE SET read = {read}, starred = {starred}, tags = {tags}, seq = ?5, changed = {differs}"
    );
    transaction.prepare_cached(&sql)?.execute(params![
        group.to_stored(),
        after.read,
        after.starred,
        joined(after),
        seq,
        after.changed
    ])?;
    Ok(())
}

/// Forgets the latest step that `back` takes back.
fn forget(transaction: &Transaction<'_>, back: &MarkChange) -> rusqlite::Result<()> {
    let sql = "SELECT step, before, after FROM marks_history WHERE grp = ? ORDER BY step DESC";
    let mut statement = transaction.prepare_cached(sql)?;
    let mut rows = statement.query([back.group.to_stored()])?;
    while let Some(row) = rows.next()? {
        let (before, after) = (read(row.get_ref(1)?.as_str()?), read(row.get_ref(2)?.as_str()?));
        if (MarkChange { group: back.group, before, after }).is_taken_back_by(back) {
            let step: i64 = row.get(0)?;
            transaction.prepare_cached("DELETE FROM marks_history WHERE step = ?")?.execute([step])?;
            break;
        }
    }
    Ok(())
}

fn joined(marking: &Marking) -> String {
    let tags: Vec<&str> = marking.tags.iter().map(Clean::as_str).collect();
    tags.join("\n")
}

/// Parses tags, one a line.
fn tags(text: &str) -> std::collections::BTreeSet<Clean> {
    text.lines().map(Clean::line).filter(|tag| !tag.is_empty()).collect()
}

/// Writes marks as the history has them: letters for read, starred and changed, then a tag a line.
pub(super) fn written(marking: &Marking) -> String {
    let letters = [(marking.read, 'r'), (marking.starred, 's'), (marking.changed, 'c')];
    let letters: String = letters.into_iter().filter(|(marked, _)| *marked).map(|(_, letter)| letter).collect();
    format!("{letters}\n{}", joined(marking))
}

fn read(text: &str) -> Marking {
    let (letters, rest) = text.split_once('\n').unwrap_or((text, ""));
    let has = |letter| letters.contains(letter);
    Marking { read: has('r'), starred: has('s'), changed: has('c'), tags: tags(rest) }
}
