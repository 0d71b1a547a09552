//! The two rows under the panes: where one is, and which keys matter here.

use super::Canvas;
use crate::app::State;
use crate::app::actions::{ACTIONS, Action, Entry, Scope};
use crate::app::messages;
use crate::app::plan::{Area, Focus};
use crate::app::reader::Progress;
use crate::text::width;

/// Draws both rows; returns where the cursor stands, when something is being typed.
pub fn draw(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    if let Some(foot) = state.plan.foot {
        draw_foot(state, canvas, foot);
    }
    let Some(status) = state.plan.status else { return bare_prompt(state, canvas) };
    if state.find.prompt.is_some() || state.tags_prompt().is_some() {
        return Some(draw_prompt(state, canvas, status));
    }
    draw_status(state, canvas, status);
    None
}

fn draw_foot(state: &State, canvas: &mut Canvas<'_>, foot: Area) {
    let theme = canvas.theme;
    if state.plan.list.is_some()
        && let Some(row) = state.list.row(&state.library)
    {
        let text = format!("{}/{}", row + 1, state.library.len());
        canvas.write(foot.x + 1, foot.y, &text, foot.width.saturating_sub(2), theme.dim());
    }
    if let Some(rule) = state.plan.rule {
        canvas.write(rule.x, foot.y, "│", 1, theme.dim());
    }
    if state.plan.reader.is_some() && state.reader.layout.is_some() {
        let text = match state.reader.progress() {
            Progress::All => state.say(messages::ALL_SHOWN).to_owned(),
            Progress::Top => state.say(messages::TOP).to_owned(),
            Progress::End => state.say(messages::END).to_owned(),
            Progress::Percent(percent) => format!("{percent} %"),
        };
        let right = foot.x + foot.width;
        let x = canvas.write_right(right.saturating_sub(1), foot.y, &text, foot.width, theme.dim());
        // While it is being typed, the prompt counts.
        if state.find.is_live() && state.find.prompt.is_none() {
            let (current, all) = state.find.count();
            canvas.write_right(x.saturating_sub(2), foot.y, &format!("{current}/{all}"), 20, theme.accent());
        }
    }
}

fn draw_status(state: &State, canvas: &mut Canvas<'_>, status: Area) {
    let theme = canvas.theme;
    let right = status.x + status.width - 1;
    let mut x = status.x + 1;
    let room = status.width.saturating_sub(2);
    if let Some(notice) = &state.notice {
        canvas.write(x, status.y, notice, room, theme.bold());
        return;
    }
    if !state.pending.is_empty() {
        x = canvas.write(x, status.y, &state.pending.to_string(), room, theme.accent()) + 2;
    }
    for entry in hints(state) {
        let Some(key) = entry.keys.first() else { continue };
        let word = state.say(entry.hint);
        let cells = u16::try_from(width(key) + 1 + width(word)).unwrap_or(u16::MAX);
        if x.saturating_add(cells) > right {
            break;
        }
        x = canvas.write(x, status.y, key, right - x, theme.accent());
        x = canvas.write(x + 1, status.y, word, right.saturating_sub(x + 1), theme.dim()) + 3;
    }
    let place = format!("tiedote · {}", state.place_name);
    if usize::from(right.saturating_sub(x)) >= width(&place) {
        canvas.write_right(right, status.y, &place, right - x, theme.dim());
    }
}

/// The three or four keys that matter where the focus is.
fn hints(state: &State) -> impl Iterator<Item = &'static Entry> {
    let scope = match state.focus {
        Focus::List => Scope::List,
        Focus::Reader => Scope::Reader,
    };
    let always = [Action::Find, Action::Palette, Action::Help];
    ACTIONS
        .iter()
        .filter(move |entry| entry.scope == scope && !entry.hint.en.is_empty())
        .take(2)
        .chain(always.map(Action::entry))
}

/// The line being typed, and how many matches it has.
fn draw_prompt(state: &State, canvas: &mut Canvas<'_>, row: Area) -> (u16, u16) {
    let theme = canvas.theme;
    let tags = state.tags_prompt();
    let Some(prompt) = tags.or(state.find.prompt.as_ref()) else { return (row.x, row.y) };
    let mut right = row.x + row.width.saturating_sub(1);
    if !prompt.text().is_empty() && tags.is_none() {
        let (current, all) = state.find.count();
        let (text, style) = match all {
            0 => (state.say(messages::NO_MATCH).to_owned(), theme.bold()),
            _ => (format!("{current}/{all}"), theme.dim()),
        };
        if width(&text) + 8 < usize::from(row.width) {
            right = canvas.write_right(right, row.y, &text, row.width, style).saturating_sub(1);
        }
    }
    let asked = if tags.is_some() { format!("{}: ", state.say(messages::TAGS)) } else { "/".to_owned() };
    let x = canvas.write(row.x + 1, row.y, &asked, row.width, theme.accent());
    // The end of a long line is what its writer looks at.
    let room = usize::from(right.saturating_sub(x + 1));
    let before = tail(prompt.before_cursor(), room);
    let cursor = canvas.write(x, row.y, before, right.saturating_sub(x), theme.plain());
    let after = prompt.text().get(prompt.before_cursor().len()..).unwrap_or_default();
    canvas.write(cursor, row.y, after, right.saturating_sub(cursor), theme.plain());
    (cursor, row.y)
}

/// On a screen without a status row the prompt takes the last row.
fn bare_prompt(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    state.tags_prompt().or(state.find.prompt.as_ref())?;
    let screen = state.plan.screen;
    let row = Area { y: screen.height.checked_sub(1)?, height: 1, ..screen };
    canvas.clear(row);
    Some(draw_prompt(state, canvas, row))
}

/// The end of `text` that fits `cells`.
pub fn tail(text: &str, cells: usize) -> &str {
    let mut from = 0;
    while width(text.get(from..).unwrap_or_default()) > cells {
        from = text.ceil_char_boundary(from + 1);
    }
    text.get(from..).unwrap_or_default()
}
