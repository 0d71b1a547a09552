//! The one place where threads are hired: named, and a panic in one becomes an event.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::LazyLock;
use std::sync::mpsc::Sender;
use std::thread;

use super::reason;
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
        let _ = events.send(Event::Failed(Problem::Unstarted { part: name, reason: reason::of(&error) }));
    }
}

/// Runs `work` on a thread of its own that nobody waits for, with no word of its panic: whoever wants to know sees to it.
///
/// # Errors
///
/// Says why no thread could be started.
pub fn detach(name: &'static str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(work).map(drop)
}

/// Returns how many threads are worth having at once, at most four.
pub fn threads() -> usize {
    // The system is asked once: that means reading a few files.
    static CORES: LazyLock<usize> = LazyLock::new(|| thread::available_parallelism().map_or(1, usize::from));
    (*CORES).clamp(1, 4)
}

/// Shares a work of so many steps among threads, which take at least `least` each, and waits for them; gives what each
/// stretch gave, in order.
pub fn share<R: Send>(steps: usize, least: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let stretch = steps.div_ceil(threads()).max(least).max(1);
    let mut stretches = (0..steps).step_by(stretch).map(|from| from..steps.min(from + stretch));
    let own = stretches.next().unwrap_or_default();
    let work = &work;
    thread::scope(|scope| {
        let hired: Vec<_> = stretches
            .map(|part| (part.clone(), thread::Builder::new().spawn_scoped(scope, move || work(part))))
            .collect();
        let mut done = vec![work(own)];
        for (part, thread) in hired {
            // Without a thread it only takes longer; one that panicked is told where it was hired.
            done.push(match thread {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_) => work(part),
            });
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_work_is_done_once_and_in_order() {
        for (steps, least) in [(0, 3), (1, 3), (7, 3), (100, 1), (5, 0)] {
            let done = share(steps, least, Iterator::collect::<Vec<_>>);
            assert_eq!(done.concat(), (0..steps).collect::<Vec<_>>());
        }
    }
}
