//! What every target does: read the bytes whole and as the first part of a file, and look at what came out.

use tiedote::formats::{Input, read as read_any};

/// Reads `bytes` as a file of that name; panics where what comes out does not hold together.
pub fn read(name: &str, bytes: &[u8]) {
    for partial in [false, true] {
        let reading = read_any(&Input { partial, ..Input::new(name, bytes) });
        for found in &reading.announcements {
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
