//! The style that the terminal writes with, changed with the fewest numbers (SGR).

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What each modifier is called by terminals.
const MODIFIERS: [(Modifier, u16); 9] = [
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

/// A style the terminal is set to; by default none at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    underline: Color,
    modifier: Modifier,
}

impl Pen {
    /// Writes to `bytes` what changes the style to that of `cell`.
    pub(super) fn change(&mut self, bytes: &mut Vec<u8>, cell: &Cell) {
        let wished =
            Self { foreground: cell.fg, background: cell.bg, underline: cell.underline_color, modifier: cell.modifier };
        self.set(bytes, wished);
    }

    /// Writes to `bytes` what takes every style off.
    pub(super) fn plain(&mut self, bytes: &mut Vec<u8>) {
        self.set(bytes, Self::default());
    }

    fn set(&mut self, bytes: &mut Vec<u8>, wished: Self) {
        if *self == wished {
            return;
        }
        bytes.extend_from_slice(b"\x1b[");
        if wished == Self::default() {
            bytes.push(b'm');
            *self = wished;
            return;
        }
        // Modifiers can only be taken off together: the number that ends bold ends dim as well.
        if !wished.modifier.contains(self.modifier) {
            bytes.extend_from_slice(b"0;");
            *self = Self::default();
        }
        for (modifier, number) in MODIFIERS {
            if wished.modifier.contains(modifier) && !self.modifier.contains(modifier) {
                push_number(bytes, number);
                bytes.push(b';');
            }
        }
        if wished.foreground != self.foreground {
            push_color(bytes, wished.foreground, 30);
        }
        if wished.background != self.background {
            push_color(bytes, wished.background, 40);
        }
        if wished.underline != self.underline {
            push_underline(bytes, wished.underline);
        }
        if bytes.last() == Some(&b';') {
            bytes.pop();
        }
        bytes.push(b'm');
        *self = wished;
    }
}

/// Writes `number` in decimal digits.
pub(super) fn push_number(bytes: &mut Vec<u8>, number: u16) {
    let mut divisor = 10_000;
    let mut begun = false;
    while divisor > 0 {
        let digit = number / divisor % 10;
        begun |= digit > 0 || divisor == 1;
        if begun {
            bytes.push(b'0' + digit.to_le_bytes()[0]);
        }
        divisor /= 10;
    }
}

/// Which of the sixteen colours of old a colour is, if it is one.
fn among_sixteen(color: Color) -> Option<u16> {
    const SIXTEEN: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    SIXTEEN.iter().position(|&known| known == color).and_then(|at| u16::try_from(at).ok())
}

/// Writes a colour, with a semicolon behind, for the foreground (`base` 30) or the background (40).
fn push_color(bytes: &mut Vec<u8>, color: Color, base: u16) {
    let mut put = |numbers: &[u16]| {
        for &number in numbers {
            push_number(bytes, number);
            bytes.push(b';');
        }
    };
    match color {
        Color::Reset => put(&[base + 9]),
        Color::Indexed(index) => put(&[base + 8, 5, u16::from(index)]),
        Color::Rgb(red, green, blue) => put(&[base + 8, 2, u16::from(red), u16::from(green), u16::from(blue)]),
        _ => match among_sixteen(color) {
            Some(dark @ 0..8) => put(&[base + dark]),
            Some(light) => put(&[base + 52 + light]),
            None => {}
        },
    }
}

/// Writes a colour for underlines, with a semicolon behind.
///
/// The parts are joined by colons, because terminals that do not know the number would take parts behind semicolons
/// for styles of their own, the 5 for blinking.
fn push_underline(bytes: &mut Vec<u8>, color: Color) {
    let index = match color {
        Color::Reset => None,
        Color::Indexed(index) => Some(u16::from(index)),
        Color::Rgb(red, green, blue) => {
            bytes.extend_from_slice(b"58:2:");
            for part in [red, green, blue] {
                bytes.push(b':');
                push_number(bytes, u16::from(part));
            }
            bytes.push(b';');
            return;
        }
        _ => among_sixteen(color),
    };
    if let Some(index) = index {
        bytes.extend_from_slice(b"58:5:");
        push_number(bytes, index);
        bytes.push(b';');
    } else {
        bytes.extend_from_slice(b"59;");
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
    fn styles_change_with_the_fewest_numbers() {
        let plain = Style::new();
        for (from, to, bytes) in [
            (plain, plain, ""),
            (plain, plain.bold(), "[1m"),
            (plain.bold(), plain, "[m"),
            (plain.bold(), plain.bold().red(), "[31m"),
            (plain.bold().red(), plain.red(), "[0;31m"),
            (plain.bold(), plain.bold().italic(), "[3m"),
            (plain.red().bold(), plain.bold(), "[39m"),
            (plain, plain.gray().on_dark_gray(), "[37;100m"),
            (plain, plain.white().on_black(), "[97;40m"),
            (plain, plain.fg(Color::Indexed(208)), "[38;5;208m"),
            (plain, plain.bg(Color::Rgb(1, 20, 255)), "[48;2;1;20;255m"),
            (plain, plain.underlined().underline_color(Color::LightRed), "[4;58:5:9m"),
            (plain, plain.underline_color(Color::Rgb(0, 5, 99)), "[58:2::0:5:99m"),
            (plain.bold().underline_color(Color::Red), plain.bold(), "[59m"),
        ] {
            assert_eq!(change(from, to), bytes);
        }
    }

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 1, 9, 10, 99, 100, 999, 1000, 10_000, 65_535] {
            let mut bytes = Vec::new();
            push_number(&mut bytes, number);
            assert_eq!(bytes, number.to_string().into_bytes());
        }
    }
}
