//! Structured text as it flows in, start tags, text and end tags, becomes flat blocks: Markdown and HTML share this.

use std::collections::HashMap;

use super::grid::{Grid, Run};
use crate::model::{Block, BlockBuilder, BlockKind, Document, Link, Marker, Style};
use crate::text::{Clean, Language};

/// Maximum number of blocks in a document: guards against files such as one with a million one-letter paragraphs.
const MOST_BLOCKS: usize = 200_000;
/// Deeper quotations and lists are shown as deep as this.
const DEEPEST: usize = 8;
/// Lines of a paragraph that are all as short as this, in characters, are kept as lines.
const SHORT_LINE: usize = 60;

/// What is being gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Text,
    Heading(u8),
    Preformatted,
}

/// How deep the text stands in each kind of emphasis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// Emphasis, in italics.
    Slanted,
    /// Strong emphasis.
    Strong,
    /// Code.
    Code,
    /// Struck out.
    Deleted,
}

/// Where a block stood in its page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Whether it stood in navigation, a footer, a consent banner or the like.
    pub boilerplate: bool,
    /// The language its nearest element states.
    pub language: Option<Language>,
}

/// Writes blocks.
#[derive(Debug, Default)]
pub struct Flow {
    document: Document,
    links: HashMap<Box<str>, u16>,
    open: Option<Open>,
    text: String,
    runs: Vec<Run>,
    /// Byte offsets of the line breaks the author asked for.
    breaks: Vec<usize>,
    emphasis: [u32; 4],
    link: Option<u16>,
    quotes: usize,
    /// The number of the next item of each open list, `None` where it has bullets.
    lists: Vec<Option<u64>>,
    /// The marker of an item that has no text yet.
    marker: Option<Marker>,
    table: Option<Grid>,
    overflowed: bool,
    /// Where what follows stands in its page.
    pub(super) context: Context,
    /// Where each block stood.
    contexts: Vec<Context>,
}

impl Flow {
    /// Appends text to the open block; opens a paragraph where none is open and the text is not blank.
    pub fn text(&mut self, text: &str) {
        if self.open.is_none() {
            if self.text.is_empty() && text.trim().is_empty() {
                return;
            }
            self.open = Some(Open::Text);
        }
        if text.is_empty() {
            return;
        }
        self.text.push_str(text);
        let [emphasis, strong, code, deleted] = self.emphasis.map(|depth| depth > 0);
        let style = Style { emphasis, strong, code, deleted };
        let run = Run { end: self.text.len(), style, link: self.link };
        match self.runs.last_mut() {
            Some(last) if last.style == run.style && last.link == run.link => last.end = run.end,
            _ => self.runs.push(run),
        }
    }

    /// A line break the author asked for.
    pub fn line_break(&mut self) {
        match self.open {
            Some(Open::Preformatted) => self.text("\n"),
            Some(Open::Text) if self.table.is_none() => self.breaks.push(self.text.len()),
            Some(_) => self.text(" "),
            None => {}
        }
    }

    /// Whether preformatted text is open.
    #[must_use]
    pub fn is_preformatted(&self) -> bool {
        self.open == Some(Open::Preformatted)
    }

    /// Whether there was more than a document is given.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.overflowed
    }

    /// Whether a table is open.
    #[must_use]
    pub fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// How many blocks were finished.
    #[must_use]
    pub fn blocks_so_far(&self) -> usize {
        self.document.blocks.len()
    }

    /// Starts a paragraph; what was open is finished.
    pub fn start_paragraph(&mut self) {
        self.end_block();
        self.open = Some(Open::Text);
    }

    /// Starts a heading of level 1–6.
    pub fn start_heading(&mut self, level: u8) {
        self.end_block();
        self.open = Some(Open::Heading(level.clamp(1, 6)));
    }

    /// Starts text whose lines are kept.
    pub fn start_preformatted(&mut self) {
        self.end_block();
        self.open = Some(Open::Preformatted);
    }

    /// Finishes the open block; blank ones leave nothing behind. In a table a block is only a blank between words.
    pub fn end_block(&mut self) {
        if self.table.is_some() {
            self.text(" ");
            return;
        }
        let Some(open) = self.open.take() else { return };
        if !self.text.trim().is_empty() {
            match open {
                Open::Heading(level) => self.push_run_of_text(0..self.text.len(), BlockKind::Heading { level }),
                Open::Preformatted => self.push_run_of_text(0..self.text.len(), BlockKind::Preformatted),
                Open::Text => self.push_paragraph(),
            }
        }
        self.text.clear();
        self.runs.clear();
        self.breaks.clear();
    }

    /// Enters emphasis of some kind.
    pub fn start_emphasis(&mut self, kind: Emphasis) {
        if let Some(depth) = self.emphasis.get_mut(kind as usize) {
            *depth = depth.saturating_add(1);
        }
    }

    /// Leaves it.
    pub fn end_emphasis(&mut self, kind: Emphasis) {
        if let Some(depth) = self.emphasis.get_mut(kind as usize) {
            *depth = depth.saturating_sub(1);
        }
    }

    /// What follows links to `address`.
    pub fn start_link(&mut self, address: &str) {
        let address = address.trim();
        self.link = match self.links.get(address) {
            Some(number) => Some(*number),
            None => match u16::try_from(self.document.links.len()) {
                Ok(number) if !address.is_empty() => {
                    self.links.insert(address.into(), number);
                    self.document.links.push(Link { address: Clean::line(address) });
                    Some(number)
                }
                _ => None,
            },
        };
    }

    /// What follows links nowhere.
    pub fn end_link(&mut self) {
        self.link = None;
    }

    /// Enters a quotation.
    pub fn start_quote(&mut self) {
        self.end_block();
        self.quotes += 1;
    }

    /// Leaves a quotation.
    pub fn end_quote(&mut self) {
        self.end_block();
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// Enters a list; `first` is the number of its first item, `None` for bullets.
    pub fn start_list(&mut self, first: Option<u64>) {
        self.end_block();
        self.lists.push(first);
    }

    /// Leaves a list.
    pub fn end_list(&mut self) {
        self.end_block();
        self.lists.pop();
        self.marker = None;
    }

    /// Starts an item of the innermost list.
    pub fn start_item(&mut self) {
        self.end_block();
        if let Some(next) = self.lists.last_mut() {
            self.marker =
                Some(next.map_or(Marker::Bullet, |number| Marker::Number(u32::try_from(number).unwrap_or(u32::MAX))));
            *next = next.map(|number| number.saturating_add(1));
        }
    }

    /// Ends an item.
    pub fn end_item(&mut self) {
        self.end_block();
        self.marker = None;
    }

    /// A thematic break.
    pub fn rule(&mut self) {
        self.end_block();
        if self.table.is_none() {
            self.push(Block::plain(BlockKind::Rule, ""));
        }
    }

    /// Enters a table whose columns are set flush right where `right` says so; a table in a table joins the outer one.
    pub fn start_table(&mut self, right: Vec<bool>) {
        self.end_block();
        if self.table.is_none() {
            self.table = Some(Grid::new(right));
        }
    }

    /// Starts a row; `header` when its cells name the columns.
    pub fn start_row(&mut self, header: bool) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.start_row(header);
        }
    }

    /// Says that the first row names the columns, where no cell of it has come yet.
    pub fn name_columns(&mut self) {
        if let Some(table) = &mut self.table {
            table.name_columns();
        }
    }

    /// Ends the caption of a table: a paragraph before it.
    pub fn end_caption(&mut self) {
        if let Some(table) = self.table.take() {
            self.end_block();
            self.table = Some(table);
        } else {
            self.end_block();
        }
    }

    /// Starts a cell.
    pub fn start_cell(&mut self) {
        self.end_cell();
        if self.table.is_some() {
            self.open = Some(Open::Text);
        }
    }

    /// Ends a cell.
    pub fn end_cell(&mut self) {
        if let Some(table) = &mut self.table
            && self.open.take().is_some()
        {
            table.push(&self.text, &self.runs);
            self.text.clear();
            self.runs.clear();
            self.breaks.clear();
        }
    }

    /// Leaves a table.
    pub fn end_table(&mut self) {
        self.end_cell();
        if let Some(block) = self.table.take().and_then(Grid::finish) {
            self.push(block);
        }
    }

    /// The document, and whether there was more than a document is given.
    #[must_use]
    pub fn finish(mut self) -> (Document, bool) {
        self.end_table();
        self.end_block();
        (self.document, self.overflowed)
    }

    /// The document, and where each of its blocks stood.
    #[must_use]
    pub(super) fn finish_with_contexts(mut self) -> (Document, Vec<Context>, bool) {
        self.end_table();
        self.end_block();
        (self.document, self.contexts, self.overflowed)
    }

    /// A paragraph; one with line breaks asked for keeps its lines where they are short and is several paragraphs
    /// where they are long, as on pages whose paragraphs are parted by `<br>`.
    fn push_paragraph(&mut self) {
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

    fn trimmed(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let Some(text) = self.text.get(range.clone()) else { return range };
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    /// What running text is here. An item's first text takes its marker.
    fn kind_of_text(&mut self) -> BlockKind {
        if self.lists.is_empty() {
            return if self.quotes > 0 { BlockKind::Quote { speaker: None } } else { BlockKind::Paragraph };
        }
        let depth = u8::try_from((self.lists.len() - 1).min(DEEPEST)).unwrap_or(0);
        BlockKind::Item { depth, marker: self.marker.take().unwrap_or(Marker::Continuation) }
    }

    fn push_run_of_text(&mut self, range: std::ops::Range<usize>, kind: BlockKind) {
        let mut builder = BlockBuilder::new(&kind);
        self.push_runs(range, &mut builder);
        if !builder.is_empty() {
            self.push(builder.finish(kind));
        }
    }

    fn push_runs(&self, range: std::ops::Range<usize>, builder: &mut BlockBuilder) {
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

    fn push(&mut self, mut block: Block) {
        if self.document.blocks.len() >= MOST_BLOCKS {
            self.overflowed = true;
            return;
        }
        block.quoted = u8::try_from(self.quotes.min(DEEPEST)).unwrap_or(0);
        self.document.blocks.push(block);
        self.contexts.push(self.context);
    }
}
