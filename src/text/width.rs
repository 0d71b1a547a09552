//! The cells a text takes in a terminal.

use unicode_width::UnicodeWidthStr;

/// Returns the cells `text` takes, as ratatui counts them, without the Unicode tables for the letters of ordinary
/// prose.
///
/// `textwrap::core::display_width` is not used: it counts code points, and an emoji family as eight cells, not two.
#[must_use]
pub fn width(text: &str) -> usize {
    let mut cells = 0;
    for character in text.chars() {
        match character {
            // Each of these takes one cell whatever its neighbours are.
            ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '€' => cells += 1,
            _ => return text.width(),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::width;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn widths_are_those_of_the_terminal() {
        for (text, cells) in [("", 0), ("Äiti", 4), ("2–3 €", 5), ("東京", 4), ("👨‍👩‍👧‍👦", 2), ("e\u{301}", 1)]
        {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn every_letter_of_the_short_way_counts_as_the_tables_say() {
        for character in (' '..='\u{2fff}').filter(|character| !character.is_control()) {
            let text = String::from_iter(['a', character, 'b']);
            assert_eq!(width(&text), text.width(), "{character:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_agrees_with_the_tables(text in "[ -~a-öĀ-ʯ–—’”…€\u{300}\u{200d}\u{fe0f}א-ת東👩]{0,24}") {
            prop_assert_eq!(width(&text), text.width());
        }
    }
}
