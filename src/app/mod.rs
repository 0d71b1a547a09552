//! The pure core: a state, the events that change it and the effects it requests.
//!
//! It uses no clock, file, thread, terminal or network.

pub mod actions;
mod event;
pub mod feeds;
pub mod find;
pub mod input;
mod key;
pub mod keymap;
pub mod list;
pub mod list_position;
mod marks;
mod memory;
pub mod messages;
pub mod notices;
pub mod panels;
pub mod plan;
mod prepared;
pub mod problem;
pub mod prompt;
pub mod reader;
pub mod rows;
pub mod screen;
pub mod search;
pub mod settings;
pub mod sources;
mod state;
mod text_anchor;

pub use event::{Effect, Effects, Event, Memory, MouseKind, Progress};
pub use key::{Key, KeyCode};
pub use prepared::Prepared;
pub use problem::{Problem, Reason};
pub use settings::Settings;
pub use state::State;
