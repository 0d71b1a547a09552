//! Tables in cells: columns share the width by what they hold; a table too narrow to read is set row under row.

use std::ops::Range;

use super::Method;
use super::lines::{Frame, Line, LineKind, Run, cells};
use crate::model::Table;
use crate::text::work::count;

/// Cells between two columns.
const GAP: u16 = 2;
/// The narrowest column that can be read.
const NARROWEST: u16 = 6;

/// The bytes of a table by which the widths of its columns are chosen.
const MEASURED: usize = 256 * 1024;

/// Divides a table of `length` bytes into stretches of whole rows, each of about `unit` bytes; `None` when a row is so
/// long that its cells cannot be set side by side.
pub(super) fn stretches(table: &Table, length: usize, unit: usize) -> Option<Vec<Range<usize>>> {
    let begins = begins(table, length);
    let ends = begins.iter().skip(1).copied().chain([length]);
    if begins.iter().zip(ends).any(|(begin, end)| end.saturating_sub(*begin) > unit * 2) {
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    for begin in begins {
        if begin > start + unit {
            found.push(start..begin);
            start = begin;
        }
    }
    found.push(start..length);
    Some(found)
}

/// Returns where each row begins: at its first cell that is not empty, or where the next row does.
fn begins(table: &Table, length: usize) -> Vec<usize> {
    let mut next = length;
    let begin = |row: &[Range<usize>]| {
        next = row.iter().filter(|cell| !cell.is_empty()).map(|cell| cell.start).min().unwrap_or(next).min(next);
        next
    };
    let mut begins: Vec<usize> = table.cells.chunks(table.columns.max(1)).rev().map(begin).collect();
    begins.reverse();
    begins
}

/// Sets the rows that begin in `range` of the table whose cells are ranges of the frame's block.
pub(super) fn set(table: &Table, range: &Range<usize>, frame: &Frame<'_>, indent: u16) -> Vec<Line> {
    let columns = table.columns.max(1);
    let width = frame.measure.width.saturating_sub(indent);
    let rows = rows_in(table, range, frame.block.text.len());
    match widths(table, frame, columns, width) {
        Some(widths) => grid(table, rows, frame, indent, &widths),
        None => stacked(table, rows, frame, indent),
    }
}

/// Returns the numbers of the rows that begin in `range`, of a text of `length` bytes.
fn rows_in(table: &Table, range: &Range<usize>, length: usize) -> Range<usize> {
    let begins = begins(table, length);
    let before = |limit: usize| if limit >= length { begins.len() } else { begins.partition_point(|at| *at < limit) };
    before(range.start)..before(range.end)
}

/// Returns the width of every column, or `None` when they do not fit side by side.
fn widths(table: &Table, frame: &Frame<'_>, columns: usize, width: u16) -> Option<Vec<u16>> {
    let mut natural = vec![1_u16; columns];
    let measured = |row: &&[Range<usize>]| row.iter().all(|cell| cell.start <= MEASURED);
    for row in table.cells.chunks(columns).take_while(measured) {
        count(columns);
        for (widest, cell) in natural.iter_mut().zip(row) {
            *widest = (*widest).max(cells(frame.block.text.get(cell.clone()).unwrap_or_default()));
        }
    }
    let gaps = GAP.checked_mul(u16::try_from(columns - 1).ok()?)?;
    let room = width.checked_sub(gaps)?;
    // Columns that need little get it; the others share what is left, level by level.
    let mut widths = vec![0; columns];
    let mut open: Vec<usize> = (0..columns).collect();
    let mut left = room;
    loop {
        let level = left / u16::try_from(open.len()).ok()?.max(1);
        let (fitting, wide): (Vec<usize>, Vec<usize>) =
            open.iter().partition(|column| natural.get(**column).is_some_and(|natural| *natural <= level));
        if fitting.is_empty() || wide.is_empty() {
            for column in fitting.iter().chain(&wide) {
                *widths.get_mut(*column)? = level.min(*natural.get(*column)?);
            }
            return widths
                .iter()
                .zip(&natural)
                .all(|(width, natural)| width >= natural.min(&NARROWEST))
                .then_some(widths);
        }
        for column in &fitting {
            *widths.get_mut(*column)? = *natural.get(*column)?;
            left = left.saturating_sub(*natural.get(*column)?);
        }
        open = wide;
    }
}

fn grid(table: &Table, rows: Range<usize>, frame: &Frame<'_>, indent: u16, widths: &[u16]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (number, row) in table.cells.chunks(widths.len()).enumerate().take(rows.end).skip(rows.start) {
        let mut rows: Vec<Line> = Vec::new();
        let mut column = indent;
        for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
            let right = table.right.get(at).copied().unwrap_or_default();
            for (line, set) in frame.break_lines(cell.clone(), *width, Method::Body).into_iter().enumerate() {
                if rows.len() <= line {
                    rows.push(Line { bars: frame.bars, ..Line::default() });
                }
                let text = frame.block.text.get(set.start as usize..set.end as usize).unwrap_or_default();
                let shift = if right { width.saturating_sub(cells(text)) } else { 0 };
                if let Some(row) = rows.get_mut(line) {
                    row.runs.push(Run { column: column + shift, start: set.start, end: set.end, hyphen: set.hyphen });
                }
            }
            column = column.saturating_add(*width).saturating_add(GAP);
        }
        lines.append(&mut rows);
        if number == 0 && table.header {
            let width = column.saturating_sub(indent + GAP);
            lines.push(Line { kind: LineKind::Rule(width), bars: frame.bars, ..Line::default() });
        }
    }
    lines
}

/// Sets every cell on lines of its own, with a rule between rows.
fn stacked(table: &Table, rows: Range<usize>, frame: &Frame<'_>, indent: u16) -> Vec<Line> {
    let width = frame.measure.width.saturating_sub(indent);
    let mut lines = Vec::new();
    let all = table.cells.chunks(table.columns.max(1)).enumerate();
    for (number, row) in all.take(rows.end).skip(rows.start) {
        if number > 0 {
            lines.push(Line { kind: LineKind::Rule(width.min(4)), bars: frame.bars, ..Line::default() });
        }
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            for set in frame.break_lines(cell.clone(), width, Method::Body) {
                let run = Run { column: indent, start: set.start, end: set.end, hyphen: set.hyphen };
                lines.push(Line { runs: vec![run], bars: frame.bars, ..Line::default() });
            }
        }
    }
    lines
}
