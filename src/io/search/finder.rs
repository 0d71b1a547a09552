//! The thread that searches all announcements. It reads their texts when something is first searched for and answers
//! the newest question only: the one before is abandoned.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::answers::{Answers, softens};
use super::corpus::{Indexed, Searched};
use super::excerpts::Seeker;
use super::index::{LibraryIndex, Question};
use crate::app::search::{Asked, Found, Hit, Sought};
use crate::app::{Event, Problem, Reason};
use crate::io::files::{bundled, folders, location};
use crate::io::store::{self, Store};
use crate::io::workers::hire;
use crate::model::{Announcement, Id, Location};
use crate::search::{Matcher, Query};
use crate::text::fold::Folding;

/// The time between two interim answers while texts are still being read or looked through.
const INTERIM_INTERVAL: Duration = Duration::from_millis(120);
/// How many texts are handed over at a time.
const BATCH: usize = 128;
/// Fewest texts an index is built of: fewer are looked through as fast.
const LEAST_INDEXED: usize = 500;

/// Where announcements are searched.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Folders and files.
    pub paths: Vec<PathBuf>,
    /// Announcements from standard input.
    pub given: Arc<Vec<Announcement>>,
    /// Those that come with the program.
    pub bundled: bool,
    /// The library.
    pub library: Option<PathBuf>,
}

/// Something the thread is asked for.
#[derive(Debug)]
enum Request {
    Search(Asked),
    Excerpts { ticket: u64, wanted: Vec<(Id, Location)>, cells: u16 },
    Read(Vec<Searched>),
    AllRead,
    Indexed(Box<Indexed>),
}

/// Sends questions to the thread.
#[derive(Debug)]
pub struct Finder {
    requests: Sender<Request>,
    /// The question asked last: whoever still works on another stops.
    newest: Arc<AtomicU64>,
}

impl Finder {
    /// Starts the thread that searches.
    #[must_use]
    pub fn start(places: Places, events: &Sender<Event>) -> Self {
        let (requests, received) = channel();
        let newest = Arc::new(AtomicU64::new(0));
        let mut search = Searching::new(places, events, requests.clone(), Arc::clone(&newest));
        hire("search", events, move || search.serve(&received));
        Self { requests, newest }
    }

    /// Asks a question; answered by [`Event::SearchFound`], possibly several times.
    pub fn ask(&self, asked: Asked) {
        self.newest.store(asked.ticket, Ordering::Relaxed);
        // A thread that is gone has said so.
        let _ = self.requests.send(Request::Search(asked));
    }

    /// Asks where announcements match; answered by [`Event::Excerpted`].
    pub fn excerpts(&self, ticket: u64, wanted: Vec<(Id, Location)>, cells: u16) {
        let _ = self.requests.send(Request::Excerpts { ticket, wanted, cells });
    }
}

/// The thread.
struct Searching {
    events: Sender<Event>,
    newest: Arc<AtomicU64>,
    given: Arc<Vec<Announcement>>,
    library: Option<Store>,
    /// Its index, once something was asked.
    index: Option<LibraryIndex>,
    /// The last change of the library that was seen.
    seen: i64,
    answers: Answers,
    /// Whether everything was read.
    complete: bool,
    /// Where to read from, until that was begun.
    places: Option<Places>,
    own: Sender<Request>,
    /// The question about texts that is being answered, or was: it is answered again when more was read.
    asked: Option<Asked>,
    /// What the question answered last is looked for with, and its ticket.
    seeker: Option<(u64, Seeker)>,
    /// Whether it was told that a text is damaged.
    told_damage: bool,
    /// The announcements looked at last for their excerpts.
    recent: VecDeque<(Location, Arc<Announcement>)>,
}

impl Searching {
    fn new(places: Places, events: &Sender<Event>, own: Sender<Request>, newest: Arc<AtomicU64>) -> Self {
        Self {
            events: events.clone(),
            newest,
            given: Arc::clone(&places.given),
            library: None,
            index: None,
            seen: 0,
            answers: Answers::default(),
            complete: false,
            places: Some(places),
            own,
            asked: None,
            seeker: None,
            told_damage: false,
            recent: VecDeque::new(),
        }
    }

    /// Takes in the texts that are at hand and has the rest read on threads of their own.
    fn begin(&mut self) {
        self.open_library();
        let Some(places) = self.places.take() else { return };
        let corpus = self.answers.change();
        if places.bundled {
            for entry in bundled::entries() {
                if let Ok((announcement, _)) = location::read(&entry.location, &[], None, true) {
                    corpus.add(Searched::of(&announcement, entry.location));
                }
            }
        }
        for (number, announcement) in (0..).zip(places.given.iter()) {
            corpus.add(Searched::of(announcement, Location::Given(number)));
        }
        if places.paths.is_empty() {
            self.complete = true;
            self.index_texts();
            return;
        }
        let own = self.own.clone();
        let paths = places.paths;
        hire("read texts", &self.events, move || {
            read_paths(&paths, &own);
            let _ = own.send(Request::AllRead);
        });
    }

    /// Has an index built of the texts that were read; until it is there they are looked through.
    fn index_texts(&self) {
        let texts = self.answers.corpus().snapshot();
        if texts.len() < LEAST_INDEXED {
            return;
        }
        let own = self.own.clone();
        hire("index texts", &self.events, move || {
            if let Some(indexed) = texts.index() {
                let _ = own.send(Request::Indexed(Box::new(indexed)));
            }
        });
    }

    fn open_library(&mut self) {
        let path = self.places.as_mut().and_then(|places| places.library.take());
        if let Some(path) = path {
            self.library = store::open(&path).store;
        }
    }

    fn serve(&mut self, requests: &Receiver<Request>) {
        // When what was found so far is to be told again, because more was read since.
        let mut due: Option<Instant> = None;
        loop {
            let request = match due {
                None => requests.recv().ok(),
                Some(at) => match requests.recv_timeout(at.saturating_duration_since(Instant::now())) {
                    Ok(request) => Some(request),
                    Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                        due = None;
                        self.answer();
                        continue;
                    }
                    Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => None,
                },
            };
            let Some(request) = request else { return };
            let (mut question, mut excerpts) = (None, None);
            let mut next = Some(request);
            while let Some(request) = next {
                match request {
                    Request::Search(asked) => question = Some(asked),
                    Request::Excerpts { ticket, wanted, cells } => excerpts = Some((ticket, wanted, cells)),
                    Request::Read(texts) => {
                        let corpus = self.answers.change();
                        for text in texts {
                            corpus.add(text);
                        }
                        due.get_or_insert_with(|| Instant::now() + INTERIM_INTERVAL);
                    }
                    Request::AllRead => {
                        self.complete = true;
                        self.index_texts();
                        due = Some(Instant::now());
                    }
                    Request::Indexed(indexed) => self.answers.change().look_up_in(*indexed),
                }
                next = match requests.try_recv() {
                    Ok(request) => Some(request),
                    Err(TryRecvError::Empty) => None,
                    Err(TryRecvError::Disconnected) => return,
                };
            }
            if let Some(asked) = question {
                if matches!(asked.sought, Sought::Query(_)) {
                    due = None;
                    self.begin();
                }
                self.asked = Some(asked);
                self.answer();
            }
            if let Some((ticket, wanted, cells)) = excerpts {
                self.show_places(ticket, &wanted, cells);
            }
        }
    }

    /// Answers the question asked last with what matches in the library and in the texts read so far.
    fn answer(&mut self) {
        let Some(asked) = self.asked.take() else { return };
        let (newest, ticket) = (Arc::clone(&self.newest), asked.ticket);
        let abandoned = move || newest.load(Ordering::Relaxed) != ticket;
        if let Some(found) = self.find(&asked, &abandoned) {
            self.seeker = Some((ticket, Seeker::of(&asked.sought, found.lenient)));
            // Nobody listening any more, the requests end soon.
            let _ = self.events.send(Event::SearchFound(found));
        }
        // Titles are those of a library that is on its way to change: it is not held on to.
        self.asked = Some(asked).filter(|asked| matches!(asked.sought, Sought::Query(_)));
    }

    /// Returns what matches: strictly or, where that finds nothing anywhere, leniently. `None` when abandoned.
    fn find(&mut self, asked: &Asked, abandoned: &(dyn Fn() -> bool + Sync)) -> Option<Found> {
        let Sought::Query(query) = &asked.sought else {
            return self.answers.answer(asked, true, abandoned).map(|found| asked.narrow(found));
        };
        let strict = self.look_up(asked, query, Folding::Strict, abandoned)?;
        if !strict.is_empty() {
            return Some(Found { ticket: asked.ticket, hits: strict, lenient: false, complete: self.complete });
        }
        let found = self.answers.answer(asked, self.complete, abandoned)?;
        if !found.hits.is_empty() || !softens(query) {
            return Some(found);
        }
        let hits = self.look_up(asked, query, Folding::Lenient, abandoned)?;
        Some(Found { lenient: !hits.is_empty(), hits, ..found })
    }

    /// Returns what matches in the library.
    fn look_up(
        &mut self,
        asked: &Asked,
        query: &Query,
        folding: Folding,
        abandoned: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Hit>> {
        let Some(store) = &self.library else { return Some(Vec::new()) };
        let last = store.last_change().unwrap_or(self.seen);
        if last != self.seen {
            self.seen = last;
            self.recent.clear();
        }
        let matcher = Matcher::new(query, folding);
        let question = Question { matcher: &matcher, marks: &asked.marks, languages: &asked.languages };
        let lenient = folding == Folding::Lenient;
        let mut told = Instant::now();
        let mut so_far = |hits: &dyn Fn() -> Vec<Hit>| {
            if told.elapsed() < INTERIM_INTERVAL {
                return;
            }
            let found = Found { ticket: asked.ticket, hits: hits(), lenient, complete: false };
            if !found.hits.is_empty() {
                let _ = self.events.send(Event::SearchFound(found));
            }
            told = Instant::now();
        };
        let index = match &mut self.index {
            Some(index) => Ok(index),
            none => LibraryIndex::open(store).map(|index| none.insert(index)),
        };
        let found = index.and_then(|index| index.look_telling(store, &question, &abandoned, &mut so_far));
        if self.index.as_ref().is_some_and(LibraryIndex::found_damage) && !self.told_damage {
            self.told_damage = true;
            let _ = self.events.send(Event::Failed(Problem::at(store.path(), Reason::TextDamaged)));
        }
        match found {
            Ok(found) => found,
            Err(fault) => {
                let _ = self.events.send(Event::Failed(Problem::at(store.path(), fault.reason)));
                Some(Vec::new())
            }
        }
    }

    /// Sends excerpts of where announcements match: the first at once, the others together.
    fn show_places(&mut self, ticket: u64, wanted: &[(Id, Location)], cells: u16) {
        let Some((_, seeker)) = self.seeker.take_if(|(answered, _)| *answered == ticket) else { return };
        let mut made = Vec::new();
        for (number, (id, location)) in wanted.iter().enumerate() {
            if self.newest.load(Ordering::Relaxed) != ticket {
                return;
            }
            let Some(announcement) = self.announcement(location) else { continue };
            let abandoned = || self.newest.load(Ordering::Relaxed) != ticket;
            let excerpt = seeker.excerpt(&announcement, ticket, cells, &abandoned);
            if abandoned() {
                return;
            }
            made.push((*id, excerpt));
            if number == 0 || number + 1 == wanted.len() {
                let _ = self.events.send(Event::Excerpted(std::mem::take(&mut made)));
            }
        }
        if !made.is_empty() {
            let _ = self.events.send(Event::Excerpted(made));
        }
        self.seeker = Some((ticket, seeker));
    }

    fn announcement(&mut self, location: &Location) -> Option<Arc<Announcement>> {
        if let Some((_, known)) = self.recent.iter().find(|(known, _)| known == location) {
            return Some(Arc::clone(known));
        }
        let read = location::read(location, &self.given, self.library.as_ref(), true);
        let announcement = match read {
            Ok((announcement, _)) => Arc::new(announcement),
            Err(problem) => {
                // What is gone or cannot be read is told by whoever lists or reads it, once for all that is damaged.
                if problem.reason() == Some(&Reason::TextDamaged) && !std::mem::replace(&mut self.told_damage, true) {
                    let _ = self.events.send(Event::Failed(problem));
                }
                return None;
            }
        };
        self.recent.truncate(RECENT - 1);
        self.recent.push_front((location.clone(), Arc::clone(&announcement)));
        Some(announcement)
    }
}

/// How many announcements are kept for the next letter typed.
const RECENT: usize = 48;

fn read_paths(paths: &[PathBuf], own: &Sender<Request>) {
    let batch = Mutex::new(Vec::with_capacity(BATCH));
    folders::read_whole(paths, &|read| {
        // What cannot be read was told when it was listed.
        let Ok((path, announcements)) = read else { return true };
        let texts: Vec<Searched> = (0..)
            .zip(&announcements)
            .map(|(item, announcement)| Searched::of(announcement, Location::File { path: Arc::clone(&path), item }))
            .collect();
        let full = {
            let mut batch = batch.lock().unwrap_or_else(PoisonError::into_inner);
            batch.extend(texts);
            (batch.len() >= BATCH).then(|| std::mem::take(&mut *batch))
        };
        full.is_none_or(|full| own.send(Request::Read(full)).is_ok())
    });
    let _ = own.send(Request::Read(batch.into_inner().unwrap_or_else(PoisonError::into_inner)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, Input};
    use crate::io::store::Body;
    use crate::model::Entry;

    #[test]
    fn a_damaged_text_is_told_once_when_it_is_looked_through_or_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut library = store::open(&path).store.unwrap();
        let read =
            formats::read(&Input::new("a.md", b"# Silta\n\nVanha silta puretaan kesken.")).announcements.remove(0);
        let entry = Entry::of(&read, Location::Kept(0));
        library.adopt(&[(entry.clone(), Body::of(&read))]).unwrap();
        let location = library.first_rows(1, None).unwrap()[0].location.clone();
        let damage = "UPDATE bodies SET text = replace(text, 'puretaan', char(0, 0, 0, 0, 0, 0, 0, 0))";
        rusqlite::Connection::open(&path).unwrap().execute(damage, []).unwrap();
        let (sender, events) = channel();
        let finder = Finder::start(Places { library: Some(path.clone()), ..Places::default() }, &sender);
        let (mut told, mut found) = (Vec::new(), Vec::new());
        for (ticket, query) in [(1, "vanha"), (2, "kesken")] {
            finder.ask(Asked { ticket, sought: Sought::Query(Query::parse(query).unwrap()), ..Asked::default() });
            while found.len() < usize::try_from(ticket).unwrap() {
                match events.recv_timeout(Duration::from_secs(20)).unwrap() {
                    Event::SearchFound(answer) => found.push(answer.hits.len()),
                    Event::Failed(problem) => told.push(problem),
                    _ => {}
                }
            }
            finder.excerpts(ticket, vec![(entry.id, location.clone())], 40);
        }
        let problem = Problem::at(&path, Reason::TextDamaged);
        assert_eq!((found, told), (vec![1, 1], vec![problem.clone()]));
        // One that is not looked through is told where it is shown.
        let (sender, events) = channel();
        let mut search = Searching::new(Places::default(), &sender, channel().0, Arc::default());
        search.library = Some(library);
        assert!(search.announcement(&location).is_none() && search.announcement(&location).is_none());
        drop((search, sender));
        assert!(matches!(&*events.iter().collect::<Vec<_>>(), [Event::Failed(told)] if *told == problem));
    }
}
