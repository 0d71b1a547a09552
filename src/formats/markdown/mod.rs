//! Markdown: CommonMark with tables, strikethrough, footnotes and what site generators add, under front matter or without.
//! It includes no other file, runs no script and calls no shortcode.

mod shortcodes;
mod tags;

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::dress::dress;
use super::flow::{Emphasis, Flow};
use super::{Reading, Source, front_matter, html};
use crate::calendar::{PartialDate, date_in_name};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::Clean;
use tags::Inline;

/// Larger texts are parsed in pieces of about this many bytes, so that time and memory stay in proportion to the size:
/// a parser's tree is many times its text, and hostile nesting costs the square of its length.
const PIECE: usize = 128 * 1024;
/// Among how many blocks from the start the summary is looked for, and how many of its letters.
const SAID: usize = 12;
const OPENING: usize = 80;
/// More quotation or list markers than this at the start of a line are no structure but an attack.
const MOST_MARKERS: usize = 64;

/// Reads a Markdown file.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut draft = Draft::default();
    let mut beside = front_matter::Beside::default();
    let text = match front_matter::split(source.text) {
        Some(split) => {
            beside = front_matter::apply(&split, source.zone, &mut draft);
            split.body
        }
        None => source.text,
    };
    body(text, &mut draft);
    if let Some(summary) = beside.summary {
        draft.set_lead(&summary);
    }
    let named = |value: Option<PartialDate>, origin| value.map(|value| Dated { value, origin });
    draft.published = draft
        .published
        .or_else(|| named(beside.day, Origin::Address))
        .or_else(|| named(date_in_name(source.name), Origin::FileName));
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

impl Draft {
    /// Makes a stated summary the lead, where the text does not say it itself.
    fn set_lead(&mut self, summary: &Clean) {
        let letters = |text: &str, most: usize| -> String {
            text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).take(most).collect()
        };
        let said: String =
            self.document.blocks.iter().take(SAID).map(|block| letters(&block.text, usize::MAX)).collect();
        let opening = letters(summary, OPENING);
        if opening.is_empty() || said.contains(&opening) || letters(&self.title, usize::MAX).contains(&opening) {
            return;
        }
        for block in self.document.blocks.iter_mut().filter(|block| block.kind == BlockKind::Lead) {
            block.kind = BlockKind::Paragraph;
        }
        self.document.blocks.insert(0, Block::plain(BlockKind::Lead, summary));
    }
}

/// Reads Markdown without front matter into `draft`; what the draft knows already stays.
pub(super) fn body(text: &str, draft: &mut Draft) {
    let plain = shortcodes::plain(text);
    let mut flow = Flow::default();
    let mut notes = Footnotes::default();
    let mut rest: &str = &plain;
    while !rest.is_empty() && !flow.is_full() {
        let (piece, after) = rest.split_at(piece_end(rest));
        if is_sane(piece) {
            parse(piece, &mut flow, &mut notes);
        } else {
            draft.note("The text is nested too deeply: a part of it is shown as it is in the file.");
            flow.start_preformatted();
            flow.text(piece);
            flow.end_block();
        }
        rest = after;
    }
    let (document, overflowed) = flow.finish();
    if overflowed {
        draft.note("The text has too many paragraphs: the last ones are left out.");
    }
    draft.document = document;
    notes.set_last(&mut draft.document.blocks);
    // A rule above everything parts nothing.
    let rules = draft.document.blocks.iter().take_while(|block| block.kind == BlockKind::Rule).count();
    draft.document.blocks.drain(..rules);
    draft.take_title();
    draft.promote_bold();
    dress(draft, false);
    draft.mark_lead();
}

/// Returns where the first piece of `text` ends: after a blank line where there is one, else after a line.
fn piece_end(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let end = (PIECE - 3..=PIECE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(PIECE);
    let head = text.get(..end).unwrap_or_default();
    let cut = head.rfind("\n\n").map(|at| at + 2).filter(|at| *at > PIECE / 2);
    cut.or_else(|| head.rfind('\n').map(|at| at + 1)).filter(|at| *at > 0).unwrap_or(end)
}

/// Reports whether no line opens more containers than any author would.
fn is_sane(text: &str) -> bool {
    text.lines().all(|line| {
        let markers = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'));
        let rule = |line: &str| line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'\r'));
        markers.filter(|byte| !matches!(byte, b' ' | b'\t')).count() <= MOST_MARKERS || rule(line)
    })
}

/// The notes of a text, which are shown at its end.
#[derive(Debug, Default)]
struct Footnotes {
    /// The labels in the order in which they were met.
    labels: Vec<String>,
    /// The blocks of each note.
    ranges: Vec<std::ops::Range<usize>>,
    /// Where the note that is open starts.
    open: usize,
}

impl Footnotes {
    /// Returns the mark of a note: its number among the notes, raised.
    fn mark(&mut self, label: &str) -> String {
        let known = self.labels.iter().take(1000).position(|known| known == label);
        let number = known.unwrap_or_else(|| {
            self.labels.push(label.to_owned());
            self.labels.len() - 1
        });
        tags::raised(&(number + 1).to_string())
    }

    /// Moves the blocks of the notes to the end.
    fn set_last(&self, blocks: &mut Vec<Block>) {
        if self.ranges.is_empty() {
            return;
        }
        let mut ranges = self.ranges.iter().peekable();
        let (mut text, mut notes) = (Vec::with_capacity(blocks.len()), Vec::new());
        for (at, block) in blocks.drain(..).enumerate() {
            while ranges.next_if(|range| range.end <= at).is_some() {}
            if ranges.peek().is_some_and(|range| range.contains(&at)) { notes.push(block) } else { text.push(block) }
        }
        text.append(&mut notes);
        *blocks = text;
    }
}

/// A text while it is parsed.
#[derive(Default)]
struct Parsing {
    /// The HTML block whose lines come one by one.
    html: Option<String>,
    /// The mark of a note whose text has not come yet.
    mark: Option<String>,
    inline: Inline,
}

fn parse(text: &str, flow: &mut Flow, notes: &mut Footnotes) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut parsing = Parsing::default();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(tag) => start(tag, flow, notes, &mut parsing),
            Event::End(tag) => end(tag, flow, notes, &mut parsing),
            Event::Text(text) | Event::Html(text) if parsing.html.is_some() => {
                parsing.html.get_or_insert_default().push_str(&text);
            }
            Event::Text(text) => parsing.inline.text(&text, flow),
            Event::Code(text) => {
                flow.start_emphasis(Emphasis::Code);
                flow.text(&text);
                flow.end_emphasis(Emphasis::Code);
            }
            Event::Html(tag) | Event::InlineHtml(tag) => parsing.inline.tag(&tag, flow),
            Event::SoftBreak => flow.text(if flow.is_preformatted() { "\n" } else { " " }),
            Event::HardBreak => flow.line_break(),
            Event::Rule => flow.rule(),
            Event::TaskListMarker(done) => flow.text(if done { "☑ " } else { "☐ " }),
            Event::FootnoteReference(label) => flow.text(&notes.mark(&label)),
            Event::InlineMath(text) | Event::DisplayMath(text) => flow.text(&text),
        }
    }
    flow.end_block();
}

fn start(tag: Tag<'_>, flow: &mut Flow, notes: &mut Footnotes, parsing: &mut Parsing) {
    match tag {
        Tag::Paragraph => {
            flow.start_paragraph();
            if let Some(mark) = parsing.mark.take() {
                flow.text(&format!("{mark} "));
            }
        }
        Tag::Heading { level, .. } => flow.start_heading(level as u8),
        // A note or a warning is set as a quotation, but is none.
        Tag::BlockQuote(Some(_)) => flow.end_block(),
        Tag::BlockQuote(None) => flow.start_quote(),
        Tag::CodeBlock(_) => flow.start_preformatted(),
        Tag::HtmlBlock => {
            flow.end_block();
            parsing.html = Some(String::new());
        }
        Tag::FootnoteDefinition(label) => {
            flow.end_block();
            notes.open = flow.blocks_so_far();
            parsing.mark = Some(notes.mark(&label));
        }
        Tag::List(first) => flow.start_list(first),
        Tag::Item => flow.start_item(),
        Tag::Table(columns) => {
            flow.start_table(columns.iter().map(|column| *column == Alignment::Right).collect());
        }
        Tag::TableHead => flow.start_row(true),
        Tag::TableRow => flow.start_row(false),
        Tag::TableCell => flow.start_cell(),
        Tag::Emphasis => flow.start_emphasis(Emphasis::Slanted),
        Tag::Strong => flow.start_emphasis(Emphasis::Strong),
        Tag::Strikethrough => flow.start_emphasis(Emphasis::Deleted),
        Tag::Link { link_type, dest_url, .. } => {
            if link_type == LinkType::Email {
                flow.start_link(&format!("mailto:{dest_url}"));
            } else {
                flow.start_link(&dest_url);
            }
        }
        // An image is its alternative text, which comes as the text inside it.
        Tag::Image { .. } => {}
        _ => {}
    }
}

fn end(tag: TagEnd, flow: &mut Flow, notes: &mut Footnotes, parsing: &mut Parsing) {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => {
            parsing.inline.end_block(flow);
            flow.end_block();
        }
        TagEnd::BlockQuote(Some(_)) => flow.end_block(),
        TagEnd::BlockQuote(None) => flow.end_quote(),
        TagEnd::HtmlBlock => html::fragment(&parsing.html.take().unwrap_or_default(), None, flow),
        TagEnd::FootnoteDefinition => {
            flow.end_block();
            notes.ranges.push(notes.open..flow.blocks_so_far());
        }
        TagEnd::List(_) => flow.end_list(),
        TagEnd::Item => flow.end_item(),
        TagEnd::Table => flow.end_table(),
        TagEnd::TableCell => {
            parsing.inline.end_block(flow);
            flow.end_cell();
        }
        TagEnd::Emphasis => flow.end_emphasis(Emphasis::Slanted),
        TagEnd::Strong => flow.end_emphasis(Emphasis::Strong),
        TagEnd::Strikethrough => flow.end_emphasis(Emphasis::Deleted),
        TagEnd::Link => flow.end_link(),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
