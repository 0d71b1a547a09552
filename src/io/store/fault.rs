//! What can go wrong with a database, sorted by what is to be done about it.

use rusqlite::ErrorCode;

use crate::text::Clean;

/// Something a database could not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is to be done about it.
    pub kind: FaultKind,
    /// What happened, in a few words.
    pub reason: Clean,
}

/// What is to be done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is damaged: it is set aside and what is readable of it is kept.
    Damaged,
    /// The disk is full.
    Full,
    /// It may only be read.
    ReadOnly,
    /// Another program holds it for longer than one waits.
    Busy,
    /// The disk does not read or write.
    Disk,
    /// Anything else.
    Other,
}

impl Fault {
    /// A fault told in `reason`.
    #[must_use]
    pub fn new(kind: FaultKind, reason: &str) -> Self {
        Self { kind, reason: Clean::line(reason) }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let (kind, reason) = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (FaultKind::Damaged, "it is damaged"),
            Some(ErrorCode::DiskFull) => (FaultKind::Full, "the disk is full"),
            Some(ErrorCode::ReadOnly) => (FaultKind::ReadOnly, "it may only be read"),
            Some(ErrorCode::PermissionDenied) => (FaultKind::ReadOnly, "there is no permission to write it"),
            Some(ErrorCode::CannotOpen) => (FaultKind::ReadOnly, "it cannot be opened for writing"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (FaultKind::Busy, "another program holds it"),
            Some(ErrorCode::SystemIoFailure) => (FaultKind::Disk, "the disk reports an error"),
            // Values of a type nobody writes: bits fell over within a record.
            None if matches!(
                error,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                (FaultKind::Damaged, "it is damaged")
            }
            _ => return Self::new(FaultKind::Other, &error.to_string()),
        };
        Self::new(kind, reason)
    }
}
