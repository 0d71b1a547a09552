//! The sources pane: what is read, and the saved searches with what is new in them.

use super::Canvas;
use super::panel::{self, Row};
use crate::app::sources::Sources;
use crate::app::{State, messages};

/// Draws the pane over the others.
pub fn draw(state: &State, sources: &Sources, canvas: &mut Canvas<'_>) {
    let rows = rows(state, sources, canvas);
    let keys = if state.searches.is_empty() { messages::SOURCES_KEYS_NONE } else { messages::SOURCES_KEYS };
    panel::draw(state, &rows, sources.marked, state.say(keys), canvas);
}

fn rows(state: &State, sources: &Sources, canvas: &Canvas<'_>) -> Vec<Row> {
    let theme = canvas.theme;
    let row = |text: String, note: String, style| Row { text, note, style, choice: None };
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
        rows.push(Row { text, note, style: theme.plain(), choice: Some(number) });
    }
    rows.push(blank());
    rows
}
