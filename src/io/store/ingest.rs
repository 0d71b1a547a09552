//! Taking files in: what came, what was edited, what moved. Nothing is forgotten because its file went away.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params, params_from_iter};

use super::marks::next_seq;
use super::renames::Renames;
use super::searching::searchable;
use super::sources::{path_of, stored};
use super::sums::put_body;
use super::twins::{Twin, Twins};
use super::{Body, Fault, Searchable, Store};
use crate::model::{Entry, Id, Location};
use crate::text::Language;

/// What tells whether a file is still what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its length in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// A hash of its bytes.
    pub hash: i64,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// The source it lies under.
    pub source: i64,
    /// Where it is.
    pub path: PathBuf,
    /// What it was when it was read.
    pub state: FileState,
    /// Its announcements in their order; where they say they are does not count.
    pub items: Vec<(Entry, Body)>,
}

/// What taking files in changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// The number of the change.
    pub seq: i64,
    /// Announcements that came or were changed.
    pub entries: Vec<Entry>,
    /// Announcements that became others, by what they were known by.
    pub removed: Vec<Id>,
    /// The numbers of the files, in their order.
    pub files: Vec<i64>,
}

impl Store {
    /// Returns an upper bound of the number of files that were read before, without counting them.
    #[must_use]
    pub fn most_files(&self) -> usize {
        let most = self.connection.query_row("SELECT coalesce(max(number), 0) FROM files", [], |row| row.get(0));
        most.ok().and_then(|most: i64| usize::try_from(most).ok()).unwrap_or(1)
    }

    /// Returns the number and state of the file at `path`, when it was read before.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn file(&self, path: &Path) -> Result<Option<(i64, FileState)>, Fault> {
        let mut statement =
            self.connection.prepare_cached("SELECT number, size, modified, hash FROM files WHERE path = ?")?;
        let found = statement.query_row([stored(path)], |row| {
            Ok((row.get(0)?, FileState { size: row.get(1)?, modified: row.get(2)?, hash: row.get(3)? }))
        });
        Ok(found.optional()?)
    }

    /// Hands every file of a source to `tell`, by number and path.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn files_of(&self, source: i64, mut tell: impl FnMut(i64, PathBuf)) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached("SELECT number, path FROM files WHERE source = ?")?;
        let mut rows = statement.query([source])?;
        while let Some(row) = rows.next()? {
            tell(row.get(0)?, path_of(row.get_ref(1)?));
        }
        Ok(())
    }

    /// Takes note that files were touched without being changed.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn touch_files(&mut self, touched: &[(i64, FileState)]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (number, state) in touched {
            transaction
                .prepare_cached("UPDATE files SET size = ?2, modified = ?3, hash = ?4 WHERE number = ?1")?
                .execute(params![number, state.size, state.modified, state.hash])?;
        }
        Ok(transaction.commit()?)
    }

    /// Forgets files that are gone; their announcements stay.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn forget_files(&mut self, numbers: &[i64]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for number in numbers {
            transaction.prepare_cached("DELETE FROM files WHERE number = ?")?.execute([number])?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes files in, all or none of them; those of what is followed no longer are passed over.
    ///
    /// # Errors
    ///
    /// When they could not be kept.
    pub fn ingest(&mut self, files: &[ReadFile]) -> Result<Ingested, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (seq, twins) = (next_seq(&transaction)?, &mut self.twins);
        let (entries, removed, renames) = (Vec::new(), Vec::new(), Renames::default());
        let mut taking = Taking { transaction, seq, twins, entries, removed, renames };
        let followed = taking.followed()?;
        let files = files.iter().filter(|file| followed.contains(&file.source));
        let numbers = files.map(|file| taking.file(file)).collect::<rusqlite::Result<_>>()?;
        let Taking { seq, transaction, entries, removed, renames, .. } = taking;
        renames.settle(&transaction)?;
        transaction.commit()?;
        Ok(Ingested { seq, entries, removed, files: numbers })
    }

    /// Gives back what was remembered of titles while files were taken in.
    pub fn forget_titles(&mut self) {
        self.twins = Twins::default();
    }

    /// Removes announcements with their texts; marks stay.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn remove(&mut self, groups: &[Id]) -> Result<Ingested, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seq = next_seq(&transaction)?;
        let mut removed = Vec::new();
        for group in groups {
            let mut gone = transaction.prepare_cached("DELETE FROM announcements WHERE grp = ? RETURNING id")?;
            for id in gone.query_map([group.to_stored()], |row| row.get::<_, i64>(0))? {
                removed.push(Id::from_stored(id?));
            }
        }
        for id in &removed {
            note_removal(&transaction, *id, seq)?;
        }
        for group in groups {
            let news = "UPDATE searches SET news = trim(replace(news, ?1, '')) WHERE instr(news, ?1)";
            transaction.prepare_cached(news)?.execute([group.to_string()])?;
        }
        transaction.commit()?;
        Ok(Ingested { seq, removed, ..Ingested::default() })
    }
}

/// A transaction that takes files in.
struct Taking<'a> {
    transaction: Transaction<'a>,
    seq: i64,
    twins: &'a mut Twins,
    entries: Vec<Entry>,
    removed: Vec<Id>,
    renames: Renames,
}

impl Taking<'_> {
    /// Returns what is followed now, which may be less than when the files were read.
    fn followed(&self) -> rusqlite::Result<HashSet<i64>> {
        let mut statement = self.transaction.prepare_cached("SELECT number FROM sources")?;
        statement.query_map([], |row| row.get(0))?.collect()
    }

    /// Takes a file in; returns its number.
    fn file(&mut self, file: &ReadFile) -> rusqlite::Result<i64> {
        let (number, known) = self.note_file(file)?;
        let held = if known { self.held(number)? } else { Vec::new() };
        let fresh: Vec<&(Entry, Body)> =
            file.items.iter().filter(|(entry, _)| held.iter().all(|(_, id)| *id != entry.id)).collect();
        let now: HashSet<Id> = file.items.iter().map(|(entry, _)| entry.id).collect();
        let lost: Vec<i64> = held.iter().filter(|(_, id)| !now.contains(id)).map(|(number, _)| *number).collect();
        // One announcement of the file is another now: it was edited in what it is known by.
        let edited = match (fresh.as_slice(), lost.as_slice()) {
            ([one], [old]) if held.len() == file.items.len() && self.may_become(*old, one.0.id)? => {
                Some((one.0.id, *old))
            }
            _ => None,
        };
        if known {
            self.transaction.prepare_cached("DELETE FROM copies WHERE file = ?")?.execute([number])?;
        }
        for (item, (entry, body)) in (0_u32..).zip(&file.items) {
            let before = edited.filter(|(id, _)| *id == entry.id).map(|(_, old)| old);
            let own = held.iter().any(|(_, id)| *id == entry.id);
            let announcement = self.put(entry, body, before, own)?;
            self.transaction.prepare_cached("INSERT INTO copies VALUES (?, ?, ?)")?.execute(params![
                number,
                item,
                announcement
            ])?;
        }
        Ok(number)
    }

    /// Notes what the file is now; returns its number, and whether it was known.
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

    /// Returns what the file held until now: numbers and identities.
    fn held(&self, file: i64) -> rusqlite::Result<Vec<(i64, Id)>> {
        let sql = "SELECT number, id FROM copies JOIN announcements ON number = announcement WHERE file = ?";
        let mut statement = self.transaction.prepare_cached(sql)?;
        statement.query_map([file], |row| Ok((row.get(0)?, Id::from_stored(row.get(1)?))))?.collect()
    }

    /// Reports whether announcement `old` stands in one file only and nothing is known by `id` yet.
    fn may_become(&self, old: i64, id: Id) -> rusqlite::Result<bool> {
        let sql = "SELECT (SELECT count(*) FROM copies WHERE announcement = ?1) = 1
                   AND NOT EXISTS (SELECT 1 FROM announcements WHERE id = ?2)";
        self.transaction.prepare_cached(sql)?.query_row(params![old, id.to_stored()], |row| row.get(0))
    }

    /// Keeps an announcement; returns its number. `before` is the one it was until it was edited; `own` tells that
    /// its file held it before, so that it may change it: of several files the first one counts.
    fn put(&mut self, entry: &Entry, body: &Body, before: Option<i64>, own: bool) -> rusqlite::Result<i64> {
        let known = match before {
            Some(number) => {
                self.rename(number, entry)?;
                Some(number)
            }
            None => self
                .transaction
                .prepare_cached("SELECT number FROM announcements WHERE id = ?")?
                .query_row([entry.id.to_stored()], |row| row.get(0))
                .optional()?,
        };
        let Some(number) = known else { return self.put_new(entry, body) };
        let elsewhere = !own
            && before.is_none()
            && self.transaction.prepare_cached("SELECT 1 FROM copies WHERE announcement = ?")?.exists([number])?;
        if !elsewhere && (self.is_changed(number, entry, body)? || before.is_some()) {
            self.compare_with_read(number, entry, body)?;
            self.change(number, entry, body)?;
        }
        Ok(number)
    }

    /// Keeps an announcement that is known by no identity; where it is known by its title and text, the one that tells
    /// more is kept.
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

    fn insert(&mut self, entry: &Entry, body: &Body) -> rusqlite::Result<i64> {
        let number = insert(&self.transaction, self.seq, entry, body)?;
        self.twins.note(number, entry);
        self.report(number, entry);
        Ok(number)
    }

    fn is_changed(&self, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<bool> {
        let sql = "SELECT NOT (grp = ?2 AND published IS ?3 AND title = ?4 AND source IS ?5 AND language IS ?6
            AND translation = ?7 AND minutes = ?8 AND text IS ?9 AND shape IS ?10)
            FROM announcements LEFT JOIN bodies ON announcement = number WHERE number = ?1";
        let text = [body.text.as_str().into(), body.shape.as_str().into()];
        self.transaction
            .prepare_cached(sql)?
            .query_row(params_from_iter(values(number, entry).chain(text)), |row| row.get(0))
    }

    /// Takes note of how the text differs from the one that was read, where it was.
    fn compare_with_read(&self, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<()> {
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

    fn change(&mut self, number: i64, entry: &Entry, body: &Body) -> rusqlite::Result<()> {
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

    fn report(&mut self, number: i64, entry: &Entry) {
        if let Ok(number) = u32::try_from(number) {
            self.entries.push(Entry { location: Location::Kept(number), ..entry.clone() });
        }
    }
}

/// What is kept of an entry for the list behind `key`: group, publication, title, source, language, whether it is a
/// translation, minutes.
fn values(key: i64, entry: &Entry) -> impl Iterator<Item = ToSqlOutput<'_>> {
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

/// Adds an announcement that is not known yet; returns its number.
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

pub(super) fn note_removal(connection: &Connection, id: Id, seq: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR REPLACE INTO removals VALUES (?, ?)")?.execute([id.to_stored(), seq])?;
    Ok(())
}

/// Decides anew which announcement of a group stands for it in the list: originals before translations, then the
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
