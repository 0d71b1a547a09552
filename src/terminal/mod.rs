//! Enters and leaves the terminal, reads keys and signals, draws frames, and runs the event loop.
//!
//! It knows nothing of announcements, and never queries the terminal, because it would have to wait for the answer.
#![expect(clippy::disallowed_methods, reason = "keys and signals come on threads of their own, frames by the clock")]

mod filter;
mod frame;
mod guard;
mod keyboard;
mod parser;
mod pen;
mod run;
mod sequences;
mod signals;
mod surface;
mod suspend;
mod tty;

pub use run::{Ending, Screen, Settings, World, run};
