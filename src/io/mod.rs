//! The world outside: files, folders, the bundled announcements, and the threads that wait for them.
//! It draws nothing and decides nothing; it answers effects with events.
#![expect(clippy::disallowed_methods, reason = "this is where the world outside is reached")]

pub mod files;
mod follow;
mod followed;
pub mod keeper;
pub mod reason;
pub mod reconcile;
pub mod search;
mod searches;
pub mod store;
pub mod transfer;
mod workers;
mod world;

pub use world::World;
