//! The one place where threads are hired: named, and a panic in one becomes an event.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

use super::files::reason;
use crate::app::{Event, Problem};

/// Runs `work` on a thread of its own; should it panic, [`Event::Failed`] says so and the program reads on.
pub fn hire(name: &'static str, events: &Sender<Event>, work: impl FnOnce() + Send + 'static) {
    let told = events.clone();
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            // The program may have ended meanwhile; then nobody needs to know.
            let _ = told.send(Event::Failed(Problem::Broken(name)));
        }
    });
    if let Err(error) = spawned {
        let _ = events.send(Event::Failed(Problem::Unstarted { part: name, reason: reason(&error) }));
    }
}
