use super::*;
use crate::app::Problem;
use crate::formats::{self, Input};
use crate::io::store::{self, Body, FileState, ReadFile};
use crate::model::{Entry, Location, Marking, Marks, SavedSearch};
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
    let mark = |before: &Marking, after: &Marking| MarkChange { group, before: before.clone(), after: after.clone() };
    other.mark(&[mark(&unread, &read)], false, false).unwrap();
    let (sender, events) = channel();
    let requests = keep(
        Keeping { path, store: Some(other.another().unwrap()), shown: true },
        &Watches::default(),
        &Progress::default(),
        &sender,
    );
    let mut marks = Marks::default();
    let told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
    let mut told = told.filter_map(|event| if let Event::Marked(marks) = event { Some(marks) } else { None });
    assert_eq!(told.next().unwrap(), [(group, read.clone())]);
    // Its text is said to be another one at the moment it is read again.
    other.mark(&[mark(&read, &changed)], false, false).unwrap();
    requests.send(Request::Mark(vec![mark(&changed, &read)], false)).unwrap();
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
    let requests =
        keep(Keeping { path, store: Some(own), shown: false }, &Watches::default(), &Progress::default(), &sender);
    let known = SavedSearch { query: Clean::line("katu"), watched: true, looked: Some(0), ..SavedSearch::default() };
    let search = SavedSearch { news: [Id::of(&["a"])].into(), ..known.clone() };
    // Whoever tells the sources has told all else before.
    requests.send(Request::Sources).unwrap();
    while !matches!(events.recv_timeout(Duration::from_secs(20)).unwrap(), Event::SourcesListed(_)) {}
    let mut told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).filter_map(
        |event| match event {
            Event::SearchesChanged { came, gone } => Some((came, gone)),
            _ => None,
        },
    );
    other.change_searches(&SearchChange::Kept(search.clone())).unwrap();
    requests.send(Request::Look).unwrap();
    let (came, gone) = told.next().unwrap();
    // What is new in the library is none of what is read here.
    assert_eq!((came, gone), (vec![known], Vec::new()));
    other.change_searches(&SearchChange::Deleted(search.query.clone())).unwrap();
    requests.send(Request::Look).unwrap();
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
    let requests =
        keep(Keeping { path, store: Some(store), shown: false }, &Watches::default(), &Progress::default(), &sender);
    let warnings = |after: Marking, group| {
        let change = MarkChange { group, before: Marking::default(), after };
        requests.send(Request::Mark(vec![change], false)).unwrap();
        requests.send(Request::Sources).unwrap();
        let told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
        let told = told.take_while(|event| !matches!(event, Event::SourcesListed(_)));
        told.filter(|event| *event == Event::Failed(Problem::MarkUnkept)).count()
    };
    let (read, star) = (Marking { read: true, ..Marking::default() }, Marking { starred: true, ..Marking::default() });
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
    let requests =
        keep(Keeping { path, store: Some(own), shown: true }, &Watches::default(), &Progress::default(), &sender);
    let told = |wanted: fn(&Event) -> bool| {
        std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).find(wanted).unwrap()
    };
    requests.send(Request::Forget(announcement.group)).unwrap();
    let Event::Forgotten { held } = told(|event| matches!(event, Event::Forgotten { .. })) else { panic!() };
    assert!(held.unwrap().ends_with("a.md"));
    // A folder that is not there now has lost nothing, unless it is said so.
    std::fs::remove_dir_all(&followed).unwrap();
    requests.send(Request::Forget(announcement.group)).unwrap();
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
    let requests =
        keep(Keeping { path, store: Some(own), shown: true }, &Watches::default(), &Progress::default(), &sender);
    let told = |wanted: fn(&Event) -> bool| {
        std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap()).find(wanted).unwrap()
    };
    told(|event| *event == Event::ScanFinished);
    requests.send(Request::Unfollow(numbers[0])).unwrap();
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

/// Waits for the next number of changes that are said to wait.
fn waiting(events: &Receiver<Event>) -> usize {
    std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap())
        .find_map(|event| if let Event::MarksWaited(count) = event { Some(count) } else { None })
        .unwrap()
}

/// Asks the thread to end; returns what is lost.
fn lost(requests: &Sender<Request>) -> Option<Problem> {
    let (done, finished) = channel();
    requests.send(Request::Finish(done)).unwrap();
    finished.recv_timeout(Duration::from_secs(20)).unwrap()
}

fn starred(name: &str) -> MarkChange {
    let after = Marking { starred: true, ..Marking::default() };
    MarkChange { group: Id::of(&[name]), before: Marking::default(), after }
}

#[test]
fn marks_that_cannot_be_written_are_said_to_wait_until_they_are_kept_or_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = store::open(&path).store.unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    // A disk that takes no more.
    other.execute_batch("CREATE TRIGGER full BEFORE INSERT ON marks BEGIN SELECT RAISE(FAIL, 'full'); END").unwrap();
    let (sender, events) = channel();
    let requests =
        keep(Keeping { path, store: Some(store), shown: true }, &Watches::default(), &Progress::default(), &sender);
    requests.send(Request::Mark(vec![starred("a")], false)).unwrap();
    assert_eq!(waiting(&events), 1);
    requests.send(Request::Mark(vec![starred("b"), starred("c")], false)).unwrap();
    assert_eq!(waiting(&events), 3);
    assert!(matches!(lost(&requests), Some(Problem::MarksLost { marks: 3, .. })));
    other.execute_batch("DROP TRIGGER full").unwrap();
    requests.send(Request::Mark(vec![starred("d")], false)).unwrap();
    assert_eq!(waiting(&events), 0);
    assert_eq!(lost(&requests), None);
    let kept: u32 = other.query_row("SELECT count(*) FROM marks WHERE starred", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 4);
}

#[test]
fn each_star_in_a_library_that_is_only_read_is_said_not_to_be_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(store::open(&path));
    // A newer program wrote it.
    rusqlite::Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 999").unwrap();
    let store = store::open(&path).store.unwrap();
    assert!(!store.is_writable());
    let (sender, events) = channel();
    let requests =
        keep(Keeping { path, store: Some(store), shown: true }, &Watches::default(), &Progress::default(), &sender);
    for (number, name) in (1..).zip(["a", "b"]) {
        requests.send(Request::Mark(vec![starred(name)], false)).unwrap();
        let mut told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
        let told = told.find(|event| matches!(event, Event::Failed(_))).unwrap();
        assert!(matches!(told, Event::Failed(Problem::MarksUnkept { .. })), "{told:?}");
        assert_eq!(waiting(&events), number);
    }
    assert!(matches!(lost(&requests), Some(Problem::MarksLost { marks: 2, .. })));
}

#[test]
fn feeds_that_are_due_are_asked_for_once_however_the_refresh_ends() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let store = store::open(&path).store.unwrap();
    let details = store::FeedDetails { hours: Some(1), ..store::FeedDetails::default() };
    store.add_feed("https://kunta.example.fi/feed", None, &details).unwrap();
    let (sender, events) = channel();
    let requests =
        keep(Keeping { path, store: Some(store), shown: true }, &Watches::default(), &Progress::default(), &sender);
    // A refresh that could fetch nothing, because there is no network or another program is at it, ends at once.
    for _ in 0..3 {
        requests.send(Request::Feeds).unwrap();
    }
    requests.send(Request::Sources).unwrap();
    let told = std::iter::repeat_with(|| events.recv_timeout(Duration::from_secs(20)).unwrap());
    let due =
        told.take_while(|event| !matches!(event, Event::SourcesListed(_))).filter(|event| *event == Event::FeedsDue);
    assert_eq!(due.count(), 1);
}
