//! Stopping the program as Ctrl-Z does.

use rustix::process::{Signal, getpgrp, getpid, getsid, kill_current_process_group, kill_process};

/// Who is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    /// The whole job, as the terminal would: a pipeline that feeds the program stops with it.
    Job,
    /// The program alone, as a signal sent to it asks.
    Program,
}

/// Whether anybody could tell the program to go on: not where its job is a whole session, as in `xterm -e tiedote`.
pub(super) fn somebody_waits() -> bool {
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Stops until somebody says to go on; the terminal must have been given back.
///
/// The signal sent cannot be caught, since ours for stopping is, and every shell takes the two for the same.
pub(super) fn stop(stopped: Stopped) {
    // There is no right that could be missing to stop oneself.
    let _ = match stopped {
        Stopped::Job => kill_current_process_group(Signal::STOP),
        Stopped::Program => kill_process(getpid(), Signal::STOP),
    };
}
