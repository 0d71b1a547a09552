//! Bringing the library up to date with the folders it follows: what is new, edited, moved or gone.
//! Files whose size and time are as they were are not opened; nothing is forgotten because its file went away.

mod examine;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use examine::{Finding, look};

use crate::app::Problem;
use crate::io::files::folders::Queue;
use crate::io::store::{Fault, FileState, Ingested, ReadFile, Source, SourceKind, Store};
use crate::io::workers::threads;
use crate::model::Id;

/// Files kept at a time: few at first, so that there is something to read at once, then ever more, because pages that
/// many of them change are written once; never so many that a mark waits for long.
const FIRST_BATCH: usize = 32;
const BATCH: usize = 1024;
/// How many times findings are sent before a worker waits for them to be written.
const MOST_SENT: usize = 8;
/// Progress is reported after so many files.
const REPORTED_EVERY: u64 = 64;
/// How long files wait for more of them before they are written.
const BATCH_WAIT: Duration = Duration::from_millis(100);
/// Room is made for no more files than this before they are seen.
const MOST_EXPECTED: usize = 1 << 22;
/// How long the library is left to other writers between two batches.
const WRITE_GAP: Duration = Duration::from_millis(2);

/// A report of [`reconcile`].
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

/// Brings the library up to date with the files of `sources`, or only with those of them that are under one of `only`.
///
/// Progress goes to `tell`, which returns whether to go on.
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
    let (sender, findings) = sync_channel(MOST_SENT);
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
    if only.is_none() && store.is_writable() {
        store.add_sums()?;
    }
    store.rest()
}

/// Writing what the workers find, batch by batch.
struct Intake<'a> {
    store: &'a mut Store,
    /// Where progress is reported; returns whether to go on.
    tell: &'a mut dyn FnMut(Step) -> bool,
    /// The numbers of the files that are still there.
    seen: Vec<i64>,
    touched: Vec<(i64, FileState)>,
    read: Vec<ReadFile>,
    /// How many files make a batch now.
    size: usize,
    /// How many files were looked at.
    looked: u64,
    /// Whether room was made for many files.
    expecting: bool,
}

impl Intake<'_> {
    /// Takes all findings in; `all` returns how many files there are, where that is known.
    fn run(&mut self, findings: &Receiver<Vec<Finding>>, all: &dyn Fn() -> Option<u64>) -> Result<(), Fault> {
        loop {
            let over = match findings.recv_timeout(BATCH_WAIT) {
                Ok(found) => {
                    if !self.note(found, all) {
                        return Ok(());
                    }
                    false
                }
                Err(RecvTimeoutError::Timeout) => {
                    self.size = self.size.min(self.read.len().max(1));
                    false
                }
                Err(RecvTimeoutError::Disconnected) => true,
            };
            if (self.read.len() >= self.size || over && !self.read.is_empty()) && !self.write()? {
                return Ok(());
            }
            if over {
                return if self.touched.is_empty() { Ok(()) } else { self.store.touch_files(&self.touched) };
            }
        }
    }

    /// Notes findings; returns whether to go on.
    fn note(&mut self, found: Vec<Finding>, all: &dyn Fn() -> Option<u64>) -> bool {
        let before = self.looked / REPORTED_EVERY;
        let mut wanted = true;
        for finding in found {
            match finding {
                Finding::Same(number) => self.seen.push(number),
                Finding::Touched(number, state) => {
                    self.seen.push(number);
                    self.touched.push((number, state));
                }
                Finding::Read(file, problems) => {
                    self.read.push(*file);
                    wanted &= problems.into_iter().all(|problem| (self.tell)(Step::Problem(problem)));
                }
                Finding::Problem(problem) => wanted &= (self.tell)(Step::Problem(problem)),
            }
            self.looked += 1;
        }
        let due = self.looked / REPORTED_EVERY > before;
        wanted && (!due || (self.tell)(Step::Looked { files: self.looked, all: all() }))
    }

    /// Writes the files that were read as one batch; returns whether to go on.
    fn write(&mut self) -> Result<bool, Fault> {
        // Room is made only where something is taken in.
        if !std::mem::replace(&mut self.expecting, true) {
            self.store.expect_many()?;
        }
        let taken = self.store.ingest(&self.read);
        self.read.clear();
        self.size = (self.size * 2).clamp(FIRST_BATCH, BATCH);
        let taken = taken?;
        self.seen.extend(&taken.files);
        if !(self.tell)(Step::Taken(taken)) {
            return Ok(false);
        }
        std::thread::sleep(WRITE_GAP);
        Ok(true)
    }
}

/// Writes what the workers find; returns the numbers of the files that are still there, and whether that went well.
fn take_in(
    store: &mut Store,
    findings: Receiver<Vec<Finding>>,
    all: &dyn Fn() -> Option<u64>,
    tell: &mut dyn FnMut(Step) -> bool,
) -> (Vec<i64>, Result<(), Fault>) {
    let seen = Vec::with_capacity(store.most_files().min(MOST_EXPECTED));
    let (touched, read) = (Vec::new(), Vec::new());
    let mut intake = Intake { store, tell, seen, touched, read, size: FIRST_BATCH, looked: 0, expecting: false };
    let done = intake.run(&findings, all);
    drop(findings);
    let done = if intake.expecting { done.and(intake.store.expect_few()) } else { done };
    (intake.seen, done)
}

/// Forgets files that are no longer in their folder, unless the folder itself is away. Their announcements stay.
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

/// Forgets the announcements of `group` unless a file holds one; returns that file. Files that are gone are forgotten.
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

/// Reports whether there is nothing at `path`; what cannot be looked at may be there.
fn is_gone(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store;
    use crate::model::Location;
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
