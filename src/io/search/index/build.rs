//! Making the index of a library: in runs that fit the memory, merged, written beside it and put in place when it is
//! whole on the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use rustix::fs::{FlockOperation, flock};

use super::file;
use super::library::CHANGED;
use super::records::Records;
use super::texts::Texts;
use crate::io::store::{Fault, Store};
use crate::model::Entry;
use crate::search::index::{Contents, Run, merge};
use crate::text::Clean;
use crate::text::fold::Folding;

/// Places of words kept in memory at a time: some forty megabytes with all that belongs to them.
const PLACES: usize = 2_000_000;

/// Announcements read without letting go of the library.
const TOGETHER: usize = 256;

/// What came of making an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Built {
    /// It is in place.
    Made,
    /// Another program is making one.
    Busy,
    /// Nobody wanted it any more.
    Stopped,
    /// It cannot be written there, or the library cannot be read; searching goes on without it.
    Failed,
}

/// Makes an index of the library anew; `stop` says that nobody wants it any more.
#[must_use]
pub fn build(store: &Store, stop: &dyn Fn() -> bool) -> Built {
    match make(store, stop) {
        Ok(built) => built,
        Err(_) => Built::Failed,
    }
}

/// Reports whether an index should be built: much has changed since the last one, or there is much and no index.
#[must_use]
pub fn is_stale(store: &Store) -> bool {
    let many = store.last_change().and_then(|last| {
        let seq = file::newest(store.path(), last).unwrap_or(-1);
        Ok(store.numbers_after(seq)?.len() > CHANGED)
    });
    store.is_writable() && many.unwrap_or(false)
}

/// Makes the index anew where that should be done.
pub fn renew(store: &Store, stop: &dyn Fn() -> bool) -> Option<Built> {
    is_stale(store).then(|| build(store, stop))
}

/// Why there is no index: it makes no difference to anybody, since there is none to make by hand.
struct Reason;

impl From<io::Error> for Reason {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl From<Fault> for Reason {
    fn from(_: Fault) -> Self {
        Self
    }
}

fn make(store: &Store, stop: &dyn Fn() -> bool) -> Result<Built, Reason> {
    let folder = file::folder(store.path());
    fs::create_dir_all(&folder)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
        return Ok(Built::Busy);
    }
    let made = make_in(&folder, store, stop);
    // What was begun only takes room, the index there was stays.
    if !matches!(made, Ok(Built::Made)) {
        file::sweep(&folder, |name| !name.starts_with(file::MAKING));
    }
    made
}

fn make_in(folder: &Path, store: &Store, stop: &dyn Fn() -> bool) -> Result<Built, Reason> {
    // The number first: what changes from here on is not counted on.
    let seq = store.last_change()?;
    let name = file::name(store.path(), seq).ok_or(Reason)?;
    let (mut numbers, mut entries) = (Vec::new(), Vec::new());
    store.in_order(|number, entry| {
        numbers.push(number);
        entries.push(Entry { title: Clean::default(), ..entry });
    })?;
    let extra = Records::of(entries.into_iter()).into_bytes();
    let runs = folder.join(format!("{}runs", file::MAKING));
    let Some(starts) = write_runs(store, &numbers, &runs, stop)? else { return Ok(Built::Stopped) };
    let made = folder.join(format!("{}index", file::MAKING));
    let mut out = BufWriter::with_capacity(1 << 18, File::create(&made)?);
    let contents = Contents { numbers: &numbers, extra: &extra, seq: u64::try_from(seq).unwrap_or(0) };
    merge(open_runs(&runs, &starts)?, &contents, &mut out)?;
    out.into_inner().map_err(|_| Reason)?.sync_all()?;
    fs::rename(&made, folder.join(&name))?;
    File::open(folder)?.sync_all()?;
    file::sweep(folder, |known| known == name);
    Ok(Built::Made)
}

/// Writes runs one behind the other; where each begins.
fn write_runs(
    store: &Store,
    numbers: &[u32],
    path: &Path,
    stop: &dyn Fn() -> bool,
) -> Result<Option<Vec<u64>>, Reason> {
    let mut out = BufWriter::with_capacity(1 << 18, File::create(path)?);
    let (mut starts, mut run, mut text) = (vec![0], Run::default(), String::new());
    let (mut ranks, mut texts) = (0.., Texts::default());
    for some in numbers.chunks(TOGETHER) {
        let _reading = store.reading()?;
        for (number, rank) in some.iter().zip(&mut ranks) {
            if stop() {
                return Ok(None);
            }
            // One that is gone meanwhile is found nowhere.
            if let Some(searchable) = texts.read(store, *number)? {
                text.clear();
                let ends = searchable.texts().fold_into(Folding::Strict, &mut text);
                run.add(rank, searchable.language, &text, &ends);
            }
            if run.len() >= PLACES {
                std::mem::take(&mut run).write(&mut out)?;
                starts.push(out.stream_position()?);
            }
        }
    }
    run.write(&mut out)?;
    out.flush()?;
    Ok(Some(starts))
}

fn open_runs(path: &Path, starts: &[u64]) -> io::Result<Vec<impl Read>> {
    let open = |start: &u64| {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(*start))?;
        Ok(BufReader::with_capacity(1 << 16, file))
    };
    starts.iter().map(open).collect()
}
