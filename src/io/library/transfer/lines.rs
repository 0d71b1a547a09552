//! The lines of an export: what stands in each kind, written and read.

use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::calendar::PartialDate;
use crate::io::store::{Body, Session};
use crate::model::{Entry, Id, Location, MarkChange, Marking};
use crate::text::{Clean, Language};

/// The kinds of lines there are.
const KINDS: [&str; 8] = ["tiedote", "source", "announcement", "marks", "step", "place", "search", "session"];

/// A line of an export.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    /// The first line: the version of the lines.
    Tiedote(u32),
    Source(SourceLine),
    Announcement(Box<AnnouncementLine>),
    Marks(MarksLine),
    Step(Vec<StepLine>),
    Place(PlaceLine),
    Search(SearchLine),
    Session(Session),
}

#[derive(Serialize, Deserialize)]
pub(super) struct SearchLine {
    pub query: String,
    #[serde(default)]
    pub watched: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub news: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct SourceLine {
    pub path: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct AnnouncementLine {
    pub id: String,
    pub group: String,
    title: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default)]
    translation: bool,
    #[serde(default)]
    minutes: u16,
    text: String,
    #[serde(default)]
    shape: Value,
}

#[derive(Serialize, Deserialize)]
pub(super) struct MarksLine {
    pub group: String,
    #[serde(flatten)]
    pub marks: MarksOf,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MarksOf {
    read: bool,
    starred: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    changed: bool,
    tags: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct StepLine {
    pub group: String,
    before: MarksOf,
    after: MarksOf,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PlaceLine {
    pub id: String,
    pub part: u32,
    pub offset: u32,
}

/// Reads a line; returns `None` for one of an unknown kind, and in an error what is wrong with it.
pub(super) fn read(raw: &[u8]) -> Result<Option<Line>, &'static str> {
    let known: Value = serde_json::from_slice(raw).map_err(|_| "is not JSON")?;
    let kind = known.as_object().and_then(|members| members.keys().next()).map_or("", String::as_str);
    let ours = KINDS.contains(&kind);
    match serde_json::from_value(known) {
        Ok(line) => Ok(Some(line)),
        Err(_) if ours => Err("has not what a line of its kind has"),
        Err(_) => Ok(None),
    }
}

/// Returns the changes of an undo step; `None` where one has no identity.
pub(super) fn step_of(changes: &[StepLine]) -> Option<Vec<MarkChange>> {
    let change = |change: &StepLine| {
        let group = Id::from_str(&change.group).ok()?;
        Some(MarkChange { group, before: change.before.marking(), after: change.after.marking() })
    };
    changes.iter().map(change).collect()
}

impl StepLine {
    /// Writes a change of an undo step.
    pub fn of(change: &MarkChange) -> Self {
        Self { group: change.group.to_string(), before: MarksOf::of(&change.before), after: MarksOf::of(&change.after) }
    }
}

impl AnnouncementLine {
    /// Writes an announcement of the library.
    pub fn of(entry: &Entry, body: Body) -> Self {
        Self {
            id: entry.id.to_string(),
            group: entry.group.to_string(),
            title: entry.title.to_string(),
            source: entry.source.as_ref().map(ToString::to_string),
            published: entry.published.map(|date| date.to_string()),
            language: entry.language.map(|language| language.code().to_owned()),
            translation: entry.translation,
            minutes: entry.minutes,
            text: body.text,
            shape: serde_json::from_str(&body.shape).unwrap_or_default(),
        }
    }

    /// Returns the announcement as the library keeps it; `None` where it has no identity.
    pub fn kept(self) -> Option<(Entry, Body)> {
        let entry = Entry {
            id: self.id.parse().ok()?,
            group: self.group.parse().ok()?,
            title: Clean::line(&self.title),
            source: self.source.as_deref().map(|source| Arc::new(Clean::line(source))),
            published: self.published.as_deref().and_then(PartialDate::parse_iso),
            language: self.language.as_deref().and_then(Language::from_tag),
            translation: self.translation,
            minutes: self.minutes.max(1),
            location: Location::Kept(0),
            sketch: None,
        };
        Some((entry, Body { text: self.text, shape: self.shape.to_string() }))
    }
}

impl MarksOf {
    /// Writes marks.
    pub fn of(marking: &Marking) -> Self {
        let tags = marking.tags.iter().map(ToString::to_string).collect();
        Self { read: marking.read, starred: marking.starred, changed: marking.changed, tags }
    }

    /// Returns the marks.
    pub fn marking(&self) -> Marking {
        let tags = self.tags.iter().map(|tag| Clean::line(tag)).filter(|tag| !tag.is_empty()).collect();
        Marking { read: self.read, starred: self.starred, changed: self.changed, tags }
    }
}
