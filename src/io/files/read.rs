//! Reading one file: regular files only, opened so that nothing can hold the program up, never more than a cap.

use std::fs::OpenOptions;
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use crate::app::{Problem, Reason};
use crate::formats::{self, Input, Reading};
use crate::io::reason;
use crate::model::{Announcement, Entry, Location};

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 64 * 1024 * 1024;
/// How much of a large file is read first for the list and the first screen, in bytes.
pub const HEAD: usize = 64 * 1024;

/// What a file held.
#[derive(Debug)]
pub struct Contents {
    /// Its bytes, or the first of them.
    pub bytes: Vec<u8>,
    /// The whole file's length in bytes.
    pub length: u64,
}

/// Reads at most `limit` bytes of a regular file.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn contents(path: &Path, limit: usize) -> Result<Contents, Problem> {
    let failed = |reason: Reason| Problem::at(path, reason);
    // A FIFO or a terminal must not hold up the thread that opens it.
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(i32::from_ne_bytes(flags.bits().to_ne_bytes()))
        .open(path)
        .map_err(|error| failed(reason::of(&error)))?;
    let metadata = file.metadata().map_err(|error| failed(reason::of(&error)))?;
    if metadata.is_dir() {
        return Err(failed(Reason::Folder));
    }
    if !metadata.is_file() {
        return Err(failed(Reason::Irregular));
    }
    if metadata.len() > LARGEST {
        return Err(failed(Reason::TooLarge(LARGEST >> 20)));
    }
    let mut bytes = Vec::new();
    let wanted = metadata.len().min(limit as u64);
    bytes.reserve_exact(usize::try_from(wanted).unwrap_or(0) + 1);
    Read::take(&file, limit as u64).read_to_end(&mut bytes).map_err(|error| failed(reason::of(&error)))?;
    Ok(Contents { length: metadata.len().max(bytes.len() as u64), bytes })
}

/// A file that was read.
#[derive(Debug)]
pub struct FileReading {
    /// What was found in it.
    pub reading: Reading,
    /// How many of its bytes were read.
    pub read: u64,
    /// How many it has.
    pub length: u64,
}

/// Formats whose announcements stand one in a file and begin with what the list shows of them.
const HEADED: [&str; 3] = ["Markdown", "mail", "plain text"];

/// Reads the announcements of a file, or only what its first [`HEAD`] bytes tell.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn read(path: &Path, whole: bool) -> Result<FileReading, Problem> {
    let limit = if whole { usize::try_from(LARGEST).unwrap_or(usize::MAX) } else { HEAD };
    let Contents { bytes, length } = contents(path, limit)?;
    let read = bytes.len() as u64;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let reading = formats::read(&Input {
        partial: read < length,
        ..Input::new(&name, &bytes).in_zone(crate::io::zone::reader())
    });
    Ok(FileReading { reading, read, length })
}

impl FileReading {
    /// Reports whether all of the file was read.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.read >= self.length
    }

    /// Reports whether reading on would change nothing that the list shows.
    fn is_enough(&self) -> bool {
        let told = |announcement: &Announcement| {
            HEADED.contains(&announcement.provenance.format)
                && !announcement.title.is_empty()
                && announcement.published.is_some()
        };
        self.is_complete() || self.reading.announcements.len() == 1 && self.reading.announcements.iter().all(told)
    }

    /// Returns what was left out of the file at `path`, each a problem.
    #[must_use]
    pub fn left_out(&self, path: &Path) -> Vec<Problem> {
        left_out(path, &self.reading)
    }
}

/// Returns what was left out of the file at `path` as it was read, each a problem.
#[must_use]
pub fn left_out(path: &Path, reading: &Reading) -> Vec<Problem> {
    reading.left_out().map(|note| Problem::at(path, Reason::Said(note.0.clone()))).collect()
}

/// The announcements of a file, as far as they were read for the list.
#[derive(Debug)]
pub struct Listed {
    /// What the list shows of each; how long a large one takes to read is reckoned from its head.
    pub entries: Vec<Entry>,
    /// The announcements themselves.
    pub announcements: Vec<Announcement>,
    /// Whether the whole file was read.
    pub complete: bool,
    /// What was left out of the file.
    pub problems: Vec<Problem>,
}

/// Reads what the list needs of the announcements of a file: its head where that is enough, else all of it.
///
/// # Errors
///
/// The file and why it cannot be read.
pub fn list(path: &Path) -> Result<Listed, Problem> {
    let head = self::read(path, false)?;
    let found = if head.is_enough() { head } else { self::read(path, true)? };
    let problems = found.left_out(path);
    let FileReading { reading, read, length } = found;
    let shared = Arc::new(path.to_owned());
    let entry = |(item, announcement): (u32, &Announcement)| {
        let mut entry = Entry::sketched(announcement, Location::File { path: Arc::clone(&shared), item });
        if read < length {
            entry.minutes = u16::try_from(u64::from(entry.minutes) * length / read.max(1)).unwrap_or(u16::MAX);
        }
        entry
    };
    let entries = (0..).zip(&reading.announcements).map(entry).collect();
    Ok(Listed { entries, announcements: reading.announcements, complete: read >= length, problems })
}

/// Reads the announcement of number `item` in a file; returns it with whether all of the file was read. Unless `whole`,
/// the head is read only, where the announcement is in it.
///
/// # Errors
///
/// The file and why the announcement cannot be read.
pub fn announcement(path: &Path, item: u32, whole: bool) -> Result<(Announcement, bool), Problem> {
    let mut read = self::read(path, whole)?;
    if !read.is_complete() {
        let announcements = &read.reading.announcements;
        // A head of JSON may hold none of its announcements, and that of a page nothing but its styles.
        let begins = announcements.get(item as usize).is_some_and(|one| {
            one.provenance.format != "JSON" && !one.title.is_empty() && !one.document.blocks.is_empty()
        });
        if !begins {
            read = self::read(path, true)?;
        }
    }
    let complete = read.is_complete();
    let found = read.reading.announcements.into_iter().nth(item as usize);
    found.map(|announcement| (announcement, complete)).ok_or_else(|| Problem::at(path, Reason::NotInIt))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::Write;

    /// Writes files of every kind, each with more than [`HEAD`] bytes before, in and after what the list shows.
    fn large(folder: &Path) -> Vec<std::path::PathBuf> {
        let long = "Teksti jatkuu vielä. ".repeat(40);
        let items: Vec<String> = (0..200)
            .map(|number| format!(r#"{{"title":"Tiedote {number}","published":"2024-03-01","text":"{long}"}}"#))
            .collect();
        let styles = ".a{color:red}\n".repeat(6000);
        let page = |number: u32| {
            format!(
                "<html lang=fi><head><style>{styles}</style><title>Silta {number} avataan</title>\
                 <meta property=\"article:published_time\" content=\"2024-03-0{number}\"></head>\
                 <body><h1>Silta {number} avataan</h1><p>{long}</p></body></html>"
            )
        };
        let paragraphs = format!("{long}\n\n").repeat(100);
        let object = format!(r#"{{"blocks":[{{"kind":"paragraph","text":"{paragraphs}"}}],"title":"Viimeinen"}}"#);
        let mut files: Vec<(String, Vec<u8>)> = vec![
            ("feed.json".to_owned(), format!(r#"{{"items":[{}]}}"#, items.join(",")).into()),
            ("array.json".to_owned(), format!("[{}]", items.join(",")).into()),
            ("lines.jsonl".to_owned(), items.join("\n").into()),
            ("object.json".to_owned(), object.replace('\n', "\\n").into()),
            ("front.md".to_owned(), format!("---\ntitle: Silta\ndate: 2024-03-01\n---\n\n{paragraphs}").into()),
            ("bare.md".to_owned(), format!("# Silta\n\n{paragraphs}").into()),
            ("plain.txt".to_owned(), format!("Silta avataan\n\n{paragraphs}").into()),
            ("dated.txt".to_owned(), format!("Silta avataan\n\n{paragraphs}\n\nJulkaistu 1.3.2024 klo 10.00\n").into()),
            (
                "letter.eml".to_owned(),
                format!("From: a@example.fi\nSubject: Silta\nDate: Fri, 1 Mar 2024 08:05:00 +0200\n\n{paragraphs}")
                    .into(),
            ),
        ];
        files.extend((1..4).map(|number| (format!("page-{number}.html"), page(number).into())));
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        packer.write_all(page(4).as_bytes()).unwrap();
        files.push(("packed.html.gz".to_owned(), packer.finish().unwrap()));
        files
            .into_iter()
            .map(|(name, bytes)| {
                let path = folder.join(name);
                assert!(bytes.len() > HEAD + 1000, "{}", path.display());
                fs::write(&path, bytes).unwrap();
                path
            })
            .collect()
    }

    #[test]
    fn the_list_shows_what_reading_the_whole_file_shows() {
        let folder = tempfile::tempdir().unwrap();
        let mut counts = Vec::new();
        for path in large(folder.path()) {
            let shown = |entry: &Entry| (entry.id, entry.title.clone(), entry.published, entry.language);
            let listed: Vec<_> = list(&path).unwrap().entries.iter().map(shown).collect();
            let whole = read(&path, true).unwrap().reading.announcements;
            let location = || Location::Given(0);
            let wanted: Vec<_> = whole.iter().map(|one| shown(&Entry::of(one, location()))).collect();
            assert_eq!(listed, wanted, "{}", path.display());
            assert!(listed.iter().all(|(_, title, ..)| !title.is_empty()), "{}", path.display());
            counts.push(listed.len());
            // What is listed can be opened, the last of them too.
            let last = u32::try_from(listed.len()).unwrap() - 1;
            let (first, _) = announcement(&path, last, false).unwrap();
            assert_eq!(first.title, whole[last as usize].title, "{}", path.display());
        }
        assert_eq!(counts, [200, 200, 200, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    }

    #[test]
    fn what_is_left_out_of_a_file_is_a_problem_and_what_an_announcement_shows_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        fs::write(&path, "{\"title\":\"Silta\",\"text\":\"Teksti.\"}\n{\"title\":\n").unwrap();
        let told: Vec<String> = list(&path).unwrap().problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("a.jsonl") && told[0].contains("left out: 1"), "{told:?}");
        // A guessed encoding is shown with the announcement.
        fs::write(&path, b"{\"title\":\"Silta\",\"text\":\"P\xe4\xe4tt\xe4\xe4.\"}\n").unwrap();
        assert_eq!(list(&path).unwrap().problems, Vec::new());
    }
}
