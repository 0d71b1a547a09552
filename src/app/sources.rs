//! What the world says of the places announcements are read from.

use crate::text::Clean;

/// A folder or file that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: Clean,
    /// How many announcements it holds, where that is known.
    pub count: Option<u64>,
    /// Its number in the library, where the library follows it.
    pub number: Option<i64>,
}

/// A file that holds an announcement of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Its path.
    pub path: Clean,
    /// Which of the file's announcements it is, 0 for the first.
    pub item: u32,
    /// Whether the file is still there.
    pub there: bool,
}
