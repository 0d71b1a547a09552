//! An announcement's text as it is kept: all blocks in one string, and beside it what they are.
//!
//! The text stands alone so that a search can read it as it is; reading makes every piece [`Clean`] anew, because a
//! database is a file like any other and may have been tampered with.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::calendar::PartialDate;
use crate::formats;
use crate::model::{
    Announcement, Block, BlockKind, Counting, Dated, Document, Link, Mark, Marker, Note, Origin, Provenance, Speaker,
    Style, Table,
};
use crate::text::{Clean, Hint, HintKind, Language};

/// What is kept of an announcement besides what the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The blocks' texts, a line feed after each.
    pub text: String,
    /// What they are, as JSON.
    pub shape: String,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Shape {
    blocks: Vec<Piece>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Stamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<Stamp>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    format: String,
    encoding: String,
    #[serde(skip_serializing_if = "is_zero")]
    packed: bool,
}

/// A date and the number of its origin in [`ORIGINS`].
#[derive(Serialize, Deserialize)]
struct Stamp(String, usize);

/// In the order in which they came to be: bodies that are kept hold the numbers.
const ORIGINS: [Origin; 8] = [
    Origin::Field,
    Origin::Label,
    Origin::Stamp,
    Origin::Line,
    Origin::Address,
    Origin::Scraper,
    Origin::FileName,
    Origin::Arrival,
];
const HINTS: [HintKind; 3] = [HintKind::SoftHyphen, HintKind::ZeroWidthSpace, HintKind::WordJoiner];

/// A block: what it is, how many bytes of the text are its, and what lies over them. Names are short because there
/// are a million of them.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Piece {
    k: String,
    n: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    marks: Vec<(u32, u32, u8, Option<u16>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hints: Vec<(u32, usize)>,
    #[serde(skip_serializing_if = "is_zero")]
    quoted: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    depth: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// How the number is written, where not in figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    counting: Option<String>,
    #[serde(skip_serializing_if = "is_zero")]
    header: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(usize, usize)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    right: Vec<bool>,
    #[serde(skip_serializing_if = "is_zero")]
    columns: usize,
}

fn is_zero<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Body {
    /// Makes the body of `announcement`.
    #[must_use]
    pub fn of(announcement: &Announcement) -> Self {
        let document = &announcement.document;
        let mut text = String::with_capacity(document.blocks.iter().map(|block| block.text.len() + 1).sum());
        for block in &document.blocks {
            text.push_str(&block.text);
            text.push('\n');
        }
        let strings = |texts: &[Clean]| texts.iter().map(ToString::to_string).collect();
        let shape = Shape {
            blocks: document.blocks.iter().map(Piece::of).collect(),
            links: document.links.iter().map(|link| link.address.to_string()).collect(),
            section: announcement.section.as_ref().map(ToString::to_string),
            published: announcement.published.map(Stamp::of),
            modified: announcement.modified.map(Stamp::of),
            tags: strings(&announcement.tags),
            address: announcement.address.as_ref().map(ToString::to_string),
            notes: announcement.notes.iter().map(|note| note.0.to_string()).collect(),
            format: announcement.provenance.format.to_owned(),
            encoding: announcement.provenance.encoding.to_owned(),
            packed: announcement.provenance.packed,
        };
        // Nothing in a shape can fail to be written; were it so, the text alone would be kept.
        Self { text, shape: serde_json::to_string(&shape).unwrap_or_default() }
    }

    /// Returns `bare` with everything that the list does not hold.
    #[must_use]
    pub fn fill(&self, bare: Announcement) -> Announcement {
        let shape: Shape = serde_json::from_str(&self.shape).unwrap_or_default();
        let line = |text: &String| Clean::line(text);
        let mut blocks = Vec::with_capacity(shape.blocks.len());
        let mut at = 0_usize;
        for piece in &shape.blocks {
            // The text may be only the first part of what was kept.
            let Some(text) = at.checked_add(piece.n).and_then(|end| self.text.get(at..end)) else { break };
            at += text.len() + 1;
            blocks.push(piece.block(text));
        }
        if shape.blocks.is_empty() {
            blocks.extend(self.text.lines().map(|line| Block::plain(BlockKind::Paragraph, line)));
        }
        Announcement {
            section: shape.section.as_ref().map(line),
            published: shape.published.and_then(Stamp::dated).or(bare.published),
            modified: shape.modified.and_then(Stamp::dated),
            tags: shape.tags.iter().map(line).collect(),
            address: shape.address.as_ref().map(line),
            document: Document {
                blocks,
                links: shape.links.iter().map(|address| Link { address: Clean::line(address) }).collect(),
            },
            notes: shape.notes.iter().map(|note| Note::new(note)).collect(),
            provenance: Provenance {
                format: formats::known_format(&shape.format),
                encoding: formats::known_encoding(&shape.encoding),
                packed: shape.packed,
            },
            ..bare
        }
    }
}

impl Stamp {
    fn of(dated: Dated) -> Self {
        let origin = ORIGINS.iter().position(|origin| *origin == dated.origin);
        Self(dated.value.to_string(), origin.unwrap_or(0))
    }

    fn dated(self) -> Option<Dated> {
        let origin = ORIGINS.get(self.1).copied().unwrap_or(Origin::Scraper);
        Some(Dated { value: PartialDate::parse_iso(&self.0)?, origin })
    }
}

impl Piece {
    fn of(block: &Block) -> Self {
        let mut piece = Self {
            n: block.text.len(),
            marks: block.marks.iter().map(|mark| (mark.start, mark.end, bits(mark.style), mark.link)).collect(),
            hints: block
                .hints
                .iter()
                .map(|hint| (hint.offset, HINTS.iter().position(|kind| *kind == hint.kind).unwrap_or(0)))
                .collect(),
            quoted: block.quoted,
            language: block.language.map(|language| language.code().to_owned()),
            ..Self::default()
        };
        let name = match &block.kind {
            BlockKind::Heading { level } => {
                piece.depth = *level;
                "heading"
            }
            BlockKind::Lead => "lead",
            BlockKind::Paragraph => "p",
            BlockKind::Quote { speaker } => {
                match speaker {
                    Some(Speaker::Within(range)) => piece.speaker = Some((range.start, range.end)),
                    Some(Speaker::Before(name)) => piece.named = Some(name.to_string()),
                    None => {}
                }
                "quote"
            }
            BlockKind::Item { depth, marker } => {
                piece.depth = *depth;
                match marker {
                    Marker::Bullet => "bullet",
                    Marker::Continuation => "further",
                    Marker::Number(number) => {
                        piece.number = Some(*number);
                        "number"
                    }
                    Marker::Counted(counting, number) => {
                        (piece.number, piece.counting) = (Some(*number), Some(counting.name().to_owned()));
                        "number"
                    }
                }
            }
            BlockKind::Table(table) => {
                (piece.columns, piece.header) = (table.columns, table.header);
                piece.cells = table.cells.iter().map(|cell| (cell.start, cell.end)).collect();
                piece.right.clone_from(&table.right);
                "table"
            }
            BlockKind::Preformatted => "pre",
            BlockKind::Contact => "contact",
            BlockKind::Rule => "rule",
            BlockKind::Boilerplate => "furniture",
        };
        name.clone_into(&mut piece.k);
        piece
    }

    fn block(&self, text: &str) -> Block {
        let kind = self.kind(text.len());
        let keeping = matches!(kind, BlockKind::Preformatted | BlockKind::Contact | BlockKind::Table(_));
        let text = if keeping { Clean::lines_of(text) } else { Clean::line(text) };
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let marks = self
            .marks
            .iter()
            .filter(|(start, end, ..)| start < end && *end <= length)
            .map(|&(start, end, style, link)| Mark { start, end, style: style_of(style), link })
            .collect();
        let hints = self
            .hints
            .iter()
            .filter(|(offset, _)| *offset < length)
            .filter_map(|&(offset, kind)| Some(Hint { offset, kind: *HINTS.get(kind)? }))
            .collect();
        let language = self.language.as_deref().and_then(Language::from_tag);
        Block { kind, text, hints, marks, quoted: self.quoted, language }
    }

    fn kind(&self, length: usize) -> BlockKind {
        let range = |&(start, end): &(usize, usize)| Range { start, end };
        let item = |marker| BlockKind::Item { depth: self.depth, marker };
        match self.k.as_str() {
            "heading" => BlockKind::Heading { level: self.depth.clamp(1, 6) },
            "lead" => BlockKind::Lead,
            "quote" => {
                let before = self.named.as_deref().map(Clean::line).map(Speaker::Before);
                BlockKind::Quote { speaker: self.speaker.as_ref().map(range).map(Speaker::Within).or(before) }
            }
            "bullet" => item(Marker::Bullet),
            "further" => item(Marker::Continuation),
            "number" => {
                let number = self.number.unwrap_or(1);
                let counting = self.counting.as_deref().and_then(Counting::named);
                item(counting.map_or(Marker::Number(number), |counting| Marker::Counted(counting, number)))
            }
            "table" if self.is_grid(length) => BlockKind::Table(Table {
                columns: self.columns,
                header: self.header,
                cells: self.cells.iter().map(range).collect(),
                right: self.right.clone(),
            }),
            "pre" | "table" => BlockKind::Preformatted,
            "contact" => BlockKind::Contact,
            "rule" => BlockKind::Rule,
            "furniture" => BlockKind::Boilerplate,
            _ => BlockKind::Paragraph,
        }
    }

    /// Reports whether the cells make whole rows and lie in a text of `length` bytes.
    fn is_grid(&self, length: usize) -> bool {
        self.columns > 0
            && self.cells.len().is_multiple_of(self.columns)
            && self.cells.iter().all(|(start, end)| start <= end && *end <= length)
    }
}

fn bits(style: Style) -> u8 {
    u8::from(style.emphasis) | u8::from(style.strong) << 1 | u8::from(style.code) << 2 | u8::from(style.deleted) << 3
}

fn style_of(bits: u8) -> Style {
    Style { emphasis: bits & 1 > 0, strong: bits & 2 > 0, code: bits & 4 > 0, deleted: bits & 8 > 0 }
}
