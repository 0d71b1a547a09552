//! Announcements that share a title and a day, an address or a name, but not a text, are all listed, found and kept.
#![expect(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![expect(clippy::disallowed_methods, reason = "what is tested are files and the program")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tiedote::io::library::reconcile::reconcile;
use tiedote::io::store::{self, Store};
use tiedote::model::{Id, MarkChange, Marking};

/// A file: its name and what is in it.
type File = (&'static str, &'static str);

/// Ways in which two announcements come to one identity: the files, and a word that only the text of each has.
const WAYS: [(&str, [File; 2], [&str; 2]); 6] = [
    (
        "one title and day",
        [
            (
                "a.md",
                "---\ntitle: Liikennetiedote onnettomuudesta, valtatie 4\npublished: 2024-03-04 08:05\n---\n\
                 Kaksi henkilöautoa on törmännyt. Tie on suljettu.",
            ),
            (
                "b.md",
                "---\ntitle: Liikennetiedote onnettomuudesta, valtatie 4\npublished: 2024-03-04 15:40\n---\n\
                 Rekka on suistunut ojaan. Toinen kaista on poissa käytöstä.",
            ),
        ],
        ["törmännyt", "suistunut"],
    ),
    (
        "one address",
        [
            (
                "a.html",
                "<html lang=sv><head><title>Bron öppnas</title><link rel=canonical href='https://example.fi/nyheter'>\
                 </head><body><main><h1>Bron öppnas</h1><p>Bron öppnas för trafik på måndag efter reparationen.</p>\
                 <p>Kommunen tackar alla för tålamodet under arbetet.</p></main></body></html>",
            ),
            (
                "b.html",
                "<html lang=sv><head><title>Skolan stängs</title><link rel=canonical href='https://example.fi/nyheter'>\
                 </head><body><main><h1>Skolan stängs</h1><p>Skolan stängs i juni och eleverna flyttar till byn.</p>\
                 <p>Föräldrarna får ett brev om skjutsarna i maj.</p></main></body></html>",
            ),
        ],
        ["reparationen", "eleverna"],
    ),
    (
        "pages of one program",
        [
            (
                "a.json",
                r#"{"title": "Library reopens", "url": "https://example.fi/#/news/1", "text": "The library reopens."}"#,
            ),
            ("b.json", r#"{"title": "Pool closes", "url": "https://example.fi/#/news/2", "text": "The pool closes."}"#),
        ],
        ["reopens", "closes"],
    ),
    (
        "one copied id",
        [
            ("a.md", "---\ntitle: Bridge closed\nid: notice\n---\nThe bridge is closed for painting until autumn."),
            ("b.md", "---\ntitle: School opens\nid: notice\n---\nThe school opens with a concert in the yard."),
        ],
        ["painting", "concert"],
    ),
    (
        "one list in a file",
        [
            (
                "a.json",
                r#"[{"title": "Kokous", "url": "https://example.fi/kokoukset", "text": "Valtuusto kokoontuu talolla."},
                    {"title": "Kokous", "url": "https://example.fi/kokoukset", "text": "Lautakunta kokoontuu koululla."}]"#,
            ),
            ("b.txt", "Yhdistys järjestää juhlan\n\nJuhlassa esiintyy kuoro, ja tarjolla on kahvia kaikille."),
        ],
        ["talolla", "koululla"],
    ),
    ("no title", [("a.md", "---\nsection: Uutiset\n---\n"), ("b.md", "---\nsection: Uutiset\n---\n")], ["", ""]),
];

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, (name, text): File) {
        fs::write(self.path("in").join(name), text).unwrap();
    }

    /// What the program prints with a library of that name.
    fn run(&self, library: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiedote"));
        command.arg("--library").arg(self.path(library)).args(arguments).env("TZ", "Europe/Helsinki");
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }

    fn folder(&self) -> String {
        self.path("in").to_str().unwrap().to_owned()
    }

    fn store(&self, library: &str) -> Store {
        store::open(&self.path(library)).store.unwrap()
    }
}

fn look_at_all(store: &mut Store) {
    let sources = store.sources().unwrap();
    reconcile(store, &sources, None, &mut |_| true).unwrap();
}

/// Rows of a list, without those of other files.
fn ids(listed: &str) -> BTreeSet<String> {
    listed.lines().map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

fn read(store: &mut Store, group: Id) {
    let after = Marking { read: true, ..Marking::default() };
    store.mark(&[MarkChange { group, before: Marking::default(), after }], false, true).unwrap();
}

#[test]
fn all_are_listed_and_found_in_folder_and_library_and_go_out_and_in_again() {
    for (way, files, words) in WAYS {
        let desk = Desk::new();
        for file in files {
            desk.write(file);
        }
        let rows = if way == "one list in a file" { 3 } else { 2 };
        let folder = desk.folder();
        assert_eq!(desk.run("none.db", &["list", &folder]).lines().count(), rows, "{way}: list of a folder");
        desk.run("one.db", &["import", &folder]);
        let listed = desk.run("one.db", &["list"]);
        assert_eq!(listed.lines().count(), rows, "{way}: list of the library");
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            for arguments in [&["search", word, &folder][..], &["search", word]] {
                let found = desk.run("one.db", arguments);
                assert_eq!(ids(&found).iter().filter(|id| id.len() == 16).count(), 1, "{way}: {word}: {found}");
            }
        }
        let lines = desk.path("export.jsonl");
        fs::write(&lines, desk.run("one.db", &["export"])).unwrap();
        // Another library that has only the second of them, by the name of both.
        fs::remove_file(desk.path("in").join(files[0].0)).unwrap();
        desk.run("two.db", &["import", &folder]);
        desk.run("two.db", &["import", lines.to_str().unwrap()]);
        assert_eq!(desk.run("two.db", &["list"]).lines().count(), rows, "{way}: list after the import of a library");
    }
}

#[test]
fn a_follow_up_is_unread_after_the_first_was_read() {
    for (way, files, _) in WAYS.into_iter().filter(|(way, ..)| *way != "one list in a file") {
        let desk = Desk::new();
        desk.write(files[0]);
        let mut store = desk.store("library.db");
        store.add_source(&desk.path("in")).unwrap();
        look_at_all(&mut store);
        let first = store.first_rows(9, None).unwrap().remove(0).group;
        read(&mut store, first);
        desk.write(files[1]);
        look_at_all(&mut store);
        let groups: BTreeSet<Id> = store.first_rows(9, None).unwrap().iter().map(|entry| entry.group).collect();
        assert_eq!(groups.len(), 2, "{way}");
        let marked: Vec<Id> = store.marks().unwrap().into_iter().map(|(group, _)| group).collect();
        assert_eq!(marked, [first], "{way}");
        // Nothing changes when all is looked at again, however often.
        let last = store.last_change().unwrap();
        look_at_all(&mut store);
        assert_eq!(store.last_change().unwrap(), last, "{way}");
    }
}

#[test]
fn a_file_that_was_edited_is_the_announcement_it_was() {
    let desk = Desk::new();
    let [(_, files, _), ..] = WAYS;
    for file in files {
        desk.write(file);
    }
    let mut store = desk.store("library.db");
    store.add_source(&desk.path("in")).unwrap();
    look_at_all(&mut store);
    let groups = |store: &Store| -> BTreeSet<Id> {
        store.first_rows(9, None).unwrap().iter().map(|entry| entry.group).collect()
    };
    let before = groups(&store);
    for group in &before {
        read(&mut store, *group);
    }
    // Another text, the same title: of the one that has the identity, and of the one that has a further one.
    for (name, text) in files {
        let (head, _) = text.rsplit_once("---\n").unwrap();
        let edited =
            format!("{head}---\nTie on avattu. Onnettomuus on selvitetty ja liikenne kulkee jälleen ({name}).");
        fs::write(desk.path("in").join(name), edited).unwrap();
        look_at_all(&mut store);
        assert_eq!(store.count().unwrap(), (2, 2), "{name}");
    }
    let changed = store.marks().unwrap().into_iter().filter(|(_, marking)| marking.read && marking.changed).count();
    assert_eq!((changed, groups(&store).len()), (2, 2));
}

#[test]
fn items_of_a_feed_keep_their_marks_when_others_come_before_them() {
    let desk = Desk::new();
    let item = |word: &str| {
        format!(
            r#"{{"title": "Möte", "url": "https://example.fi/moten", "text": "{word} möts i kommunhuset på måndag."}}"#
        )
    };
    let write = |words: &[&str]| {
        let items: Vec<String> = words.iter().map(|word| item(word)).collect();
        fs::write(desk.path("in").join("feed.json"), format!("[{}]", items.join(","))).unwrap();
    };
    write(&["Fullmäktige", "Nämnden"]);
    let mut store = desk.store("library.db");
    store.add_source(&desk.path("in")).unwrap();
    look_at_all(&mut store);
    assert_eq!(store.count().unwrap(), (2, 2));
    for entry in store.first_rows(9, None).unwrap() {
        read(&mut store, entry.group);
    }
    write(&["Styrelsen", "Fullmäktige", "Nämnden"]);
    look_at_all(&mut store);
    assert_eq!(store.count().unwrap(), (3, 3));
    let marks = store.marks().unwrap();
    assert!(marks.iter().all(|(_, marking)| !marking.changed));
    let read: BTreeSet<Id> = marks.into_iter().map(|(group, _)| group).collect();
    let unread: Vec<u32> = store
        .first_rows(9, None)
        .unwrap()
        .into_iter()
        .filter(|entry| !read.contains(&entry.group))
        .filter_map(|entry| match entry.location {
            tiedote::model::Location::Kept(number) => Some(number),
            _ => None,
        })
        .collect();
    let [new] = unread[..] else { panic!("{unread:?}") };
    let (text, _) = store.text(new, None).unwrap().unwrap();
    assert!(text.document.blocks[0].text.contains("Styrelsen"));
}

#[test]
fn a_library_that_took_two_for_one_finds_them_when_it_is_looked_at_again() {
    let desk = Desk::new();
    let [(_, files, words), ..] = WAYS;
    for file in files {
        desk.write(file);
    }
    let path = desk.path("library.db");
    let mut store = desk.store("library.db");
    store.add_source(&desk.path("in")).unwrap();
    look_at_all(&mut store);
    assert_eq!(store.count().unwrap(), (2, 2));
    drop(store);
    as_the_version_before_left_it(&path);
    assert_eq!(desk.store("library.db").count().unwrap(), (1, 1));
    let folder = desk.folder();
    desk.run("library.db", &["library", "update"]);
    assert_eq!(desk.run("library.db", &["list"]).lines().count(), 2, "{folder}");
    for word in words {
        assert!(!desk.run("library.db", &["search", word]).is_empty(), "{word}");
    }
}

/// Makes one announcement of the two of a library, as its fourth version did.
fn as_the_version_before_left_it(path: &Path) {
    let database = rusqlite::Connection::open(path).unwrap();
    let last: i64 = database.query_row("SELECT max(number) FROM announcements", [], |row| row.get(0)).unwrap();
    let first: i64 = database.query_row("SELECT min(number) FROM announcements", [], |row| row.get(0)).unwrap();
    database.execute("UPDATE copies SET announcement = ?", [first]).unwrap();
    database.execute("DELETE FROM bodies WHERE announcement = ?", [last]).unwrap();
    database.execute("DELETE FROM announcements WHERE number = ?", [last]).unwrap();
    let later = "DROP INDEX announcements_versions; DROP TABLE feeds; DROP TABLE feed_items; DROP TABLE hosts;
        DROP TABLE revisions; DROP TABLE fulltexts; ALTER TABLE marks DROP COLUMN revision;
        ALTER TABLE sources DROP COLUMN keeps;";
    database.execute_batch(later).unwrap();
    database.pragma_update(None, "user_version", 4).unwrap();
}
