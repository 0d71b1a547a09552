//! The sources pane: what is read, and the saved searches with what is new in them.

use super::Canvas;
use super::overlay::{centred, frame};
use crate::app::plan::Area;
use crate::app::sources::Sources;
use crate::app::{State, messages};
use crate::text::width;
use ratatui::style::Style;

/// A row of the pane: text at the left, a note at the right.
struct Row {
    text: String,
    note: String,
    style: Style,
    /// Which search it is.
    search: Option<usize>,
}

/// Draws the pane over the others.
pub fn draw(state: &State, sources: &Sources, canvas: &mut Canvas<'_>) {
    let rows = rows(state, sources, canvas);
    let screen = state.plan.screen;
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_add(4).min(screen.height);
    let panel = centred(screen, 74.min(screen.width), height);
    let left = panel.x.min(1);
    canvas.clear(Area { x: panel.x - left, width: panel.width + 2 * left, ..panel });
    frame(canvas, panel);
    let theme = canvas.theme;
    let x = panel.x + 2.min(panel.width / 2);
    let room = panel.width.saturating_sub(4);
    let visible = usize::from(panel.height.saturating_sub(4));
    let marked = rows.iter().position(|row| row.search == Some(sources.marked)).unwrap_or(0);
    let first = (marked + 1).saturating_sub(visible);
    for (y, row) in (panel.y + 1..).zip(rows.iter().skip(first).take(visible)) {
        let chosen = row.search == Some(sources.marked);
        if chosen {
            canvas.write(x.saturating_sub(1), y, "▌", 1, theme.strong());
        }
        let note = u16::try_from(width(&row.note)).unwrap_or(0);
        let note = if note + 8 < room { note } else { 0 };
        let end = canvas.write(x, y, &row.text, room - note, if chosen { theme.bold() } else { row.style });
        if width(&row.text) > usize::from(room - note) {
            canvas.write(end.saturating_sub(1), y, "…", 1, theme.dim());
        }
        if note > 0 {
            let style = if row.note.starts_with('◆') { theme.accent() } else { theme.dim() };
            canvas.write_right(x + room, y, &row.note, note, style);
        }
    }
    let y = (panel.y + panel.height).saturating_sub(2);
    let keys = if state.searches.is_empty() { messages::SOURCES_KEYS_NONE } else { messages::SOURCES_KEYS };
    canvas.write(x, y, state.say(keys), room, theme.dim());
}

fn rows(state: &State, sources: &Sources, canvas: &Canvas<'_>) -> Vec<Row> {
    let theme = canvas.theme;
    let row = |text: String, note: String, style| Row { text, note, style, search: None };
    let heading = |text| row(state.say(text).to_owned(), String::new(), theme.strong());
    let blank = || row(String::new(), String::new(), theme.plain());
    let mut rows = vec![heading(messages::SOURCES), blank()];
    if sources.rows.is_empty() {
        rows.push(row(state.place_name.to_string(), state.library.len().to_string(), theme.plain()));
    }
    for source in &sources.rows {
        let count = source.count.map_or_else(String::new, |count| count.to_string());
        rows.push(row(source.path.to_string(), count, theme.plain()));
        if let Some(trouble) = state.trouble_of(source) {
            rows.push(row(format!("  {trouble}"), String::new(), theme.dim()));
        }
    }
    rows.extend([blank(), heading(messages::SAVED_SEARCHES), blank()]);
    if state.searches.is_empty() {
        rows.push(row(state.say(messages::NO_SEARCHES).to_owned(), String::new(), theme.dim()));
    }
    for (number, search) in state.searches.iter().enumerate() {
        let note = match (search.watched, search.news.len()) {
            (false, _) => String::new(),
            (true, 0) => state.say(messages::WATCHED).to_owned(),
            (true, count) => format!("◆ {count} {}", state.say(messages::NEW)),
        };
        let text = search.query.to_string();
        rows.push(Row { text, note, style: theme.plain(), search: Some(number) });
    }
    rows.push(blank());
    rows
}
