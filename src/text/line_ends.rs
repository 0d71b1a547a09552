//! Line ends of other systems and of Unicode, made line feeds.

use std::borrow::Cow;

use memchr::{memchr3, memmem};

/// Returns `text` with line feeds for all other line ends: a lone carriage return, vertical tab and form feed, U+0085
/// and U+2028. U+2029, which ends a paragraph, becomes a blank line; `\r\n` stays.
///
/// Borrows a text that has none of them, which costs only a scan of its bytes.
#[must_use]
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !has_other_line_ends(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => out.push('\r'),
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => out.push('\n'),
            '\u{2029}' => out.push_str("\n\n"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

fn has_other_line_ends(bytes: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr3(b'\r', 0x0b, 0x0c, rest)).map(|at| from + at) {
        if bytes.get(at..at + 2) != Some(b"\r\n") {
            return true;
        }
        from = at + 2;
    }
    ["\u{85}", "\u{2028}", "\u{2029}"].iter().any(|end| memmem::find(bytes, end.as_bytes()).is_some())
}

#[cfg(test)]
mod tests {
    use super::with_line_feeds;
    use std::borrow::Cow;

    #[test]
    fn every_line_end_becomes_a_line_feed() {
        for (text, lines) in [
            ("a\rb\r\rc", "a\nb\n\nc"),
            ("a\u{b}b\u{c}c", "a\nb\nc"),
            ("a\u{85}b\u{2028}c", "a\nb\nc"),
            ("Otsikko\u{2029}Teksti.", "Otsikko\n\nTeksti."),
            ("a\r\nb\u{2028}c\r", "a\r\nb\nc\n"),
        ] {
            assert_eq!(with_line_feeds(text), lines, "{text:?}");
        }
        for plain in ["", "a\nb", "a\r\nb\r\n", "– ’ \u{a0}€"] {
            assert!(matches!(with_line_feeds(plain), Cow::Borrowed(same) if same == plain), "{plain:?}");
        }
    }
}
