//! Formats: bytes become announcements and notes, whatever the bytes are.
//! Reading never fails, never panics and never touches a file; one file here for each format, and a line in the table.

use crate::model::{Announcement, Note};

/// A file's bytes and what is known of them from outside.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The bytes, perhaps only the first part of a large file.
    pub bytes: &'a [u8],
    /// The file name without its folder; its ending is a hint at the format, and it names what has no title.
    pub name: &'a str,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The announcements, in the order of the file; at least one unless the file is empty.
    pub announcements: Vec<Announcement>,
    /// What was noticed about the file as a whole.
    pub notes: Vec<Note>,
}
