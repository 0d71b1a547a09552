//! Normalisation of paragraphs for measuring and setting: composed, without controls, with single blanks.

use super::{Hint, HintKind};
use std::iter::Peekable;
use std::str::Chars;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Cleans one paragraph and returns it with its break hints.
///
/// The text comes back in NFC, trimmed, with each run of ordinary white space as one blank (no-break spaces stay),
/// without escape sequences (ECMA-48), control characters, bidi controls and other invisible format characters.
#[must_use]
pub fn normalize_paragraph(raw: &str) -> (String, Vec<Hint>) {
    if is_clean(raw.as_bytes()) { (raw.to_owned(), Vec::new()) } else { normalize_slowly(raw) }
}

/// Reports whether `raw` surely needs no change, judged byte by byte; ordinary prose passes.
fn is_clean(raw: &[u8]) -> bool {
    let mut blank = true;
    let mut bytes = raw.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            b' ' if blank => return false,
            b' ' => {
                blank = true;
                continue;
            }
            0x21..=0x7e => {}
            // U+00A0–U+02FF are composed; of them only the soft hyphen is no plain character.
            0xc2 => {
                if bytes.next().is_none_or(|&next| next < 0xa0 || next == 0xad) {
                    return false;
                }
            }
            0xc3..=0xcb => {
                bytes.next();
            }
            // U+2010–U+2027: dashes, quotation marks, dots.
            0xe2 => {
                if bytes.next() != Some(&0x80) || !bytes.next().is_some_and(|next| (0x90..=0xa7).contains(next)) {
                    return false;
                }
            }
            _ => return false,
        }
        blank = false;
    }
    !blank || raw.is_empty()
}

/// Cleans any paragraph: filters character by character, then composes.
fn normalize_slowly(raw: &str) -> (String, Vec<Hint>) {
    let mut text = String::with_capacity(raw.len());
    let mut hints: Vec<(usize, HintKind)> = Vec::new();
    let mut blank = false;
    let mut characters = raw.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\u{1b}' => skip_escape(&mut characters),
            '\u{9b}' => skip_sequence(&mut characters),
            '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => skip_string(&mut characters),
            '\u{ad}' => hints.push((text.len(), HintKind::SoftHyphen)),
            '\u{200b}' => hints.push((text.len(), HintKind::ZeroWidthSpace)),
            '\u{2060}' => hints.push((text.len(), HintKind::WordJoiner)),
            _ if is_dropped(character) => {}
            '\u{a0}' | '\u{202f}' | '\u{2007}' => {
                settle(&mut text, &mut blank);
                text.push(character);
            }
            _ if character.is_whitespace() => blank = true,
            _ if character.is_control() => {}
            _ => {
                settle(&mut text, &mut blank);
                text.push(character);
            }
        }
    }
    if is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = compose(&text, &mut hints);
    }
    let hints = hints
        .into_iter()
        .filter_map(|(offset, kind)| u32::try_from(offset).ok().map(|offset| Hint { offset, kind }))
        .collect();
    (text, hints)
}

/// Writes the pending blank, unless the paragraph has not begun.
fn settle(text: &mut String, blank: &mut bool) {
    if *blank && !text.is_empty() {
        text.push(' ');
    }
    *blank = false;
}

/// Composes the text piece by piece between the hints, so that each hint keeps its place.
fn compose(text: &str, hints: &mut Vec<(usize, HintKind)>) -> String {
    let mut composed = String::with_capacity(text.len());
    let mut from = 0;
    for (offset, _) in hints.iter_mut() {
        composed.extend(text.get(from..*offset).unwrap_or_default().nfc());
        from = *offset;
        *offset = composed.len();
    }
    composed.extend(text.get(from..).unwrap_or_default().nfc());
    let whole: String = text.nfc().collect();
    if whole != composed {
        // A hint stood between a letter and its accent; no one would hyphenate there.
        hints.clear();
    }
    whole
}

/// Skips what follows an ESC: a control sequence, a control string, or a short escape.
fn skip_escape(characters: &mut Peekable<Chars<'_>>) {
    match characters.next() {
        Some('[') => skip_sequence(characters),
        Some(']' | 'P' | 'X' | '^' | '_') => skip_string(characters),
        Some(' '..='/') => while characters.next().is_some_and(|character| matches!(character, ' '..='/')) {},
        _ => {}
    }
}

/// Skips a control sequence after its introducer; an interrupted one swallows nothing that is not part of it.
fn skip_sequence(characters: &mut Peekable<Chars<'_>>) {
    while characters.next_if(|character| matches!(character, ' '..='?')).is_some() {}
    characters.next_if(|character| matches!(character, '@'..='~'));
}

/// Skips a control string to its terminator, or to the end of the paragraph.
fn skip_string(characters: &mut Peekable<Chars<'_>>) {
    while let Some(character) = characters.next() {
        match character {
            '\u{7}' | '\u{9c}' => return,
            '\u{1b}' => {
                characters.next_if_eq(&'\\');
                return;
            }
            _ => {}
        }
    }
}

/// Reports whether a format character is dropped because it would hide or reorder text; joiners stay, as emoji and
/// several scripts need them.
const fn is_dropped(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{180e}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e001f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paragraphs_are_cleaned() {
        for (raw, text) in [
            ("", ""),
            ("   sisennetty  rivi\t tässä  ", "sisennetty rivi tässä"),
            ("punainen \u{1b}[31mteksti\u{7} ja \u{9b}1m loppu", "punainen teksti ja loppu"),
            ("\u{1b}]8;;https://x.fi\u{1b}\\linkki\u{1b}]8;;\u{7} jää", "linkki jää"),
            ("kehitta\u{308}mistyo\u{308}", "kehittämistyö"),
            ("5\u{a0}000\u{202f}€", "5\u{a0}000\u{202f}€"),
            ("oikea\u{202e}nurin", "oikeanurin"),
            ("\u{feff}alku", "alku"),
            ("rivi\r\n", "rivi"),
        ] {
            assert_eq!(normalize_paragraph(raw).0, text, "{raw:?}");
        }
    }

    #[test]
    fn hints_keep_their_places() {
        let (text, hints) = normalize_paragraph("hyvä\u{ad}vointi\u{200b}alu\u{2060}e a\u{308}\u{ad}b");
        assert_eq!(text, "hyvävointialue äb");
        let offsets: Vec<u32> = hints.iter().map(|hint| hint.offset).collect();
        assert_eq!(offsets, [5, 11, 14, 18]);
        assert_eq!(hints.first().map(|hint| hint.kind), Some(HintKind::SoftHyphen));
    }

    proptest! {
        #[test]
        fn the_quick_way_agrees_with_the_general(raw in "[ -~\u{80}-ʯ–—’”…€\u{300}\u{308}\u{200b}\u{2060}\t\u{1b}]{0,24}") {
            prop_assert_eq!(normalize_paragraph(&raw), normalize_slowly(&raw));
        }

        #[test]
        fn normalising_twice_changes_nothing(raw in "\\PC{0,24}") {
            let (text, _) = normalize_paragraph(&raw);
            prop_assert_eq!(normalize_paragraph(&text), (text.clone(), Vec::new()));
        }
    }
}
