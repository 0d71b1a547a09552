//! Draws the two rows under the panes: the position and notices, and key hints.

use std::ops::Range;

use super::Canvas;
use crate::app::State;
use crate::app::actions::{ACTIONS, Action, Entry, Scope};
use crate::app::input::Input;
use crate::app::messages::{self, Text};
use crate::app::plan::{Area, Focus};
use crate::app::prompt::{Prompt, Purpose};
use crate::app::reader::Progress;
use crate::text::width;

/// Draws both rows; returns the position of the cursor while a line is typed.
pub fn draw(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    if let Some(foot) = state.screen.plan.foot {
        draw_foot(state, canvas, foot);
    }
    let Some(status) = state.screen.plan.status else { return bare_prompt(state, canvas) };
    if let Some(prompt) = typed(state) {
        return Some(draw_prompt(&prompt, canvas, status));
    }
    draw_status(state, canvas, status);
    None
}

fn draw_foot(state: &State, canvas: &mut Canvas<'_>, foot: Area) {
    let theme = canvas.theme;
    if let Some(complaint) = state.complaint() {
        tell(&complaint, canvas, foot);
        return;
    }
    if state.screen.plan.list.is_some()
        && let Some(row) = state.list.row(state.rows())
    {
        let text = format!("{}/{}", row + 1, state.rows().len());
        canvas.write(foot.x + 1, foot.y, &text, foot.width.saturating_sub(2), theme.dim());
    }
    if let Some(rule) = state.screen.plan.rule {
        canvas.write(rule.x, foot.y, "│", 1, theme.dim());
    }
    if state.screen.plan.reader.is_some() && state.reader.layout.is_some() {
        let text = match state.reader.progress() {
            Progress::All => state.say(messages::ALL_SHOWN).to_owned(),
            Progress::Top => state.say(messages::TOP).to_owned(),
            Progress::End => state.say(messages::END).to_owned(),
            Progress::Percent(percent) => format!("{percent} %"),
        };
        let right = foot.x + foot.width;
        let x = canvas.write_right(right.saturating_sub(1), foot.y, &text, foot.width, theme.dim());
        // While a text to find is typed, the prompt shows the count instead.
        if state.find.is_live() && state.prompt.as_ref().is_none_or(|prompt| prompt.purpose != Purpose::Find) {
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
    if let Some(notice) = &state.notices.current {
        tell(notice, canvas, status);
        return;
    }
    // What is not saved stands there until it is: it takes the place of hints.
    let unsaved = match state.unsaved_marks() {
        0 => None,
        count => Some(messages::UNSAVED_MARKS.with(state.settings.language, &[&count.to_string()])),
    };
    let end = right;
    let right = match &unsaved {
        Some(text) => canvas.write_right(end, status.y, text, room, theme.bold()).saturating_sub(2),
        None => end,
    };
    if !state.keys.pending.is_empty() {
        x = canvas.write(x, status.y, &state.keys.pending.to_string(), room, theme.accent()) + 2;
    }
    if let Some(note) = state.refresh_note() {
        let end = canvas.write(x, status.y, &note, right.saturating_sub(x), theme.plain());
        if x.saturating_add(u16::try_from(width(&note)).unwrap_or(u16::MAX)) > right {
            canvas.write(end.saturating_sub(1), status.y, "…", 1, theme.plain());
        }
        return;
    }
    for entry in hints(state) {
        let key = state.keys.keymap.key_of(entry.action);
        let word = state.say(entry.hint);
        let cells = u16::try_from(width(&key) + 1 + width(word)).unwrap_or(u16::MAX);
        if x.saturating_add(cells) > right {
            break;
        }
        x = canvas.write(x, status.y, &key, right - x, theme.accent());
        x = canvas.write(x + 1, status.y, word, right.saturating_sub(x + 1), theme.dim()) + 3;
    }
    let place = format!("tiedote · {}", state.place_name);
    if unsaved.is_none() && usize::from(right.saturating_sub(x)) >= width(&place) {
        canvas.write_right(right, status.y, &place, right - x, theme.dim());
    }
}

/// Writes a sentence into a row, truncated if it is too long.
fn tell(sentence: &str, canvas: &mut Canvas<'_>, row: Area) {
    let (room, style) = (row.width.saturating_sub(2), canvas.theme.bold());
    let end = canvas.write(row.x + 1, row.y, sentence, room, style);
    if width(sentence) > usize::from(room) {
        canvas.write(end.saturating_sub(1), row.y, "…", 1, style);
    }
}

/// Returns the three or four actions to hint at, by the focus.
fn hints(state: &State) -> impl Iterator<Item = &'static Entry> {
    let scope = match state.screen.focus {
        Focus::List => Scope::List,
        Focus::Reader => Scope::Reader,
    };
    let search = if scope == Scope::List { Action::Search } else { Action::Find };
    let always = [search, Action::Palette, Action::Help];
    ACTIONS
        .iter()
        .filter(move |entry| entry.scope == scope && !entry.hint.en.is_empty() && entry.action != search)
        .take(2)
        .chain(always.map(Action::entry))
}

/// Holds a line being typed, with its label and note.
struct Typed<'a> {
    input: &'a Input,
    /// The text before it.
    label: String,
    /// The note at the right, and whether it is emphasised.
    note: Option<(String, bool)>,
    /// The byte range of an error in it.
    wrong: Option<Range<usize>>,
}

fn typed(state: &State) -> Option<Typed<'_>> {
    let Prompt { purpose, input } = state.prompt.as_ref()?;
    let typed = match purpose {
        Purpose::Address => plain(state, input, messages::ADDRESS),
        Purpose::FeedName => plain(state, input, messages::FEED_NAME),
        Purpose::Tags | Purpose::FeedTags => plain(state, input, messages::TAGS),
        Purpose::FeedHours => plain(state, input, messages::FEED_HOURS),
        Purpose::Search => {
            let wrong = state.search.error.as_ref().map(|error| error.range.clone());
            Typed { input, label: "/".to_owned(), note: search_note(state, input, wrong.is_some()), wrong }
        }
        Purpose::Titles => {
            Typed { input, label: titles_label(state), note: search_note(state, input, false), wrong: None }
        }
        Purpose::Find => {
            let note = match state.find.count() {
                _ if input.text().is_empty() || state.find.waits() => None,
                (_, 0) => Some((state.say(messages::NO_MATCH).to_owned(), true)),
                (current, all) => Some((format!("{current}/{all}"), false)),
            };
            Typed { input, label: "/".to_owned(), note, wrong: None }
        }
    };
    Some(typed)
}

/// Returns a line with a label; a notice stands at its right.
fn plain<'a>(state: &State, input: &'a Input, label: Text) -> Typed<'a> {
    let note = state.notices.current.as_ref().map(|notice| (notice.to_string(), true));
    Typed { input, label: format!("{}: ", state.say(label)), note, wrong: None }
}

/// Returns the note on a search being typed, and whether it is emphasised.
fn search_note(state: &State, input: &Input, wrong: bool) -> Option<(String, bool)> {
    let found = state.search.results().is_some_and(|results| !results.hits().is_empty());
    // The list's header shows the count where there is a list.
    let note = state.found_note().filter(|_| !(wrong || found && state.screen.plan.list_header.is_some()));
    // The hint about the query syntax is shown until something is typed.
    let hint = (input.text().is_empty() && !state.search.filters()).then(|| state.say(messages::QUERY_HINT));
    let note = note.or_else(|| hint.map(ToOwned::to_owned));
    let found = found || hint.is_some();
    let told = state.notices.current.as_ref().map(|notice| (notice.to_string(), true));
    told.or_else(|| note.map(|note| (note, !found)))
}

/// Returns the label of the letters of titles: `Titles (is:unread): `.
fn titles_label(state: &State) -> String {
    let titles = state.say(messages::TITLES);
    match state.search.conditions() {
        "" => format!("{titles}: "),
        // The letters need room.
        conditions if width(conditions) * 2 > usize::from(state.screen.size.0) => format!("{titles} (…): "),
        conditions => format!("{titles} ({conditions}): "),
    }
}

/// Draws the line being typed and its note; returns the position of the cursor.
fn draw_prompt(prompt: &Typed<'_>, canvas: &mut Canvas<'_>, row: Area) -> (u16, u16) {
    let theme = canvas.theme;
    let mut right = row.x + row.width.saturating_sub(1);
    if let Some((text, news)) = &prompt.note
        && width(text) + 8 < usize::from(row.width)
    {
        let style = if *news { theme.bold() } else { theme.dim() };
        right = canvas.write_right(right, row.y, text, row.width, style).saturating_sub(1);
    }
    let mut x = canvas.write(row.x + 1, row.y, &prompt.label, row.width, theme.accent());
    // The end of a long line is shown, because that is where one types.
    let room = usize::from(right.saturating_sub(x + 1));
    let text = prompt.input.text();
    let typed = prompt.input.before_cursor().len();
    let from = typed - tail(prompt.input.before_cursor(), room).len();
    let wrong = prompt.wrong.clone().unwrap_or_default();
    let mut cursor = x;
    let mut borders = [from, wrong.start, wrong.end, typed, text.len()].map(|at| at.max(from));
    borders.sort_unstable();
    for pair in borders.windows(2) {
        let [start, end] = *pair else { continue };
        if start == typed {
            cursor = x;
        }
        let style = if wrong.contains(&start) { theme.wrong() } else { theme.plain() };
        x = canvas.write(x, row.y, text.get(start..end).unwrap_or_default(), right.saturating_sub(x), style);
        if end == typed {
            cursor = x;
        }
    }
    (cursor, row.y)
}

/// Draws the prompt in the last row of a screen without a status row.
fn bare_prompt(state: &State, canvas: &mut Canvas<'_>) -> Option<(u16, u16)> {
    let prompt = typed(state)?;
    let screen = state.screen.plan.screen;
    let row = Area { y: screen.height.checked_sub(1)?, height: 1, ..screen };
    canvas.clear(row);
    Some(draw_prompt(&prompt, canvas, row))
}

/// Returns the end of `text` that fits `cells`.
pub fn tail(text: &str, cells: usize) -> &str {
    let mut from = 0;
    while width(text.get(from..).unwrap_or_default()) > cells {
        from = text.ceil_char_boundary(from + 1);
    }
    text.get(from..).unwrap_or_default()
}
