//! Files: reading, walking and watching them, the bundled ones, and the texts read last.
//! It keeps nothing on the disk and never changes a file.

pub mod bundled;
pub(in crate::io) mod cache;
pub mod folders;
pub mod location;
pub mod raw;
mod read;
pub(in crate::io) mod reader;
pub(in crate::io) mod watch;

pub use read::{Contents, FileReading, HEAD, LARGEST, Listed, announcement, contents, left_out, list, read};
