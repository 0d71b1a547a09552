//! The pure core: a state, the events that move it and the effects it wishes for.
//! It knows no clock, file, thread, terminal or network.

mod event;
mod key;

pub use event::{Effect, Effects, Event, MouseKind};
pub use key::{Key, KeyCode};
