//! What is read, what is selected, and the mouse.

use tiedote::app::plan::Focus;
use tiedote::app::{Event, MouseKind};
use tiedote::model::{Entry, Location};

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
    let row = desk.state.list.row(&desk.state.library).unwrap();
    assert!(row > 0 && desk.state.focus == Focus::List);
    let desk = desk.mouse(MouseKind::Pressed, 6, 8);
    assert_eq!(desk.state.list.row(&desk.state.library), Some(row));
    assert!(desk.state.focus == Focus::Reader && desk.state.read.len() == 1);
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
    let rule = desk.state.plan.rule.unwrap().x;
    let desk = desk.mouse(MouseKind::Pressed, rule, 5).mouse(MouseKind::Dragged, rule + 9, 7);
    assert_eq!(desk.state.plan.rule.unwrap().x, rule + 9);
    let desk = desk.mouse(MouseKind::Released, rule + 9, 7).mouse(MouseKind::Dragged, rule, 7);
    assert_eq!(desk.state.plan.rule.unwrap().x, rule + 9);
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
