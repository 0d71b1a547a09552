//! The library under fire: killed in the middle of what it does, it has everything it said it kept.
#![expect(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![expect(
    clippy::disallowed_methods,
    reason = "a kill comes at a moment of its own, and the one killed is told by its environment"
)]

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use flate2::{Compression, write::GzEncoder};
use tiedote::io::search::index::{LibraryIndex, Question};
use tiedote::io::store::{self, Store};
use tiedote::model::{Id, MarkChange, Marking, Marks};
use tiedote::search::{Matcher, Query};
use tiedote::text::fold::Folding;

/// Names the library to the copy of this program that marks until it is killed.
const MARKER: &str = "TIEDOTE_TEST_MARKER";

fn opened(path: &Path) -> Store {
    let opened = store::open(path);
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
    opened.store.unwrap()
}

fn group(number: u32) -> Id {
    Id::of(&["marked", &number.to_string()])
}

/// Not a test of its own: what is killed. It says of each mark that it is kept once it is.
#[test]
fn marks_until_it_is_killed() {
    let Some(path) = std::env::var_os(MARKER) else { return };
    let mut store = opened(Path::new(&path));
    let mut output = std::io::stdout().lock();
    let first = u32::try_from(store.marks().unwrap().len()).unwrap();
    for number in first.. {
        let after = Marking { read: true, starred: number % 2 == 0, ..Marking::default() };
        store.mark(&[MarkChange { group: group(number), before: Marking::default(), after }], false, false).unwrap();
        writeln!(output, "kept {number}").unwrap();
        output.flush().unwrap();
    }
    assert!(first < u32::MAX, "nobody killed it");
}

fn marker(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "marks_until_it_is_killed", "--nocapture", "--test-threads=1"])
        .env(MARKER, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_kill_loses_no_mark_that_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    drop(opened(&path));
    let mut kept = HashSet::new();
    for round in 0..12_u64 {
        let mut child = marker(&path);
        let output = BufReader::new(child.stdout.take().unwrap());
        // Each round is killed after another number of marks, at another moment of the one under way.
        let mut before = round % 5 + 1;
        for line in output.lines().map_while(Result::ok) {
            // The test program itself has something to say before the first.
            let Some(number) = line.rsplit_once("kept ").and_then(|(_, number)| number.parse::<u32>().ok()) else {
                continue;
            };
            kept.insert(group(number));
            before -= u64::from(before > 0);
            if before == 0 {
                std::thread::sleep(Duration::from_micros(round * 130));
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        let store = opened(&path);
        let marks: HashSet<Id> = store.marks().unwrap().into_iter().map(|(group, _)| group).collect();
        assert!(kept.is_subset(&marks), "round {round}: {} of {} kept", marks.len(), kept.len());
    }
    assert!(kept.len() >= 12);
    assert_eq!(opened(&path).check().unwrap(), Vec::<String>::new());
}

fn tiedote(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiedote"));
    command.args(arguments).arg("--library").arg(library).env_remove("HOME").env_remove("XDG_DATA_HOME");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn an_import_that_is_killed_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (path, texts) = (folder.path().join("library.db"), folder.path().join("texts"));
    std::fs::create_dir(&texts).unwrap();
    for number in 0..200 {
        let text = format!("# Tiedote numero {number}\n\n{}", "Sanoja riittää tässäkin. ".repeat(40));
        std::fs::write(texts.join(format!("{number}.md")), text).unwrap();
    }
    let texts = texts.to_str().unwrap().to_owned();
    let mut before = 0;
    for round in 0..8_u64 {
        let mut child = tiedote(&path, &["import", &texts]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(3 + 11 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = opened(&path);
        let (announcements, _) = store.count().unwrap();
        assert!(announcements >= before, "round {round}");
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        before = announcements;
    }
    let done = tiedote(&path, &["import", &texts]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(opened(&path).count().unwrap(), (200, 200));
    let checked = tiedote(&path, &["library", "check"]).output().unwrap();
    assert!(String::from_utf8_lossy(&checked.stdout).contains("no damage found"));
}

#[test]
fn everything_goes_out_and_comes_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one.db"), folder.path().join("other.db"));
    let lines = folder.path().join("all.jsonl");
    let lines = lines.to_str().unwrap();
    for (library, arguments) in [(&one, ["import", "articles"]), (&one, ["export", lines]), (&other, ["import", lines])]
    {
        let done = tiedote(library, &arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(opened(&one).count().unwrap(), opened(&other).count().unwrap());
    // An export never takes the place of a file.
    assert!(!tiedote(&one, &["export", lines]).output().unwrap().status.success());
}

#[test]
fn an_export_is_known_also_packed_and_with_a_mark_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("all.jsonl");
    let one = folder.path().join("one.db");
    assert!(tiedote(&one, &["import", "articles"]).output().unwrap().status.success());
    assert!(tiedote(&one, &["export", lines.to_str().unwrap()]).output().unwrap().status.success());
    let plain = std::fs::read(&lines).unwrap();
    let marked = [b"\xef\xbb\xbf".as_slice(), &plain].concat();
    let packed = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    let whole = opened(&one).count().unwrap();
    let given = [("a.jsonl", marked.clone()), ("b.jsonl.gz", packed(&plain)), ("c.gz", packed(&marked))];
    for (name, bytes) in given {
        let (path, library) = (folder.path().join(name), folder.path().join(format!("{name}.db")));
        std::fs::write(&path, &bytes).unwrap();
        let done = tiedote(&library, &["import", path.to_str().unwrap()]).output().unwrap();
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        let store = opened(&library);
        assert_eq!(store.count().unwrap(), whole, "{name}");
        // The export is not followed, but what it says was followed.
        assert_eq!(store.sources().unwrap(), opened(&one).sources().unwrap(), "{name}");
        let library = folder.path().join(format!("{name}.given.db"));
        let file = std::fs::File::open(&path).unwrap();
        let done = tiedote(&library, &["import", "-"]).stdin(file).output().unwrap();
        assert!(done.status.success() && opened(&library).count().unwrap() == whole, "{name} given: {done:?}");
    }
    // Of a part of one it is taken in what is whole, and said that it is a part.
    let (path, library) = (folder.path().join("part.jsonl.gz"), folder.path().join("part.db"));
    let bytes = packed(&plain);
    std::fs::write(&path, &bytes[..bytes.len() - 20]).unwrap();
    let done = tiedote(&library, &["import", path.to_str().unwrap()]).output().unwrap();
    assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("part.jsonl.gz: "), "{done:?}");
    assert!(opened(&library).count().unwrap().0 > 0);
}

#[test]
fn without_a_path_the_library_is_listed_and_shown() {
    let folder = tempfile::tempdir().unwrap();
    let (path, texts) = (folder.path().join("library.db"), folder.path().join("texts"));
    std::fs::create_dir(&texts).unwrap();
    for (name, title, language) in
        [("a.fi.md", "Kirjaston oma tiedote", "fi"), ("a.sv.md", "Bibliotekets meddelande", "sv")]
    {
        let text = format!("---\ntitle: {title}\nlanguage: {language}\n---\nTeksti {language}.");
        std::fs::write(texts.join(name), text).unwrap();
    }
    // The library may be named before or after what is to be done.
    let mut import = Command::new(env!("CARGO_BIN_EXE_tiedote"));
    import.arg("--library").arg(&path).args(["import", texts.to_str().unwrap()]);
    assert!(import.output().unwrap().status.success());
    let output = |arguments: &[&str]| {
        let done = tiedote(&path, arguments).output().unwrap();
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let listed = output(&["list"]);
    assert!(listed.contains("Kirjaston oma tiedote") && !listed.contains("Rakenneuudistus"), "{listed}");
    assert_eq!(output(&[]), listed);
    assert!(output(&["list", "--json"]).contains("a.fi.md"));
    let id = listed.lines().find(|line| line.contains("oma")).unwrap().split('\t').next().unwrap();
    assert!(output(&["show", id]).contains("Teksti fi."), "{}", output(&["show", id]));
    // An empty library shows what comes with the program.
    let empty = folder.path().join("empty.db");
    drop(opened(&empty));
    let done = tiedote(&empty, &["list"]).output().unwrap();
    assert!(String::from_utf8_lossy(&done.stdout).contains("akenneuudistus"));
    // One that is named and not there is said to be missing.
    let done = tiedote(&folder.path().join("none.db"), &["list"]).output().unwrap();
    assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("no such file"));
}

#[test]
fn a_folder_that_is_followed_no_longer_leaves_its_announcements() {
    let folder = tempfile::tempdir().unwrap();
    let (path, texts) = (folder.path().join("library.db"), folder.path().join("texts"));
    std::fs::create_dir_all(texts.join("sub")).unwrap();
    std::fs::write(texts.join("sub/a.md"), "# Ensimmäinen\n\nTeksti.").unwrap();
    let run = |arguments: &[&str]| {
        let done = tiedote(&path, arguments).current_dir(folder.path()).output().unwrap();
        let (said, complained) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        (done.status.code().unwrap(), format!("{said}{complained}"))
    };
    assert_eq!(run(&["import", "texts"]).0, 0);
    for (name, sentence) in [("texts/sub", "only as a part of"), ("nothing", "nothing: is not followed\n")] {
        let (code, said) = run(&["library", "unfollow", name]);
        assert!(code == 1 && said.contains(sentence), "{said}");
    }
    assert_eq!(run(&["library", "unfollow"]).0, 2);
    // A folder that has gone is found by the name it had.
    std::fs::rename(&texts, folder.path().join("away")).unwrap();
    let (code, said) = run(&["library", "unfollow", "./texts/"]);
    assert!(code == 0 && said.contains("is no longer followed, its announcement stays"), "{said}");
    std::fs::rename(folder.path().join("away"), &texts).unwrap();
    std::fs::write(texts.join("b.md"), "# Toinen\n\nTeksti.").unwrap();
    assert_eq!(run(&["library", "update"]).0, 0);
    assert_eq!(opened(&path).count().unwrap(), (1, 1));
    assert!(run(&["list"]).1.contains("Ensimmäinen"));
    assert_eq!(run(&["import", "texts"]).0, 0);
    assert_eq!(opened(&path).count().unwrap(), (2, 2));
}

#[test]
fn an_export_that_finds_no_room_leaves_no_part_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, texts, lines) =
        (folder.path().join("library.db"), folder.path().join("texts"), folder.path().join("all.jsonl"));
    std::fs::create_dir(&texts).unwrap();
    for number in 0..40 {
        let text = format!("# Tiedote numero {number}\n\n{}", "Sanoja riittää tässäkin. ".repeat(400));
        std::fs::write(texts.join(format!("{number}.md")), text).unwrap();
    }
    assert!(tiedote(&path, &["import", texts.to_str().unwrap()]).output().unwrap().status.success());
    // 200 blocks of 512 bytes are the most a file may have there.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_tiedote")]);
    let done = shell.args(["export", "--library"]).args([&path, &lines]).output().unwrap();
    assert!(!done.status.success() && !lines.exists(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(tiedote(&path, &["export", lines.to_str().unwrap()]).output().unwrap().status.success());
    assert!(std::fs::metadata(&lines).unwrap().len() > 200 * 512);
}

#[test]
fn only_something_to_keep_makes_a_library() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/library.db");
    let nowhere = folder.path().join("nowhere");
    for arguments in [
        &["library", "check"][..],
        &["library", "compact"],
        &["library", "update"],
        &["library", "unfollow", "a"],
        &["export"],
        &["list"],
    ] {
        let done = tiedote(&path, arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!done.status.success() && said.contains("no such file"), "{arguments:?}: {said}");
    }
    assert!(!tiedote(&path, &["import", nowhere.to_str().unwrap()]).output().unwrap().status.success());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    // An announcement that was named as the library is left alone.
    let text = folder.path().join("kokous.md");
    std::fs::write(&text, "# Kokous\n\nSe alkaa klo 17.").unwrap();
    let done = tiedote(&text, &["import", "articles"]).output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(!done.status.success() && said.contains("is an announcement, not a library"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_same_announcement_in_two_files_is_listed_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Silta avataan liikenteelle maanantaina. Se on tehty puusta. Työ maksoi 3,5 miljoonaa euroa.";
    let front = "---\ntitle: Kunnan uusi silta\npublished: 2020-09-11\nsource: Kunta\n---\n\n";
    for (name, file) in [
        ("a.md", format!("{front}{text}")),
        ("b.txt", format!("Kunnan uusi silta\n\n{text}")),
        ("c.md", format!("{}{text}", front.replace("09-11", "10-12"))),
    ] {
        std::fs::write(folder.path().join(name), file).unwrap();
    }
    let lines = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let library = folder.path().join("library.db");
        let done = tiedote(&library, &[arguments, &[folder.path().to_str().unwrap(), "--json"]].concat()).output();
        let output = String::from_utf8(done.unwrap().stdout).unwrap();
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let listed = lines(&["list"]);
    assert_eq!(listed.len(), 2, "{listed:?}");
    let also: usize = listed.iter().map(|line| line["also"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(also, 1, "{listed:?}");
    // Everything is shown, in order; a file that holds what was shown before says so.
    let shown = lines(&["show"]);
    let same: Vec<bool> = shown.iter().map(|line| line["same_as"].is_string()).collect();
    assert_eq!((shown.len(), same.iter().filter(|same| **same).count()), (3, 1), "{shown:?}");
}

/// Announcements enough for an index of their words.
const MANY: u32 = 1100;

#[test]
fn a_kill_while_the_index_is_made_leaves_the_one_before_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let (path, texts) = (folder.path().join("library.db"), folder.path().join("texts"));
    std::fs::create_dir(&texts).unwrap();
    for number in 0..MANY {
        let text = format!("# Tiedote numero {number}\n\nSanoja riittää tässäkin, sana{number} vain kerran.");
        std::fs::write(texts.join(format!("{number}.md")), text).unwrap();
    }
    let texts = texts.to_str().unwrap().to_owned();
    let index = folder.path().join("library.index");
    let words = || -> Vec<std::path::PathBuf> {
        let files = std::fs::read_dir(&index).into_iter().flatten().map(|entry| entry.unwrap().path());
        files.filter(|path| path.extension().is_some_and(|ending| ending == "words")).collect()
    };
    assert!(tiedote(&path, &["import", &texts]).output().unwrap().status.success());
    assert_eq!(words().len(), 1, "the import made it");
    let found = |query: &str| {
        let store = opened(&path);
        let matcher = Matcher::new(&Query::parse(query).unwrap(), Folding::Strict);
        let question = Question { matcher: &matcher, marks: &Marks::default(), languages: &[] };
        LibraryIndex::open(&store).unwrap().look(&store, &question, &|| false).unwrap().unwrap().len()
    };
    let mut before = words();
    for round in 0..10_u64 {
        if round % 3 == 0 {
            // Without one it is made anew. The round before may have been too short for a folder.
            let _ = std::fs::remove_dir_all(&index);
            before.clear();
        }
        let mut child = tiedote(&path, &["library", "update"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(5 + 23 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let after = words();
        assert!(after == before || before.is_empty() && after.len() == 1, "round {round}: {after:?}");
        before = after;
        assert_eq!((found("sana7"), found("riittää")), (1, MANY as usize), "round {round}");
    }
    let _ = std::fs::remove_dir_all(&index);
    assert!(tiedote(&path, &["library", "update"]).output().unwrap().status.success());
    assert_eq!((words().len(), std::fs::read_dir(&index).unwrap().count()), (1, 2), "the index and its lock");
    assert_eq!((found("sana7"), found("riittää")), (1, MANY as usize));
}
