//! The file of an announcement as it is: decoded and cleaned, line by line, nothing understood of it.

use std::path::Path;

use super::{bundled, read};
use crate::app::Problem;
use crate::app::sources::Holder;
use crate::formats::{self, Input};
use crate::io::store::{Fault, Store};
use crate::model::{Announcement, Block, BlockBuilder, BlockKind, Document, Id, Location, Provenance, Style};
use crate::text::Clean;

/// What files are read from besides folders.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// What came from standard input.
    pub given: &'a [u8],
    /// The library, which knows where the files of its announcements are.
    pub library: Option<&'a Store>,
}

impl Files<'_> {
    /// The file at `location` as an announcement of one block, whose title is the file's name and whose source is its
    /// path, and whether it is all of it; only the first part of a long one unless `whole`.
    ///
    /// Where the library's file is gone, the text as it is kept, without a source.
    ///
    /// # Errors
    ///
    /// What cannot be read and why.
    pub fn read(&self, id: Id, location: &Location, whole: bool) -> Result<(Announcement, bool), Problem> {
        match location {
            Location::Bundled(number) => {
                let (name, bytes) = bundled::file(*number).ok_or(Problem::Gone)?;
                Ok((shown(id, name, name, bytes, false), true))
            }
            Location::Given(_) => Ok((shown(id, "-", "-", self.given, false), true)),
            Location::File { path, .. } => file(id, path, whole),
            Location::Kept(number) => {
                let library = self.library.ok_or(Problem::Gone)?;
                let failed = |fault: Fault| Problem::at(library.path(), fault.reason);
                let copies = library.copies(*number).map_err(failed)?;
                if let Some((path, _)) = copies.iter().find(|(path, _)| path.is_file()) {
                    return file(id, path, whole);
                }
                let (kept, complete, _) = library.text_as_kept(*number, None).map_err(failed)?.ok_or(Problem::Gone)?;
                Ok((as_kept(kept), complete))
            }
        }
    }
}

/// Returns the files that hold the library's announcement of that number, those that exist first.
pub fn standings(library: &Store, number: u32) -> Vec<Holder> {
    let standing = |(path, item): (std::path::PathBuf, u32)| Holder {
        path: Clean::line(&path.to_string_lossy()),
        item,
        there: path.is_file(),
    };
    let mut standings: Vec<Holder> = library.copies(number).unwrap_or_default().into_iter().map(standing).collect();
    standings.sort_by_key(|standing| !standing.there);
    standings
}

fn file(id: Id, path: &Path, whole: bool) -> Result<(Announcement, bool), Problem> {
    let limit = if whole { usize::try_from(read::LARGEST).unwrap_or(usize::MAX) } else { read::HEAD };
    let contents = read::contents(path, limit)?;
    let complete = contents.bytes.len() as u64 >= contents.length;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok((shown(id, &name, &path.to_string_lossy(), &contents.bytes, !complete), complete))
}

fn shown(id: Id, name: &str, path: &str, bytes: &[u8], partial: bool) -> Announcement {
    let (text, provenance) = formats::raw(&Input { partial, ..Input::new(name, bytes) });
    Announcement { source: Some(Clean::line(path)), ..lines(id, Clean::line(name), &text, provenance) }
}

fn as_kept(kept: Announcement) -> Announcement {
    let texts: Vec<&str> = kept.document.blocks.iter().map(|block| block.text.as_str()).collect();
    lines(kept.id, kept.title, &texts.join("\n\n"), Provenance::default())
}

fn lines(id: Id, title: Clean, text: &str, provenance: Provenance) -> Announcement {
    let mut builder = BlockBuilder::new(&BlockKind::Preformatted);
    builder.push(text, Style::PLAIN, None);
    let blocks: Vec<Block> = vec![builder.finish(BlockKind::Preformatted)];
    Announcement {
        id,
        group: id,
        translation: false,
        title,
        source: None,
        section: None,
        language: None,
        published: None,
        modified: None,
        tags: Vec::new(),
        address: None,
        document: Document { blocks, links: Vec::new() },
        notes: Vec::new(),
        provenance,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::library::reconcile::reconcile;
    use crate::io::store;
    use crate::model::Announcement;
    use std::fs;

    fn text(read: &Announcement) -> &str {
        read.document.blocks[0].text.as_str()
    }

    #[test]
    fn nothing_of_a_file_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, b"# Otsikko\n\n  *Teksti*\tjoka p\xe4\xe4ttyy\x1b[2J.\n").unwrap();
        let location = Location::File { path: path.clone().into(), item: 0 };
        let files = Files { given: b"", library: None };
        let (read, complete) = files.read(Id::of(&["a"]), &location, true).unwrap();
        assert_eq!(text(&read), "# Otsikko\n\n  *Teksti*  joka päättyy␛[2J.");
        assert_eq!((read.title.as_str(), read.provenance.encoding, complete), ("a.md", "windows-1252", true));
        assert_eq!(read.source.as_deref(), path.to_str());
        fs::write(&path, "rivi\n".repeat(100_000)).unwrap();
        let (read, complete) = files.read(Id::of(&["a"]), &location, false).unwrap();
        assert!(!complete && text(&read).len() <= read::HEAD);
        let (read, _) = files.read(Id::of(&["a"]), &Location::Bundled(0), true).unwrap();
        assert!(text(&read).starts_with("---\nid: "));
    }

    #[test]
    fn the_library_shows_its_files_or_what_it_kept_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        fs::write(&path, "# Silta avataan liikenteelle\n\n*Silta* on valmis.\n\nSe on punainen.").unwrap();
        fs::write(folder.path().join("b.md"), "# Silta avataan liikenteelle\n\n*Silta* on valmis.\n\nSe on punainen.")
            .unwrap();
        let mut library = store::open(&folder.path().join("library.db")).store.unwrap();
        library.add_source(folder.path()).unwrap();
        let sources = library.sources().unwrap();
        reconcile(&mut library, &sources, None, &mut |_| true).unwrap();
        let entry = library.first_rows(9, None).unwrap().remove(0);
        let Location::Kept(number) = entry.location else { panic!("{entry:?}") };
        fs::remove_file(folder.path().join("b.md")).unwrap();
        let found = standings(&library, number);
        let told: Vec<(&str, bool)> = found.iter().map(|standing| (&*standing.path, standing.there)).collect();
        let gone = folder.path().join("b.md");
        assert_eq!(told, [(path.to_str().unwrap(), true), (gone.to_str().unwrap(), false)]);
        let files = Files { given: b"", library: Some(&library) };
        assert!(text(&files.read(entry.id, &entry.location, true).unwrap().0).contains("*Silta*"));
        fs::remove_file(&path).unwrap();
        let (read, _) = files.read(entry.id, &entry.location, true).unwrap();
        assert_eq!((text(&read), read.source.as_deref()), ("Silta on valmis.\n\nSe on punainen.", None));
    }
}
