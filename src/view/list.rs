//! Draws the list pane: titles with metadata, the selected one marked by a bar.

use std::ops::Range;

use ratatui::style::Style;

use super::Canvas;
use crate::app::State;
use crate::app::list::{GUTTER, Shown};
use crate::app::messages;
use crate::app::plan::{Area, Focus};
use crate::model::Entry;
use crate::text::width;

/// Draws the pane and the rule beside it.
pub fn draw(state: &State, canvas: &mut Canvas<'_>) {
    if let Some(area) = state.screen.plan.list_header {
        header(state, canvas, area);
    }
    let Some(area) = state.screen.plan.list else { return };
    for shown in &state.list.shown {
        row(state, canvas, area, shown);
    }
    if state.rows().is_empty() {
        let found = state.search.is_live().then(|| state.found_note()).flatten();
        let reading = if state.loading.scanning { messages::READING_FILES } else { messages::NOTHING_HERE };
        let text = found.unwrap_or_else(|| state.say(reading).to_owned());
        let style = canvas.theme.dim();
        canvas.write(
            area.x + GUTTER.min(area.width),
            area.y + area.height / 3,
            &text,
            area.width.saturating_sub(GUTTER),
            style,
        );
    }
    if let Some(rule) = state.screen.plan.rule {
        draw_rule(state, canvas, rule, area);
    }
}

fn header(state: &State, canvas: &mut Canvas<'_>, area: Area) {
    let theme = canvas.theme;
    let style = if state.screen.focus == Focus::List { theme.strong() } else { theme.bold() };
    let room = area.width.saturating_sub(2);
    let unread = || format!("{} {}", state.unread(), state.say(messages::UNREAD));
    // An empty result is stated in the pane.
    let empty = state.search.results().is_some_and(|results| results.hits().is_empty());
    let found = state.found_note().filter(|_| !empty);
    let searched = found.is_some() && state.prompt.as_ref().is_none_or(|prompt| !prompt.purpose.searches());
    let note = found.or_else(|| state.reading_note()).unwrap_or_else(unread);
    let end = if searched {
        // The query is truncated where the count needs the room.
        let room = usize::from(room).saturating_sub(width(&note) + 2);
        let text = state.search.told();
        let shown = head(&text, room);
        let end = canvas.write(area.x + 1, area.y, shown, area.width, style);
        let cut = if shown.len() < text.len() { "…" } else { "" };
        canvas.write(end, area.y, cut, area.width, theme.dim())
    } else {
        let end = canvas.write(area.x + 1, area.y, state.say(messages::ANNOUNCEMENTS), room, style);
        // Sources that fail for long are pointed out, and nothing more.
        if state.failing > 0 { canvas.write(end + 1, area.y, "!", 1, theme.accent()) } else { end }
    };
    let room = (area.x + area.width).saturating_sub(end + 2);
    if usize::from(room) >= width(&note) {
        canvas.write_right(area.x + area.width - 1, area.y, &note, room, theme.dim());
    }
}

fn row(state: &State, canvas: &mut Canvas<'_>, area: Area, shown: &Shown) {
    let Some(entry) = state.library.entry(shown.id) else { return };
    let theme = canvas.theme;
    let selected = state.list.selected == Some(entry.group);
    let unread = !state.is_read(shown.row);
    let starred = state.marks_of(entry.group).starred;
    let mark = match unread {
        true if state.is_news(entry.group) => "◆",
        true => "●",
        false if state.is_changed(entry.group) => "◐",
        false => "",
    };
    let title_rows = shown.lines.len().max(1);
    // In narrow rows the metadata is above the title.
    let (meta_at, title_at) = if state.screen.plan.narrow_rows { (0, 1) } else { (title_rows, 0) };
    let last_row = title_rows + usize::from(shown.snippet);
    let mut put = |line: usize, draw: &mut dyn FnMut(&mut Canvas<'_>, u16)| {
        let y = shown.y + i32::try_from(line).unwrap_or(0);
        if (0..i32::from(area.height)).contains(&y) {
            draw(canvas, area.y + u16::try_from(y).unwrap_or(0));
        }
    };
    let bar = if state.screen.focus == Focus::List { theme.strong() } else { theme.dim() };
    for line in 0..=last_row {
        put(line, &mut |canvas, y| {
            if selected {
                canvas.write(area.x, y, "▌", 1, bar);
            }
            if starred && line == meta_at {
                canvas.write(area.x + 1, y, "★", 1, theme.accent());
            }
            if line == title_at {
                canvas.write(area.x + 1, y, mark, 1, theme.accent());
            }
        });
    }
    let style = match (unread, selected && state.screen.focus == Focus::List) {
        (true, true) => theme.strong(),
        (true, false) => theme.bold(),
        (false, true) => theme.accent(),
        (false, false) => theme.plain(),
    };
    let x = area.x + GUTTER;
    let room = area.width.saturating_sub(GUTTER + 1);
    let excerpt = state.search.results().and_then(|results| results.excerpt(shown.id));
    let hits = excerpt.map_or(&[][..], |excerpt| &excerpt.title);
    for (number, line) in shown.lines.iter().enumerate() {
        let last = number + 1 == shown.lines.len();
        put(title_at + number, &mut |canvas, y| {
            let start = line.start as usize;
            let piece = Piece { text: line.of(&shown.title), start, hits, plain: style, hit: style.patch(theme.hit()) };
            let end = piece.write(canvas, x, y, room);
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
    put(meta_at, &mut |canvas, y| meta(state, canvas, (x, y, room), entry));
    if let Some(excerpt) = excerpt.filter(|_| shown.snippet) {
        put(last_row, &mut |canvas, y| {
            let (plain, hit) = (theme.dim(), theme.strong());
            let piece = Piece { text: &excerpt.line, start: 0, hits: &excerpt.ranges, plain, hit };
            piece.write(canvas, x, y, room);
        });
    }
}

/// Holds a piece of a text with the matches in it.
struct Piece<'a> {
    text: &'a str,
    /// Byte offset of the piece in the text.
    start: usize,
    /// The matches, as byte ranges of the text.
    hits: &'a [Range<usize>],
    plain: Style,
    hit: Style,
}

impl Piece<'_> {
    /// Writes the piece from `x`, `y` on in at most `room` cells; returns the column after it.
    fn write(&self, canvas: &mut Canvas<'_>, mut x: u16, y: u16, room: u16) -> u16 {
        let right = x + room;
        let mut at = 0;
        let mut put = |canvas: &mut Canvas<'_>, to: usize, style| {
            let text = self.text.get(at..to.max(at)).unwrap_or_default();
            at = to.max(at);
            x = canvas.write(x, y, text, right.saturating_sub(x), style);
        };
        for hit in self.hits.iter().filter(|hit| hit.end > self.start) {
            put(canvas, hit.start.saturating_sub(self.start).min(self.text.len()), self.plain);
            put(canvas, (hit.end - self.start).min(self.text.len()), self.hit);
        }
        put(canvas, self.text.len(), self.plain);
        x
    }
}

/// Draws the metadata line of an announcement: date, changed mark, source, reading time and languages.
///
/// Where room is short the source is truncated first, then left out, then the reading time.
fn meta(state: &State, canvas: &mut Canvas<'_>, (x, y, room): (u16, u16, u16), entry: &Entry) {
    let theme = canvas.theme;
    let right = x + room;
    let date = entry.published.map(|date| date.format(state.settings.language)).unwrap_or_default();
    let changed = if state.is_changed(entry.group) { state.say(messages::CHANGED) } else { "" };
    let minutes = format!("{} {}", entry.minutes, state.say(messages::MINUTES));
    let row = state.library.row_of(entry.group).filter(|row| state.library.has_versions(*row));
    let versions = row.map_or_else(Vec::new, |row| state.library.versions(row));
    let mut languages: Vec<_> = versions.iter().filter_map(|version| version.language).collect();
    languages.sort_unstable();
    languages.dedup();
    let codes = if languages.len() > 1 { languages.len() * 3 - 1 } else { 0 };
    let parted = |cells: usize| if cells > 0 { cells + 3 } else { 0 };
    let room = usize::from(room);
    let mut left = room.saturating_sub(width(&date) + parted(width(changed)) + parted(codes));
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
    let parts = [(&*date, theme.dim()), (changed, theme.plain()), (&*source, theme.dim()), (&*minutes, theme.dim())];
    for (part, style) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
        if end > x {
            end = canvas.write(end, y, " · ", right.saturating_sub(end), theme.dim());
        }
        end = canvas.write(end, y, part, right.saturating_sub(end), style);
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

/// Returns the beginning of `text` that fits `cells`.
fn head(text: &str, cells: usize) -> &str {
    let mut to = text.len();
    while width(text.get(..to).unwrap_or_default()) > cells {
        to = text.floor_char_boundary(to - 1);
    }
    text.get(..to).unwrap_or_default().trim_end()
}

/// Draws the rule between the panes; its heavier part shows which stretch of a long list is visible.
fn draw_rule(state: &State, canvas: &mut Canvas<'_>, rule: Area, list: Area) {
    let style = canvas.theme.dim();
    for y in rule.y..rule.y + rule.height {
        canvas.write(rule.x, y, "│", 1, style);
    }
    let rows = state.rows().len();
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
