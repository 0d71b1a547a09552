//! Finding the announcements under the paths that were given, several files at a time.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};
use std::ffi::OsString;
use std::fs::FileType;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::read::{self, Listed};
use crate::app::{Problem, Reason};
use crate::formats;
use crate::io::reason;
use crate::io::workers::threads;
use crate::model::{Announcement, Entry, Location};

/// Folders deeper than this below a given path are not looked into.
const DEEPEST: usize = 64;
/// What is added to the name of a saved page, without its ending, to name the folder with the page's pictures and frames:
/// as browsers in many languages do.
const PAGE_FOLDERS: [&str; 12] = [
    "_files",
    ".files",
    "-files",
    "_tiedostot",
    "-tiedostot",
    "-filer",
    "_filer",
    "_file",
    "_fichiers",
    "_Dateien",
    "-Dateien",
    "_archivos",
];
/// The endings of pages.
const PAGES: [&str; 5] = ["html", "htm", "xhtml", "html.gz", "htm.gz"];

/// Entries sent first: as many as a screen of forty rows shows.
const FIRST_BATCH: usize = 10;
/// Afterwards what was found is sent so often, which keeps the list growing and the screen calm.
const BATCH_TIME: Duration = Duration::from_millis(120);

/// What a scan has found.
#[derive(Debug)]
pub enum Found {
    /// Announcements.
    Entries(Vec<Entry>),
    /// The texts of the announcements that come first, one of which is about to be shown.
    Texts(Vec<(Location, Announcement)>),
    /// Something that could not be read.
    Problem(Problem),
}

/// Reads what the list needs of every file under `paths` and hands it to `tell`, in batches; folders are looked into
/// with all that is in them, newest names first.
///
/// `tell` returns whether anyone still wants to know.
pub fn scan(paths: &[PathBuf], tell: &(dyn Fn(Found) -> bool + Sync)) {
    let queue = Mutex::new(Queue::new(paths));
    // The first screen comes before haste: until it can be filled there is one thread, which leaves the others' time
    // to whoever draws it.
    if !work(&queue, tell, true) {
        return;
    }
    std::thread::scope(|scope| {
        for number in 1..threads() {
            let worker = std::thread::Builder::new().name(format!("scan {number}"));
            // Fewer threads only take longer.
            let _ = worker.spawn_scoped(scope, || work(&queue, tell, false));
        }
        work(&queue, tell, false);
    });
}

/// The announcements of a file; or what stands in their way or was left out of it.
pub type WholeFile = Result<(Arc<PathBuf>, Vec<Announcement>), Problem>;

/// Reads every file under `paths` whole, several at a time, and hands over its announcements, or what cannot be read.
///
/// `tell` returns whether anyone still wants to know; it is called on several threads at once.
pub fn read_whole(paths: &[PathBuf], tell: &(dyn Fn(WholeFile) -> bool + Sync)) {
    let queue = Mutex::new(Queue::new(paths));
    let work = || {
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(path) = next else { return };
            let (read, problems) = match path.and_then(|path| Ok((read::read(&path, true)?, path))) {
                Ok((read, path)) => {
                    let problems = read.left_out(&path);
                    (Ok((Arc::new(path), read.reading.announcements)), problems)
                }
                Err(problem) => (Err(problem), Vec::new()),
            };
            if !tell(read) || !problems.into_iter().all(|problem| tell(Err(problem))) {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for number in 1..threads() {
            let worker = std::thread::Builder::new().name(format!("read {number}"));
            // Fewer threads only take longer.
            let _ = worker.spawn_scoped(scope, work);
        }
        work();
    });
}

/// Returns the files that a scan of `paths` would read, in its order, and what cannot be read.
#[must_use]
pub fn list_files(paths: &[PathBuf]) -> Vec<Result<PathBuf, Problem>> {
    let mut queue = Queue::new(paths);
    std::iter::from_fn(|| queue.next()).collect()
}

/// Reads files until there are none left, or until the first screen can be filled; whether there is more to do.
fn work(queue: &Mutex<Queue>, tell: &(dyn Fn(Found) -> bool + Sync), first_screen: bool) -> bool {
    let (mut batch, mut texts) = (Vec::new(), Vec::new());
    let mut sent = Instant::now();
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some(path) = next else {
            let wanted =
                (texts.is_empty() || tell(Found::Texts(texts))) && (batch.is_empty() || tell(Found::Entries(batch)));
            return wanted && !first_screen;
        };
        let mut wanted = match path.and_then(|path| read::list(&path)) {
            Ok(Listed { entries, announcements, complete, problems }) => {
                if first_screen && complete {
                    texts.extend(entries.iter().map(|entry| entry.location.clone()).zip(announcements));
                }
                batch.extend(entries);
                problems.into_iter().all(|problem| tell(Found::Problem(problem)))
            }
            Err(problem) => tell(Found::Problem(problem)),
        };
        let due = if first_screen { batch.len() >= FIRST_BATCH } else { sent.elapsed() >= BATCH_TIME };
        if due && !batch.is_empty() {
            wanted &= texts.is_empty() || tell(Found::Texts(std::mem::take(&mut texts)));
            wanted &= tell(Found::Entries(std::mem::take(&mut batch)));
            sent = Instant::now();
            if first_screen {
                return wanted;
            }
        }
        if !wanted {
            return false;
        }
    }
}

/// Files still to be read; folders are opened when their turn comes.
pub(in crate::io) struct Queue {
    files: VecDeque<PathBuf>,
    folders: VecDeque<Folder>,
    opened: Option<(Folder, BinaryHeap<Name>)>,
    problems: VecDeque<Problem>,
    /// Files handed out.
    handed: u64,
}

struct Folder {
    path: PathBuf,
    /// The given path it lies under, resolved: links that lead out of it are not followed.
    root: PathBuf,
    depth: usize,
}

/// A name in an opened folder. A heap of them has the newest ready at once; the others are sorted while it is read.
struct Name(OsString, FileType);

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Name {}

impl Queue {
    /// Makes a queue of `paths`.
    pub(in crate::io) fn new(paths: &[PathBuf]) -> Self {
        let mut queue = Self {
            files: VecDeque::new(),
            folders: VecDeque::new(),
            opened: None,
            problems: VecDeque::new(),
            handed: 0,
        };
        for path in paths {
            match path.metadata() {
                Ok(metadata) if metadata.is_dir() => {
                    let root = path.canonicalize().unwrap_or_else(|_| path.clone());
                    queue.folders.push_back(Folder { path: path.clone(), root, depth: 0 });
                }
                Ok(_) => queue.files.push_back(path.clone()),
                Err(error) => queue.problem(path, reason::of(&error)),
            }
        }
        queue
    }

    fn problem(&mut self, path: &Path, reason: Reason) {
        self.problems.push_back(Problem::at(path, reason));
    }

    /// Returns how many files there are, with those handed out; `None` while folders wait to be opened.
    pub(in crate::io) fn all(&self) -> Option<u64> {
        let waiting = self.files.len() + self.opened.as_ref().map_or(0, |(_, names)| names.len());
        self.folders.is_empty().then_some(self.handed + waiting as u64)
    }

    /// Returns the next file, or what cannot be read.
    pub(in crate::io) fn next(&mut self) -> Option<Result<PathBuf, Problem>> {
        loop {
            if let Some(problem) = self.problems.pop_front() {
                return Some(Err(problem));
            }
            if let Some(file) = self.files.pop_front() {
                self.handed += 1;
                return Some(Ok(file));
            }
            if let Some((folder, mut names)) = self.opened.take() {
                if let Some(name) = names.pop() {
                    self.take(name, &folder);
                    self.opened = Some((folder, names));
                }
                continue;
            }
            let folder = self.folders.pop_front()?;
            self.open(folder);
        }
    }

    fn open(&mut self, folder: Folder) {
        let entries = match folder.path.read_dir() {
            Ok(entries) => entries,
            Err(error) => return self.problem(&folder.path, reason::of(&error)),
        };
        let names: BinaryHeap<Name> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| Some(Name(entry.file_name(), entry.file_type().ok()?)))
            .filter(|Name(name, _)| !name.as_encoded_bytes().starts_with(b"."))
            .collect();
        self.opened = Some((folder, names));
    }

    fn take(&mut self, Name(name, kind): Name, folder: &Folder) {
        let path = folder.path.join(&name);
        if kind.is_dir() && belongs_to_page(&path) {
            return;
        }
        let (is_dir, is_file) =
            if kind.is_symlink() { self.resolve(&path, folder) } else { (kind.is_dir(), kind.is_file()) };
        if is_dir && folder.depth >= DEEPEST {
            self.problem(&path, Reason::TooDeep);
        } else if is_dir {
            self.folders.push_back(Folder { path, root: folder.root.clone(), depth: folder.depth + 1 });
        } else if is_file && formats::takes(&name.to_string_lossy()) {
            self.files.push_back(path);
        }
    }

    /// Returns whether a link leads to a folder or a file: only files under the given path count; folders would be read
    /// twice.
    fn resolve(&mut self, path: &Path, folder: &Folder) -> (bool, bool) {
        match path.canonicalize() {
            Ok(target) if target.starts_with(&folder.root) => (false, target.is_file()),
            Ok(_) => {
                self.problem(path, Reason::LinkOut);
                (false, false)
            }
            Err(error) => {
                self.problem(path, reason::of(&error));
                (false, false)
            }
        }
    }
}

/// Reports whether `folder` is one that a browser made beside a page it saved: its files are parts of that page.
#[must_use]
pub fn belongs_to_page(folder: &Path) -> bool {
    let Some(name) = folder.file_name().map(|name| name.to_string_lossy()) else { return false };
    PAGE_FOLDERS.iter().filter_map(|added| name.strip_suffix(added)).any(|page| {
        !page.is_empty() && PAGES.iter().any(|ending| folder.with_file_name(format!("{page}.{ending}")).is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn found(paths: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let (titles, problems) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
        scan(paths, &|found| {
            match found {
                Found::Entries(entries) => {
                    titles.lock().unwrap().extend(entries.iter().map(|entry| entry.title.to_string()));
                }
                Found::Texts(_) => {}
                Found::Problem(problem) => problems.lock().unwrap().push(problem.to_string()),
            }
            true
        });
        let (mut titles, problems) = (titles.into_inner().unwrap(), problems.into_inner().unwrap());
        titles.sort();
        (titles, problems)
    }

    #[test]
    fn folders_are_read_with_all_that_is_in_them() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("a.md"), "# Yksi\n\nTeksti.").unwrap();
        fs::write(folder.path().join("sub/b.md"), "# Kaksi\n\nTeksti.").unwrap();
        fs::write(folder.path().join("picture.png"), "not an announcement").unwrap();
        fs::write(folder.path().join(".hidden.md"), "# Piilossa").unwrap();
        let (titles, problems) = found(&[folder.path().to_owned()]);
        assert_eq!(titles, ["Kaksi", "Yksi"]);
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn the_parts_of_a_saved_page_are_no_announcements() {
        let folder = tempfile::tempdir().unwrap();
        let page = "<html><head><title>Silta avataan</title></head><body><p>Teksti.</p></body></html>";
        for (name, parts) in [("a.html", "a_files"), ("b ä.htm", "b ä_tiedostot"), ("c.html", "c-filer")] {
            fs::write(folder.path().join(name), page.replace("Silta", name)).unwrap();
            fs::create_dir_all(folder.path().join(parts).join("deeper")).unwrap();
            fs::write(folder.path().join(parts).join("saved_resource.html"), page).unwrap();
            fs::write(folder.path().join(parts).join("deeper/LICENSE.txt"), "MIT").unwrap();
        }
        // Without a page beside it, it is a folder like others.
        fs::create_dir(folder.path().join("own_files")).unwrap();
        fs::write(folder.path().join("own_files/d.md"), "# Oma\n\nTeksti.").unwrap();
        let (titles, problems) = found(&[folder.path().to_owned()]);
        assert_eq!(titles, ["Oma", "a.html avataan", "b ä.htm avataan", "c.html avataan"]);
        assert_eq!(problems, Vec::<String>::new());
    }

    #[test]
    fn what_cannot_be_read_is_told_and_the_rest_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.md"), "# Yksi\n\nTeksti.").unwrap();
        std::os::unix::fs::symlink("/etc/hosts", folder.path().join("out.txt")).unwrap();
        let missing = folder.path().join("missing\u{1b}[2J.md");
        let (titles, problems) = found(&[missing, folder.path().to_owned()]);
        assert_eq!(titles, ["Yksi"]);
        assert_eq!(problems.len(), 2);
        assert!(problems.iter().all(|problem| !problem.contains('\u{1b}')));
        assert!(problems[0].ends_with("no such file or folder"), "{problems:?}");
        assert!(problems[1].ends_with("was not followed"), "{problems:?}");
    }
}
