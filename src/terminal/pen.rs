//! The style that the terminal writes with, changed only where it differs.

use crossterm::queue;
use crossterm::style::{Attribute, Color as Colour, SetAttribute, SetBackgroundColor, SetForegroundColor};
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// What each modifier is called by the terminal library.
const MODIFIERS: [(Modifier, Attribute); 9] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::SLOW_BLINK, Attribute::SlowBlink),
    (Modifier::RAPID_BLINK, Attribute::RapidBlink),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::HIDDEN, Attribute::Hidden),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// A style the terminal is set to; by default none at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    foreground: Color,
    background: Color,
    modifier: Modifier,
}

impl Pen {
    /// Writes to `bytes` what changes the style to that of `cell`.
    pub(super) fn change(&mut self, bytes: &mut Vec<u8>, cell: &Cell) {
        self.set(bytes, Self { foreground: cell.fg, background: cell.bg, modifier: cell.modifier });
    }

    /// Writes to `bytes` what takes every style off.
    pub(super) fn plain(&mut self, bytes: &mut Vec<u8>) {
        self.set(bytes, Self::default());
    }

    /// Writing to memory does not fail: what the library returns is dropped.
    fn set(&mut self, bytes: &mut Vec<u8>, wished: Self) {
        if *self == wished {
            return;
        }
        // Modifiers can only be taken off together: what ends bold ends dim as well. The same goes for the colours.
        let coloured = |pen: &Self| (pen.foreground, pen.background) != (Color::Reset, Color::Reset);
        if !wished.modifier.contains(self.modifier) || (coloured(self) && !coloured(&wished)) {
            let _ = queue!(bytes, SetAttribute(Attribute::Reset));
            *self = Self::default();
        }
        for (modifier, attribute) in MODIFIERS {
            if wished.modifier.contains(modifier) && !self.modifier.contains(modifier) {
                let _ = queue!(bytes, SetAttribute(attribute));
            }
        }
        if wished.foreground != self.foreground {
            let _ = queue!(bytes, SetForegroundColor(colour(wished.foreground)));
        }
        if wished.background != self.background {
            let _ = queue!(bytes, SetBackgroundColor(colour(wished.background)));
        }
        *self = wished;
    }
}

/// What a colour is called by the terminal library, whose dark colours are ratatui's plain ones.
fn colour(color: Color) -> Colour {
    match color {
        Color::Reset => Colour::Reset,
        Color::Black => Colour::Black,
        Color::Red => Colour::DarkRed,
        Color::Green => Colour::DarkGreen,
        Color::Yellow => Colour::DarkYellow,
        Color::Blue => Colour::DarkBlue,
        Color::Magenta => Colour::DarkMagenta,
        Color::Cyan => Colour::DarkCyan,
        Color::Gray => Colour::Grey,
        Color::DarkGray => Colour::DarkGrey,
        Color::LightRed => Colour::Red,
        Color::LightGreen => Colour::Green,
        Color::LightYellow => Colour::Yellow,
        Color::LightBlue => Colour::Blue,
        Color::LightMagenta => Colour::Magenta,
        Color::LightCyan => Colour::Cyan,
        Color::White => Colour::White,
        Color::Rgb(r, g, b) => Colour::Rgb { r, g, b },
        Color::Indexed(index) => Colour::AnsiValue(index),
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
            (plain.bold(), plain.bold().red(), "[38;5;1m"),
            (plain.bold().red(), plain.red(), "[0m[38;5;1m"),
            (plain.bold(), plain.bold().italic(), "[3m"),
            (plain.red().bold(), plain.bold(), "[0m[1m"),
            (plain, plain.gray().on_dark_gray(), "[38;5;7m[48;5;8m"),
            (plain, plain.fg(Color::Indexed(208)), "[38;5;208m"),
            (plain, plain.bg(Color::Rgb(1, 20, 255)), "[48;2;1;20;255m"),
        ] {
            assert_eq!(change(from, to), bytes);
        }
    }
}
