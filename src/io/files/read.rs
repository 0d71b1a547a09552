//! Reading one file: regular files only, opened so that nothing can hold the program up, never more than a cap.

use std::fs::OpenOptions;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use crate::app::{Problem, Reason};
use crate::formats::{self, Input, Reading};
use crate::io::reason;
use crate::model::{Announcement, Entry, Location};

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// How much of a large file is read for the list and the first screen, in bytes.
pub const HEAD: usize = 64 * 1024;

/// What a file held.
#[derive(Debug)]
pub struct Contents {
    /// Its bytes, or the first of them.
    pub bytes: Vec<u8>,
    /// The whole file's length in bytes.
    pub length: u64,
}

/// The bytes of a regular file, at most `limit` of them.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn contents(path: &Path, limit: usize) -> Result<Contents, Problem> {
    let failed = |reason: Reason| Problem::at(path, reason);
    // A FIFO or a terminal must not hold up the thread that opens it.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(i32::from_ne_bytes(flags.bits().to_ne_bytes()))
        .open(path)
        .map_err(|error| failed(reason::of(&error)))?;
    let metadata = file.metadata().map_err(|error| failed(reason::of(&error)))?;
    if metadata.is_dir() {
        return Err(failed(Reason::Folder));
    }
    if !metadata.is_file() {
        return Err(failed(Reason::Irregular));
    }
    if metadata.len() > LARGEST {
        return Err(failed(Reason::TooLarge(LARGEST >> 20)));
    }
    let mut bytes = Vec::new();
    let wanted = metadata.len().min(limit as u64);
    bytes.reserve_exact(usize::try_from(wanted).unwrap_or(0) + 1);
    Read::take(&file, limit as u64).read_to_end(&mut bytes).map_err(|error| failed(reason::of(&error)))?;
    Ok(Contents { length: metadata.len().max(bytes.len() as u64), bytes })
}

/// A file that was read.
#[derive(Debug)]
pub struct FileReading {
    /// What was found in it.
    pub reading: Reading,
    /// How many of its bytes were read.
    pub read: u64,
    /// How many it has.
    pub length: u64,
}

/// Reads the announcements of a file, or only what its first [`HEAD`] bytes tell.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn read(path: &Path, whole: bool) -> Result<FileReading, Problem> {
    let limit = if whole { usize::try_from(LARGEST).unwrap_or(usize::MAX) } else { HEAD };
    let Contents { bytes, length } = contents(path, limit)?;
    let read = bytes.len() as u64;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let reading = formats::read(&Input {
        partial: read < length,
        ..Input::new(&name, &bytes).in_zone(crate::io::zone::reader())
    });
    Ok(FileReading { reading, read, length })
}

/// The announcements of a file, as far as they were read for the list.
#[derive(Debug)]
pub struct Listed {
    /// What the list shows of each; how long a large one takes to read is reckoned from its head.
    pub entries: Vec<Entry>,
    /// The announcements themselves.
    pub announcements: Vec<Announcement>,
    /// Whether the whole file was read.
    pub complete: bool,
}

/// Reads what the list needs of the announcements of a file.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn list(path: &Path) -> Result<Listed, Problem> {
    let FileReading { reading, read, length } = self::read(path, false)?;
    let shared = Arc::new(path.to_owned());
    let entry = |(item, announcement): (u32, &Announcement)| {
        let mut entry = Entry::sketched(announcement, Location::File { path: Arc::clone(&shared), item });
        if read < length {
            entry.minutes = u16::try_from(u64::from(entry.minutes) * length / read.max(1)).unwrap_or(u16::MAX);
        }
        entry
    };
    let entries = (0..).zip(&reading.announcements).map(entry).collect();
    Ok(Listed { entries, announcements: reading.announcements, complete: read >= length })
}

/// The announcement of number `item` in a file, and whether all of it was read.
///
/// # Errors
///
/// The file and why the announcement cannot be read.
pub fn announcement(path: &Path, item: u32, whole: bool) -> Result<(Announcement, bool), Problem> {
    let FileReading { reading, read, length } = self::read(path, whole)?;
    let found = reading.announcements.into_iter().nth(item as usize);
    found.map(|announcement| (announcement, read >= length)).ok_or_else(|| Problem::at(path, Reason::NotInIt))
}
