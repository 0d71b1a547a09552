//! Hints that something changed in a folder. The folder itself is the truth.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// A hint that something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint<'a> {
    /// Something was written, made, moved or removed at a path.
    At(&'a Path),
    /// Hints were lost: anything may have changed anywhere.
    Lost,
}

/// Everything that is watched, so that it can be ended together. Watches last as long as one of these does.
#[derive(Clone, Default)]
pub struct Watches(Arc<Mutex<Vec<Watch>>>);

struct Watch {
    /// Who watches.
    name: &'static str,
    watcher: RecommendedWatcher,
    /// Each folder with whether what is in its folders counts too.
    folders: Vec<(PathBuf, bool)>,
}

impl fmt::Debug for Watches {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folders: Vec<(PathBuf, bool)> = self.all().iter().flat_map(|watch| watch.folders.clone()).collect();
        formatter.debug_tuple("Watches").field(&folders).finish()
    }
}

impl Watches {
    fn all(&self) -> MutexGuard<'_, Vec<Watch>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reports whether nothing is watched yet, without waiting for a watch that is just being made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.try_lock().is_ok_and(|watches| watches.is_empty())
    }

    /// Calls `told` with hints of what changes below `folders`, each given with whether its subfolders count too. What was
    /// watched under the same name is watched no more from then on. Returns whether every folder can be watched.
    pub fn start(
        &self,
        name: &'static str,
        folders: &[(PathBuf, bool)],
        told: impl Fn(Hint<'_>) -> bool + Send + 'static,
    ) -> bool {
        let handler = move |event: notify::Result<notify::Event>| {
            hints(&event, &mut |hint| {
                told(hint);
            });
        };
        let Ok(mut watcher) = notify::recommended_watcher(handler) else { return folders.is_empty() };
        let mut watched = Vec::new();
        for (folder, deep) in folders {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            if watcher.watch(folder, mode).is_ok() {
                watched.push((folder.clone(), *deep));
            }
        }
        let complete = watched.len() == folders.len();
        let mut all = self.all();
        let before = all.iter().position(|watch| watch.name == name).map(|at| all.swap_remove(at));
        all.push(Watch { name, watcher, folders: watched });
        drop(all);
        // Nobody waits while it is closed.
        drop(before);
        complete
    }

    /// Watches `folder` with all that is in it anew, where it is watched or the folder it lies in is: another may have
    /// taken its place, or it has just come.
    pub fn renew(&self, folder: &Path) {
        for Watch { watcher, folders, .. } in self.all().iter_mut() {
            let known = folders.iter().any(|(watched, deep)| *deep && watched == folder);
            if !known && !folders.iter().any(|(watched, _)| folder.parent() == Some(watched)) {
                continue;
            }
            // Of one that has gone, nothing is watched any more.
            let _ = watcher.unwatch(folder);
            if watcher.watch(folder, RecursiveMode::Recursive).is_ok() && !known {
                folders.push((folder.to_owned(), true));
            }
        }
    }

    /// Ends all watching, shortly before the program ends.
    ///
    /// A system may let a program that ends with folders watched wait until nobody looks at the watches any more,
    /// which takes Linux 5 to 25 ms; of watches taken back before it rids itself when it has time.
    pub fn end(&self) {
        let watches = std::mem::take(&mut *self.all());
        for Watch { mut watcher, folders, .. } in watches {
            for (folder, _) in folders {
                // A folder that is gone is not watched any more.
                let _ = watcher.unwatch(&folder);
            }
            // Closing it at once would wait for the same.
            std::mem::forget(watcher);
        }
    }
}

/// Calls `told` with what an event of the system hints at.
fn hints(event: &notify::Result<notify::Event>, told: &mut dyn FnMut(Hint<'_>)) {
    match event {
        // The system's queue was full, for instance while the program was suspended; or the watcher failed.
        Ok(event) if event.need_rescan() => told(Hint::Lost),
        Err(_) => told(Hint::Lost),
        Ok(event) => {
            let changes = match event.kind {
                // Reading a file is no news; otherwise looking at what changed would never end.
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
                EventKind::Access(_) => false,
                _ => true,
            };
            if changes {
                event.paths.iter().for_each(|path| told(Hint::At(path)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, Flag};
    use std::fs;
    use std::sync::mpsc::channel;
    use std::time::Duration;

    #[test]
    fn lost_hints_are_told_as_such() {
        let told = |event: notify::Result<notify::Event>| {
            let mut told = Vec::new();
            hints(&event, &mut |hint| told.push(format!("{hint:?}")));
            told
        };
        let made = notify::Event::new(EventKind::Create(CreateKind::File)).add_path("/in/a.md".into());
        assert_eq!(told(Ok(made)), ["At(\"/in/a.md\")"]);
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert_eq!(told(Ok(notify::Event::new(read).add_path("/in/a.md".into()))), Vec::<String>::new());
        assert_eq!(told(Ok(notify::Event::new(EventKind::Other).set_flag(Flag::Rescan))), ["Lost"]);
        assert_eq!(told(Err(notify::Error::generic("no room"))), ["Lost"]);
    }

    #[test]
    fn what_is_watched_is_told_until_it_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("in");
        fs::create_dir(&inside).unwrap();
        let (sender, told) = channel();
        let watches = Watches::default();
        assert!(watches.is_empty());
        let tell = move |hint: Hint<'_>| match hint {
            Hint::At(path) => sender.send(path.to_owned()).is_ok(),
            Hint::Lost => true,
        };
        assert!(watches.start("all", &[(folder.path().to_owned(), true)], tell));
        fs::write(inside.join("a.md"), "a").unwrap();
        assert_eq!(told.recv_timeout(Duration::from_secs(20)).unwrap(), inside.join("a.md"));
        watches.end();
        assert!(watches.is_empty());
        // What was noticed before has been told by now, since taking watches back is answered after it.
        while told.try_recv().is_ok() {}
        fs::write(inside.join("b.md"), "b").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err());
        assert!(!watches.start("none", &[(folder.path().join("none"), true)], |_| true));
    }

    #[test]
    fn what_takes_the_place_of_a_watch_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let (sender, told) = channel();
        let watches = Watches::default();
        for name in ["before", "after"] {
            let (folder, sender) = (folder.path().join(name), sender.clone());
            fs::create_dir(&folder).unwrap();
            let tell = move |hint: Hint<'_>| match hint {
                Hint::At(path) => sender.send(path.to_owned()).is_ok(),
                Hint::Lost => true,
            };
            assert!(watches.start("one", &[(folder, true)], tell));
        }
        fs::write(folder.path().join("before/a.md"), "a").unwrap();
        fs::write(folder.path().join("after/b.md"), "b").unwrap();
        assert_eq!(told.recv_timeout(Duration::from_secs(20)).unwrap(), folder.path().join("after/b.md"));
        assert_eq!(watches.all().len(), 1);
    }
}
