//! Where the index of a library lies, and the bytes of it.

use std::fs::{self, File};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::{Path, PathBuf};

use crate::search::index::{Bytes, Damaged, Index};

/// The ending of a finished index, and the beginning of one being made.
const ENDING: &str = "words";
pub const MAKING: &str = "making-";

/// An open index file.
#[derive(Debug)]
pub struct Pages {
    file: File,
    length: u64,
}

impl Bytes for Pages {
    fn length(&self) -> u64 {
        self.length
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<(), Damaged> {
        self.file.read_exact_at(into, offset).map_err(|_| Damaged)
    }
}

/// Returns the folder of a library's index.
pub fn folder(library: &Path) -> PathBuf {
    library.with_extension("index")
}

/// The name of an index of the library as it was after change `seq`. A library put in the place of another is another
/// file, and its index has another name.
pub fn name(library: &Path, seq: i64) -> Option<String> {
    Some(format!("{}{seq}.{ENDING}", prefix(library)?))
}

fn prefix(library: &Path) -> Option<String> {
    let metadata = library.metadata().ok()?;
    Some(format!("{:x}-{:x}-", metadata.dev(), metadata.ino()))
}

/// Returns the indexes that are not newer than change `last`, each with its change, the newest first.
fn indexes(library: &Path, last: i64) -> Vec<(i64, PathBuf)> {
    let (Some(prefix), Ok(entries)) = (prefix(library), fs::read_dir(folder(library))) else { return Vec::new() };
    let seq_of = |path: &Path| {
        let name = path.file_name()?.to_str()?;
        name.strip_prefix(&prefix)?.strip_suffix(ENDING)?.strip_suffix('.')?.parse::<i64>().ok()
    };
    let mut found: Vec<(i64, PathBuf)> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|path| Some((seq_of(&path)?, path)))
        .filter(|(seq, _)| *seq <= last)
        .collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found
}

/// Returns the change of the newest index that is not newer than `last`, if there is one.
pub fn newest(library: &Path, last: i64) -> Option<i64> {
    indexes(library, last).first().map(|(seq, _)| *seq)
}

/// Opens the newest index of the library that is undamaged and not newer than change `last`.
pub fn open(library: &Path, last: i64) -> Option<Index<Pages>> {
    indexes(library, last).into_iter().find_map(|(seq, path)| {
        let file = File::open(path).ok()?;
        let length = file.metadata().ok()?.len();
        let index = Index::open(Pages { file, length }).ok()?;
        (i64::try_from(index.seq()) == Ok(seq)).then_some(index)
    })
}

/// Deletes the indexes in the folder, finished and not, except those whose names are `kept`.
pub fn sweep(folder: &Path, kept: impl Fn(&str) -> bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let ours = name.starts_with(MAKING) || name.ends_with(ENDING);
        // What cannot be deleted only takes room.
        if ours && !kept(&name) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
