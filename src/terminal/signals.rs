//! Turns signals into events, so that the program ends in the ordinary way.

use std::fs::File;
use std::io::{self, Read};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator;

use super::tty::Tty;
use crate::app::Event;

/// Longest time between two signals that count as one request to end: a terminal that is closed sends two.
const SAME_REQUEST: Duration = Duration::from_secs(1);

/// Holds what signals requested, for the event loop to look up.
#[derive(Debug, Default)]
pub(super) struct Requests {
    ending: AtomicI32,
    stopping: AtomicBool,
}

impl Requests {
    /// Returns the signal that asked the program to end, if one did.
    pub(super) fn ending(&self) -> Option<i32> {
        Some(self.ending.load(Ordering::SeqCst)).filter(|&signal| signal != 0)
    }

    /// Reports whether a signal asked the program to stop since the last call.
    pub(super) fn stopping(&self) -> bool {
        self.stopping.swap(false, Ordering::SeqCst)
    }
}

/// Holds the caught signals; they wait until a thread listens.
pub(super) struct Signals {
    caught: iterator::Signals,
    requests: Arc<Requests>,
}

impl Signals {
    /// Catches signals from now on.
    ///
    /// # Errors
    /// When the system refuses a handler or a pipe.
    pub(super) fn catch() -> io::Result<Self> {
        // A file size limit (`ulimit -f`) is an error to report, not a reason to die with a raw terminal.
        let mut signals = vec![SIGCONT, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ];
        if !hang_ups_are_ignored() {
            signals.push(SIGHUP);
        }
        Ok(Self { caught: iterator::Signals::new(signals)?, requests: Arc::default() })
    }

    /// Returns what signals have requested and will request.
    pub(super) fn requests(&self) -> Arc<Requests> {
        Arc::clone(&self.requests)
    }

    /// Starts the thread that sends signals to `events` as events.
    ///
    /// A program that hangs cannot end in order; when it is asked a second time, the thread calls `leave` and ends the
    /// process.
    ///
    /// # Errors
    /// When no thread can be had.
    pub(super) fn listen(
        self,
        tty: Arc<Tty>,
        events: Sender<Event>,
        leave: impl Fn() + Send + 'static,
    ) -> io::Result<()> {
        let Self { mut caught, requests } = self;
        let listen = move || {
            let mut asked: Option<Instant> = None;
            for signal in caught.forever() {
                let event = match signal {
                    SIGXFSZ => continue,
                    SIGWINCH => resized(&tty),
                    SIGCONT => Event::Resumed,
                    SIGTSTP => {
                        // The event loop stops the program, and this event follows once it is continued.
                        requests.stopping.store(true, Ordering::SeqCst);
                        Event::Resumed
                    }
                    _ => {
                        if asked.get_or_insert_with(Instant::now).elapsed() > SAME_REQUEST {
                            leave();
                            process::exit(128 + signal);
                        }
                        let _ = requests.ending.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst);
                        tty.halt();
                        Event::Terminated
                    }
                };
                if events.send(event).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().name("signals".into()).stack_size(128 * 1024).spawn(listen)?;
        Ok(())
    }
}

/// Returns the size of the terminal as an event.
pub(super) fn resized(tty: &Tty) -> Event {
    let size = tty.size();
    Event::Resized { width: size.width, height: size.height }
}

/// Reports whether the program was started under `nohup`, as far as the system tells.
fn hang_ups_are_ignored() -> bool {
    // One read takes all of it, where reading to a string would take seven.
    let mut status = [0; 4096];
    let read = File::open("/proc/self/status").and_then(|mut file| file.read(&mut status));
    let status = read.ok().and_then(|length| str::from_utf8(status.get(..length)?).ok()).unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask >> (SIGHUP - 1) & 1 == 1)
}
