//! Which part of a page is the article: asked of a readability library within limits of time, and told to the blocks.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_smoothie::{Config, Readability};

use super::blocks;
use super::nodes::{Node, take_apart};
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

/// Says for each block of a page whether it belongs to the article; `None` when the library has no answer.
pub(super) fn article(nodes: &[Node], page_blocks: &[Block]) -> Option<Vec<bool>> {
    let html = serialised(nodes)?;
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
    blocks::write(&take_apart(&content).nodes, None, &mut flow);
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

/// The letters and digits of a text in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The visible part of a page as HTML; `None` when it is more than the library is trusted with.
fn serialised(nodes: &[Node]) -> Option<String> {
    let mut html = String::from("<!DOCTYPE html><html><body>");
    let (mut depth, mut elements) = (0_usize, 0_usize);
    for node in nodes {
        if html.len() > LARGEST {
            return None;
        }
        match node {
            Node::Start(element) if matches!(&*element.name, "html" | "head" | "body") => {}
            Node::End(name) if matches!(&**name, "html" | "head" | "body") => {}
            Node::Start(element) => {
                elements += 1;
                let void = matches!(&*element.name, "br" | "hr" | "img" | "wbr" | "area" | "col");
                depth += usize::from(!void);
                if depth > DEEPEST || elements > MOST_ELEMENTS {
                    return None;
                }
                // A name is taken from the page: only plain ones may go back into HTML.
                let name = if is_plain(&element.name) { &*element.name } else { "span" };
                html += "<";
                html += name;
                for (attribute, value) in element.pairs() {
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
                html += if is_plain(name) { name } else { "span" };
                html += ">";
            }
            Node::Text(text) if text.len() > LARGEST => return None,
            Node::Text(text) => escape(text, &mut html),
        }
    }
    Some(html)
}

fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Writes text without anything that means something in HTML. References would be read at a cost that grows with the
/// square of their number, and only letters and punctuation are compared afterwards.
fn escape(text: &str, html: &mut String) {
    html.extend(text.chars().map(|character| match character {
        '<' | '>' | '&' | '"' => '\'',
        character => character,
    }));
}
