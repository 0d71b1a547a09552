//! The text of one announcement, wherever it is.

use super::bundled;
use super::read::{HEAD, announcement};
use crate::app::{Problem, Reason};
use crate::io::store::{Body, Fault, FaultKind, Store};
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
            match library.text(*number, most) {
                Ok(text) => text.ok_or(Problem::Gone),
                Err(fault) => match fault.kind {
                    FaultKind::Text => mended(library, *number).map(|text| (text, true)),
                    _ => Err(Problem::at(library.path(), fault.reason)),
                },
            }
        }
    }
}

/// Reads the text of the library's announcement of that number, which is damaged there, from a file that holds it, and
/// has it written anew.
///
/// # Errors
///
/// When no file holds it any more, or the library cannot be read.
pub fn mended(library: &Store, number: u32) -> Result<Announcement, Problem> {
    let failed = |fault: Fault| Problem::at(library.path(), fault.reason);
    let id = library.entry(number).map_err(failed)?.ok_or(Problem::Gone)?.id;
    for (path, item) in library.copies(number).map_err(failed)? {
        if let Ok((found, true)) = announcement(&path, item, true)
            && found.id == id
        {
            if library.is_writable() {
                // Where that fails, it is read from the file again the next time.
                let _ = library.mend(number, &Body::of(&found));
            }
            return Ok(found);
        }
    }
    Err(Problem::at(library.path(), Reason::TextDamaged))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::library::reconcile::reconcile;
    use crate::io::store;
    use std::fs;

    #[test]
    fn a_text_that_is_damaged_in_the_library_is_read_from_its_file_or_told() {
        let folder = tempfile::tempdir().unwrap();
        let (path, file) = (folder.path().join("library.db"), folder.path().join("a.md"));
        fs::write(&file, "# Silta avataan\n\nSilta avataan liikenteelle maanantaina.").unwrap();
        let mut library = store::open(&path).store.unwrap();
        library.add_source(&file).unwrap();
        let sources = library.sources().unwrap();
        reconcile(&mut library, &sources, None, &mut |_| true).unwrap();
        let location = library.first_rows(9, None).unwrap()[0].location.clone();
        let Location::Kept(number) = location else { panic!("{location:?}") };
        let read = || read(&location, &[], Some(&library), true);
        let whole = read().unwrap();
        // A disk lost a part of it.
        let damage = || {
            let other = rusqlite::Connection::open(&path).unwrap();
            other.execute("UPDATE bodies SET text = replace(text, 'liikenteelle', char(0, 0, 0))", []).unwrap();
        };
        damage();
        assert_eq!(library.damaged_texts().unwrap(), [number]);
        assert_eq!(read().unwrap().0.document, whole.0.document);
        assert_eq!(library.damaged_texts().unwrap(), Vec::<u32>::new(), "it was written anew");
        damage();
        fs::remove_file(&file).unwrap();
        let problem = read().unwrap_err();
        assert_eq!(problem, Problem::at(&path, Reason::TextDamaged));
    }
}
