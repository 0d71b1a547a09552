//! Describes the places announcements are read from.

use crate::text::Clean;

/// Describes a folder or file that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: Clean,
    /// The number of announcements in it, where known.
    pub count: Option<u64>,
    /// Its number in the library, if the library follows it.
    pub number: Option<i64>,
}

/// Describes a file that holds an announcement of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its path.
    pub path: Clean,
    /// Index of the announcement in the file, from 0.
    pub item: u32,
    /// Whether the file still exists.
    pub there: bool,
}
