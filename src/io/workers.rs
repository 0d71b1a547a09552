//! The one place where threads are hired: named, and a panic in one becomes an event.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::thread;

use crate::app::Event;
use crate::text::Clean;

/// Runs `work` on a thread of its own; should it panic, [`Event::Failed`] says so and the program reads on.
pub fn hire(name: &'static str, events: &Sender<Event>, work: impl FnOnce() + Send + 'static) {
    let told = events.clone();
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(move || {
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            let sentence = format!("Something went wrong in the background ({name}); reading goes on.");
            // The program may have ended meanwhile; then nobody needs to know.
            let _ = told.send(Event::Failed(Clean::line(&sentence)));
        }
    });
    if let Err(error) = spawned {
        let _ = events.send(Event::Failed(Clean::line(&format!("No thread for {name}: {error}"))));
    }
}
