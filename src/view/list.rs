//! The list pane: titles with what is known of each announcement, the selected one marked by a bar.

use super::Canvas;
use crate::app::State;
use crate::app::list::{GUTTER, Shown};
use crate::app::messages;
use crate::app::plan::{Area, Focus};
use crate::model::Entry;
use crate::text::width;

/// Draws the pane and the rule beside it.
pub fn draw(state: &State, canvas: &mut Canvas<'_>) {
    if let Some(area) = state.plan.list_header {
        header(state, canvas, area);
    }
    let Some(area) = state.plan.list else { return };
    for shown in &state.list.shown {
        row(state, canvas, area, shown);
    }
    if state.library.is_empty() {
        let text = if state.scanning { messages::READING_FILES } else { messages::NOTHING_HERE };
        let style = canvas.theme.dim();
        canvas.write(
            area.x + GUTTER.min(area.width),
            area.y + area.height / 3,
            state.say(text),
            area.width.saturating_sub(GUTTER),
            style,
        );
    }
    if let Some(rule) = state.plan.rule {
        draw_rule(state, canvas, rule, area);
    }
}

fn header(state: &State, canvas: &mut Canvas<'_>, area: Area) {
    let theme = canvas.theme;
    let style = if state.focus == Focus::List { theme.strong() } else { theme.bold() };
    let room = area.width.saturating_sub(2);
    let end = canvas.write(area.x + 1, area.y, state.say(messages::ANNOUNCEMENTS), room, style);
    let unread = || format!("{} {}", state.unread(), state.say(messages::UNREAD));
    let note = state.reading_note().unwrap_or_else(unread);
    let room = (area.x + area.width).saturating_sub(end + 2);
    if usize::from(room) >= width(&note) {
        canvas.write_right(area.x + area.width - 1, area.y, &note, room, theme.dim());
    }
}

fn row(state: &State, canvas: &mut Canvas<'_>, area: Area, shown: &Shown) {
    let Some(entry) = state.list.version(&state.library, shown.row) else { return };
    let theme = canvas.theme;
    let selected = state.list.selected == Some(entry.group);
    let unread = !state.is_read(shown.row);
    let starred = state.marks_of(entry.group).starred;
    let title_rows = shown.lines.len().max(1);
    // Where rows are narrow the line about the announcement stands above its title.
    let (meta_at, title_at) = if state.plan.narrow_rows { (0, 1) } else { (title_rows, 0) };
    let mut put = |line: usize, draw: &mut dyn FnMut(&mut Canvas<'_>, u16)| {
        let y = shown.y + i32::try_from(line).unwrap_or(0);
        if (0..i32::from(area.height)).contains(&y) {
            draw(canvas, area.y + u16::try_from(y).unwrap_or(0));
        }
    };
    let bar = if state.focus == Focus::List { theme.strong() } else { theme.dim() };
    for line in 0..=title_rows {
        put(line, &mut |canvas, y| {
            if selected {
                canvas.write(area.x, y, "▌", 1, bar);
            }
            if starred && line == meta_at {
                canvas.write(area.x + 1, y, "★", 1, theme.accent());
            }
            if unread && line == title_at {
                canvas.write(area.x + 1, y, "●", 1, theme.accent());
            }
        });
    }
    let style = match (unread, selected && state.focus == Focus::List) {
        (true, true) => theme.strong(),
        (true, false) => theme.bold(),
        (false, true) => theme.accent(),
        (false, false) => theme.plain(),
    };
    let x = area.x + GUTTER;
    let room = area.width.saturating_sub(GUTTER + 1);
    for (number, line) in shown.lines.iter().enumerate() {
        let last = number + 1 == shown.lines.len();
        put(title_at + number, &mut |canvas, y| {
            let end = canvas.write(x, y, line.of(&shown.title), room, style);
            let tail = if line.hyphen {
                "-"
            } else if last && shown.cut {
                "…"
            } else {
                ""
            };
            canvas.write(end, y, tail, (area.x + area.width).saturating_sub(end), theme.dim());
        });
    }
    if shown.lines.is_empty() {
        put(title_at, &mut |canvas, y| {
            canvas.write(x, y, state.say(messages::UNTITLED), room, theme.dim());
        });
    }
    put(meta_at, &mut |canvas, y| meta(state, canvas, (x, y, room), entry, shown.row));
}

/// The line about an announcement: its date, who announces it, how long it takes, the languages it can be read in.
///
/// Where room is short the announcer is cut first, then left out, then the reading time.
fn meta(state: &State, canvas: &mut Canvas<'_>, (x, y, room): (u16, u16, u16), entry: &Entry, row: usize) {
    let theme = canvas.theme;
    let right = x + room;
    let language = entry.language.unwrap_or(state.settings.language);
    let date = entry.published.map(|date| date.format(language)).unwrap_or_default();
    let minutes = format!("{} {}", entry.minutes, state.say(messages::MINUTES));
    let mut languages: Vec<_> = state.library.versions(row).iter().filter_map(|version| version.language).collect();
    languages.sort_unstable();
    languages.dedup();
    let codes = if languages.len() > 1 { languages.len() * 3 - 1 } else { 0 };
    let parted = |cells: usize| if cells > 0 { cells + 3 } else { 0 };
    let room = usize::from(room);
    let mut left = room.saturating_sub(width(&date) + parted(codes));
    let minutes = if parted(width(&minutes)) <= left { minutes } else { String::new() };
    left -= parted(width(&minutes));
    let source = entry.source.as_ref().map_or("", |source| source.as_str());
    let shown = if parted(width(source)) <= left { source } else { head(source, left.saturating_sub(4)) };
    let source = match shown {
        _ if shown == source => source.to_owned(),
        _ if left < 10 => String::new(),
        shown => format!("{shown}…"),
    };
    let mut end = x;
    for part in [date, source, minutes].iter().filter(|part| !part.is_empty()) {
        let text = if end > x { format!(" · {part}") } else { part.clone() };
        end = canvas.write(end, y, &text, right.saturating_sub(end), theme.dim());
    }
    if codes == 0 || usize::from(right.saturating_sub(end)) < parted(codes) {
        return;
    }
    end = canvas.write(end, y, " ·", right - end, theme.dim());
    for language in languages {
        let style = if Some(language) == entry.language { theme.plain() } else { theme.dim() };
        end = canvas.write(end + 1, y, language.code(), right.saturating_sub(end + 1), style);
    }
}

/// The beginning of `text` that fits `cells`.
fn head(text: &str, cells: usize) -> &str {
    let mut to = text.len();
    while width(text.get(..to).unwrap_or_default()) > cells {
        to = text.floor_char_boundary(to - 1);
    }
    text.get(..to).unwrap_or_default().trim_end()
}

/// The rule between the panes; its heavier part shows which stretch of a long list is on the screen.
fn draw_rule(state: &State, canvas: &mut Canvas<'_>, rule: Area, list: Area) {
    let style = canvas.theme.dim();
    for y in rule.y..rule.y + rule.height {
        canvas.write(rule.x, y, "│", 1, style);
    }
    let rows = state.library.len();
    let (Some(first), Some(last)) = (state.list.shown.first(), state.list.shown.last()) else { return };
    if last.row + 1 - first.row >= rows {
        return;
    }
    let height = usize::from(list.height);
    let from = first.row * height / rows;
    let to = ((last.row + 1) * height).div_ceil(rows).max(from + 1).min(height);
    for y in from..to {
        canvas.write(rule.x, list.y + u16::try_from(y).unwrap_or(0), "┃", 1, style);
    }
}
