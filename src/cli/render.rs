//! A typeset announcement as lines of plain text, or with bold on a terminal.

use std::io::{self, Write};
use std::sync::Arc;

use crate::model::{Announcement, BlockKind};
use crate::text::width;
use crate::typeset::{Fill, Layout, LineKind, Measure, Part, RowAt, SetBlock, TITLE, marker_text};

/// Writes an announcement typeset to `width` cells, a blank line between blocks and nothing added.
///
/// # Errors
///
/// What writing fails with.
pub fn write(announcement: Announcement, width: u16, styled: bool, output: &mut impl Write) -> io::Result<()> {
    let measure = Measure { width, fill: Fill::Ragged, boilerplate: false };
    let mut layout = Layout::new(Arc::new(announcement), "", measure);
    let mut next = layout.first_row();
    let mut begun = false;
    while let Some(at) = next {
        let set = layout.unit(at.unit);
        let part = layout.part_of(at.unit);
        let hidden = set.lines.iter().any(|line| line.kind == LineKind::Hidden);
        // Nothing stands above the first line, and boilerplate is left out with the row above it.
        if !hidden && (begun || at.row >= set.before) {
            begun = true;
            let line = row(&layout, &set, part, at);
            let bold = styled && stands_out(&layout, part) && !line.is_empty();
            let (before, after) = if bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            writeln!(output, "{before}{line}{after}")?;
        }
        next = layout.next_row(at);
    }
    Ok(())
}

fn stands_out(layout: &Layout, part: Part) -> bool {
    part == TITLE || layout.block(part).is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Returns one row of cells as text.
fn row(layout: &Layout, set: &SetBlock, part: Part, at: RowAt) -> String {
    let Some(line) = at.row.checked_sub(set.before).and_then(|line| set.lines.get(line)) else { return String::new() };
    let Some(block) = layout.block(part) else { return String::new() };
    let mut text = String::new();
    let pad = |text: &mut String, column: u16| {
        let missing = usize::from(column).saturating_sub(width(text));
        text.extend(std::iter::repeat_n(' ', missing));
    };
    if let LineKind::Rule(cells) = line.kind {
        pad(&mut text, u16::from(line.bars) * 2);
        text.push_str(&"─".repeat(usize::from(cells)));
        return text;
    }
    if let (Some(column), BlockKind::Item { marker, .. }) = (line.marker, &block.kind) {
        pad(&mut text, column);
        text.push_str(&marker_text(*marker));
    }
    for run in &line.runs {
        pad(&mut text, run.column);
        text.push_str(&block.bare_text(run.start as usize..run.end as usize));
        if run.hyphen {
            text.push('-');
        }
    }
    text
}
