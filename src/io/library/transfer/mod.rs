//! Export and import of a whole library as lines of JSON: sources, announcements with their texts, marks, undo steps,
//! places, saved searches and the session. `docs/library-export.md` describes the lines. It never removes anything.

mod lines;
pub mod subscriptions;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::path::PathBuf;

use lines::{AnnouncementLine, Line, MarksLine, MarksOf, PlaceLine, SearchLine, SourceLine, StepLine};

use crate::formats::packed;
use crate::io::files::location;
use crate::io::json;
use crate::io::store::{Body, Fault, Session, SourceKind, Store};
use crate::model::{Entry, Id, Location, MarkChange, Marking, SavedSearch};
use crate::text::Clean;

/// The version of the lines written here.
const VERSION: u32 = 1;
/// Announcements taken in at a time.
const BATCH: usize = 256;

/// Why an export or an import failed.
#[derive(Debug)]
pub enum TransferError {
    /// Reading or writing the lines failed.
    Stream(io::Error),
    /// The library failed.
    Library(Fault),
    /// A line is none of an export: its number and what is wrong.
    Line(Clean),
}

impl From<io::Error> for TransferError {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl From<Fault> for TransferError {
    fn from(fault: Fault) -> Self {
        Self::Library(fault)
    }
}

/// What an import added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Announcements that were not known before.
    pub announcements: usize,
    /// Announcements whose marks changed.
    pub marks: usize,
}

/// The first bytes of an export.
const BEGINNING: &[u8] = b"{\"tiedote\":";
/// The byte order mark a text in UTF-8 may begin with.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the lines of `input`, unpacked where they are gzipped, and whether they begin as an export does.
///
/// # Errors
///
/// When their beginning cannot be read.
pub fn open(input: impl Read + 'static) -> io::Result<(Box<dyn BufRead>, bool)> {
    let mut input: Box<dyn BufRead> = Box::new(BufReader::new(input));
    let mut start = begin(&mut input)?;
    if packed::is_packed(&start) {
        input = Box::new(BufReader::new(packed::unpacking(Cursor::new(start).chain(input))));
        start = begin(&mut input)?;
    }
    let start = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&start).to_vec();
    let ours = start.starts_with(BEGINNING);
    Ok((Box::new(Cursor::new(start).chain(input)), ours))
}

/// Reads as much from `input` as tells whether it is an export.
fn begin(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    input.take((BYTE_ORDER_MARK.len() + BEGINNING.len()) as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Writes everything the library holds to `output`; returns how many texts are damaged and were written as they are,
/// because no file holds them.
///
/// # Errors
///
/// When the library cannot be read or the lines cannot be written.
pub fn export(store: &Store, output: &mut dyn Write) -> Result<usize, TransferError> {
    let mut write = |line: &Line| -> io::Result<()> { writeln!(output, "{}", json::line(line)?) };
    write(&Line::Tiedote(VERSION))?;
    for source in store.sources()? {
        if source.kind == SourceKind::Path {
            write(&Line::Source(SourceLine { path: source.path.to_string_lossy().into_owned() }))?;
        }
    }
    let (mut done, mut damaged) = (Ok(()), 0);
    store.kept(|entry, body, whole| {
        let read = match entry.location {
            Location::Kept(number) if !whole => location::mended(store, number).ok(),
            _ => None,
        };
        damaged += usize::from(!whole && read.is_none());
        let body = read.as_ref().map_or(body, Body::of);
        done = write(&Line::Announcement(Box::new(AnnouncementLine::of(&entry, body))));
        done.is_ok()
    })?;
    done?;
    for (group, marking) in store.marks()? {
        write(&Line::Marks(MarksLine { group: group.to_string(), marks: MarksOf::of(&marking) }))?;
    }
    for step in store.history(u32::MAX)? {
        write(&Line::Step(step.iter().map(StepLine::of).collect()))?;
    }
    for (id, part, offset) in store.places()? {
        write(&Line::Place(PlaceLine { id: id.to_string(), part, offset }))?;
    }
    for search in store.searches()? {
        let news = search.news.iter().map(ToString::to_string).collect();
        write(&Line::Search(SearchLine { query: search.query.to_string(), watched: search.watched, news }))?;
    }
    write(&Line::Session(store.session()?))?;
    Ok(damaged)
}

/// Adds what [`export`] wrote to the library: announcements it knows stay as they are, marks are added to those there
/// are.
///
/// # Errors
///
/// When a line is none of an export or the lines cannot be read to their end: the first such error, after all other
/// lines were added. At once, when the library cannot be written or a newer version wrote the lines.
pub fn import(store: &mut Store, input: &mut dyn BufRead) -> Result<Imported, TransferError> {
    let (mut imported, mut rest, mut first_wrong) = (Imported::default(), Rest::default(), None);
    let (mut announcements, mut raw, mut names) = (Vec::new(), Vec::new(), Names::default());
    for number in 1_u64.. {
        raw.clear();
        match input.read_until(b'\n', &mut raw) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                first_wrong.get_or_insert(TransferError::Stream(error));
                break;
            }
        }
        if raw.trim_ascii().is_empty() {
            continue;
        }
        let wrong = |reason: &str| TransferError::Line(Clean::line(&format!("line {number}: {reason}")));
        match lines::read(&raw) {
            Ok(Some(Line::Tiedote(version))) if version > VERSION => {
                return Err(wrong("was written by a newer version"));
            }
            Ok(Some(Line::Source(source))) => {
                store.add_source(&PathBuf::from(source.path))?;
            }
            Ok(Some(Line::Announcement(line))) => match line.kept() {
                Some(kept) => announcements.push(kept),
                None => drop(first_wrong.get_or_insert_with(|| wrong("has no identity"))),
            },
            Ok(Some(line)) => {
                if !rest.take(line) {
                    first_wrong.get_or_insert_with(|| wrong("has no identity"));
                }
            }
            // A kind of line that only a newer version knows is passed over.
            Ok(None) => {}
            Err(reason) => drop(first_wrong.get_or_insert_with(|| wrong(reason))),
        }
        if announcements.len() == BATCH {
            imported.announcements += adopt(store, &announcements, &mut names)?;
            announcements.clear();
        }
    }
    imported.announcements += adopt(store, &announcements, &mut names)?;
    store.forget_titles();
    rest.rename(&names);
    imported.marks = store.adopt_marks(&rest.marks, &rest.steps)?;
    store.save_session(&rest.session, &rest.places, false)?;
    store.adopt_searches(&rest.searches)?;
    first_wrong.map_or(Ok(imported), Err)
}

/// Adds announcements to the library; returns how many were not known.
fn adopt(store: &mut Store, announcements: &[(Entry, Body)], names: &mut Names) -> Result<usize, Fault> {
    let adopted = store.adopt(announcements)?;
    let renamed: HashSet<Id> = adopted.renamed.iter().map(|((id, _), _)| *id).collect();
    names
        .kept
        .extend(announcements.iter().filter(|(entry, _)| !renamed.contains(&entry.id)).map(|(entry, _)| entry.group));
    for ((id, group), (new_id, new_group)) in adopted.renamed {
        names.ids.insert(id, new_id);
        names.groups.entry(group).or_default().insert(new_group);
    }
    Ok(adopted.came)
}

/// The identities that announcements of an export have in this library, where they are others.
#[derive(Default)]
struct Names {
    ids: HashMap<Id, Id>,
    groups: HashMap<Id, BTreeSet<Id>>,
    /// Groups some of whose announcements have the identity they had.
    kept: HashSet<Id>,
}

impl Names {
    /// Returns the groups that `group` of the export is here.
    fn of(&self, group: Id) -> Vec<Id> {
        let Some(renamed) = self.groups.get(&group) else { return vec![group] };
        let kept = self.kept.contains(&group).then_some(group);
        kept.into_iter().chain(renamed.iter().copied().filter(|name| *name != group)).collect()
    }
}

/// What is added once all announcements are.
#[derive(Default)]
struct Rest {
    marks: Vec<(Id, Marking)>,
    steps: Vec<Vec<MarkChange>>,
    places: Vec<(Id, u32, u32)>,
    searches: Vec<SavedSearch>,
    session: Session,
}

impl Rest {
    /// Gives marks, steps, places and news the names that announcements have here.
    fn rename(&mut self, names: &Names) {
        if names.groups.is_empty() {
            return;
        }
        let marks = std::mem::take(&mut self.marks).into_iter();
        let named = |(group, marking): (Id, Marking)| {
            names.of(group).into_iter().map(move |group| (group, marking.clone())).collect::<Vec<_>>()
        };
        self.marks = marks.flat_map(named).collect();
        for step in &mut self.steps {
            let changes = std::mem::take(step).into_iter();
            let named = |change: MarkChange| {
                let groups = names.of(change.group).into_iter();
                groups.map(move |group| MarkChange { group, ..change.clone() }).collect::<Vec<_>>()
            };
            *step = changes.flat_map(named).collect();
        }
        for (id, ..) in &mut self.places {
            *id = names.ids.get(id).copied().unwrap_or(*id);
        }
        for search in &mut self.searches {
            search.news = search.news.iter().flat_map(|group| names.of(*group)).collect();
        }
    }

    /// Notes a line; returns whether it has the identities it needs.
    fn take(&mut self, line: Line) -> bool {
        match line {
            Line::Marks(line) => {
                let Ok(group) = line.group.parse() else { return false };
                self.marks.push((group, line.marks.marking()));
            }
            Line::Step(changes) => {
                let Some(step) = lines::step_of(&changes) else { return false };
                self.steps.push(step);
            }
            Line::Place(place) => {
                let Ok(id) = place.id.parse() else { return false };
                self.places.push((id, place.part, place.offset));
            }
            Line::Search(line) => self.searches.push(SavedSearch {
                query: Clean::line(&line.query),
                watched: line.watched,
                news: line.news.iter().filter_map(|id| id.parse().ok()).collect(),
                looked: None,
            }),
            Line::Session(values) => self.session.extend(values),
            Line::Tiedote(_) | Line::Source(_) | Line::Announcement(_) => {}
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::{library::reconcile, store};
    use crate::model::SearchChange;
    use std::path::Path;

    fn opened(folder: &tempfile::TempDir, name: &str) -> Store {
        store::open(&folder.path().join(name)).store.unwrap()
    }

    #[test]
    fn an_export_read_into_an_empty_library_makes_the_same_library() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = opened(&folder, "one.db");
        one.add_source(&Path::new("articles").canonicalize().unwrap()).unwrap();
        let sources = one.sources().unwrap();
        reconcile::reconcile(&mut one, &sources, None, &mut |_| true).unwrap();
        let group = one.first_rows(1, None).unwrap()[0].group;
        let after = Marking { read: true, starred: true, changed: true, tags: [Clean::line("sote")].into() };
        one.mark(&[MarkChange { group, before: Marking::default(), after }], false, true).unwrap();
        let news = [group].into();
        let search = SavedSearch { query: Clean::line("sote"), watched: true, news, looked: None };
        one.change_searches(&SearchChange::Kept(search)).unwrap();
        one.save_session(&[("text-width".to_owned(), "70".to_owned())].into(), &[(group, 1, 2)], false).unwrap();
        let mut lines = Vec::new();
        export(&one, &mut lines).unwrap();
        assert!(super::open(Cursor::new(lines.clone())).unwrap().1);
        let mut other = opened(&folder, "other.db");
        let imported = import(&mut other, &mut lines.as_slice()).unwrap();
        assert_eq!((imported.announcements, imported.marks), (6, 1));
        let mut again = Vec::new();
        export(&other, &mut again).unwrap();
        let sorted = |lines: &[u8]| {
            let mut lines: Vec<String> = String::from_utf8_lossy(lines).lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&again), sorted(&lines));
        // Read in again it changes nothing.
        assert_eq!(import(&mut other, &mut lines.as_slice()).unwrap(), Imported::default());
    }

    #[test]
    fn what_is_whole_of_a_broken_export_is_taken_in_and_what_is_not_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = opened(&folder, "one.db");
        let id = "00000000000000aa";
        let lines = format!(
            r#"{{"tiedote":1}}
{{"announcement":{{"id":"{id}","group":"{id}","title":"Otsikko","text":"Teksti.\n"}}}}
{{"marks":{{"group":5}}}}
{{"new":{{"kind":1}}}}
{{"marks":{{"group":"{id}","read":true}}}}
{{"place":{{"id":"{id}","part":1,"offset":2}}}}
{{"search":{{"query":"katu"}}}}
{{"marks":{{"group":"{id}","star"#
        );
        let told = import(&mut store, &mut lines.as_bytes()).unwrap_err();
        assert!(matches!(&told, TransferError::Line(said) if said.starts_with("line 3: has not")), "{told:?}");
        assert_eq!(store.count().unwrap(), (1, 1));
        let marks: Vec<bool> = store.marks().unwrap().into_iter().map(|(_, marking)| marking.read).collect();
        assert_eq!((marks, store.places().unwrap().len(), store.searches().unwrap().len()), (vec![true], 1, 1));
        // What only a newer version knows is no fault.
        assert_eq!(import(&mut store, &mut &b"{\"new\":1}\n"[..]).unwrap(), Imported::default());
    }
}
