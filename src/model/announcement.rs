//! One announcement.

use serde::Serialize;

use super::{Document, Id};
use crate::calendar::PartialDate;
use crate::text::{Clean, Language};

/// One announcement in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its identity.
    pub id: Id,
    /// The identity that all its language versions share.
    pub group: Id,
    /// Whether it is marked as a translation of another version.
    pub translation: bool,
    /// The title; empty when it has none.
    pub title: Clean,
    /// The publisher.
    pub source: Option<Clean>,
    /// The part of the publisher's site it stands in.
    pub section: Option<Clean>,
    /// The language of the text as a whole.
    pub language: Option<Language>,
    /// When it was published.
    pub published: Option<Dated>,
    /// When it was last changed, where that is stated.
    pub modified: Option<Dated>,
    /// Its tags.
    pub tags: Vec<Clean>,
    /// The address of the original.
    pub address: Option<Clean>,
    /// The text.
    pub document: Document,
    /// Notes made while it was read.
    pub notes: Vec<Note>,
    /// How its file was read.
    pub provenance: Provenance,
}

/// How a file was read, for the information view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// The name of the format.
    pub format: &'static str,
    /// The character encoding that the file was decoded from.
    pub encoding: &'static str,
    /// Whether the file was compressed.
    pub packed: bool,
}

/// A date and where it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The date, to the precision stated.
    pub value: PartialDate,
    /// The origin of the date.
    pub origin: Origin,
}

/// Where a date came from; the more trustworthy first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A field of a feed, front matter, JSON or the page's metadata.
    Field,
    /// A stamp with a label: "Julkaistu 11.9.2020".
    Label,
    /// A stamp with a time among the first lines.
    Stamp,
    /// A line that holds a date and nothing else.
    Line,
    /// A date in the address of the page.
    Address,
    /// A date in the name of the file.
    FileName,
    /// A field of the program that saved the page, trusted to the month.
    Scraper,
    /// The day on which the feed brought it, where the feed states no date that can be believed.
    Arrival,
}

impl Origin {
    /// Returns the origin that is serialised as `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [
            ("field", Self::Field),
            ("label", Self::Label),
            ("stamp", Self::Stamp),
            ("line", Self::Line),
            ("address", Self::Address),
            ("file-name", Self::FileName),
            ("scraper", Self::Scraper),
            ("arrival", Self::Arrival),
        ];
        all.into_iter().find(|(known, _)| *known == name).map(|(_, origin)| origin)
    }
}

/// A note for the reader of a file, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Note(pub Clean);

impl Note {
    /// Makes a note of one sentence.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Clean::line(text))
    }
}

impl Announcement {
    /// Returns the text of the lead, where the document has one.
    #[must_use]
    pub fn lead(&self) -> Option<&Clean> {
        self.document.blocks.iter().find(|block| block.kind == super::BlockKind::Lead).map(|block| &block.text)
    }
}

/// Returns the minutes it takes to read a text of so many characters, at least 1.
///
/// Characters a minute are those of IReST, the standardised reading texts (Trauzettel-Klosinski and Dietz 2012):
/// Finnish 1078, Swedish 917, English 987.
#[must_use]
pub fn reading_minutes(characters: usize, language: Option<Language>) -> u16 {
    let pace = match language {
        Some(Language::Finnish) => 1078,
        Some(Language::Swedish) => 917,
        Some(Language::English) | None => 987,
    };
    u16::try_from((characters + pace / 2) / pace).unwrap_or(u16::MAX).max(1)
}
