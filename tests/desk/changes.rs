//! Tests that the selection and the position stay while a file is edited.

use tiedote::app::{Effect, Event};
use tiedote::model::{MarkChange, Marking};

use super::support::{Desk, desk_keeping};

fn text(title: &str, date: &str, first: &str) -> String {
    let rest: Vec<String> =
        (0..60).map(|number| format!("Kappale {number} {}", "kertoo jotakin. ".repeat(9))).collect();
    format!("---\ntitle: {title}\ndate: {date}\n---\n\n{first}{}", rest.join("\n\n"))
}

fn desk() -> Desk {
    let others: Vec<String> = (1..9).map(|day| text(&format!("Muu {day}"), &format!("2020-01-0{day}"), "")).collect();
    let mut texts = vec![text("Luettava", "2021-01-01", "")];
    texts.extend(others);
    desk_keeping(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns the first rows of the text, and the selected row of the list.
fn seen(desk: &Desk) -> (Vec<String>, String) {
    let screen = desk.screen();
    let text = screen
        .lines()
        .take(9)
        .filter_map(|line| Some(line.split_once(['│', '┃'])?.1.trim_end_matches(['▐', ' ']).to_owned()));
    (text.collect(), screen.lines().find(|line| line.starts_with('▌')).unwrap_or_default().to_owned())
}

#[test]
fn the_words_at_the_top_stay_there_when_the_text_is_edited() {
    let desk = desk().keys("enter space space 3 j");
    let (before, _) = seen(&desk);
    assert!(before.iter().any(|line| line.contains("Kappale")), "{before:?}");
    let desk = desk.edits(0, &text("Luettava", "2021-01-01", "Aivan uutta.\n\nToinenkin kappale.\n\n"));
    assert_eq!(seen(&desk).0, before);
    desk.keys("g g").shows(&["Aivan uutta."]);
}

#[test]
fn what_is_read_stays_shown_and_selected_under_another_title_and_date() {
    let desk = desk().keys("enter space space 3 j");
    let (before, _) = seen(&desk);
    let desk = desk.edits(0, &text("Uusi otsikko", "2020-01-05", ""));
    let (now, bar) = seen(&desk);
    assert_eq!((now, bar.contains("Uusi otsikko")), (before.clone(), true), "{bar}");
    // The same holds among results, and when the search ends.
    let desk = desk.keys("q /").types("kappale").keys("enter enter g g space space 3 j");
    let desk = desk.edits(8, &text("Kolmas otsikko", "2020-01-02", "")).shows(&["9 found"]);
    let (now, bar) = seen(&desk);
    assert!(bar.contains("Kolmas otsikko"), "{bar}");
    assert_eq!(now, before);
    let desk = desk.edits(0, &text("Neljäs otsikko", "2020-01-03", "")).keys("q esc");
    assert!(seen(&desk).1.contains("Neljäs otsikko"));
}

#[test]
fn what_goes_and_comes_again_at_once_is_listed() {
    let desk = desk();
    let entries: Vec<_> = desk.state.library.entries().take(1).cloned().collect();
    let removed = vec![entries[0].id];
    desk.happens(Event::Changed { entries, removed }).shows(&["Luettava", "9 unread"]);
}

#[test]
fn a_mark_is_taken_back_under_the_name_its_announcement_has_now() {
    let desk = desk().keys("s").shows(&["★"]).edits(0, &text("Uusi otsikko", "2021-01-01", ""));
    // The library moved the star.
    let group = desk.state.library.leader(0).map(|entry| entry.group).unwrap();
    let starred = Marking { starred: true, ..Marking::default() };
    let desk = desk.happens(Event::Marked(vec![(group, starred.clone())])).shows(&["★"]);
    let desk = desk.keys("U").shows(&["Mark undone", "Uusi otsikko"]).hides(&["★"]);
    let back = MarkChange { group, before: starred, after: Marking::default() };
    assert!(desk.kept.contains(&Effect::SaveMarks { changes: vec![back], undoing: true }), "{:?}", desk.kept);
    desk.keys("U").shows(&["Nothing to undo"]);
}
