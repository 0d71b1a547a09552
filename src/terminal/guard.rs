//! Enters the terminal and leaves it as it was, whatever happens in between.

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

/// Longest time that leaving waits for a terminal that takes no output.
const LEAVE_TIMEOUT: Duration = Duration::from_millis(50);

/// Requests clicks, drags and the wheel in SGR encoding; crossterm's own command would also request every motion, which
/// would wake an idle program.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// Requests bracketed paste; crossterm's command for it needs its event reader.
const PASTE_ON: &str = "\x1b[?2004h";
const PASTE_OFF: &str = "\x1b[?2004l";

/// Returns the sequences that open the alternate screen, hide the cursor and request bracketed paste.
fn opening(mouse: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mouse = if mouse { MOUSE_ON } else { "" };
    // Writing to memory does not fail.
    let _ = queue!(bytes, EnterAlternateScreen, Hide, Print(PASTE_ON), Print(mouse));
    bytes
}

/// Returns the sequences that end an interrupted frame and undo the opening in reverse order.
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

/// Names the modes that a guard switches on and off, besides raw mode.
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

/// Holds the terminal in raw mode; dropping it restores the terminal.
///
/// It also restores the terminal when the thread that made it panics, before the message is printed. A panic of another
/// thread leaves the screen alone and prints nothing on it: those threads catch and report their own.
#[derive(Debug)]
pub(super) struct Guard {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    tty: Arc<Tty>,
    modes: Modes,
    entered: AtomicBool,
    /// The attributes of the terminal before.
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

    /// Enters the terminal again: after leaving, or if another program may have changed it meanwhile.
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

    /// Restores the terminal; does nothing the second time.
    pub(super) fn leave(&self) {
        self.state.leave();
    }

    /// Returns a function that restores the terminal from another thread, for when this one hangs.
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
            let stuck =
                self.tty.write_soon(&closing, LEAVE_TIMEOUT).is_err_and(|e| e.kind() == io::ErrorKind::TimedOut);
            if stuck {
                // Output the terminal has not taken by now is a frame that nobody will see.
                self.tty.forget_output();
                let _ = self.tty.write_soon(&closing, LEAVE_TIMEOUT);
            }
        }
        // In the background the terminal belongs to another program, and changing it would stop this process.
        if self.tty.is_ours() {
            let before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = self.tty.set_attributes(&before);
        }
    }
}
