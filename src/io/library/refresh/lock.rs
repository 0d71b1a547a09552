//! One refresh at a time, whichever program does it: the lock is the system's own and ends with its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::io::clock;

/// The right to refresh a library, until it is dropped.
#[derive(Debug)]
pub struct Lock(File);

/// What came of asking for the right to refresh.
#[derive(Debug)]
pub enum Locking {
    /// It is ours.
    Ours(Lock),
    /// Another program refreshes the library.
    Held(Holder),
}

/// Who refreshes a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The number of its process, where it wrote that.
    pub process: Option<u32>,
    /// Since when, in seconds since 1970.
    pub since: Option<i64>,
}

/// Asks for the right to refresh the library at `library`.
///
/// # Errors
///
/// When the file of the lock, which lies beside the library, cannot be made.
pub fn lock(library: &Path) -> io::Result<Locking> {
    let mut file = open(library)?;
    match file.try_lock() {
        Ok(()) => Ok(Locking::Ours(ours(file))),
        Err(TryLockError::WouldBlock) => Ok(Locking::Held(holder(&mut file))),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Waits for the right to refresh the library at `library`.
///
/// # Errors
///
/// When the file of the lock cannot be made, or the wait is not possible there.
pub fn wait(library: &Path) -> io::Result<Lock> {
    let file = open(library)?;
    file.lock()?;
    Ok(ours(file))
}

fn open(library: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(beside(library))
}

fn ours(mut file: File) -> Lock {
    // Who it is only serves a message.
    let _ = file.set_len(0);
    let _ = writeln!(file, "{} {}", std::process::id(), clock::now().seconds);
    Lock(file)
}

fn beside(library: &Path) -> PathBuf {
    let mut name = library.as_os_str().to_owned();
    name.push(".refresh");
    name.into()
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    let read = file.seek(SeekFrom::Start(0)).and_then(|_| file.take(64).read_to_string(&mut text));
    let mut words = text.split_whitespace();
    match read {
        Ok(_) => Holder {
            process: words.next().and_then(|word| word.parse().ok()),
            since: words.next().and_then(|word| word.parse().ok()),
        },
        Err(_) => Holder::default(),
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = self.0.set_len(0);
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_refreshes_at_a_time_and_says_who_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("library.db");
        let Locking::Ours(first) = lock(&library).unwrap() else { panic!("nobody holds it") };
        let Locking::Held(holder) = lock(&library).unwrap() else { panic!("it is held") };
        assert_eq!(holder.process, Some(std::process::id()));
        assert!(holder.since.is_some());
        drop(first);
        assert!(matches!(lock(&library).unwrap(), Locking::Ours(_)));
    }
}
