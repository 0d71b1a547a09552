//! Tracks the style that the terminal writes with, and changes it only where it differs.

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Lists the modifiers with the SGR numbers that set them.
const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The modifiers that are visible on a blank.
pub(super) const SHOW_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// Holds a style the terminal is set to; by default none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

impl Pen {
    /// Returns the style of `cell`.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier }
    }

    /// Reports whether blanks written or erased with it are invisible.
    pub(super) fn is_bare(self) -> bool {
        self.background == Color::Reset && !self.modifier.intersects(SHOW_ON_BLANKS)
    }

    /// Writes to `bytes` the sequences that change the style to that of `cell`.
    pub(super) fn change(&mut self, bytes: &mut Vec<u8>, cell: &Cell) {
        self.set(bytes, Self::of(cell));
    }

    /// Writes to `bytes` the sequence that resets every style.
    pub(super) fn plain(&mut self, bytes: &mut Vec<u8>) {
        self.set(bytes, Self::default());
    }

    /// Writes to `bytes` the sequences that make blanks invisible.
    pub(super) fn bare(&mut self, bytes: &mut Vec<u8>) {
        if !self.is_bare() {
            self.plain(bytes);
        }
    }

    fn set(&mut self, bytes: &mut Vec<u8>, wished: Self) {
        if *self == wished {
            return;
        }
        let mut sequence = Sequence { bytes, begun: false };
        // Modifiers cannot be reset one by one: what ends bold ends dim as well. The same goes for the colours.
        let coloured = |pen: &Self| (pen.foreground, pen.background) != (Color::Reset, Color::Reset);
        if !wished.modifier.contains(self.modifier) || (coloured(self) && !coloured(&wished)) {
            sequence.numbers(&[0]);
            *self = Self::default();
        }
        for (modifier, number) in MODIFIERS {
            if wished.modifier.contains(modifier) && !self.modifier.contains(modifier) {
                sequence.numbers(&[number]);
            }
        }
        if wished.foreground != self.foreground {
            sequence.colour(wished.foreground, 30);
        }
        if wished.background != self.background {
            sequence.colour(wished.background, 40);
        }
        sequence.end();
        *self = wished;
    }
}

/// Writes a sequence that sets several attributes at once (SGR).
struct Sequence<'a> {
    bytes: &'a mut Vec<u8>,
    begun: bool,
}

impl Sequence<'_> {
    fn numbers(&mut self, numbers: &[u8]) {
        for number in numbers {
            let before = if std::mem::replace(&mut self.begun, true) { ";" } else { "\x1b[" };
            // Writing to memory does not fail.
            let _ = write!(self.bytes, "{before}{number}");
        }
    }

    /// Adds a colour; `base` is 30 for the foreground and 40 for the background.
    fn colour(&mut self, color: Color, base: u8) {
        let number = match color {
            Color::Reset => base + 9,
            Color::Black => base,
            Color::Red => base + 1,
            Color::Green => base + 2,
            Color::Yellow => base + 3,
            Color::Blue => base + 4,
            Color::Magenta => base + 5,
            Color::Cyan => base + 6,
            Color::Gray => base + 7,
            Color::DarkGray => base + 60,
            Color::LightRed => base + 61,
            Color::LightGreen => base + 62,
            Color::LightYellow => base + 63,
            Color::LightBlue => base + 64,
            Color::LightMagenta => base + 65,
            Color::LightCyan => base + 66,
            Color::White => base + 67,
            Color::Rgb(red, green, blue) => return self.numbers(&[base + 8, 2, red, green, blue]),
            Color::Indexed(index) => return self.numbers(&[base + 8, 5, index]),
        };
        self.numbers(&[number]);
    }

    fn end(self) {
        if self.begun {
            self.bytes.push(b'm');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn change(from: Style, to: Style) -> String {
        let cell = |style| {
            let mut cell = Cell::EMPTY;
            cell.set_style(style);
            cell
        };
        let (mut pen, mut bytes) = (Pen::default(), Vec::new());
        pen.change(&mut bytes, &cell(from));
        bytes.clear();
        pen.change(&mut bytes, &cell(to));
        String::from_utf8(bytes).unwrap().replace('\x1b', "")
    }

    #[test]
    fn only_what_differs_is_written() {
        let plain = Style::new();
        for (from, to, bytes) in [
            (plain, plain, ""),
            (plain, plain.bold(), "[1m"),
            (plain.bold(), plain, "[0m"),
            (plain.bold(), plain.bold().red(), "[31m"),
            (plain.bold().red(), plain.red(), "[0;31m"),
            (plain.bold(), plain.bold().italic(), "[3m"),
            (plain.red().bold(), plain.bold(), "[0;1m"),
            (plain, plain.gray().on_dark_gray(), "[37;100m"),
            (plain, plain.fg(Color::Indexed(208)), "[38;5;208m"),
            (plain, plain.bg(Color::Rgb(1, 20, 255)), "[48;2;1;20;255m"),
            (plain.red().on_blue(), plain.on_blue(), "[39m"),
            (plain.dim(), plain.bold().light_cyan().on_white(), "[0;1;96;107m"),
        ] {
            assert_eq!(change(from, to), bytes);
        }
    }
}
