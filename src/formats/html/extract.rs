//! Asks a readability library, within limits of time, which part of a page is the article, and tells the blocks.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};

use super::blocks;
use super::kinds::{VOID, frame};
use super::letters::letters;
use super::nodes::{Node, take_apart};
use super::regions::Place;
use crate::formats::flow::Flow;
use crate::model::{Block, BlockKind};

/// Pages with more elements are not given to the library, whose time grows faster than they do.
const MOST_ELEMENTS: usize = 12_000;
/// Nor are pages nested deeper than this.
const DEEPEST: usize = 100;
/// Nor are larger ones, in bytes of their visible part.
const LARGEST: usize = 512 * 1024;
/// Letters of a block that find it in the article.
const TELLING: usize = 60;
/// Most bytes compared in search of blocks that the library split or joined.
const MOST_COMPARED: usize = 64 * 1024 * 1024;

/// Says of each block of a page whether it belongs to the article; `None` when the library has no answer. What `places`
/// puts aside is not shown to the library.
pub(super) fn article(nodes: &[Node], places: &[Place], page_blocks: &[Block]) -> Option<Vec<bool>> {
    let html = serialised(nodes, places)?;
    let content = catch_unwind(AssertUnwindSafe(|| {
        let config = Config {
            disable_json_ld: true,
            max_elements_to_parse: MOST_ELEMENTS * 2,
            char_threshold: 200,
            ..Config::default()
        };
        let mut readability = Readability::new(html, None, Some(config)).ok()?;
        readability.parse().ok().map(|article| article.content.to_string())
    }))
    .ok()??;
    let mut flow = Flow::default();
    blocks::write(&take_apart(&content).nodes, &[], None, &mut flow);
    let (article, _) = flow.finish();
    let keys: HashSet<String> = article.blocks.iter().map(|block| letters(&block.text)).collect();
    let whole: String = article.blocks.iter().map(|block| letters(&block.text)).collect();
    if whole.is_empty() {
        return None;
    }
    let search = page_blocks.len().saturating_mul(whole.len()) <= MOST_COMPARED;
    let finder = |key: &str| {
        let key: String = key.chars().take(TELLING).collect();
        search && key.len() >= 12 && memchr::memmem::find(whole.as_bytes(), key.as_bytes()).is_some()
    };
    let belongs = page_blocks.iter().map(|block| {
        let key = letters(&block.text);
        block.kind != BlockKind::Rule && !key.is_empty() && (keys.contains(&key) || finder(&key))
    });
    Some(belongs.collect())
}

/// Returns the part of a page that is not put aside as HTML; `None` when it is more than the library is trusted with.
fn serialised(nodes: &[Node], places: &[Place]) -> Option<String> {
    let mut html = String::from("<!DOCTYPE html><html><body>");
    let (mut depth, mut elements) = (0_usize, 0_usize);
    // How many elements are open inside of one that is put aside, itself included.
    let mut aside = 0_usize;
    for (at, node) in nodes.iter().enumerate() {
        if html.len() > LARGEST {
            return None;
        }
        match node {
            Node::Start(element) if aside > 0 => aside += usize::from(!VOID.contains(&&*element.name)),
            Node::End(_) if aside > 0 => aside -= 1,
            Node::Text(_) if aside > 0 => {}
            Node::Start(element) if !matches!(places.get(at), None | Some(Place::Within | Place::Heading)) => {
                aside += usize::from(!VOID.contains(&&*element.name));
            }
            Node::Start(element) if matches!(&*element.name, "html" | "head" | "body") => {}
            Node::End(name) if matches!(&**name, "html" | "head" | "body") => {}
            Node::Start(element) => {
                elements += 1;
                depth += usize::from(!VOID.contains(&&*element.name));
                if depth > DEEPEST || elements > MOST_ELEMENTS {
                    return None;
                }
                // A name is taken from the page: only plain ones may go back into HTML.
                let name = inert(&element.name);
                html += "<";
                html += name;
                // The library would put a wrapper aside for the words that were found not to count.
                let misleads = frame(element, true).is_some();
                for (attribute, value) in element.pairs() {
                    if misleads && matches!(attribute, "class" | "id" | "role") {
                        continue;
                    }
                    if matches!(attribute, "class" | "id" | "role" | "itemprop" | "rel") && value.len() < 500 {
                        html += " ";
                        html += attribute;
                        html += "=\"";
                        escape(value, &mut html);
                        html += "\"";
                    } else if attribute == "href" {
                        // Readability counts links; where they lead does not matter.
                        html += " href=\"/\"";
                    }
                }
                html += ">";
            }
            Node::End(name) => {
                depth = depth.saturating_sub(1);
                html += "</";
                html += inert(name);
                html += ">";
            }
            Node::Text(text) if text.len() > LARGEST => return None,
            Node::Text(text) => escape(text, &mut html),
        }
    }
    Some(html)
}

/// Returns the name by which an element is told to the library: one that means nothing more to it than text.
fn inert(name: &str) -> &str {
    match name {
        "button" | "label" | "noscript" | "template" | "math" => "span",
        "dialog" | "aside" | "nav" | "footer" => "div",
        name if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => name,
        _ => "span",
    }
}

/// Writes text without anything that means something in HTML. References would be read at a cost that grows with the
/// square of their number, and only letters and punctuation are compared afterwards.
fn escape(text: &str, html: &mut String) {
    html.extend(text.chars().map(|character| match character {
        '<' | '>' | '&' | '"' => '\'',
        character => character,
    }));
}
