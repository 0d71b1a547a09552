//! The filter menu: what can be chosen, kind by kind, each with how many announcements it leaves.

use super::Canvas;
use super::panel::{self, Row};
use crate::app::about::language_name;
use crate::app::menu::{Choice, Menu};
use crate::app::{State, messages};

/// Draws the menu over the panes.
pub fn draw(state: &State, menu: &Menu, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let mut rows = vec![Row::new(state.say(messages::FILTER), theme.strong()), Row::blank()];
    let mut before = None;
    for (number, row) in menu.rows.iter().enumerate() {
        let (kind, name) = match &row.choice {
            Choice::Unread => (None, state.say(messages::UNREAD_ONES).to_owned()),
            Choice::Changed => (None, state.say(messages::CHANGED_ONES).to_owned()),
            Choice::Starred => (None, state.say(messages::STARRED_ONES).to_owned()),
            Choice::Source(name) => (Some(messages::BY_SOURCE), name.to_string()),
            Choice::Language(language) => {
                (Some(messages::BY_LANGUAGE), state.say(language_name(Some(*language))).to_owned())
            }
            Choice::Year(year) => (Some(messages::BY_YEAR), year.to_string()),
        };
        if let Some(heading) = kind.filter(|_| before != kind) {
            rows.extend([Row::blank(), Row::new(state.say(heading), theme.dim())]);
        }
        before = kind;
        rows.push(Row { note: row.count.to_string(), choice: Some(number), ..Row::new(&name, theme.plain()) });
    }
    if menu.rows.is_empty() {
        rows.push(Row::new(state.say(messages::NOTHING_TO_CHOOSE), theme.dim()));
    }
    rows.push(Row::blank());
    let keys = if menu.rows.is_empty() { messages::SOURCES_KEYS_NONE } else { messages::MENU_KEYS };
    panel::draw(state, &rows, menu.marked, state.say(keys), canvas);
}
