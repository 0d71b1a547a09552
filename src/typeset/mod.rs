//! Announcements and their paragraphs set in lines of cells: words and what must stay together, hyphenation, line breaking by least cost.
//! It draws nothing, and what it returns are byte ranges into the text it was given.

mod blocks;
mod break_hints;
mod breaking;
mod glue;
mod hyphenate;
mod justify;
mod kinsoku;
mod layout;
mod lines;
mod measure;
mod overwide;
mod points;
mod runs;
mod table;
mod words;

pub use blocks::marker_text;
pub use justify::{Gap, justify_gaps};
pub use layout::{FIRST, Layout, META, Part, Place, RowAt, TITLE};
pub use lines::{Line, LineKind, Run, SetBlock};
pub use measure::{Fill, Measure};

use crate::text::{Hint, Language, width};

/// The settings of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The measure in cells; 0 is taken as 1.
    pub width: u16,
    /// The language of the text; text of an unknown one is not hyphenated.
    pub language: Option<Language>,
    /// Whether hyphens may be inserted.
    pub hyphenate: bool,
    /// How the lines are chosen.
    pub method: Method,
}

/// How the lines of a paragraph are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The lines of least cost over the whole paragraph, hyphens weighed in.
    Body,
    /// The evenest lines without inserted hyphens.
    Heading,
    /// Each line as full as it gets, without inserted hyphens: steady while text is being added.
    FirstFit,
}

/// One set line: a byte range of the text without its trailing blanks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetLine {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Whether an inserted hyphen ends the line: drawn, never part of the text.
    pub hyphen: bool,
}

impl SetLine {
    /// Returns the text of the line, without an inserted hyphen; `text` is the paragraph it was set from.
    #[must_use]
    pub fn of<'text>(&self, text: &'text str) -> &'text str {
        text.get(index(self.start)..index(self.end)).unwrap_or_default()
    }
}

/// The bytes that are set at a time: a longer block is set in several units, so that one never takes more than a moment.
const UNIT: usize = 8 * 1024;

/// The longest text whose breaks are weighed, in bytes; longer ones are set by first fit.
const LONGEST_WEIGHED: usize = 50_000;

/// Sets `text` in lines of `setting.width` cells.
///
/// The text is meant to be one normalised paragraph, and `hints` its break hints in rising order, yet any text is
/// set. Blank text has no lines. A line is wider than the measure only if a single grapheme is; texts of 4 GiB and
/// more come back empty, as their places cannot be told.
#[must_use]
pub fn set_paragraph(text: &str, hints: &[Hint], setting: &Setting) -> Vec<SetLine> {
    if u32::try_from(text.len()).is_err() {
        return Vec::new();
    }
    let measure = u32::from(setting.width.max(1));
    let from = text.len() - text.trim_start_matches(words::is_blank).len();
    let to = from + text.get(from..).unwrap_or_default().trim_end_matches(words::is_blank).len();
    let body = text.get(from..to).unwrap_or_default();
    if body.is_empty() {
        return Vec::new();
    }
    // A cell takes at least a byte except in scripts with wide letters, and those take three bytes for two.
    if body.len() <= index(measure) || width(body) <= index(measure) {
        return vec![SetLine { start: offset(from), end: offset(to), hyphen: false }];
    }
    let method = if text.len() > LONGEST_WEIGHED { Method::FirstFit } else { setting.method };
    let points = words::points(text, from..to, hints, Setting { method, ..*setting });
    let chosen = match method {
        Method::Body => breaking::least_cost(&points, measure),
        Method::Heading => breaking::even(&points, measure),
        Method::FirstFit => breaking::first_fit(&points, measure),
    };
    points.lines(&chosen)
}

/// Converts a byte offset to the form lines hold; [`set_paragraph`] has refused longer texts.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Converts a held offset or count to an index.
fn index(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
#[cfg(test)]
#[path = "work/tests.rs"]
mod work_tests;
