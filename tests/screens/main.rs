//! Whole screens, kept as text with the styles beneath. `INSTA_UPDATE=always cargo test` keeps them as they are now.

#[expect(dead_code, reason = "screens are looked at, not asserted about")]
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeSet;
use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use support::{Desk, desk, desk_with};
use tiedote::text::{Language, width};

/// Columns, rows, keys, and what they lead to.
const SCREENS: &[(u16, u16, &str, &str)] = &[
    (120, 40, "j", "list"),
    (120, 40, "enter", "reader"),
    (120, 40, "j enter . . . .", "quotes"),
    (120, 40, "?", "help"),
    (120, 40, ": t e x t", "palette"),
    (120, 40, "enter / v a n t a a", "find"),
    (120, 40, "enter / v a n t a a enter n", "found"),
    (120, 40, "i", "about"),
    (120, 40, "enter =", "raw"),
    (120, 40, "z", "zen"),
    (120, 40, "enter w", "justified"),
    (120, 40, "/", "search-prompt"),
    (120, 40, "/ s o t e", "search"),
    (120, 40, "/ s o t e enter n n", "searched"),
    (120, 40, "/ l a n g : x", "search-wrong"),
    (120, 40, "/ s o t e enter W A w", "sources"),
    (40, 15, "/ s o t e enter W A", "sources"),
    (120, 40, "f r a k h a n k", "filter"),
    (120, 40, "F j", "menu"),
    (40, 15, "F G", "menu"),
    (120, 40, "/ q q q", "search-nothing"),
    (100, 30, "j", "list"),
    (100, 30, "enter space", "reader"),
    (80, 24, "j", "list"),
    (80, 24, "enter", "reader"),
    (80, 24, "?", "help"),
    (80, 24, "enter / k e r a v a", "find"),
    (80, 24, "/ s o t e", "search"),
    (80, 24, "/ s o t e enter enter n", "searched"),
    (59, 20, "j", "list"),
    (59, 20, "j enter space", "reader"),
    (59, 20, ":", "palette"),
    (59, 20, "i", "about"),
    (40, 15, "j", "list"),
    (40, 15, "enter G", "reader"),
    (40, 15, "? p a g e", "help"),
    (40, 15, "i j j", "about"),
    (20, 6, "i", "about"),
    (40, 15, "/ s o t e", "search"),
    (20, 6, "j", "list"),
    (20, 6, "enter j", "reader"),
    (20, 6, "enter / s o t e", "find"),
];

/// Styles with a letter of their own; others get digits.
const LETTERS: &[(&str, char)] = &[
    ("dim", 'd'),
    ("bold", 'b'),
    ("italic", 'i'),
    ("cyan", 'a'),
    ("cyan bold", 'A'),
    ("cyan underlined", 'u'),
    ("reversed", 'r'),
    ("cyan bold reversed", 'R'),
    ("bold reversed", 'B'),
];

fn keep(name: &str, desk: &Desk) {
    let settings = || {
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.set_prepend_module_to_snapshot(false);
        settings
    };
    settings().bind(|| insta::assert_snapshot!(name, styled(desk)));
}

/// The rows of the screen, under each its styles, a letter a cell; at the end what the letters mean.
fn styled(desk: &Desk) -> String {
    let (buffer, cursor) = desk.cells();
    let mut legend: Vec<(String, char)> = Vec::new();
    let mut screen = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width).max(1)) {
        let (mut text, mut styles) = (String::new(), String::new());
        let mut covered = 0;
        for cell in row {
            if covered > 0 {
                covered -= 1;
                continue;
            }
            covered = width(cell.symbol()).saturating_sub(1);
            text += cell.symbol();
            styles.push(letter(cell, &mut legend));
            styles.push_str(&" ".repeat(covered));
        }
        let _ = writeln!(screen, "|{}", text.trim_end());
        if !styles.trim_end().is_empty() {
            let _ = writeln!(screen, " {}", styles.trim_end());
        }
    }
    if let Some((x, y)) = cursor {
        let _ = writeln!(screen, "cursor at {x}, {y}");
    }
    legend.sort();
    for (style, letter) in legend {
        let _ = writeln!(screen, "{letter} {style}");
    }
    screen
}

/// The letter of a cell's style; a blank where there is nothing to see of one.
fn letter(cell: &Cell, legend: &mut Vec<(String, char)>) -> char {
    let mut words = Vec::new();
    for (name, colour) in [("", cell.fg), ("on ", cell.bg)] {
        if colour != Color::Reset {
            words.push(format!("{name}{}", colour.to_string().to_lowercase()));
        }
    }
    let blank = cell.symbol() == " ";
    for (word, modifier, seen) in [
        ("bold", Modifier::BOLD, !blank),
        ("dim", Modifier::DIM, !blank),
        ("italic", Modifier::ITALIC, !blank),
        ("underlined", Modifier::UNDERLINED, true),
        ("reversed", Modifier::REVERSED, true),
        ("crossed out", Modifier::CROSSED_OUT, true),
    ] {
        if cell.modifier.contains(modifier) && seen {
            words.push(word.to_owned());
        }
    }
    if blank && words.iter().all(|word| !["underlined", "reversed", "crossed out"].contains(&word.as_str())) {
        return ' ';
    }
    let style = words.join(" ");
    if style.is_empty() {
        return ' ';
    }
    if let Some((_, letter)) = legend.iter().find(|(known, _)| *known == style) {
        return *letter;
    }
    let named = LETTERS.iter().find(|(known, _)| *known == style).map(|(_, letter)| *letter);
    let letter =
        named.or_else(|| ('0'..='9').find(|digit| legend.iter().all(|(_, taken)| taken != digit))).unwrap_or('?');
    legend.push((style, letter));
    letter
}

#[test]
fn screens_look_as_they_were_approved() {
    for (width, height, keys, name) in SCREENS {
        keep(&format!("{width}x{height}-{name}"), &desk().sized(*width, *height).keys(keys));
    }
    assert!(!SCREENS.is_empty());
}

#[test]
fn the_program_speaks_three_languages() {
    for (language, keys) in [(Language::Finnish, "enter"), (Language::Swedish, "L j ?")] {
        let desk = desk().speaking(language).sized(100, 30).keys(keys);
        keep(&format!("100x30-speaking-{}", language.code()), &desk);
    }
    assert_eq!(Language::ALL.len(), 3);
}

#[test]
fn without_colours_everything_can_be_told_apart() {
    let desk = desk().colourless().sized(100, 30).keys("enter / k e r a v a n enter");
    assert!(desk.cells().0.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    keep("100x30-colourless", &desk);
}

#[test]
fn every_kind_of_block_is_shown() {
    let text = "# Kaikki lajit\n\nJohdanto kertoo, mistä on kyse.\n\n## Väliotsikko\n\nTavallinen *korostettu* ja **lihava** \
                teksti, `koodi`, ~~poistettu~~ ja [linkki](https://example.org/).\n\n> – Sitaatti, sanoo johtaja Maija Meikäläinen.\n\n\
                1. ensimmäinen\n2. toinen\n   - sisempi\n\n| Vuosi | Euroa |\n|---|---:|\n| 2020 | 2,7 |\n| 2021 | 3,75 |\n\n---\n\n\
                ```\nkiinteä    leveys\n```\n\n中文字符 ja 👨‍👩‍👧‍👦.\n";
    let desk = desk_with(&[text]).sized(80, 40).keys("enter");
    assert!(desk.screen().contains("kiinteä    leveys"));
    keep("80x40-blocks", &desk);
}

#[test]
fn no_kept_screen_is_left_over() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens/snapshots");
    let kept: BTreeSet<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".snap").map(str::to_owned))
        .collect();
    let mut wanted: BTreeSet<String> =
        SCREENS.iter().map(|(width, height, _, name)| format!("{width}x{height}-{name}")).collect();
    for name in ["100x30-speaking-fi", "100x30-speaking-sv", "100x30-colourless", "80x40-blocks"] {
        wanted.insert(name.to_owned());
    }
    let left_over: Vec<&String> = kept.difference(&wanted).collect();
    assert_eq!(left_over, Vec::<&String>::new());
}
