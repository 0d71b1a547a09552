//! Following the library's folders: looked through once, then watched.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use super::index;
use super::reconcile::{Step, reconcile};
use super::store::{Source, Store};
use super::watch::Watch;
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
pub fn follow(mut store: Store, events: &Sender<Event>, changed: &dyn Fn() -> bool, looked: &dyn Fn() -> bool) {
    let Ok(sources) = store.sources() else { return };
    let (sender, signs) = channel();
    let folders: Vec<(PathBuf, bool)> = sources.iter().map(|source| (source.path.clone(), true)).collect();
    // Watching begins before looking, so that nothing slips between.
    let watch = Watch::start(&folders, move |path| sender.send(path.to_owned()).is_ok());
    look(&mut store, &sources, None, events, changed);
    if !looked() {
        return;
    }
    renew(&store, events);
    if watch.as_ref().is_none_or(|watch| !watch.complete) && !sources.is_empty() {
        let _ = events.send(Event::Failed(Problem::Unwatched));
    }
    while let Ok(sign) = signs.recv() {
        let mut paths = BTreeSet::from([sign]);
        while let Ok(further) = signs.recv_timeout(LULL) {
            paths.insert(further);
        }
        let paths: Vec<PathBuf> = paths.into_iter().filter(|path| counts(path)).collect();
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

/// Whether a walk through the folder would come by `path`.
fn counts(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    let hidden = name.as_encoded_bytes().starts_with(b".");
    !hidden && !path.is_symlink() && (path.is_dir() || formats::takes(&name.to_string_lossy()) || !path.exists())
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
