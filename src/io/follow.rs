//! Following the library's folders: looked through once, then watched.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use super::index;
use super::reconcile::{Step, reconcile};
use super::store::{Source, Store};
use super::watch::Watches;
use super::workers::hire;
use crate::app::{Event, Problem, Progress};
use crate::formats;

/// How long further signs are waited for after the first.
const LULL: Duration = Duration::from_millis(150);
/// How long looking may take before it is shown how far it has come, and how often that is told.
const PATIENCE: Duration = Duration::from_millis(500);
const CALM: Duration = Duration::from_millis(200);

/// Brings the library up to date with its folders, and again whenever something changes in them, for as long as
/// anybody listens. `changed` is called after something was taken in, which is told through the library itself, and
/// `looked` once everything was looked at: whoever tells the changes tells that after them.
pub fn follow(
    mut store: Store,
    watches: &Watches,
    events: &Sender<Event>,
    changed: &dyn Fn() -> bool,
    looked: &dyn Fn() -> bool,
) {
    let Ok(sources) = store.sources() else { return };
    let (sender, signs) = channel();
    let paths: Vec<PathBuf> = sources.iter().map(|source| source.path.clone()).collect();
    // Watching begins before looking, so that nothing slips between.
    let complete = watches.start(&watched(&paths), move |path| {
        !paths.iter().any(|source| counts(path, source)) || sender.send(path.to_owned()).is_ok()
    });
    look(&mut store, &sources, None, events, changed);
    if !looked() {
        return;
    }
    renew(&store, events);
    if !complete {
        let _ = events.send(Event::Failed(Problem::Unwatched));
    }
    while let Ok(sign) = signs.recv() {
        let mut paths = BTreeSet::from([sign]);
        while let Ok(further) = signs.recv_timeout(LULL) {
            paths.insert(further);
        }
        // What came in the place of a folder is another one.
        let came = paths.iter().filter(|path| sources.iter().any(|source| source.path == **path));
        came.filter(|path| path.is_dir()).for_each(|path| watches.renew(path));
        let paths: Vec<PathBuf> = paths.into_iter().filter(|path| is_walked(path)).collect();
        if paths.is_empty() {
            continue;
        }
        if !look(&mut store, &sources, Some(&paths), events, changed) {
            return;
        }
        renew(&store, events);
    }
}

/// Makes the index for searching anew beside everything else, where much has changed.
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

/// The folders to watch, each with whether what is in its folders counts: those that are followed, and those they and
/// the files that are followed lie in, where another may take their place.
fn watched(paths: &[PathBuf]) -> Vec<(PathBuf, bool)> {
    let deep: Vec<&PathBuf> = paths.iter().filter(|path| path.is_dir()).collect();
    let parents: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    let parents = parents.into_iter().filter(|parent| !deep.iter().any(|folder| parent.starts_with(folder)));
    parents.map(|parent| (parent.to_owned(), false)).chain(deep.iter().map(|path| ((*path).clone(), true))).collect()
}

/// Whether `path` is `source` or lies in it, in no hidden folder.
fn counts(path: &Path, source: &Path) -> bool {
    let hidden = |part: Component<'_>| part.as_os_str().as_encoded_bytes().starts_with(b".");
    path.strip_prefix(source).is_ok_and(|inner| !inner.components().any(hidden))
}

/// Whether a walk through the folder would take `path`.
fn is_walked(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    !path.is_symlink() && (path.is_dir() || formats::takes(&name.to_string_lossy()) || !path.exists())
}

/// Returns whether anybody listens.
fn look(
    store: &mut Store,
    sources: &[Source],
    only: Option<&[PathBuf]>,
    events: &Sender<Event>,
    changed: &dyn Fn() -> bool,
) -> bool {
    let mut listening = true;
    let (began, mut shown) = (Instant::now(), None::<Instant>);
    let done = reconcile(store, sources, only, &mut |step| {
        listening &= match step {
            Step::Taken(_) => changed(),
            Step::Problem(problem) => events.send(Event::Failed(problem)).is_ok(),
            Step::Looked { files, all } => {
                let due = shown.map_or(began + PATIENCE, |shown| shown + CALM) <= Instant::now();
                if due {
                    shown = Some(Instant::now());
                }
                !due || events.send(Event::Looked(Some(Progress { files, all }))).is_ok()
            }
        };
        listening
    });
    if shown.is_some() {
        listening &= events.send(Event::Looked(None)).is_ok();
    }
    if let Err(fault) = done {
        listening &= events.send(Event::Failed(Problem::at(store.path(), fault.reason))).is_ok();
    }
    listening
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
            std::thread::spawn(move || {
                follow(own, &Watches::default(), &sender, &|| told.send(()).is_ok(), &|| looked.send(()).is_ok());
            });
            let desk = Self { folder, store, taken, _events: events };
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
}
