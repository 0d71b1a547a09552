//! Edits a line of text being typed.

use unicode_segmentation::UnicodeSegmentation;

use super::{Key, KeyCode};
use crate::text::Clean;

/// Longest line that can be typed, in bytes.
const LONGEST: usize = 512;

/// Holds a typed line with a cursor between graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte offset of the cursor.
    cursor: usize,
}

impl Input {
    /// Returns what was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what was typed before the cursor.
    #[must_use]
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Reports whether a key is for editing a line: it types, removes or moves the cursor.
    #[must_use]
    pub const fn edits(key: Key) -> bool {
        match key.code {
            KeyCode::Char('u' | 'w' | 'a' | 'e') if key.ctrl => true,
            KeyCode::Char(_) => !key.ctrl && !key.alt,
            KeyCode::Backspace | KeyCode::Delete | KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End => {
                true
            }
            _ => false,
        }
    }

    /// Handles a key; returns whether it changed the text.
    pub fn press(&mut self, key: Key) -> bool {
        let length = self.text.len();
        match (key.code, key.ctrl) {
            (KeyCode::Char('u'), true) => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            (KeyCode::Char('w'), true) => {
                let start = self.before_cursor().unicode_word_indices().next_back().map_or(0, |(at, _)| at);
                self.remove(start);
            }
            (KeyCode::Char('a'), true) | (KeyCode::Home, _) => self.cursor = 0,
            (KeyCode::Char('e'), true) | (KeyCode::End, _) => self.cursor = length,
            (KeyCode::Char(character), false) if !key.alt => self.insert(character.encode_utf8(&mut [0; 4])),
            (KeyCode::Backspace, _) => self.remove(self.left()),
            (KeyCode::Delete, _) => {
                let start = self.cursor;
                self.cursor = self.right();
                self.remove(start);
            }
            (KeyCode::Left, _) => self.cursor = self.left(),
            (KeyCode::Right, _) => self.cursor = self.right(),
            _ => {}
        }
        self.text.len() != length
    }

    /// Inserts text at the cursor, cleaned and on one line.
    pub fn insert(&mut self, raw: &str) {
        let clean = Clean::line(raw);
        // `Clean` would trim a single blank, which is what the space bar types.
        let text = if raw == " " { " " } else { clean.as_str() };
        if self.text.len() + text.len() <= LONGEST {
            self.text.insert_str(self.cursor, text);
            self.cursor += text.len();
        }
    }

    fn remove(&mut self, start: usize) {
        self.text.drain(start..self.cursor);
        self.cursor = start;
    }

    fn left(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn right(&self) -> usize {
        let rest = self.text.get(self.cursor..).unwrap_or_default();
        self.cursor + rest.graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::parse;

    fn typed(keys: &str) -> Input {
        let mut input = Input::default();
        for key in parse(keys).unwrap() {
            input.press(key);
        }
        input
    }

    #[test]
    fn keys_edit_by_graphemes_and_words() {
        assert_eq!(typed("k a t u left left x").text(), "kaxtu");
        assert_eq!(typed("y k s i space k a k s i ctrl-w").text(), "yksi ");
        assert_eq!(typed("a b c left ctrl-u").text(), "c");
        assert_eq!(typed("a b home delete").text(), "b");
        let mut family = Input::default();
        family.insert("a👨‍👩‍👧‍👦");
        family.press(Key::plain(KeyCode::Backspace));
        assert_eq!(family.text(), "a");
    }

    #[test]
    fn pasted_controls_become_pictures_and_length_is_bounded() {
        let mut input = Input::default();
        input.insert("a\u{1b}[2J\nb");
        assert_eq!(input.text(), "a␛[2J b");
        input.insert(&"x".repeat(10_000));
        assert!(input.text().len() < LONGEST);
    }
}
