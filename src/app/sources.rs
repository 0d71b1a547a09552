//! Describes the places announcements are read from.

use super::feeds::Standing;
use crate::text::Clean;

/// Describes a folder, file or feed that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path; the name of a feed.
    pub path: Clean,
    /// The number of announcements in it, where known.
    pub count: Option<u64>,
    /// Its number in the library, if the library follows it.
    pub number: Option<i64>,
    /// How it stands, if it is a feed.
    pub feed: Option<Standing>,
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
