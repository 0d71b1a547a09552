//! The text of one announcement, wherever it is.

use super::bundled;
use super::read::{HEAD, announcement};
use crate::app::Problem;
use crate::io::store::Store;
use crate::model::{Announcement, Location};

/// Reads the announcement at `location`, and whether that is all of it; only the first part of a long one unless
/// `whole`.
///
/// # Errors
///
/// What cannot be read and why.
pub fn read(
    location: &Location,
    given: &[Announcement],
    library: Option<&Store>,
    whole: bool,
) -> Result<(Announcement, bool), Problem> {
    match location {
        Location::Bundled(number) => bundled::read(*number).map(|read| (read, true)).ok_or(Problem::Gone),
        Location::Given(number) => given.get(*number as usize).map(|read| (read.clone(), true)).ok_or(Problem::Gone),
        Location::File { path, item } => announcement(path, *item, whole),
        Location::Kept(number) => {
            let most = if whole { None } else { u32::try_from(HEAD).ok() };
            let library = library.ok_or(Problem::Gone)?;
            let text = library.text(*number, most).map_err(|fault| Problem::at(library.path(), fault.reason))?;
            text.ok_or(Problem::Gone)
        }
    }
}
