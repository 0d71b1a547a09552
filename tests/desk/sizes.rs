//! Every size of the screen.

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tiedote::app::Event;
use tiedote::typeset::Layout;
use tiedote::view;

use super::reading;
use super::support::{Desk, desk};

/// What may be on the screen when its size changes.
fn situations() -> Vec<Desk> {
    let keys = [
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
    keys.into_iter().map(|keys| desk().keys(keys)).collect()
}

#[test]
fn every_size_is_drawn() {
    let widths =
        [0, 1, 2, 3, 4, 5, 8, 11, 16, 20, 23, 24, 25, 31, 40, 59, 60, 61, 80, 99, 100, 101, 120, 160, 240, 500];
    let heights = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 20, 24, 30, 31, 40, 60, 200];
    for mut desk in situations() {
        for width in widths {
            for height in heights.into_iter().filter(|height| u32::from(width) * height <= 12_000) {
                let height = u16::try_from(height).unwrap();
                desk = desk.sized(width, height);
                assert_eq!(desk.cells().0.content.len(), usize::from(width) * usize::from(height));
            }
        }
        desk = desk.sized(500, 200);
        assert_eq!(desk.cells().0.content.len(), 100_000);
    }
}

#[test]
fn a_frame_may_be_smaller_than_the_size_last_heard_of() {
    for desk in situations() {
        for (width, height) in [(0, 0), (1, 1), (30, 10), (119, 39), (200, 5)] {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            let drawn = terminal.draw(|frame| view::draw(&desk.state, frame, true)).unwrap();
            assert_eq!((drawn.area.width, drawn.area.height), (width, height));
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
    fn any_size_is_drawn(width in 0_u16..=500, height in 0_u16..=200, situation in 0_usize..16) {
        let desk = situations().swap_remove(situation).sized(width, height);
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
            // The blank rows above it may be all that a screen of a row or two has room for.
            let shown = rows.contains(&row) || (height < 3 && rows.iter().any(|shown| shown.unit == row.unit));
            prop_assert!(shown, "{}×{}: {:?} is not shown", width, height, place);
            // Only at the end of the text does it stand lower than the top, below the blank rows before it.
            let above = rows.iter().take_while(|shown| **shown < row).filter(|shown| shown.unit < row.unit).count();
            prop_assert!(above == 0 || desk.state.reader.at_end(), "{}×{}: {} rows above", width, height, above);
        }
        let back = desk.sized(80, 24);
        prop_assert_eq!(back.screen(), before);
    }
}
