//! Entering the terminal and leaving it as it was, whatever happens in between.

use std::io;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen};
use rustix::termios::Termios;

use super::tty::Tty;

/// How long leaving waits for a terminal that takes no output.
const PATIENCE: Duration = Duration::from_millis(50);

/// Clicks, drags and the wheel, with coordinates as numbers; not every motion, which would wake an idle program, and
/// which the library's own command asks for.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Bracketed paste, whose commands the library gives only together with its reader of events.
const PASTE_ON: &str = "\x1b[?2004h";
const PASTE_OFF: &str = "\x1b[?2004l";

/// The alternate screen, without a cursor; pastes are bracketed.
fn opening(mouse: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mouse = if mouse { MOUSE_ON } else { "" };
    // Writing to memory does not fail.
    let _ = queue!(bytes, EnterAlternateScreen, Hide, Print(PASTE_ON), Print(mouse));
    bytes
}

/// Ends a frame that was cut, then undoes the opening from its end.
fn closing(mouse: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mouse = if mouse { MOUSE_OFF } else { "" };
    let _ = queue!(
        bytes,
        Print(mouse),
        EndSynchronizedUpdate,
        SetAttribute(Attribute::Reset),
        Print(PASTE_OFF),
        Show,
        LeaveAlternateScreen
    );
    bytes
}

/// The modes that a guard switches on and off beside raw mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Modes {
    /// None: nothing is written, for terminals that understand no sequences.
    Raw,
    /// A full screen, with or without the mouse.
    FullScreen {
        /// Whether mouse events are wanted.
        mouse: bool,
    },
}

/// The terminal in raw mode; dropping it gives the terminal back.
///
/// It gives it back too when the thread that made it panics, before the panic's message is printed. A panic of another
/// thread leaves the screen alone and prints nothing on it: those threads are caught and reported where they are hired.
#[derive(Debug)]
pub(super) struct Guard {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    tty: Arc<Tty>,
    modes: Modes,
    entered: AtomicBool,
    /// How the terminal was set up before.
    before: Mutex<Termios>,
}

impl Guard {
    /// Enters the terminal of `tty`.
    ///
    /// # Errors
    /// When the terminal went away.
    pub(super) fn enter(tty: Arc<Tty>, modes: Modes) -> io::Result<Self> {
        let before = Mutex::new(tty.attributes()?);
        let guard = Self { state: Arc::new(State { tty, modes, entered: AtomicBool::new(false), before }) };
        guard.leave_when_this_thread_panics();
        guard.enter_again()?;
        Ok(guard)
    }

    /// Enters once more: after leaving, or when somebody else may have changed the terminal meanwhile.
    ///
    /// # Errors
    /// When the terminal went away.
    pub(super) fn enter_again(&self) -> io::Result<()> {
        let state = &self.state;
        let mut raw = state.tty.attributes()?;
        if !state.entered.swap(true, Ordering::SeqCst) {
            *state.before.lock().unwrap_or_else(PoisonError::into_inner) = raw.clone();
        }
        raw.make_raw();
        state.tty.set_attributes(&raw)?;
        match state.modes {
            Modes::Raw => Ok(()),
            Modes::FullScreen { mouse } => state.tty.write(&opening(mouse)),
        }
    }

    /// Gives the terminal back as it was; does nothing the second time.
    pub(super) fn leave(&self) {
        self.state.leave();
    }

    /// A way to leave from another thread, for when this one hangs.
    pub(super) fn leaver(&self) -> impl Fn() + Send + 'static {
        let state = Arc::clone(&self.state);
        move || state.leave()
    }

    fn leave_when_this_thread_panics(&self) {
        let state = Arc::clone(&self.state);
        let drawing = thread::current().id();
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if thread::current().id() == drawing {
                state.leave();
            }
            if !state.entered.load(Ordering::SeqCst) {
                previous(panicked);
            }
        }));
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.leave();
    }
}

impl State {
    fn leave(&self) {
        if !self.entered.swap(false, Ordering::SeqCst) {
            return;
        }
        if let Modes::FullScreen { mouse } = self.modes {
            let closing = closing(mouse);
            let stuck = self.tty.write_soon(&closing, PATIENCE).is_err_and(|e| e.kind() == io::ErrorKind::TimedOut);
            if stuck {
                // What it has not taken by now is a frame that nobody will look at.
                self.tty.forget_output();
                let _ = self.tty.write_soon(&closing, PATIENCE);
            }
        }
        // In the background the terminal is set up for somebody else, and touching it would stop this process.
        if self.tty.is_ours() {
            let before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = self.tty.set_attributes(&before);
        }
    }
}
