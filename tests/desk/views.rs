//! Tests the information panel, the raw file, and language versions.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tiedote::app::panels::Line;
use tiedote::app::sources::{Holder, Source};
use tiedote::app::{Effect, Event, Memory, Problem, Reason, Settings};
use tiedote::calendar::PartialDate;
use tiedote::model::{Entry, Id, Location};
use tiedote::text::{Clean, Language};
use tiedote::typeset::Place;

use super::support::{desk, desk_with};

const PAGE: &str = "---\ntitle: Silta avataan\nlanguage: fi\nsource: Kunta\nurl: https://kunta.example/silta\ntags: [silta, liikenne]\n---\n\nJulkaistu 11.9.2020\n\nSilta avataan liikenteelle maanantaina, ja se on nyt valmis ja [avoinna](https://kunta.example/kartta).\n\nThe bridge will be opened on Monday, and it is now ready and open to everyone who needs it.\n\nSilta on tehty puusta ja teräksestä, ja sen alta pääsee myös veneellä.\n\nLisätietoja: Ritva Aho, puh. 050 000 0000, ritva.aho@kunta.example\n";

#[test]
fn everything_known_is_told_in_every_language() {
    desk_with(&[PAGE]).sized(120, 60).keys("i").shows(&[
        "About this announcement",
        "Title",
        "Silta avataan",
        "from standard input",
        "Markdown",
        "UTF-8",
        "Finnish",
        "11 September 2020, to the day, from a label in the text",
        "Kunta",
        "silta, liikenne",
        "words, 1 min to read",
        "https://kunta.example/silta",
        "https://kunta.example/kartta",
        "Ritva Aho, puh.",
        "1 passage; x shows it",
    ]);
    let finnish = desk_with(&[PAGE]).sized(120, 60).speaking(Language::Finnish).keys("i");
    finnish.shows(&["Tietoja tiedotteesta", "11.9.2020, päivän tarkkuudella, tekstin merkinnästä"]);
    let swedish = desk_with(&[PAGE]).sized(120, 60).speaking(Language::Swedish).keys("i");
    swedish.shows(&["Om meddelandet", "på dagen när, från en märkt uppgift i texten"]);
}

#[test]
fn the_view_scrolls_closes_and_follows_the_selection() {
    for keys in ["esc", "q", "i", "enter"] {
        desk().keys("i").keys(keys).has("no view", |state| state.panels.is_empty()).shows(&["1/2"]);
    }
    let small = desk_with(&[PAGE]).sized(60, 12).keys("i").hides(&["Ritva Aho"]);
    small.keys("G").shows(&["Ritva Aho"]).keys("g g").shows(&["Silta avataan"]).keys("j j j j").hides(&["Title"]);
    desk().keys("i").shows(&["December 2021"]).keys("J").shows(&["About", "September 2020"]);
    desk().keys("i x").has("boilerplate", |state| state.settings.boilerplate && !state.panels.is_empty());
}

#[test]
fn the_files_of_the_library_and_further_places_are_told() {
    let id = Id::of(&["silta"]);
    let entry = |location| Entry {
        id,
        group: id,
        title: Clean::line("Silta avataan"),
        source: None,
        published: PartialDate::parse_iso("2020-09"),
        language: Some(Language::Finnish),
        translation: false,
        minutes: 3,
        location,
        sketch: None,
    };
    let mut state = desk_with(&[]).wishes(&[Effect::Quit]).sized(100, 30).state.clone();
    let elsewhere = Location::File { path: Arc::new(PathBuf::from("/home/muu\u{1b}/b.jsonl")), item: 2 };
    let effects = state.update(Event::Found(vec![entry(Location::Kept(7)), entry(elsewhere)]));
    assert_eq!(effects.into_iter().next(), Some(Effect::Read { id, location: Location::Kept(7) }));
    let wished: Vec<Effect> = state.update(Event::KeyPressed('i'.into())).into_iter().collect();
    assert_eq!(wished, [Effect::Locate { id, location: Location::Kept(7) }]);
    // Before the text is read, the facts come from the list.
    let told = |state: &tiedote::app::State| -> Vec<String> {
        let text = |line: &Line| line.spans.iter().map(|span| span.text.to_string()).collect::<Vec<_>>().join(" ");
        state.top_panel().unwrap().lines().iter().map(text).collect()
    };
    assert!(told(&state).contains(&"Published September 2020".to_owned()), "{:?}", told(&state));
    assert!(told(&state).contains(&"File in the library".to_owned()), "{:?}", told(&state));
    let holder = |path: &str, there| Holder { path: Clean::line(path), item: 0, there };
    let holders = vec![holder("/home/a.md", true), holder("/home/old.md", false)];
    assert!(state.update(Event::Located { id, holders }).is_empty());
    let told = told(&state);
    assert!(told.contains(&"File /home/a.md".to_owned()), "{told:?}");
    assert!(told.contains(&"Also in /home/old.md (no longer there)".to_owned()), "{told:?}");
    assert!(told.contains(&" /home/muu␛/b.jsonl, announcement 3".to_owned()), "{told:?}");
}

#[test]
fn the_words_it_is_filed_under_are_told_of_it() {
    let desk = desk_with(&["# Yksi\n\nTeksti."]).keys("i").hides(&["Your tags"]).keys("esc t");
    let desk = desk.types("työ, sote-uudistus").keys("enter i").shows(&["Your tags", "sote-uudistus, työ"]);
    desk.keys("esc t ctrl-u enter i").hides(&["Your tags"]);
}

#[test]
fn the_file_as_it_is_stands_where_the_text_stood() {
    let text =
        |number| format!("Kappale {number} alkaa tästä ja *jatkuu* vielä toisen rivin verran, jotta on luettavaa.\n\n");
    let page = format!("---\ntitle: Pitkä\n---\n\n{}", (0..60).map(text).collect::<String>());
    let desk = desk_with(&[&page]).sized(80, 24).keys("enter 4 0 j");
    let place = desk.state.reader.place();
    let number = desk.screen().split("Kappale ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap().to_owned();
    let raw = desk.keys("=").shows(&["*jatkuu*", &format!("Kappale {number} alkaa")]).hides(&["title: Pitkä"]);
    let back = raw.keys("=").hides(&["*jatkuu*"]).has("the same place", |state| state.reader.place() == place);
    let scrolled = back.keys("= d d =").hides(&["*jatkuu*"]);
    assert!(scrolled.state.reader.place() > place);
    scrolled.keys("=").keys("/").types("title: Pit").shows(&["1/1", "title: Pitkä"]);
}

#[test]
fn another_announcement_is_shown_as_it_was_read() {
    let desk = desk_with(&["# Yksi\n\nTeksti.", "# Kaksi\n\nTeksti."]).keys("=").shows(&["# Kaksi"]);
    desk.keys("j").shows(&["Teksti."]).hides(&["# Yksi"]).has("the text", |state| !state.reader.raw);
}

#[test]
fn a_file_that_cannot_be_read_leaves_the_text_where_it_was() {
    let desk = desk_with(&["# Yksi\n\nTeksti."]);
    let mut state = desk.state.clone();
    let _ = state.update(Event::KeyPressed('='.into()));
    let _ = state.update(Event::Failed(Problem::at(Path::new("a.md"), Reason::Missing)));
    assert!(!state.reader.raw && state.reader.layout.is_some());
    assert_eq!(state.reader.place(), Place::default());
}

#[test]
fn what_cannot_be_read_or_kept_is_told_in_the_language_of_the_interface() {
    let told = |language: Language, problem: Problem, sentence: &str| {
        desk().speaking(language).happens(Event::Failed(problem)).shows(&[sentence]);
    };
    let missing = || Problem::at(Path::new("a\u{1b}[2J.md"), Reason::Missing);
    told(Language::Finnish, missing(), "a␛[2J.md: tiedostoa tai kansiota ei ole");
    told(Language::Swedish, missing(), "a␛[2J.md: filen eller mappen finns inte");
    told(Language::English, missing(), "a␛[2J.md: no such file or folder");
    let desk = desk().sized(40, 15).speaking(Language::Swedish).happens(Event::Failed(missing()));
    desk.shows(&["a␛[2J.md: filen eller mappen finns in…"]);
    let waiting = Problem::Waiting { path: Clean::line("/k/library.db"), reason: Reason::Full };
    told(Language::Finnish, waiting, "Ei vielä tallennettu: /k/library.db: levy on täynnä.");
}

#[test]
fn the_last_thing_that_went_wrong_with_a_source_stands_under_it() {
    let source = |path: &str| Source { path: Clean::line(path), count: Some(1), number: None, feed: None };
    let desk = desk().speaking(Language::Finnish);
    let desk = desk.happens(Event::Failed(Problem::at(Path::new("/tiedotteet/b.md"), Reason::Forbidden)));
    let desk = desk.keys("A").happens(Event::SourcesListed(vec![source("/tiedotteet"), source("/tied")]));
    let screen = desk.shows(&["/tiedotteet/b.md: lukuoikeutta ei ole"]).screen();
    assert_eq!(screen.matches("lukuoikeutta").count(), 1, "another folder whose name begins alike:\n{screen}");
}

#[test]
fn texts_are_shown_in_the_language_of_the_reader_until_another_is_chosen() {
    let in_order = |languages: &[Language]| {
        let settings = Settings { languages: languages.to_vec(), language: languages[0], ..Settings::default() };
        super::support::desk_of(settings)
    };
    let [fi, sv, en] = [Language::Finnish, Language::Swedish, Language::English];
    in_order(&[sv, fi, en]).shows(&["Strukturreform", "december 2021"]);
    in_order(&[en, fi, sv]).shows(&["Vantaa and Kerava", "December 2021"]);
    let desk = in_order(&[fi, sv, en]).happens(Event::Remembered(Memory::default()));
    let desk = desk.shows(&["Vantaan ja Keravan", "joulukuu 2021"]);
    // The chosen version is named; it is remembered, and the rest of the order stays.
    let desk = desk.keys("L").shows(&["Kieliversio: ruotsi", "Strukturreform", "joulukuu 2021"]);
    let memory = Memory { session: desk.session(), places: Vec::new() };
    in_order(&[en, fi, sv]).happens(Event::Remembered(memory)).shows(&["Strukturreform", "December 2021"]);
    // A version not chosen by the user is not remembered, since the next announcement may have others.
    let desk = in_order(&[fi, sv, en]).happens(Event::Remembered(Memory::default())).keys("j");
    let memory = Memory { session: desk.session(), places: Vec::new() };
    in_order(&[sv, fi, en]).happens(Event::Remembered(memory)).shows(&["Strukturreform"]);
}
