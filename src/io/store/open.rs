//! Opening a database, whatever is found in its place.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::salvage::{self, Salvaged};
use super::twins::Twins;
use super::{Fault, FaultKind, Store, aside, schema};
use crate::app::problem::name;
use crate::app::{Problem, Reason};
use crate::formats;
use crate::io::reason;
use crate::text::Clean;

/// How many times a locked database is tried again, a millisecond apart.
const BUSY_RETRIES: i32 = 2000;
/// Number of 4 KiB pages in the write-ahead log that triggers a checkpoint: a short log keeps opening the database fast.
pub(super) const LOG_PAGES: i32 = 256;

/// Largest database, in bytes, that is checked whole when it is opened: that takes a fraction of a millisecond.
const LARGEST_CHECKED: u64 = 256 * 1024;

/// What every database begins with.
const HEADER: &[u8; 16] = b"SQLite format 3\0";

/// How many bytes are looked at for traces of a library whose header is damaged, and the table they are of.
const TRACES: u64 = 64 * 1024;
const TABLE: &[u8] = b"marks_history";

/// What came of opening a database.
#[derive(Debug)]
pub struct Opened {
    /// The database; `None` when there is no reading it, and nothing is kept.
    pub store: Option<Store>,
    /// What the reader of the program should know.
    pub notices: Vec<Problem>,
}

/// Opens the database at `path` or makes a new one.
///
/// A damaged one is set aside under a new name, which is told, and what is readable of it is taken over. A newer one,
/// or one that cannot be written, is only read. Anything that is not a library is left alone.
#[must_use]
pub fn open(path: &Path) -> Opened {
    let mut notices = Vec::new();
    let store = match attempt(path, &mut notices) {
        Ok(store) => Some(store),
        Err(fault) if fault.kind == FaultKind::Damaged => replace(path, &mut notices),
        Err(fault) => {
            notices.push(Problem::NothingKept { path: name(path), reason: fault.reason });
            None
        }
    };
    Opened { store, notices }
}

/// Sets the database at `path` aside because it was found damaged, and makes a new one of what is readable of it.
#[must_use]
pub fn renew(path: &Path) -> Opened {
    let mut notices = Vec::new();
    let store = replace(path, &mut notices);
    Opened { store, notices }
}

fn replace(path: &Path, notices: &mut Vec<Problem>) -> Option<Store> {
    let aside = match aside::set_aside(path) {
        Ok(aside) => aside,
        Err(error) => {
            notices.push(Problem::Stuck { path: name(path), reason: reason::of(&error) });
            return None;
        }
    };
    let made = attempt(path, &mut Vec::new()).map(|mut store| {
        let saved = salvage::salvage(&aside, &mut store);
        (store, saved)
    });
    let aside = Clean::line(&aside.file_name().unwrap_or(aside.as_os_str()).to_string_lossy());
    let path = name(path);
    match made {
        Ok((store, Salvaged { marks, announcements })) => {
            notices.push(Problem::Replaced { path, aside, marks, announcements });
            Some(store)
        }
        Err(fault) => {
            notices.push(Problem::Lost { path, aside, reason: fault.reason });
            None
        }
    }
}

fn attempt(path: &Path, notices: &mut Vec<Problem>) -> Result<Store, Fault> {
    let new = look(path)?;
    if new && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| unmade(&error))?;
    }
    if !new && let Some(reason) = refused(path) {
        return Err(Fault::new(FaultKind::Other, reason));
    }
    let empty = !new && fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0);
    let opened = writable(path, notices);
    if empty && opened.is_ok() {
        // SQLite takes it for a new database; it may have been a library.
        notices.push(Problem::Emptied { path: name(path) });
    }
    match opened {
        Err(fault)
            if !new
                && matches!(fault.kind, FaultKind::ReadOnly | FaultKind::Full | FaultKind::Disk | FaultKind::Other) =>
        {
            // Where not even a log can be made beside it, the file itself can still be read.
            let connection = Connection::open_with_flags(
                format!("file:{}?immutable=1", encoded(path)),
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX,
            )
            .map_err(|_| fault.clone())?;
            let mut store = of(connection, path, false);
            store.version = schema::version(&store.connection).map_err(|_| fault.clone())?;
            known(&store, notices).map_err(|_| fault.clone())?;
            if store.version == 0 {
                // Nothing was written to it yet.
                return Err(fault);
            }
            tell(notices, path, fault.reason);
            Ok(store)
        }
        other => other,
    }
}

fn of(connection: Connection, path: &Path, writable: bool) -> Store {
    Store {
        connection,
        path: path.to_owned(),
        writable,
        version: schema::VERSION,
        twins: Twins::default(),
        #[cfg(test)]
        unlocked: std::cell::Cell::default(),
    }
}

fn tell(notices: &mut Vec<Problem>, path: &Path, reason: Reason) {
    notices.push(Problem::MarksUnkept { path: name(path), reason });
}

/// Reports whether there is nothing at `path` yet; anything but a regular file is a fault.
fn look(path: &Path) -> Result<bool, Fault> {
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(false),
        Ok(_) => Err(Fault::new(FaultKind::Other, Reason::Irregular)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if path.symlink_metadata().is_ok() {
                return Err(Fault::new(FaultKind::Other, Reason::DeadLink));
            }
            Ok(true)
        }
        Err(error) => Err(refusal(&error)),
    }
}

fn refusal(error: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Other, reason::of(error))
}

/// Returns the fault for a folder that could not be made.
fn unmade(error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => Fault::new(FaultKind::ReadOnly, Reason::Unwritable),
        _ => refusal(error),
    }
}

/// Returns why the file at `path` is not opened: it never was a library, but was named as one by mistake. Such a file is
/// not set aside as a damaged one.
fn refused(path: &Path) -> Option<Reason> {
    let mut file = fs::File::open(path).ok()?;
    let mut start = Vec::with_capacity(HEADER.len());
    file.by_ref().take(HEADER.len() as u64).read_to_end(&mut start).ok()?;
    if start == HEADER {
        return None;
    }
    file.take(TRACES).read_to_end(&mut start).ok()?;
    if path.file_name().is_some_and(|name| formats::takes(&name.to_string_lossy())) {
        return Some(Reason::Announcement);
    }
    let named = path.extension().is_some_and(|ending| ending == "db");
    let traces = start.windows(TABLE.len()).any(|part| part == TABLE)
        || ["-wal", "-shm"].iter().any(|suffix| aside::beside(path, suffix).exists());
    (!start.is_empty() && !named && !traces).then_some(Reason::NoLibrary)
}

/// Encodes a path for a URI.
fn encoded(path: &Path) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or_default();
    let mut encoded = String::new();
    for &byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => encoded.push(char::from(byte)),
            _ => encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    encoded
}

fn writable(path: &Path, notices: &mut Vec<Problem>) -> Result<Store, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    prepare(&mut connection)?;
    let mut store = of(connection, path, true);
    // All that is asked of one that is up to date is asked at once: each question by itself would lock it anew.
    let reading = store.reading()?;
    let known = known(&store, notices)?;
    let version = schema::version(&store.connection)?;
    let read_only = known && store.connection.is_readonly(rusqlite::MAIN_DB)?;
    if read_only {
        // The log beside it is read too; where it is missing, this says so and the file is read alone.
        store.last_change()?;
    } else if known && version == schema::VERSION {
        store.last_change().map_err(damaged)?;
    }
    let now: String = store.connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    drop(reading);
    if !known || read_only {
        store.writable = false;
    }
    if read_only {
        store.version = version;
        tell(notices, path, Reason::ReadOnly);
    }
    if !store.writable {
        return Ok(store);
    }
    let networked = aside::is_networked(path);
    let mode = if networked { "DELETE" } else { "WAL" };
    if !now.eq_ignore_ascii_case(mode) {
        store.connection.query_row(&format!("PRAGMA journal_mode = {mode}"), [], |_| Ok(()))?;
    }
    if networked {
        notices.push(Problem::Networked { path: name(path) });
    }
    if version < schema::VERSION {
        schema::migrate(&mut store.connection)?;
        store.last_change().map_err(damaged)?;
    }
    check_small(&store)?;
    Ok(store)
}

/// Checks a small database whole; damage deep in a large one is found where it is read.
fn check_small(store: &Store) -> Result<(), Fault> {
    if fs::metadata(&store.path).is_ok_and(|metadata| metadata.len() <= LARGEST_CHECKED)
        && !store.check().map_err(damaged)?.is_empty()
    {
        return Err(Fault::new(FaultKind::Damaged, Reason::Damaged));
    }
    Ok(())
}

/// Returns the fault of a database that says it is ours and lacks our tables: it is damaged.
fn damaged(fault: Fault) -> Fault {
    match fault.kind {
        FaultKind::Other => Fault::new(FaultKind::Damaged, fault.reason),
        _ => fault,
    }
}

/// Sets how a connection behaves.
fn prepare(connection: &mut Connection) -> Result<(), Fault> {
    // SQLite's own waiting looks ever more seldom and misses the gaps of a long import.
    connection.busy_handler(Some(|times| {
        std::thread::sleep(Duration::from_millis(1));
        times < BUSY_RETRIES
    }))?;
    // Leaving is quick: what the log holds is moved by whoever opens the database next, if nobody did it before.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    // A statement stays as it was planned, whatever it is asked for: each is asked a hundred thousand times.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = {LOG_PAGES};"
    ))?;
    Ok(())
}

/// Reports whether this program may write the database: not a newer one. Another program's database is a fault.
fn known(store: &Store, notices: &mut Vec<Problem>) -> Result<bool, Fault> {
    let (application, version) = (schema::application(&store.connection)?, schema::version(&store.connection)?);
    let tables: i64 = store.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == schema::APPLICATION {
        if version <= schema::VERSION {
            return Ok(version >= 0);
        }
        store.last_change()?;
        tell(notices, &store.path, Reason::Newer);
        return Ok(false);
    }
    if tables == 0 {
        return Ok(true);
    }
    let ours: i64 = store.connection.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('marks_history', 'announcements_listed', 'counter')",
        [],
        |row| row.get(0),
    )?;
    // Ours by its tables, but its header says otherwise: a bit fell over.
    let kind = if ours == 3 { FaultKind::Damaged } else { FaultKind::Other };
    Err(Fault::new(kind, Reason::Foreign))
}

/// Opens further connections to a database that is open already.
#[derive(Clone, Debug)]
pub struct Opener {
    path: PathBuf,
    version: i32,
    writable: bool,
}

impl Opener {
    /// Opens a connection.
    ///
    /// # Errors
    ///
    /// When the database can no longer be opened.
    pub fn open(&self) -> Result<Store, Fault> {
        let flags = if self.writable {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX
        };
        let mut connection = Connection::open_with_flags(&self.path, flags)?;
        prepare(&mut connection)?;
        Ok(Store { version: self.version, ..of(connection, &self.path, self.writable) })
    }
}

impl Store {
    /// Opens a further connection to the same database, for another thread.
    ///
    /// # Errors
    ///
    /// When the database can no longer be opened.
    pub fn another(&self) -> Result<Self, Fault> {
        self.opener().open()
    }

    /// Returns what opens a further connection later, in another thread; nothing is asked of the database for it.
    #[must_use]
    pub fn opener(&self) -> Opener {
        Opener { path: self.path.clone(), version: self.version, writable: self.writable }
    }
}
