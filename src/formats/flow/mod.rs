//! Turns structured text, start tags, text and end tags as they come, into flat blocks; Markdown and HTML share it.
//! It never parses anything and never decides what belongs to the article.

mod paragraphs;

use std::collections::HashMap;

use super::grid::{Grid, Run};
use crate::model::{Block, BlockKind, Counting, Document, Link, Marker, Style};
use crate::text::{Clean, Language};

/// Maximum number of blocks in a document: guards against files such as one with a million one-letter paragraphs.
const MOST_BLOCKS: usize = 200_000;
/// Deeper quotations and lists are shown as deep as this.
const DEEPEST: usize = 8;
/// The kind of block that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Text,
    Heading(u8),
    Preformatted,
}

/// A list that is open.
#[derive(Clone, Copy, Debug)]
struct List {
    /// The number of its next item, `None` where it has bullets.
    next: Option<u64>,
    /// Whether its numbers fall.
    reversed: bool,
    /// How its numbers are written, where not in figures.
    counting: Option<Counting>,
}

/// A kind of emphasis; kinds nest in each other and in themselves.
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

/// Where a block stood in its page, and how much of it is links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent properties of a block's place")]
pub struct Context {
    /// Whether it stood in navigation, a footer, a consent banner or the like, or was hidden.
    pub boilerplate: bool,
    /// Whether a browser would not have shown it.
    pub hidden: bool,
    /// Whether its element calls itself the lead.
    pub lead: bool,
    /// Whether its element calls itself a date or byline.
    pub stamp: bool,
    /// Whether its element calls itself the caption of a picture.
    pub caption: bool,
    /// The elements it stood in, the nearest first, as numbers that siblings share.
    pub parents: [u32; 3],
    /// The nearest `article` it stood in, as a number; 0 where there is none.
    pub article: u32,
    /// Whether it stood in the page's `main`.
    pub main: bool,
    /// How many of its bytes are the text of links.
    pub linked: usize,
    /// The language its nearest element states.
    pub language: Option<Language>,
}

/// Gathers blocks.
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
    lists: Vec<List>,
    /// The marker of an item that has no text yet.
    marker: Option<Marker>,
    table: Option<Grid>,
    overflowed: bool,
    /// How many links are open, whether they lead anywhere or not.
    pub(super) anchors: usize,
    /// Bytes of the open block or table that are the text of links.
    linked: usize,
    /// Where the first text of the open block stood.
    opening: Context,
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
        if self.text.is_empty() {
            self.opening = self.context;
        }
        self.text.push_str(text);
        if self.anchors > 0 {
            self.linked += text.trim().len();
        }
        let [emphasis, strong, code, deleted] = self.emphasis.map(|depth| depth > 0);
        let style = Style { emphasis, strong, code, deleted };
        let run = Run { end: self.text.len(), style, link: self.link };
        match self.runs.last_mut() {
            Some(last) if last.style == run.style && last.link == run.link => last.end = run.end,
            _ => self.runs.push(run),
        }
    }

    /// Breaks the line, as the author asked for.
    pub fn line_break(&mut self) {
        match self.open {
            Some(Open::Preformatted) => self.text("\n"),
            Some(Open::Text) if self.table.is_none() => self.breaks.push(self.text.len()),
            Some(_) => self.text(" "),
            None => {}
        }
    }

    /// Reports whether preformatted text is open.
    #[must_use]
    pub fn is_preformatted(&self) -> bool {
        self.open == Some(Open::Preformatted)
    }

    /// Reports whether there was more than a document is given.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.overflowed
    }

    /// Reports whether a table is open.
    #[must_use]
    pub fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// Returns how many blocks are finished.
    #[must_use]
    pub fn blocks_so_far(&self) -> usize {
        self.document.blocks.len()
    }

    /// Returns the text of the open block, as far as it was gathered.
    #[must_use]
    pub fn open_text(&self) -> &str {
        &self.text
    }

    /// Finishes the open block and starts a paragraph.
    pub fn start_paragraph(&mut self) {
        self.end_block();
        self.open = Some(Open::Text);
    }

    /// Finishes the open block and starts a heading of level 1–6.
    pub fn start_heading(&mut self, level: u8) {
        self.end_block();
        self.open = Some(Open::Heading(level.clamp(1, 6)));
    }

    /// Finishes the open block and starts text whose lines are kept.
    pub fn start_preformatted(&mut self) {
        self.end_block();
        self.open = Some(Open::Preformatted);
    }

    /// Finishes the open block and leaves nothing of a blank one. In a table, writes a blank between words instead.
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
        self.linked = 0;
    }

    /// Enters emphasis of some kind.
    pub fn start_emphasis(&mut self, kind: Emphasis) {
        if let Some(depth) = self.emphasis.get_mut(kind as usize) {
            *depth = depth.saturating_add(1);
        }
    }

    /// Leaves emphasis of some kind.
    pub fn end_emphasis(&mut self, kind: Emphasis) {
        if let Some(depth) = self.emphasis.get_mut(kind as usize) {
            *depth = depth.saturating_sub(1);
        }
    }

    /// Links what follows to `address`.
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

    /// Ends the open link.
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
        self.start_list_counting(first, false, None);
    }

    /// Enters a list whose numbers fall instead of rising where `reversed` says so, written as `counting` says.
    pub fn start_list_counting(&mut self, first: Option<u64>, reversed: bool, counting: Option<Counting>) {
        self.end_block();
        self.lists.push(List { next: first, reversed, counting });
    }

    /// Gives the next item of the innermost list a number of its own, where the list has numbers.
    pub fn set_number(&mut self, number: u64) {
        if let Some(List { next: Some(next), .. }) = self.lists.last_mut() {
            *next = number;
        }
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
        if let Some(List { next, reversed, counting }) = self.lists.last_mut() {
            let number = next.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
            self.marker = Some(match (number, *counting) {
                (None, _) => Marker::Bullet,
                (Some(number), None) => Marker::Number(number),
                (Some(number), Some(counting)) => Marker::Counted(counting, number),
            });
            let reversed = *reversed;
            *next = next.map(|number| if reversed { number.saturating_sub(1) } else { number.saturating_add(1) });
        }
    }

    /// Ends an item.
    pub fn end_item(&mut self) {
        self.end_block();
        self.marker = None;
    }

    /// Writes a thematic break.
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

    /// Makes the first row name the columns, where no cell of it has come yet.
    pub fn name_columns(&mut self) {
        if let Some(table) = &mut self.table {
            table.name_columns();
        }
    }

    /// Ends the caption of a table, which becomes a paragraph before it.
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
        self.start_merged_cell(1, 1);
    }

    /// Starts a cell that stretches over so many columns and rows.
    pub fn start_merged_cell(&mut self, columns: usize, rows: usize) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            table.merge_next(columns, rows);
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
        self.linked = 0;
    }

    /// Returns the document, and whether there was more than a document is given.
    #[must_use]
    pub fn finish(mut self) -> (Document, bool) {
        self.end_table();
        self.end_block();
        (self.document, self.overflowed)
    }

    /// Returns the document, where each of its blocks stood, and whether there was more.
    #[must_use]
    pub(super) fn finish_with_contexts(mut self) -> (Document, Vec<Context>, bool) {
        self.end_table();
        self.end_block();
        (self.document, self.contexts, self.overflowed)
    }
}
