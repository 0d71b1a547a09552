use super::*;
use crate::calendar::PartialDate;
use crate::text::Language;

fn entry(title: &str, published: Option<&str>) -> Entry {
    let published = published.and_then(PartialDate::parse_iso);
    Entry { published, language: Some(Language::Finnish), ..Entry::titled(title) }
}

fn version(of: &str, title: &str, language: Language, translation: bool) -> Entry {
    Entry { group: Id::of(&[of]), language: Some(language), translation, ..entry(title, Some("2020")) }
}

fn titles(library: &Library) -> Vec<&str> {
    (0..library.len()).filter_map(|row| library.leader(row)).map(|entry| entry.title.as_str()).collect()
}

#[test]
fn newest_first_however_they_arrive() {
    let mut library = Library::default();
    library.expect(3);
    library.add([entry("b", Some("2020-09-11")), entry("undated", None), entry("a", Some("2020-09-11"))]);
    library.add([entry("new", Some("2021-12")), entry("old", Some("2019"))]);
    assert_eq!(titles(&library), ["new", "a", "b", "old", "undated"]);
    for row in 0..library.len() {
        assert_eq!(library.row_of(library.leader(row).unwrap().group), Some(row));
    }
}

#[test]
fn language_versions_are_one_row_led_by_the_original() {
    let mut library = Library::default();
    library.add([version("x", "engelska", Language::English, true)]);
    library.add([
        version("x", "ruotsi", Language::Swedish, true),
        version("x", "alkuteksti", Language::Swedish, false),
        version("x", "suomi", Language::Finnish, true),
    ]);
    assert_eq!(titles(&library), ["alkuteksti"]);
    let versions: Vec<&str> = library.versions(0).iter().map(|entry| entry.title.as_str()).collect();
    assert_eq!(versions, ["alkuteksti", "suomi", "ruotsi", "engelska"]);
    assert_eq!(library.versions_of(Id::of(&["x"])), library.versions(0));
}

#[test]
fn one_without_other_versions_is_a_group_of_its_own() {
    let mut library = Library::default();
    let alone = entry("yksin", None);
    library.add([alone.clone(), version("x", "alkuteksti", Language::Swedish, false)]);
    assert_eq!(library.versions_of(alone.group), [&alone]);
    assert_eq!(library.row_of(alone.group).and_then(|row| library.leader(row)), Some(&alone));
    library.remove(alone.id);
    assert!(library.versions_of(alone.group).is_empty());
    assert_eq!(titles(&library), ["alkuteksti"]);
}

#[test]
fn what_changes_or_goes_is_as_if_it_had_always_been_so() {
    let all = |titles: &[&str]| -> Vec<Entry> {
        titles.iter().map(|title| version(title.get(..1).unwrap(), title, Language::Swedish, title.len() > 1)).collect()
    };
    let mut library = Library::default();
    library.add(all(&["a", "ab", "abc", "b", "c", "d"]));
    library.remove(Id::of(&["a"]));
    library.remove(Id::of(&["c"]));
    let changed = Entry { published: PartialDate::parse_iso("2022"), ..all(&["d"]).remove(0) };
    library.update([changed.clone(), all(&["e"]).remove(0)]);
    let mut other = Library::default();
    other.add(all(&["ab", "abc", "b", "e"]));
    other.add([changed]);
    assert_eq!(titles(&library), titles(&other));
    assert_eq!(titles(&library)[0], "d");
    let known: Vec<&Entry> = library.entries().collect();
    assert_eq!(known.len(), 5);
    for row in 0..library.len() {
        assert_eq!(library.row_of(library.leader(row).unwrap().group), Some(row));
        assert_eq!(library.versions(row).len(), other.versions(row).len());
    }
}

/// An entry read from a Markdown file; its place is its number.
fn read(number: u8, front: &str, text: &str) -> Entry {
    let file = format!("---\ntitle: Kunnan uusi silta\n{front}\n---\n\n{text}");
    let reading = crate::formats::read(&crate::formats::Input::new("a.md", file.as_bytes()));
    Entry::sketched(&reading.announcements[0], Location::Bundled(number))
}

#[test]
fn of_two_that_say_the_same_the_richer_is_listed_whichever_comes_first() {
    let text = "Silta avataan liikenteelle maanantaina. Se on tehty puusta. Työ maksoi 3,5 miljoonaa euroa.";
    let poor = read(0, "id: a", text);
    let rich = read(1, "id: b\npublished: 2020-09-11\nsource: Kunta", text);
    let other_day = read(2, "id: c\npublished: 2020-10-12\nsource: Kunta", text);
    let elsewhere = read(3, "id: d\npublished: 2020-09-11", &text.replace("puusta", "teräksestä"));
    let orders = [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2], [2, 0, 1, 3]];
    for order in orders {
        for batch in [1, 4] {
            let all = [&poor, &rich, &other_day, &elsewhere];
            let mut library = Library::default();
            let mut rows: Vec<Id> = Vec::new();
            for numbers in order.chunks(batch) {
                let change = library.add(numbers.iter().map(|number| all[*number].clone()));
                rows.extend(change.added);
                rows.retain(|group| !change.removed.contains(group));
            }
            rows.sort_unstable();
            let mut listed: Vec<Id> = (0..library.len()).map(|row| library.leader(row).unwrap().group).collect();
            listed.sort_unstable();
            assert_eq!(rows, listed);
            assert_eq!(library.len(), 3, "{order:?}");
            let listed = |entry: &Entry| library.row_of(entry.group).is_some() && library.entry(entry.id).is_some();
            assert!(listed(&rich) || listed(&other_day));
            assert!(listed(&elsewhere) && !listed(&poor));
            let heir = library.heir(poor.group).and_then(|group| library.row_of(group));
            let told = library.leader(heir.unwrap()).unwrap();
            let told = told.id;
            assert_eq!(library.duplicates(told).collect::<Vec<_>>(), [&poor.location]);
            // What nobody compares any more is not kept; what was found out stays.
            library.settle();
            assert!(library.entries().all(|entry| entry.sketch.is_none()));
            assert_eq!(library.duplicates(told).collect::<Vec<_>>(), [&poor.location]);
            assert_eq!((library.add([elsewhere.clone()]), library.len()), (LibraryChange::default(), 3));
        }
    }
}

#[test]
fn thousands_with_one_title_are_not_all_compared() {
    let notice = |number: usize| {
        let text = format!(
            "Kuulutus on nähtävillä kunnantalolla. Se koskee tilaa {number}. Muutosta voi hakea kirjallisesti."
        );
        Entry { id: Id::of(&[&number.to_string()]), group: Id::of(&[&number.to_string()]), ..read(0, "id: x", &text) }
    };
    let mut library = Library::default();
    library.add((0..600).map(notice));
    assert_eq!(library.len(), 600);
    let compared = library.twins.of(notice(7).sketch.as_ref().unwrap()).count();
    assert!(compared <= 48, "{compared}");
}

#[test]
fn the_same_announcement_is_listed_once() {
    let mut library = Library::default();
    let elsewhere = Entry { location: Location::Bundled(1), ..entry("a", None) };
    library.add([entry("a", None), elsewhere, entry("a", None)]);
    assert_eq!((library.len(), library.duplicates(Id::of(&["a"])).count()), (1, 1));
}

/// The announcement of a Markdown file, in a place of its own.
fn notice(number: u8, front: &str, text: &str) -> Entry {
    let file = format!("---\n{front}\n---\n\n{text}");
    let reading = crate::formats::read(&crate::formats::Input::new("a.md", file.as_bytes()));
    Entry::sketched(&reading.announcements[0], Location::Bundled(number))
}

/// Adds `entries` in several orders, one by one and together; checks that every one of them is a row, always under the
/// same identity.
fn assert_all_listed(entries: &[Entry]) {
    let mut ids: Option<Vec<Id>> = None;
    let forwards: Vec<usize> = (0..entries.len()).collect();
    let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
    let turned: Vec<usize> = forwards.iter().map(|at| (at + 1) % entries.len()).collect();
    for order in [forwards, backwards, turned] {
        for batch in [1, entries.len()] {
            let mut library = Library::default();
            for numbers in order.chunks(batch) {
                library.add(numbers.iter().map(|number| entries[*number].clone()));
            }
            assert_eq!(library.len(), entries.len(), "{:?}", titles(&library));
            let found: Vec<Id> = entries.iter().map(|entry| library.listed_id(entry).unwrap()).collect();
            for id in &found {
                assert!(library.row_of(library.entry(*id).unwrap().group).is_some());
                assert_eq!(library.duplicates(*id).count(), 0);
            }
            assert_eq!(*ids.get_or_insert_with(|| found.clone()), found, "{order:?}");
        }
    }
}

const ACCIDENT: &str = "title: Liikennetiedote onnettomuudesta, valtatie 4";
const FIRST: &str = "Kaksi henkilöautoa on törmännyt Kivijärven risteyksessä. Tie on suljettu molempiin suuntiin.";
const SECOND: &str = "Rekka on suistunut ojaan Pihlajan kohdalla. Toinen kaista on poissa käytöstä iltaan asti.";

#[test]
fn announcements_with_one_title_and_day_are_all_listed() {
    assert_all_listed(&[
        notice(0, &format!("{ACCIDENT}\npublished: 2024-03-04 08:05"), FIRST),
        notice(1, &format!("{ACCIDENT}\npublished: 2024-03-04 15:40"), SECOND),
        notice(2, &format!("{ACCIDENT}\npublished: 2024-03-04 17:10"), "Tie on jälleen auki kaikelle liikenteelle."),
    ]);
    // Without times, too, and where the follow-up repeats half of the first.
    assert_all_listed(&[
        notice(0, &format!("{ACCIDENT}\npublished: 2024-03-04"), FIRST),
        notice(1, &format!("{ACCIDENT}\npublished: 2024-03-04"), SECOND),
        notice(
            2,
            &format!("{ACCIDENT}\npublished: 2024-03-04"),
            &format!("{FIRST} Arvioitu kesto on kaksi tuntia.").replace("Kaksi", "Kolme"),
        ),
    ]);
}

#[test]
fn announcements_with_one_copied_address_or_id_are_all_listed() {
    for shared in ["id: silta", "url: https://example.fi/nyheter", "canonical: https://example.fi/news?lang=sv"] {
        assert_all_listed(&[
            notice(0, &format!("title: Bron stängs i maj\n{shared}"), "Bron stängs för trafik den andra maj."),
            notice(1, &format!("title: Skolan öppnas igen\n{shared}"), "Skolan öppnas efter reparationen på måndag."),
            notice(2, &format!("title: Möte om planen\n{shared}"), "Kommunen ordnar ett möte om planen i biblioteket."),
            notice(3, &format!("title: Möte om parken\n{shared}"), "Kommunen ordnar ett möte om planen i biblioteket."),
        ]);
    }
    // The same title and text, another day.
    assert_all_listed(&[
        notice(0, "title: Council meeting\nid: x\npublished: 2024-03-04", "The council meets in the town hall."),
        notice(1, "title: Council meeting\nid: x\npublished: 2024-04-08", "The council meets in the town hall."),
    ]);
}

#[test]
fn announcements_without_title_and_text_are_all_listed() {
    assert_all_listed(&[notice(0, "section: x", ""), notice(1, "section: x", ""), notice(2, "section: x", "")]);
}

#[test]
fn short_texts_of_one_title_are_told_apart() {
    let title = "title: Kuulutus yleiskaavan nähtävilläolosta\npublished: 2024-03-04";
    assert_all_listed(&[notice(0, title, "Yksi."), notice(1, title, "Toinen."), notice(2, title, "Katso liite 3.")]);
}

#[test]
fn extractions_with_one_identity_are_one_row() {
    let front = "title: Kunnan uusi silta avataan liikenteelle\npublished: 2024-03-04\nurl: https://example.fi/silta";
    let text = "Silta avataan liikenteelle maanantaina. Se on tehty puusta. Työ maksoi 3,5 miljoonaa euroa. Kiitos.";
    let full = notice(0, front, &format!("{text}\n\nAvajaiset pidetään sillalla. Tervetuloa kaikki asukkaat!"));
    for other in [
        // A summary, another extraction, one with the site's name, one that names the time, one that says nothing.
        notice(1, front, "Silta avataan liikenteelle maanantaina."),
        notice(1, front, &format!("Kuva: Maija Virtanen\n\n{text} Avajaiset pidetään sillalla.")),
        notice(1, &front.replace("avataan liikenteelle", "avataan liikenteelle | Kunta"), text),
        notice(1, &front.replace("-04\n", "-04 08:05\n"), text),
        notice(1, front, ""),
    ] {
        for order in [[&full, &other], [&other, &full]] {
            let mut library = Library::default();
            library.add(order.map(Clone::clone));
            assert_eq!(library.len(), 1, "{:?}", titles(&library));
            let listed = library.leader(0).unwrap().id;
            assert_eq!(library.duplicates(listed).count(), 1);
        }
    }
}

#[test]
fn an_entry_that_gives_up_its_identity_is_told() {
    let later = notice(1, &format!("{ACCIDENT}\npublished: 2024-03-04 15:40"), SECOND);
    let first = notice(0, &format!("{ACCIDENT}\npublished: 2024-03-04 08:05"), FIRST);
    let mut library = Library::default();
    library.add([later.clone()]);
    let change = library.add([first.clone()]);
    let now = library.listed_id(&later).unwrap();
    assert_eq!(change.renamed, [Renamed { before: later.id, group: later.group, now }]);
    assert_eq!((library.listed_id(&first), later.id), (Some(first.id), first.id));
    assert_ne!(now, first.id);
    assert_eq!(library.add([first, later]), LibraryChange::default());
}
