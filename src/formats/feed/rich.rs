//! The texts of a feed: plain, or HTML in one of the ways in which publishers put it there.

use super::elements::Element;
use super::entities::{is_known, reference, resolved};
use super::names::Vocabulary::Atom;
use crate::formats::email::base64;
use crate::formats::flow::Flow;
use crate::formats::{encoding, html};
use crate::text::Clean;

/// Elements of HTML whose tags tell that a text is HTML.
const TAGS: [&str; 62] = [
    "a",
    "abbr",
    "acronym",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "main",
    "object",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
];
/// More tags of HTML.
const MORE_TAGS: [&str; 30] = [
    "td", "th", "tr", "tbody", "thead", "video", "picture", "source", "nav", "mark", "time", "label", "script",
    "style", "svg", "noscript", "math", "applet", "base", "basefont", "blink", "button", "frame", "frameset", "input",
    "link", "meta", "param", "select", "textarea",
];

/// A text of a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Rich {
    /// Text as it is.
    Plain(String),
    /// HTML.
    Html(String),
}

impl Rich {
    /// Returns the text of an element; `None` where it holds none, or something that is no text.
    pub fn of(element: &Element) -> Option<Self> {
        let stated = element.attribute("type").map(|kind| kind.trim().to_ascii_lowercase());
        let kind = stated.as_deref().and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        let mode = element.attribute("mode").unwrap_or_default();
        let binary = element.vocabulary == Atom && kind.contains('/') && !is_textual(kind);
        if mode.eq_ignore_ascii_case("base64") || binary {
            return Self::packed(&element.text(), kind);
        }
        if matches!(kind, "html" | "text/html")
            && let Some(html) = wrapped(element)
        {
            return Some(Self::Html(html));
        }
        if element.children().next().is_some() {
            return Some(Self::Html(element.markup()));
        }
        let text = element.text();
        let text =
            if text.trim().is_empty() { element.attribute("value").unwrap_or_default().to_owned() } else { text };
        if text.trim().is_empty() {
            return None;
        }
        Some(match kind {
            "html" | "text/html" => Self::Html(text),
            // What stands in it as text was markup for nobody.
            "xhtml" | "application/xhtml+xml" => Self::Plain(text),
            "text" | "text/plain" if element.vocabulary == Atom && !mode.eq_ignore_ascii_case("escaped") => {
                Self::Plain(text)
            }
            _ if element.vocabulary == Atom && &*element.name == "title" && !has_pair(&text) => Self::Plain(text),
            _ => Self::guessed(text),
        })
    }

    /// Returns a text that is HTML where it holds a tag or a reference.
    pub fn guessed(text: String) -> Self {
        if has_tag(&text) || has_reference(&text) { Self::Html(text) } else { Self::Plain(text) }
    }

    /// Returns what base64 packs, where it is text.
    fn packed(text: &str, kind: &str) -> Option<Self> {
        let bytes = base64(text.as_bytes());
        let is_text = |text: &str| !text.contains(|letter: char| letter.is_control() && !letter.is_whitespace());
        if kind.contains('/') && !is_textual(kind) && !std::str::from_utf8(&bytes).is_ok_and(is_text) {
            return None;
        }
        let text = encoding::decode(&bytes, false).text.into_owned();
        if text.trim().is_empty() {
            return None;
        }
        Some(if kind.contains("html") || kind.contains("xml") { Self::Html(text) } else { Self::guessed(text) })
    }

    /// Returns the text in one line without markup. References that are left are resolved once more, and a text of
    /// which no markup leaves anything is shown as it is written.
    pub fn line(&self) -> Clean {
        match self {
            Self::Plain(text) => Clean::line(&resolved(text)),
            Self::Html(text) => {
                let told = if has_tag(text) { unmarked(text) } else { Clean::line(&resolved(&resolved(text))) };
                if told.is_empty() { Clean::line(text) } else { told }
            }
        }
    }

    /// Reports whether nothing is left of it without markup.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Plain(text) => text.trim().is_empty(),
            Self::Html(text) => text.trim().is_empty() || (text.len() < 400 && unmarked(text).is_empty()),
        }
    }
}

/// Returns escaped HTML that stands within a `div` that is not escaped.
fn wrapped(element: &Element) -> Option<String> {
    let mut children = element.children();
    let only = children.next().filter(|child| &*child.name == "div" && child.children().next().is_none())?;
    Some(only.text()).filter(|text| children.next().is_none() && has_tag(text))
}

/// Returns the text of HTML in one line.
fn unmarked(text: &str) -> Clean {
    let mut flow = Flow::default();
    html::fragment(text, None, &mut flow);
    let document = flow.finish().0;
    let blocks: Vec<&Clean> = document.blocks.iter().map(|block| &block.text).collect();
    Clean::line(&resolved(&Clean::joined(&blocks, " ")))
}

/// Reports whether a media type is one of text.
fn is_textual(kind: &str) -> bool {
    kind.starts_with("text/") || kind.ends_with("/xml") || kind.ends_with("+xml") || kind.ends_with("/html")
}

/// Returns the names of the tags in `text`, each with whether it is an end tag.
fn tags(text: &str) -> impl Iterator<Item = (bool, &str)> {
    memchr::memchr_iter(b'<', text.as_bytes()).filter_map(|at| {
        let rest = text.get(at + 1..)?;
        let inner = rest.strip_prefix('/').unwrap_or(rest);
        if !inner.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            return None;
        }
        let length = inner.find(|letter: char| !letter.is_ascii_alphanumeric())?;
        let (name, behind) = inner.split_at_checked(length)?;
        let ends = behind.starts_with(['>', '/', ' ', '\n', '\t', '\r']) && behind.contains('>');
        let lower = name.to_ascii_lowercase();
        let known = TAGS.contains(&lower.as_str()) || MORE_TAGS.contains(&lower.as_str());
        (known && ends).then_some((inner.len() < rest.len(), name))
    })
}

/// Reports whether a tag of HTML stands in `text`: `<p>`, `</b>`, `<br/>`; not `a < b` or `<a@example.fi>`.
fn has_tag(text: &str) -> bool {
    tags(text).next().is_some()
}

/// Reports whether an end tag of HTML stands in `text`.
fn has_pair(text: &str) -> bool {
    tags(text).any(|(ends, _)| ends)
}

/// Reports whether a character reference that means something stands in `text`: `&auml;`, `&#8211;`.
fn has_reference(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let name = text.get(at + 1..).and_then(reference).map(|(name, _)| name);
        name.is_some_and(|name| name.len() >= 2 && is_known(name))
    })
}
