//! Takes HTML apart into a flat row of tags and texts, from its tokens alone: no tree is built, so nesting costs nothing.
//! The row is well nested and no deeper than [`DEEPEST`]; scripts, styles and controls are left out of it.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::ends::Ends;
use super::kinds::{Element, VOID, is_block, is_unseen};

/// Deeper elements are left out, their text is kept.
const DEEPEST: usize = 200;
/// Most tags and texts kept of a page.
const MOST_NODES: usize = 400_000;
/// Most tags read of a page, kept or not.
const MOST_TAGS: usize = 750_000;
/// Tags with more blanks than this outside quotation marks are left out: an attribute costs a look at all before it.
const MOST_ATTRIBUTES: usize = 100;
/// How much the tokenizer is given at once.
const SIP: usize = 1024;
/// How much is looked through at once.
const CHUNK: usize = 64 * 1024;

/// A piece of a page.
#[derive(Clone, Debug)]
pub(super) enum Node {
    Start(Element),
    End(Box<str>),
    Text(String),
}

/// A page taken apart.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its tags and texts.
    pub nodes: Vec<Node>,
    /// The text of the `title` element.
    pub title: String,
    /// The `html`, `meta` and `link` elements.
    pub metadata: Vec<Element>,
    /// The texts of `application/ld+json` scripts.
    pub json: Vec<String>,
    /// The address a browser noted when it saved the page.
    pub saved_from: Option<String>,
    /// Whether there was more than is kept.
    pub overflowed: bool,
}

/// Takes HTML apart, in time linear in its length.
pub(super) fn take_apart(html: &str) -> Page {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    tokenizer.sink.0.borrow_mut().ends = Ends::of(html);
    let mut rest = html;
    let queue = BufferQueue::default();
    while !rest.is_empty() && !tokenizer.sink.0.borrow().page.overflowed {
        let (piece, after) = next_piece(rest);
        rest = after;
        // Small pieces: a character reference is put back to where it was read from, which copies what is left of it.
        let mut piece = piece;
        while !piece.is_empty() {
            let end = (0..=SIP.min(piece.len())).rev().find(|at| piece.is_char_boundary(*at)).unwrap_or(piece.len());
            let (sip, left) = piece.split_at(end);
            piece = left;
            queue.push_back(StrTendril::from(sip));
            while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        }
    }
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    builder.page.overflowed |= !rest.is_empty();
    while let Some(name) = builder.open.pop() {
        builder.page.nodes.push(Node::End(name));
    }
    builder.page
}

/// Returns the text of a piece of HTML without its tags, its character references read.
pub(super) fn plain_text(html: &str) -> String {
    let texts = take_apart(html).nodes.into_iter().map(|node| match node {
        Node::Text(text) => text,
        Node::Start(element) if is_block(&element.name) => " ".to_owned(),
        _ => String::new(),
    });
    texts.collect()
}

/// Returns the next piece to read, and the rest; a tag with too many attributes at its end is skipped.
fn next_piece(text: &str) -> (&str, &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        let start = at + found;
        let end = tag_end(bytes, start);
        if end - start > 2 * MOST_ATTRIBUTES && is_crowded(bytes.get(start..end).unwrap_or_default()) {
            let piece = text.get(..start).unwrap_or_default();
            return (piece, text.get(end..).unwrap_or_default());
        }
        at = end;
        if at >= CHUNK {
            break;
        }
    }
    let end = if at >= CHUNK { at } else { bytes.len() };
    // Ends of tags are ASCII, so that the cut falls between characters.
    (text.get(..end).unwrap_or(text), text.get(end..).unwrap_or_default())
}

/// Returns where the tag that starts at byte `start` ends.
fn tag_end(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    memchr::memchr(b'>', rest).map_or(bytes.len(), |at| start + at + 2)
}

/// Reports whether a tag has more attributes than are read.
fn is_crowded(tag: &[u8]) -> bool {
    if !tag.get(1).is_some_and(u8::is_ascii_alphabetic) && tag.get(1) != Some(&b'/') {
        return false;
    }
    let mut quote = None;
    let mut parts = 0;
    for byte in tag {
        match (quote, byte) {
            (Some(open), _) if *byte == open => {
                quote = None;
                parts += 1;
            }
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(*byte),
            (None, b' ' | b'\n' | b'\t' | b'\r' | b'/' | b'\x0c') => parts += 1,
            _ => {}
        }
    }
    parts > 2 * MOST_ATTRIBUTES
}

#[derive(Default)]
struct Sink(RefCell<Builder>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().take(token)
    }
}

#[derive(Default)]
struct Builder {
    page: Page,
    open: Vec<Box<str>>,
    /// How many tags were read.
    tags: usize,
    /// How many elements deeper than the deepest are open.
    dropped: usize,
    /// Nothing is kept while the stack is this deep or deeper.
    skipping: Option<usize>,
    raw: Raw,
    ends: Ends,
}

/// Which element's raw text is being read.
#[derive(Default, PartialEq, Eq)]
enum Raw {
    #[default]
    None,
    Title,
    Json,
    Other,
}

impl Builder {
    fn take(&mut self, token: Token) -> TokenSinkResult<()> {
        if matches!(token, Token::TagToken(_)) {
            self.tags += 1;
            self.page.overflowed |= self.tags > MOST_TAGS;
        }
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return self.start(tag),
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            Token::CommentToken(text) => self.comment(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn start(&mut self, tag: Tag) -> TokenSinkResult<()> {
        let name: Box<str> = (&*tag.name).into();
        let attributes: Vec<_> =
            tag.attrs.into_iter().map(|attribute| ((&*attribute.name.local).into(), attribute.value)).collect();
        let element = Element { name, attributes };
        let name = element.name.clone();
        if matches!(&*name, "html" | "meta" | "link" | "base") {
            if self.page.metadata.len() < 1000 {
                self.page.metadata.push(element.clone());
            }
            if &*name != "html" {
                return TokenSinkResult::Continue;
            }
        }
        let raw = self.raw_kind(&element);
        if VOID.contains(&&*name) {
            if !matches!(&*name, "input" | "embed" | "param" | "source" | "track") {
                self.push(Node::Start(element));
            }
            return TokenSinkResult::Continue;
        }
        let foreign = self.open.iter().rev().take(8).any(|open| matches!(&**open, "svg" | "math"));
        if foreign && tag.self_closing {
            return TokenSinkResult::Continue;
        }
        // What is never closed would hide all that follows.
        if self.ends.are_none(&name) || (tag.self_closing && &*name == "iframe") {
            self.raw = Raw::None;
            return TokenSinkResult::Continue;
        }
        self.close_implied(&name);
        if self.open.len() >= DEEPEST {
            if raw.is_none() {
                self.dropped += 1;
            }
        } else {
            let unseen = is_unseen(&element) || raw.is_some();
            if self.skipping.is_none() && unseen {
                self.skipping = Some(self.open.len());
            }
            self.push(Node::Start(element));
            self.open.push(name);
        }
        raw.map_or(TokenSinkResult::Continue, TokenSinkResult::RawData)
    }

    /// Tells how the tokenizer reads what follows the tag, where that is not HTML.
    fn raw_kind(&mut self, element: &Element) -> Option<RawKind> {
        let kind = match &*element.name {
            "title" if !self.open.iter().any(|open| &**open == "svg") => {
                self.raw = if self.page.title.is_empty() { Raw::Title } else { Raw::Other };
                return Some(RawKind::Rcdata);
            }
            "textarea" => RawKind::Rcdata,
            "script" => {
                let json =
                    element.get("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
                self.raw = if json { Raw::Json } else { Raw::Other };
                if json {
                    self.page.json.push(String::new());
                }
                return Some(RawKind::ScriptData);
            }
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => RawKind::Rawtext,
            _ => return None,
        };
        self.raw = Raw::Other;
        Some(kind)
    }

    fn end(&mut self, name: &str) {
        self.raw = Raw::None;
        self.ends.pass(name);
        if name == "br" {
            self.push(Node::Start(Element { name: "br".into(), attributes: Vec::new() }));
            return;
        }
        if self.dropped > 0 {
            self.dropped -= 1;
            return;
        }
        let tabular = |name: &str| matches!(name, "table" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot");
        let reach = self.open.iter().rev().position(|open| &**open == name || (tabular(open) && !tabular(name)));
        let Some(up) = reach.filter(|up| self.open.iter().rev().nth(*up).is_some_and(|open| &**open == name)) else {
            return;
        };
        for _ in 0..=up {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.skipping == Some(self.open.len()) {
            self.skipping = None;
            return;
        }
        self.push(Node::End(name));
    }

    /// Closes the elements that the start of `name` ends without an end tag.
    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "tr" => &["tr", "td", "th"],
            "td" | "th" => &["td", "th"],
            "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot", "tr", "td", "th"],
            "option" => &["option"],
            "a" => &["a"],
            _ if is_block(name) => &["p", "h1", "h2", "h3", "h4", "h5", "h6"],
            _ => return,
        };
        // An element holds its own kind only inside one of these.
        let walls: &[&str] = match name {
            "li" => &["ul", "ol", "table", "td", "th", "div"],
            "dt" | "dd" => &["dl", "table", "td", "th", "div"],
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" => &["table"],
            "a" => &["table", "td", "th", "div", "li"],
            _ => &["table", "td", "th", "div", "li", "button", "object", "article", "section", "blockquote"],
        };
        let mut outermost = None;
        for (up, open) in self.open.iter().rev().enumerate().take(32) {
            if walls.contains(&&**open) {
                break;
            }
            if closes.contains(&&**open) {
                outermost = Some(up);
            }
        }
        for _ in 0..outermost.map_or(0, |up| up + 1) {
            self.pop();
        }
    }

    fn text(&mut self, text: &str) {
        match self.raw {
            Raw::Title if self.page.title.len() < CHUNK => self.page.title.push_str(text),
            Raw::Json => {
                if let Some(json) = self.page.json.last_mut() {
                    json.push_str(text);
                }
            }
            Raw::Title | Raw::Other => {}
            Raw::None if self.skipping.is_some() => {}
            Raw::None => match self.page.nodes.last_mut() {
                Some(Node::Text(last)) => last.push_str(text),
                _ => self.push(Node::Text(text.to_owned())),
            },
        }
    }

    fn comment(&mut self, text: &str) {
        if self.page.saved_from.is_none()
            && let Some((_, address)) = text.split_once("saved from url=(")
        {
            self.page.saved_from = address.split_once(')').map(|(_, address)| address.trim().to_owned());
        }
    }

    fn push(&mut self, node: Node) {
        if self.skipping.is_some() {
            return;
        }
        if self.page.nodes.len() >= MOST_NODES {
            self.page.overflowed = true;
            return;
        }
        self.page.nodes.push(node);
    }
}
