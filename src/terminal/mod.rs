//! The terminal: entering and leaving it, reading keys and signals from it, drawing frames on it, the event loop.
//! It knows nothing of announcements, and asks the terminal nothing it would have to wait for.
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
