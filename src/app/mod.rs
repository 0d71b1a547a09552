//! The pure core: a state, the events that move it and the effects it wishes for.
//! It knows no clock, file, thread, terminal or network.

pub mod about;
pub mod actions;
mod event;
pub mod find;
pub mod input;
mod key;
pub mod keymap;
mod landmark;
pub mod list;
mod marks;
mod memory;
pub mod menu;
pub mod messages;
pub mod overlay;
pub mod panel;
pub mod plan;
mod prepared;
pub mod problem;
pub mod reader;
pub mod rows;
pub mod search;
pub mod sources;
pub mod standing;
mod state;

pub use event::{Effect, Effects, Event, Memory, MouseKind, Progress};
pub use key::{Key, KeyCode};
pub use prepared::Prepared;
pub use problem::{Problem, Reason};
pub use state::{Settings, State};
