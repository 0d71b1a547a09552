//! Takes a feed apart into its items, whatever is broken in it: unclosed elements, stray signs, undeclared prefixes.
//! Nothing here nests deeper than [`DEEPEST`], follows an entity's definition or looks anything up.

use std::collections::HashMap;
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::names::Vocabulary;

/// Elements that lie deeper than this are left out.
const DEEPEST: usize = 300;
/// Most attributes read of one element.
const MOST_ATTRIBUTES: usize = 64;
/// Most prefixes that are declared at a time.
const MOST_PREFIXES: usize = 256;

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its vocabulary.
    pub vocabulary: Vocabulary,
    /// Its name without the prefix, in lower case.
    pub name: String,
    /// Its attributes: names in lower case, with their prefixes.
    pub attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub content: Vec<Content>,
}

/// Something within an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Character data. References that XML does not know are kept as they are written.
    Text(String),
    /// Another element.
    Element(Element),
}

impl Element {
    /// Returns the value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements directly within it.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// Returns the first element directly within it of that vocabulary and name.
    #[must_use]
    pub fn child(&self, vocabulary: Vocabulary, name: &str) -> Option<&Self> {
        self.children().find(|child| child.vocabulary == vocabulary && child.name == name)
    }

    /// Returns all character data within this element and its descendants.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text
    }

    fn gather(&self, text: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(piece) => text.push_str(piece),
                Content::Element(element) => element.gather(text),
            }
        }
    }

    /// Returns what is in it as HTML.
    #[must_use]
    pub fn markup(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => escape(text, html),
                Content::Element(element) => {
                    html.push('<');
                    html.push_str(&element.name);
                    for (name, value) in &element.attributes {
                        html.push(' ');
                        html.push_str(name);
                        html.push_str("=\"");
                        escape(value, html);
                        html.push('"');
                    }
                    html.push('>');
                    element.write(html);
                    if !matches!(element.name.as_str(), "br" | "img" | "hr" | "wbr") {
                        html.push_str("</");
                        html.push_str(&element.name);
                        html.push('>');
                    }
                }
            }
        }
    }
}

fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '&' => html.push_str("&amp;"),
            character => html.push(character),
        }
    }
}

/// What was found of a feed.
#[derive(Debug, Default)]
pub struct Feed {
    /// The element that describes the feed, without its items.
    pub about: Element,
    /// The items, in order.
    pub items: Vec<Element>,
    /// Places at which the XML was broken and reading went on behind them.
    pub broken: usize,
    /// Whether there were more items than `most`.
    pub more: bool,
}

/// Takes the text of a feed apart; `most` is how many items are kept.
#[must_use]
pub fn take_apart(text: &str, most: usize) -> Feed {
    let mut taking = Taking { most, ..Taking::default() };
    let mut rest = text.get(text.find('<').unwrap_or(text.len())..).unwrap_or_default();
    while let Some(behind) = taking.read(rest) {
        taking.feed.broken += 1;
        let from = rest.ceil_char_boundary(behind.max(1).min(rest.len()));
        let Some(next) = rest.get(from..).and_then(|rest| rest.find('<')) else { break };
        rest = rest.get(from + next..).unwrap_or_default();
    }
    taking.finish()
}

/// Reports whether an element is an item of a feed.
fn is_item(element: &Element) -> bool {
    match element.vocabulary {
        Vocabulary::Rss => matches!(element.name.as_str(), "item" | "entry"),
        Vocabulary::Atom => element.name == "entry",
        Vocabulary::Alert => element.name == "alert",
        _ => false,
    }
}

/// Reports whether a field of that name holds nothing but text.
fn is_text(name: &str) -> bool {
    matches!(name, "title" | "guid" | "pubdate" | "published" | "updated")
}

/// Reports whether a field of that name holds the text of an item.
fn is_long(name: &str) -> bool {
    matches!(name, "description" | "summary" | "content" | "encoded")
}

#[derive(Debug, Default)]
struct Taking {
    feed: Feed,
    most: usize,
    /// The open elements, the outermost first.
    open: Vec<Element>,
    /// Declared prefixes and their vocabularies, with the depth of the element that declares each.
    prefixes: Vec<(usize, String, Vocabulary)>,
    /// The names of open elements that lie too deep to be kept, and how many there are of each.
    too_deep: (Vec<String>, HashMap<String, usize>),
}

impl Taking {
    /// Reads on until the end, or to where the XML is broken: how many bytes were read before it.
    fn read(&mut self, text: &str) -> Option<usize> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let Ok(event) = reader.read_event() else {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Some(at.max(before));
            };
            match self.take(&event) {
                ControlFlow::Continue(()) => {}
                ControlFlow::Break(()) => return None,
            }
        }
    }

    fn take(&mut self, event: &Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Start(start) => self.start(start),
            Event::Empty(start) => {
                let before = self.too_deep.0.len();
                self.start(start);
                if self.too_deep.0.len() == before {
                    self.close();
                } else {
                    self.end(&start.local_name().as_ref().to_ascii_lowercase());
                }
            }
            Event::End(end) => self.end(&end.local_name().as_ref().to_ascii_lowercase()),
            Event::Text(text) => self.text(text),
            Event::CData(data) => self.text(data),
            Event::GeneralRef(reference) => self.reference(reference),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return ControlFlow::Break(()),
        }
        if self.feed.items.len() > self.most {
            self.feed.items.pop();
            self.feed.more = true;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let name = start.name().as_ref().to_ascii_lowercase();
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        // An item is never too deep: what was not closed ends where it begins.
        if self.open.len() >= DEEPEST && !matches!(local, "item" | "entry") {
            *self.too_deep.1.entry(local.to_owned()).or_default() += 1;
            self.too_deep.0.push(local.to_owned());
            return;
        }
        let depth = self.open.len() + 1;
        let mut attributes = Vec::new();
        let mut stated = start.html_attributes();
        stated.with_checks(false);
        for attribute in stated.flatten().take(MOST_ATTRIBUTES) {
            let name = attribute.key.as_ref().to_ascii_lowercase();
            let value = resolved(&attribute.value);
            if let Some(prefix) = name.strip_prefix("xmlns").filter(|rest| rest.is_empty() || rest.starts_with(':')) {
                if self.prefixes.len() < MOST_PREFIXES {
                    self.prefixes.push((depth, prefix.trim_start_matches(':').to_owned(), Vocabulary::at(&value)));
                }
            } else {
                attributes.push((name, value));
            }
        }
        let declared = self.prefixes.iter().rev().find(|(_, known, _)| known == prefix);
        let vocabulary = declared.map_or_else(|| Vocabulary::usual(prefix), |(.., vocabulary)| *vocabulary);
        let element = Element { vocabulary, name: local.to_owned(), attributes, content: Vec::new() };
        // An item that was not closed ends where the next begins; an alert within an item is its content.
        if is_item(&element)
            && element.vocabulary != Vocabulary::Alert
            && let Some(at) = self.open.iter().position(is_item)
        {
            self.close_to(at);
        }
        // A field that holds nothing but text ends where another field begins.
        if self.open.last().is_some_and(|open| is_text(&open.name))
            && (is_text(&element.name) || is_long(&element.name))
        {
            self.close();
        }
        self.open.push(element);
    }

    fn end(&mut self, name: &str) {
        if self.too_deep.1.get(name).is_some_and(|count| *count > 0) {
            while let Some(inner) = self.too_deep.0.pop() {
                if let Some(count) = self.too_deep.1.get_mut(&inner) {
                    *count -= 1;
                }
                if inner == name {
                    break;
                }
            }
            return;
        }
        // What was never opened ends nothing.
        if let Some(at) = self.open.iter().rposition(|element| element.name == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        self.too_deep = Default::default();
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let depth = self.open.len();
        self.prefixes.retain(|(declared, ..)| *declared < depth);
        let Some(element) = self.open.pop() else { return };
        let within = self.open.iter().any(is_item);
        if is_item(&element) && !within {
            self.feed.items.push(element);
        } else if matches!(element.name.as_str(), "channel" | "feed" | "rss" | "rdf") && !within {
            self.feed.about.attributes.extend(element.attributes);
            self.feed.about.content.extend(element.content);
        } else if let Some(outer) = self.open.last_mut() {
            outer.content.push(Content::Element(element));
        } else {
            self.feed.about.content.push(Content::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut().filter(|_| self.too_deep.0.is_empty()) else { return };
        match element.content.last_mut() {
            Some(Content::Text(known)) => known.push_str(text),
            _ => element.content.push(Content::Text(text.to_owned())),
        }
    }

    fn reference(&mut self, name: &str) {
        match character(name) {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            // HTML's own names are read where the text is.
            None => self.text(&format!("&{name};")),
        }
    }

    fn finish(mut self) -> Feed {
        while !self.open.is_empty() {
            self.close();
        }
        if self.feed.items.len() > self.most {
            self.feed.items.truncate(self.most);
            self.feed.more = true;
        }
        self.feed
    }
}

/// Returns the character that a reference names in every XML document, or by its number.
fn character(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code =
                hexadecimal.map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok())?;
            // Numbers of the C1 range mean what they mean in windows-1252, as browsers have it.
            match u8::try_from(code) {
                Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next(),
                _ => char::from_u32(code).filter(|character| *character != '\0'),
            }
        }
    }
}

/// Returns the value of an attribute with its references resolved.
fn resolved(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let known = after.split_once(';').filter(|(name, _)| name.len() <= 10);
        if let Some((character, behind)) = known.and_then(|(name, behind)| Some((character(name)?, behind))) {
            text.push(character);
            rest = behind;
        } else {
            text.push('&');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}
