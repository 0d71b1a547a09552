//! Carries out effects and answers with events.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::feeds;
use super::files;
use super::files::cache::Texts;
use super::files::folders::{Found, scan};
use super::files::reader::{self, Reader};
use super::files::watch::Watches;
use super::library::keeper::{self, Keeping};
use super::library::refresher::{Refresher, Task};
use super::search::finder::{Finder, Places};
use super::search::watched;
use super::store::{self, Opener, Store};
use super::workers::hire;
use crate::app::feeds::{PassedOver, Refreshed};
use crate::app::problem::name;
use crate::app::sources::Source;
use crate::app::{Effect, Event, Problem};
use crate::formats::{self, Input};
use crate::model::{Announcement, Entry, Location, MarkChange, SearchChange, Watch};
use crate::text::Clean;

/// How long writing what still waits may take when the program ends.
const SAVE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long removing the watches may take then, and how long the system is left to settle after it: less than it would
/// take to end with folders watched.
const UNWATCH_TIMEOUT: Duration = Duration::from_millis(3);
const UNWATCH_SETTLE: Duration = Duration::from_micros(300);

/// The threads that read, and the channel they answer on.
#[derive(Debug)]
pub struct World {
    events: Sender<Event>,
    requests: Option<Sender<reader::Request>>,
    /// What to read ahead once the next frame is drawn.
    ahead: Option<reader::Ahead>,
    texts: Texts,
    given: Arc<Vec<Announcement>>,
    given_file: Arc<[u8]>,
    /// What was left out of them.
    given_problems: Vec<Problem>,
    /// Opens the library that texts are read from, for the thread that reads them.
    library: Option<Opener>,
    keeper: Option<Sender<keeper::Request>>,
    /// How many changes of marks it was asked for, and how many it is through with.
    marked: usize,
    progress: keeper::Progress,
    /// The folders that are watched for it, and whoever tells that they are not any more.
    watches: Watches,
    unwatched: Option<Receiver<()>>,
    /// The keeper was asked for something and may not be through with it.
    asked: bool,
    /// Where announcements are searched, once anything is.
    places: Places,
    finder: Option<Finder>,
    /// Where it is looked whether what came matches searches that are watched, once any are.
    news: Option<Sender<Vec<Watch>>>,
    /// Where the library is, or would be, and how its feeds are fetched.
    kept: Option<PathBuf>,
    fetching: feeds::Settings,
    refresher: Option<Refresher>,
}

/// What waits to be kept is kept before the program ends.
impl Drop for World {
    fn drop(&mut self) {
        self.finish();
    }
}

impl World {
    /// Makes a world that answers on `events`. `given` are the bytes that came from standard input.
    #[must_use]
    pub fn new(events: Sender<Event>, given: &[u8]) -> Self {
        // Without a given file there is no zone to look up before the first frame.
        let read = || formats::read(&Input::new("", given).in_zone(super::zone::reader()));
        let reading = if given.is_empty() { formats::Reading::default() } else { read() };
        let given_problems = files::left_out(Path::new("-"), &reading);
        let announcements = reading.announcements;
        Self {
            events,
            requests: None,
            ahead: None,
            texts: Texts::default(),
            given: Arc::new(announcements),
            given_file: given.into(),
            given_problems,
            library: None,
            keeper: None,
            marked: 0,
            progress: keeper::Progress::default(),
            watches: Watches::default(),
            unwatched: None,
            asked: false,
            places: Places::default(),
            finder: None,
            news: None,
            kept: None,
            fetching: feeds::Settings::default(),
            refresher: None,
        }
    }

    /// Returns what the list shows of the announcements that came from standard input.
    #[must_use]
    pub fn given_entries(&self) -> Vec<Entry> {
        (0..).zip(self.given.iter()).map(|(number, given)| Entry::of(given, Location::Given(number))).collect()
    }

    /// Takes what was left out of standard input.
    pub fn given_problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.given_problems)
    }

    /// Keeps marks and, where the library is what is read, everything else.
    pub fn keep(&mut self, keeping: Keeping) {
        // Without a connection of its own, the reading thread says of every text that it is not there.
        self.places.library = keeping.store.as_ref().filter(|_| keeping.shown).map(|_| keeping.path.clone());
        self.library = keeping.store.as_ref().map(Store::opener);
        self.kept = Some(keeping.path.clone());
        self.keeper = Some(keeper::keep(keeping, &self.watches, &self.progress, &self.events));
    }

    /// Sets how feeds are fetched.
    pub fn fetch_with(&mut self, settings: feeds::Settings) {
        self.fetching = settings;
    }

    /// Adds the bundled announcements to those that are searched.
    pub fn show_bundled(&mut self) {
        self.places.bundled = true;
    }

    /// Looks for announcements under `paths`.
    pub fn scan(&mut self, paths: Vec<PathBuf>) {
        self.places.paths.clone_from(&paths);
        let (events, kept) = (self.events.clone(), self.texts.clone());
        hire("scan", &self.events, move || {
            scan(&paths, &|found| {
                let event = match found {
                    Found::Texts(texts) => {
                        for (location, announcement) in
                            texts.into_iter().filter(|(_, text)| reader::length(text) <= reader::LONGEST_KEPT)
                        {
                            kept.keep(kept.begin(), location, announcement.into());
                        }
                        return true;
                    }
                    Found::Entries(entries) => Event::Found(entries),
                    Found::Problem(problem) => Event::Failed(problem),
                };
                events.send(event).is_ok()
            });
            let _ = events.send(Event::ScanFinished);
        });
    }

    /// Has what still waits kept, and ends what would hold the program up; returns what is lost, or may be.
    pub fn finish(&mut self) -> Option<Problem> {
        self.finish_within(SAVE_TIMEOUT)
    }

    fn finish_within(&mut self, most: Duration) -> Option<Problem> {
        // Threads that only read are not told: they would give their memory back piece by piece while somebody waits.
        std::mem::forget((self.requests.take(), self.finder.take(), self.news.take()));
        self.refresher.take().iter().for_each(Refresher::stop);
        let mut lost = None;
        if let Some(keeper) = self.keeper.take().filter(|_| self.asked) {
            let (done, finished) = channel();
            // A keeper that is gone answers nothing, as one that takes too long does.
            let _ = keeper.send(keeper::Request::Finish(done));
            lost = finished.recv_timeout(most).unwrap_or_else(|_| self.doubtful());
        }
        if let Some(unwatched) = self.unwatched.take()
            && unwatched.recv_timeout(UNWATCH_TIMEOUT).is_ok()
        {
            std::thread::sleep(UNWATCH_SETTLE);
        }
        lost
    }

    /// Returns the changes of marks that the keeper was not through with.
    fn doubtful(&self) -> Option<Problem> {
        let marks = self.marked.saturating_sub(self.progress.done());
        let path = name(self.kept.as_ref()?);
        (marks > 0).then_some(Problem::MarksDoubtful { path, marks })
    }

    /// Carries out an effect that is the world's; those of the terminal are its own.
    pub fn perform(&mut self, effect: Effect) {
        let request = match effect {
            Effect::Read { id, location } => match self.texts.get(&location) {
                Some(text) => {
                    // Waking another thread would take longer than all the rest.
                    let _ = self.events.send(Event::Read { id, text, complete: true });
                    return;
                }
                None => reader::Request::Read { id, location },
            },
            Effect::ReadRaw { id, location } => reader::Request::ReadRaw { id, location },
            Effect::Fold(announcement) => reader::Request::Fold(announcement),
            Effect::Locate { id, location } => reader::Request::Locate { id, location },
            Effect::Prefetch { locations, measure, rows } => {
                self.ahead = Some(reader::Ahead { locations, measure, rows });
                return;
            }
            Effect::Outdated(locations) => return self.texts.forget(&locations),
            Effect::SaveMarks { changes, undoing } => return self.keep_marks(changes, undoing),
            Effect::ForgetSteps(steps) => return self.keep_in_library(keeper::Request::ForgetSteps(steps)),
            Effect::SaveSearches(change) => return self.keep_searches(change),
            Effect::ListSources => return self.list_sources(),
            Effect::Watch(watches) => return self.watch(watches),
            Effect::Search(asked) => return self.finder().ask(asked),
            Effect::Excerpts { ticket, wanted, cells } => return self.finder().excerpts(ticket, wanted, cells),
            Effect::SaveSession(session) => return self.keep_in_library(keeper::Request::Session(session)),
            Effect::SavePlace(id, place) => return self.keep_in_library(keeper::Request::Place(id, place)),
            Effect::Forget(group) => return self.keep_in_library(keeper::Request::Forget(group)),
            Effect::Refresh(only) => return self.refresh(Task::Refresh(only)),
            Effect::SetFeed(number, settings) => {
                return self.keep_in_library(keeper::Request::SetFeed(number, settings));
            }
            Effect::RefreshDue => return self.refresh(Task::Due),
            Effect::Follow(address) => return self.refresh(Task::Follow(address)),
            Effect::ShowLibrary => return self.show_library(),
            Effect::StopRefresh => return self.refresher.iter().for_each(Refresher::stop),
            Effect::Unfollow(number) => return self.keep_in_library(keeper::Request::Unfollow(number)),
            Effect::Quit | Effect::Suspend | Effect::Repaint | Effect::Copy(_) => return,
        };
        self.request(request);
    }

    /// Begins what was not to take time from the frame that is drawn now.
    pub fn drawn(&mut self) {
        let Some(ahead) = self.ahead.take() else { return };
        let locations = self.texts.unset(ahead.locations, ahead.measure);
        if !locations.is_empty() {
            self.request(reader::Request::Prefetch(reader::Ahead { locations, ..ahead }));
        }
    }

    /// Begins what would keep the program from ending at once.
    pub fn ending(&mut self) {
        let watches = self.watches.clone();
        if !watches.is_empty() {
            let (done, ended) = channel();
            self.unwatched = Some(ended);
            hire("unwatch", &self.events, move || {
                watches.end();
                let _ = done.send(());
            });
        }
    }

    fn request(&mut self, request: reader::Request) {
        let requests = self.requests.get_or_insert_with(|| {
            let (sender, receiver) = channel();
            let mut reader = Reader {
                events: self.events.clone(),
                given: Arc::clone(&self.given),
                given_file: Arc::clone(&self.given_file),
                library: None,
                texts: self.texts.clone(),
            };
            let library = self.library.take();
            hire("reader", &self.events, move || {
                reader.library = library.and_then(|library| library.open().ok());
                reader.answer(&receiver);
            });
            sender
        });
        // A reader that is gone has said so.
        let _ = requests.send(request);
    }

    /// Tells what is read: the library knows what it follows.
    fn list_sources(&mut self) {
        if self.places.library.is_some() {
            return self.keep_in_library(keeper::Request::Sources);
        }
        let row = |path: &PathBuf| Source {
            path: Clean::line(&path.to_string_lossy()),
            count: None,
            number: None,
            feed: None,
        };
        let _ = self.events.send(Event::SourcesListed(self.places.paths.iter().map(row).collect()));
    }

    fn keep_marks(&mut self, changes: Vec<MarkChange>, undoing: bool) {
        if self.keeper.is_none() && !undoing && changes.iter().any(MarkChange::is_filing) {
            let _ = self.events.send(Event::Failed(Problem::MarkUnkept));
        }
        self.marked += changes.len();
        self.keep_in_library(keeper::Request::Mark(changes, undoing));
    }

    fn keep_searches(&mut self, change: SearchChange) {
        if self.keeper.is_none() && matches!(change, SearchChange::Kept(_)) {
            let _ = self.events.send(Event::Failed(Problem::SearchUnkept));
        }
        self.keep_in_library(keeper::Request::Searches(change));
    }

    /// Has it looked up what came to the library; nothing comes to what is read without being kept.
    fn watch(&mut self, watches: Vec<Watch>) {
        if let Some(library) = &self.places.library {
            let news = self.news.get_or_insert_with(|| watched::start(library.clone(), &self.events));
            // A thread that is gone has said so.
            let _ = news.send(watches);
        }
    }

    fn finder(&mut self) -> &Finder {
        self.finder.get_or_insert_with(|| {
            let places = Places { given: Arc::clone(&self.given), ..self.places.clone() };
            Finder::start(places, &self.events)
        })
    }

    /// Shows the library, which was made just now, instead of the bundled announcements.
    fn show_library(&mut self) {
        let (Some(library), Some(keeper)) = (self.kept.clone(), self.keeper.clone()) else { return };
        if self.places.library.is_some() {
            return;
        }
        let Some(store) = store::open(&library).store else { return };
        self.library = Some(store.opener());
        self.places = Places { library: Some(library), bundled: false, ..std::mem::take(&mut self.places) };
        // Those who read and search know nothing of it yet: others begin when they are asked.
        (self.requests, self.finder, self.news) = (None, None, None);
        self.keep_in_library(keeper::Request::Show(Box::new(store), keeper));
    }

    /// Begins to fetch feeds.
    fn refresh(&mut self, task: Task) {
        let (Some(library), Some(keeper)) = (self.kept.clone(), self.keeper.clone()) else {
            let refreshed = Refreshed { passed: Some(PassedOver::NoFeeds), ..Refreshed::default() };
            let _ = self.events.send(Event::RefreshEnded(refreshed));
            return;
        };
        let (settings, events) = (&self.fetching, &self.events);
        let refresher = self.refresher.get_or_insert_with(|| Refresher::new(library, settings.clone(), events.clone()));
        refresher.begin(task, move |over| {
            let request = if over { keeper::Request::Feeds } else { keeper::Request::Taken };
            drop(keeper.send(request));
        });
    }

    fn keep_in_library(&mut self, request: keeper::Request) {
        if let Some(keeper) = &self.keeper {
            self.asked = true;
            // A keeper that is gone has said so.
            let _ = keeper.send(request);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store;
    use crate::model::{Id, Marking};
    use crate::typeset::{Fill, Measure};

    /// Three changes of marks, in two steps.
    fn mark(world: &mut World) {
        let change = |name| MarkChange {
            group: Id::of(&[name]),
            before: Marking::default(),
            after: Marking { starred: true, ..Marking::default() },
        };
        world.perform(Effect::SaveMarks { changes: vec![change("a"), change("b")], undoing: false });
        world.perform(Effect::SaveMarks { changes: vec![change("c")], undoing: false });
    }

    #[test]
    fn marks_that_are_not_written_in_time_are_told() {
        let doubtful = |marks| Some(Problem::MarksDoubtful { path: name(Path::new("l.db")), marks });
        let world = || {
            let mut world = World::new(channel().0, b"");
            let (keeper, requests) = channel();
            (world.keeper, world.kept) = (Some(keeper), Some("l.db".into()));
            (world, requests)
        };
        // A keeper that writes and writes.
        let (mut slow, _requests) = world();
        mark(&mut slow);
        assert_eq!(slow.finish_within(Duration::ZERO), doubtful(3));
        assert_eq!(slow.finish_within(Duration::ZERO), None, "it was told");
        let (mut gone, requests) = world();
        mark(&mut gone);
        drop(requests);
        assert_eq!(gone.finish_within(Duration::ZERO), doubtful(3));
        let (mut unmarked, _requests) = world();
        unmarked.perform(Effect::ListSources);
        unmarked.perform(Effect::SaveSession([("selected".to_owned(), String::new())].into()));
        assert_eq!(unmarked.finish_within(Duration::ZERO), None);
    }

    #[test]
    fn marks_that_were_written_are_not_told_to_be_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let store = store::open(&path).store;
        let mut world = World::new(channel().0, b"");
        world.keep(Keeping { path, store, shown: true });
        mark(&mut world);
        assert_eq!(world.finish_within(Duration::from_secs(20)), None);
        assert_eq!((world.progress.done(), world.doubtful()), (3, None));
    }

    #[test]
    fn what_is_next_is_read_and_set_once_a_frame_was_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("next.md");
        std::fs::write(&path, "# Seuraava\n\nTeksti.").unwrap();
        let location = Location::File { path: path.into(), item: 0 };
        let measure = Measure { width: 66, fill: Fill::Ragged, boilerplate: false };
        let (sender, events) = channel();
        let mut world = World::new(sender, b"");
        world.perform(Effect::Prefetch { locations: vec![location.clone()], measure, rows: 20 });
        assert!(world.requests.is_none());
        world.drawn();
        let unset = |world: &World| !world.texts.unset(vec![location.clone()], measure).is_empty();
        for _ in 0..10_000 {
            if unset(&world) {
                // Reading ahead is not answered: nothing comes, and a moment goes by.
                assert!(events.recv_timeout(Duration::from_millis(1)).is_err());
            }
        }
        assert!(!unset(&world));
        world.perform(Effect::Read { id: Id::of(&["next"]), location });
        let answer = events.try_recv();
        assert!(matches!(&answer, Ok(Event::Read { text, complete: true, .. }) if text.is_set(measure)), "{answer:?}");
    }
}
