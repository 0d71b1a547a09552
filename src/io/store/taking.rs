//! Files taken in one by one within a transaction: what of each came, was edited, or is in another file too.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, Transaction, params, params_from_iter};

use super::identities::{self, is_changed};
use super::matching::{self, Held};
use super::read_file::{FileState, ReadFile};
use super::records::{insert, note_removal, settle, values};
use super::renames::Renames;
use super::searching::searchable;
use super::sources::stored;
use super::sums::put_body;
use super::twins::{Twin, Twins};
use super::{Body, Searchable};
use crate::model::{Entry, Id, Location};

/// A transaction that takes files in.
pub(super) struct Taking<'a> {
    pub transaction: Transaction<'a>,
    /// The number of the change.
    pub seq: i64,
    pub twins: &'a mut Twins,
    /// Announcements that came or were changed.
    pub entries: Vec<Entry>,
    /// Identities that announcements gave up.
    pub removed: Vec<Id>,
    pub renames: Renames,
}

impl Taking<'_> {
    /// Returns the numbers of the sources that are followed now: some may have been removed since the files were read.
    pub fn followed(&self) -> rusqlite::Result<HashSet<i64>> {
        let mut statement = self.transaction.prepare_cached("SELECT number FROM sources")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// Takes a file in; returns its number.
    pub fn file(&mut self, file: &ReadFile) -> rusqlite::Result<i64> {
        let (number, known) = self.note_file(file)?;
        let held = if known { self.held(number)? } else { Vec::new() };
        let own = matching::match_held(&self.transaction, number, file, &held)?;
        let fresh: Vec<&(Entry, Body)> =
            file.items.iter().zip(&own).filter(|(_, own)| own.is_none()).map(|(item, _)| item).collect();
        let kept: HashSet<i64> = own.iter().flatten().map(|held| held.number).collect();
        let lost: Vec<i64> = held.iter().map(|held| held.number).filter(|number| !kept.contains(number)).collect();
        // One announcement of the file is another now: it was edited in what it is known by.
        let edited = match (fresh.as_slice(), lost.as_slice()) {
            ([_], [old]) if held.len() == file.items.len() => Some(*old),
            _ => None,
        };
        if known {
            self.transaction.prepare_cached("DELETE FROM copies WHERE file = ?")?.execute([number])?;
        }
        for (item, ((entry, body), own)) in (0_u32..).zip(file.items.iter().zip(own)) {
            let announcement = match own {
                Some(held) => self.keep(held, entry, body)?,
                None => self.put(entry, body, &matching::place(&file.path, item), edited)?,
            };
            self.transaction.prepare_cached("INSERT INTO copies VALUES (?, ?, ?)")?.execute(params![
                number,
                item,
                announcement
            ])?;
        }
        Ok(number)
    }

    /// Stores the state of the file; returns its number, and whether it was known.
    fn note_file(&self, file: &ReadFile) -> rusqlite::Result<(i64, bool)> {
        let FileState { size, modified, hash } = file.state;
        let path = stored(&file.path);
        let sql =
            "INSERT INTO files (source, path, size, modified, hash) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
        let mut insert = self.transaction.prepare_cached(sql)?;
        if insert.execute(params![file.source, path, size, modified, hash])? > 0 {
            return Ok((self.transaction.last_insert_rowid(), false));
        }
        let sql = "UPDATE files SET source = ?2, size = ?3, modified = ?4, hash = ?5 WHERE path = ?1 RETURNING number";
        let mut update = self.transaction.prepare_cached(sql)?;
        let number = update.query_row(params![path, file.source, size, modified, hash], |row| row.get(0))?;
        Ok((number, true))
    }

    /// Returns the announcements the file held until now.
    fn held(&self, file: i64) -> rusqlite::Result<Vec<Held>> {
        let sql = "SELECT DISTINCT number, id FROM copies JOIN announcements ON number = announcement WHERE file = ?";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let held = |row: &Row<'_>| Ok(Held { number: row.get(0)?, id: Id::from_stored(row.get(1)?) });
        statement.query_map([file], held)?.collect()
    }

    /// Reports whether announcement `old`, which its file no longer holds, is in no other file.
    fn may_become(&self, old: i64) -> rusqlite::Result<bool> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM copies WHERE announcement = ?)";
        self.transaction.prepare_cached(sql)?.query_row([old], |row| row.get(0))
    }

    /// Updates an announcement that its file held before; returns its number.
    fn keep(&mut self, held: Held, entry: &Entry, body: &Body) -> rusqlite::Result<i64> {
        let entry = &identities::under(entry, held.id);
        if is_changed(&self.transaction, held.number, entry, body)? {
            self.compare_with_read(held.number, entry, body)?;
            self.change(held.number, entry, body)?;
        }
        Ok(held.number)
    }

    /// Stores an announcement that its file, at `place`, did not hold before; returns its number.
    ///
    /// Where the library has it already, from another file, that one counts. `edited` is the one that the file lost:
    /// where no other file has it, it became this one.
    fn put(&mut self, entry: &Entry, body: &Body, place: &str, edited: Option<i64>) -> rusqlite::Result<i64> {
        let (entry, known) = identities::resolve(&self.transaction, entry, place)?;
        let Some(number) = known else {
            let Some(number) = edited else { return self.put_new(&entry, body) };
            if !self.may_become(number)? {
                return self.put_new(&entry, body);
            }
            self.rename(number, &entry)?;
            self.compare_with_read(number, &entry, body)?;
            self.change(number, &entry, body)?;
            return Ok(number);
        };
        let elsewhere =
            self.transaction.prepare_cached("SELECT 1 FROM copies WHERE announcement = ?")?.exists([number])?;
        if !elsewhere && is_changed(&self.transaction, number, &entry, body)? {
            self.compare_with_read(number, &entry, body)?;
            self.change(number, &entry, body)?;
        }
        Ok(number)
    }

    /// Stores an announcement of an unknown identity; where it is known by its title and text, the one that tells more
    /// is kept.
    fn put_new(&mut self, entry: &Entry, body: &Body) -> rusqlite::Result<i64> {
        let Some(Twin { number, poorer }) = self.twins.find(&self.transaction, entry)? else {
            return self.insert(entry, body);
        };
        // Versions in other languages stay with the one they belong to.
        let sql = "SELECT count(*) = 1 FROM announcements WHERE grp = (SELECT grp FROM announcements WHERE number = ?)";
        if poorer && self.transaction.prepare_cached(sql)?.query_row([number], |row| row.get(0))? {
            self.rename(number, entry)?;
            self.change(number, entry, body)?;
        }
        Ok(number)
    }

    pub(super) fn insert(&mut self, entry: &Entry, body: &Body) -> rusqlite::Result<i64> {
        let number = insert(&self.transaction, self.seq, entry, body)?;
        self.twins.note(number, entry);
        self.report(number, entry);
        Ok(number)
    }

    /// Stores how the text differs from the one that was read, where it was.
    pub(super) fn compare_with_read(&self, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<()> {
        let group = entry.group.to_stored();
        let mut marks = self.transaction.prepare_cached("SELECT changed FROM marks WHERE grp = ? AND read")?;
        let Some(differs) = marks.query_row([group], |row| row.get::<_, i64>(0)).optional()? else { return Ok(()) };
        let before = searchable(&self.transaction, number)?.unwrap_or_default();
        let now = Searchable::of(&entry.title, entry.language, &body.text, &body.shape);
        if before.print() != now.print() {
            self.transaction.prepare_cached("UPDATE marks SET changed = ?2, seq = ?3 WHERE grp = ?1")?.execute([
                group,
                differs ^ before.print() ^ now.print(),
                self.seq,
            ])?;
        }
        Ok(())
    }

    pub(super) fn change(&mut self, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<()> {
        let group: i64 = self
            .transaction
            .prepare_cached("SELECT grp FROM announcements WHERE number = ?")?
            .query_row([number], |row| row.get(0))?;
        let sql = "UPDATE announcements SET grp = ?2, published = ?3, title = ?4, source = ?5, language = ?6,
            translation = ?7, minutes = ?8, seq = ?9 WHERE number = ?1";
        let changed = values(number, entry).chain([self.seq.into()]);
        self.transaction.prepare_cached(sql)?.execute(params_from_iter(changed))?;
        put_body(&self.transaction, number, body)?;
        settle(&self.transaction, entry.group)?;
        settle(&self.transaction, Id::from_stored(group))?;
        self.report(number, entry);
        Ok(())
    }

    /// Gives announcement `number` the identity of `entry`; its marks, their steps and its place go with it.
    fn rename(&mut self, number: i64, entry: &Entry) -> rusqlite::Result<()> {
        let (id, group): (i64, i64) = self
            .transaction
            .prepare_cached("SELECT id, grp FROM announcements WHERE number = ?")?
            .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let (new_id, new_group) = (entry.id.to_stored(), entry.group.to_stored());
        self.transaction
            .prepare_cached("UPDATE announcements SET id = ?2 WHERE number = ?1")?
            .execute([number, new_id])?;
        self.transaction
            .prepare_cached(
                // Marks of a name that nothing has any more are those of an earlier time.
                "INSERT INTO marks (grp, read, starred, tags, seq, changed)
                 SELECT ?2, read, starred, tags, ?3, changed FROM marks WHERE grp = ?1
                 ON CONFLICT (grp) DO UPDATE SET read = excluded.read, starred = excluded.starred,
                   tags = excluded.tags, seq = excluded.seq, changed = excluded.changed
                 WHERE NOT EXISTS (SELECT 1 FROM announcements WHERE grp = ?2)",
            )?
            .execute([group, new_group, self.seq])?;
        let mut taken = self.transaction.prepare_cached("SELECT 1 FROM announcements WHERE grp = ?")?;
        if !taken.exists([new_group])? {
            self.renames.note(group, new_group);
        }
        self.transaction
            .prepare_cached("INSERT OR IGNORE INTO places SELECT ?2, part, offset FROM places WHERE id = ?1")?
            .execute([id, new_id])?;
        // What is new in searches goes by the new name too.
        let news = "UPDATE searches SET news = replace(news, ?2, ?3)
            WHERE instr(news, ?2) AND (SELECT count(*) FROM announcements WHERE grp = ?1) = 1";
        let names = params![group, Id::from_stored(group).to_string(), entry.group.to_string()];
        self.transaction.prepare_cached(news)?.execute(names)?;
        note_removal(&self.transaction, Id::from_stored(id), self.seq)?;
        self.removed.push(Id::from_stored(id));
        Ok(())
    }

    /// Reports an announcement that came or was changed.
    fn report(&mut self, number: i64, entry: &Entry) {
        if let Ok(number) = u32::try_from(number) {
            self.entries.push(Entry { location: Location::Kept(number), ..entry.clone() });
        }
    }
}
