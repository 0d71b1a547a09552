//! The filter menu: what can be chosen, kind by kind, each with how many announcements it leaves.

use super::Canvas;
use super::panel::{self, Row};
use crate::app::about::language_name;
use crate::app::menu::{Choice, Line, Menu};
use crate::app::{State, messages};

/// Draws the menu over the panes.
pub fn draw(state: &State, menu: &Menu, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let row = |line| match line {
        Line::Heading(text) => Row::new(state.say(text), theme.strong()),
        Line::Kind(text) => Row::new(state.say(text), theme.dim()),
        Line::Nothing => Row::new(state.say(messages::NOTHING_TO_CHOOSE), theme.dim()),
        Line::Blank => Row::blank(),
        Line::Choice(number) => menu.rows.get(number).map_or_else(Row::blank, |row| {
            let note = if row.at_most { format!("≤ {}", row.count) } else { row.count.to_string() };
            Row { note, choice: Some(number), ..Row::new(&name(state, &row.choice), theme.plain()) }
        }),
    };
    let rows: Vec<Row> = menu.lines().into_iter().map(row).collect();
    let keys = if menu.rows.is_empty() { messages::SOURCES_KEYS_NONE } else { messages::MENU_KEYS };
    panel::draw(state, &rows, menu.marked, state.say(keys), canvas);
}

fn name(state: &State, choice: &Choice) -> String {
    match choice {
        Choice::Unread => state.say(messages::UNREAD_ONES).to_owned(),
        Choice::Changed => state.say(messages::CHANGED_ONES).to_owned(),
        Choice::Starred => state.say(messages::STARRED_ONES).to_owned(),
        Choice::Source(name) => name.to_string(),
        Choice::Language(language) => state.say(language_name(Some(*language))).to_owned(),
        Choice::Year(year) => year.to_string(),
    }
}
