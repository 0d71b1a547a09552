//! The world outside: files, folders, the bundled announcements, and the threads that wait for them.
//! It draws nothing and decides nothing; it answers effects with events.
#![expect(clippy::disallowed_methods, reason = "this is where the world outside is reached")]

pub mod answers;
pub mod bundled;
pub mod corpus;
pub mod excerpts;
pub mod files;
pub mod finder;
pub mod folders;
mod follow;
mod followed;
pub mod index;
pub mod keeper;
pub mod location;
mod news;
pub mod raw;
pub mod reconcile;
mod searches;
pub mod store;
mod texts;
pub mod transfer;
mod watch;
mod workers;
mod world;

pub use world::World;
