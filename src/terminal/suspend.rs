//! Stops the program as Ctrl-Z does.

use rustix::process::{Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process};

/// Names what is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The whole job, as the terminal would: a pipeline that feeds the program stops with it.
    Job,
    /// The program alone, as a signal sent to it requests.
    Program,
}

/// Reports whether a shell could continue the program: not if its job is a whole session, as in `xterm -e tiedote`.
pub(super) fn somebody_waits() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops until continued; the terminal must have been restored.
///
/// The signal sent is one that cannot be caught, because the program catches the ordinary one; shells treat both alike.
pub(super) fn stop(stopped: Stopped) {
    // A process always has permission to stop itself.
    let _ = match stopped {
        Stopped::Job => kill_current_process_group(Signal::STOP),
        Stopped::Program => kill_process(getpid(), Signal::STOP),
    };
}
