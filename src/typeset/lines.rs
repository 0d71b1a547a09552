//! What a set block is made of: lines, their runs of text, and what all lines of a block share.

use std::ops::Range;

use super::{Fill, Measure, Method, SetLine, Setting, set_paragraph};
use crate::model::Block;
use crate::text::work::count;
use crate::text::{Hint, Language, width};

/// A set block, or a stretch of one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetBlock {
    /// Blank rows before it.
    pub before: usize,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One line of a set block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The kind of the line.
    pub kind: LineKind,
    /// Quotation bars at its left edge, two cells each.
    pub bars: u8,
    /// The cell in which its item's marker begins, on the first line of an item.
    pub marker: Option<u16>,
    /// The runs of text it shows, from left to right.
    pub runs: Vec<Run>,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// A line of text.
    #[default]
    Text,
    /// A horizontal rule of so many cells.
    Rule(u16),
    /// Stands for boilerplate that is not shown.
    Hidden,
}

/// A run of text on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The cell it begins in, from the left edge of the column of text.
    pub column: u16,
    /// Byte offset of its first character in the block's text.
    pub start: u32,
    /// Byte offset of its end.
    pub end: u32,
    /// Whether a hyphen that is not in the text ends it.
    pub hyphen: bool,
}

impl SetBlock {
    /// Returns the rows it takes with the blank ones before it; a block without lines takes none.
    #[must_use]
    pub fn rows(&self) -> usize {
        if self.lines.is_empty() { 0 } else { self.before + self.lines.len() }
    }
}

impl Line {
    /// Returns the byte offset of the first character shown; 0 where no text is.
    #[must_use]
    pub fn start(&self) -> u32 {
        self.runs.iter().map(|run| run.start).min().unwrap_or(0)
    }

    /// Returns the byte offset behind the last character shown.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.runs.iter().map(|run| run.end).max().unwrap_or(0)
    }
}

/// The properties that the lines of one block share.
pub(super) struct Frame<'a> {
    pub block: &'a Block,
    pub language: Option<Language>,
    pub measure: Measure,
    pub bars: u8,
}

impl Frame<'_> {
    /// Breaks `range` into lines of `width`, as byte ranges of the whole block's text.
    pub fn break_lines(&self, range: Range<usize>, width: u16, method: Method) -> Vec<SetLine> {
        let text = self.block.text.get(range.clone()).unwrap_or_default();
        let offset = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        // Hints rise: of a table with thousands of cells each cell looks only at its own.
        let all = &self.block.hints;
        let own = all.partition_point(|hint| hint.offset < offset)..all.partition_point(|hint| hint.offset < end);
        let own = all.get(own).unwrap_or_default();
        count(1 + own.len());
        let hints: Vec<Hint> = own.iter().map(|hint| Hint { offset: hint.offset - offset, ..*hint }).collect();
        let hyphenate = self.measure.fill != Fill::Unhyphenated;
        let setting = Setting { width: width.max(1), language: self.language, hyphenate, method };
        let mut lines = set_paragraph(text, &hints, &setting);
        for line in &mut lines {
            line.start += offset;
            line.end += offset;
        }
        lines
    }
}

/// Makes the only run of a line.
pub(super) fn run(line: SetLine, column: u16) -> Run {
    Run { column, start: line.start, end: line.end, hyphen: line.hyphen }
}

/// Returns the width of `text` in cells, at most 65535.
pub(super) fn cells(text: &str) -> u16 {
    u16::try_from(width(text)).unwrap_or(u16::MAX)
}
