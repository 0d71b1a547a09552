//! Reasons for which something failed, from errors of the operating system.

use crate::app::Reason;
use crate::text::Clean;

/// Returns what an error of the operating system means, without its number.
#[must_use]
pub fn of(error: &std::io::Error) -> Reason {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => Reason::Missing,
        ErrorKind::PermissionDenied => Reason::Forbidden,
        ErrorKind::IsADirectory => Reason::Folder,
        ErrorKind::StorageFull => Reason::Full,
        ErrorKind::ReadOnlyFilesystem => Reason::ReadOnly,
        _ if error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error()) => Reason::Disk,
        _ => {
            let text = error.to_string();
            Reason::Said(Clean::line(&text.split(" (os error").next().unwrap_or_default().to_lowercase()))
        }
    }
}
