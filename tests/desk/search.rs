//! Tests searching all announcements from the list.

use ratatui::style::Modifier;
use tiedote::app::panels::Panel;
use tiedote::app::plan::Focus;
use tiedote::app::search::{Found, Hit};
use tiedote::app::{Effect, Event, Memory, State};
use tiedote::model::{Entry, Location};
use tiedote::text::Language;

use super::support::{Desk, desk, desk_with};

/// Returns a desk with four announcements, the newest first; three have the word in some form.
fn streets() -> Desk {
    let text = |title: &str, published: &str, body: &str| {
        format!("---\ntitle: {title}\npublished: {published}\nlanguage: fi\n---\n\n{body}\n")
    };
    let filler = "Tässä kerrotaan muusta, ja pitkään.\n\n".repeat(40);
    desk_with(&[
        &text("Kokous", "2024-04", &format!("{filler}Kaduilla on ruuhkaa.\n\nMuilla kaduilla ei ole.")),
        &text("Uimahalli", "2024-03", "Halli on kiinni."),
        &text("Katu suljetaan", "2024-02", "Liikenne ohjataan muualle."),
        &text("Kadun nimi", "2024-01", "Uusi nimi on Äijäläntie."),
    ])
}

fn titles(desk: &Desk) -> Vec<String> {
    let rows = desk.state.rows();
    (0..rows.len()).filter_map(|row| rows.version(row, &[])).map(|entry| entry.title.to_string()).collect()
}

fn selected(desk: &Desk) -> String {
    let row = desk.state.list.row(desk.state.rows());
    row.and_then(|row| titles(desk).get(row).cloned()).unwrap_or_default()
}

fn marked(desk: &Desk) -> String {
    let (buffer, _) = desk.cells();
    let found = buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED));
    found.map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn results_come_as_one_types_the_best_first() {
    let desk =
        streets().keys("/").types("katu").shows(&["3 found", "/katu", "… ja pitkään. Kaduilla on ruuhkaa", "1/3"]);
    assert_eq!(titles(&desk), ["Katu suljetaan", "Kadun nimi", "Kokous"]);
    assert_eq!(selected(&desk), "Katu suljetaan");
    let desk = desk.keys("backspace backspace").shows(&["/ka"]).keys("ctrl-u").shows(&["1/4", "4 unread"]);
    assert_eq!(titles(&desk).len(), 4);
}

#[test]
fn the_match_is_shown_in_the_title_in_the_line_and_in_the_text() {
    let desk = streets().keys("/").types("katu").keys("down down");
    assert_eq!(selected(&desk), "Kokous");
    assert_eq!(marked(&desk), "Kadukadu", "{}", desk.screen());
    let desk = desk.shows(&["Muilla kaduilla"]).keys("up up");
    let (buffer, _) = desk.cells();
    let hits = buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
    let hits: String = hits.map(ratatui::buffer::Cell::symbol).collect();
    assert_eq!(hits, "KatuKadu");
}

#[test]
fn enter_keeps_the_results_and_escape_leaves_everything_as_it_was() {
    let before = streets().keys("j enter q");
    let (list, place) = (before.screen(), before.state.reader.place());
    let desk = before.keys("/").types("katu").keys("enter").shows(&["katu", "3 found"]).hides(&["/katu"]);
    let desk = desk.has("the list", |state| state.screen.focus == Focus::List).keys("j j").shows(&["3/3"]);
    let desk = desk.keys("esc").hides(&["found"]);
    assert_eq!((desk.screen(), desk.state.reader.place()), (list.clone(), place));
    let desk = desk.keys("/").types("katu").keys("esc");
    assert_eq!(desk.screen(), list);
}

#[test]
fn a_long_text_comes_back_where_it_was_read() {
    let desk = streets().keys("enter 9 j q");
    let place = desk.state.reader.place();
    assert_ne!(place, tiedote::typeset::Place::default());
    let desk = desk.keys("/").types("suljetaan").keys("enter esc");
    assert_eq!((desk.state.reader.place(), selected(&desk)), (place, "Kokous".to_owned()));
}

#[test]
fn n_goes_through_the_matches_and_on_to_the_next_result() {
    let desk = streets().keys("/").types("katu").keys("enter enter").shows(&["Katu suljetaan", "1/1"]);
    let desk =
        desk.keys("n").shows(&["Kadun nimi", "2/3"]).has("the text", |state| state.screen.focus == Focus::Reader);
    let desk = desk.keys("n").shows(&["3/3", "1/2"]).keys("n").shows(&["2/2"]);
    assert_eq!(selected(&desk), "Kokous");
    let desk = desk.keys("n").shows(&["1/3", "Continued from the top"]);
    let desk = desk.keys("N").shows(&["3/3", "2/2", "Continued from the end"]).keys("N").shows(&["1/2"]);
    // A count moves by that many announcements, each counted once.
    desk.keys("2 N").shows(&["1/3"]).keys("3 n").shows(&["1/3"]);
}

#[test]
fn finding_in_the_text_goes_before_and_gives_way_again() {
    let desk = streets().keys("/").types("katu").keys("enter j j enter").shows(&["1/2"]);
    let desk = desk.keys("/").types("kerrotaan").keys("enter").shows(&["/39"]);
    let desk = desk.keys("esc").shows(&["1/2"]).keys("n").shows(&["2/2"]);
    desk.keys("esc").has("no search", |state| !state.search.is_live() && !state.find.is_live());
}

#[test]
fn tab_looks_for_everywhere_what_was_looked_for_in_the_text() {
    let desk = streets().keys("enter /").types("nimi").keys("tab").shows(&["/nimi", "1 found"]);
    assert_eq!(selected(&desk), "Kadun nimi");
}

#[test]
fn marks_are_those_of_the_results() {
    let desk = streets().keys("/").types("katu").keys("enter R").shows(&["3 found"]);
    let desk = desk.keys("esc").shows(&["1 unread"]).keys("U").shows(&["4 unread"]);
    desk.keys("/").types("uimahalli").keys("enter s r esc").shows(&["★", "3 unread"]);
}

#[test]
fn a_wrong_query_says_what_is_wrong_and_keeps_what_was_found() {
    let wrong = |language| streets().speaking(language).keys("/").types("katu lang:x");
    let desk = wrong(Language::English).shows(&["lang: takes fi, sv or en, not “x”"]);
    assert_eq!(titles(&desk).len(), 3);
    let (buffer, _) = desk.cells();
    let prompt = &buffer.content[39 * 120..];
    let found = prompt.iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
    assert_eq!(found.map(ratatui::buffer::Cell::symbol).collect::<String>(), "x");
    desk.keys("enter").shows(&["/katu lang:x"]).keys("backspace").types("fi").shows(&["3 found"]).keys("esc");
    wrong(Language::Finnish).shows(&["lang: voi olla fi, sv tai en, ei “x”"]).keys("esc");
    wrong(Language::Swedish).shows(&["lang: kan vara fi, sv eller en, inte “x”"]).keys("esc");
    for (query, said) in [
        ("foo:x", "there is no field foo:"),
        ("is:odd", "is: takes unread"),
        ("date:2021-13", "date: takes 2021"),
        ("date:2022..2021 ", "ends before it begins"),
    ] {
        streets().keys("/").types(query).shows(&[said]);
    }
    streets().sized(40, 15).keys("/").types("date:2021x").shows(&["date: takes 2021", "15.6.2021 …"]);
}

#[test]
fn the_empty_prompt_says_what_can_be_asked() {
    streets().keys("/").shows(&["=word  title: source:"]).types("k").hides(&["=word"]).keys("esc");
    streets().sized(40, 20).keys("/").hides(&["=word"]).keys("esc f").hides(&["=word"]);
}

#[test]
fn nothing_found_says_so_and_is_not_kept() {
    let desk = streets().keys("/").types("hevonen").shows(&["No match"]);
    let desk = desk.keys("enter").shows(&["No match", "1/4"]);
    desk.has("no search", |state| !state.search.is_live());
}

#[test]
fn without_dots_is_said_quietly() {
    let desk = streets().keys("/").types("aijalantie").shows(&["1 found (ä = a)"]);
    assert_eq!(selected(&desk), "Kadun nimi");
    assert_eq!(marked(&desk), "Äijäläntie");
}

#[test]
fn conditions_need_no_words() {
    let desk = streets().keys("s j r").keys("/").types("is:unread date:2024-02..");
    assert_eq!(titles(&desk), ["Kokous", "Katu suljetaan"]);
    let desk = desk.keys("enter n").shows(&["2/2"]).keys("esc /").types("is:starred");
    assert_eq!(titles(&desk), ["Kokous"]);
}

#[test]
fn the_version_that_matches_is_shown() {
    desk().keys("/").types("styrgrupp").shows(&["Vanda och Kervo genomför"]).keys("enter L").shows(&["1 found"]);
    let desk = desk().keys("L").keys("/").types("sote");
    desk.shows(&["2 found"]).keys("enter L").shows(&["2 found"]);
}

#[test]
fn an_answer_to_an_earlier_question_is_dropped() {
    let desk = streets().keys("/").types("katu");
    let before = desk.state.clone();
    let hit = Hit { group: before.list.selected.unwrap(), id: before.list.selected.unwrap() };
    let stale = Found { ticket: 1, hits: vec![hit], lenient: false, complete: true };
    let desk = desk.happens(Event::SearchFound(stale));
    assert!(desk.state == before);
    let desk = desk.keys("esc");
    let before = desk.state.clone();
    let stale = Found { ticket: 4, hits: vec![hit], lenient: false, complete: true };
    assert!(desk.happens(Event::SearchFound(stale)).state == before);
}

#[test]
fn first_answers_may_be_added_to() {
    let mut state = streets().state.clone();
    let press = |state: &mut tiedote::app::State, key: char| state.update(Event::KeyPressed(key.into()));
    drop(press(&mut state, '/'));
    let ask: Vec<Effect> = press(&mut state, 'k').into_iter().collect();
    let Some(Effect::Search(asked)) = ask.first() else { panic!("nothing asked: {ask:?}") };
    let hits: Vec<Hit> = [1, 0, 2]
        .map(|row| state.library.leader(row).unwrap())
        .map(|entry| Hit { group: entry.group, id: entry.id })
        .to_vec();
    let part = |hits: &[Hit], complete| {
        Event::SearchFound(Found { ticket: asked.ticket, hits: hits.to_vec(), lenient: false, complete })
    };
    assert!(state.waits());
    drop(state.update(part(&[], false)));
    assert_eq!(state.found_note().unwrap(), "searching…");
    drop(state.update(part(&hits[..1], false)));
    assert_eq!(state.found_note().unwrap(), "1, searching…");
    drop(state.update(part(&hits, true)));
    assert_eq!((state.found_note().unwrap(), state.list.selected), ("3 found".to_owned(), Some(hits[0].group)));
}

#[test]
fn announcements_that_come_or_go_move_no_selection() {
    let desk = streets().keys("/").types("katu").keys("enter j");
    let name = selected(&desk);
    let gone = desk.state.library.entries().find(|entry| entry.title.as_str() == "Katu suljetaan").unwrap().id;
    let outdated = |wished: &[Effect]| wished.iter().all(|effect| matches!(effect, Effect::Outdated(_)));
    let desk = desk.happens(Event::Changed { entries: Vec::new(), removed: vec![gone] });
    let desk = desk.wishes_that("only texts are outdated", outdated).shows(&["2 found", "1/2"]);
    assert_eq!(selected(&desk), name);
    let kokous = desk.state.library.entries().find(|entry| entry.title.as_str() == "Kokous").unwrap().clone();
    let id = tiedote::model::Id::of(&["new"]);
    let entry = Entry { id, group: id, location: Location::Given(0), ..kokous };
    let desk = desk.happens(Event::Changed { entries: vec![entry], removed: Vec::new() });
    let desk = desk.wishes_that("only texts are outdated", outdated);
    assert_eq!(selected(&desk), name);
}

#[test]
fn a_place_a_search_went_to_is_not_kept_as_read() {
    let desk = streets().happens(Event::Remembered(Memory::default()));
    let desk = desk.keys("/").types("kaduilla").keys("enter");
    assert_eq!(selected(&desk), "Kokous");
    let saved = |desk: &Desk| desk.kept.iter().any(|effect| matches!(effect, Effect::SavePlace(..)));
    assert!(!saved(&desk));
    let desk = desk.keys("enter k");
    assert!(saved(&desk));
}

#[test]
fn what_is_pasted_is_searched_too() {
    let desk = streets().keys("/").happens(Event::Pasted("katu\n".to_owned())).shows(&["/katu", "3 found"]);
    assert_eq!(titles(&desk).len(), 3);
}

#[test]
fn titles_are_filtered_by_their_letters() {
    let desk = streets().keys("f").types("knimi").shows(&["Titles: knimi", "1 found"]);
    assert_eq!(titles(&desk), ["Kadun nimi"]);
    let (buffer, _) = desk.cells();
    let list: Vec<_> = buffer.content.chunks(120).flat_map(|row| &row[..40]).collect();
    let hits = list.iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
    assert_eq!(hits.map(|cell| cell.symbol()).collect::<String>(), "Knimi");
    let desk = desk.keys("enter").shows(&["knimi", "1 found"]).keys("n").shows(&["1/1"]);
    let desk = desk.keys("esc").shows(&["1/4"]).keys("f").types("kau").keys("down");
    assert_eq!(desk.state.rows().len(), 2);
    // The query and the letters of titles are independent.
    let desk = desk.keys("enter /").hides(&["/kau"]).types("halli").shows(&["1 found"]).keys("esc");
    desk.shows(&["1/4"]).keys("f").types("qqq").shows(&["No match"]).keys("esc").shows(&["1/4"]);
}

#[test]
fn announcements_that_come_are_filtered_too() {
    let desk = streets().keys("f").types("kau").keys("enter j");
    let name = selected(&desk);
    let kokous = desk.state.library.entries().next().unwrap().clone();
    let id = tiedote::model::Id::of(&["new"]);
    let title = tiedote::text::Clean::line("Katu aukeaa");
    let entry = Entry { id, group: id, title, location: Location::Given(0), ..kokous };
    let desk = desk.happens(Event::Found(vec![entry])).shows(&["3 found"]);
    assert_eq!(selected(&desk), name);
}

#[test]
fn the_last_query_comes_back() {
    let desk = streets().happens(Event::Remembered(Memory::default()));
    let desk = desk.keys("/").types("katu").keys("enter esc / up").shows(&["/katu", "3 found"]).keys("esc");
    let memory = Memory { session: desk.session(), places: Vec::new() };
    streets().happens(Event::Remembered(memory)).keys("/ up").shows(&["/katu", "3 found"]);
}

/// Returns the counts shown in the filter menu.
fn counts(state: &State) -> Vec<String> {
    let lines = state.top_panel().map(Panel::lines).unwrap_or_default();
    let chosen = lines.iter().filter(|line| line.choice.is_some());
    chosen.filter_map(|line| line.note.as_ref()).map(|note| note.text.to_string()).collect()
}

#[test]
fn what_is_chosen_in_the_filter_menu_narrows_what_was_found() {
    let desk = streets().keys("j r / k a t u enter").shows(&["3 found"]);
    let desk = desk.keys("F").has("only what was found is counted", |state| {
        let counts = counts(state);
        !counts.is_empty() && counts.iter().all(|count| count.parse::<usize>().is_ok_and(|count| count <= 3))
    });
    let desk = desk.keys("enter").shows(&["is:unread katu", "3 found"]);
    let desk = desk.keys("s F j enter").shows(&["is:starred is:unread katu", "1 found"]);
    // A condition that is in the query already is not added again.
    let desk = desk.keys("F enter").shows(&["is:starred is:unread katu", "1 found"]).keys("esc").shows(&["2/4"]);
    // An unclosed quotation stays as it is.
    let desk = desk.keys("/").types("\"kadun ni").keys("enter F").shows(&["Unread"]).keys("enter");
    desk.shows(&["is:unread \"kadun ni", "1 found"]).keys("esc");
    // Where it is unknown which versions were found, an upper bound is shown.
    let desk = self::desk().keys("/").types("sote").keys("enter F").shows(&["≤ 2"]);
    desk.keys("enter").shows(&["is:unread sote", "2 found"]);
}

#[test]
fn the_filter_menu_shows_what_there_is_and_looks_for_what_is_chosen() {
    let desk = desk().keys("s r F").shows(&["Unread", "Starred", "Source", "Year", "enter filter"]);
    desk.keys("esc").hides(&["Starred", "found"]).keys("F j enter").shows(&["1 found"]).hides(&["Starred"]);
    let desk =
        self::desk().keys("F").has("counts that are found", |state| counts(state).iter().any(|count| count == "2"));
    for (number, count) in counts(&desk.state).iter().enumerate() {
        let found = format!("{count} found");
        self::desk().keys(&format!("F {}enter", "j ".repeat(number))).shows(&[found.as_str()]);
    }
}

#[test]
fn titles_are_filtered_among_those_that_fit_the_filter_menu() {
    // Uimahalli is read.
    let desk = streets().keys("j r F enter").shows(&["is:unread", "3 found"]);
    let desk = desk.keys("f").shows(&["Titles (is:unread):", "3 found"]).types("k").shows(&["3 found"]).types("au");
    assert_eq!(titles(&desk), ["Katu suljetaan", "Kadun nimi"]);
    let desk = desk.keys("ctrl-u").shows(&["3 found"]).types("halli").shows(&["No match"]).keys("ctrl-u");
    let desk = desk.types("knimi").keys("enter").shows(&["is:unread knimi", "1 found"]);
    assert_eq!(titles(&desk), ["Kadun nimi"]);
    // A query can be added to the chosen condition, and the whole list returns at the end.
    let desk = desk.keys("/").shows(&["/is:unread"]).types("katu").shows(&["3 found"]).keys("esc").shows(&["2/4"]);
    // Without letters the list is as before.
    let desk = desk.keys("F enter f enter").shows(&["is:unread", "3 found"]).keys("W").shows(&["Search saved"]);
    desk.keys("/").shows(&["/is:unread"]).keys("esc");
}

#[test]
fn the_filter_menu_narrows_titles_that_are_filtered() {
    let desk = streets().keys("j j s g g f").types("kau").keys("enter").shows(&["kau", "2 found"]);
    let desk = desk.keys("F").has("what is shown is counted", |state| {
        let counts = counts(state);
        !counts.is_empty() && counts.iter().all(|count| count.parse::<usize>().is_ok_and(|count| count <= 2))
    });
    let desk = desk.keys("j enter").shows(&["is:starred kau", "1 found"]);
    assert_eq!(titles(&desk), ["Katu suljetaan"]);
    let desk = desk.keys("F enter").shows(&["is:unread is:starred kau", "1 found"]);
    // A condition is not added twice; changing the letters keeps the conditions.
    let desk = desk.keys("F enter f").shows(&["Titles (is:unread is:starred): kau"]).keys("ctrl-u").types("nimi");
    let desk = desk.shows(&["No match"]).keys("esc").shows(&["4 unread"]);
    // Filtering titles drops the words of a query and keeps its conditions.
    let desk = desk.keys("/").types("ruuhkaa -is:starred").keys("enter").shows(&["1 found"]).keys("f");
    let desk = desk.shows(&["Titles (-is:starred):", "3 found"]).types("kau").shows(&["1 found"]);
    assert_eq!(titles(&desk), ["Kadun nimi"]);
    // An empty query after letters of titles restores the whole list.
    desk.keys("esc f").types("kau").keys("enter /").shows(&["4 unread", "/"]).keys("esc");
}

#[test]
fn titles_are_filtered_in_the_language_that_was_chosen() {
    let desk = desk().speaking(Language::English).keys("/").types("lang:sv").keys("enter f").types("genom");
    desk.shows(&["Vanda och Kervo genomför", "1 found"]).keys("esc");
}

#[test]
fn titles_that_come_fulfil_what_was_chosen() {
    let desk = streets().keys("j j s F j enter").shows(&["is:starred", "1 found"]).keys("f").types("kau").keys("enter");
    let katu = desk.state.library.entries().find(|entry| entry.title.as_str() == "Katu suljetaan").unwrap().clone();
    let id = tiedote::model::Id::of(&["new"]);
    let entry = Entry { id, group: id, title: tiedote::text::Clean::line("Katu aukeaa"), ..katu };
    desk.happens(Event::Found(vec![entry])).shows(&["is:starred kau", "1 found"]);
}
