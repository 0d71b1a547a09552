//! Tests every size of the screen.

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tiedote::app::Event;
use tiedote::typeset::Layout;
use tiedote::view;

use super::reading;
use super::support::{Desk, desk};

/// Lists keys that lead to every situation in which the screen may be resized.
const SITUATIONS: [&str; 16] = [
    "j",
    "enter",
    "?",
    ": z",
    "z",
    "enter / v a n t a a",
    "enter / v a n t a a enter",
    "/ v a n t a a",
    "/ v a n t a a enter",
    "/ s o t e enter W A",
    "/ l a n g : x",
    "/ q q q q",
    "enter G w",
    "1 2 g",
    "i",
    "=",
];

fn situations() -> impl Iterator<Item = Desk> {
    SITUATIONS.into_iter().map(|keys| desk().keys(keys))
}

/// Returns every size too small for panes, and those on either side of each change of layout.
fn sizes() -> Vec<(u16, u16)> {
    let small = (0..=26).flat_map(|width| (0..=10).map(move |height| (width, height)));
    let edges = [31, 40, 47, 48, 59, 60, 80, 99, 100, 160];
    let larger = edges.into_iter().flat_map(|width| [1, 3, 7, 8, 15, 16, 31, 32].map(|height| (width, height)));
    let tall = [(2, 60), (23, 200), (24, 60), (240, 12), (500, 9), (60, 200), (500, 200)];
    small.chain(larger).chain(tall).collect()
}

#[test]
fn every_size_is_drawn() {
    for mut desk in situations() {
        for (width, height) in sizes() {
            desk = desk.sized(width, height);
            assert_eq!(desk.cells().0.content.len(), usize::from(width) * usize::from(height));
        }
    }
}

#[test]
fn a_frame_may_be_smaller_than_the_size_last_heard_of() {
    for desk in situations() {
        for (width, height) in [(0, 0), (1, 1), (30, 10), (119, 39), (200, 5)] {
            let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
            let cursor = view::draw(&desk.state, &mut cells, true);
            assert!(cursor.is_none_or(|cursor| cells.area.contains(cursor)));
        }
    }
}

#[test]
fn at_80_by_24_twenty_rows_are_text() {
    assert!(reading().keys("space").state.reader.rows.len() >= 20);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_size_is_drawn(width in 0_u16..=500, height in 0_u16..=200, keys in prop::sample::select(&SITUATIONS[..])) {
        let desk = desk().keys(keys).sized(width, height);
        prop_assert_eq!(desk.cells().0.content.len(), usize::from(width) * usize::from(height));
    }

    #[test]
    fn the_same_sentence_stays_on_top(
        down in 0_u32..90, sizes in prop::collection::vec((1_u16..=200, 1_u16..=70), 1..6), fill in 0_usize..3,
    ) {
        let mut desk = reading();
        for _ in 0..fill {
            desk = desk.keys("w");
        }
        for digit in down.to_string().chars().filter(|_| down > 0) {
            desk = desk.happens(Event::KeyPressed(digit.into()));
        }
        if down > 0 {
            desk = desk.keys("j");
        }
        let (place, before) = (desk.state.reader.place(), desk.screen());
        for (width, height) in sizes {
            desk = desk.sized(width, height);
            prop_assert_eq!(desk.state.reader.place(), place);
            let mut layout: Layout = desk.state.reader.layout.clone().unwrap();
            let rows = &desk.state.reader.rows;
            let row = layout.row_of(place);
            // On a screen of one or two rows, the blank rows above it may take all the room.
            let shown = rows.contains(&row) || (height < 3 && rows.iter().any(|shown| shown.unit == row.unit));
            prop_assert!(shown, "{}×{}: {:?} is not shown", width, height, place);
            // It stands lower than the top, after its blank rows, only at the end of the text.
            let above = rows.iter().take_while(|shown| **shown < row).filter(|shown| shown.unit < row.unit).count();
            prop_assert!(above == 0 || desk.state.reader.at_end(), "{}×{}: {} rows above", width, height, above);
        }
        let back = desk.sized(80, 24);
        prop_assert_eq!(back.screen(), before);
    }
}
