//! A typeset announcement as lines of plain text, or with bold on a terminal.

use std::io::{self, Write};
use std::sync::Arc;

use crate::model::{Announcement, BlockKind};
use crate::text::width;
use crate::typeset::{Fill, Layout, LineKind, Measure, Part, Place, RowAt, SetBlock, TITLE, marker_text};

/// The bytes of a text that are typeset; what follows is written as it is, so that no text takes long.
pub const MOST_SET: u64 = 4 * 1024 * 1024;

/// Writes an announcement typeset to `width` cells, a blank line between blocks and nothing added; returns whether all
/// of it was typeset. What stands behind the first [`MOST_SET`] bytes is written as it is.
///
/// # Errors
///
/// What writing fails with.
pub fn write(announcement: Announcement, width: u16, styled: bool, output: &mut impl Write) -> io::Result<bool> {
    write_setting(announcement, width, styled, MOST_SET, output)
}

/// Writes an announcement of which about `most` bytes are typeset.
fn write_setting(
    announcement: Announcement,
    width: u16,
    styled: bool,
    most: u64,
    output: &mut impl Write,
) -> io::Result<bool> {
    let measure = Measure { width, fill: Fill::Ragged, boilerplate: false };
    let mut layout = Layout::new(Arc::new(announcement), "", measure);
    let mut next = layout.first_row();
    let (mut begun, mut written, mut unit) = (false, 0, 0);
    while let Some(at) = next {
        if at.unit != unit && written > most {
            write_rest(&layout, layout.start_of(at.unit), output)?;
            return Ok(false);
        }
        unit = at.unit;
        let set = layout.unit(at.unit);
        let part = layout.part_of(at.unit);
        let hidden = set.lines.iter().any(|line| line.kind == LineKind::Hidden);
        // Nothing stands above the first line, and boilerplate is left out with the row above it.
        if !hidden && (begun || at.row >= set.before) {
            begun = true;
            let line = row(&layout, &set, part, at);
            written += line.len() as u64 + 1;
            let bold = styled && stands_out(&layout, part) && !line.is_empty();
            let (before, after) = if bold { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            writeln!(output, "{before}{line}{after}")?;
        }
        next = layout.next_row(at);
    }
    Ok(true)
}

/// Writes the blocks from `start` on without typesetting them, boilerplate left out.
fn write_rest(layout: &Layout, start: Place, output: &mut impl Write) -> io::Result<()> {
    let mut offset = start.offset as usize;
    for block in (start.part..layout.parts()).filter_map(|part| layout.block(part)) {
        let rest = block.text.get(std::mem::take(&mut offset)..).unwrap_or_default();
        if block.kind != BlockKind::Boilerplate && !rest.is_empty() {
            writeln!(output, "{rest}\n")?;
        }
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

#[cfg(test)]
mod tests {
    use super::write_setting;
    use crate::formats::{Input, read};

    #[test]
    fn the_end_of_a_huge_text_is_written_as_it_is() {
        let line = |number: usize| format!("Sanat {number} jatkuvat rivistä toiseen, kunnes teksti loppuu aikanaan.");
        let text = |lines: usize| (0..lines).map(line).collect::<Vec<_>>().join("\n\n");
        for (lines, set) in [(800, false), (8, true)] {
            let text = format!("# Kirja\n\n{}\n\nLoppu tuli.", text(lines));
            let mut output = Vec::new();
            let announcement = read(&Input::new("a.md", text.as_bytes())).announcements.remove(0);
            assert_eq!(write_setting(announcement, 20, false, 20_000, &mut output).unwrap(), set);
            let output = String::from_utf8(output).unwrap();
            assert!(output.starts_with("Kirja\n\nSanat 0 jatkuvat\n"));
            assert_eq!(output.ends_with(&format!("{}\n\nLoppu tuli.\n\n", line(lines - 1))), !set);
            assert_eq!(output.matches("aikanaan.").count(), lines);
        }
    }
}
