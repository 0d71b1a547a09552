//! The thread that follows the library's folders: it looks through them once, then at what changes in them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::reconcile::{Step, reconcile};
use crate::app::{Event, Problem, Progress};
use crate::formats;
use crate::io::files::folders::belongs_to_page;
use crate::io::files::watch::{Hint, Watches};
use crate::io::search::index;
use crate::io::store::{Source, SourceKind, Store};
use crate::io::workers::hire;

/// How long a path that changed waits for further ones.
const GATHER_TIME: Duration = Duration::from_millis(150);
/// How long a scan of the followed folders runs before its progress is reported.
const PROGRESS_DELAY: Duration = Duration::from_millis(500);
/// The least time between two reports of progress.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// Something that makes the thread look again.
#[derive(Debug)]
pub enum Sign {
    /// Something changed at a path.
    Changed(PathBuf),
    /// Hints of changes were lost: anything may have changed.
    Lost,
    /// Something else is followed now.
    Sources,
}

/// The signs that came and were not looked at yet.
#[derive(Debug)]
pub struct Signs {
    /// Where signs are sent to.
    pub sender: Sender<Sign>,
    receiver: Receiver<Sign>,
    /// The paths that changed.
    paths: BTreeSet<PathBuf>,
    /// Whether anything may have changed.
    lost: bool,
    /// Whether what is followed has changed.
    outdated: bool,
}

impl Signs {
    /// Makes an empty set.
    pub fn new() -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, paths: BTreeSet::new(), lost: false, outdated: false }
    }

    fn note(&mut self, sign: Sign) {
        match sign {
            Sign::Changed(path) => drop(self.paths.insert(path)),
            Sign::Lost => self.lost = true,
            Sign::Sources => self.outdated = true,
        }
    }

    /// Notes the signs that wait; returns whether what is followed is still the same.
    fn gather(&mut self) -> bool {
        while let Ok(sign) = self.receiver.try_recv() {
            self.note(sign);
        }
        !self.outdated
    }

    /// Waits for the next sign and for those that follow close on it.
    fn wait(&mut self) -> Option<()> {
        let first = self.receiver.recv().ok()?;
        self.note(first);
        while !self.outdated
            && let Ok(further) = self.receiver.recv_timeout(GATHER_TIME)
        {
            self.note(further);
        }
        Some(())
    }
}

/// Keeps the library up to date with its folders, and with what is followed, for as long as anybody listens.
///
/// `changed` is called after something was taken in, and `looked` once everything was looked at; both return whether
/// anybody listens. What changed is read from the library itself.
pub fn follow(
    store: Store,
    watches: &Watches,
    signs: Signs,
    events: &Sender<Event>,
    changed: &dyn Fn() -> bool,
    looked: &dyn Fn() -> bool,
) {
    let mut following = Following { store, watches, signs, events, changed, sources: Vec::new(), complete: true };
    // Watching begins before looking, so that nothing slips between.
    if following.begin().is_none() {
        return;
    }
    while let Looked::Outdated = following.look(None) {
        if following.begin().is_none() {
            return;
        }
    }
    if !looked() {
        return;
    }
    renew(&following.store, events);
    if !following.complete {
        let _ = events.send(Event::Failed(Problem::Unwatched));
    }
    let mut left = Scope::Paths(Vec::new());
    while let Some(scope) = following.next(left) {
        let only = match &scope {
            Scope::Everything => None,
            Scope::Paths(paths) => Some(paths.as_slice()),
        };
        left = match following.look(only) {
            Looked::Whole => Scope::Paths(Vec::new()),
            Looked::Outdated => scope,
            Looked::Unheard => return,
        };
        renew(&following.store, events);
    }
}

/// What is to be looked at.
enum Scope {
    /// All that is followed.
    Everything,
    /// These paths.
    Paths(Vec<PathBuf>),
}

/// The outcome of a scan.
enum Looked {
    /// All that was asked for was looked at.
    Whole,
    /// Something else is followed meanwhile.
    Outdated,
    /// Nobody listens any more.
    Unheard,
}

/// The folders and files that are followed.
struct Following<'a> {
    store: Store,
    watches: &'a Watches,
    signs: Signs,
    events: &'a Sender<Event>,
    changed: &'a dyn Fn() -> bool,
    sources: Vec<Source>,
    /// Whether all of them are watched.
    complete: bool,
}

impl Following<'_> {
    /// Starts watching what is followed now, and nothing else; returns what was not followed before.
    fn begin(&mut self) -> Option<Vec<PathBuf>> {
        self.signs.outdated = false;
        let mut now = self.store.sources().ok()?;
        // Feeds are fetched, not watched.
        now.retain(|source| source.kind == SourceKind::Path);
        let paths: Vec<PathBuf> = now.iter().map(|source| source.path.clone()).collect();
        let (sources, sender) = (now.clone(), self.signs.sender.clone());
        self.complete = self.watches.start("folders", &watched(&paths), move |hint| match hint {
            Hint::Lost => sender.send(Sign::Lost).is_ok(),
            Hint::At(path) => {
                let counts = sources.iter().any(|source| source.holds(path));
                !counts || sender.send(Sign::Changed(path.to_owned())).is_ok()
            }
        });
        let before = std::mem::replace(&mut self.sources, now);
        let came = self.sources.iter().filter(|source| !before.contains(source));
        Some(came.map(|source| source.path.clone()).collect())
    }

    /// Waits until there is something to look at and returns it: what is `left` and what the signs name.
    fn next(&mut self, left: Scope) -> Option<Scope> {
        let (mut everything, mut paths) = match left {
            Scope::Everything => (true, Vec::new()),
            Scope::Paths(paths) => (false, paths),
        };
        loop {
            if !self.signs.gather() {
                let came = self.begin()?;
                if !self.complete && !came.is_empty() {
                    self.events.send(Event::Failed(Problem::Unwatched)).ok()?;
                }
                paths.extend(came);
            }
            paths.extend(std::mem::take(&mut self.signs.paths));
            // What came in the place of a folder is another one.
            let anew = paths.iter().filter(|path| self.sources.iter().any(|source| source.path == **path));
            anew.filter(|path| path.is_dir()).for_each(|path| self.watches.renew(path));
            everything |= std::mem::take(&mut self.signs.lost);
            if everything {
                // Folders may have come whose watches were never made.
                self.sources
                    .iter()
                    .filter(|source| source.path.is_dir())
                    .for_each(|source| self.watches.renew(&source.path));
                return Some(Scope::Everything);
            }
            paths.retain(|path| self.sources.iter().any(|source| source.holds(path) && is_walked(&source.path, path)));
            if !paths.is_empty() {
                return Some(Scope::Paths(paths));
            }
            self.signs.wait()?;
        }
    }

    /// Looks at everything or at these paths; stops when something else is followed.
    fn look(&mut self, only: Option<&[PathBuf]>) -> Looked {
        let Self { store, signs, events, changed, sources, .. } = self;
        let (mut listening, mut current) = (true, true);
        let (began, mut shown) = (Instant::now(), None::<Instant>);
        let done = reconcile(store, sources, only, &mut |step| {
            listening &= match step {
                Step::Taken(_) => changed(),
                Step::Problem(problem) => events.send(Event::Failed(problem)).is_ok(),
                Step::Looked { files, all } => {
                    let due = shown.map_or(began + PROGRESS_DELAY, |shown| shown + PROGRESS_INTERVAL) <= Instant::now();
                    if due {
                        shown = Some(Instant::now());
                    }
                    !due || events.send(Event::Looked(Some(Progress { files, all }))).is_ok()
                }
            };
            current = signs.gather();
            listening && current
        });
        if shown.is_some() {
            listening &= events.send(Event::Looked(None)).is_ok();
        }
        if let Err(fault) = done {
            listening &= events.send(Event::Failed(Problem::at(store.path(), fault.reason))).is_ok();
        }
        match (listening, current) {
            (false, _) => Looked::Unheard,
            (true, false) => Looked::Outdated,
            (true, true) => Looked::Whole,
        }
    }
}

/// Builds the search index anew on a thread of its own where much has changed.
fn renew(store: &Store, events: &Sender<Event>) {
    if index::is_stale(store)
        && let Ok(store) = store.another()
    {
        hire("index", events, move || {
            // Without it searching is only slower; another program may be at it.
            let _ = index::build(&store, &|| false);
        });
    }
}

/// Returns the folders to watch, each with whether its subfolders count: those that are followed, and the parents of
/// what is followed, where another folder or file may take its place.
fn watched(paths: &[PathBuf]) -> Vec<(PathBuf, bool)> {
    let deep: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    let parents: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    let parents = parents.into_iter().filter(|parent| !deep.iter().any(|folder| parent.starts_with(folder)));
    parents.map(|parent| (parent.to_owned(), false)).chain(deep.iter().map(|path| ((*path).clone(), true))).collect()
}

/// Reports whether a walk through the folder `root` would read `path`.
fn is_walked(root: &Path, path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    let inner = path.ancestors().take_while(|folder| *folder != root);
    !path.is_symlink()
        && (path.is_dir() || formats::takes(&name.to_string_lossy()) || !path.exists())
        && !inner.into_iter().any(belongs_to_page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store;
    use std::fs;
    use std::sync::mpsc::Receiver;

    struct Desk {
        folder: tempfile::TempDir,
        store: Store,
        taken: Receiver<()>,
        signs: Sender<Sign>,
        watches: Watches,
        /// They are followed as long as somebody listens.
        _events: Receiver<Event>,
    }

    impl Desk {
        /// Follows the folder `in`, the file `one.md` and the folder `later`, which is not there yet.
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("in")).unwrap();
            write(&folder.path().join("one.md"), "Alku");
            let store = store::open(&folder.path().join("library.db")).store.unwrap();
            for name in ["in", "one.md", "later"] {
                store.add_source(&folder.path().canonicalize().unwrap().join(name)).unwrap();
            }
            let (sender, events) = channel();
            let (told, taken) = channel();
            let own = store.another().unwrap();
            let looked = told.clone();
            let own_signs = Signs::new();
            let signs = own_signs.sender.clone();
            // While it first looks something else is followed: it begins anew.
            signs.send(Sign::Sources).unwrap();
            let watches = Watches::default();
            let own_watches = watches.clone();
            std::thread::spawn(move || {
                let told = || told.send(()).is_ok();
                follow(own, &own_watches, own_signs, &sender, &told, &|| looked.send(()).is_ok());
            });
            let desk = Self { folder, store, taken, signs, watches, _events: events };
            desk.has("Alku");
            desk
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn titles(&self) -> Vec<String> {
            let rows = self.store.first_rows(99, None).unwrap();
            rows.iter().map(|entry| entry.title.to_string()).collect()
        }

        /// Waits until an announcement of that title was taken in.
        fn has(&self, title: &str) {
            while !self.titles().iter().any(|known| known == title) {
                self.taken.recv_timeout(Duration::from_secs(20)).unwrap();
            }
        }
    }

    fn write(path: &Path, title: &str) {
        fs::write(path, format!("# {title}\n\nTeksti.")).unwrap();
    }

    #[test]
    fn what_takes_the_place_of_a_folder_or_file_is_followed() {
        let desk = Desk::new();
        for title in ["Toinen", "Kolmas", "Neljäs"] {
            write(&desk.path(".new"), title);
            fs::rename(desk.path(".new"), desk.path("one.md")).unwrap();
            desk.has(title);
        }
        for round in 0..2 {
            fs::remove_dir_all(desk.path("in")).unwrap();
            fs::create_dir_all(desk.path("in/sub")).unwrap();
            for name in ["in/a.md", "in/sub/b.md", "in/a.md"] {
                let title = format!("Kierros {round} {name}");
                write(&desk.path(name), &title);
                desk.has(&title);
            }
        }
    }

    #[test]
    fn a_folder_that_comes_later_is_followed_from_then_on() {
        let desk = Desk::new();
        fs::create_dir(desk.path("later")).unwrap();
        for name in ["later/a.md", "later/b.md", "later/sub/c.md", "later/b.md"] {
            fs::create_dir_all(desk.path(name).parent().unwrap()).unwrap();
            let title = format!("Myöhemmin {name}");
            write(&desk.path(name), &title);
            desk.has(&title);
        }
    }

    #[test]
    fn after_lost_hints_everything_is_looked_at_again() {
        let desk = Desk::new();
        write(&desk.path("in/gone.md"), "Poistuva");
        desk.has("Poistuva");
        // What happens now is not noticed.
        desk.watches.end();
        fs::remove_file(desk.path("in/gone.md")).unwrap();
        fs::create_dir_all(desk.path("in/sub/deeper")).unwrap();
        write(&desk.path("in/sub/deeper/a.md"), "Huomaamatta");
        write(&desk.path("one.md"), "Muuttunut");
        desk.signs.send(Sign::Lost).unwrap();
        desk.has("Huomaamatta");
        desk.has("Muuttunut");
        let gone = desk.folder.path().canonicalize().unwrap().join("in/gone.md");
        // The next look begins when that one is over.
        write(&desk.path("in/next.md"), "Seuraava");
        desk.signs.send(Sign::Changed(gone.with_file_name("next.md"))).unwrap();
        desk.has("Seuraava");
        assert_eq!(desk.store.file(&gone).unwrap(), None);
    }

    #[test]
    fn the_parts_of_a_page_saved_later_are_not_taken_in() {
        let desk = Desk::new();
        fs::create_dir_all(desk.path("in/page_files")).unwrap();
        let page = "<html><head><title>Sivu avataan</title></head><body><p>Teksti.</p></body></html>";
        fs::write(desk.path("in/page.html"), page).unwrap();
        desk.has("Sivu avataan");
        write(&desk.path("in/page_files/part.md"), "Osa");
        write(&desk.path("in/z.md"), "Muu");
        desk.has("Muu");
        assert!(!desk.titles().contains(&"Osa".to_owned()));
    }

    #[test]
    fn what_is_hidden_or_beside_is_not_taken_in() {
        let desk = Desk::new();
        fs::create_dir_all(desk.path("in/.git")).unwrap();
        fs::create_dir_all(desk.path("in/sub")).unwrap();
        write(&desk.path("in/sub/a.md"), "Näkyvä");
        desk.has("Näkyvä");
        write(&desk.path("in/.git/b.md"), "Piilossa");
        write(&desk.path("beside.md"), "Vieressä");
        write(&desk.path("in/c.md"), "Toinen näkyvä");
        desk.has("Toinen näkyvä");
        assert_eq!(desk.titles().len(), 3, "{:?}", desk.titles());
    }

    #[test]
    fn what_is_followed_no_longer_is_not_looked_at_and_what_is_again_is() {
        let mut desk = Desk::new();
        write(&desk.path("in/a.md"), "Ennen");
        desk.has("Ennen");
        let folder = desk.folder.path().canonicalize().unwrap().join("in");
        let source = desk.store.sources().unwrap().into_iter().find(|source| source.path == folder).unwrap();
        desk.store.remove_source(source.number).unwrap();
        desk.signs.send(Sign::Sources).unwrap();
        write(&desk.path("in/b.md"), "Välissä");
        write(&desk.path("one.md"), "Toisaalla");
        desk.has("Toisaalla");
        assert!(!desk.titles().contains(&"Välissä".to_owned()) && desk.titles().contains(&"Ennen".to_owned()));
        assert_ne!(desk.store.add_source(&folder).unwrap(), source.number);
        desk.signs.send(Sign::Sources).unwrap();
        desk.has("Välissä");
        write(&desk.path("in/c.md"), "Jälkeen");
        desk.has("Jälkeen");
        let mut titles = desk.titles();
        titles.sort();
        assert_eq!(titles, ["Ennen", "Jälkeen", "Toisaalla", "Välissä"]);
    }
}
