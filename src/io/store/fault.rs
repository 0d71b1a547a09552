//! What can go wrong with a database, sorted by what is to be done about it.

use rusqlite::ErrorCode;

use crate::app::Reason;

/// Something a database could not do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is to be done about it.
    pub kind: FaultKind,
    /// What happened.
    pub reason: Reason,
}

/// What is to be done about a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is damaged: it is set aside and what is readable of it is kept.
    Damaged,
    /// One text is not as it was written; nothing else is damaged.
    Text,
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
    /// Makes a fault.
    #[must_use]
    pub const fn new(kind: FaultKind, reason: Reason) -> Self {
        Self { kind, reason }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let (kind, reason) = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (FaultKind::Damaged, Reason::Damaged),
            Some(ErrorCode::DiskFull) => (FaultKind::Full, Reason::Full),
            Some(ErrorCode::ReadOnly) => (FaultKind::ReadOnly, Reason::ReadOnly),
            Some(ErrorCode::PermissionDenied) => (FaultKind::ReadOnly, Reason::Unwritable),
            Some(ErrorCode::CannotOpen) => (FaultKind::ReadOnly, Reason::Unopened),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (FaultKind::Busy, Reason::Busy),
            Some(ErrorCode::SystemIoFailure) => (FaultKind::Disk, Reason::Disk),
            // Values of a type nobody writes: bits fell over within a record.
            None if matches!(
                error,
                rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
                    | rusqlite::Error::Utf8Error(..)
            ) =>
            {
                (FaultKind::Damaged, Reason::Damaged)
            }
            // What the database says is in words of its own language.
            _ => (FaultKind::Other, Reason::Database),
        };
        Self::new(kind, reason)
    }
}
