//! Formats: bytes become announcements and notes, whatever the bytes are.
//! Reading never fails, never panics and never touches a file; one file here for each format, and a line in the table.

mod binary;
mod draft;
mod dress;
mod email;
mod encoding;
pub mod feed;
mod flow;
mod front_matter;
mod grid;
mod html;
pub use html::{FeedLink, FetchedPage, feed_links, full_text};

pub mod identity;
mod json;
mod loose;
mod markdown;
pub mod packed;
mod plain;
pub mod roles;

pub use draft::Draft;

use std::borrow::Cow;

use crate::calendar::{UTC, Zone};
use crate::model::{Announcement, Block, BlockKind, Note, Provenance};
use crate::text::with_line_feeds;

/// A file's bytes and what is known of them from outside.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The bytes, perhaps only the first part of a large file.
    pub bytes: &'a [u8],
    /// The file name without its folder; its ending is a hint at the format, and it names what has no title.
    pub name: &'a str,
    /// Whether the file goes on after these bytes, so that they may end within a character or a tag.
    pub partial: bool,
    /// The reader's time zone, to which stated offsets are reckoned.
    pub zone: &'a Zone,
}

impl<'a> Input<'a> {
    /// Makes the input of a whole file, for a reader in UTC.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { bytes, name, partial: false, zone: &UTC }
    }

    /// Returns the same input for a reader in `zone`.
    #[must_use]
    pub const fn in_zone(self, zone: &'a Zone) -> Self {
        Self { zone, ..self }
    }
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The announcements, in the order of the file; at least one unless the file is empty.
    pub announcements: Vec<Announcement>,
    /// What was noticed about the file as a whole.
    pub notes: Vec<Note>,
}

/// A file as its format's reader gets it: decoded.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The text.
    pub text: &'a str,
    /// The bytes it was decoded from.
    pub bytes: &'a [u8],
    /// The name of the file, without `.gz`.
    pub name: &'a str,
    /// Whether the file goes on after this text.
    pub partial: bool,
    /// The reader's time zone.
    pub zone: &'a Zone,
    /// What to remember of how it was read.
    pub provenance: Provenance,
}

/// A format.
struct Format {
    /// Its name, as people call it.
    name: &'static str,
    /// The endings of its files, in lower case, without the dot.
    endings: &'static [&'static str],
    /// Whether a text that has no telling ending looks like it.
    fits: fn(&str) -> bool,
    /// Whether line ends mean something in it, whichever they are.
    is_of_lines: bool,
    read: fn(&Source<'_>) -> Reading,
}

/// Every format. Where no ending tells, the first that fits is taken; the last fits all.
const FORMATS: [Format; 6] = [
    Format {
        name: "JSON",
        endings: &["json", "jsonl", "ndjson"],
        fits: json::looks_like,
        is_of_lines: false,
        read: json::read,
    },
    Format { name: "mail", endings: &["eml"], fits: email::looks_like, is_of_lines: true, read: email::read },
    Format {
        name: "feed",
        endings: &["rss", "atom", "rdf", "xml"],
        fits: feed::looks_like,
        is_of_lines: false,
        read: feed::read,
    },
    Format {
        name: "HTML",
        endings: &["html", "htm", "xhtml"],
        fits: html::looks_like,
        is_of_lines: false,
        read: html::read,
    },
    Format {
        name: "Markdown",
        endings: &["md", "markdown"],
        fits: looks_like_markdown,
        is_of_lines: true,
        read: markdown::read,
    },
    Format { name: "plain text", endings: &["txt", "text"], fits: |_| true, is_of_lines: true, read: plain::read },
];

/// Reports whether a walk through a folder reads a file of that name.
#[must_use]
pub fn takes(name: &str) -> bool {
    by_name(unpacked_name(name)).is_some()
}

/// Returns the name of a format as [`Provenance`] has it; empty when there is no such format.
#[must_use]
pub fn known_format(name: &str) -> &'static str {
    FORMATS.iter().map(|format| format.name).find(|known| *known == name).unwrap_or_default()
}

/// Returns the name of a character encoding as [`Provenance`] has it; empty when there is none of that name.
#[must_use]
pub fn known_encoding(name: &str) -> &'static str {
    encoding_rs::Encoding::for_label(name.as_bytes()).map_or("", encoding_rs::Encoding::name)
}

/// Reads whatever `input` is.
#[must_use]
pub fn read(input: &Input<'_>) -> Reading {
    if !packed::is_packed(input.bytes) {
        return read_unpacked(&Input { name: unpacked_name(input.name), ..*input }, false);
    }
    let unpacked = packed::unpack_all(input.bytes, input.partial);
    let inner = Input { bytes: &unpacked.bytes, name: unpacked_name(input.name), partial: unpacked.cut, ..*input };
    let mut reading = read_unpacked(&inner, true);
    reading.tell(unpacked.note.as_deref());
    reading
}

/// Returns the text of a file as it is, unpacked and decoded, and how that was done; its format is not read.
#[must_use]
pub fn raw(input: &Input<'_>) -> (String, Provenance) {
    let name = unpacked_name(input.name);
    let format = |text: &str| by_name(name).or_else(|| FORMATS.iter().find(|format| (format.fits)(text)));
    let provenance = |text: &str, encoding, packed| Provenance {
        format: format(text).map_or("", |format| format.name),
        encoding,
        packed,
    };
    if !packed::is_packed(input.bytes) {
        let decoded = encoding::decode(input.bytes, input.partial);
        let provenance = provenance(&decoded.text, decoded.encoding, false);
        return (decoded.text.into_owned(), provenance);
    }
    let unpacked = packed::unpack_all(input.bytes, input.partial);
    let decoded = encoding::decode(&unpacked.bytes, unpacked.cut);
    let provenance = provenance(&decoded.text, decoded.encoding, true);
    (decoded.text.into_owned(), provenance)
}

fn read_unpacked(input: &Input<'_>, packed: bool) -> Reading {
    let decoded = encoding::decode(input.bytes, input.partial);
    if decoded.text.trim().is_empty() {
        return Reading::default();
    }
    let lines = with_line_feeds(&decoded.text);
    let format = by_name(input.name).or_else(|| FORMATS.iter().find(|format| (format.fits)(&lines)));
    let Some(format) = format else { return Reading::default() };
    let provenance = Provenance { format: format.name, encoding: decoded.encoding, packed };
    let text = if format.is_of_lines { &lines } else { &decoded.text };
    let bytes = if format.is_of_lines { with_fed_lines(input.bytes) } else { Cow::Borrowed(input.bytes) };
    let Input { name, partial, zone, .. } = *input;
    let source = Source { text, bytes: &bytes, name, partial, zone, provenance };
    let mut reading = (format.read)(&source);
    reading.tell(decoded.note.as_deref());
    reading.tell(binary::note(&bytes, decoded.encoding).as_deref());
    reading
}

/// Returns the bytes with line feeds for carriage returns where these alone end lines.
fn with_fed_lines(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\n', bytes).is_some() || memchr::memchr(b'\r', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    Cow::Owned(bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

impl Reading {
    /// Returns the notes that none of the announcements shows: what was left out of the file.
    pub fn left_out(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(|note| !self.announcements.iter().any(|one| one.notes.contains(note)))
    }

    /// Notes something about the file, where each of its announcements shows it too.
    fn tell(&mut self, note: Option<&str>) {
        let Some(note) = note.map(Note::new) else { return };
        for announcement in &mut self.announcements {
            announcement.notes.push(note.clone());
        }
        self.notes.push(note);
    }
}

/// Returns the format whose ending `name` has.
fn by_name(name: &str) -> Option<&'static Format> {
    let (_, ending) = name.rsplit_once('.')?;
    FORMATS.iter().find(|format| format.endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
}

/// Returns the name of the packed file: `name` without `.gz`.
fn unpacked_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((inner, ending)) if ending.eq_ignore_ascii_case("gz") => inner,
        _ => name,
    }
}

/// Front matter, or a first line that is a heading.
fn looks_like_markdown(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    first.starts_with("# ") || front_matter::split(text).is_some()
}

/// Reads plain text that stands within another format into `draft`; what the draft knows already stays.
fn text_into(text: &str, partial: bool, draft: &mut Draft) {
    let read = plain::draft(&with_line_feeds(text), partial);
    draft.document = read.document;
    if draft.title.is_empty() {
        draft.title = read.title;
    } else {
        // What the text takes for its title is its first line, and stays in it where it is another one.
        if !read.title.is_empty() {
            draft.document.blocks.insert(0, Block::plain(BlockKind::Heading { level: 2 }, &read.title));
        }
        draft.take_title();
    }
    draft.source = draft.source.take().or(read.source);
    draft.section = draft.section.take().or(read.section);
    draft.language = draft.language.or(read.language);
    draft.published = draft.published.or(read.published);
    draft.modified = draft.modified.or(read.modified);
    if draft.tags.is_empty() {
        draft.tags = read.tags;
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the samples are files")]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind, Marker, Style};

    /// Blocks as lines, for tests to compare.
    pub(super) fn shown(blocks: &[Block]) -> String {
        blocks.iter().map(show).collect::<Vec<_>>().join("\n")
    }

    fn show(block: &Block) -> String {
        let bars = ">".repeat(usize::from(block.quoted));
        let before = match &block.kind {
            BlockKind::Heading { level } => format!("{} ", "#".repeat(usize::from(*level))),
            BlockKind::Lead => "lead ".to_owned(),
            BlockKind::Paragraph => "p ".to_owned(),
            BlockKind::Quote { .. } => block.speaker().map_or("q ".to_owned(), |speaker| format!("q({speaker}) ")),
            BlockKind::Item { depth, marker } => {
                let marker = match marker {
                    Marker::Continuation => "  ".to_owned(),
                    marker => format!("{} ", marker.sign("-")),
                };
                format!("{}{marker}", "  ".repeat(usize::from(*depth)))
            }
            BlockKind::Table(table) => format!("table[{}{}] ", table.columns, if table.header { "h" } else { "" }),
            BlockKind::Preformatted => "pre ".to_owned(),
            BlockKind::Contact => "contact ".to_owned(),
            BlockKind::Rule => "---".to_owned(),
            BlockKind::Boilerplate => "boilerplate ".to_owned(),
        };
        let mut text = String::new();
        let mut at = 0;
        for mark in &block.marks {
            let (start, end) = (mark.start as usize, mark.end as usize);
            let sign = match mark.style {
                Style { strong: true, .. } => "**",
                Style { emphasis: true, .. } => "*",
                Style { code: true, .. } => "`",
                Style { deleted: true, .. } => "~",
                _ => "",
            };
            text += block.text.get(at..start).unwrap();
            let run = block.text.get(start..end).unwrap();
            let link = mark.link.map(|number| format!("]({number})"));
            text += &[link.as_ref().map_or("", |_| "["), sign, run, sign, link.as_deref().unwrap_or_default()].concat();
            at = end;
        }
        text += block.text.get(at..).unwrap();
        format!("{bars}{before}{}", text.replace('\n', "⏎"))
    }

    #[test]
    fn endings_tell_what_is_read() {
        for name in ["a.md", "A.MARKDOWN", "b.txt", "c.txt.gz", "d.html", "e.xhtml.GZ", "f.eml", "g.jsonl"] {
            assert!(takes(name), "{name}");
        }
        for name in ["a.png", "README", "md", "a.md.bak", "a.tar.gz", "gz"] {
            assert!(!takes(name), "{name}");
        }
    }

    #[test]
    fn without_an_ending_the_text_tells() {
        let format = |text: &str| read(&Input::new("-", text.as_bytes())).announcements[0].provenance.format;
        assert_eq!(format("# Otsikko\n\nTeksti."), "Markdown");
        assert_eq!(format("---\ntitle: Otsikko\n---\nTeksti."), "Markdown");
        assert_eq!(format("Otsikko\n\nTeksti."), "plain text");
    }

    #[test]
    fn every_bundled_article_is_understood() {
        for entry in std::fs::read_dir("articles").unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let reading = read(&Input::new(&name, &std::fs::read(&path).unwrap()));
            let [article] = reading.announcements.as_slice() else { panic!("{name}") };
            assert!(article.notes.is_empty(), "{name}: {:?}", article.notes);
            assert!(article.lead().is_some() && article.published.is_some() && article.language.is_some(), "{name}");
            assert!(!article.title.is_empty() && article.source.is_some(), "{name}");
            assert_eq!(article.translation, !name.ends_with(".fi.md"), "{name}");
        }
    }

    #[test]
    fn lines_end_as_other_systems_end_them() {
        let front = "---\ntitle: Bron öppnas\npublished: 2024-03-01\n---\n\nBron öppnas på måndag.\n\nVälkommen!";
        let mail = "From: a@example.fi\nSubject: Library reopens\nDate: Fri, 11 Sep 2020 08:05:00 +0300\n\n\
            The library reopens on Monday.\n\nEveryone is welcome to the opening.";
        for (name, text, title, last) in [
            ("a.md", front, "Bron öppnas", "Välkommen!"),
            ("", front, "Bron öppnas", "Välkommen!"),
            ("a.eml", mail, "Library reopens", "Everyone is welcome to the opening."),
        ] {
            let read = read(&Input::new(name, text.replace('\n', "\r").as_bytes()));
            assert_eq!(read.announcements[0].title.as_str(), title, "{name}");
            assert_eq!(read.announcements[0].document.blocks.last().unwrap().text.as_str(), last, "{name}");
        }
        let json =
            r#"{"title": "", "text": "Kirjasto avataan\u2029Kirjasto avataan maanantaina.\u2029Tervetuloa kaikki!"}"#;
        let raw = "Kirjasto avataan\u{2029}Kirjasto avataan maanantaina.\u{2029}Tervetuloa kaikki!";
        for (name, text) in [
            ("a.txt", raw.to_owned()),
            ("a.md", raw.replacen("Kirj", "# Kirj", 1)),
            ("a.json", json.to_owned()),
            ("a.txt", raw.replace('\u{2029}', "\u{85}\u{85}")),
            ("a.txt", raw.replace('\u{2029}', "\u{b}\u{b}")),
            ("a.txt", raw.replace('\u{2029}', "\u{2028}\u{2028}")),
        ] {
            let read = read(&Input::new(name, text.as_bytes()));
            assert_eq!(read.announcements[0].title.as_str(), "Kirjasto avataan", "{name}");
            assert_eq!(
                shown(&read.announcements[0].document.blocks).replace("lead ", "p "),
                "p Kirjasto avataan maanantaina.\np Tervetuloa kaikki!",
                "{name}"
            );
        }
    }
}
