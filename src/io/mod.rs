//! The world outside: files, folders, the bundled announcements, and the threads that wait for them.
//! It draws nothing and decides nothing; it answers effects with events.
//!
//! Its rooms use each other one way: `feeds` ← `store` ← `files` ← `search` ← `library` ← `world`.
#![expect(clippy::disallowed_methods, reason = "this is where the world outside is reached")]

pub mod clock;
pub mod feeds;
pub mod files;
pub mod json;
pub mod library;
pub mod reason;
pub mod search;
pub mod store;
mod workers;
mod world;
pub mod zone;

pub use world::World;
