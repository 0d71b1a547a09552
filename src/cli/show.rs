//! `tiedote show`: announcements as typeset text or as JSON.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;
use std::sync::Arc;

use super::arguments::ShowArguments;
use super::feeds::{settings, words};
use super::{Failure, opening, render, tell};
use crate::formats::{self, Input, Reading};
use crate::io::feeds::Fetcher;
use crate::io::files::folders::list_files;
use crate::io::files::{self, bundled, location};
use crate::io::json::{self, JsonPath};
use crate::io::library::refresh::full_text::{FullTextFault, full_text};
use crate::io::reason;
use crate::io::store::{Fault, FaultKind};
use crate::model::export::{Export, to_json};
use crate::model::{Announcement, Entry, Id, Library, Location};
use crate::text::{Clean, Language};

/// Prints what `arguments` name, in that order.
///
/// # Errors
///
/// When nothing could be shown, or writing fails; what cannot be read is told, and the rest is shown.
pub fn run(library: Option<&Path>, arguments: &ShowArguments) -> Result<(), Failure> {
    let mut printer = Printer {
        library,
        output: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
        styled: io::stdout().is_terminal(),
        arguments,
        paths: arguments.what.len() > 1 || arguments.what.iter().any(|what| what.is_dir()),
        printed: Library::default(),
        shown: 0,
        failed: false,
        fetcher: None,
    };
    for what in &arguments.what {
        printer.print_all(what)?;
    }
    printer.output.flush()?;
    if printer.shown == 0 || printer.failed { Err(Failure::Silent) } else { Ok(()) }
}

/// Prints announcements one after the other, as they are read.
struct Printer<'a, W: Write> {
    /// The library asked for.
    library: Option<&'a Path>,
    output: W,
    styled: bool,
    arguments: &'a ShowArguments,
    /// Whether each announcement tells its path.
    paths: bool,
    /// What was printed before, where announcements tell their paths.
    printed: Library,
    shown: usize,
    failed: bool,
    /// What fetches pages, once one is to be fetched.
    fetcher: Option<Fetcher>,
}

impl<W: Write> Printer<'_, W> {
    /// Prints the announcements that one argument names.
    fn print_all(&mut self, what: &Path) -> Result<(), Failure> {
        if what.as_os_str() == "-" {
            let mut bytes = Vec::new();
            if let Err(error) = io::stdin().lock().take(files::LARGEST).read_to_end(&mut bytes) {
                self.problem(&Clean::line(&format!("standard input: {}", reason::of(&error))));
            }
            let reading = formats::read(&Input::new("", &bytes).in_zone(crate::io::zone::reader()));
            return self.print_reading(reading, None, "standard input");
        }
        let language = self.arguments.lang;
        if let Some(id) = what.to_str().and_then(|id| id.parse().ok()) {
            let named = match by_id(id, language) {
                None if self.arguments.full => self.in_full(id)?,
                None => kept(self.library, id, language)?,
                bundled => bundled,
            };
            if let Some(announcement) = named {
                return self.print(announcement, None);
            }
        }
        let before = self.shown;
        for file in list_files(&[what.to_owned()]) {
            match file.and_then(|path| Ok((files::read(&path, true)?.reading, path))) {
                Ok((reading, path)) => {
                    let name = Clean::line(&path.to_string_lossy());
                    self.print_reading(reading, self.paths.then_some(path.as_path()), &name)?;
                }
                Err(problem) => self.problem(&Clean::line(&problem.to_string())),
            }
        }
        if self.shown == before && what.is_dir() {
            self.problem(&Clean::line(&format!("{}: no announcements here", what.display())));
        }
        Ok(())
    }

    /// Reads an announcement of the library with the text of its web page. If that text cannot be had, the reason is told
    /// and the announcement comes with the text stored in the library.
    fn in_full(&mut self, id: Id) -> Result<Option<Announcement>, Failure> {
        let language = self.arguments.lang;
        let Some(mut store) = opening::shown(self.library)? else { return Ok(None) };
        let found = store.version(id, language).map_err(|fault| opening::fail(&store, &fault))?;
        let Some(number) = found else { return Ok(None) };
        let fetcher = self.fetcher.get_or_insert_with(|| Fetcher::new(settings()));
        match full_text(&mut store, fetcher, number) {
            Ok(announcement) => Ok(Some(announcement)),
            Err(FullTextFault::Library(fault)) => Err(opening::fail(&store, &fault)),
            Err(FullTextFault::Web(fault)) => {
                let own = kept(self.library, id, language)?;
                let title = own.as_ref().map(|own| own.title.to_string()).unwrap_or_default();
                self.problem(&Clean::line(&format!("{title}: {}", words(&fault))));
                Ok(own)
            }
        }
    }

    fn print_reading(&mut self, reading: Reading, path: Option<&Path>, name: &str) -> Result<(), Failure> {
        for note in reading.left_out() {
            self.problem(&Clean::line(&format!("{name}: {}", note.0)));
        }
        if reading.announcements.is_empty() {
            self.problem(&Clean::line(&format!("{name}: holds no announcement")));
        }
        for (item, announcement) in (0..).zip(reading.announcements) {
            self.print(told(announcement, self.arguments.lang), path.map(|path| (path, item)))?;
        }
        Ok(())
    }

    fn print(&mut self, announcement: Announcement, place: Option<(&Path, u32)>) -> Result<(), Failure> {
        if self.arguments.json {
            let same_as = place.and_then(|place| self.printed_before(&announcement, place));
            let JsonPath { path, path_bytes } = place.map(|(path, _)| JsonPath::of(path)).unwrap_or_default();
            let export = Export { same_as, path, path_bytes, ..to_json(&announcement) };
            writeln!(self.output, "{}", json::line(&export).map_err(io::Error::from)?)?;
        } else {
            if self.shown > 0 {
                writeln!(self.output)?;
            }
            let name = if announcement.title.is_empty() { Clean::line("a text") } else { announcement.title.clone() };
            if !render::write(announcement, self.arguments.width, self.styled, &mut self.output)? {
                let limit = render::MOST_SET >> 20;
                tell(&Clean::line(&format!(
                    "{name}: only its first {limit} MiB are typeset, the rest stands as it is"
                )));
            }
        }
        self.shown += 1;
        Ok(())
    }

    /// Returns the file printed before that holds the same announcement.
    fn printed_before(&mut self, announcement: &Announcement, (path, item): (&Path, u32)) -> Option<String> {
        let path = Arc::new(path.to_owned());
        let entry = Entry::sketched(announcement, Location::File { path, item });
        let before = match self.printed.same_as(&entry).map(|before| &before.location) {
            Some(Location::File { path, .. }) => Some(path.to_string_lossy().into_owned()),
            _ => None,
        };
        self.printed.add([entry]);
        before
    }

    fn problem(&mut self, sentence: &Clean) {
        tell(sentence);
        self.failed = true;
    }
}

/// Returns the announcement with the language asked for, where it does not state its own.
fn told(announcement: Announcement, language: Option<Language>) -> Announcement {
    Announcement { language: language.or(announcement.language), ..announcement }
}

/// Reads an announcement of the library by its identity, in the language asked for where it has a version in it.
fn kept(library: Option<&Path>, id: Id, language: Option<Language>) -> Result<Option<Announcement>, Failure> {
    let Some(store) = opening::shown(library)? else { return Ok(None) };
    let failed = |fault: Fault| opening::fail(&store, &fault);
    let Some(number) = store.version(id, language).map_err(failed)? else { return Ok(None) };
    match store.text(number, None) {
        Ok(text) => Ok(text.map(|(announcement, _)| announcement)),
        Err(fault) if fault.kind == FaultKind::Text => {
            let mended = location::mended(&store, number);
            mended.map(Some).map_err(|problem| Failure::Told(Clean::line(&problem.to_string())))
        }
        Err(fault) => Err(failed(fault)),
    }
}

/// Reads a bundled announcement by its identity, in the language asked for where it has a version in it.
fn by_id(id: Id, language: Option<Language>) -> Option<Announcement> {
    let entries = bundled::entries();
    let named = entries.iter().find(|entry| entry.id == id || entry.group == id)?;
    let version = language
        .and_then(|wished| entries.iter().find(|entry| entry.group == named.group && entry.language == Some(wished)))
        .unwrap_or(named);
    match version.location {
        crate::model::Location::Bundled(number) => bundled::read(number),
        _ => None,
    }
}
