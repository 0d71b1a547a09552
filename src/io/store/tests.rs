use std::fs;

use super::*;
use crate::calendar::PartialDate;
use crate::formats::{self, Input};
use crate::model::{Announcement, Entry, Id, Library, Location, MarkChange, Marking, SavedSearch, SearchChange};
use crate::text::Clean;

/// Databases of earlier versions, as `sqlite3 .dump` writes them.
const FIRST_VERSION: &str = include_str!("../../../tests/libraries/version-1.sql");
const SECOND_VERSION: &str = include_str!("../../../tests/libraries/version-2.sql");
const THIRD_VERSION: &str = include_str!("../../../tests/libraries/version-3.sql");
const FOURTH_VERSION: &str = include_str!("../../../tests/libraries/version-4.sql");

pub(super) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

pub(super) fn opened(path: &Path) -> Store {
    let opened = open(path);
    assert_eq!(opened.notices, Vec::new());
    opened.store.unwrap()
}

fn announcement(name: &str, text: &str) -> Announcement {
    formats::read(&Input::new(name, text.as_bytes())).announcements.into_iter().next().unwrap()
}

fn file(source: i64, name: &str, text: &str) -> ReadFile {
    let items = formats::read(&Input::new(name, text.as_bytes())).announcements;
    ReadFile {
        source,
        path: PathBuf::from(name),
        state: FileState { size: text.len() as u64, modified: 1, hash: text.len().try_into().unwrap() },
        items: items.iter().map(|item| (Entry::of(item, Location::Kept(0)), Body::of(item))).collect(),
    }
}

fn titles(store: &Store) -> Vec<String> {
    let mut titles = Vec::new();
    store
        .entries(2, |entries| {
            titles.extend(entries.iter().map(|entry| entry.title.to_string()));
            true
        })
        .unwrap();
    titles
}

fn read_mark(name: &str) -> MarkChange {
    let after = Marking { read: true, ..Marking::default() };
    MarkChange { group: Id::of(&[name]), before: Marking::default(), after }
}

fn dated(number: u32, date: &str) -> String {
    format!("---\ntitle: Tiedote {number:03} jolla on riittävän pitkä otsikko\ndate: {date}\n---\nTeksti.")
}

#[test]
fn texts_come_back_as_they_went_in() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("articles")).unwrap();
    let mut known = Vec::new();
    for file_name in fs::read_dir("articles").unwrap() {
        let path = file_name.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let text = format!(
            "{text}\n\n- yksi\n- kaksi **lihava**\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n    koodi  tässä\n\nsi\u{ad}vu"
        );
        known.push(announcement(&name, &text));
        store.ingest(&[file(source, &name, &text)]).unwrap();
    }
    let mut seen = 0;
    store
        .entries(100, |entries| {
            for entry in entries {
                let Location::Kept(number) = entry.location else { panic!("{entry:?}") };
                let (kept, complete) = store.text(number, None).unwrap().unwrap();
                let was = known.iter().find(|one| one.id == entry.id).unwrap();
                assert!(complete);
                assert_eq!(&kept, was);
                assert_eq!(Entry::of(was, entry.location.clone()), entry);
                seen += 1;
            }
            true
        })
        .unwrap();
    assert_eq!(seen, known.len());
    let (part, complete) = store.text(1, Some(300)).unwrap().unwrap();
    assert!(!complete && !part.document.blocks.is_empty());
}

#[test]
fn the_order_is_that_of_the_library() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("a")).unwrap();
    let dates = ["2020-09-11", "2021", "2021-12", "", "2021-12-05", "2020-09-11", "2019-01-01T10:00", "2021-12"];
    let files: Vec<ReadFile> =
        (0..).zip(dates).map(|(number, date)| file(source, &format!("{number}.md"), &dated(number, date))).collect();
    let ingested = store.ingest(&files).unwrap();
    let mut library = Library::default();
    library.add(ingested.entries);
    let listed: Vec<String> = (0..library.len()).map(|row| library.leader(row).unwrap().title.to_string()).collect();
    assert_eq!(titles(&store), listed);
    let first: Vec<String> = store.first_rows(3, None).unwrap().iter().map(|entry| entry.title.to_string()).collect();
    assert_eq!(first, listed[..3]);
    for row in 0..library.len() {
        let group = library.leader(row).unwrap().group;
        let around = store.first_rows(2, Some(group)).unwrap();
        let around: Vec<String> = around.iter().map(|entry| entry.title.to_string()).collect();
        assert_eq!(around, listed[row.saturating_sub(2)..(row + 2).min(listed.len())]);
    }
}

#[test]
fn language_versions_are_led_as_in_the_library() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("articles")).unwrap();
    for name in
        ["2020-09-11-sote-yhteistyo.en.md", "2020-09-11-sote-yhteistyo.fi.md", "2020-09-11-sote-yhteistyo.sv.md"]
    {
        let text = fs::read_to_string(Path::new("articles").join(name)).unwrap();
        store.ingest(&[file(source, name, &text)]).unwrap();
    }
    let first = store.first_rows(1, None).unwrap();
    assert_eq!(first.len(), 3);
    assert!(!first[0].translation && first[1].translation && first[2].translation);
    assert_eq!(store.count().unwrap(), (3, 1));
}

#[test]
fn an_edited_title_is_the_same_announcement_with_its_marks() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("a")).unwrap();
    let before = store.ingest(&[file(source, "a.md", &dated(1, "2020-01-01"))]).unwrap();
    let group = before.entries[0].group;
    let after = Marking { read: true, starred: true, tags: [Clean::line("työ")].into(), ..Marking::default() };
    store.mark(&[MarkChange { group, before: Marking::default(), after: after.clone() }], false, true).unwrap();
    store.save_session(&Session::new(), &[(before.entries[0].id, 2, 7)], false).unwrap();
    let edited = store.ingest(&[file(source, "a.md", &dated(2, "2020-01-01"))]).unwrap();
    assert_eq!(edited.removed, [before.entries[0].id]);
    assert_eq!(titles(&store), ["Tiedote 002 jolla on riittävän pitkä otsikko"]);
    let changed = Marking { changed: true, ..after };
    assert!(store.marks().unwrap().contains(&(edited.entries[0].group, changed)));
    assert_eq!(store.place(edited.entries[0].id).unwrap(), Some((2, 7)));
}

#[test]
fn a_step_is_taken_back_of_what_is_known_by_another_name_since() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let mut store = opened(&path);
    store.add_source(Path::new("a")).unwrap();
    let text = |number| file(1, "a.md", &dated(number, "2020-01-01"));
    let version = |language: &str, title: &str| {
        let text = format!("---\ntitle: {title}\nlanguage: {language}\nid: {title}\n---\nTeksti {language}.");
        file(1, &format!("b.{language}.md"), &text)
    };
    let one = store.ingest(&[text(1)]).unwrap().entries[0].group;
    let two = store.ingest(&[version("fi", "kaksi"), version("sv", "kaksi")]).unwrap().entries[0].group;
    let starred = Marking { starred: true, ..Marking::default() };
    let star = |group| MarkChange { group, before: Marking::default(), after: starred.clone() };
    store.mark(&[star(one), star(two)], false, true).unwrap();
    let now = store.ingest(&[text(2)]).unwrap().entries[0].group;
    // In one batch it may be renamed twice, and another take the name it had.
    let last = store.ingest(&[text(3), text(4)]).unwrap().entries[1].group;
    let groups = |store: &Store| -> Vec<Id> {
        let mut groups: Vec<Id> = store.history(9).unwrap().concat().iter().map(|change| change.group).collect();
        groups.sort();
        groups
    };
    let sorted = |mut groups: Vec<Id>| {
        groups.sort();
        groups
    };
    assert!(now != one && last != now);
    assert_eq!(groups(&store), sorted(vec![last, two]));
    // One language version goes by another name: the step is of both.
    let split = store.ingest(&[version("sv", "toinen")]).unwrap().entries[0].group;
    assert_ne!(split, two);
    assert_eq!(groups(&store), sorted(vec![last, two, split]));
    let step: Vec<MarkChange> = store.history(9).unwrap().remove(0);
    let marks: std::collections::HashMap<Id, Marking> = store.marks().unwrap().into_iter().collect();
    let back: Vec<MarkChange> =
        step.into_iter().filter_map(|change| change.clone().taken_back(marks[&change.group].clone())).collect();
    assert_eq!(back.len(), 3);
    store.mark(&back, true, true).unwrap();
    assert_eq!(groups(&store), Vec::<Id>::new());
    assert!([last, two, split].into_iter().all(|group| !marking(&store, group).starred));
}

#[test]
fn what_lost_its_file_stays_until_it_is_removed() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("a")).unwrap();
    let came = store.ingest(&[file(source, "a.md", &dated(1, "2020"))]).unwrap();
    let (number, _) = store.file(Path::new("a.md")).unwrap().unwrap();
    store.forget_files(&[number]).unwrap();
    assert_eq!(titles(&store).len(), 1);
    // The file was moved: it is still one announcement.
    assert_eq!(store.ingest(&[file(source, "b.md", &dated(1, "2020"))]).unwrap().entries, []);
    assert_eq!(titles(&store).len(), 1);
    let removed = store.remove(&[came.entries[0].group]).unwrap();
    assert_eq!(removed.removed, [came.entries[0].id]);
    assert_eq!(titles(&store), Vec::<String>::new());
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn what_is_followed_no_longer_stays_until_it_is_removed_and_comes_again_as_it_is() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let [outer, inner] = ["/a", "/a/b"].map(|path| store.add_source(Path::new(path)).unwrap());
    let files = |outer, inner| {
        [(outer, "/a/1.md", 1), (outer, "/a/b/2.md", 2), (inner, "/a/b/3.md", 3)]
            .map(|(source, path, number)| file(source, path, &dated(number, "2020")))
    };
    let came = store.ingest(&files(outer, inner)).unwrap().entries;
    let starred = MarkChange { after: Marking { starred: true, ..Marking::default() }, ..read_mark("") };
    store.mark(&[MarkChange { group: came[0].group, ..starred }], false, true).unwrap();
    let since = store.last_change().unwrap();
    store.remove_source(outer).unwrap();
    assert!(store.last_change().unwrap() > since, "another running program is to look");
    assert_eq!((titles(&store).len(), store.marks().unwrap().len()), (3, 1));
    assert_eq!(store.sources().unwrap().len(), 1);
    // What another folder that is followed holds stands there from now on.
    assert_eq!((store.count_in(outer).unwrap(), store.count_in(inner).unwrap()), (0, 2));
    assert_eq!(store.path_of_any(came[0].group).unwrap(), None);
    assert!(store.path_of_any(came[1].group).unwrap().is_some());
    // Whoever was still reading it has nothing taken in.
    assert_eq!(store.ingest(&files(outer, outer)).unwrap().files, Vec::<i64>::new());
    assert_eq!(store.file(Path::new("/a/1.md")).unwrap(), None);
    // Followed again, nothing is doubled and no number is given twice.
    let again = store.add_source(Path::new("/a")).unwrap();
    assert!(again != outer && again > inner);
    assert_eq!(store.ingest(&files(again, inner)).unwrap().entries, []);
    assert_eq!((titles(&store).len(), store.count_in(again).unwrap()), (3, 2));
    store.remove_source(again).unwrap();
    store.remove_source(inner).unwrap();
    assert_ne!(store.add_source(Path::new("/c")).unwrap(), again);
    assert_eq!(store.remove(&[came[0].group]).unwrap().removed, [came[0].id]);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn every_step_of_marks_can_be_taken_back() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let mut store = opened(&path);
    let steps: Vec<Vec<MarkChange>> =
        vec![vec![read_mark("a")], vec![read_mark("b"), read_mark("c")], vec![read_mark("a").reversed()]];
    for step in &steps {
        store.mark(step, false, false).unwrap();
    }
    drop(store);
    let mut store = opened(&path);
    let mut history = store.history(10).unwrap();
    assert_eq!(history.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
    while let Some(step) = history.pop() {
        let reversed: Vec<MarkChange> = step.into_iter().map(MarkChange::reversed).collect();
        store.mark(&reversed, true, false).unwrap();
        assert_eq!(store.history(10).unwrap(), history);
    }
    assert!(store.marks().unwrap().iter().all(|(_, marking)| *marking == Marking::default()));
}

#[test]
fn what_two_instances_mark_at_once_is_both_kept_and_taken_back_alone() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let (mut one, mut other) = (opened(&path), opened(&path));
    let read = read_mark("a");
    let star = MarkChange { after: Marking { starred: true, ..Marking::default() }, ..read.clone() };
    one.mark(std::slice::from_ref(&read), false, false).unwrap();
    // It did not know of that yet.
    other.mark(std::slice::from_ref(&star), false, false).unwrap();
    let both = Marking { read: true, starred: true, ..Marking::default() };
    assert_eq!(marking(&one, read.group), both);
    let back = read.clone().taken_back(both).unwrap();
    one.mark(&[back], true, false).unwrap();
    assert_eq!(marking(&one, read.group), star.after);
    assert_eq!(one.history(9).unwrap(), [[star]]);
    assert_eq!(read.taken_back(marking(&one, Id::of(&["a"]))), None);
}

#[test]
fn another_instance_sees_what_changed() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let (mut one, other) = (opened(&path), opened(&path));
    let source = one.add_source(Path::new("a")).unwrap();
    let since = other.last_change().unwrap();
    one.mark(&[read_mark("a")], false, false).unwrap();
    let came = one.ingest(&[file(source, "a.md", &dated(1, "2020"))]).unwrap();
    let changes = other.changes_since(since).unwrap();
    assert_eq!(changes.marks, [(Id::of(&["a"]), read_mark("a").after)]);
    assert_eq!(changes.entries, came.entries);
    assert_eq!(other.changes_since(changes.seq).unwrap().entries, []);
    one.remove(&[came.entries[0].group]).unwrap();
    assert_eq!(other.changes_since(changes.seq).unwrap().removed, [came.entries[0].id]);
}

#[test]
fn a_database_of_the_first_version_stays_readable() {
    let folder = folder();
    let path = folder.path().join("library.db");
    Connection::open(&path).unwrap().execute_batch(FIRST_VERSION).unwrap();
    let mut store = opened(&path);
    let marks = store.marks().unwrap();
    assert_eq!(titles(&store).len(), 2);
    assert!(store.searches().unwrap().is_empty());
    let search = SavedSearch { query: Clean::line("katu"), ..SavedSearch::default() };
    store.change_searches(&SearchChange::Kept(search.clone())).unwrap();
    assert_eq!(store.searches().unwrap(), [search]);
    assert_eq!(marks.iter().filter(|(_, marking)| marking.read && marking.tags.len() == 1).count(), 1);
    assert_eq!(store.history(9).unwrap().len(), 2);
    let (text, _) = store.text(1, None).unwrap().unwrap();
    assert_eq!(text.published.map(|dated| dated.value), PartialDate::parse_iso("2020-09-11"));
    assert_eq!(text.document.blocks.len(), 3);
    assert_eq!(store.session().unwrap().get("text-width").map(String::as_str), Some("70"));
}

/// A library whose only announcement, in this text, was read; its group.
fn read_one(path: &Path, text: &str) -> (Store, Id) {
    let mut store = opened(path);
    let source = store.add_source(Path::new("a")).unwrap();
    let group = store.ingest(&[file(source, "a.md", text)]).unwrap().entries[0].group;
    let after = Marking { read: true, ..Marking::default() };
    store.mark(&[MarkChange { group, before: Marking::default(), after }], false, true).unwrap();
    (store, group)
}

fn marking(store: &Store, group: Id) -> Marking {
    let marks = store.marks_of(&[group]).unwrap();
    marks.into_iter().next().map(|(_, marking)| marking).unwrap_or_default()
}

fn told(head: &str, text: &str) -> String {
    format!("---\ntitle: Silta suljetaan pariksi viikoksi\ndate: 2020-01-01\n{head}---\nSilta on kiinni.\n\n{text}")
}

#[test]
fn what_was_read_and_says_something_else_now_is_known() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let (mut store, group) = read_one(&path, &told("", "Se avataan maanantaina."));
    let edit = |store: &mut Store, text: &str| {
        store.ingest(&[file(1, "a.md", text)]).unwrap();
        let opened = open(&path).store.unwrap();
        assert_eq!(marking(&opened, group), marking(store, group));
        marking(store, group).changed
    };
    // What is told of the text, how its file has it and how it looks are not the text.
    assert!(!edit(&mut store, &told("source: Kunta\nmodified: 2020-02-02\n", "Se avataan maanantaina.")));
    assert!(!edit(&mut store, &told("", "Se avataan\n**maanantaina**.")));
    let since = store.last_change().unwrap();
    assert!(edit(&mut store, &told("", "Se avataan tiistaina.")));
    let marked = store.changes_since(since).unwrap().marks;
    assert_eq!(marked, [(group, Marking { read: true, changed: true, ..Marking::default() })]);
    assert!(edit(&mut store, &told("", "Se avataan keskiviikkona.")));
    assert!(!edit(&mut store, &told("", "Se avataan maanantaina.")), "it was changed back");
    assert!(edit(&mut store, &told("", "Sitä ei avata.")));
    // A star does not make it read.
    let changed = marking(&store, group);
    let read = Marking { changed: false, ..changed.clone() };
    let star = MarkChange { group, before: read.clone(), after: Marking { starred: true, ..read.clone() } };
    store.mark(std::slice::from_ref(&star), false, true).unwrap();
    assert!(marking(&store, group).changed);
    store.mark(&[star.reversed()], true, true).unwrap();
    // Reading it does, and that can be taken back.
    let reading = MarkChange { group, before: changed.clone(), after: read };
    store.mark(std::slice::from_ref(&reading), false, true).unwrap();
    assert!(!marking(&store, group).changed);
    assert_eq!(store.history(1).unwrap(), [[reading.clone()]]);
    store.mark(&[reading.clone().reversed()], true, true).unwrap();
    assert_eq!(marking(&store, group), changed);
    assert_eq!(store.history(9).unwrap().len(), 1);
    store.mark(&[reading], false, true).unwrap();
    assert!(!edit(&mut store, &told("source: Kunta\n", "Sitä ei avata.")));
    assert!(edit(&mut store, &told("", "Se avataan maanantaina.")));
}

#[test]
fn what_is_known_by_another_title_has_another_text_too() {
    let folder = folder();
    let (mut store, group) = read_one(&folder.path().join("library.db"), &dated(1, "2020-01-01"));
    let entry = store.ingest(&[file(1, "a.md", &dated(2, "2020-01-01"))]).unwrap().entries.remove(0);
    assert_ne!(entry.group, group);
    assert!(marking(&store, entry.group).read && marking(&store, entry.group).changed);
    // Under its old title it is what was read.
    store.ingest(&[file(1, "a.md", &dated(1, "2020-01-01"))]).unwrap();
    assert_eq!(marking(&store, group), Marking { read: true, ..Marking::default() });
}

#[test]
fn a_text_that_was_not_read_is_not_said_to_be_changed() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let (mut store, group) = read_one(&path, &told("", "Se avataan maanantaina."));
    let read = marking(&store, group);
    let unread = MarkChange { group, before: read.clone(), after: Marking::default() };
    store.mark(std::slice::from_ref(&unread), false, true).unwrap();
    store.ingest(&[file(1, "a.md", &told("", "Se avataan tiistaina."))]).unwrap();
    assert_eq!(marking(&store, group), Marking::default());
    store.mark(&[MarkChange { group, before: Marking::default(), after: read.clone() }], false, true).unwrap();
    assert_eq!(marking(&store, group), read);
}

#[test]
fn a_database_of_the_second_version_stays_readable() {
    let folder = folder();
    let path = folder.path().join("library.db");
    Connection::open(&path).unwrap().execute_batch(SECOND_VERSION).unwrap();
    let untouched = fs::read(&path).unwrap();
    // As it is read where it cannot be written.
    let connection = Connection::open(&path).unwrap();
    let twins = twins::Twins::default();
    let (writable, unlocked) = (false, std::cell::Cell::default());
    let store = Store { connection, path: path.clone(), writable, version: 2, twins, unlocked };
    assert_eq!((store.marks().unwrap().len(), store.searches().unwrap().len()), (3, 2));
    drop(store);
    let mut store = opened(&path);
    assert_eq!(schema::version(&store.connection).unwrap(), schema::VERSION);
    assert!(store.marks().unwrap().iter().all(|(_, marking)| !marking.changed));
    let searches = store.searches().unwrap();
    assert_eq!(searches.iter().map(|search| search.query.as_str()).collect::<Vec<_>>(), ["katu", "silta"]);
    assert!(searches[1].watched && searches[1].news.len() == 1);
    // What was read before is compared from now on.
    let group = Id::from_stored(2001);
    let (text, _) = store.text(1, None).unwrap().unwrap();
    let file = |text: &Announcement| ReadFile {
        source: 1,
        path: PathBuf::from("/home/lukija/tiedotteet/silta.md"),
        state: FileState { size: 2, modified: 2, hash: 2 },
        items: vec![(Entry::of(text, Location::Kept(0)), Body::of(text))],
    };
    store.ingest(&[file(&text)]).unwrap();
    assert!(marking(&store, group).read && !marking(&store, group).changed);
    let mut edited = text;
    edited.document.blocks[1].text = Clean::line("Silta on taas käytössä.");
    store.ingest(&[file(&edited)]).unwrap();
    assert!(marking(&store, group).changed);
    // A damaged one is taken over as it is.
    let other = folder.path().join("other.db");
    fs::write(&other, &untouched[..untouched.len() - 4096]).unwrap();
    let saved = open(&other);
    assert!(saved.notices[0].to_string().contains("3 marks"), "{:?}", saved.notices);
}

#[test]
fn steps_are_forgotten_without_being_taken_back() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    for name in ["a", "b", "a"] {
        store.mark(&[read_mark(name)], false, false).unwrap();
    }
    store.forget_steps(&[read_mark("a"), read_mark("c")]).unwrap();
    let steps: Vec<Id> = store.history(9).unwrap().iter().flatten().map(|change| change.group).collect();
    assert_eq!(steps, [read_mark("a").group, read_mark("b").group], "the latest is forgotten");
    assert_eq!(store.marks().unwrap().len(), 2, "what is marked stays so");
}

#[test]
fn a_newer_database_is_only_read() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let mut store = opened(&path);
    store.mark(&[read_mark("a")], false, false).unwrap();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let opened = open(&path);
    assert!(opened.notices[0].to_string().contains("newer version"), "{:?}", opened.notices);
    let store = opened.store.unwrap();
    assert!(!store.is_writable());
    assert_eq!(store.marks().unwrap().len(), 1);
}

#[test]
fn what_is_no_database_of_ours_is_left_alone() {
    let folder = folder();
    let foreign = folder.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    let before = fs::read(&foreign).unwrap();
    let dangling = folder.path().join("dangling.db");
    std::os::unix::fs::symlink("/nonexistent/x", &dangling).unwrap();
    for path in [&foreign, &dangling, &folder.path().to_owned()] {
        let opened = open(path);
        assert!(opened.store.is_none() && opened.notices.len() == 1, "{opened:?}");
    }
    assert_eq!(fs::read(&foreign).unwrap(), before);
}

#[test]
fn damaged_databases_are_set_aside_and_what_is_readable_is_kept() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let mut store = opened(&path);
    let source = store.add_source(Path::new("a")).unwrap();
    for number in 0..60 {
        store.ingest(&[file(source, &format!("{number}.md"), &dated(number, "2020-01-01"))]).unwrap();
        store.mark(&[read_mark(&number.to_string())], false, false).unwrap();
    }
    store.checkpoint().unwrap();
    drop(store);
    let whole = fs::read(&path).unwrap();
    let cut = whole[..whole.len() - 4096].to_vec();
    let other_header = [&[0; 100][..], &whole[100..]].concat();
    let text = b"tama ei ole tietokanta\n".to_vec();
    for (name, bytes, marks) in [("cut", cut, 60), ("header", other_header, 0), ("text.db", text.clone(), 0)] {
        let path = folder.path().join(name);
        fs::write(&path, &bytes).unwrap();
        let opened = open(&path);
        assert!(opened.notices[0].to_string().contains("damaged"), "{name}: {:?}", opened.notices);
        let store = opened.store.unwrap();
        assert!(store.is_writable());
        assert_eq!(fs::read(aside::beside(&path, ".damaged-1")).unwrap(), bytes, "{name}");
        assert_eq!(store.marks().unwrap().len(), marks, "{name}");
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{name}");
    }
    // What was never a library stays where it is.
    for (name, bytes) in [("raportti.pdf", b"%PDF-1.7 ...".as_slice()), ("text", text.as_slice()), ("a.md", b"")] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let opened = open(&path);
        assert!(opened.store.is_none() && opened.notices[0].to_string().contains(" library"), "{name}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
    let empty = folder.path().join("empty");
    fs::write(&empty, b"").unwrap();
    let made = open(&empty);
    assert_eq!(made.notices, [crate::app::Problem::Emptied { path: Clean::line(&empty.to_string_lossy()) }]);
    assert!(made.store.unwrap().is_writable());
    assert!(opened(&empty).is_writable(), "told once");
    // The reader is not told what the database calls its tables.
    let store = opened(&empty);
    store.connection.execute_batch("DROP TABLE counter").unwrap();
    assert_eq!(store.last_change().unwrap_err().reason, crate::app::Reason::Database);
}

#[test]
fn whatever_sector_is_lost_the_rest_is_taken_over() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let mut store = opened(&path);
    let source = store.add_source(Path::new("a")).unwrap();
    for number in 0..40 {
        store.ingest(&[file(source, &format!("{number}.md"), &dated(number, "2020-01-01"))]).unwrap();
        let after = Marking { read: true, changed: true, ..Marking::default() };
        let group = Id::of(&[&number.to_string()]);
        store.mark(&[MarkChange { group, before: Marking::default(), after }], false, false).unwrap();
    }
    let search = SavedSearch { query: Clean::line("katu"), watched: true, looked: Some(3), ..SavedSearch::default() };
    store.change_searches(&SearchChange::Kept(search.clone())).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    let whole = fs::read(&path).unwrap();
    let (mut set_aside, mut all) = (0, 0);
    for sector in 0..whole.len() / 512 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("library.db");
        let mut bytes = whole.clone();
        bytes[sector * 512..][..512].fill(0);
        fs::write(&path, &bytes).unwrap();
        let opened = open(&path);
        let store = opened.store.unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "sector {sector}");
        let marks = store.marks().unwrap();
        let kept = marks.iter().filter(|(_, marking)| marking.changed).count() == 40;
        all += usize::from(kept && store.searches().unwrap() == [search.clone()]);
        set_aside += usize::from(!opened.notices.is_empty());
    }
    // Most sectors hold something else.
    assert!(set_aside > 30 && all > whole.len() / 512 * 3 / 4, "{set_aside} set aside, {all} of {}", whole.len() / 512);
}

#[test]
fn saved_searches_are_kept_in_order_and_added_to() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let search = |query: &str, watched, news: &[&str], looked| SavedSearch {
        query: Clean::line(query),
        watched,
        news: news.iter().map(|name| Id::of(&[name])).collect(),
        looked,
    };
    let street = search("katu -koulu", false, &[], None);
    let school = search("äly \"uusi koulu\"", true, &["a", "b"], Some(7));
    let mut store = opened(&path);
    for one in [&street, &school] {
        store.change_searches(&SearchChange::Kept(one.clone())).unwrap();
    }
    drop(store);
    let mut store = opened(&path);
    assert_eq!(store.searches().unwrap(), [street.clone(), school.clone()]);
    // Of what is known nothing is taken away; what is watched looks at what comes from now on.
    store.adopt_searches(&[search("katu -koulu", true, &["c"], None), search("vesi", true, &[], None)]).unwrap();
    let now = store.last_change().unwrap();
    let water = search("vesi", true, &[], Some(now));
    assert_eq!(store.searches().unwrap(), [street.clone(), school.clone(), water.clone()]);
    // Another instance knows nothing of the last one, and of the second only what it was.
    let looked = search("äly \"uusi koulu\"", true, &["c"], Some(5));
    store.change_searches(&SearchChange::Looked(vec![looked, search("juna", true, &["a"], None)])).unwrap();
    assert_eq!(store.searches().unwrap(), [street, SavedSearch { news: [Id::of(&["c"])].into(), ..school }, water]);
    for query in ["katu -koulu", "vesi", "äly \"uusi koulu\""] {
        store.change_searches(&SearchChange::Deleted(Clean::line(query))).unwrap();
    }
    assert!(store.searches().unwrap().is_empty());
}

#[test]
fn a_group_is_found_without_going_through_the_list() {
    let folder = folder();
    let store = opened(&folder.path().join("library.db"));
    for (condition, index) in [(rows::OTHERS, "announcements_versions"), (rows::LEADER, "announcements_groups")] {
        let sql = format!("EXPLAIN QUERY PLAN SELECT published, title, grp FROM announcements WHERE {condition}");
        let plan: String = store.connection.query_row(&sql, [1], |row| row.get(3)).unwrap();
        assert!(plan.contains(index), "{condition}: {plan}");
    }
}

#[test]
fn what_is_new_in_searches_goes_by_its_newest_name_until_it_is_forgotten() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("a")).unwrap();
    let group = |store: &Store| store.first_rows(1, None).unwrap()[0].group;
    store.ingest(&[file(source, "a.md", &dated(1, "2020-01-01"))]).unwrap();
    let (first, other) = (group(&store), Id::of(&["other"]));
    let search = |news: &[Id]| SavedSearch {
        query: Clean::line("katu"),
        watched: true,
        news: news.iter().copied().collect(),
        looked: Some(1),
    };
    store.change_searches(&SearchChange::Kept(search(&[first, other]))).unwrap();
    store.ingest(&[file(source, "a.md", &dated(22, "2020-01-01"))]).unwrap();
    let second = group(&store);
    assert_ne!(first, second);
    assert_eq!(store.searches().unwrap(), [search(&[second, other])]);
    store.remove(&[second]).unwrap();
    assert_eq!(store.searches().unwrap(), [search(&[other])]);
}

#[test]
fn damage_of_one_kind_is_told_in_one_sentence() {
    let folder = folder();
    let mut store = opened(&folder.path().join("library.db"));
    let source = store.add_source(Path::new("a")).unwrap();
    for number in 0..9 {
        store.ingest(&[file(source, &format!("{number}.md"), &dated(number, "2020-01-01"))]).unwrap();
    }
    store.connection.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM announcements WHERE number < 6;").unwrap();
    let told = [
        "rows of bodies that belong to nothing: 5",
        "rows of copies that belong to nothing: 5",
        "rows of sums that belong to nothing: 5",
    ];
    assert_eq!(store.check().unwrap(), told);
}

#[test]
fn what_cannot_be_committed_is_not_said_to_be_followed() {
    let folder = folder();
    let store = opened(&folder.path().join("library.db"));
    // A disk that fails at the commit, as the database sees it: what is checked there is not fulfilled.
    let failing = "CREATE TABLE due (number REFERENCES sources DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER never AFTER INSERT ON sources BEGIN INSERT INTO due VALUES (-1); END;";
    store.connection.execute_batch(failing).unwrap();
    assert!(store.add_source(Path::new("/followed")).is_err());
    assert_eq!(store.sources().unwrap(), Vec::new());
}

#[test]
fn a_database_of_the_third_version_stays_readable_and_gets_hashes() {
    let folder = folder();
    let path = folder.path().join("library.db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(THIRD_VERSION).unwrap();
    // As it is read where it cannot be written.
    let (twins, unlocked) = (twins::Twins::default(), std::cell::Cell::default());
    let old = Store { connection, path: path.clone(), writable: false, version: 3, twins, unlocked };
    let (text, _) = old.text(1, None).unwrap().unwrap();
    assert_eq!(old.damaged_texts().unwrap(), Vec::<u32>::new());
    drop(old);
    let store = opened(&path);
    assert_eq!(store.text(1, None).unwrap().unwrap().0, text);
    let (count, _) = store.count().unwrap();
    assert_eq!(store.add_sums().unwrap() as u64, count);
    assert_eq!(store.add_sums().unwrap(), 0);
    // From now on damage is seen, whatever became of the letters.
    for damaged in ["''", "'x' || text", "replace(text, 'i', char(0))", "substr(text, 2)", "x'ff00'"] {
        store.connection.execute_batch("BEGIN").unwrap();
        store.connection.execute(&format!("UPDATE bodies SET text = {damaged}"), []).unwrap();
        assert_eq!(store.damaged_texts().unwrap().len() as u64, count, "{damaged}");
        assert_eq!(store.text(1, None).unwrap_err().kind, FaultKind::Text, "{damaged}");
        assert!(!store.text_as_kept(1, None).unwrap().unwrap().2);
        store.connection.execute_batch("ROLLBACK").unwrap();
    }
    assert!(store.text(1, None).is_ok());
}

#[test]
fn sums_of_a_database_of_the_fourth_version_are_kept() {
    let folder = folder();
    let path = folder.path().join("library.db");
    Connection::open(&path).unwrap().execute_batch(FOURTH_VERSION).unwrap();
    let connection = Connection::open(&path).unwrap();
    // As it is read where it cannot be written.
    let (twins, unlocked) = (twins::Twins::default(), std::cell::Cell::default());
    let old = Store { connection, path: path.clone(), writable: false, version: 4, twins, unlocked };
    assert_eq!(old.damaged_texts().unwrap(), Vec::<u32>::new());
    let (text, _) = old.text(1, None).unwrap().unwrap();
    drop(old);
    let store = opened(&path);
    assert_eq!(schema::version(&store.connection).unwrap(), schema::VERSION);
    assert_eq!((store.marks().unwrap().len(), store.searches().unwrap().len()), (3, 2));
    assert_eq!(store.text(1, None).unwrap().unwrap().0, text);
    // The sum of the one text was kept, the other has none yet.
    assert_eq!(store.add_sums().unwrap(), 1);
    store.connection.execute("UPDATE bodies SET text = replace(text, 'i', 'j')", []).unwrap();
    assert_eq!(store.damaged_texts().unwrap().len(), 2);
    assert_eq!(store.text(1, None).unwrap_err().kind, FaultKind::Text);
}

#[test]
fn letters_and_numerals_of_lists_are_kept() {
    let html =
        "<h1>Silta</h1><ol type=A><li>yksi<li>kaksi</ol><p>Ja vielä.</p><ol type=i start=4><li>yksi</ol><p>Loppu.</p>";
    let read = formats::read(&Input::new("a.html", html.as_bytes())).announcements.remove(0);
    let body = Body::of(&read);
    let markers = |body: &Body| -> Vec<String> {
        let blocks = body.fill(read.clone()).document.blocks;
        let sign = |block: crate::model::Block| match block.kind {
            crate::model::BlockKind::Item { marker, .. } => Some(marker.sign("-")),
            _ => None,
        };
        blocks.into_iter().filter_map(sign).collect()
    };
    assert_eq!(markers(&body), ["A.", "B.", "iv."]);
    // What another version counts with is counted in figures here.
    let other = Body { shape: body.shape.replace("\"i\"", "\"greek\""), ..body };
    assert_eq!(markers(&other), ["A.", "B.", "4."]);
}
