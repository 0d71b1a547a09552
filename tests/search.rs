//! `tiedote search` as a shell sees it.
#![expect(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![expect(clippy::disallowed_methods, reason = "the program is run on files")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tiedote(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tiedote")).args(arguments).env("XDG_DATA_HOME", home).output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn titles(output: &Output) -> Vec<String> {
    let lines = printed(output);
    let objects = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    objects.map(|object| object["title"].as_str().unwrap().to_owned()).collect()
}

/// Three announcements: the newest has the word only in its body.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, date, title, text) in [
        ("a.md", "2021-05-01", "Kokous", "Valtuusto kokoontuu. Sen jälkeen kaduilla on ruuhkaa."),
        ("b.md", "2020-05-01", "Katu suljetaan", "Liikenne ohjataan muualle."),
        ("c.md", "2019-05-01", "Kadun nimi muuttuu", "Uusi nimi on Äijäläntie."),
    ] {
        let text = format!("---\ntitle: {title}\npublished: {date}\nlanguage: fi\nsource: Kaupunki\n---\n\n{text}\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

#[test]
fn every_form_is_found_and_titles_come_first() {
    let (home, folder) = (tempfile::tempdir().unwrap(), folder());
    let path = folder.path().to_str().unwrap();
    // The same announcement again is still one.
    fs::copy(folder.path().join("b.md"), folder.path().join("d.md")).unwrap();
    let output = tiedote(home.path(), &["search", "katu", path, "--json"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(titles(&output), ["Katu suljetaan", "Kadun nimi muuttuu", "Kokous"]);
    let lines = printed(&output);
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["matches"], serde_json::json!([{ "field": "body", "text": "kadu" }]));
    assert!(last["snippet"].as_str().unwrap().contains("jälkeen kaduilla on"));
    assert_eq!(last["published"], "2021-05-01");
    assert!(last["path"].as_str().unwrap().ends_with("a.md"));
    let plain = printed(&tiedote(home.path(), &["search", "katu -suljetaan date:2021", path]));
    assert_eq!(plain.lines().count(), 2, "{plain}");
    assert!(plain.contains("\t2021-05-01\tfi\tKaupunki\tKokous\n    Valtuusto kokoontuu."), "{plain}");
}

#[test]
fn without_dots_is_found_when_there_is_nothing_else() {
    let (home, folder) = (tempfile::tempdir().unwrap(), folder());
    let path = folder.path().to_str().unwrap();
    assert_eq!(titles(&tiedote(home.path(), &["search", "aijalantie", path, "--json"])), ["Kadun nimi muuttuu"]);
    assert_eq!(titles(&tiedote(home.path(), &["search", "äijäläntie", path, "--json"])), ["Kadun nimi muuttuu"]);
}

#[test]
fn nothing_found_is_one_and_a_wrong_query_two_with_the_place() {
    let (home, folder) = (tempfile::tempdir().unwrap(), folder());
    let path = folder.path().to_str().unwrap();
    let output = tiedote(home.path(), &["search", "hevonen", path]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert_eq!(titles(&tiedote(home.path(), &["search", "-katu lang:fi", path, "--json"])).len(), 0);
    let output = tiedote(home.path(), &["search", "katu lang:xx", path]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("lang: takes fi, sv or en, not “xx”"), "{told}");
    assert!(told.ends_with("  katu lang:xx\n            ^^\n"), "{told}");
    assert_eq!(tiedote(home.path(), &["search", " ", path]).status.code(), Some(2));
    assert_eq!(tiedote(home.path(), &["search", "katu", "/no/such/folder"]).status.code(), Some(1));
}

#[test]
fn without_a_path_the_library_is_searched_or_what_is_built_in() {
    let (home, folder) = (tempfile::tempdir().unwrap(), folder());
    let built_in = tiedote(home.path(), &["search", "sote", "--json"]);
    assert!(!titles(&built_in).is_empty());
    let swedish = tiedote(home.path(), &["search", "projekt", "--json", "--lang", "sv"]);
    assert!(printed(&swedish).contains("projekt"), "{swedish:?}");
    tiedote(home.path(), &["import", folder.path().to_str().unwrap()]);
    assert_eq!(titles(&tiedote(home.path(), &["search", "katu", "--json"])).len(), 3);
    assert_eq!(titles(&tiedote(home.path(), &["search", "is:unread is:starred", "--json"])).len(), 0);
    assert_eq!(tiedote(home.path(), &["search", "sote"]).status.code(), Some(1));
}

#[test]
fn the_file_of_the_language_version_found_is_told() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, more, title, language, text) in [
        ("a.md", "id: gata", "Katu", "fi", "Katu avataan liikenteelle."),
        ("b.md", "translation_of: gata", "Gata", "sv", "En gata öppnas för trafik."),
    ] {
        let text = format!("---\n{more}\ntitle: {title}\nlanguage: {language}\n---\n\n{text}\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    assert!(tiedote(home.path(), &["import", folder.path().to_str().unwrap()]).status.success());
    for (query, name) in [("katu", "a.md"), ("gata", "b.md")] {
        let lines = printed(&tiedote(home.path(), &["search", query, "--json"]));
        let found: serde_json::Value = serde_json::from_str(lines.trim()).unwrap();
        assert!(found["path"].as_str().unwrap().ends_with(name), "{lines}");
    }
}

#[test]
fn a_text_that_is_damaged_in_the_library_is_told_or_read_from_its_file() {
    let (home, folder) = (tempfile::tempdir().unwrap(), folder());
    let library = home.path().join("l.db");
    let search = |words: &[&str]| {
        tiedote(home.path(), &[&["--library", library.to_str().unwrap(), "search"], words, &["--json"]].concat())
    };
    let import = ["--library", library.to_str().unwrap(), "import", folder.path().to_str().unwrap()];
    assert_eq!(tiedote(home.path(), &import).status.code(), Some(0));
    let damage = || {
        let sql = "UPDATE bodies SET text = replace(text, 'Valtuusto', char(0, 0, 0, 0, 0, 0, 0, 0, 0))";
        rusqlite::Connection::open(&library).unwrap().execute(sql, []).unwrap();
    };
    for query in [["kaduilla"].as_slice(), &["kaduilla", "--lang", "fi"]] {
        damage();
        let output = search(query);
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{query:?}");
        assert!(printed(&output).contains("Valtuusto kokoontuu"), "{query:?}");
    }
    damage();
    fs::remove_file(folder.path().join("a.md")).unwrap();
    for query in [["kaduilla"].as_slice(), &["kaduilla", "--lang", "fi"]] {
        let output = search(query);
        assert_eq!((output.status.code(), titles(&output)[0].as_str()), (Some(1), "Kokous"), "{query:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told.matches("the text of an announcement is damaged").count(), 1, "{query:?}: {told}");
    }
}
