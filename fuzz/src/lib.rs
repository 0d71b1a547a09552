//! What every target does: read the bytes whole and as the first part of a file, and look at what came out.

use tiedote::formats::{Input, raw, read as read_any};
use tiedote::model::Sketch;
use tiedote::text::Clean;

/// Reads `bytes` as a file of that name; panics where what comes out does not hold together.
pub fn read(name: &str, bytes: &[u8]) {
    for partial in [false, true] {
        let reading = read_any(&Input { partial, ..Input::new(name, bytes) });
        let (text, _) = raw(&Input { partial, ..Input::new(name, bytes) });
        assert!(Clean::lines_of(&text).chars().all(|letter| letter == '\n' || !letter.is_control()));
        for found in &reading.announcements {
            assert!(Sketch::of(found).is_none_or(|sketch| sketch.is_same(&sketch)));
            for block in &found.document.blocks {
                let text = &block.text;
                assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
                assert!(block.keeps_lines() || !text.contains('\n'));
                for mark in &block.marks {
                    assert!(text.get(mark.start as usize..mark.end as usize).is_some());
                }
            }
        }
    }
}
