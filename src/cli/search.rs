//! `tiedote search`: what matches a query, the best first, for people and for pipes.

use std::collections::HashSet;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::arguments::SearchArguments;
use super::{Failure, complain, opening, tell};
use crate::app::{Problem, Reason};
use crate::calendar::PartialDate;
use crate::io::files::{bundled, folders, location};
use crate::io::json::{self, JsonPath};
use crate::io::search::index::{LibraryIndex, Question};
use crate::io::store::{self, Fault, Store};
use crate::model::{Announcement, Entry, Id, Library, Location, Marks};
use crate::search::{Field, Fields, Gathered, Matcher, Query, QueryError, Rank, Snippet, snippet};
use crate::text::fold::Folding;
use crate::text::{Clean, Language, width};

/// Cells of the line of text around a match.
const CELLS: usize = 96;
/// The names of the fields of a text, in the order of [`Field::ALL`].
const NAMES: [&str; 4] = ["title", "lead", "body", "contacts"];

/// An announcement that matches, as `--json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    id: Id,
    title: &'a Clean,
    published: Option<PartialDate>,
    snippet: &'a str,
    matches: Vec<PrintedMatch<'a>>,
    #[serde(flatten)]
    path: Option<JsonPath>,
}

/// A matched piece of a text.
#[derive(Serialize)]
struct PrintedMatch<'a> {
    field: &'static str,
    text: &'a str,
}

/// Prints what matches.
///
/// # Errors
///
/// When the query makes no sense, nothing matches, or something could not be read or written.
pub fn run(asked: Option<&Path>, arguments: &SearchArguments) -> Result<(), Failure> {
    let query = match Query::parse(&arguments.query) {
        Ok(query) if query.is_empty() => {
            tell(&Clean::line("the query asks for nothing"));
            return Err(Failure::Misused);
        }
        Ok(query) => query,
        Err(error) => {
            point(&arguments.query, &error);
            return Err(Failure::Misused);
        }
    };
    let store = if arguments.paths.is_empty() { opening::shown(asked)? } else { beside(asked) };
    let marks = store.as_ref().map_or_else(Marks::default, marks);
    let mut search = Search {
        matchers: [Folding::Strict, Folding::Lenient].map(|folding| Matcher::new(&query, folding)),
        marks,
        language: arguments.lang,
        found: Mutex::default(),
    };
    let failed = search.look(&arguments.paths, store.as_ref())?;
    let matches = search.ranked();
    let [matcher, lenient] = &search.matchers;
    let matcher = if matches.iter().all(|one| one.lenient) { lenient } else { matcher };
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let styled = io::stdout().is_terminal();
    for one in &matches {
        let path = if arguments.json { path(&one.entry, store.as_ref()) } else { JsonPath::default() };
        print(one, matcher, path, (arguments.json, styled), &mut output)?;
    }
    output.flush()?;
    if matches.is_empty() && !failed {
        tell(&Clean::line("nothing found"));
    }
    if matches.is_empty() || failed { Err(Failure::Silent) } else { Ok(()) }
}

/// Opens the library for the marks of what is searched, where there is one.
fn beside(asked: Option<&Path>) -> Option<Store> {
    let path = opening::place(asked).ok().filter(|path| path.symlink_metadata().is_ok())?;
    let opened = store::open(&path);
    opened.notices.iter().for_each(complain);
    opened.store
}

fn marks(store: &Store) -> Marks {
    let mut marks = Marks::default();
    for (group, marking) in store.marks().unwrap_or_default() {
        marks.set(group, marking);
    }
    marks
}

/// Says what is wrong with a query, and where.
fn point(query: &str, error: &QueryError) {
    tell(&Clean::line(&error.to_string()));
    let shown = |text: &str| Clean::lines_of(&text.replace(['\n', '\r', '\t'], " ")).to_string();
    let before = width(&shown(query.get(..error.range.start).unwrap_or_default()));
    let wrong = width(&shown(query.get(error.range.clone()).unwrap_or_default())).max(1);
    let (blanks, carets) = (" ".repeat(before), "^".repeat(wrong));
    // Where standard error is gone, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "  {}\n  {blanks}{carets}", shown(query));
}

/// A search under way, by several threads.
struct Search {
    /// The strict matcher, then the lenient one.
    matchers: [Matcher; 2],
    marks: Marks,
    language: Option<Language>,
    found: Mutex<Vec<Found>>,
}

/// An announcement that matches.
struct Found {
    rank: Rank,
    /// Whether only the lenient matcher took it.
    lenient: bool,
    entry: Entry,
    gathered: Gathered,
}

impl Search {
    /// Looks through all that is asked for; whether anything could not be read.
    fn look(&mut self, paths: &[std::path::PathBuf], store: Option<&Store>) -> Result<bool, Failure> {
        if !paths.is_empty() {
            let problems = Mutex::new(Vec::new());
            folders::read_whole(paths, &|read| {
                match read {
                    Ok((path, announcements)) => {
                        for (item, announcement) in (0..).zip(&announcements) {
                            self.judge(announcement, Location::File { path: path.clone(), item });
                        }
                    }
                    Err(problem) => problems.lock().unwrap_or_else(PoisonError::into_inner).push(problem),
                }
                true
            });
            let problems = problems.into_inner().unwrap_or_else(PoisonError::into_inner);
            problems.iter().for_each(complain);
            return Ok(!problems.is_empty());
        }
        let Some(store) = store else {
            for entry in bundled::entries() {
                if let Location::Bundled(number) = entry.location
                    && let Some(announcement) = bundled::read(number)
                {
                    self.judge(&announcement, entry.location);
                }
            }
            return Ok(false);
        };
        // Another version than the one asked for may match best.
        let done = if self.language.is_some() { self.look_through(store) } else { self.look_up(store) };
        let damaged = done.map_err(|fault| opening::fail(store, &fault))?;
        if damaged {
            complain(&Problem::at(store.path(), Reason::TextDamaged));
        }
        Ok(damaged)
    }

    /// Looks at every text of the library; returns whether one is damaged and in no file.
    fn look_through(&self, store: &Store) -> Result<bool, Fault> {
        let mut damaged = Vec::new();
        store.announcements(|announcement, location, whole| {
            match location {
                Location::Kept(number) if !whole => damaged.push((number, announcement)),
                location => self.judge(&announcement, location),
            }
            true
        })?;
        let mut lost = false;
        for (number, kept) in damaged {
            let mended = location::mended(store, number);
            lost |= mended.is_err();
            self.judge(&mended.unwrap_or(kept), Location::Kept(number));
        }
        Ok(lost)
    }

    /// Looks only at what the index of the library says: strictly or, if there is nothing, leniently. Returns whether a text is
    /// damaged and in no file.
    fn look_up(&self, store: &Store) -> Result<bool, Fault> {
        let mut damaged = false;
        let mut index = LibraryIndex::open(store)?;
        for matcher in &self.matchers {
            let question = Question { matcher, marks: &self.marks, languages: &[] };
            let found = index.look(store, &question, &|| false)?.unwrap_or_default();
            for one in &found {
                let Some(number) = store.version(one.id, None)? else { continue };
                let Some((kept, _, whole)) = store.text_as_kept(number, None)? else { continue };
                let mended = if whole { None } else { location::mended(store, number).ok() };
                damaged |= !whole && mended.is_none();
                self.judge(&mended.unwrap_or(kept), Location::Kept(number));
            }
            if !found.is_empty() {
                break;
            }
        }
        Ok(damaged || index.found_damage())
    }

    /// Notes an announcement down if it matches.
    fn judge(&self, announcement: &Announcement, location: Location) {
        let entry = Entry::sketched(announcement, location);
        if self.language.is_some_and(|language| entry.language != Some(language)) {
            return;
        }
        let tags: Vec<&str> = self.marks.tags(entry.group).into_iter().flatten().map(Clean::as_str).collect();
        let fields = Fields::of(&entry, &self.marks, &tags);
        let gathered = Gathered::of(announcement);
        let mut text = String::new();
        let best = self.matchers.iter().find_map(|matcher| {
            text.clear();
            let ends = gathered.texts().fold_into(matcher.folding(), &mut text);
            Some((matcher.rank(&text, &ends, &fields)?, matcher.folding() == Folding::Lenient))
        });
        if let Some((rank, lenient)) = best {
            let found = Found { rank, lenient, entry, gathered };
            self.found.lock().unwrap_or_else(PoisonError::into_inner).push(found);
        }
    }

    /// Returns what was found, the best first, one language version each: strict matches or, if there are none, lenient
    /// ones.
    fn ranked(&mut self) -> Vec<Found> {
        let mut found = std::mem::take(self.found.get_mut().unwrap_or_else(PoisonError::into_inner));
        if found.iter().any(|one| !one.lenient) {
            found.retain(|one| !one.lenient);
        }
        // The same announcement in two files is one.
        let mut listed = Library::default();
        listed.add(found.iter().map(|one| one.entry.clone()));
        found.retain_mut(|one| {
            let Some(id) = listed.listed_id(&one.entry) else { return false };
            if id != one.entry.id {
                one.entry = one.entry.clone().known_by(id);
            }
            true
        });
        found.sort_by_key(|one| (one.rank, one.entry.precedence()));
        let mut groups = HashSet::new();
        found.retain(|one| groups.insert(one.entry.group));
        found.sort_by(|one, other| {
            let (date, title) = (one.entry.published, &one.entry.title);
            one.rank.cmp(&other.rank).then(other.entry.published.cmp(&date)).then(title.cmp(&other.entry.title))
        });
        found
    }
}

/// Returns the file it is in.
fn path(entry: &Entry, store: Option<&Store>) -> JsonPath {
    match &entry.location {
        Location::File { path, .. } => JsonPath::of(path),
        // Its path is no reason not to print it.
        Location::Kept(number) => {
            let copies = store.and_then(|store| store.copies(*number).ok()).unwrap_or_default();
            copies.first().map(|(path, _)| JsonPath::of(path)).unwrap_or_default()
        }
        Location::Bundled(_) | Location::Given(_) => JsonPath::default(),
    }
}

fn print(
    found: &Found,
    matcher: &Matcher,
    path: JsonPath,
    (json, styled): (bool, bool),
    output: &mut impl Write,
) -> io::Result<()> {
    let entry = &found.entry;
    let texts = found.gathered.texts();
    let places = matcher.places(&texts, entry.language, &|| false);
    let (field, at) = match &places.best {
        Some((field, range)) if *field != Field::Title => (*field, range.start),
        // The title is printed anyway: beside it stands how the text begins.
        _ => (if texts.lead.is_empty() { Field::Body } else { Field::Lead }, 0),
    };
    let line = snippet(texts.get(field), at, places.of(field), CELLS);
    if !json {
        let date = entry.published.map(|date| date.to_string()).unwrap_or_default();
        let source = entry.source.as_deref().map_or("", Clean::as_str);
        let language = entry.language.map_or("", Language::code);
        writeln!(output, "{}\t{date}\t{language}\t{source}\t{}", entry.id, entry.title)?;
        return if line.text.is_empty() { Ok(()) } else { writeln!(output, "    {}", marked(&line, styled)) };
    }
    let matches = Field::ALL
        .into_iter()
        .zip(NAMES)
        .flat_map(|(field, name)| places.of(field).iter().map(move |range| (field, name, range.clone())))
        .filter_map(|(field, name, range)| Some(PrintedMatch { field: name, text: texts.get(field).get(range)? }))
        .collect();
    let path = path.path.is_some().then_some(path);
    let printed =
        Printed { id: entry.id, title: &entry.title, published: entry.published, snippet: &line.text, matches, path };
    writeln!(output, "{}", json::line(&printed).map_err(io::Error::from)?)
}

/// Returns the line, with its matches in bold on a terminal.
fn marked(line: &Snippet, styled: bool) -> String {
    if !styled {
        return line.text.clone();
    }
    let mut marked = String::new();
    let mut at = 0;
    for range in &line.ranges {
        marked.push_str(line.text.get(at..range.start).unwrap_or_default());
        marked.push_str("\u{1b}[1m");
        marked.push_str(line.text.get(range.clone()).unwrap_or_default());
        marked.push_str("\u{1b}[0m");
        at = range.end;
    }
    marked.push_str(line.text.get(at..).unwrap_or_default());
    marked
}
