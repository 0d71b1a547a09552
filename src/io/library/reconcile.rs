//! Bringing the library up to date with the folders it follows: what is new, edited, moved or gone.
//! Files whose size and time are as they were are not opened; nothing is forgotten because its file went away.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use crate::app::{Problem, Reason};
use crate::formats::{self, Input};
use crate::io::files;
use crate::io::files::folders::Queue;
use crate::io::reason;
use crate::io::store::{Body, Fault, FileState, Ingested, ReadFile, Source, SourceKind, Store, innermost};
use crate::io::workers::threads;
use crate::model::{Entry, Id, Location};

/// Files kept at a time: few at first, so that there is something to read at once, then ever more, because pages that
/// many of them change are written once; never so many that a mark waits for long.
const FIRST_BATCH: usize = 32;
const BATCH: usize = 1024;
/// Files that were read and wait to be kept are handed over so many at a time, and so many times that is done before
/// whoever reads them waits.
const HANDED: usize = 16;
const READY: usize = 8;
/// After so many files it is told how many were looked at.
const TOLD: u64 = 64;
/// How long files wait for more of them before they are kept.
const LULL: Duration = Duration::from_millis(100);
/// Room is made for no more files than this before they are seen.
const MOST_EXPECTED: usize = 1 << 22;
/// Left free between two batches for others that write.
const GAP: Duration = Duration::from_millis(2);

/// What bringing up to date has to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Announcements were taken in.
    Taken(Ingested),
    /// Something could not be read.
    Problem(Problem),
    /// So many files were looked at.
    Looked {
        /// Files looked at.
        files: u64,
        /// How many there are, once no folder waits to be opened.
        all: Option<u64>,
    },
}

/// What a worker found out about a file.
enum Finding {
    Same(i64),
    Touched(i64, FileState),
    Read(Box<ReadFile>),
    Problem(Problem),
}

/// Looks at every file of `sources`, or only at those of them that are under one of `only`; `tell` returns whether to
/// go on.
///
/// # Errors
///
/// When the library cannot be read or written; what was taken in until then is kept.
pub fn reconcile(
    store: &mut Store,
    sources: &[Source],
    only: Option<&[PathBuf]>,
    tell: &mut dyn FnMut(Step) -> bool,
) -> Result<(), Fault> {
    let followed: Vec<&Source> = sources.iter().filter(|source| source.kind == SourceKind::Path).collect();
    let paths: Vec<PathBuf> = match only {
        None => followed.iter().map(|source| source.path.clone()).collect(),
        Some(only) => only.iter().filter(|path| path.exists()).cloned().collect(),
    };
    let queue = Mutex::new(Queue::new(&paths));
    let stores = (0..threads()).map(|_| store.another()).collect::<Result<Vec<_>, _>>()?;
    // They look single rows up, in about the order they lie in.
    stores.iter().try_for_each(Store::spare)?;
    let (sender, findings) = sync_channel(READY);
    let (mut seen, done) = std::thread::scope(|scope| {
        for (number, own) in stores.into_iter().enumerate() {
            let (sender, queue, followed) = (sender.clone(), &queue, &followed);
            let worker = std::thread::Builder::new().name(format!("look {number}"));
            let _ = worker.spawn_scoped(scope, move || look(queue, followed, &own, &sender));
        }
        drop(sender);
        // The receiver goes with the writer, so that workers stop when it does.
        let all = || queue.lock().unwrap_or_else(PoisonError::into_inner).all();
        take_in(store, findings, &all, tell)
    });
    store.forget_titles();
    done?;
    // Where every path asked for is there, nothing is gone.
    if only.is_none_or(|only| only.len() != paths.len()) {
        seen.sort_unstable();
        store.spare()?;
        forget(store, &followed, only, &seen)?;
    }
    store.rest()
}

/// Looks at files until there are no more.
fn look(queue: &Mutex<Queue>, sources: &[&Source], store: &Store, findings: &SyncSender<Vec<Finding>>) {
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
                let panicked = |_| Finding::Problem(Problem::at(&path, Reason::Mishap));
                found.push(examined.unwrap_or_else(panicked));
            }
        }
        if over || found.len() >= HANDED || since.elapsed() >= LULL / 2 {
            if findings.send(std::mem::take(&mut found)).is_err() || over {
                return;
            }
            since = Instant::now();
        }
    }
}

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
    let reading = formats::read(&Input::new(&name, &contents.bytes).in_zone(crate::io::zone::reader()));
    let items = reading
        .announcements
        .iter()
        .map(|announcement| (Entry::sketched(announcement, Location::Kept(0)), Body::of(announcement)))
        .collect();
    Finding::Read(Box::new(ReadFile { source: source.number, path: path.to_owned(), state, items }))
}

/// Keeps what the workers find, batch by batch; returns the numbers of the files that are still there.
fn take_in(
    store: &mut Store,
    findings: Receiver<Vec<Finding>>,
    all: &dyn Fn() -> Option<u64>,
    tell: &mut dyn FnMut(Step) -> bool,
) -> (Vec<i64>, Result<(), Fault>) {
    let (mut touched, mut read) = (Vec::new(), Vec::new());
    let mut seen = Vec::with_capacity(store.most_files().min(MOST_EXPECTED));
    let (mut size, mut looked, mut expecting) = (FIRST_BATCH, 0_u64, false);
    let done = loop {
        let over = match findings.recv_timeout(LULL) {
            Ok(found) => {
                let before = looked / TOLD;
                let mut wanted = true;
                for finding in found {
                    match finding {
                        Finding::Same(number) => seen.push(number),
                        Finding::Touched(number, state) => {
                            seen.push(number);
                            touched.push((number, state));
                        }
                        Finding::Read(file) => read.push(*file),
                        Finding::Problem(problem) => wanted &= tell(Step::Problem(problem)),
                    }
                    looked += 1;
                }
                if !wanted || looked / TOLD > before && !tell(Step::Looked { files: looked, all: all() }) {
                    break Ok(());
                }
                false
            }
            Err(RecvTimeoutError::Timeout) => {
                size = size.min(read.len().max(1));
                false
            }
            Err(RecvTimeoutError::Disconnected) => true,
        };
        if read.len() >= size || over && !read.is_empty() {
            // Room is made only where something is taken in.
            let taken = if expecting { Ok(()) } else { store.expect_many() }.and_then(|()| store.ingest(&read));
            expecting = true;
            read.clear();
            size = (size * 2).clamp(FIRST_BATCH, BATCH);
            match taken {
                Ok(taken) => {
                    seen.extend(&taken.files);
                    if !tell(Step::Taken(taken)) {
                        break Ok(());
                    }
                }
                Err(fault) => break Err(fault),
            }
            std::thread::sleep(GAP);
        }
        if over {
            break if touched.is_empty() { Ok(()) } else { store.touch_files(&touched) };
        }
    };
    drop(findings);
    let done = if expecting { done.and(store.expect_few()) } else { done };
    (seen, done)
}

/// Forgets the files that are gone from folders that are there. Their announcements stay.
fn forget(store: &mut Store, sources: &[&Source], only: Option<&[PathBuf]>, seen: &[i64]) -> Result<(), Fault> {
    let mut gone = Vec::new();
    for source in sources {
        // A disk that is not there now has lost nothing.
        if !source.path.exists() {
            continue;
        }
        store.files_of(source.number, |number, path| {
            let looked_at = only.is_none_or(|only| only.iter().any(|folder| path.starts_with(folder)));
            if looked_at && seen.binary_search(&number).is_err() && is_gone(&path) {
                gone.push(number);
            }
        })?;
    }
    if gone.is_empty() { Ok(()) } else { store.forget_files(&gone) }
}

/// Forgets the announcements of `group` unless a file holds one, which is returned; files that are gone are forgotten.
///
/// # Errors
///
/// When the library cannot be read or written.
pub fn let_go(store: &mut Store, group: Id) -> Result<Option<PathBuf>, Fault> {
    while let Some(path) = store.path_of_any(group)? {
        let known = store.file(&path)?.filter(|_| is_gone(&path));
        let Some((number, _)) = known else { return Ok(Some(path)) };
        store.forget_files(&[number])?;
    }
    store.remove(&[group]).map(|_| None)
}

/// Whether there is nothing at `path`; what cannot be looked at may be there.
fn is_gone(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// Nanoseconds since 1970, as the database keeps them.
fn stamp(time: Option<SystemTime>) -> i64 {
    let since = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// A hash to tell whether a file was changed: eight bytes at a time by FNV-1a's rule, finished as `SplitMix64` does.
fn hash(bytes: &[u8]) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i64::from_ne_bytes((hash ^ (hash >> 31)).to_ne_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store;
    use crate::text::Clean;
    use std::fs;

    struct Desk {
        folder: tempfile::TempDir,
        store: Store,
    }

    impl Desk {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("in")).unwrap();
            let store = store::open(&folder.path().join("library.db")).store.unwrap();
            store.add_source(&folder.path().join("in")).unwrap();
            Self { folder, store }
        }

        fn write(&self, name: &str, title: &str) {
            let text = format!("---\ntitle: {title}\ndate: 2020-01-01\n---\nTeksti.");
            fs::write(self.folder.path().join("in").join(name), text).unwrap();
        }

        fn remove(&self, name: &str) {
            fs::remove_file(self.folder.path().join("in").join(name)).unwrap();
        }

        fn reconcile(&mut self) -> (usize, usize, Vec<String>) {
            let (mut came, mut removed, mut problems) = (0, 0, Vec::new());
            let sources = self.store.sources().unwrap();
            reconcile(&mut self.store, &sources, None, &mut |step| {
                match step {
                    Step::Taken(taken) => {
                        came += taken.entries.len();
                        removed += taken.removed.len();
                    }
                    Step::Problem(problem) => problems.push(problem.to_string()),
                    Step::Looked { .. } => {}
                }
                true
            })
            .unwrap();
            (came, removed, problems)
        }
    }

    #[test]
    fn what_came_was_edited_moved_or_deleted_is_noticed() {
        let mut desk = Desk::new();
        for number in 0..40 {
            desk.write(&format!("{number}.md"), &format!("Tiedote numero {number} pitkällä otsikolla"));
        }
        assert_eq!(desk.reconcile(), (40, 0, vec![]));
        let log = fs::metadata(desk.folder.path().join("library.db-wal")).unwrap();
        assert_eq!(log.len(), 0, "whoever starts next has no long log to read");
        assert_eq!(desk.reconcile(), (0, 0, vec![]));
        desk.write("7.md", "Aivan toinen otsikko, joka on pitempi kuin se oli");
        desk.write("new.md", "Uusi tiedote, jonka otsikko riittää");
        assert_eq!(desk.reconcile(), (2, 1, vec![]));
        fs::rename(desk.folder.path().join("in/1.md"), desk.folder.path().join("in/moved.md")).unwrap();
        desk.remove("2.md");
        assert_eq!(desk.reconcile(), (0, 0, vec![]));
        assert_eq!(desk.store.count().unwrap(), (41, 41));
        assert_eq!(desk.store.file(&desk.folder.path().join("in/2.md")).unwrap(), None);
        assert!(desk.store.file(&desk.folder.path().join("in/moved.md")).unwrap().is_some());
    }

    #[test]
    fn an_announcement_in_two_files_is_kept_once_and_the_richer_one_counts() {
        let mut desk = Desk::new();
        let text = "Silta avataan liikenteelle maanantaina. Se on tehty puusta. Työ maksoi 3,5 miljoonaa euroa.";
        let write = |desk: &Desk, name: &str, text: &str| fs::write(desk.folder.path().join("in").join(name), text);
        write(&desk, "a.txt", &format!("Kunnan uusi silta\n\n{text} Kiitos kaikille!")).unwrap();
        assert_eq!(desk.reconcile(), (1, 0, vec![]));
        let front = "---\ntitle: Kunnan uusi silta\npublished: 2020-09-11\nsource: Kunta\n---\n\n";
        write(&desk, "b.md", &format!("{front}{text} Kiitos kaikille!")).unwrap();
        // It became the richer one, under its identity.
        assert_eq!(desk.reconcile(), (1, 1, vec![]));
        assert_eq!(desk.store.count().unwrap(), (1, 1));
        let entry = desk.store.first_rows(9, None).unwrap().remove(0);
        assert_eq!(entry.source, Some(std::sync::Arc::new(Clean::line("Kunta"))));
        let Location::Kept(number) = entry.location else { panic!("{entry:?}") };
        assert_eq!(desk.store.copies(number).unwrap().len(), 2);
        // The poorer one adds nothing, and nothing changes when all is looked at again.
        write(&desk, "c.md", &format!("# Kunnan uusi silta\n\n{text} Kiitos kaikille!")).unwrap();
        assert_eq!(desk.reconcile(), (0, 0, vec![]));
        assert_eq!(desk.reconcile(), (0, 0, vec![]));
        assert_eq!(desk.store.copies(number).unwrap().len(), 3);
        // Another day, another figure: other announcements.
        write(&desk, "d.md", &format!("{}{text} Kiitos kaikille!", front.replace("09-11", "10-12"))).unwrap();
        write(&desk, "e.md", &format!("# Kunnan uusi silta\n\n{} Kiitos kaikille!", text.replace("3,5", "4"))).unwrap();
        assert_eq!(desk.reconcile(), (2, 0, vec![]));
        assert_eq!(desk.store.count().unwrap(), (3, 3));
        // A file that was edited into another announcement is one of its own.
        write(&desk, "c.md", &format!("# Kunnan uusi silta\n\n{} Kiitos!", text.replace("puusta", "kivestä"))).unwrap();
        assert_eq!(desk.reconcile(), (1, 0, vec![]));
        assert_eq!(desk.store.copies(number).unwrap().len(), 2);
    }

    #[test]
    fn a_folder_that_is_away_loses_nothing() {
        let mut desk = Desk::new();
        desk.write("a.md", "Tiedote, jonka otsikko on riittävän pitkä");
        desk.reconcile();
        fs::rename(desk.folder.path().join("in"), desk.folder.path().join("away")).unwrap();
        let (came, removed, problems) = desk.reconcile();
        assert_eq!((came, removed, problems.len()), (0, 0, 1));
        assert!(desk.store.file(&desk.folder.path().join("in/a.md")).unwrap().is_some());
        assert_eq!(desk.store.count().unwrap(), (1, 1));
    }
}
