//! Draws the reader pane: the lines of an announcement in their styles, and the position in the text.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::Canvas;
use crate::app::State;
use crate::app::messages;
use crate::app::plan::Area;
use crate::model::{Block, BlockKind, Mark, Marker, Speaker};
use crate::typeset::{Layout, Line, LineKind, META, Part, RowAt, Run, TITLE, marker_text};

/// Draws the pane.
pub fn draw(state: &State, canvas: &mut Canvas<'_>) {
    let (Some(area), Some(layout)) = (state.screen.plan.text, &state.reader.layout) else { return };
    for (y, row) in (area.y..area.y + area.height).zip(&state.reader.rows) {
        draw_row(state, canvas, layout, area, y, *row);
    }
    if let Some(pane) = state.screen.plan.reader {
        scroll_bar(state, canvas, pane);
    }
}

fn draw_row(state: &State, canvas: &mut Canvas<'_>, layout: &Layout, area: Area, y: u16, at: RowAt) {
    let Some(set) = layout.ready(at.unit) else { return };
    let part = layout.part_of(at.unit);
    let Some(block) = layout.block(part) else { return };
    let theme = canvas.theme;
    let bars = set.lines.first().map_or(0, |line| line.bars);
    let Some(line) = at.row.checked_sub(set.before).and_then(|line| set.lines.get(line)) else {
        // The bar of a quotation continues between its paragraphs.
        let above = part.checked_sub(1).and_then(|part| layout.block(part));
        if above.is_some_and(|above| above.quoted > 0 && block.quoted > 0) {
            draw_bars(canvas, area, y, bars.min(above.map_or(0, |above| above.quoted)));
        }
        return;
    };
    draw_bars(canvas, area, y, line.bars);
    match line.kind {
        LineKind::Rule(width) => {
            let rule = "─".repeat(usize::from(width));
            canvas.write(area.x + u16::from(line.bars) * 2, y, &rule, area.width, theme.dim());
        }
        LineKind::Hidden => {
            let count = layout.boilerplate_from(part);
            let label = format!("▸ {} ({count})", state.say(messages::BOILERPLATE));
            canvas.write(area.x, y, &label, area.width, theme.dim());
        }
        LineKind::Text => {
            if let (Some(column), BlockKind::Item { marker, .. }) = (line.marker, &block.kind) {
                draw_marker(canvas, area, y, column, *marker);
            }
            for run in &line.runs {
                let found: Vec<_> = state.find.matches_in(part).collect();
                draw_run(canvas, area, y, run, &Look { part, block, line, found });
            }
        }
    }
}

fn draw_bars(canvas: &mut Canvas<'_>, area: Area, y: u16, bars: u8) {
    let style = canvas.theme.accent();
    for bar in 0..u16::from(bars) {
        canvas.write(area.x + bar * 2, y, "▎", 1, style);
    }
}

fn draw_marker(canvas: &mut Canvas<'_>, area: Area, y: u16, column: u16, marker: Marker) {
    let style = canvas.theme.accent();
    canvas.write(area.x + column, y, &marker_text(marker), area.width.saturating_sub(column), style);
}

/// Holds everything that the style of a piece of text depends on.
struct Look<'a> {
    part: Part,
    block: &'a Block,
    line: &'a Line,
    found: Vec<(&'a Range<usize>, bool)>,
}

impl Look<'_> {
    /// Returns the style of the whole block, before inline styles and matches.
    fn base(&self, canvas: &Canvas<'_>) -> Style {
        let theme = canvas.theme;
        match (&self.block.kind, self.part) {
            (_, TITLE) => theme.strong(),
            (_, META) => theme.dim(),
            (BlockKind::Heading { .. }, _) => theme.bold(),
            (BlockKind::Lead, _) => theme.bold(),
            (BlockKind::Boilerplate, _) => theme.dim(),
            (BlockKind::Table(table), _) if table.header => {
                let header = table.cells.get(table.columns.saturating_sub(1)).map_or(0, |cell| cell.end);
                let start = self.line.start() as usize;
                if start < header { theme.bold() } else { theme.plain() }
            }
            _ => theme.plain(),
        }
    }

    /// Returns the ranges of `run` with the style of each.
    fn stretches(&self, run: &Run, canvas: &Canvas<'_>) -> Vec<(Range<usize>, Style)> {
        let (start, end) = (run.start as usize, run.end as usize);
        let mut borders = vec![start, end];
        let mut border = |range: Range<usize>| {
            borders.extend([range.start, range.end].into_iter().filter(|at| (start..end).contains(at)));
        };
        for mark in &self.block.marks {
            border(span(mark));
        }
        for (range, _) in &self.found {
            border((*range).clone());
        }
        let speaker = match &self.block.kind {
            BlockKind::Quote { speaker: Some(Speaker::Within(range)) } => Some(range.clone()),
            _ => None,
        };
        if let Some(range) = speaker.clone() {
            border(range);
        }
        borders.sort_unstable();
        borders.dedup();
        let base = self.base(canvas);
        let style_at = |at: usize| {
            let mut style = base;
            if speaker.as_ref().is_some_and(|range| range.contains(&at)) {
                style = style.patch(canvas.theme.bold());
            }
            if let Some(mark) = self.block.marks.iter().find(|mark| span(mark).contains(&at)) {
                style = marked(style, mark, canvas);
            }
            if let Some((_, current)) = self.found.iter().find(|(range, _)| range.contains(&at)) {
                style = style.patch(canvas.theme.found(*current));
            }
            style
        };
        borders.windows(2).filter_map(|pair| Some((*pair.first()?..*pair.get(1)?, style_at(*pair.first()?)))).collect()
    }
}

fn span(mark: &Mark) -> Range<usize> {
    mark.start as usize..mark.end as usize
}

fn marked(style: Style, mark: &Mark, canvas: &Canvas<'_>) -> Style {
    let mut style = if mark.link.is_some() { style.patch(canvas.theme.link()) } else { style };
    for (wanted, modifier) in [
        (mark.style.emphasis, Modifier::ITALIC),
        (mark.style.strong, Modifier::BOLD),
        (mark.style.deleted, Modifier::CROSSED_OUT),
    ] {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    if mark.style.code { style.patch(canvas.theme.accent()) } else { style }
}

fn draw_run(canvas: &mut Canvas<'_>, area: Area, y: u16, run: &Run, look: &Look<'_>) {
    let mut x = area.x + run.column.min(area.width);
    let right = area.x + area.width;
    for (range, style) in look.stretches(run, canvas) {
        let text = look.block.text.get(range).unwrap_or_default();
        x = canvas.write(x, y, text, right.saturating_sub(x), style);
    }
    if run.hyphen {
        let style = canvas.theme.dim();
        canvas.write(x, y, "-", right.saturating_sub(x), style);
    }
}

/// Draws a thin bar at the right edge, unless all of the text is visible.
fn scroll_bar(state: &State, canvas: &mut Canvas<'_>, pane: Area) {
    let Some((from, to)) = state.reader.shares() else { return };
    if (from <= 0.0 && to >= 1.0) || pane.width < 24 || pane.height < 3 {
        return;
    }
    let style = canvas.theme.dim();
    let height = f64::from(pane.height);
    for y in 0..pane.height {
        let (above, below) = (f64::from(y) / height, f64::from(y + 1) / height);
        let on = below > from && above < to;
        canvas.write(pane.x + pane.width - 1, pane.y + y, if on { "▐" } else { " " }, 1, style);
    }
}
