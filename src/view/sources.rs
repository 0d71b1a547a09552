//! The sources pane: what is read, and the saved searches with what is new in them.

use super::Canvas;
use super::panel::{self, Row};
use crate::app::sources::{Line, Sources};
use crate::app::{State, messages};

/// Draws the pane over the others.
pub fn draw(state: &State, sources: &Sources, canvas: &mut Canvas<'_>) {
    let rows = rows(state, sources, canvas);
    let keys = match sources.marked_source() {
        Some(_) if sources.asks() => messages::UNFOLLOW_ASKS,
        Some(_) => messages::FOLLOWED_KEYS,
        None if state.searches.is_empty() => messages::SOURCES_KEYS_NONE,
        None => messages::SOURCES_KEYS,
    };
    panel::draw(state, &rows, sources.marked, state.say(keys), canvas);
}

fn rows(state: &State, sources: &Sources, canvas: &Canvas<'_>) -> Vec<Row> {
    let theme = canvas.theme;
    let row = |line| match line {
        Line::Heading(text) => Row::new(state.say(text), theme.strong()),
        Line::Blank => Row::blank(),
        Line::NoSearches => Row::new(state.say(messages::NO_SEARCHES), theme.dim()),
        Line::Everything => Row { note: state.library.len().to_string(), ..Row::new(&state.place_name, theme.plain()) },
        Line::Source(number) => sources.rows.get(number).map_or_else(Row::blank, |source| {
            let note = source.count.map_or_else(String::new, |count| count.to_string());
            Row { note, choice: sources.choice(line), ..Row::new(&source.path, theme.plain()) }
        }),
        Line::Trouble(number) => {
            let trouble = sources.rows.get(number).and_then(|source| state.trouble_of(source));
            trouble.map_or_else(Row::blank, |trouble| Row::new(&format!("  {trouble}"), theme.dim()))
        }
        Line::Search(number) => state.searches.get(number).map_or_else(Row::blank, |search| {
            let note = match (search.watched, search.news.len()) {
                (false, _) => String::new(),
                (true, 0) => state.say(messages::WATCHED).to_owned(),
                (true, count) => format!("◆ {count} {}", state.say(messages::NEW)),
            };
            Row { note, choice: sources.choice(line), ..Row::new(&search.query, theme.plain()) }
        }),
    };
    state.sources_lines(sources).into_iter().map(row).collect()
}
