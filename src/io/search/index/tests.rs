use std::cmp::Reverse;
use std::fs;
use std::path::Path;

use super::{Built, LibraryIndex, Question, build, file, is_stale};
use crate::app::search::Hit;
use crate::calendar::PartialDate;
use crate::formats::{self, Input};
use crate::io::library::reconcile::reconcile;
use crate::io::store::{self, Body, FileState, ReadFile, Store};
use crate::model::{Entry, Id, Location, MarkChange, Marking, Marks};
use crate::search::{Fields, Gathered, Matcher, Query, Rank};
use crate::text::Language;
use crate::text::fold::Folding;

fn opened(folder: &Path) -> Store {
    store::open(&folder.join("library.db")).store.unwrap()
}

/// Keeps announcements as files of these names and texts.
fn keep(store: &mut Store, texts: &[(String, String)]) {
    let source = store.add_source(Path::new("texts")).unwrap();
    let files: Vec<ReadFile> = texts
        .iter()
        .map(|(name, text)| {
            let items = formats::read(&Input::new(name, text.as_bytes())).announcements;
            let hash = i64::try_from(text.len()).unwrap();
            ReadFile {
                source,
                path: Path::new("texts").join(name),
                state: FileState { size: 1, modified: 1, hash },
                items: items.iter().map(|item| (Entry::of(item, Location::Kept(0)), Body::of(item))).collect(),
            }
        })
        .collect();
    store.ingest(&files).unwrap();
}

fn text(number: u32, words: &str) -> (String, String) {
    let year = 2000 + number % 20;
    let text = format!(
        "---\ntitle: Tiedote {number} kaduista\ndate: {year}-01-0{}\nsource: {}\nlanguage: fi\n---\nIngressi on tässä.\n\n## Otsikko\n\n{words}\n",
        number % 9 + 1,
        ["Vantaa", "Kerava"][number as usize % 2]
    );
    (format!("{number}.md"), text)
}

fn marks(store: &Store) -> Marks {
    let mut marks = Marks::default();
    for (group, marking) in store.marks().unwrap() {
        marks.set(group, marking);
    }
    marks
}

/// What a look through the whole library finds: announcements by what they are known by, the best first.
fn scanned(store: &Store, matcher: &Matcher) -> Vec<(Rank, Option<PartialDate>, Id)> {
    let (mut found, marks) = (Vec::new(), marks(store));
    store
        .announcements(|announcement, location, _| {
            let mut text = String::new();
            let ends = Gathered::of(&announcement).texts().fold_into(matcher.folding(), &mut text);
            let entry = Entry::of(&announcement, location);
            if let Some(rank) = matcher.rank(&text, &ends, &Fields::of(&entry, &marks, &[])) {
                found.push((rank, entry.published, entry.id));
            }
            true
        })
        .unwrap();
    found.sort_by_key(|(rank, published, id)| (*rank, Reverse(*published), *id));
    found
}

/// Whether a search with the index finds just that, the best first; what is alike in rank and date, in any order.
fn finds(store: &Store, index: &mut LibraryIndex, matcher: &Matcher, right: &[(Rank, Option<PartialDate>, Id)]) {
    let question = Question { matcher, marks: &marks(store), languages: &[] };
    let found = index.look(store, &question, &|| false).unwrap().unwrap();
    let known = |id: Id| right.iter().find(|known| known.2 == id).copied();
    let mut found: Vec<_> = found.into_iter().map(|hit| known(hit.id).unwrap()).collect();
    assert!(found.is_sorted_by_key(|(rank, published, _)| (*rank, Reverse(*published))));
    found.sort_by_key(|(rank, published, id)| (*rank, Reverse(*published), *id));
    assert_eq!(found, right, "{matcher:?}");
}

fn agree(store: &Store, index: &mut LibraryIndex) -> usize {
    let mut count = 0;
    for query in [
        "katu",
        "hallitus -vesi",
        "\"vanha talo\"",
        "otsikko sanat",
        "ingressi",
        "tiedote 7",
        "lahio",
        "title:vesi",
        "is:changed",
        "katu -is:changed",
        "vesi is:changed -is:starred",
        "is:unread source:kerava",
    ] {
        for folding in [Folding::Strict, Folding::Lenient] {
            let matcher = Matcher::new(&Query::parse_unfinished(query).unwrap(), folding);
            let right = scanned(store, &matcher);
            finds(store, index, &matcher, &right);
            count += right.len();
        }
    }
    count
}

#[test]
fn index_and_changes_find_what_is_in_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let words = ["Katu ja vesi.", "Kaupunginhallitus kokoontuu.", "Vanha talo, lähiö ja kadut.", "Sanat loppuvat."];
    let texts: Vec<(String, String)> =
        (0..40).zip(words.iter().cycle()).map(|(number, words)| text(number, words)).collect();
    keep(&mut store, &texts);
    let groups: Vec<Id> = store.first_rows(36, None).unwrap().iter().map(|entry| entry.group).collect();
    let after = Marking { read: true, ..Marking::default() };
    let read = |group: &Id| MarkChange { group: *group, before: Marking::default(), after: after.clone() };
    store.mark(&groups.iter().map(read).collect::<Vec<_>>(), false, true).unwrap();
    let mut index = LibraryIndex::open(&store).unwrap();
    let all = agree(&store, &mut index);
    assert!(all > 100);
    assert_eq!(build(&store, &|| true), Built::Stopped);
    assert_eq!(build(&store, &|| false), Built::Made);
    assert_eq!(build(&store, &|| true), Built::Stopped);
    let mut index = LibraryIndex::open(&store).unwrap();
    assert_eq!(agree(&store, &mut index), all);
    let files = fs::read_dir(file::folder(store.path())).unwrap().count();
    assert_eq!(files, 2, "one that was given up leaves the one there was");
    // Some are edited, some come, some go.
    keep(&mut store, &[text(3, "Nyt tässäkin on vesi ja katu."), text(50, "Uusi katu.")]);
    keep(&mut store, &[text(13, "Tässäkin on vesi."), text(15, "Tässä ei.")]);
    assert_eq!(store.marks().unwrap().iter().filter(|(_, marking)| marking.changed).count(), 3);
    let removed = store.first_rows(2, None).unwrap();
    store.remove(&removed.iter().map(|entry| entry.group).collect::<Vec<_>>()).unwrap();
    keep(&mut store, &[text(51, "Vesi, joka sai poistetun numeron.")]);
    agree(&store, &mut index);
    let mut again = LibraryIndex::open(&store).unwrap();
    agree(&store, &mut again);
    assert!(!is_stale(&store) && !again.is_stale());
    // A new one takes the place of the old.
    assert_eq!(build(&store, &|| false), Built::Made);
    let files = fs::read_dir(file::folder(store.path())).unwrap().count();
    assert_eq!(files, 2, "the index and its lock");
    agree(&store, &mut LibraryIndex::open(&store).unwrap());
    agree(&store, &mut index);
}

#[test]
fn a_damaged_index_is_not_used_and_searching_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    keep(&mut store, &(0..30).map(|number| text(number, "Vanha talo ja kaupunginhallitus.")).collect::<Vec<_>>());
    assert_eq!(build(&store, &|| false), Built::Made);
    let name = file::name(store.path(), store.last_change().unwrap()).unwrap();
    let path = file::folder(store.path()).join(name);
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(97) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(&path, damaged).unwrap();
        let mut index = LibraryIndex::open(&store).unwrap();
        let matcher = Matcher::new(&Query::parse("talo hallitus ingressi tiedote").unwrap(), Folding::Strict);
        finds(&store, &mut index, &matcher, &scanned(&store, &matcher));
    }
    // An index is no library's but its own.
    fs::write(&path, &whole).unwrap();
    assert!(file::open(store.path(), i64::MAX).is_some());
    fs::rename(folder.path().join("library.db"), folder.path().join("other.db")).unwrap();
    let _other = opened(folder.path());
    assert!(file::open(&folder.path().join("library.db"), i64::MAX).is_none());
}

#[test]
fn language_versions_are_one_and_the_best_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let version = |language: &str, title: &str, of: &str| {
        let text = format!("---\ntitle: {title}\ndate: 2020-01-01\nlanguage: {language}\n{of}---\nYhteinen teksti.");
        (format!("a.{language}.md"), text)
    };
    keep(
        &mut store,
        &[version("fi", "Katu suljetaan", "id: katu\n"), version("sv", "Gatan stängs", "translation_of: katu\n")],
    );
    keep(&mut store, &[text(1, "Toinen.")]);
    let groups = store.count().unwrap();
    let shown = |store: &Store, index: &mut LibraryIndex, query: &str, languages: &[Language]| {
        let matcher = Matcher::new(&Query::parse(query).unwrap(), Folding::Strict);
        let question = Question { matcher: &matcher, marks: &Marks::default(), languages };
        let found = index.look(store, &question, &|| false).unwrap().unwrap();
        found.into_iter().map(|found| store.version(found.id, None).unwrap().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(groups, (3, 2), "the versions are one row");
    for made in [false, true] {
        if made {
            assert_eq!(build(&store, &|| false), Built::Made);
        }
        let mut index = LibraryIndex::open(&store).unwrap();
        assert_eq!(shown(&store, &mut index, "date:2020", &[]).len(), 1);
        assert_eq!(shown(&store, &mut index, "date:2020", &[]), shown(&store, &mut index, "katu date:2020", &[]));
        let swedish = shown(&store, &mut index, "date:2020", &[Language::Swedish]);
        assert_eq!(swedish, shown(&store, &mut index, "gata", &[]));
        // One is edited: it is found with the others of its group.
        let (_, edited) = version("sv", "Gatan stängs", "translation_of: katu\n");
        keep(&mut store, &[("a.sv.md".to_owned(), edited + if made { " Nytt." } else { " Ny." })]);
        assert_eq!(shown(&store, &mut index, "date:2020", &[Language::Swedish]), swedish);
        assert_eq!(shown(&store, &mut index, "date:2020", &[]).len(), 1);
    }
}

#[test]
fn what_is_found_in_many_texts_is_told_as_it_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    keep(&mut store, &(0..150).map(|number| text(number, "Vanha talo, uusi katu.")).collect::<Vec<_>>());
    assert_eq!(build(&store, &|| false), Built::Made);
    let mut index = LibraryIndex::open(&store).unwrap();
    let matcher = Matcher::new(&Query::parse("\"vanha talo\"").unwrap(), Folding::Strict);
    let question = Question { matcher: &matcher, marks: &Marks::default(), languages: &[] };
    let mut told: Vec<Vec<Id>> = Vec::new();
    let mut so_far = |hits: &dyn Fn() -> Vec<Hit>| told.push(hits().into_iter().map(|hit| hit.id).collect());
    let all = index.look_telling(&store, &question, &|| false, &mut so_far).unwrap().unwrap();
    assert_eq!(all.len(), 150);
    assert!(told.len() > 2 && told.is_sorted_by_key(Vec::len));
    // They are the newest, in their order: nothing moves when the others come behind them.
    for part in &told {
        assert!(!part.is_empty() && all.iter().map(|hit| hit.id).zip(part).all(|(one, other)| one == *other));
    }
}

#[test]
fn a_text_found_damaged_is_read_from_its_file_or_noted() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = opened(folder.path());
    let (file, path) = (folder.path().join("a.md"), folder.path().join("library.db"));
    fs::write(&file, text(1, "Vanha talo puretaan keväällä.").1).unwrap();
    store.add_source(&file).unwrap();
    let sources = store.sources().unwrap();
    reconcile(&mut store, &sources, None, &mut |_| true).unwrap();
    let damage = |words: &str| {
        let sql = "UPDATE bodies SET text = CAST(replace(text, ?, x'00ff') AS TEXT)";
        assert_eq!(rusqlite::Connection::open(&path).unwrap().execute(sql, [words]).unwrap(), 1);
    };
    // Found, and where the words stand is looked up in the text.
    let found = |index: &mut LibraryIndex, query: &str| {
        let matcher = Matcher::new(&Query::parse(query).unwrap(), Folding::Strict);
        let question = Question { matcher: &matcher, marks: &Marks::default(), languages: &[] };
        index.look(&store, &question, &|| false).unwrap().unwrap().len()
    };
    for made in [false, true] {
        if made {
            assert_eq!(build(&store, &|| false), Built::Made);
        }
        damage("talo puretaan");
        let mut index = LibraryIndex::open(&store).unwrap();
        assert_eq!((found(&mut index, "\"talo puretaan\""), index.found_damage()), (1, false), "{made}");
        assert_eq!(store.damaged_texts().unwrap(), Vec::<u32>::new(), "it was written anew");
    }
    damage("talo puretaan");
    fs::remove_file(&file).unwrap();
    let mut index = LibraryIndex::open(&store).unwrap();
    assert!(!index.found_damage());
    assert_eq!((found(&mut index, "\"talo puretaan\""), index.found_damage()), (0, true));
    // What is left of it is still found.
    assert_eq!(found(&mut index, "vanha"), 1);
}
