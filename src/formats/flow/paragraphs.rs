//! Makes blocks of what was gathered of a paragraph.

use std::ops::Range;

use super::{Context, DEEPEST, Flow, MOST_BLOCKS};
use crate::model::{Block, BlockBuilder, BlockKind, Marker, Style};

/// Lines of a paragraph that are all as short as this, in characters, are kept as lines.
const SHORT_LINE: usize = 60;

impl Flow {
    /// Adds a paragraph. One with line breaks keeps its lines where they are short and becomes several paragraphs
    /// where they are long, as on pages whose paragraphs are parted by `<br>`.
    pub(super) fn push_paragraph(&mut self) {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks.is_empty() {
            let kind = self.kind_of_text();
            self.push_run_of_text(0..self.text.len(), kind);
            return;
        }
        let mut lines = Vec::new();
        let mut start = 0;
        for end in breaks.iter().copied().chain([self.text.len()]) {
            if self.text.get(start..end).is_some_and(|line| !line.trim().is_empty()) {
                lines.push(start..end);
            }
            start = end;
        }
        let short = lines.iter().all(|line| {
            line.len() <= 4 * SHORT_LINE
                && self.text.get(line.clone()).is_some_and(|line| line.trim().chars().count() <= SHORT_LINE)
        });
        let plain = self.lists.is_empty() && self.quotes == 0;
        if short && plain && lines.len() > 1 {
            let mut builder = BlockBuilder::new(&BlockKind::Preformatted);
            for (number, line) in lines.into_iter().enumerate() {
                if number > 0 {
                    builder.push("\n", Style::PLAIN, None);
                }
                let line = self.trimmed(line);
                self.push_runs(line, &mut builder);
            }
            self.push(builder.finish(BlockKind::Preformatted));
        } else {
            for line in lines {
                let kind = self.kind_of_text();
                self.push_run_of_text(line, kind);
            }
        }
    }

    /// Returns `range` without the blanks at its ends.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let Some(text) = self.text.get(range.clone()) else { return range };
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// Returns what running text is at this place. An item's first text takes its marker.
    fn kind_of_text(&mut self) -> BlockKind {
        if self.lists.is_empty() {
            return if self.quotes > 0 { BlockKind::Quote { speaker: None } } else { BlockKind::Paragraph };
        }
        let depth = u8::try_from((self.lists.len() - 1).min(DEEPEST)).unwrap_or(0);
        BlockKind::Item { depth, marker: self.marker.take().unwrap_or(Marker::Continuation) }
    }

    pub(super) fn push_run_of_text(&mut self, range: Range<usize>, kind: BlockKind) {
        let mut builder = BlockBuilder::new(&kind);
        self.push_runs(range, &mut builder);
        if !builder.is_empty() {
            self.push(builder.finish(kind));
        }
    }

    fn push_runs(&self, range: Range<usize>, builder: &mut BlockBuilder) {
        let mut start = range.start;
        for run in &self.runs {
            if run.end <= start {
                continue;
            }
            let end = run.end.min(range.end);
            builder.push(self.text.get(start..end).unwrap_or_default(), run.style, run.link);
            start = end;
            if start == range.end {
                break;
            }
        }
    }

    pub(super) fn push(&mut self, mut block: Block) {
        if self.document.blocks.len() >= MOST_BLOCKS {
            self.overflowed = true;
            return;
        }
        block.quoted = u8::try_from(self.quotes.min(DEEPEST)).unwrap_or(0);
        self.document.blocks.push(block);
        let opening = self.opening;
        self.contexts.push(Context {
            linked: self.linked,
            lead: self.context.lead || opening.lead,
            stamp: self.context.stamp || opening.stamp,
            caption: self.context.caption || opening.caption,
            ..self.context
        });
    }
}
