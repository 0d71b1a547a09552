//! Parses the bytes a terminal sends into events: keys, mouse, pastes. Total: any bytes in, no error out.
//!
//! Answers of the terminal (the program asks nothing, but hostile text elsewhere may have) are discarded, never typed.

use std::time::Duration;

use super::sequences::{self, Meaning};
use crate::app::{Event, Key, KeyCode};

/// Longest time after which an Esc may still be the beginning of a sequence.
const AFTER_ESC: Duration = Duration::from_millis(50);
/// Longest pause within a sequence, on a slow line.
const WITHIN_SEQUENCE: Duration = Duration::from_millis(400);
/// Longest pause within a paste; after it the paste counts as finished.
const WITHIN_PASTE: Duration = Duration::from_secs(1);
/// Most bytes kept of a paste.
const LONGEST_PASTE: usize = 1 << 20;
/// Most bytes kept of a sequence; longer ones are unknown to this parser.
const LONGEST_SEQUENCE: usize = 64;
const END_OF_PASTE: &[u8] = b"\x1b[201~";

/// Parses the input of a terminal byte by byte, however it is divided into reads.
#[derive(Debug, Default)]
pub(super) struct Parser {
    state: State,
    /// The bytes read of a character or a sequence.
    held: Vec<u8>,
    paste: Vec<u8>,
    /// Number of bytes of [`END_OF_PASTE`] that were matched.
    end_seen: usize,
    /// Whether an Esc came before the character being read.
    alt: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Ground,
    /// In a character of this many bytes.
    Character(usize),
    Escape,
    /// After `ESC [`.
    Control,
    /// After `ESC O`.
    Shift3,
    /// After `ESC [ [`, as the Linux console begins its function keys.
    Console,
    /// After `ESC [ M`: three bytes of an old mouse report.
    OldMouse,
    /// In a string that is an answer of the terminal, until its end.
    Text,
    /// After an Esc in such a string.
    TextEscape,
    Paste,
}

impl Parser {
    /// Parses `bytes` and calls `tell` with every event they complete.
    pub(super) fn feed(&mut self, bytes: &[u8], tell: &mut impl FnMut(Event)) {
        for &byte in bytes {
            self.take(byte, tell);
        }
    }

    /// Returns how long to wait for more bytes before calling [`Self::give_up`]; `None` if nothing is unfinished.
    pub(super) fn patience(&self) -> Option<Duration> {
        match self.state {
            State::Ground => None,
            State::Escape | State::TextEscape => Some(AFTER_ESC),
            State::Paste => Some(WITHIN_PASTE),
            _ => Some(WITHIN_SEQUENCE),
        }
    }

    /// Ends what is unfinished: a lone Esc becomes that key, `ESC [` becomes Alt and a bracket.
    pub(super) fn give_up(&mut self, tell: &mut impl FnMut(Event)) {
        let state = std::mem::take(&mut self.state);
        let alt = |character| Key { alt: true, ..Key::from(character) };
        let key = match state {
            State::Escape | State::TextEscape => Some(Key::plain(KeyCode::Esc)),
            State::Control if self.held.is_empty() => Some(alt('[')),
            State::Shift3 => Some(alt('O')),
            State::Text => match *self.held.as_slice() {
                [introducer] => Some(alt(char::from(introducer))),
                _ => None,
            },
            State::Paste => {
                self.finish_paste(tell);
                None
            }
            State::Ground | State::Character(_) | State::Control | State::Console | State::OldMouse => None,
        };
        self.held.clear();
        self.alt = false;
        if let Some(key) = key {
            tell(Event::KeyPressed(key));
        }
    }

    fn take(&mut self, byte: u8, tell: &mut impl FnMut(Event)) {
        match self.state {
            State::Ground => self.take_plain(byte, false, tell),
            State::Character(length) => self.take_character(byte, length, tell),
            // The string ended, or a new sequence interrupted it.
            State::TextEscape if byte == b'\\' => self.enter(State::Ground),
            State::Escape | State::TextEscape => match byte {
                b'[' => self.enter(State::Control),
                b'O' => self.enter(State::Shift3),
                b']' | b'P' | b'_' | b'^' | b'X' => {
                    self.enter(State::Text);
                    self.held.push(byte);
                }
                0x1b => {
                    self.enter(State::Escape);
                    tell(Event::KeyPressed(Key::plain(KeyCode::Esc)));
                }
                _ => self.take_plain(byte, true, tell),
            },
            State::Control => self.take_control(byte, tell),
            State::Shift3 => match sequences::shift3(byte) {
                Some(key) => self.finish(Some(Meaning::Event(Event::KeyPressed(key))), tell),
                None => self.take_plain(byte, false, tell),
            },
            State::Console => {
                let key = sequences::console(byte);
                self.finish(key.map(|key| Meaning::Event(Event::KeyPressed(key))), tell);
            }
            State::OldMouse => {
                self.held.push(byte);
                if let [button, column, row] = *self.held.as_slice() {
                    let found = sequences::old_mouse(button, column, row);
                    self.finish(found.map(Meaning::Event), tell);
                }
            }
            State::Text => self.take_text(byte),
            State::Paste => self.take_paste(byte, tell),
        }
    }

    fn enter(&mut self, state: State) {
        self.held.clear();
        self.state = state;
    }

    /// Handles a byte that begins something; `alt` if an Esc came before it.
    fn take_plain(&mut self, byte: u8, alt: bool, tell: &mut impl FnMut(Event)) {
        self.enter(State::Ground);
        self.alt = alt;
        let length = match byte {
            0x1b => return self.state = State::Escape,
            0xc2..=0xdf => 2,
            0xe0..=0xef => 3,
            0xf0..=0xf4 => 4,
            0x80..=0xff => return,
            _ => {
                let key = sequences::ascii(byte);
                return tell(Event::KeyPressed(Key { alt, ..key }));
            }
        };
        self.held.push(byte);
        self.state = State::Character(length);
    }

    fn take_character(&mut self, byte: u8, length: usize, tell: &mut impl FnMut(Event)) {
        if !(0x80..=0xbf).contains(&byte) {
            return self.take_plain(byte, false, tell);
        }
        self.held.push(byte);
        if self.held.len() < length {
            return;
        }
        let character = std::str::from_utf8(&self.held).ok().and_then(|text| text.chars().next());
        self.enter(State::Ground);
        if let Some(character) = character.filter(|character| !character.is_control()) {
            tell(Event::KeyPressed(Key { alt: self.alt, ..Key::from(character) }));
        }
    }

    fn take_control(&mut self, byte: u8, tell: &mut impl FnMut(Event)) {
        match byte {
            0x20..=0x3f if self.held.len() < LONGEST_SEQUENCE => self.held.push(byte),
            0x20..=0x3f => {}
            b'[' if self.held.is_empty() => self.state = State::Console,
            b'M' if self.held.is_empty() => self.state = State::OldMouse,
            0x40..=0x7e => {
                let found =
                    (self.held.len() < LONGEST_SEQUENCE).then(|| sequences::control(&self.held, byte)).flatten();
                self.finish(found, tell);
            }
            _ => self.take_plain(byte, false, tell),
        }
    }

    /// Ends a sequence that means `found`.
    fn finish(&mut self, found: Option<Meaning>, tell: &mut impl FnMut(Event)) {
        self.enter(State::Ground);
        match found {
            Some(Meaning::Event(event)) => tell(event),
            Some(Meaning::Paste) => {
                self.paste.clear();
                self.end_seen = 0;
                self.state = State::Paste;
            }
            None => {}
        }
    }

    fn take_text(&mut self, byte: u8) {
        match byte {
            0x07 | 0x18 | 0x1a => self.enter(State::Ground),
            0x1b => self.enter(State::TextEscape),
            // The introducer alone may still be a key pressed with Alt.
            _ => self.held.resize(2, 0),
        }
    }

    fn take_paste(&mut self, byte: u8, tell: &mut impl FnMut(Event)) {
        if END_OF_PASTE.get(self.end_seen) == Some(&byte) {
            self.end_seen += 1;
            if self.end_seen == END_OF_PASTE.len() {
                self.state = State::Ground;
                self.end_seen = 0;
                self.finish_paste(tell);
            }
            return;
        }
        let seen = END_OF_PASTE.get(..self.end_seen).unwrap_or_default();
        let again = usize::from(byte == 0x1b);
        let rest = if again == 1 { &[] } else { std::slice::from_ref(&byte) };
        if self.paste.len() + seen.len() < LONGEST_PASTE {
            self.paste.extend_from_slice(seen);
            self.paste.extend_from_slice(rest);
        }
        self.end_seen = again;
    }

    fn finish_paste(&mut self, tell: &mut impl FnMut(Event)) {
        let paste = std::mem::take(&mut self.paste);
        // Terminals send a carriage return for the end of a line.
        let text = String::from_utf8_lossy(&paste).replace("\r\n", "\n").replace('\r', "\n");
        tell(Event::Pasted(text));
    }
}

#[cfg(test)]
mod tests;
