//! An announcement as JSON: the one schema that is written by `show --json` and read back as a file.

use serde::{Deserialize, Serialize};

use super::{Announcement, Block, BlockKind, Dated, Marker, Origin, Table};
use crate::calendar::Precision;
use crate::text::Language;

/// An announcement as it is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Export {
    /// Sixteen hexadecimal digits.
    pub id: String,
    /// The identity that all language versions share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether it is marked as a translation of another version.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub translation: bool,
    /// The title, without it `null`.
    pub title: Option<String>,
    /// The text of the lead, which is among the blocks too.
    pub lead: Option<String>,
    /// The language: `fi`, `sv`, `en` or `null`.
    pub language: Option<&'static str>,
    /// The part of the publisher's site.
    pub section: Option<String>,
    /// The publisher.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<ExportedDate>,
    /// When it was last changed, where that is stated.
    pub modified: Option<ExportedDate>,
    /// The number of words.
    pub words: usize,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The address of the original.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The text, in order.
    pub blocks: Vec<ExportedBlock>,
    /// The addresses it links to.
    pub links: Vec<String>,
    /// Notes made while it was read.
    pub notes: Vec<String>,
    /// The file printed before that holds the same announcement, where one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// The file it came from, where that is to be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its bytes, where they are no UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<Vec<u8>>,
}

/// A date as it is exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExportedDate {
    /// ISO 8601 to the precision known.
    pub value: String,
    /// The precision: `year`, `month`, `day` or `minute`.
    pub precision: Precision,
    /// Where it came from.
    pub origin: Origin,
}

/// A block as it is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExportedBlock {
    /// The kind: `heading`, `paragraph`, `quote`, `list`, `table`, `preformatted`, `contact`, `rule` or `furniture`.
    pub kind: String,
    /// Its text; items of a list and rows of a table are lines, the cells of a row are separated by tabs;
    /// what is struck out stands between `~~`.
    pub text: String,
    /// The level of a heading, 1–6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// The speaker of a quotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The items of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Vec<String>>,
    /// The markers of the items, where not all are bullets of the outermost level: `-`, `3.` or nothing, after two
    /// blanks for each level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markers: Option<Vec<String>>,
    /// The cells of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<Vec<Vec<String>>>,
    /// Whether a table's first row names its columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// The number of quotation bars before it, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoted: Option<u8>,
    /// Its language, where it is not the announcement's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// Converts an announcement to its exported form, without a path.
#[must_use]
pub fn to_json(announcement: &Announcement) -> Export {
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Export {
        id: announcement.id.to_string(),
        group: (announcement.group != announcement.id).then(|| announcement.group.to_string()),
        translation: announcement.translation,
        title: text(&announcement.title),
        lead: announcement.lead().map(ToString::to_string),
        language: announcement.language.map(Language::code),
        section: announcement.section.as_deref().and_then(text),
        source: announcement.source.as_deref().and_then(text),
        published: announcement.published.map(date),
        modified: announcement.modified.map(date),
        words: announcement.document.words(),
        tags: announcement.tags.iter().map(ToString::to_string).collect(),
        address: announcement.address.as_deref().and_then(text),
        blocks: blocks(&announcement.document.blocks),
        links: announcement.document.links.iter().map(|link| link.address.to_string()).collect(),
        notes: announcement.notes.iter().map(|note| note.0.to_string()).collect(),
        same_as: None,
        path: None,
        path_bytes: None,
    }
}

fn date(dated: Dated) -> ExportedDate {
    ExportedDate { value: dated.value.to_string(), precision: dated.value.precision(), origin: dated.origin }
}

fn blocks(blocks: &[Block]) -> Vec<ExportedBlock> {
    let mut exported = Vec::with_capacity(blocks.len());
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let alike = |block: &Block| block.quoted == first.quoted && block.language == first.language;
        let count = rest.iter().take_while(|block| alike(block) && goes_on(first, block)).count().max(1);
        let (run, after) = rest.split_at(count);
        exported.push(if matches!(first.kind, BlockKind::Item { .. }) { list(run) } else { block(first) });
        rest = after;
    }
    exported
}

/// Reports whether `block` belongs to the list that `first` opens: numbers and bullets of the outermost level are two
/// lists.
fn goes_on(first: &Block, block: &Block) -> bool {
    match (&first.kind, &block.kind) {
        (BlockKind::Item { depth: 0, marker: one }, BlockKind::Item { depth: 0, marker: other })
            if *one == Marker::Bullet && other.is_number() || one.is_number() && *other == Marker::Bullet =>
        {
            false
        }
        (BlockKind::Item { .. }, BlockKind::Item { .. }) => true,
        _ => false,
    }
}

fn block(block: &Block) -> ExportedBlock {
    let mut exported = ExportedBlock { text: whole(block), ..frame(block) };
    let kind = match &block.kind {
        BlockKind::Heading { level } => {
            exported.level = Some(*level);
            "heading"
        }
        BlockKind::Lead | BlockKind::Paragraph | BlockKind::Item { .. } => "paragraph",
        BlockKind::Quote { .. } => {
            exported.speaker = block.speaker().map(str::to_owned);
            "quote"
        }
        BlockKind::Table(table) => {
            let rows = rows(block, table);
            exported.text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n");
            exported.rows = Some(rows);
            exported.header = Some(table.header);
            "table"
        }
        BlockKind::Preformatted => "preformatted",
        BlockKind::Contact => "contact",
        BlockKind::Rule => "rule",
        BlockKind::Boilerplate => "furniture",
    };
    kind.clone_into(&mut exported.kind);
    exported
}

/// Returns all text of a block, what is struck out between `~~`.
fn whole(block: &Block) -> String {
    block.bare_text(0..block.text.len()).into_owned()
}

/// Makes an exported block with the fields that all kinds have.
fn frame(block: &Block) -> ExportedBlock {
    ExportedBlock {
        quoted: Some(block.quoted).filter(|quoted| *quoted > 0),
        language: block.language.map(|language| language.code().to_owned()),
        ..ExportedBlock::default()
    }
}

fn rows(block: &Block, table: &Table) -> Vec<Vec<String>> {
    let cell = |range: &std::ops::Range<usize>| block.bare_text(range.clone()).into_owned();
    table.cells.chunks(table.columns.max(1)).map(|row| row.iter().map(cell).collect()).collect()
}

fn list(items: &[Block]) -> ExportedBlock {
    let texts: Vec<String> = items.iter().map(whole).collect();
    let markers: Vec<String> = items.iter().map(marker).collect();
    let plain = markers.iter().all(|marker| marker == "-");
    ExportedBlock {
        kind: "list".to_owned(),
        text: texts.join("\n"),
        items: Some(texts),
        markers: (!plain).then_some(markers),
        ..items.first().map(frame).unwrap_or_default()
    }
}

fn marker(item: &Block) -> String {
    let BlockKind::Item { depth, marker } = item.kind else { return String::new() };
    format!("{}{}", "  ".repeat(usize::from(depth)), marker.sign("-"))
}
