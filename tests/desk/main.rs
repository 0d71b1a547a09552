//! Tests the program at a desk: keys go in, screens and effects come out.

#[path = "../support/mod.rs"]
mod support;

mod actions;
mod changes;
mod feeds;
mod find;
mod marks;
mod overlays;
mod search;
mod sizes;
mod sources;
mod views;
mod waiting;

use support::{Desk, desk_with};
use tiedote::typeset::RowAt;

/// Returns a desk with `count` short announcements, numbered from the newest.
fn many(count: usize) -> Desk {
    let text = |number: usize| {
        let (year, month) = (2024 - number / 12, 12 - number % 12);
        format!("---\ntitle: Tiedote {number}\npublished: {year}-{month:02}\n---\n\nTeksti numero {number}.\n")
    };
    let texts: Vec<String> = (1..=count).map(text).collect();
    desk_with(&texts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Returns a desk with the longer of the bundled announcements in the reader of a small terminal.
fn reading() -> Desk {
    support::desk().sized(80, 24).keys("j enter")
}

/// Returns the rows of the text on the screen.
fn rows(desk: &Desk) -> Vec<RowAt> {
    desk.state.reader.rows.clone()
}
