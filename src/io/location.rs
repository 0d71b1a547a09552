//! The text of one announcement, wherever it is.

use super::store::Store;
use super::{bundled, files};
use crate::model::{Announcement, Location};
use crate::text::Clean;

/// Reads the announcement at `location`, and whether that is all of it; only the first part of a long one unless
/// `whole`.
///
/// # Errors
///
/// One sentence that says why it cannot be read.
pub fn read(
    location: &Location,
    given: &[Announcement],
    library: Option<&Store>,
    whole: bool,
) -> Result<(Announcement, bool), Clean> {
    let gone = || Clean::line("The announcement is no longer there.");
    match location {
        Location::Bundled(number) => bundled::read(*number).map(|read| (read, true)).ok_or_else(gone),
        Location::Given(number) => given.get(*number as usize).map(|read| (read.clone(), true)).ok_or_else(gone),
        Location::File { path, item } => files::announcement(path, *item, whole),
        Location::Kept(number) => {
            let most = if whole { None } else { u32::try_from(files::HEAD).ok() };
            let text = library.ok_or_else(gone)?.text(*number, most).map_err(|fault| fault.reason)?;
            text.ok_or_else(gone)
        }
    }
}
