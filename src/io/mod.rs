//! The world outside: files, folders, the bundled announcements, and the threads that wait for them.
//! It draws nothing and decides nothing; it answers effects with events.

pub mod bundled;
pub mod files;
pub mod folders;
mod workers;
mod world;

pub use world::World;
