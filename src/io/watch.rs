//! Hints that something changed in a folder. The folder itself is the truth.

use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Watches folders as long as it lives.
pub struct Watch {
    watcher: RecommendedWatcher,
    /// Whether every folder could be watched.
    pub complete: bool,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Watch").field("complete", &self.complete).finish_non_exhaustive()
    }
}

impl Watch {
    /// Calls `told` with every path below `folders` that was written, made, moved or removed; each folder with whether
    /// what is in its folders counts too. `None` where nothing can be watched.
    pub fn start(folders: &[(PathBuf, bool)], told: impl Fn(&Path) -> bool + Send + 'static) -> Option<Self> {
        let handler = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let changes = match event.kind {
                // Reading a file is no news; otherwise looking at what changed would never end.
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
                EventKind::Access(_) => false,
                _ => true,
            };
            if changes {
                for path in &event.paths {
                    told(path);
                }
            }
        };
        let mut watcher = notify::recommended_watcher(handler).ok()?;
        let mut complete = true;
        for (folder, deep) in folders {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            complete &= watcher.watch(folder, mode).is_ok();
        }
        Some(Self { watcher, complete })
    }

    /// Watches `folder` with all that is in it anew: another may have taken its place.
    pub fn renew(&mut self, folder: &Path) {
        // Of one that has gone, nothing is watched any more.
        let _ = self.watcher.unwatch(folder);
        let _ = self.watcher.watch(folder, RecursiveMode::Recursive);
    }
}
