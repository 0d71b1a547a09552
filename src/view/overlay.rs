//! The help and the command palette: rows of keys and what they do, over the panes.

use super::Canvas;
use super::status::tail;
use crate::app::State;
use crate::app::actions::Entry;
use crate::app::messages;
use crate::app::overlay::{Kind, Overlay, scope_title};
use crate::app::panel::Panel;
use crate::app::plan::Area;
use crate::text::width;

/// Draws the overlay; returns where the cursor stands.
pub fn draw(state: &State, overlay: &Overlay, canvas: &mut Canvas<'_>) -> (u16, u16) {
    let theme = canvas.theme;
    let language = state.settings.language;
    let rows = overlay.rows(language);
    let keys: Vec<String> = rows.iter().map(|entry| entry.keys.join("  ")).collect();
    let key_width = keys.iter().map(|keys| width(keys)).max().unwrap_or(0).max(12);
    let Panel { area: panel, first, room: visible, .. } = state.overlay_panel(overlay);
    // A blank column at either side keeps the text beneath off the frame.
    let left = panel.x.min(1);
    canvas.clear(Area { x: panel.x - left, width: panel.width + 2 * left, ..panel });
    frame(canvas, panel);
    let inner = Area {
        x: panel.x + 2.min(panel.width / 2),
        y: panel.y + 1.min(panel.height),
        width: panel.width.saturating_sub(4),
        height: panel.height.saturating_sub(2),
    };
    let right = inner.x + inner.width;
    let title = match overlay.kind {
        Kind::Help => messages::HELP,
        Kind::Palette => messages::COMMANDS,
    };
    let x = canvas.write(inner.x, inner.y, state.say(title), inner.width, theme.strong()) + 2;
    let typed = tail(overlay.input.before_cursor(), usize::from(right.saturating_sub(x + 1)));
    let cursor = (canvas.write(x, inner.y, typed, right.saturating_sub(x), theme.plain()), inner.y);
    if overlay.input.text().is_empty() {
        let hint = state.say(messages::TYPE_TO_SEARCH);
        canvas.write(x + 1, inner.y, hint, right.saturating_sub(x + 1), theme.dim());
    }
    let first_row = inner.y + 2;
    for (number, (entry, keys)) in rows.iter().zip(&keys).enumerate().skip(first).take(visible) {
        let y = first_row + u16::try_from(number - first).unwrap_or(0);
        let marked = number == overlay.marked;
        if marked {
            canvas.write(inner.x.saturating_sub(1), y, "▌", 1, theme.strong());
        }
        let scope = match number.checked_sub(1).and_then(|above| rows.get(above)) {
            Some(above) if number > first && above.scope == entry.scope => "",
            _ => state.say(scope_title(entry.scope)),
        };
        draw_entry(state, canvas, Area { y, height: 1, ..inner }, entry, (keys, key_width), (marked, scope));
    }
    cursor
}

/// One action: its keys, what it does, and its scope where that is the first of several.
fn draw_entry(
    state: &State,
    canvas: &mut Canvas<'_>,
    row: Area,
    entry: &Entry,
    (keys, key_width): (&str, usize),
    (marked, scope): (bool, &str),
) {
    let theme = canvas.theme;
    let right = row.x + row.width;
    canvas.write(row.x + 1, row.y, keys, row.width.saturating_sub(1), theme.accent());
    let x = row.x + 1 + u16::try_from(key_width).unwrap_or(0) + 2;
    let style = if marked { theme.bold() } else { theme.plain() };
    let help = state.say(entry.help);
    let end = canvas.write(x, row.y, help, right.saturating_sub(x), style);
    if width(help) > usize::from(right.saturating_sub(x)) {
        canvas.write(right.saturating_sub(1), row.y, "…", 1, theme.dim());
    }
    if usize::from(right.saturating_sub(end)) > width(scope) + 1 {
        canvas.write_right(right, row.y, scope, row.width, theme.dim());
    }
}

/// A thin line round the panel.
pub fn frame(canvas: &mut Canvas<'_>, panel: Area) {
    if panel.width < 4 || panel.height < 3 {
        return;
    }
    let style = canvas.theme.dim();
    let line = "─".repeat(usize::from(panel.width - 2));
    let (right, bottom) = (panel.x + panel.width - 1, panel.y + panel.height - 1);
    for (y, left, end) in [(panel.y, "╭", "╮"), (bottom, "╰", "╯")] {
        let x = canvas.write(panel.x, y, left, 1, style);
        canvas.write(x, y, &line, panel.width - 2, style);
        canvas.write(right, y, end, 1, style);
    }
    for y in panel.y + 1..bottom {
        canvas.write(panel.x, y, "│", 1, style);
        canvas.write(right, y, "│", 1, style);
    }
}
