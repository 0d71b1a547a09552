//! Tests marks, the selection, and the mouse.

use tiedote::app::plan::Focus;
use tiedote::app::{Effect, Event, Memory, MouseKind, Progress};
use tiedote::model::{Entry, Id, Location, MarkChange, Marking};
use tiedote::text::{Clean, Language};
use tiedote::typeset::Place;

use super::many;
use super::support::desk;

#[test]
fn moving_and_the_wheel_mark_nothing_as_read_and_opening_does() {
    let desk = many(30).keys("j j 5 j G g g ctrl-d");
    let desk = desk.mouse(MouseKind::ScrolledDown, 5, 10).mouse(MouseKind::ScrolledDown, 80, 10);
    desk.shows(&["30 unread"]).keys("enter").shows(&["29 unread"]).keys("q enter").shows(&["29 unread"]);
}

#[test]
fn unread_is_a_mark_and_not_only_a_colour() {
    desk().shows(&[" ● Vantaa", "▌●"]).keys("r j r").hides(&["●"]);
    desk().colourless().shows(&["▌● Rakenneuudistushanke"]);
}

#[test]
fn n_goes_to_the_next_unread_while_nothing_is_searched() {
    many(9).keys("j r k n").shows(&["3/9"]).keys("N").shows(&["1/9"]).keys("N").shows(&["Nothing unread"]);
}

#[test]
fn a_click_selects_and_another_opens() {
    let desk = many(30).mouse(MouseKind::Pressed, 6, 8).mouse(MouseKind::Released, 6, 8);
    let row = desk.state.list.row(desk.state.rows()).unwrap();
    assert!(row > 0 && desk.state.screen.focus == Focus::List);
    let desk = desk.mouse(MouseKind::Pressed, 6, 8);
    assert_eq!(desk.state.list.row(desk.state.rows()), Some(row));
    assert!(desk.state.screen.focus == Focus::Reader && desk.state.is_read(row));
}

#[test]
fn the_wheel_scrolls_the_pane_under_it() {
    let desk = desk().sized(100, 20);
    let before = desk.state.reader.rows.clone();
    let desk = desk.mouse(MouseKind::ScrolledDown, 80, 5);
    assert_eq!(desk.state.reader.rows[0], before[3]);
    let desk = desk.mouse(MouseKind::ScrolledUp, 80, 5);
    assert_eq!(desk.state.reader.rows, before);
    desk.mouse(MouseKind::ScrolledDown, 5, 5).shows(&["2/2"]);
}

#[test]
fn the_divider_is_dragged() {
    let desk = desk();
    let rule = desk.state.screen.plan.rule.unwrap().x;
    let desk = desk.mouse(MouseKind::Pressed, rule, 5).mouse(MouseKind::Dragged, rule + 9, 7);
    assert_eq!(desk.state.screen.plan.rule.unwrap().x, rule + 9);
    let desk = desk.mouse(MouseKind::Released, rule + 9, 7).mouse(MouseKind::Dragged, rule, 7);
    assert_eq!(desk.state.screen.plan.rule.unwrap().x, rule + 9);
}

#[test]
fn arriving_announcements_move_nothing() {
    let later = many(40);
    let entries: Vec<Entry> = later
        .state
        .library
        .entries()
        .filter(|entry| entry.location != Location::Given(4))
        .map(|entry| Entry { title: tiedote::text::Clean::line(&format!("Uusi {}", entry.title)), ..entry.clone() })
        .map(|entry| {
            let id = tiedote::model::Id::of(&[entry.title.as_str()]);
            Entry { id, group: id, ..entry }
        })
        .collect();
    let desk = many(9).keys("4 j enter");
    let (before, selected) = (desk.state.reader.rows.clone(), desk.state.list.selected);
    let place = |desk: &super::Desk| desk.screen().lines().position(|line| line.contains("▌")).unwrap();
    let bar = place(&desk);
    let desk = desk.happens(Event::Found(entries)).shows(&["Teksti numero 5."]);
    assert_eq!((desk.state.list.selected, &desk.state.reader.rows), (selected, &before));
    assert_eq!(place(&desk), bar);
}

fn selected(desk: &super::Desk) -> Id {
    desk.state.list.selected.unwrap_or_else(|| Id::of(&[]))
}

#[test]
fn every_change_of_marks_is_kept_and_can_be_taken_back() {
    let desk = many(9).keys("r j s j t").types("sote, työ").keys("enter R").shows(&["0 unread"]);
    let steps = |desk: &super::Desk, undone: bool| {
        let marks = |effect: &&Effect| matches!(effect, Effect::SaveMarks { undoing, .. } if *undoing == undone);
        desk.kept.iter().filter(marks).count()
    };
    assert_eq!((steps(&desk, false), steps(&desk, true)), (4, 0));
    assert_eq!(desk.state.marks_of(selected(&desk)).tags.len(), 2);
    let desk = desk.keys("U").shows(&["8 unread"]).keys("U U").shows(&["8 unread"]);
    assert_eq!(desk.state.marks_of(selected(&desk)), Marking::default());
    let desk = desk.keys("U").shows(&["9 unread"]).keys("U").shows(&["Nothing to undo"]);
    assert_eq!(steps(&desk, true), 4);
}

#[test]
fn what_was_changed_since_it_was_read_is_marked_with_a_word_until_it_is_read_again() {
    let desk = many(9).keys("r j");
    let group = desk.state.library.leader(0).unwrap().group;
    let changed = Marking { read: true, changed: true, ..Marking::default() };
    let desk = desk.happens(Event::Marked(vec![(group, changed.clone())]));
    let desk = desk.shows(&["8 unread", " ◐ Tiedote 1", "November 2024 · changed · 1 min"]).keys("k enter q");
    let desk = desk.hides(&["◐", "changed"]).shows(&["8 unread"]);
    // Reading it again can be undone, and then reading it the first time.
    let desk = desk.keys("U").shows(&["▌◐ Tiedote 1"]);
    assert_eq!(desk.state.marks_of(group), changed);
    let desk = desk.keys("U").shows(&["9 unread"]).hides(&["◐"]);
    // In narrow rows, without colours and in another language the mark is shown too.
    let marked = || Event::Marked(vec![(group, changed.clone())]);
    let desk = desk.sized(40, 15).colourless().speaking(Language::Finnish).happens(marked());
    let desk = desk.shows(&["◐ Tiedote 1", "· muuttunut ·"]).sized(80, 24).shows(&["◐ Tiedote 1", "muuttunut"]);
    // `r` and `R` apply to the text as it is now.
    let desk = desk.keys("r").hides(&["◐"]).shows(&["8 lukematta"]).keys("r").shows(&["9 lukematta"]);
    desk.happens(marked()).keys("R").hides(&["◐", "●"]);
}

#[test]
fn what_was_changed_since_it_was_read_is_searched_and_filtered() {
    let desk = many(9).keys("R");
    let group = desk.state.library.leader(2).unwrap().group;
    let changed = Marking { read: true, changed: true, ..Marking::default() };
    let desk = desk.happens(Event::Marked(vec![(group, changed)])).keys("/").types("is:changed").shows(&["1 found"]);
    let desk = desk.shows(&["◐ Tiedote 3"]).keys("ctrl-u").types("tiedote -is:changed").shows(&["8 found"]).keys("esc");
    let desk = desk.keys("F").shows(&["Changed since read"]).keys("enter").shows(&["is:changed", "1 found"]);
    desk.keys("enter q").hides(&["◐"]).keys("esc F").hides(&["Changed since read"]);
}

#[test]
fn what_is_read_is_counted_as_announcements_come_and_go() {
    let texts = |number: usize| format!("---\ntitle: Tiedote numero {number}\n---\n\nTeksti numero {number} on tässä.");
    let texts: Vec<String> = (0..40).map(texts).collect();
    let all = super::support::desk_with(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    let entries: Vec<Entry> = all.state.library.entries().cloned().collect();
    let read = Marking { read: true, ..Marking::default() };
    let marks = entries.iter().step_by(3).map(|entry| (entry.group, read.clone())).collect();
    let others = entries.iter().skip(1).map(|entry| entry.id).collect();
    let mut desk = all.happens(Event::Marked(marks));
    desk = desk.happens(Event::Changed { entries: Vec::new(), removed: others });
    let counted = |desk: &super::Desk| {
        let rows = 0..desk.state.rows().len();
        assert_eq!(desk.state.unread(), rows.filter(|row| !desk.state.is_read(*row)).count());
    };
    for some in entries.chunks(7) {
        desk = desk.happens(Event::Found(some.to_vec()));
        counted(&desk);
    }
    assert_eq!(desk.state.unread(), 26);
    let gone = entries.iter().step_by(2).map(|entry| entry.id).collect();
    let desk = desk.happens(Event::Changed { entries: entries[..8].to_vec(), removed: gone });
    counted(&desk);
}

#[test]
fn what_another_instance_marked_is_shown_and_not_taken_back_over_it() {
    let desk = many(9).keys("r");
    let (group, starred) = (selected(&desk), Marking { starred: true, ..Marking::default() });
    let desk = desk.happens(Event::Marked(vec![(group, starred.clone())])).shows(&["9 unread", "★"]);
    let desk = desk.keys("U").shows(&["Nothing to undo"]);
    assert_eq!(desk.state.marks_of(group), starred);
    // Undo leaves the other program's marks alone.
    let tagged = Marking { read: true, tags: [Clean::line("työ")].into(), ..starred };
    let desk = desk.keys("s s").happens(Event::Marked(vec![(group, tagged.clone())])).keys("U").shows(&["Mark undone"]);
    assert_eq!(desk.state.marks_of(group), Marking { starred: false, ..tagged });
}

#[test]
fn a_step_that_changes_nothing_any_more_is_passed_over() {
    // The first is read, then the second, then the third; another instance marks the last two as unread again.
    let desk = many(9).keys("r j r j r");
    let group = |row: usize| desk.state.library.leader(row).unwrap().group;
    let (first, second, third) = (group(0), group(1), group(2));
    let unread = vec![(second, Marking::default()), (third, Marking::default())];
    let desk = desk.happens(Event::Marked(unread)).shows(&["8 unread"]);
    let desk = desk.keys("U").shows(&["9 unread", "Mark undone"]).keys("U").shows(&["Nothing to undo"]);
    let passed: Vec<Id> = desk
        .kept
        .iter()
        .filter_map(|effect| match effect {
            Effect::ForgetSteps(steps) => Some(steps.iter().map(|change| change.group)),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(passed, [third, second]);
    // The announcement was changed again since: undo restores the marks from before it was read.
    let changed = || Event::Marked(vec![(first, Marking { read: true, changed: true, ..Marking::default() })]);
    let desk = desk.keys("g g r").happens(changed()).keys("enter q").shows(&["8 unread"]).happens(changed());
    desk.shows(&["◐"]).keys("U").shows(&["9 unread"]).hides(&["◐"]);
}

#[test]
fn steps_from_earlier_times_can_be_taken_back() {
    let desk = many(3);
    let group = selected(&desk);
    let read = Marking { read: true, ..Marking::default() };
    let step = vec![MarkChange { group, before: Marking::default(), after: read.clone() }];
    let desk = desk.happens(Event::Marked(vec![(group, read)])).happens(Event::StepsKnown(vec![step]));
    desk.shows(&["2 unread"]).keys("U").shows(&["3 unread"]);
}

#[test]
fn the_screen_and_the_place_in_a_text_are_left_as_they_are_found() {
    let text = format!("# Pitkä\n\n{}", "Sanoja riittää tässä.\n\n".repeat(200));
    let texts = [text.as_str(), "# Toinen\n\nLyhyt."];
    let memory = || Event::Remembered(Memory::default());
    let desk = super::support::desk_with(&texts).happens(memory()).keys("+ > enter 9 j q");
    let places: Vec<(Id, Place)> = desk
        .kept
        .iter()
        .filter_map(|effect| if let Effect::SavePlace(id, place) = effect { Some((*id, *place)) } else { None })
        .collect();
    let again = super::support::desk_with(&texts[1..]);
    let again = again.happens(Event::Remembered(Memory { session: desk.session(), places }));
    let again = again.happens(Event::Found(Vec::new()));
    assert_eq!(again.state.settings, desk.state.settings);
    let place = desk.state.reader.place();
    assert_ne!(place, Place::default());
    let back = desk.keys("j").has("the other text", |state| state.reader.place() == Place::default()).keys("k");
    assert_eq!(back.state.reader.place(), place);
}

#[test]
fn what_comes_up_by_itself_is_not_kept() {
    let memory = || Event::Remembered(Memory::default());
    let desk = super::support::desk_with(&["# Yksi\n\nSanoja."]).happens(memory()).keys("q");
    assert_eq!(desk.kept, []);
    desk.wishes(&[Effect::Quit]);
    let desk = super::support::desk_with(&["# Yksi\n\nSanoja."]).happens(memory()).keys("+");
    assert_eq!(desk.session().into_iter().collect::<Vec<_>>(), [("text-width".to_owned(), "68".to_owned())]);
}

#[test]
fn changes_move_nothing_on_the_screen() {
    let desk = many(30).keys("2 5 j");
    let all: Vec<Entry> = desk.state.library.entries().cloned().collect();
    let (group, row) = (selected(&desk), desk.state.list.row(desk.state.rows()).unwrap());
    let bar = |desk: &super::Desk| desk.screen().lines().position(|line| line.contains("▌")).unwrap();
    let before = bar(&desk);
    let gone: Vec<Id> = (0..3).map(|row| desk.state.library.leader(row).unwrap().id).collect();
    let desk = desk.happens(Event::Changed { entries: all[3..].to_vec(), removed: gone });
    assert_eq!((selected(&desk), bar(&desk)), (group, before));
    assert_eq!(desk.state.list.row(desk.state.rows()), Some(row - 3));
    // The selected announcement was removed: its neighbour is selected in its place.
    let id = desk.state.library.leader(row - 3).unwrap().id;
    let desk = desk.happens(Event::Changed { entries: Vec::new(), removed: vec![id] });
    assert_eq!((desk.state.list.row(desk.state.rows()), bar(&desk)), (Some(row - 3), before));
}

#[test]
fn how_far_looking_at_files_has_come_is_shown_while_it_takes_long() {
    let progress = |files, all| Event::Looked(Some(Progress { files, all }));
    let desk = desk().happens(progress(1200, Some(10_000))).shows(&["reading… 1200/10\u{a0}000"]).hides(&["unread"]);
    let desk = desk.speaking(Language::Finnish).happens(progress(9000, None)).shows(&["luetaan… 9000"]);
    desk.happens(Event::Looked(None)).shows(&["2 lukematta"]);
}

#[test]
fn marks_that_wait_to_be_stored_are_counted_until_they_are() {
    let desk = desk().happens(Event::MarksWaited(2)).shows(&["marks not saved: 2"]);
    // No key clears it.
    let desk = desk.keys("j k").shows(&["marks not saved: 2"]).happens(Event::MarksWaited(3));
    desk.shows(&["marks not saved: 3"]).happens(Event::MarksWaited(0)).hides(&["not saved"]);
}
