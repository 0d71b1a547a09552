//! Filters what a cell may send to the terminal, in case a widget let hostile text through.
//!
//! This is the second line of defence and independent of the first, [`crate::text::Clean`].

use unicode_normalization::char::is_combining_mark;

use crate::text::width;

/// Most bytes that one cell sends.
pub(super) const LONGEST: usize = 64;
/// Most combining marks on one character.
const MOST_MARKS: usize = 8;

/// Holds what is sent for a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown<'a> {
    /// The symbol itself, or a replacement.
    pub(super) text: &'a str,
    /// The width of the symbol in cells, as the program computes it.
    pub(super) cells: usize,
    /// Whether every terminal moves its cursor by exactly `cells` for `text`.
    pub(super) certain: bool,
}

/// Returns what may be sent for `symbol`: itself, or U+FFFD if it holds anything that a terminal could interpret,
/// reorder by or choke on.
pub(super) fn shown(symbol: &str) -> Shown<'_> {
    if let [0x20..=0x7e] | [0xc3..=0xcb, _] = symbol.as_bytes() {
        // Printable ASCII, and the letters U+00C0–U+02FF.
        return Shown { text: symbol, cells: 1, certain: true };
    }
    let cells = width(symbol);
    let mut marks = 0;
    let harmless = |character: char| {
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        marks <= MOST_MARKS && !acts(character)
    };
    if cells == 0 || symbol.len() > LONGEST || !symbol.chars().all(harmless) {
        return Shown { text: "\u{fffd}", cells: cells.max(1), certain: cells <= 1 };
    }
    let mut characters = symbol.chars();
    // Terminals agree on the width of single characters except emoji, of which there are new ones every year.
    let agreed = characters.next().is_some_and(|first| u32::from(first) < 0x1f000) && characters.next().is_none();
    Shown { text: symbol, cells, certain: agreed }
}

/// Returns the first character alone, for a frame that has spent its budget on long clusters.
pub(super) fn shortened(shown: Shown<'_>) -> Shown<'_> {
    let first = shown.text.chars().next().map_or(0, char::len_utf8);
    let text = shown.text.get(..first).unwrap_or_default();
    if width(text) == shown.cells {
        Shown { text, certain: true, ..shown }
    } else {
        Shown { text: "\u{fffd}", certain: shown.cells == 1, ..shown }
    }
}

/// Reports whether a terminal might do anything with `character` but show it: controls, direction marks, invisible
/// characters.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_passes() {
        for (symbol, cells, certain) in [
            ("a", 1, true),
            (" ", 1, true),
            ("ä", 1, true),
            ("–", 1, true),
            ("·", 1, true),
            ("▌", 1, true),
            ("漢", 2, true),
            ("\u{a0}", 1, true),
            ("a\u{308}", 1, false),
            ("👨\u{200d}👩\u{200d}👧", 2, false),
            ("🫨", 2, false),
            ("❤\u{fe0f}", 2, false),
        ] {
            assert_eq!(shown(symbol), Shown { text: symbol, cells, certain }, "{symbol:?}");
        }
    }

    #[test]
    fn hostile_text_is_replaced() {
        let heap = format!("a{}", "\u{301}".repeat(9));
        let long = "👨\u{200d}".repeat(12);
        for symbol in
            ["", "\u{1b}", "\u{1b}[2J", "\u{7f}", "\u{9b}", "a\u{202e}", "\u{200b}", "\u{301}", "\r", &heap, &long]
        {
            assert_eq!(shown(symbol).text, "\u{fffd}", "{symbol:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_acts_and_nothing_is_long(symbol in any::<String>()) {
            let shown = shown(&symbol);
            prop_assert!(shown.cells > 0 && shown.text.len() <= LONGEST);
            prop_assert!(!shown.text.is_empty() && !shown.text.chars().any(acts));
            let shortened = shortened(shown);
            prop_assert!(shortened.text.len() <= 4 && !shortened.text.is_empty());
            prop_assert!(!shortened.text.chars().any(acts));
        }
    }
}
