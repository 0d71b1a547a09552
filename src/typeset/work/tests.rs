//! Setting a text takes work in proportion to its length.

use std::sync::Arc;

use crate::formats::{Input, read};
use crate::text::work::steps_of;
use crate::text::{Language, normalize_paragraph};
use crate::typeset::{Fill, Layout, Measure, Method, Setting, UNIT, set_paragraph};

/// Parts that texts are made of by repetition, each of another kind.
const KINDS: &[(&str, &str)] = &[
    ("zero-width spaces in a word", "a\u{200b}"),
    ("soft hyphens in a word", "k\u{ad}"),
    ("word joiners in a word", "ka\u{2060}la\u{2060}"),
    ("hints of all kinds in one place", "a\u{200b}\u{ad}\u{2060}\u{200b}"),
    ("hints between accents", "e\u{301}\u{200b}"),
    ("hints between letters without width", "\u{3164}\u{200b}"),
    ("letters without width", "x\u{3164}\u{3164}\u{3164}\u{3164}\u{3164}\u{3164}"),
    ("one long word", "kunnanhallitus"),
    ("one long row of consonants", "k"),
    ("hexadecimal digits", "0f3a9"),
    ("an address", "polku/sivu?a=b&"),
    ("hyphens of its own", "sana-"),
    ("no-break spaces", "5\u{a0}000"),
    ("wide letters", "東京、"),
    ("pictures joined", "👩\u{200d}"),
    ("joined letters", "لا"),
    ("short words", "ja "),
    ("glued words", "klo 12.30 – 14 "),
    ("capitals", "KUNTA"),
    ("apostrophes", "a'"),
    ("slashes", "ja/tai/"),
];

fn steps(part: &str, times: usize, setting: Setting) -> usize {
    let (text, hints) = normalize_paragraph(&("alku ".repeat(20) + &part.repeat(times)));
    steps_of(|| assert!(text.is_empty() || !set_paragraph(&text, &hints, &setting).is_empty()))
}

#[test]
fn twice_the_text_takes_twice_the_work() {
    for (kind, part) in KINDS {
        for method in [Method::Body, Method::Heading, Method::FirstFit] {
            for (width, language) in [(10, Some(Language::Finnish)), (72, Some(Language::English)), (72, None)] {
                let setting = Setting { width, language, hyphenate: true, method };
                let times = 3_000 / part.len();
                let (once, twice) = (steps(part, times, setting), steps(part, times * 2, setting));
                assert!(once > 0, "{kind}: nothing is counted");
                assert!(twice * 10 <= once * 23 + 10_000, "{kind}, {setting:?}: {once} steps, then {twice}");
                let bytes = part.len() * times + 100;
                let most = 8 + 2 * usize::from(width);
                assert!(once <= most * bytes, "{kind}, {setting:?}: {once} steps for {bytes} bytes");
            }
        }
    }
}

fn laid_out(name: &str, text: &str) -> Layout {
    let announcement = read(&Input::new(name, text.as_bytes())).announcements.remove(0);
    Layout::new(Arc::new(announcement), "", Measure { width: 60, fill: Fill::Justified, boilerplate: true })
}

#[test]
fn no_unit_of_a_text_takes_more_than_a_moment() {
    let table = |columns: usize, rows: usize, cell: &str| {
        let row = format!("|{}\n", format!("{cell}|").repeat(columns));
        format!("# Taulukko\n\n{row}|{}\n{}", "---|".repeat(columns), row.repeat(rows))
    };
    for (kind, name, text) in [
        ("one paragraph", "a.md", format!("# Teksti\n\n{}", "kunnanhallitus päätti asiasta ".repeat(20_000))),
        ("one word", "a.md", format!("# Sana\n\n{}", "hallitus\u{ad}".repeat(40_000))),
        ("one line that is kept", "a.md", format!("# Koodi\n\n    {}", "0123456789".repeat(40_000))),
        ("many tiny blocks", "a.md", format!("# Rivit\n\n{}", "- a\n".repeat(20_000))),
        ("a long table", "a.md", table(3, 10_000, "va\u{ad}lin\u{ad}ta")),
        ("a wide table", "a.md", table(300, 60, "so\u{ad}lu")),
        ("a table with a cell of a whole book", "a.md", table(2, 1, &"solun teksti ".repeat(10_000))),
    ] {
        let mut layout = laid_out(name, &text);
        let (mut most, mut all) = (0, 0);
        let mut row = layout.first_row();
        while let Some(at) = row {
            let steps = steps_of(|| row = layout.next_row(at));
            (most, all) = (usize::max(most, steps), all + steps);
        }
        assert!(most <= UNIT * 2 * 150, "{kind}: a row takes {most} steps");
        assert!(all <= text.len() * 150, "{kind}: {all} steps for {} bytes", text.len());
    }
}
