//! The help and the command palette.

use tiedote::app::actions::{ACTIONS, Scope};
use tiedote::app::plan::Focus;
use tiedote::text::Language;

use super::support::desk;

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
        assert!(desk.state.overlay.is_some());
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
    desk().keys("? q").has("no help", |state| state.overlay.is_none());
    desk().keys("? esc j").shows(&["2/2"]);
}

#[test]
fn the_palette_runs_what_is_marked_in_the_pane_it_works_in() {
    desk().keys(":").types("list-last").keys("enter").shows(&["2/2"]);
    desk().keys(":").types("text-end").keys("enter").has("the text", |state| state.focus == Focus::Reader);
    desk().keys(": esc").has("no palette", |state| state.overlay.is_none());
    desk().keys(":").types("qqqqq").keys("enter").has("no palette", |state| state.overlay.is_none());
}

#[test]
fn every_action_can_be_marked_in_the_palette() {
    let mut desk = desk().sized(80, 24).keys(":");
    for entry in ACTIONS {
        desk = desk.shows(&[entry.help.en]).keys("down");
    }
    desk.keys("up up pageup pagedown").has("the palette", |state| state.overlay.is_some());
}

#[test]
fn the_status_row_hints_at_keys_of_the_focused_pane() {
    desk().shows(&["enter read", "? help"]).keys("enter").shows(&["space page", "q list"]);
    desk().speaking(Language::Finnish).shows(&["enter lue", "? ohje", "2 lukematta"]);
    desk().speaking(Language::Swedish).shows(&["enter läs", "? hjälp", "2 olästa"]);
    assert!(ACTIONS.iter().filter(|entry| entry.scope == Scope::Reader && !entry.hint.en.is_empty()).count() >= 2);
}
