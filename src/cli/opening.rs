//! The library that a command reads or changes: where it is, how it is opened, and what is said of it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failure, complain};
use crate::io::library::transfer::TransferError;
use crate::io::store::{self, Fault, FaultKind, Store};
use crate::text::Clean;

/// Returns where the library is: the file asked for, else the one in the user's data directory.
pub fn place(asked: Option<&Path>) -> Result<PathBuf, Clean> {
    if let Some(path) = asked {
        return Ok(path.to_owned());
    }
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("XDG_DATA_HOME")
        .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
        .map(|data| data.join("tiedote").join("library.db"))
        .ok_or_else(|| Clean::line("there is no home folder to keep a library in; name one with --library"))
}

/// Returns the library that is read where no path is given: none while it is empty and follows nothing.
pub fn shown(asked: Option<&Path>) -> Result<Option<Store>, Failure> {
    let path = match place(asked) {
        Ok(path) if path.symlink_metadata().is_ok() => path,
        // One that was asked for by name is there.
        Ok(path) if asked.is_some() => {
            return Err(Failure::Told(Clean::line(&format!("{}: no such file or folder", path.display()))));
        }
        _ => return Ok(None),
    };
    let store = open(Some(&path))?;
    let empty = store.count().and_then(|(known, _)| Ok(known == 0 && store.sources()?.is_empty()));
    Ok(Some(store).filter(|_| !empty.unwrap_or(false)))
}

/// Opens the library and tells what is to be known about it.
pub(super) fn open(library: Option<&Path>) -> Result<Store, Failure> {
    let path = place(library).map_err(Failure::Told)?;
    let opened = store::open(&path);
    opened.notices.iter().for_each(complain);
    opened.store.ok_or(Failure::Silent)
}

/// Opens the library if it exists: only something to keep makes a new one.
pub(super) fn existing(library: Option<&Path>) -> Result<Store, Failure> {
    let path = place(library).map_err(Failure::Told)?;
    path.symlink_metadata().map_err(|error| told(TransferError::Stream(error), &path))?;
    open(Some(&path))
}

/// Reports in an error that the library cannot be changed.
pub(super) fn writable(store: &Store) -> Result<(), Failure> {
    // Why it is not was told when it was opened.
    if store.is_writable() { Ok(()) } else { Err(Failure::Silent) }
}

/// Returns the failure for `fault`; a library that was found damaged is replaced by what is readable of it.
pub fn fail(store: &Store, fault: &Fault) -> Failure {
    if fault.kind == FaultKind::Damaged && store.is_writable() {
        store::renew(store.path()).notices.iter().for_each(complain);
        return Failure::Silent;
    }
    Failure::Told(Clean::line(&format!("{}: {}", store.path().display(), fault.reason)))
}

/// Returns the failure of an export or import of the file at `path`.
pub(super) fn told(trouble: TransferError, path: &Path) -> Failure {
    let reason = match trouble {
        TransferError::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe => return Failure::ClosedPipe,
        TransferError::Stream(error) => crate::io::reason::of(&error).to_string(),
        TransferError::Library(fault) => fault.reason.to_string(),
        TransferError::Line(reason) => reason.to_string(),
    };
    Failure::Told(Clean::line(&format!("{}: {reason}", path.display())))
}

/// Says a sentence on standard output.
pub(super) fn say(sentence: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    writeln!(output, "{}", Clean::line(sentence))?;
    Ok(output.flush()?)
}
