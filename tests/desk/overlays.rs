//! Tests the panels.

use tiedote::app::actions::{ACTIONS, Scope};
use tiedote::app::panels::Panel;
use tiedote::app::plan::Focus;
use tiedote::app::{Event, Key, MouseKind, Problem, Reason};
use tiedote::calendar::Moment;
use tiedote::text::Language;

use super::support::desk;

/// Returns the row of the screen that holds a text.
fn row_of(desk: &super::Desk, text: &str) -> u16 {
    let row = desk.screen().lines().position(|line| line.contains(text));
    row.and_then(|row| u16::try_from(row).ok()).unwrap_or(u16::MAX)
}

fn clicked(desk: super::Desk, text: &str) -> super::Desk {
    let row = row_of(&desk, text);
    desk.mouse(MouseKind::Pressed, 60, row).mouse(MouseKind::Released, 60, row)
}

#[test]
fn a_click_in_a_panel_marks_a_row_and_another_takes_it() {
    let desk = desk().keys("r F").shows(&["▌Unread"]);
    let desk = clicked(desk, "2020  ").shows(&["▌2020", " Unread"]);
    clicked(desk, "2020  ").shows(&["date:2020", "1 found"]).hides(&["Unread"]);
    let desk = super::support::desk().keys("/ s o t e enter W esc / v a n t a a enter W esc A");
    let desk = clicked(desk.shows(&["▌sote"]), " vantaa").shows(&["▌vantaa"]);
    clicked(desk, "▌vantaa").shows(&["vantaa", "2 found"]).hides(&["Saved searches"]);
    let desk = clicked(super::support::desk().keys(": t e x t"), "Narrower text");
    clicked(desk, "Narrower text").shows(&["Text width: 64"]).hides(&["Narrower text"]);
    // A click beside a panel chooses nothing, and does not reach what is beneath.
    for keys in ["F", "A", ":", "?"] {
        let desk = super::support::desk().keys(keys);
        let selected = desk.state.list.selected;
        let heading = row_of(&desk, "╭") + 1;
        let desk = desk.mouse(MouseKind::Pressed, 60, heading);
        let desk = desk.has("still open", |state| state.top_panel().is_some());
        let desk = desk.mouse(MouseKind::Pressed, 3, 12);
        assert_eq!(desk.state.list.selected, selected);
        desk.has("closed", |state| state.panels.is_empty());
    }
}

#[test]
fn the_wheel_goes_through_a_panel() {
    let wheel = |desk: super::Desk, kind| desk.mouse(kind, 3, 12);
    for (width, height) in [(120, 40), (40, 15)] {
        let desk = wheel(desk().sized(width, height).keys("?"), MouseKind::ScrolledDown);
        let marked = |desk: &super::Desk| desk.state.top_panel().map(Panel::marked);
        assert_eq!(marked(&desk), Some(3));
        let desk = wheel(wheel(wheel(desk, MouseKind::ScrolledDown), MouseKind::ScrolledUp), MouseKind::ScrolledUp);
        assert_eq!(marked(&desk), Some(0));
        assert_eq!(desk.state.list.row(desk.state.rows()), Some(0));
    }
    let desk = wheel(desk().keys("F"), MouseKind::ScrolledDown);
    assert_eq!(desk.state.top_panel().map(Panel::marked), Some(3));
}

#[test]
fn the_help_names_every_key() {
    for language in Language::ALL {
        let desk = desk().speaking(language).sized(120, 200).keys("?");
        for entry in ACTIONS {
            desk.screen()
                .lines()
                .find(|line| line.contains(entry.keys[0]) && line.contains(entry.help.get(language)))
                .unwrap();
        }
        assert!(desk.state.top_panel().is_some());
    }
}

#[test]
fn typing_narrows_the_help_and_escape_closes_it() {
    desk()
        .keys("?")
        .types("suspend")
        .shows(&["Suspend the program"])
        .hides(&["Half a page down"])
        .keys("esc")
        .hides(&["Suspend"]);
    desk().keys("? q").has("no help", |state| state.panels.is_empty());
    desk().keys("? esc j").shows(&["2/2"]);
}

#[test]
fn the_palette_runs_what_is_marked_in_the_pane_it_works_in() {
    desk().keys(":").types("list-last").keys("enter").shows(&["2/2"]);
    desk().keys(":").types("text-end").keys("enter").has("the text", |state| state.screen.focus == Focus::Reader);
    desk().keys(": esc").has("no palette", |state| state.panels.is_empty());
    desk().keys(":").types("qqqqq").keys("enter").has("no palette", |state| state.panels.is_empty());
}

#[test]
fn every_action_can_be_marked_in_the_palette() {
    let mut desk = desk().sized(80, 24).keys(":");
    for entry in ACTIONS.iter().filter(|entry| entry.scope.is_pane()) {
        desk = desk.shows(&[entry.help.en]).keys("down");
    }
    desk.keys("up up pageup pagedown").has("the palette", |state| !state.panels.is_empty());
}

#[test]
fn the_status_row_hints_at_keys_of_the_focused_pane() {
    desk().shows(&["enter read", "? help"]).keys("enter").shows(&["space page", "q list"]);
    desk().speaking(Language::Finnish).shows(&["enter lue", "? ohje", "2 lukematta"]);
    desk().speaking(Language::Swedish).shows(&["enter läs", "? hjälp", "2 olästa"]);
    assert!(ACTIONS.iter().filter(|entry| entry.scope == Scope::Reader && !entry.hint.en.is_empty()).count() >= 2);
}

#[test]
fn an_empty_panel_says_that_there_is_nothing() {
    desk().keys("?").types("zqzqz").shows(&["No match"]).keys("enter").has("closed", |state| state.panels.is_empty());
    desk().speaking(Language::Finnish).keys(":").types("qqqqq").shows(&["Ei osumia"]);
    desk().keys("M").shows(&["No messages yet."]);
    let nothing = super::support::desk_with(&[]).wishes(&[tiedote::app::Effect::Quit]);
    nothing.keys("i").shows(&["No announcements."]).keys("esc F").shows(&["Nothing to filter"]);
}

#[test]
fn panels_lie_on_each_other_and_only_the_top_one_gets_keys() {
    let desk = desk().keys("i :").shows(&["Commands"]).hides(&["Published"]);
    let desk = desk.keys("esc").shows(&["Published"]);
    // The key that opens a panel closes it.
    desk.keys("i").has("closed", |state| state.panels.is_empty());
    for key in ["F", "A", "M", "?", ":"] {
        super::support::desk().keys(key).keys(key).has("closed", |state| state.panels.is_empty());
    }
}

#[test]
fn messages_are_told_again_the_newest_first_with_the_time_of_day() {
    let mut desk = desk();
    for (minute, key) in [(0, '+'), (1, '+'), (2, 'W')] {
        let now = Moment { seconds: 1_604_500_000 + minute * 60, offset: 7200 };
        let _ = desk.state.update_at(now, Event::KeyPressed(Key::from(key)));
    }
    let missing = Problem::at(std::path::Path::new("/t/b\u{1b}.md"), Reason::Missing);
    let desk =
        desk.happens(Event::Failed(missing)).keys("M").shows(&["16:26  Text width: 68", "16:27  Text width: 70"]);
    let screen = desk.shows(&["16:28  No search to save", "16:28  /t/b␛.md: no such file or folder"]).screen();
    assert!(screen.find("/t/b").unwrap() < screen.find("Text width: 70").unwrap(), "{screen}");
    assert!(screen.find("width: 70").unwrap() < screen.find("width: 68").unwrap(), "{screen}");
    // Continuation lines of a long message are indented past the times.
    let long = Problem::at(std::path::Path::new(&format!("/{}.md", "kansio ".repeat(30))), Reason::Missing);
    super::support::desk().sized(60, 30).happens(Event::Failed(long)).keys("M").shows(&["such file or folder"]);
}
