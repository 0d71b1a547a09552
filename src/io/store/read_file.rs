//! A file that was read, on its way into the library.

use std::path::PathBuf;

use super::Body;
use crate::model::Entry;

/// What tells whether a file is still what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Its length in bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: i64,
    /// A hash of its bytes.
    pub hash: i64,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct ReadFile {
    /// The source it lies under.
    pub source: i64,
    /// Where it is.
    pub path: PathBuf,
    /// What it was when it was read.
    pub state: FileState,
    /// Its announcements in their order; where they say they are does not count.
    pub items: Vec<(Entry, Body)>,
}
