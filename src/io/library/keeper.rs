//! The thread that keeps the reader's state: it writes what is wished for, one wish after the other, and tells what
//! others changed. It wakes when something is wished or written, never by the clock alone.

mod letting_go;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use super::follow::follow;
use super::followed::Followed;
use super::saved_searches::Searches;
use crate::app::problem::name;
use crate::app::{Event, Problem};
use crate::io::files::watch::Watches;
use crate::io::store::{self, Fault, FaultKind, Session, Store};
use crate::io::workers::hire;
use crate::model::{Id, MarkChange, SavedSearch, SearchChange};
use crate::typeset::Place;

/// How long places and the session wait for what changes them again.
const LINGER: Duration = Duration::from_secs(1);
/// A log is written before its writer has synced it: after a sign one looks again at these times.
const LOOKS: [Duration; 4] =
    [Duration::from_millis(30), Duration::from_millis(120), Duration::from_millis(400), Duration::from_secs(2)];
/// The first screen comes before haste: the rest of the list is read once it had time to be drawn.
const MODESTY: Duration = Duration::from_millis(10);
/// While much is taken in, it is told so often: the list grows and the screen is calm.
const BREATH: Duration = Duration::from_millis(150);
/// Steps back from earlier times that are looked up.
const STEPS: u32 = 200;

/// Something to keep.
#[derive(Debug)]
pub enum Wish {
    /// Changes of marks, as one step or as a step taken back.
    Mark(Vec<MarkChange>, bool),
    /// Steps to be forgotten, of each a change it made.
    ForgetSteps(Vec<MarkChange>),
    /// How the screen stands.
    Session(Session),
    /// How far an announcement was read.
    Place(Id, Place),
    /// A change of the saved searches.
    Searches(SearchChange),
    /// Tell what is followed.
    Sources,
    /// Forget an announcement, if no file holds it.
    Forget(Id),
    /// Follow a folder or file of that number no longer.
    Unfollow(i64),
    /// The library may have been changed by others.
    Look,
    /// This program took something in.
    Taken,
    /// This program looked through all folders.
    Looked,
    /// Keep what still waits, then answer.
    Finish(Sender<()>),
}

/// A library that is kept.
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

/// Starts keeping; wishes go where the answer leads. What is watched for that is among `watches`.
#[must_use]
pub fn keep(keeping: Keeping, watches: &Watches, events: &Sender<Event>) -> Sender<Wish> {
    let (sender, wishes) = channel();
    let (own, told, watches) = (sender.clone(), events.clone(), watches.clone());
    hire("library", events, move || {
        let mut keeper = Keeper {
            keeping,
            events: told,
            since: 0,
            unsaved: Vec::new(),
            session: Session::new(),
            places: Vec::new(),
            due: None,
            looks: Vec::new(),
            looked: None,
            searches: Searches::default(),
            followed: Followed::default(),
            complained: false,
            warned: false,
            watches,
        };
        keeper.begin(&own);
        keeper.serve(&wishes);
    });
    sender
}

struct Keeper {
    keeping: Keeping,
    events: Sender<Event>,
    /// The last change that was told.
    since: i64,
    /// Marks that could not be written yet.
    unsaved: Vec<(Vec<MarkChange>, bool)>,
    session: Session,
    places: Vec<(Id, u32, u32)>,
    /// When they are written.
    due: Option<Instant>,
    /// When to look for changes of others, the soonest last.
    looks: Vec<Instant>,
    /// When was last looked.
    looked: Option<Instant>,
    /// The saved searches as they were told.
    searches: Searches,
    followed: Followed,
    complained: bool,
    warned: bool,
    watches: Watches,
}

impl Keeper {
    /// Tells what is kept: announcements, marks, steps; then starts following the folders.
    fn begin(&mut self, own: &Sender<Wish>) {
        if self.keeping.shown && self.keeping.store.is_some() {
            std::thread::sleep(MODESTY);
        }
        if let Err(fault) = self.tell_all() {
            self.complain(&fault);
        }
        let Some(store) = &self.keeping.store else {
            // Where folders are read that are not of the library, whoever reads them says when they have been.
            if self.keeping.shown {
                let _ = self.events.send(Event::ScanFinished);
            }
            return;
        };
        let library = self.keeping.path.clone();
        let poke = own.clone();
        let folder = library.parent().map(Path::to_owned).unwrap_or_default();
        self.watches.start("library", &[(folder, false)], move |path| {
            let ours = path.as_os_str().as_encoded_bytes().starts_with(library.as_os_str().as_encoded_bytes());
            !ours || path.extension().is_some_and(|ending| ending == "db-shm") || poke.send(Wish::Look).is_ok()
        });
        if !self.keeping.shown {
            return;
        }
        match store.another() {
            Ok(store) if store.is_writable() => {
                let (events, own, watches) = (self.events.clone(), own.clone(), self.watches.clone());
                let signs = self.followed.begin(&store);
                hire("follow", &self.events, move || {
                    let tell = |wish| own.send(wish).is_ok();
                    follow(store, &watches, signs, &events, &|| tell(Wish::Taken), &|| tell(Wish::Looked));
                });
            }
            _ => {
                let _ = self.events.send(Event::ScanFinished);
            }
        }
    }

    fn tell_all(&mut self) -> Result<(), Fault> {
        let Some(store) = &self.keeping.store else { return Ok(()) };
        self.since = store.last_change()?;
        let send = |event| self.events.send(event).is_ok();
        send(Event::Marked(store.marks()?));
        if self.keeping.shown {
            store.spare()?;
            send(Event::Expected(usize::try_from(store.most()?).unwrap_or(0)));
            store.entries(512, |entries| send(Event::Found(entries)))?;
            send(Event::StepsKnown(store.history(STEPS)?));
        }
        let mut searches = store.searches()?;
        self.searches.told(&searches);
        self.without_news(&mut searches);
        if !searches.is_empty() {
            send(Event::SearchesKnown(searches));
        }
        store.rest()
    }

    /// Where the library is not what is read, what is new in it is none of what is read now.
    fn without_news(&self, searches: &mut [SavedSearch]) {
        if !self.keeping.shown {
            for search in searches {
                search.news.clear();
            }
        }
    }

    fn serve(&mut self, wishes: &Receiver<Wish>) {
        loop {
            let next = self.due.into_iter().chain(self.looks.last().copied()).min();
            let wish = match next {
                None => wishes.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => wishes.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match wish {
                Ok(Wish::Mark(changes, undoing)) => {
                    self.warn(&changes);
                    self.unsaved.push((changes, undoing));
                    self.save_marks();
                }
                Ok(Wish::ForgetSteps(steps)) => self.forget_steps(&steps),
                Ok(Wish::Session(session)) => {
                    self.session.extend(session);
                    self.linger();
                }
                Ok(Wish::Place(id, place)) => {
                    self.places.retain(|(known, ..)| *known != id);
                    self.places.push((id, place.part, place.offset));
                    self.linger();
                }
                Ok(Wish::Searches(change)) => self.change_searches(&change),
                Ok(Wish::Sources) => self.tell_sources(),
                Ok(Wish::Forget(group)) => self.forget(group),
                Ok(Wish::Unfollow(number)) => self.unfollow(number),
                Ok(Wish::Look) => {
                    let now = Instant::now();
                    // Signs that follow close on one another must not put off the look the first one called for.
                    let soonest = self.looks.pop();
                    self.looks = LOOKS.iter().rev().map(|wait| now + *wait).collect();
                    self.looks.extend(soonest.filter(|look| *look < now + LOOKS[0]));
                }
                Ok(Wish::Taken) => self.taken(),
                Ok(Wish::Looked) => {
                    self.look();
                    let _ = self.events.send(Event::ScanFinished);
                }
                Ok(Wish::Finish(done)) => {
                    self.save_marks();
                    self.save_session(true);
                    let _ = done.send(());
                }
                Err(RecvTimeoutError::Timeout) => self.come_due(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn linger(&mut self) {
        self.due.get_or_insert_with(|| Instant::now() + LINGER);
    }

    fn come_due(&mut self) {
        let now = Instant::now();
        if self.due.is_some_and(|due| due <= now) {
            self.save_session(false);
        }
        if self.looks.last().is_some_and(|look| *look <= now) {
            self.looks.retain(|look| *look > now);
            self.look();
        }
    }

    /// Tells what was taken in, a few times a second.
    fn taken(&mut self) {
        let soonest = self.looked.map_or_else(Instant::now, |looked| looked + BREATH);
        if soonest <= Instant::now() {
            self.look();
        } else if self.looks.last().is_none_or(|look| soonest < *look) {
            self.looks.push(soonest);
        }
    }

    /// Tells what others changed; whether marks are among it.
    fn look(&mut self) -> bool {
        self.looked = Some(Instant::now());
        let Some(store) = &self.keeping.store else { return false };
        match store.changes_since(self.since) {
            Ok(changes) => {
                self.since = changes.seq;
                let marked = !changes.marks.is_empty();
                if marked {
                    let _ = self.events.send(Event::Marked(changes.marks));
                }
                if self.keeping.shown && (!changes.entries.is_empty() || !changes.removed.is_empty()) {
                    let event = Event::Changed { entries: changes.entries, removed: changes.removed };
                    let _ = self.events.send(event);
                }
                self.look_around();
                marked
            }
            Err(fault) => {
                self.complain(&fault);
                false
            }
        }
    }

    /// Tells what others did to the saved searches and to what is followed.
    fn look_around(&mut self) {
        let Some(store) = &self.keeping.store else { return };
        match (self.searches.look(store), self.followed.look(store)) {
            (Ok(told), Ok(followed)) => {
                self.tell_searches(told);
                drop(followed.map(|event| self.events.send(event)));
            }
            (Err(fault), _) | (_, Err(fault)) => self.complain(&fault),
        }
    }

    fn tell_searches(&self, told: Option<Event>) {
        if let Some(Event::SearchesChanged { mut came, gone }) = told {
            self.without_news(&mut came);
            let _ = self.events.send(Event::SearchesChanged { came, gone });
        }
    }

    /// Says once that what is starred or tagged on purpose is not kept where it is in no library.
    fn warn(&mut self, changes: &[MarkChange]) {
        if !self.keeping.shown && !self.warned && store::passes_over(self.keeping.store.as_ref(), changes) {
            self.warned = true;
            let _ = self.events.send(Event::Failed(Problem::MarkUnkept));
        }
    }

    fn save_marks(&mut self) {
        if self.unsaved.is_empty() || !self.prepare() {
            return;
        }
        // What others changed comes first, so that what is wished now has the last word.
        let marked = self.look();
        let known_only = !self.keeping.shown;
        while let Some((changes, undoing)) = self.unsaved.first() {
            let Some(store) = &mut self.keeping.store else { return };
            match store.mark(changes, *undoing, known_only) {
                Ok(seq) => {
                    self.unsaved.remove(0);
                    self.complained = false;
                    // Had another been quicker in between, its change is told at the next look.
                    if seq == self.since + 1 && !marked {
                        self.since = seq;
                    }
                }
                Err(fault) => return self.complain(&fault),
            }
        }
        if marked {
            // What was told of others' marks is not the last word.
            self.look();
        }
    }

    fn forget_steps(&mut self, steps: &[MarkChange]) {
        let Some(store) = self.keeping.store.as_mut().filter(|store| store.is_writable()) else { return };
        if let Err(fault) = store.forget_steps(steps) {
            self.complain(&fault);
        }
    }

    /// Keeps a change of the saved searches, whatever is read: they are the reader's own.
    fn change_searches(&mut self, change: &SearchChange) {
        let asked = matches!(change, SearchChange::Kept(_));
        if asked {
            self.make();
        }
        match self.keeping.store.as_mut().filter(|store| store.is_writable()) {
            Some(store) => match store.change_searches(change) {
                Ok(()) => {
                    let told = self.searches.kept(change);
                    self.tell_searches(told);
                }
                Err(fault) => self.complain(&fault),
            },
            None if asked => {
                let path = name(&self.keeping.path);
                let _ = self.events.send(Event::Failed(Problem::SearchUnwritten { path }));
            }
            None => {}
        }
    }

    fn save_session(&mut self, in_haste: bool) {
        self.due = None;
        // A library is not made for the sake of a window's width, but to go on where a text was left.
        if !self.keeping.shown || self.keeping.store.is_none() && (self.places.is_empty() || !self.prepare()) {
            return;
        }
        let Some(store) = self.keeping.store.as_mut().filter(|store| store.is_writable()) else { return };
        match store.save_session(&self.session, &self.places, in_haste) {
            Ok(()) => {
                self.session.clear();
                self.places.clear();
            }
            Err(fault) => self.complain(&fault),
        }
    }

    /// Makes the library if there is none.
    fn make(&mut self) {
        if self.keeping.store.is_none() && !self.complained {
            self.take(store::open(&self.keeping.path));
        }
    }

    /// Whether there is a library to write, which is made now if it is to be what is read.
    fn prepare(&mut self) -> bool {
        if self.keeping.shown {
            self.make();
        }
        self.keeping.store.as_ref().is_some_and(Store::is_writable)
    }

    fn take(&mut self, opened: store::Opened) {
        for notice in opened.notices {
            self.complained = true;
            let _ = self.events.send(Event::Failed(notice));
        }
        self.keeping.store = opened.store;
        self.since = self.keeping.store.as_ref().and_then(|store| store.last_change().ok()).unwrap_or(0);
    }

    /// Tells why something is not kept, once; a damaged library is replaced by what is readable of it.
    fn complain(&mut self, fault: &Fault) {
        if fault.kind == FaultKind::Damaged && !self.complained {
            self.keeping.store = None;
            self.take(store::renew(&self.keeping.path));
            // What was lost of the searches stays on the screen until the program ends.
            let saved = self.keeping.store.as_ref().and_then(|store| store.searches().ok());
            self.searches.told(&saved.unwrap_or_default());
            return;
        }
        if !std::mem::replace(&mut self.complained, true) {
            let problem = Problem::Waiting { path: name(&self.keeping.path), reason: fault.reason.clone() };
            let _ = self.events.send(Event::Failed(problem));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, Input};
    use crate::io::store::{Body, FileState, ReadFile};
    use crate::model::{Entry, Location, Marking, Marks};
    use crate::text::Clean;

    #[test]
    fn who_marks_last_is_told_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut other = store::open(&path).store.unwrap();
        let group = Id::of(&["a"]);
        let [unread, read, changed] = [(false, false), (true, false), (true, true)].map(|(read, changed)| Marking {
            read,
            changed,
            ..Marking::default()
        });
        let mark =
            |before: &Marking, after: &Marking| MarkChange { group, before: before.clone(), after: after.clone() };
        other.mark(&[mark(&unread, &read)], false, false).unwrap();
        let (sender, events) = channel();
        let wishes =
            keep(Keeping { path, store: Some(other.another().unwrap()), shown: true }, &Watches::default(), &sender);
        let mut marks = Marks::default();
        let told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
        let mut told = told.filter_map(|event| if let Event::Marked(marks) = event { Some(marks) } else { None });
        assert_eq!(told.next().unwrap(), [(group, read.clone())]);
        // Its text is said to be another one at the moment it is read again.
        other.mark(&[mark(&read, &changed)], false, false).unwrap();
        wishes.send(Wish::Mark(vec![mark(&changed, &read)], false)).unwrap();
        marks.set(group, changed);
        while marks.is_changed(group) {
            for (group, marking) in told.next().unwrap() {
                marks.set(group, marking);
            }
        }
        assert_eq!(marks.of(group), read);
    }

    #[test]
    fn what_another_program_does_to_the_saved_searches_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut other = store::open(&path).store.unwrap();
        let (sender, events) = channel();
        let own = other.another().unwrap();
        let wishes = keep(Keeping { path, store: Some(own), shown: false }, &Watches::default(), &sender);
        let known =
            SavedSearch { query: Clean::line("katu"), watched: true, looked: Some(0), ..SavedSearch::default() };
        let search = SavedSearch { news: [Id::of(&["a"])].into(), ..known.clone() };
        // Whoever tells the sources has told all else before.
        wishes.send(Wish::Sources).unwrap();
        while !matches!(events.recv_timeout(Duration::from_secs(20)).unwrap(), Event::SourcesListed(_)) {}
        let mut told =
            std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).filter_map(|event| {
                match event {
                    Event::SearchesChanged { came, gone } => Some((came, gone)),
                    _ => None,
                }
            });
        other.change_searches(&SearchChange::Kept(search.clone())).unwrap();
        wishes.send(Wish::Look).unwrap();
        let (came, gone) = told.next().unwrap();
        // What is new in the library is none of what is read here.
        assert_eq!((came, gone), (vec![known], Vec::new()));
        other.change_searches(&SearchChange::Deleted(search.query.clone())).unwrap();
        wishes.send(Wish::Look).unwrap();
        assert_eq!(told.next().unwrap(), (Vec::new(), vec![search.query]));
    }

    #[test]
    fn what_is_starred_outside_the_library_is_said_once_not_to_be_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut store = store::open(&path).store.unwrap();
        let announcement = formats::read(&Input::new("a.md", b"# Otsikko\n\nTeksti.")).announcements.remove(0);
        let entry = Entry::of(&announcement, Location::Kept(0));
        store.adopt(&[(entry, Body::of(&announcement))]).unwrap();
        let (sender, events) = channel();
        let wishes = keep(Keeping { path, store: Some(store), shown: false }, &Watches::default(), &sender);
        let warnings = |after: Marking, group| {
            let change = MarkChange { group, before: Marking::default(), after };
            wishes.send(Wish::Mark(vec![change], false)).unwrap();
            wishes.send(Wish::Sources).unwrap();
            let told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
            let told = told.take_while(|event| !matches!(event, Event::SourcesListed(_)));
            told.filter(|event| *event == Event::Failed(Problem::MarkUnkept)).count()
        };
        let (read, star) =
            (Marking { read: true, ..Marking::default() }, Marking { starred: true, ..Marking::default() });
        let outside = Id::of(&["outside"]);
        let told = [(&star, announcement.group), (&read, outside), (&star, outside), (&star, outside)];
        assert_eq!(told.map(|(after, group)| warnings(after.clone(), group)), [0, 0, 1, 0]);
    }

    #[test]
    fn what_a_file_holds_is_not_forgotten_and_what_none_holds_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut store = store::open(&path).store.unwrap();
        let followed = folder.path().join("followed");
        std::fs::create_dir(&followed).unwrap();
        std::fs::write(followed.join("a.md"), "# Otsikko\n\nTeksti.").unwrap();
        let source = store.add_source(&followed).unwrap();
        let announcement = formats::read(&Input::new("a.md", b"# Otsikko\n\nTeksti.")).announcements.remove(0);
        let file = ReadFile {
            source,
            path: followed.join("a.md"),
            state: FileState { size: 1, modified: 1, hash: 1 },
            items: vec![(Entry::of(&announcement, Location::Kept(0)), Body::of(&announcement))],
        };
        store.ingest(&[file]).unwrap();
        let (sender, events) = channel();
        let own = store.another().unwrap();
        let wishes = keep(Keeping { path, store: Some(own), shown: true }, &Watches::default(), &sender);
        let told = |wanted: fn(&Event) -> bool| {
            std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).find(wanted).unwrap()
        };
        wishes.send(Wish::Forget(announcement.group)).unwrap();
        let Event::Forgotten { held } = told(|event| matches!(event, Event::Forgotten { .. })) else { panic!() };
        assert!(held.unwrap().ends_with("a.md"));
        // A folder that is not there now has lost nothing, unless it is said so.
        std::fs::remove_dir_all(&followed).unwrap();
        wishes.send(Wish::Forget(announcement.group)).unwrap();
        let Event::Changed { removed, .. } =
            told(|event| matches!(event, Event::Changed { removed, .. } if !removed.is_empty()))
        else {
            panic!()
        };
        assert_eq!(removed, [announcement.id]);
        assert_eq!(told(|event| matches!(event, Event::Forgotten { .. })), Event::Forgotten { held: None });
        assert_eq!(store.count().unwrap(), (0, 0));
    }

    #[test]
    fn what_is_followed_no_longer_is_told_whoever_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut other = store::open(&path).store.unwrap();
        let numbers = ["one", "two"].map(|name| {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("a.md"), format!("# {name}\n\nTeksti {name}.")).unwrap();
            other.add_source(&folder.path().join(name)).unwrap()
        });
        let (sender, events) = channel();
        let own = other.another().unwrap();
        let wishes = keep(Keeping { path, store: Some(own), shown: true }, &Watches::default(), &sender);
        let told = |wanted: fn(&Event) -> bool| {
            std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).find(wanted).unwrap()
        };
        told(|event| *event == Event::ScanFinished);
        wishes.send(Wish::Unfollow(numbers[0])).unwrap();
        let Event::SourcesListed(rows) = told(|event| matches!(event, Event::SourcesListed(_))) else { panic!() };
        assert_eq!(rows.iter().map(|row| (row.number, row.count)).collect::<Vec<_>>(), [(Some(numbers[1]), Some(1))]);
        assert_eq!(told(|event| matches!(event, Event::Unfollowed)), Event::Unfollowed);
        // Another program does the same.
        other.remove_source(numbers[1]).unwrap();
        let listed = told(|event| matches!(event, Event::SourcesListed(_)));
        assert_eq!(listed, Event::SourcesListed(Vec::new()));
        assert_eq!(other.count().unwrap(), (2, 2));
        // What another program follows is looked at here too.
        std::fs::write(folder.path().join("one/b.md"), "# Uusi\n\nTeksti.").unwrap();
        other.add_source(&folder.path().join("one")).unwrap();
        let came = told(|event| matches!(event, Event::Changed { entries, .. } if !entries.is_empty()));
        let Event::Changed { entries, .. } = came else { panic!() };
        assert_eq!(entries.iter().map(|entry| entry.title.as_str()).collect::<Vec<_>>(), ["Uusi"]);
    }
}
