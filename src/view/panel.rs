//! Draws the top panel: its frame, input line, lines, and the keys at its foot.

use ratatui::style::Style;

use super::Canvas;
use super::status::tail;
use super::theme::Theme;
use crate::app::panels::{Line, Panel, Role, Span};
use crate::app::plan::Area;
use crate::app::{State, messages};
use crate::text::width;

/// Draws the panel; returns the position of the cursor if it has an input line.
pub fn draw(state: &State, panel: &Panel, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let place = panel.place();
    // A blank column at either side separates the text beneath from the frame.
    let left = place.area.x.min(1);
    canvas.clear(Area { x: place.area.x - left, width: place.area.width + 2 * left, ..place.area });
    if place.framed {
        frame(canvas, place.area);
    }
    let cursor = place.head.and_then(|head| draw_head(state, panel, canvas, head));
    let mut group = None;
    for (y, (line, marked)) in (place.lines.y..).zip(panel.shown()) {
        let row = Area { y, height: 1, ..place.lines };
        if marked {
            canvas.write(row.x.saturating_sub(1), y, "▌", 1, canvas.theme.strong());
        }
        draw_line(line, marked, group != line.group.as_ref(), canvas, row);
        group = line.group.as_ref();
    }
    if place.framed && panel.lines().iter().all(|line| line.choice.is_none()) {
        draw_more(panel, canvas);
    }
    if let Some(foot) = place.foot {
        draw_foot(state, panel, canvas, foot);
    }
    cursor
}

/// Draws the heading and the input line; returns the position of the cursor.
fn draw_head(state: &State, panel: &Panel, canvas: &mut Canvas<'_>, head: Area) -> Option<(u16, u16)> {
    let theme = canvas.theme;
    let end = canvas.write(head.x, head.y, state.say(panel.title()), head.width, theme.strong());
    let input = panel.input()?;
    let (x, right) = (end + 2, head.x + head.width);
    let typed = tail(input.before_cursor(), usize::from(right.saturating_sub(x + 1)));
    let cursor = (canvas.write(x, head.y, typed, right.saturating_sub(x), theme.plain()), head.y);
    if input.text().is_empty() {
        let hint = state.say(messages::TYPE_TO_SEARCH);
        canvas.write(x + 1, head.y, hint, right.saturating_sub(x + 1), theme.dim());
    } else {
        let rest = input.text().get(input.before_cursor().len()..).unwrap_or_default();
        canvas.write(cursor.0, head.y, rest, right.saturating_sub(cursor.0), theme.plain());
    }
    Some(cursor)
}

/// Draws one line: its pieces from the left, its note or its group at the right.
fn draw_line(line: &Line, marked: bool, new_group: bool, canvas: &mut Canvas<'_>, row: Area) {
    let theme = canvas.theme;
    let right = row.x + row.width;
    let note = line.note.as_ref().map_or(0, |note| u16::try_from(width(&note.text)).unwrap_or(0));
    let note = if note + 8 < row.width { note } else { 0 };
    let own = right - note - u16::from(note > 0);
    let mut x = row.x;
    for Span { column, text, role } in &line.spans {
        x = column.map_or(x, |column| row.x.saturating_add(column));
        let room = own.saturating_sub(x);
        x = canvas.write(x, row.y, text, room, style(theme, *role, marked));
        if width(text) > usize::from(room) {
            canvas.write(x.saturating_sub(1), row.y, "…", 1, theme.dim());
        }
    }
    if let Some(span) = line.note.as_ref().filter(|_| note > 0) {
        canvas.write_right(right, row.y, &span.text, note, style(theme, span.role, false));
    }
    if let Some(group) = line.group.as_ref().filter(|_| new_group)
        && usize::from(right.saturating_sub(x)) > width(group) + 1
    {
        canvas.write_right(right, row.y, group, row.width, theme.dim());
    }
}

fn style(theme: Theme, role: Role, marked: bool) -> Style {
    match role {
        Role::Plain if marked => theme.bold(),
        Role::Plain => theme.plain(),
        Role::Dim => theme.dim(),
        Role::Heading => theme.strong(),
        Role::Accent => theme.accent(),
    }
}

/// Draws signs for lines off the screen, above and below.
fn draw_more(panel: &Panel, canvas: &mut Canvas<'_>) {
    let place = panel.place();
    let (above, below) = panel.more();
    let x = (place.area.x + place.area.width).saturating_sub(3);
    let last = place.lines.y + place.lines.height.saturating_sub(1);
    for (more, y, sign) in [(above, place.lines.y, "↑"), (below, last, "↓")] {
        if more {
            canvas.write(x, y, sign, 1, canvas.theme.dim());
        }
    }
}

/// Draws the pending confirmation, and the keys with what they do.
fn draw_foot(state: &State, panel: &Panel, canvas: &mut Canvas<'_>, foot: Area) {
    let theme = canvas.theme;
    let (question, keys) = panel.foot();
    let right = foot.x + foot.width;
    let mut x = foot.x;
    if let Some(question) = question {
        x = canvas.write(x, foot.y, state.say(question), foot.width, theme.bold()) + 1;
    }
    for (key, word) in keys {
        let word = state.say(*word);
        let cells = u16::try_from(width(key) + 1 + width(word)).unwrap_or(u16::MAX);
        if x.saturating_add(cells) > right {
            break;
        }
        x = canvas.write(x, foot.y, key, right - x, theme.dim());
        x = canvas.write(x + 1, foot.y, word, right.saturating_sub(x + 1), theme.dim()) + 3;
    }
}

/// Draws a thin line round `area`.
fn frame(canvas: &mut Canvas<'_>, area: Area) {
    if area.width < 4 || area.height < 3 {
        return;
    }
    let style = canvas.theme.dim();
    let line = "─".repeat(usize::from(area.width - 2));
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    for (y, left, end) in [(area.y, "╭", "╮"), (bottom, "╰", "╯")] {
        let x = canvas.write(area.x, y, left, 1, style);
        canvas.write(x, y, &line, area.width - 2, style);
        canvas.write(right, y, end, 1, style);
    }
    for y in area.y + 1..bottom {
        canvas.write(area.x, y, "│", 1, style);
        canvas.write(right, y, "│", 1, style);
    }
}
