//! Looking at one file after the other: whether it is as the library knows it, else reading it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::app::{Problem, Reason};
use crate::formats::{self, Input};
use crate::io::files;
use crate::io::files::folders::Queue;
use crate::io::reason;
use crate::io::store::{Body, FileState, ReadFile, Source, Store, hash, innermost};
use crate::io::zone;
use crate::model::{Entry, Location};

/// Most findings sent at once.
const SENT_AT_ONCE: usize = 16;
/// How long a finding waits for more before it is sent.
const LONGEST_HELD: Duration = Duration::from_millis(50);

/// What looking at a file found.
pub(super) enum Finding {
    /// The file of that number is as it was.
    Same(i64),
    /// It was written again with the same content.
    Touched(i64, FileState),
    /// It is new or has changed, and was read; with what was left out of it.
    Read(Box<ReadFile>, Vec<Problem>),
    /// It cannot be read.
    Problem(Problem),
}

/// Looks at the files of `queue` until there are no more, and sends what it finds.
pub(super) fn look(queue: &Mutex<Queue>, sources: &[&Source], store: &Store, findings: &SyncSender<Vec<Finding>>) {
    // Where nothing was read before, nothing is looked up.
    let known = store.most_files() > 0;
    let (mut found, mut since) = (Vec::new(), Instant::now());
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let over = next.is_none();
        match next {
            None => {}
            Some(Err(problem)) => found.push(Finding::Problem(problem)),
            Some(Ok(path)) => {
                let examined = catch_unwind(AssertUnwindSafe(|| examine(&path, sources, store, known)));
                let panicked = |_| Finding::Problem(Problem::at(&path, Reason::Panic));
                found.push(examined.unwrap_or_else(panicked));
            }
        }
        if over || found.len() >= SENT_AT_ONCE || since.elapsed() >= LONGEST_HELD {
            if findings.send(std::mem::take(&mut found)).is_err() || over {
                return;
            }
            since = Instant::now();
        }
    }
}

/// Reads a file unless it is as the library knows it. `known` is false where the library knows no file yet.
fn examine(path: &Path, sources: &[&Source], store: &Store, known: bool) -> Finding {
    let problem = |reason: Reason| Finding::Problem(Problem::at(path, reason));
    let Some(source) = innermost(sources, path) else { return problem(Reason::Astray) };
    // The state from before it is read: what is written meanwhile is noticed the next time.
    let (size, modified) = match path.metadata() {
        Ok(metadata) => (metadata.len(), stamp(metadata.modified().ok())),
        Err(error) => return problem(reason::of(&error)),
    };
    let known = match if known { store.file(path) } else { Ok(None) } {
        Ok(known) => known,
        Err(fault) => return problem(fault.reason),
    };
    if let Some((number, state)) = known
        && (state.size, state.modified) == (size, modified)
    {
        return Finding::Same(number);
    }
    let most = usize::try_from(files::LARGEST).unwrap_or(usize::MAX);
    let contents = match files::contents(path, most) {
        Ok(contents) => contents,
        Err(problem) => return Finding::Problem(problem),
    };
    let state = FileState { size, modified, hash: hash(&contents.bytes) };
    if let Some((number, before)) = known
        && before.hash == state.hash
        && before.size == size
    {
        return Finding::Touched(number, state);
    }
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let reading = formats::read(&Input::new(&name, &contents.bytes).in_zone(zone::reader()));
    let items = reading
        .announcements
        .iter()
        .map(|announcement| (Entry::sketched(announcement, Location::Kept(0)), Body::of(announcement)))
        .collect();
    let problems = files::left_out(path, &reading);
    Finding::Read(Box::new(ReadFile { source: source.number, path: path.to_owned(), state, items }), problems)
}

/// Returns a time in nanoseconds since 1970, as the database keeps it.
fn stamp(time: Option<SystemTime>) -> i64 {
    let since = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
