//! How many terminal cells a text takes.

use unicode_width::UnicodeWidthStr;

/// The width of `text` in terminal cells, counted the way ratatui counts it: grapheme by grapheme.
///
/// Texts of printable ASCII, the common case, are not looked up in any table.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) { text.len() } else { UnicodeWidthStr::width(text) }
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn cells_are_counted_as_terminals_show_them() {
        for (text, cells) in [("", 0), ("abc", 3), ("äö–", 3), ("東京", 4), ("👨‍👩‍👧‍👦", 2), ("a\u{308}", 1)]
        {
            assert_eq!(width(text), cells, "{text}");
        }
    }
}
