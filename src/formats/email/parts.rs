//! The parts of a mail: which of them are its text, in their order, and what else it brings.

use std::borrow::Cow;

use super::header::{self, Header, Value};
use super::transfer;
use crate::formats::encoding;

/// Parts nested deeper than this are not looked into.
const DEEPEST: usize = 10;
/// Most parts that are looked at.
const MOST: usize = 2000;
/// Within how many lines of a body whose boundary is missing another one is looked for.
const BOUNDARY_WITHIN: usize = 40;
/// An alternative with less than one part in so many of the longest one's letters stands for nothing.
const TELLING: usize = 4;

/// A mail or a part of one.
#[derive(Clone, Debug, Default)]
pub(super) struct Entity<'a> {
    pub header: Header<'a>,
    pub body: &'a [u8],
}

/// The markup of a text part: plain text or HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// None; `flowed` where lines that end in a blank go on in the next, which is dropped where `delsp` says so.
    Plain {
        flowed: bool,
        delsp: bool,
    },
    Html,
    Markdown,
    Enriched,
}

/// Something found in a mail.
#[derive(Clone, Debug)]
pub(super) enum Part<'a> {
    /// A text, decoded.
    Text { text: String, markup: Markup, encoding: &'static str, note: Option<String>, set_apart: bool },
    /// Another mail.
    Mail(Cow<'a, [u8]>),
    /// Something that cannot be shown: its name, its type and its size in bytes.
    Other { name: Option<String>, kind: String, size: usize },
}

/// Takes the header off the bytes of a mail.
pub(super) fn entity(bytes: &[u8]) -> Entity<'_> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or_else(|| bytes.get(start..).unwrap_or_default());
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let (header, body) = header::split(bytes.get(start..).unwrap_or_default());
    Entity { header, body }
}

/// Finds the parts of `mail`; `partial` when its bytes go on. Texts sent as attachments are the text of a mail that has no other.
pub(super) fn parts<'a>(mail: &Entity<'a>, partial: bool) -> Vec<Part<'a>> {
    let mut walk = Walk { partial, left: MOST };
    let mut parts = walk.parts(mail, "text/plain", 0);
    let has_text = parts.iter().any(|part| matches!(part, Part::Text { set_apart: false, .. }) && letters(part) > 0);
    let has_mail = parts.iter().any(|part| matches!(part, Part::Mail(_)));
    for part in &mut parts {
        if let Part::Text { text, set_apart: set_apart @ true, markup, .. } = part {
            if !has_text && !has_mail {
                *set_apart = false;
                continue;
            }
            let kind = if *markup == Markup::Html { "text/html" } else { "text/plain" };
            *part = Part::Other { name: None, kind: kind.to_owned(), size: text.len() };
        }
    }
    parts
}

/// Counts the letters and digits that a part shows.
pub(super) fn letters(part: &Part<'_>) -> usize {
    match part {
        Part::Text { text, markup: Markup::Html | Markup::Enriched, .. } => seen_letters(text),
        Part::Text { text, .. } => text.chars().filter(|letter| letter.is_alphanumeric()).count(),
        Part::Mail(bytes) => bytes.len(),
        Part::Other { .. } => 0,
    }
}

/// Counts the letters and digits of HTML outside of tags, references, comments, styles and scripts.
fn seen_letters(page: &str) -> usize {
    let mut count = 0;
    let mut rest = page;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, tag) = rest.split_at(at);
        count += before.chars().filter(|letter| letter.is_alphanumeric()).count();
        let start: String = tag.chars().take(7).flat_map(char::to_lowercase).collect();
        let end = if start.starts_with('&') {
            ";"
        } else if start.starts_with("<!--") {
            "-->"
        } else if start.starts_with("<style") {
            "</style"
        } else if start.starts_with("<script") {
            "</script"
        } else if start.starts_with("<title") {
            "</title"
        } else {
            ">"
        };
        // A sign that closes nothing is text.
        let near = if end == ";" {
            tag.char_indices().nth(10).map_or(tag, |(at, _)| tag.get(..at).unwrap_or(tag))
        } else {
            tag
        };
        rest = match near.find(end) {
            Some(close) => tag.get(close + end.len()..).unwrap_or_default(),
            None if end == ";" => tag.get(1..).unwrap_or_default(),
            None => "",
        };
    }
    count + rest.chars().filter(|letter| letter.is_alphanumeric()).count()
}

struct Walk {
    partial: bool,
    left: usize,
}

impl Walk {
    fn parts<'a>(&mut self, entity: &Entity<'a>, usual: &str, depth: usize) -> Vec<Part<'a>> {
        if self.left == 0 || depth > DEEPEST {
            return Vec::new();
        }
        self.left -= 1;
        let kind = entity.header.value("Content-Type").unwrap_or_default();
        let main = main_type(&kind.main, usual);
        if main.starts_with("multipart/")
            && let Some(children) = children(entity.body, kind.parameter("boundary").as_deref())
        {
            return self.multipart(&main, &children, depth);
        }
        vec![self.leaf(entity, &main, &kind)]
    }

    fn multipart<'a>(&mut self, main: &str, children: &[&'a [u8]], depth: usize) -> Vec<Part<'a>> {
        let usual = if main == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        let mut found: Vec<Vec<Part<'a>>> = Vec::new();
        for child in children {
            if self.left == 0 {
                break;
            }
            let (header, body) = header::split(
                child.strip_prefix(b"\r\n").or_else(|| child.strip_prefix(b"\n")).map_or(child, |body| {
                    // A part that begins with a blank line has no header.
                    if child.first() == Some(&b'\r') || child.first() == Some(&b'\n') { child } else { body }
                }),
            );
            found.push(self.parts(&Entity { header, body }, usual, depth + 1));
        }
        if main != "multipart/alternative" {
            return found.into_iter().flatten().collect();
        }
        let sizes: Vec<usize> = found.iter().map(|parts| parts.iter().map(letters).sum()).collect();
        let most = sizes.iter().copied().max().unwrap_or(0);
        let chosen = sizes.iter().rposition(|size| *size > 0 && size.saturating_mul(TELLING) >= most);
        let chosen = chosen.unwrap_or(found.len().saturating_sub(1));
        let kept = found.into_iter().enumerate().flat_map(|(at, parts)| {
            parts.into_iter().filter(move |part| at == chosen || matches!(part, Part::Other { name: Some(_), .. }))
        });
        kept.collect()
    }

    fn leaf<'a>(&self, entity: &Entity<'a>, main: &str, kind: &Value) -> Part<'a> {
        let disposition = entity.header.value("Content-Disposition").unwrap_or_default();
        let encoding = entity.header.text("Content-Transfer-Encoding").unwrap_or_default();
        let bytes = transfer::decode(&encoding, entity.body);
        let name = disposition.parameter("filename").or_else(|| kind.parameter("name"));
        let name = name.filter(|name| !name.trim().is_empty());
        let set_apart = disposition.main == "attachment";
        if matches!(main, "message/rfc822" | "message/global" | "message/news") {
            return Part::Mail(bytes);
        }
        let shown = match main {
            "text/html" | "application/xhtml+xml" => Some(Markup::Html),
            "text/markdown" | "text/x-markdown" => Some(Markup::Markdown),
            "text/enriched" | "text/richtext" => Some(Markup::Enriched),
            "text/calendar" | "text/vcard" | "text/x-vcard" | "text/directory" | "text/css" | "text/rtf"
            | "text/csv" | "text/xml" | "text/javascript" | "text/x-amp-html" => None,
            main if main.starts_with("text/") || main.starts_with("multipart/") => Some(Markup::Plain {
                flowed: kind.parameter("format").is_some_and(|format| format.eq_ignore_ascii_case("flowed")),
                delsp: kind.parameter("delsp").is_some_and(|delsp| delsp.eq_ignore_ascii_case("yes")),
            }),
            _ => None,
        };
        let Some(mut markup) = shown.filter(|_| {
            !(set_apart
                && name.is_some()
                && shown != Some(Markup::Html)
                && !name.as_deref().is_none_or(crate::formats::takes))
        }) else {
            return Part::Other { name, kind: main.to_owned(), size: bytes.len() };
        };
        let decoded = encoding::decode_as(&bytes, kind.parameter("charset").as_deref(), self.partial);
        let text = decoded.text.into_owned();
        if kind.main.is_empty() && crate::formats::html::looks_like(&text) {
            markup = Markup::Html;
        }
        Part::Text { text, markup, encoding: decoded.encoding, note: decoded.note, set_apart }
    }
}

/// Returns the type of a part: the one it states, or the usual one where it states none or only half of one.
fn main_type(stated: &str, usual: &str) -> String {
    match stated {
        "" => usual.to_owned(),
        "text" => "text/plain".to_owned(),
        "html" => "text/html".to_owned(),
        "multipart" => "multipart/mixed".to_owned(),
        stated => stated.to_owned(),
    }
}

/// Returns the parts between the boundary's lines, the last one also without its end; `None` where there is no such line.
fn children<'a>(body: &'a [u8], boundary: Option<&str>) -> Option<Vec<&'a [u8]>> {
    let stated =
        boundary.map(|boundary| between(body, boundary.trim_end().as_bytes())).filter(|parts| !parts.is_empty());
    stated.or_else(|| Some(between(body, boundary_of(body)?)).filter(|parts| !parts.is_empty()))
}

fn between<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut at = 0;
    if boundary.is_empty() {
        return parts;
    }
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let (before, text) = (at, line.trim_ascii_end());
        at += line.len();
        let Some(rest) = text.strip_prefix(b"--").and_then(|rest| rest.strip_prefix(boundary)) else { continue };
        if !matches!(rest, b"" | b"--") {
            continue;
        }
        if let Some(start) = start.replace(at) {
            parts.push(body.get(start..before).unwrap_or_default());
        }
        if rest == b"--" || parts.len() >= MOST {
            return parts;
        }
    }
    parts.extend(start.and_then(|start| body.get(start..)));
    parts
}

/// Finds the boundary of a body that uses another than its header states: a line of dashes above the fields of a part.
fn boundary_of(body: &[u8]) -> Option<&[u8]> {
    let mut lines = body.split(|byte| *byte == b'\n').take(BOUNDARY_WITHIN).peekable();
    while let Some(line) = lines.next() {
        let boundary = line.trim_ascii_end().strip_prefix(b"--").filter(|boundary| !boundary.is_empty());
        let heads =
            lines.peek().is_some_and(|next| next.len() > 8 && next.to_ascii_lowercase().starts_with(b"content-"));
        if boundary.is_some() && heads {
            return boundary;
        }
    }
    None
}
