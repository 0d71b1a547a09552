//! One block at a width: how each kind is set, and the rows between blocks.

use std::ops::Range;

use super::lines::{Frame, Line, LineKind, Run, SetBlock, cells, run};
use super::{Fill, Measure, Method, SetLine, UNIT, justify_gaps, table};
use crate::model::{Block, BlockKind, Marker};
use crate::text::{Language, width};

/// Reports whether a blank row separates two consecutive blocks.
#[must_use]
pub fn parted(above: &Block, block: &Block, measure: Measure) -> bool {
    match (&above.kind, &block.kind) {
        (BlockKind::Item { .. }, BlockKind::Item { marker, .. }) => *marker == Marker::Continuation,
        (BlockKind::Boilerplate, BlockKind::Boilerplate) => !measure.boilerplate,
        _ => true,
    }
}

/// Returns the text of an item's marker: `•`, `12.`, or nothing.
#[must_use]
pub fn marker_text(marker: Marker) -> String {
    marker.sign("•")
}

/// Sets `range` of `block`'s text, without the blank rows before it.
#[must_use]
pub fn set(block: &Block, range: Range<usize>, language: Option<Language>, measure: Measure) -> SetBlock {
    let bars = match block.kind {
        BlockKind::Quote { .. } => block.quoted.max(1),
        _ => block.quoted,
    };
    // Hostile nesting must leave room for text.
    let bars = bars.min(u8::try_from(measure.width / 8).unwrap_or(u8::MAX)).min(6);
    let indent = u16::from(bars) * 2;
    let frame = Frame { block, language, measure, bars };
    let lines = match &block.kind {
        BlockKind::Rule => vec![Line { kind: LineKind::Rule(measure.width.min(8)), bars, ..Line::default() }],
        BlockKind::Boilerplate if !measure.boilerplate => vec![Line { kind: LineKind::Hidden, ..Line::default() }],
        BlockKind::Table(cells) if table::stretches(cells, block.text.len(), UNIT).is_some() => {
            table::set(cells, &range, &frame, indent)
        }
        // A cell of a whole book fills no column.
        BlockKind::Table(_) => frame.kept_lines(range, indent),
        BlockKind::Preformatted | BlockKind::Contact => frame.kept_lines(range, indent),
        BlockKind::Item { depth, marker } => frame.item(range, indent, *depth, *marker),
        BlockKind::Heading { .. } => frame.paragraph(range, indent, Method::Heading),
        _ => frame.paragraph(range, indent, Method::Body),
    };
    SetBlock { before: 0, lines }
}

impl Frame<'_> {
    fn paragraph(&self, range: Range<usize>, indent: u16, method: Method) -> Vec<Line> {
        let width = self.measure.width.saturating_sub(indent);
        let lines = self.break_lines(range, width, method);
        let last = lines.len().saturating_sub(1);
        let justify = self.measure.fill == Fill::Justified && method == Method::Body;
        lines
            .into_iter()
            .enumerate()
            .map(|(number, line)| {
                let runs = if justify && number < last {
                    self.justified(line, indent, width)
                } else {
                    vec![run(line, indent)]
                };
                Line { runs, bars: self.bars, ..Line::default() }
            })
            .collect()
    }

    /// Splits a line into runs at the blanks that are widened, so that it fills `width`.
    fn justified(&self, line: SetLine, indent: u16, width: u16) -> Vec<Run> {
        let gaps = justify_gaps(&self.block.text, &line, width);
        let mut runs = Vec::with_capacity(gaps.len() + 1);
        let mut next = run(line, indent);
        for gap in gaps {
            let rest = next;
            next = Run { end: gap.offset, hyphen: false, ..rest };
            let shown = self.block.text.get(next.start as usize..next.end as usize).unwrap_or_default();
            let column = rest.column.saturating_add(cells(shown)).saturating_add(1 + gap.extra);
            runs.push(next);
            next = Run { column, start: gap.offset + 1, ..rest };
        }
        runs.push(next);
        runs
    }

    fn item(&self, range: Range<usize>, indent: u16, depth: u8, marker: Marker) -> Vec<Line> {
        let deepest = u8::try_from(self.measure.width / 8).unwrap_or(u8::MAX);
        let at = indent + u16::from(depth.min(deepest).min(8)) * 2;
        let first = range.start == 0;
        let hang = at + cells(&marker_text(marker)).max(1) + 1;
        let mut lines = self.paragraph(range, hang, Method::Body);
        if let Some(line) = lines.first_mut()
            && first
            && marker != Marker::Continuation
        {
            line.marker = Some(at);
        }
        lines
    }

    /// Keeps the lines of the text, and breaks those that are wider than the column.
    fn kept_lines(&self, range: Range<usize>, indent: u16) -> Vec<Line> {
        let text = self.block.text.get(range.clone()).unwrap_or_default();
        let room = self.measure.width.saturating_sub(indent).max(1);
        let mut lines = Vec::new();
        let mut start = range.start;
        for kept in text.split('\n') {
            let kept_range = start..start + kept.len();
            start = kept_range.end + 1;
            if width(kept) <= usize::from(room) {
                let bounds = (u32::try_from(kept_range.start), u32::try_from(kept_range.end));
                let (Ok(start), Ok(end)) = bounds else { break };
                let runs = vec![Run { column: indent, start, end, hyphen: false }];
                lines.push(Line { runs, bars: self.bars, ..Line::default() });
            } else {
                let unhyphenated = Frame { language: None, ..*self };
                lines.extend(unhyphenated.paragraph(kept_range, indent, Method::FirstFit));
            }
        }
        // The line end that parts two units is no line of its own.
        if text.ends_with('\n') {
            lines.pop();
        }
        lines
    }
}
