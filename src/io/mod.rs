//! The world outside: files, folders, the bundled announcements, and the threads that wait for them.
//! It draws nothing and decides nothing; it answers effects with events.
#![expect(clippy::disallowed_methods, reason = "this is where the world outside is reached")]

pub mod answers;
pub mod corpus;
pub mod excerpts;
pub mod files;
pub mod finder;
mod follow;
mod followed;
pub mod index;
pub mod keeper;
mod news;
pub mod reason;
pub mod reconcile;
mod searches;
pub mod store;
pub mod transfer;
mod workers;
mod world;

pub use world::World;
