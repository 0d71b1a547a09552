//! `Clean`, the only text that is drawn, printed or logged, and the cleaner that makes it.

use std::fmt;
use std::ops::{Deref, Range};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Hint, HintKind};

/// Most combining marks kept on one base character.
const MARKS_PER_BASE: u8 = 8;
/// Most zero-width joiners kept in a row of joined characters; the longest emoji in use has four.
const JOINERS_PER_CLUSTER: u8 = 5;

/// Text that is safe to show on a terminal: without control characters, escape sequences, direction overrides,
/// invisible characters or heaps of combining marks, in normalisation form C.
///
/// There is no way to make one from raw text but through [`Cleaner`], so that drawing hostile text is a type error.
/// A newline may stand in it only where [`Cleaner::keeping_lines`] made it.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clean(Box<str>);

impl Clean {
    /// Cleans `raw` to one line: newlines and runs of blanks become one blank each, the ends are trimmed.
    #[must_use]
    pub fn line(raw: &str) -> Self {
        let mut cleaner = Cleaner::joining_lines();
        cleaner.push(raw);
        cleaner.finish().0
    }

    /// Cleans `raw` and keeps its lines: newlines and runs of blanks stay, tabs become blanks up to the next multiple
    /// of four columns.
    #[must_use]
    pub fn lines_of(raw: &str) -> Self {
        let mut cleaner = Cleaner::keeping_lines();
        cleaner.push(raw);
        cleaner.finish().0
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the part at `range`, or an empty text where the range does not fall on character boundaries.
    #[must_use]
    pub fn part(&self, range: Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or_default().into())
    }

    /// Joins clean parts to one text.
    #[must_use]
    pub fn joined(parts: &[&Self], between: &'static str) -> Self {
        let texts: Vec<&str> = parts.iter().map(|part| part.as_str()).collect();
        Self(texts.join(between).into())
    }
}

impl Deref for Clean {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

impl serde::Serialize for Clean {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Clean {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Ok(Self::line(&raw))
    }
}

/// Makes [`Clean`] text piece by piece, so that a format can note where each styled run lies in the result.
///
/// Controls are shown as pictures (`␛`), direction overrides as `⇄`; soft hyphens, zero-width spaces and word joiners
/// become [`Hint`]s; other invisible characters are dropped.
#[derive(Debug, Default)]
pub struct Cleaner {
    text: String,
    hints: Vec<Hint>,
    keep_lines: bool,
    /// A blank was read and is written once something visible follows.
    blank: bool,
    marks: u8,
    joiners: u8,
    column: usize,
}

impl Cleaner {
    /// Returns a cleaner for running text: newlines and runs of blanks become one blank, the ends are trimmed.
    #[must_use]
    pub fn joining_lines() -> Self {
        Self::default()
    }

    /// Returns a cleaner for preformatted text: newlines and blanks are kept.
    #[must_use]
    pub fn keeping_lines() -> Self {
        Self { keep_lines: true, ..Self::default() }
    }

    /// Returns the length of the text so far in bytes, without a blank that is still to be written.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Reports whether no visible text has been pushed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Cleans `raw` onto the end; returns where the visible part of it lies in the text.
    pub fn push(&mut self, raw: &str) -> Range<usize> {
        if self.text.is_empty() {
            // Mostly the text stays as it is and is all there is: nothing is left over in a hundred thousand titles.
            self.text.reserve_exact(raw.len());
        }
        // Combining marks begin at U+0300, whose first byte is 0xCC: texts without such bytes are in form C.
        if raw.bytes().any(|byte| byte >= 0xcc) && is_nfc_quick(raw.chars()) != IsNormalized::Yes {
            let composed: String = raw.nfc().collect();
            self.push_composed(&composed)
        } else {
            self.push_composed(raw)
        }
    }

    /// Returns the cleaned text and its break hints.
    #[must_use]
    pub fn finish(mut self) -> (Clean, Vec<Hint>) {
        if self.keep_lines {
            let trimmed = self.text.trim_end().len();
            self.text.truncate(trimmed);
        }
        let length = self.text.len();
        self.hints.retain(|hint| (hint.offset as usize) < length);
        (Clean(self.text.into_boxed_str()), self.hints)
    }

    fn push_composed(&mut self, raw: &str) -> Range<usize> {
        let mut start = None;
        let mut rest = raw;
        while !rest.is_empty() {
            let plain = plain_prefix(rest);
            if plain > 0 {
                let (run, after) = rest.split_at(plain);
                self.write_blank();
                start.get_or_insert(self.text.len());
                self.text.push_str(run);
                self.column += run.len();
                (self.marks, self.joiners) = (0, 0);
                rest = after;
            } else {
                let mut characters = rest.chars();
                let Some(character) = characters.next() else { break };
                rest = characters.as_str();
                let before = self.text.len();
                self.push_other(character, rest);
                if start.is_none() && self.text.len() > before {
                    let blank = usize::from(!self.keep_lines && self.text.as_bytes().get(before) == Some(&b' '));
                    start = Some(before + blank);
                }
            }
        }
        start.unwrap_or(self.text.len())..self.text.len()
    }

    fn push_other(&mut self, character: char, rest: &str) {
        match character {
            ' ' if self.keep_lines => self.write(' '),
            ' ' => self.blank = true,
            '\t' if self.keep_lines => {
                for _ in 0..4 - self.column % 4 {
                    self.write(' ');
                }
            }
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' if self.keep_lines => {
                self.write('\n');
                self.column = 0;
            }
            '\t' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.blank = true,
            // Blanks of other widths are one cell or two in terminals, as they like: an ordinary blank is safe.
            '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200a}' | '\u{205f}' | '\u{1680}' => {
                if self.keep_lines {
                    self.write(' ');
                } else {
                    self.blank = true;
                }
            }
            '\u{ad}' => self.hint(HintKind::SoftHyphen),
            '\u{200b}' => self.hint(HintKind::ZeroWidthSpace),
            '\u{2060}' | '\u{feff}' if self.text.is_empty() => {}
            '\u{2060}' | '\u{feff}' => self.hint(HintKind::WordJoiner),
            '\0'..='\u{1f}' => self.write(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}')),
            '\u{7f}' => self.write('\u{2421}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.write('\u{21c4}'),
            '\u{80}'..='\u{9f}'
            | '\u{3164}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{ffa0}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fffe}'
            | '\u{ffff}' => self.write('\u{fffd}'),
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{180e}' | '\u{2061}'..='\u{2065}' | '\u{206a}'..='\u{206f}' => {}
            '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{1d173}'..='\u{1d17a}' => {}
            '\u{200c}' | '\u{200d}' => {
                if !self.text.is_empty() && !self.blank && self.joiners < JOINERS_PER_CLUSTER {
                    self.joiners += 1;
                    self.text.push(character);
                }
            }
            _ if unicode_normalization::char::is_combining_mark(character) => {
                if self.text.is_empty() || self.blank {
                    self.write('\u{25cc}');
                }
                if self.marks < MARKS_PER_BASE {
                    self.marks += 1;
                    self.text.push(character);
                }
            }
            _ => {
                let joined = self.text.ends_with('\u{200d}');
                let joiners = self.joiners;
                self.write(character);
                if joined {
                    self.joiners = joiners;
                }
            }
        }
    }

    fn write(&mut self, character: char) {
        self.write_blank();
        (self.marks, self.joiners) = (0, 0);
        self.text.push(character);
        self.column += 1;
    }

    fn write_blank(&mut self) {
        if self.blank {
            self.blank = false;
            if !self.text.is_empty() {
                self.text.push(' ');
                (self.marks, self.joiners) = (0, 0);
            }
        }
    }

    fn hint(&mut self, kind: HintKind) {
        if self.blank || self.text.is_empty() {
            return;
        }
        if let Ok(offset) = u32::try_from(self.text.len()) {
            let hint = Hint { offset, kind };
            if self.hints.last() != Some(&hint) {
                self.hints.push(hint);
            }
        }
    }
}

/// Returns the length in bytes of the start of `text` that needs no cleaning: printable ASCII and letters
/// U+00C0–U+024F, with single blanks between them.
fn plain_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0x21..=0x7e => at += 1,
            0xc3..=0xc8 => at += 2,
            b' ' if at > 0 && matches!(bytes.get(at + 1), Some(0x21..=0x7e | 0xc3..=0xc8)) => at += 1,
            _ => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn hostile_characters_are_shown_harmlessly() {
        for (raw, clean) in [
            ("  two\t words \n here ", "two words here"),
            ("\u{1b}[2Jx", "␛[2Jx"),
            ("bell\u{7}", "bell␇"),
            ("a\u{9b}2J", "a\u{fffd}2J"),
            ("lasku\u{202e}fdp.exe", "lasku⇄fdp.exe"),
            ("a\u{200e}b\u{61c}c", "abc"),
            ("Hei\u{e0041}\u{e0042}", "Hei"),
            ("a\u{a0}b\u{202f}c", "a\u{a0}b\u{202f}c"),
            ("a\u{308}iti", "äiti"),
            ("\u{301}x", "\u{25cc}\u{301}x"),
            ("a\r\nb\rc", "a b␍c"),
        ] {
            assert_eq!(Clean::line(raw).as_str(), clean, "{raw:?}");
        }
    }

    #[test]
    fn marks_and_joiners_are_capped() {
        let zalgo = format!("h{}e", "\u{323}\u{300}".repeat(500));
        assert_eq!(Clean::line(&zalgo).chars().count(), 2 + usize::from(MARKS_PER_BASE));
        let chain = "👨\u{200d}".repeat(5000);
        let clean = Clean::line(&chain);
        let longest = unicode_segmentation::UnicodeSegmentation::graphemes(clean.as_str(), true).map(str::len).max();
        assert!(longest <= Some(64), "{longest:?}");
    }

    #[test]
    fn break_hints_stand_beside_the_text() {
        let mut cleaner = Cleaner::joining_lines();
        cleaner.push("hyvin\u{ad}vointi \u{200b} a\u{2060}-b");
        let (text, hints) = cleaner.finish();
        assert_eq!(text.as_str(), "hyvinvointi a-b");
        assert_eq!(
            hints,
            [Hint { offset: 5, kind: HintKind::SoftHyphen }, Hint { offset: 13, kind: HintKind::WordJoiner }]
        );
    }

    #[test]
    fn pieces_tell_where_they_lie() {
        let mut cleaner = Cleaner::joining_lines();
        assert_eq!(cleaner.push("Lue "), 0..3);
        assert_eq!(cleaner.push(" täältä "), 4..13);
        assert_eq!(cleaner.push("–nyt"), 14..20);
        assert_eq!(cleaner.finish().0.as_str(), "Lue täältä –nyt");
    }

    #[test]
    fn kept_lines_keep_their_blanks() {
        assert_eq!(Clean::lines_of("a\tb\n  c\r\nd\n\n").as_str(), "a   b\n  c\nd");
    }

    proptest! {
        #[test]
        fn cleaning_is_total_and_idempotent(raw in any::<String>()) {
            for clean in [Clean::line(&raw), Clean::lines_of(&raw)] {
                let shown = |c: char| c == '\n' || !c.is_control();
                prop_assert!(clean.chars().all(shown));
                let invisible = |c: char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{202a}'..='\u{202e}');
                prop_assert!(!clean.chars().any(invisible));
            }
            let once = Clean::line(&raw);
            prop_assert_eq!(&Clean::line(&once), &once);
        }
    }
}
