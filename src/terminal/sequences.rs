//! Maps the sequences of terminals to events: tables, without state.

use crate::app::{Event, Key, KeyCode, MouseKind};

/// Names the meaning of a control sequence.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Meaning {
    /// An event.
    Event(Event),
    /// The beginning of a paste.
    Paste,
}

/// Returns the key of an ASCII byte.
pub(super) fn ascii(byte: u8) -> Key {
    match byte {
        0x00 => Key::ctrl(' '),
        0x08 | 0x7f => Key::plain(KeyCode::Backspace),
        0x09 => Key::plain(KeyCode::Tab),
        0x0d => Key::plain(KeyCode::Enter),
        0x1b => Key::plain(KeyCode::Esc),
        0x01..=0x1a => Key::ctrl(char::from(byte | 0x60)),
        0x1c..=0x1f => Key::ctrl(char::from(byte | 0x40)),
        _ => Key::from(char::from(byte)),
    }
}

/// Returns the key after `ESC O`: arrows in application mode, the first function keys, the keypad.
pub(super) fn shift3(byte: u8) -> Option<Key> {
    let code = match byte {
        b'M' => KeyCode::Enter,
        b'X' => KeyCode::Char('='),
        b'j'..=b'y' => KeyCode::Char(char::from(byte - b'j' + b'*')),
        _ => letter(byte)?,
    };
    Some(Key::plain(code))
}

/// Returns the key after `ESC [ [` of the Linux console.
pub(super) fn console(byte: u8) -> Option<Key> {
    matches!(byte, b'A'..=b'E').then(|| Key::plain(KeyCode::F(byte - b'A' + 1)))
}

/// Returns the event of a mouse report in X10 encoding, whose numbers have 32 added; cells count from 1.
pub(super) fn old_mouse(button: u8, column: u8, row: u8) -> Option<Event> {
    let button = u32::from(button.checked_sub(32)?);
    let cell = |number: u8| u32::from(number.saturating_sub(32));
    mouse(button, cell(column), cell(row), button & 3 == 3)
}

/// Returns the meaning of `ESC [`, `parameters` and `last`.
pub(super) fn control(parameters: &[u8], last: u8) -> Option<Meaning> {
    if let Some((b'<', numbers)) = parameters.split_first() {
        let mut numbers = Numbers(numbers);
        let (button, column, row) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let report = matches!(last, b'M' | b'm').then(|| mouse(button.first, column.first, row.first, last == b'm'));
        return report.flatten().map(Meaning::Event);
    }
    if !parameters.iter().all(|byte| matches!(byte, b'0'..=b';')) {
        return None;
    }
    let mut numbers = Numbers(parameters);
    let number = numbers.next().unwrap_or_default();
    let modified = numbers.next().unwrap_or_default();
    let held = Held::of(modified.first);
    // In the protocol that reports them, 3 is a key release.
    if modified.second == 3 {
        return None;
    }
    let code = match last {
        b'~' | b'^' => match number.first {
            200 if last == b'~' => return Some(Meaning::Paste),
            27 => return unicode(numbers.next()?, held),
            tilde => numbered(tilde)?,
        },
        b'u' => return unicode(number, held),
        // A cursor position report looks like a modified F3 except for its first number.
        b'R' if number.first > 1 => return None,
        b'Z' => KeyCode::BackTab,
        _ => letter(last)?,
    };
    let key = Key { code, ctrl: held.ctrl || last == b'^', alt: held.alt };
    Some(Meaning::Event(Event::KeyPressed(key)))
}

/// Returns the key of a sequence that ends in a letter, after `ESC [` and `ESC O` alike.
fn letter(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(letter - b'P' + 1),
        _ => return None,
    })
}

/// Returns the key of a number before a tilde.
fn numbered(number: u32) -> Option<KeyCode> {
    let function = |first: u8, offset: u32| u8::try_from(offset).ok().map(|offset| KeyCode::F(first + offset));
    match number {
        1 | 7 => Some(KeyCode::Home),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(1, number - 11),
        17..=21 => function(6, number - 17),
        23..=26 => function(11, number - 23),
        28 | 29 => function(15, number - 28),
        31..=34 => function(17, number - 31),
        _ => None,
    }
}

/// Returns the key of a character's number, as kitty and xterm can be set to send.
fn unicode(number: Number, held: Held) -> Option<Meaning> {
    let code = match number.first {
        9 if held.shift => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57_414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        57_399..=57_408 => KeyCode::Char(char::from_digit(number.first - 57_399, 10)?),
        57_417 => KeyCode::Left,
        57_418 => KeyCode::Right,
        57_419 => KeyCode::Up,
        57_420 => KeyCode::Down,
        57_421 => KeyCode::PageUp,
        57_422 => KeyCode::PageDown,
        57_423 => KeyCode::Home,
        57_424 => KeyCode::End,
        57_426 => KeyCode::Delete,
        // The other keys that are not characters have private-use numbers.
        57_344..=63_743 => return None,
        other => {
            let character = char::from_u32(if held.shift && number.second > 0 { number.second } else { other })?;
            if character.is_control() {
                return None;
            }
            let capital = character.to_uppercase().next().filter(|_| held.shift && !held.ctrl);
            KeyCode::Char(capital.unwrap_or(character))
        }
    };
    Some(Meaning::Event(Event::KeyPressed(Key { code, ctrl: held.ctrl, alt: held.alt })))
}

/// Returns the event of a mouse report; cells count from 1.
fn mouse(button: u32, column: u32, row: u32, released: bool) -> Option<Event> {
    // Two bits name the button; 4, 8 and 16 are Shift, Alt and Ctrl; 32 is motion, 64 the wheel, 128 further buttons.
    let kind = match (button & 0b1100_0011, button & 32 > 0) {
        (0 | 3, false) if released => MouseKind::Released,
        (0, true) => MouseKind::Dragged,
        (0, false) => MouseKind::Pressed,
        (64, false) => MouseKind::ScrolledUp,
        (65, false) => MouseKind::ScrolledDown,
        _ => return None,
    };
    let cell = |number: u32| u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX);
    Some(Event::MouseMoved { kind, column: cell(column), row: cell(row) })
}

/// Holds the modifier keys of a sequence.
#[derive(Clone, Copy)]
struct Held {
    shift: bool,
    alt: bool,
    ctrl: bool,
}

impl Held {
    fn of(number: u32) -> Self {
        let bits = number.saturating_sub(1);
        Self { shift: bits & 1 > 0, alt: bits & 2 > 0, ctrl: bits & 4 > 0 }
    }
}

/// Holds a number of a sequence, with the one after its colon; 0 where there is none.
#[derive(Clone, Copy, Default)]
struct Number {
    first: u32,
    second: u32,
}

/// Iterates over the numbers of a sequence, separated by semicolons.
struct Numbers<'a>(&'a [u8]);

impl Iterator for Numbers<'_> {
    type Item = Number;

    fn next(&mut self) -> Option<Number> {
        if self.0.is_empty() {
            return None;
        }
        let end = self.0.iter().position(|&byte| byte == b';');
        let (number, rest) = end.map_or((self.0, [].as_slice()), |at| {
            (self.0.get(..at).unwrap_or_default(), self.0.get(at + 1..).unwrap_or_default())
        });
        self.0 = rest;
        let mut parts = number.split(|&byte| byte == b':').map(decimal);
        Some(Number { first: parts.next().unwrap_or(0), second: parts.next().unwrap_or(0) })
    }
}

/// Returns a decimal number, saturating.
fn decimal(digits: &[u8]) -> u32 {
    digits
        .iter()
        .filter(|digit| digit.is_ascii_digit())
        .fold(0, |number: u32, digit| number.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}
