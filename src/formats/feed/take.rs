//! Takes a mended feed apart into its items: unclosed elements, wrong ends and undeclared prefixes cost no more than
//! themselves. Nothing here nests deeper than [`DEEPEST`] or keeps more than one item at a time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::ControlFlow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::elements::{Content, Element};
use super::entities::{numbered, resolved};
use super::names::Vocabulary;
use crate::formats::html;

/// Elements that lie deeper than this are left out.
const DEEPEST: usize = 300;
/// Most attributes read of one element.
const MOST_ATTRIBUTES: usize = 64;
/// Most prefixes that are declared at a time.
const MOST_PREFIXES: usize = 64;
/// Most names of elements remembered that lie too deep.
const MOST_NAMES: usize = 256;
/// Most start tags read by one reader, which remembers each that has no end tag.
const MOST_STARTS: usize = 100_000;
/// Most elements kept within one item, and of the feed itself.
const MOST_ELEMENTS: usize = 20_000;

/// What was found of a feed beside its items.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The element that describes the feed, without its items.
    pub about: Element,
    /// The root: the first element that feeds, alerts or pages begin with.
    pub root: Option<Root>,
    /// How many items there are.
    pub items: usize,
    /// Places at which the XML was broken and reading went on behind them.
    pub broken: usize,
    /// Elements left out because they lay too deep or were too many.
    pub left_out: usize,
    /// Whether reading ended at the most items.
    pub more: bool,
}

/// What a document begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Rss,
    Atom,
    Cdf,
    Alert,
    Page,
}

impl Root {
    /// Returns the root that an element of that name is.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "rss" | "rdf" => Some(Self::Rss),
            "feed" => Some(Self::Atom),
            "channel" => Some(Self::Cdf),
            "alert" => Some(Self::Alert),
            "html" | "head" | "body" => Some(Self::Page),
            _ => None,
        }
    }
}

/// Takes the text of a feed apart and hands each of its items to `keep`, no more than `most`. Relative bases are
/// resolved against `base`.
pub(super) fn take_apart(text: &str, base: Option<&str>, most: usize, keep: &mut dyn FnMut(Element)) -> Found {
    let bases = base.map(|base| (0, base.to_owned())).into_iter().collect();
    let mut taking = Taking {
        found: Found::default(),
        most,
        keep,
        open: Vec::new(),
        item: None,
        elements: 0,
        outside: 0,
        prefixes: Vec::new(),
        bases,
        too_deep: HashMap::new(),
    };
    let mut rest = text;
    loop {
        match taking.read(rest) {
            Stop::End => break,
            Stop::Pause(at) => rest = rest.get(at..).unwrap_or_default(),
            Stop::Broken(at) => {
                taking.found.broken += 1;
                let from = rest.ceil_char_boundary(at.max(1).min(rest.len()));
                let Some(next) = rest.get(from..).and_then(|rest| rest.find('<')) else { break };
                rest = rest.get(from + next..).unwrap_or_default();
            }
        }
    }
    while !taking.open.is_empty() {
        taking.close();
    }
    taking.found
}

/// Reports whether an element is an item of a feed.
fn is_item(element: &Element) -> bool {
    match element.vocabulary {
        Vocabulary::Rss => matches!(&*element.name, "item" | "entry"),
        Vocabulary::Atom => &*element.name == "entry",
        Vocabulary::Alert => &*element.name == "alert",
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

/// Returns a name in lower case.
fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Where the reader stopped, in bytes from where it began.
enum Stop {
    End,
    /// Behind a start tag, to go on with a new reader.
    Pause(usize),
    /// Where the XML is broken.
    Broken(usize),
}

struct Taking<'k> {
    found: Found,
    most: usize,
    keep: &'k mut dyn FnMut(Element),
    /// The open elements, the outermost first.
    open: Vec<Element>,
    /// Which of them is the item.
    item: Option<usize>,
    /// How many elements the item, or the feed itself, holds.
    elements: usize,
    /// How many the feed itself holds while an item is open.
    outside: usize,
    /// Declared prefixes and their vocabularies, with the depth of the element that declares each.
    prefixes: Vec<(usize, String, Vocabulary)>,
    /// The addresses to which relative links stand, with the depth of the element that states each.
    bases: Vec<(usize, String)>,
    /// How many open elements lie too deep to be kept, by their names.
    too_deep: HashMap<Box<str>, usize>,
}

impl Taking<'_> {
    /// Reads on until the end, or to where the XML is broken, or until the reader remembers many start tags.
    fn read(&mut self, text: &str) -> Stop {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        (config.check_end_names, config.allow_unmatched_ends, config.allow_dangling_amp) = (false, true, true);
        let mut starts = 0_usize;
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let Ok(event) = reader.read_event() else {
                let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                return Stop::Broken(at.max(before));
            };
            if self.take(&event).is_break() {
                return Stop::End;
            }
            starts += usize::from(matches!(event, Event::Start(_)));
            if starts >= MOST_STARTS {
                return Stop::Pause(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
            }
        }
    }

    fn take(&mut self, event: &Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Start(start) => {
                self.start(start, false);
            }
            Event::Empty(start) => {
                if self.start(start, true) {
                    self.close();
                }
            }
            Event::End(end) => self.end(&lower(end.local_name().as_ref())),
            Event::Text(text) => self.text(text),
            Event::CData(data) => self.text(data),
            Event::GeneralRef(reference) => self.reference(reference),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return ControlFlow::Break(()),
        }
        if self.found.more { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Opens an element, which is `empty` where no end tag follows; returns whether it is kept.
    fn start(&mut self, start: &BytesStart<'_>, empty: bool) -> bool {
        let name = start.name();
        let name = lower(name.as_ref());
        let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
        let begins = matches!(local, "item" | "entry");
        // An item is never too deep: what was not closed ends where it begins.
        if !begins && (self.open.len() >= DEEPEST || self.elements >= MOST_ELEMENTS) {
            self.found.left_out += 1;
            if empty {
                return false;
            }
            if let Some(count) = self.too_deep.get_mut(local) {
                *count += 1;
            } else if self.too_deep.len() < MOST_NAMES {
                self.too_deep.insert(local.into(), 1);
            }
            return false;
        }
        self.elements += 1;
        let mut attributes = Vec::new();
        let mut stated = start.html_attributes();
        stated.with_checks(false);
        let depth = self.open.len() + 1;
        for attribute in stated.flatten().take(MOST_ATTRIBUTES) {
            let name = attribute.key.as_ref().to_ascii_lowercase();
            let value = resolved(&attribute.value).into_owned();
            if let Some(prefix) = name.strip_prefix("xmlns").filter(|rest| rest.is_empty() || rest.starts_with(':')) {
                if self.prefixes.len() < MOST_PREFIXES {
                    self.prefixes.push((depth, prefix.trim_start_matches(':').to_owned(), Vocabulary::at(&value)));
                }
            } else {
                attributes.push((name.into_boxed_str(), value));
            }
        }
        let root = Root::named(local);
        if self.found.root.is_none() && root.is_some() {
            self.found.root = root;
            self.settle_default(root, depth);
        }
        let declared = self.prefixes.iter().rev().find(|(_, known, _)| known == prefix);
        let vocabulary = declared.map_or_else(|| Vocabulary::usual(prefix), |(.., vocabulary)| *vocabulary);
        let element = Element { vocabulary, name: local.into(), attributes, content: Vec::new() };
        self.open(element);
        true
    }

    /// Gives the default namespace of a root that is unknown, or not stated, the vocabulary of the root.
    fn settle_default(&mut self, root: Option<Root>, depth: usize) {
        let usual = if root == Some(Root::Atom) {
            Vocabulary::Atom
        } else if root == Some(Root::Alert) {
            Vocabulary::Alert
        } else {
            Vocabulary::Rss
        };
        match self.prefixes.iter_mut().find(|(_, prefix, _)| prefix.is_empty()) {
            Some((.., vocabulary @ Vocabulary::Other)) => *vocabulary = usual,
            Some(_) => {}
            None => self.prefixes.insert(0, (depth, String::new(), usual)),
        }
    }

    fn open(&mut self, mut element: Element) {
        let begins = is_item(&element);
        // An item that was not closed ends where the next begins; an alert within an item is its content.
        if begins
            && element.vocabulary != Vocabulary::Alert
            && let Some(at) = self.item
        {
            self.close_to(at);
        }
        // A field that holds nothing but text ends where another field begins.
        if self.open.last().is_some_and(|open| is_text(&open.name))
            && (is_text(&element.name) || is_long(&element.name))
        {
            self.close();
        }
        let depth = self.open.len() + 1;
        let outer = self.bases.last().map(|(_, base)| base.as_str());
        if let Some((_, base)) = element.attributes.iter_mut().find(|(name, _)| &**name == "xml:base") {
            *base = html::resolved(base, outer).or_else(|| outer.map(str::to_owned)).unwrap_or_default();
            let base = base.clone();
            self.bases.push((depth, base));
        } else if begins && let Some(base) = outer {
            element.attributes.push(("xml:base".into(), base.to_owned()));
        }
        if begins && self.item.is_none() {
            self.item = Some(self.open.len());
            self.outside = std::mem::take(&mut self.elements);
        }
        self.open.push(element);
    }

    fn end(&mut self, name: &str) {
        if let Some(count) = self.too_deep.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        // What was never opened ends nothing.
        if let Some(at) = self.open.iter().rposition(|element| *element.name == *name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        self.too_deep.clear();
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let depth = self.open.len();
        while self.prefixes.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.prefixes.pop();
        }
        while self.bases.last().is_some_and(|(stated, _)| *stated >= depth) {
            self.bases.pop();
        }
        let Some(element) = self.open.pop() else { return };
        if self.item == Some(self.open.len()) {
            self.item = None;
            self.elements = self.outside;
            if self.found.items >= self.most {
                self.found.more = true;
                return;
            }
            self.found.items += 1;
            (self.keep)(element);
        } else if self.item.is_none() && matches!(&*element.name, "channel" | "feed" | "rss" | "rdf") {
            self.found.about.vocabulary = element.vocabulary;
            self.found.about.attributes.extend(element.attributes);
            self.found.about.content.extend(element.content);
        } else if let Some(outer) = self.open.last_mut() {
            outer.content.push(Content::Element(element));
        } else {
            self.found.about.content.push(Content::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        match element.content.last_mut() {
            Some(Content::Text(known)) => known.push_str(text),
            _ => element.content.push(Content::Text(text.to_owned())),
        }
    }

    fn reference(&mut self, name: &str) {
        let character = match name {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => numbered(name),
        };
        match character {
            Some(character) => self.text(character.encode_utf8(&mut [0; 4])),
            None => self.text(&format!("&{name};")),
        }
    }
}
