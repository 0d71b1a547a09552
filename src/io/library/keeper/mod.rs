//! The thread that writes the library: it carries out one request after the other and reports what other programs
//! changed. It never wakes by the clock alone and never decides what is shown.

mod changes;
mod feeds;
mod letting_go;
mod marks;
mod opening;
mod searches;
mod session;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use changes::Looks;
pub use marks::Progress;
use marks::Unsaved;
use session::Screen;

use super::follow::follow;
use super::followed::Followed;
use super::saved_searches::Searches;
use crate::app::feeds::FeedSettings;
use crate::app::{Event, Problem};
use crate::io::files::watch::{Hint, Watches};
use crate::io::store::{Fault, Session, Store};
use crate::io::workers::hire;
use crate::model::{Id, MarkChange, SearchChange};
use crate::typeset::Place;

/// How long the thread leaves the processor to the first frame before it reads the rest of the list.
const FIRST_FRAME_DELAY: Duration = Duration::from_millis(10);
/// Undo steps of earlier sessions that are read at most.
const MOST_UNDO_STEPS: u32 = 200;

/// Something the thread is asked for.
#[derive(Debug)]
pub enum Request {
    /// Keep changes of marks, as one step or, with `true`, as a step undone.
    Mark(Vec<MarkChange>, bool),
    /// Forget undo steps, each named by one of its changes.
    ForgetSteps(Vec<MarkChange>),
    /// Keep how the screen stands.
    Session(Session),
    /// Keep how far an announcement was read.
    Place(Id, Place),
    /// Keep a change of the saved searches.
    Searches(SearchChange),
    /// Report what is followed.
    Sources,
    /// Forget an announcement unless a file holds it.
    Forget(Id),
    /// Stop following the folder or file of that number.
    Unfollow(i64),
    /// Look for changes: other programs may have written to the library.
    Look,
    /// Show this library from now on, and ask the thread there for what follows from it.
    Show(Box<Store>, Sender<Request>),
    /// Keep what the user set for the feed of that number.
    SetFeed(i64, FeedSettings),
    /// Look at how the feeds stand: they were fetched.
    Feeds,
    /// Report what this program took in.
    Taken,
    /// Report that this program has looked through all folders.
    Looked,
    /// Keep what still waits, then answer with what is lost.
    Finish(Sender<Option<Problem>>),
}

/// A library and what it is used for.
#[derive(Debug)]
pub struct Keeping {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// The library; `None` while there is none: it is made with the first thing to keep.
    pub store: Option<Store>,
    /// Whether it is what is read: its announcements are listed and its folders followed. Otherwise only marks of
    /// announcements it knows are kept.
    pub shown: bool,
}

/// Starts the thread and returns where its requests go. What it watches is added to `watches`; how many changes of marks
/// it is through with stands in `progress`.
#[must_use]
pub fn keep(keeping: Keeping, watches: &Watches, progress: &Progress, events: &Sender<Event>) -> Sender<Request> {
    let (sender, requests) = channel();
    let (own, told, watches) = (sender.clone(), events.clone(), watches.clone());
    let unsaved = Unsaved::reporting(progress);
    hire("library", events, move || {
        let mut keeper = Keeper {
            keeping,
            events: told,
            since: 0,
            unsaved,
            screen: Screen::default(),
            looks: Looks::default(),
            searches: Searches::default(),
            followed: Followed::default(),
            complained: false,
            watches,
            feeds_due: None,
            failing: 0,
        };
        keeper.begin(&own);
        keeper.serve(&requests);
    });
    sender
}

/// The thread's state.
struct Keeper {
    keeping: Keeping,
    events: Sender<Event>,
    /// The number of the last change that was reported.
    since: i64,
    unsaved: Unsaved,
    screen: Screen,
    looks: Looks,
    /// The saved searches as they were reported.
    searches: Searches,
    followed: Followed,
    /// Whether it was reported that something cannot be kept.
    complained: bool,
    watches: Watches,
    /// When the next feed with a schedule comes due; `None` while none has one.
    feeds_due: Option<Instant>,
    /// How many feeds were reported to fail for long.
    failing: usize,
}

impl Keeper {
    /// Reports what is kept: announcements, marks, undo steps; then starts following the folders.
    fn begin(&mut self, own: &Sender<Request>) {
        if self.keeping.shown && self.keeping.store.is_some() {
            std::thread::sleep(FIRST_FRAME_DELAY);
        }
        if let Err(fault) = self.report_all() {
            self.complain(&fault);
        }
        if self.keeping.store.is_some() {
            self.watch_library(own);
            self.look_at_feeds(true);
        }
        // Where folders are read that are not of the library, whoever reads them says when they have been.
        if self.keeping.shown && !self.follow_folders(own) {
            let _ = self.events.send(Event::ScanFinished);
        }
    }

    /// Shows a library that was made while the program ran.
    fn show(&mut self, store: Store, own: &Sender<Request>) {
        self.keeping.store = Some(store);
        self.keeping.shown = true;
        self.begin(own);
    }

    /// Asks the thread to look whenever another program writes to the library.
    fn watch_library(&self, own: &Sender<Request>) {
        let (library, own) = (self.keeping.path.clone(), own.clone());
        let folder = library.parent().map(Path::to_owned).unwrap_or_default();
        self.watches.start("library", &[(folder, false)], move |hint| {
            let Hint::At(path) = hint else { return own.send(Request::Look).is_ok() };
            let ours = path.as_os_str().as_encoded_bytes().starts_with(library.as_os_str().as_encoded_bytes());
            !ours || path.extension().is_some_and(|ending| ending == "db-shm") || own.send(Request::Look).is_ok()
        });
    }

    /// Starts the thread that follows the library's folders; returns whether there is a library to write to.
    fn follow_folders(&mut self, own: &Sender<Request>) -> bool {
        let another = self.keeping.store.as_ref().and_then(|store| store.another().ok());
        let Some(store) = another.filter(Store::is_writable) else { return false };
        let (events, own, watches) = (self.events.clone(), own.clone(), self.watches.clone());
        let signs = self.followed.begin(&store);
        hire("follow", &self.events, move || {
            let tell = |request| own.send(request).is_ok();
            follow(store, &watches, signs, &events, &|| tell(Request::Taken), &|| tell(Request::Looked));
        });
        true
    }

    /// Reports all that is kept, in one read transaction.
    fn report_all(&mut self) -> Result<(), Fault> {
        let Some(store) = &self.keeping.store else { return Ok(()) };
        let reading = store.reading()?;
        self.since = store.last_change()?;
        let send = |event| self.events.send(event).is_ok();
        send(Event::Marked(store.marks()?));
        if self.keeping.shown {
            store.spare()?;
            send(Event::Expected(usize::try_from(store.most()?).unwrap_or(0)));
            store.entries(512, |entries| send(Event::Found(entries)))?;
            send(Event::StepsKnown(store.history(MOST_UNDO_STEPS)?));
        }
        let mut searches = store.searches()?;
        self.searches.told(&searches);
        self.without_news(&mut searches);
        if !searches.is_empty() {
            send(Event::SearchesKnown(searches));
        }
        drop(reading);
        store.rest()
    }

    /// Carries out requests, and what falls due between them, until nobody can ask for anything more.
    fn serve(&mut self, requests: &Receiver<Request>) {
        loop {
            let next = self.screen.due.into_iter().chain(self.looks.next()).chain(self.feeds_due).min();
            let request = match next {
                None => requests.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => requests.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match request {
                Ok(request) => self.carry_out(request),
                Err(RecvTimeoutError::Timeout) => self.come_due(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn carry_out(&mut self, request: Request) {
        match request {
            Request::Mark(changes, undoing) => self.mark(changes, undoing),
            Request::ForgetSteps(steps) => self.forget_steps(&steps),
            Request::Session(session) => self.screen.note_session(session),
            Request::Place(id, place) => self.screen.note_place(id, place),
            Request::Searches(change) => self.change_searches(&change),
            Request::Sources => self.report_sources(),
            Request::Forget(group) => self.forget(group),
            Request::Unfollow(number) => self.unfollow(number),
            Request::Look => self.looks.schedule(Instant::now()),
            Request::Show(store, own) => self.show(*store, &own),
            Request::SetFeed(number, settings) => self.set_feed(number, &settings),
            Request::Feeds => self.look_at_feeds(false),
            Request::Taken => self.taken(),
            Request::Looked => {
                self.look();
                let _ = self.events.send(Event::ScanFinished);
            }
            Request::Finish(done) => {
                self.save_marks();
                self.save_session(true);
                let _ = done.send(self.lost());
            }
        }
    }

    /// Does what is due by now: writing the session, looking for changes.
    fn come_due(&mut self) {
        let now = Instant::now();
        if self.screen.due.is_some_and(|due| due <= now) {
            self.save_session(false);
        }
        if self.looks.take_due(now) {
            self.look();
        }
        if self.feeds_due.is_some_and(|due| due <= now) {
            self.look_at_feeds(true);
        }
    }
}

#[cfg(test)]
mod tests;
