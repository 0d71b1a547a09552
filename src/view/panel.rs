//! Rows of choices in a panel over the panes, with the keys that matter there beneath them.

use ratatui::style::Style;

use super::Canvas;
use super::overlay::frame;
use crate::app::State;
use crate::app::panel::Panel;
use crate::app::plan::Area;
use crate::text::width;

/// A row of the panel: text at the left, a note at the right.
pub struct Row {
    /// The text.
    pub text: String,
    /// The note.
    pub note: String,
    /// How the text looks.
    pub style: Style,
    /// Which choice it is.
    pub choice: Option<usize>,
}

impl Row {
    /// A row that is no choice.
    pub fn new(text: &str, style: Style) -> Self {
        Self { text: text.to_owned(), note: String::new(), style, choice: None }
    }

    /// A row with nothing on it.
    pub fn blank() -> Self {
        Self::new("", Style::default())
    }
}

/// Draws the panel, the choice `marked` in it on the screen.
pub fn draw(state: &State, rows: &[Row], marked: usize, keys: &str, canvas: &mut Canvas<'_>) {
    let chosen_row = rows.iter().position(|row| row.choice == Some(marked)).unwrap_or(0);
    let Panel { area: panel, top, first, room: visible } = Panel::of(state.plan.screen, rows.len(), chosen_row);
    let left = panel.x.min(1);
    canvas.clear(Area { x: panel.x - left, width: panel.width + 2 * left, ..panel });
    frame(canvas, panel);
    let theme = canvas.theme;
    let x = panel.x + 2.min(panel.width / 2);
    let room = panel.width.saturating_sub(4);
    for (y, row) in (panel.y + top..).zip(rows.iter().skip(first).take(visible)) {
        let chosen = row.choice == Some(marked);
        if chosen {
            canvas.write(x.saturating_sub(1), y, "▌", 1, theme.strong());
        }
        let note = u16::try_from(width(&row.note)).unwrap_or(0);
        let note = if note + 8 < room { note } else { 0 };
        let own = room - note - u16::from(note > 0);
        let end = canvas.write(x, y, &row.text, own, if chosen { theme.bold() } else { row.style });
        if width(&row.text) > usize::from(own) {
            canvas.write(end.saturating_sub(1), y, "…", 1, theme.dim());
        }
        if note > 0 {
            let style = if row.note.starts_with('◆') { theme.accent() } else { theme.dim() };
            canvas.write_right(x + room, y, &row.note, note, style);
        }
    }
    let y = (panel.y + panel.height).saturating_sub(2);
    canvas.write(x, y, keys, room, theme.dim());
}
