//! Draws the state as cells; drawing never changes the state.
//!
//! It measures nothing that the state did not settle first, and draws no text but clean text.

mod list;
mod panel;
mod reader;
mod status;
pub mod theme;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::State;
use crate::app::plan::Area;
use theme::Theme;

/// Draws the whole screen on empty cells; `colours` is false for no colour. Returns the position of the visible cursor,
/// if there is one.
pub fn draw(state: &State, cells: &mut Buffer, colours: bool) -> Option<Position> {
    let theme = if colours { Theme::numbered(state.settings.theme) } else { Theme::colourless() };
    let mut canvas = Canvas { buffer: cells, theme };
    list::draw(state, &mut canvas);
    reader::draw(state, &mut canvas);
    let mut cursor = status::draw(state, &mut canvas);
    if let Some(panel) = state.top_panel() {
        cursor = panel::draw(state, panel, &mut canvas);
    }
    cursor.map(Position::from).filter(|cursor| canvas.buffer.area.contains(*cursor))
}

/// Holds the cells to draw on, and the styles.
struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
}

/// Reports whether a character takes one cell whatever simple character follows it; most text is simple and need not be
/// segmented into clusters.
const fn is_simple(character: char) -> bool {
    matches!(character, ' '..='~' | '¡'..='\u{ac}' | '®'..='ɏ' | '‐'..='‧' | '─'..='●')
}

impl Canvas<'_> {
    /// Writes text from `x`, `y` on, at most `width` cells of it; returns the column after it.
    ///
    /// Cells outside the screen are skipped: a frame may be smaller than the last known size.
    fn write(&mut self, x: u16, y: u16, text: &str, width: u16, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.height || x >= area.width || width == 0 {
            return x;
        }
        if !text.chars().all(is_simple) {
            return self.buffer.set_stringn(x, y, text, usize::from(width), style).0;
        }
        let end = x.saturating_add(width).min(area.width);
        let mut at = x;
        for (x, character) in (x..end).zip(text.chars()) {
            if let Some(cell) = self.buffer.cell_mut((x, y)) {
                cell.set_char(character).set_style(style);
            }
            at = x + 1;
        }
        at
    }

    /// Writes text so that it ends before column `end`; text wider than `width` is truncated.
    fn write_right(&mut self, end: u16, y: u16, text: &str, width: u16, style: Style) -> u16 {
        let cells = u16::try_from(crate::text::width(text)).unwrap_or(u16::MAX).min(width);
        let x = end.saturating_sub(cells);
        self.write(x, y, text, cells, style);
        x
    }

    /// Empties `area`.
    fn clear(&mut self, area: Area) {
        let area = Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        for position in area.positions() {
            if let Some(cell) = self.buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn simple_text_is_written_as_any_other(
            text in "[ -~¡-ɏ‐-‧─-●]{0,30}|\\PC{0,12}", x in 0_u16..24, width in 0_u16..30,
        ) {
            let [mut own, mut other] = [(), ()].map(|()| Buffer::filled(Rect::new(0, 0, 20, 2), ratatui::buffer::Cell::new("x")));
            let theme = Theme::colourless();
            let end = Canvas { buffer: &mut own, theme }.write(x, 1, &text, width, theme.bold());
            if x < 20 && width > 0 {
                prop_assert_eq!(end, other.set_stringn(x, 1, &text, usize::from(width), theme.bold()).0);
            }
            prop_assert_eq!(own, other);
        }

        #[test]
        fn simple_characters_take_a_cell_each(text in "[ -~¡-ɏ‐-‧─-●]{0,30}") {
            if text.chars().all(is_simple) {
                prop_assert_eq!(crate::text::width(&text), text.chars().count());
            }
        }
    }
}
