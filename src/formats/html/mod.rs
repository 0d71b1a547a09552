//! Reads pages saved from the web: finds the article, makes blocks of it, and keeps the rest of the page aside.
//! Nothing here builds a tree of unbounded depth or runs what the page brings.

mod addresses;
mod asides;
mod blocks;
mod choice;
mod controls;
mod cut;
mod datelines;
mod dates;
mod embedded;
mod ends;
mod extract;
mod feed_links;
mod frames;
mod full_text;
mod invitations;
mod kinds;
mod labels;
mod letters;
mod metadata;
mod names;
mod nodes;
mod pairs;
mod regions;
mod sections;
mod superscripts;
mod tables;
mod title;
mod trims;

pub(super) use cut::Whole;
pub use feed_links::{FeedLink, feed_links};
pub use full_text::{FetchedPage, full_text};

use super::draft::Draft;
use super::dress::dress;
use super::flow::{Context, Flow};
use super::{Reading, Source};
use crate::calendar::Zone;
use crate::model::{Block, BlockKind, Document};
use crate::text::{Clean, Language};
use blocks::Time;
use choice::Choice;
use letters::letters;
use metadata::Metadata;
use nodes::Page;
use regions::{Place, Regions, Trust};

/// An article with fewer characters is looked for again in the rest of the page.
const POOR: usize = 140;
/// Text with fewer characters is none.
const NOTHING: usize = 20;
/// Longest heading, in characters; a longer one is a paragraph.
const LONGEST_HEADING: usize = 200;
/// Longest lead, in bytes.
const LONGEST_LEAD: usize = 1200;

/// Reads a page.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut draft = Draft::default();
    page(source.text, source.zone, &mut draft);
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

/// Reports whether a text without a telling name is a page.
pub(super) fn looks_like(text: &str) -> bool {
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(rest) = text.strip_prefix("<!--").or_else(|| text.strip_prefix("<?")) {
        text = rest.split_once('>').map_or("", |(_, rest)| rest.trim_start());
    }
    let head: String = text.chars().take(15).flat_map(char::to_lowercase).collect();
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| head.starts_with(start))
}

/// Resolves a link against `base`; `None` where it leads nowhere outside.
pub(super) fn resolved(link: &str, base: Option<&str>) -> Option<String> {
    addresses::resolve(link, base)
}

/// Writes a piece of HTML that stands within another text; links are resolved against `base`.
pub(super) fn fragment(html: &str, base: Option<&str>, flow: &mut Flow) {
    blocks::write(&nodes::take_apart(html).nodes, &[], base, flow);
}

/// Returns the text of the `title` element of a page; empty where it has none.
pub(super) fn title(html: &str) -> String {
    nodes::take_apart(html).title
}

/// Reads a page into `draft`; what the draft knows already, from a mail's header, stays.
pub(super) fn page(html: &str, zone: &Zone, draft: &mut Draft) {
    article(&nodes::take_apart(html), None, zone, draft);
}

/// Reads the article of a page into `draft`; its links start from `address` unless it says otherwise.
fn article(page: &Page, address: Option<&str>, zone: &Zone, draft: &mut Draft) {
    let mut metadata = Metadata::of(page, zone);
    metadata.base = metadata.base.or_else(|| address.map(str::to_owned));
    let Found { document, contexts, times, mut belongs, overflowed } = find(page, &metadata);
    if overflowed || page.overflowed {
        draft.note("The page is very large: only its first part is shown.");
    }
    draft.document = document;
    let first = belongs.iter().position(|belongs| *belongs).unwrap_or(0);
    dates::set(draft, &metadata, &times, first, zone);
    set_language(draft, &metadata, &contexts, &belongs);
    let (title, from_title_element) = title::find(&metadata, &page.title, &draft.document.blocks, &contexts, first);
    let known = !draft.title.is_empty();
    if !known {
        draft.title = title;
    }
    let clean = |text: &Option<String>| text.as_deref().map(Clean::line).filter(|text| !text.is_empty());
    let labelled = labels::take_source(&draft.document.blocks, &contexts, &mut belongs, first);
    draft.source = draft.source.take().or(labelled).or_else(|| clean(&metadata.source)).or(from_title_element);
    draft.section = draft.section.take().or_else(|| clean(&metadata.section));
    draft.address = draft.address.take().or_else(|| clean(&metadata.address));
    dates::set_visible(draft, &metadata, &mut belongs, &contexts);
    draft.tags = metadata.tags;
    set_aside(draft, &belongs, &contexts, first);
    draft.promote_bold();
    dress(draft, true);
    dates::settle(draft);
    draft.mark_lead();
}

/// A page as blocks, and which of them are the article.
struct Found {
    document: Document,
    contexts: Vec<Context>,
    times: Vec<Time>,
    belongs: Vec<bool>,
    overflowed: bool,
}

/// Finds the article: in what a browser shows, and where that holds next to nothing, in the rest of the page as well.
fn find(page: &Page, metadata: &Metadata) -> Found {
    let regions = Regions::of(&page.nodes, &page.title);
    let (mut found, mut size) = choose(page, metadata, &regions.places(Trust::Full));
    for trust in [Trust::Unhidden, Trust::Tags] {
        if size >= POOR || !found.contexts.iter().any(|context| context.boilerplate) {
            break;
        }
        let (again, more) = choose(page, metadata, &regions.places(trust));
        if more > 2 * size && (more >= POOR || (size < NOTHING && more > 2 * NOTHING)) {
            (found, size) = (again, more);
        }
    }
    found
}

/// Chooses the article among the blocks of a page; returns how many characters of text it has as well.
fn choose(page: &Page, metadata: &Metadata, places: &[Place]) -> (Found, usize) {
    let mut flow = Flow::default();
    let times = blocks::write(&page.nodes, places, metadata.base.as_deref(), &mut flow);
    let (document, contexts, overflowed) = flow.finish_with_contexts();
    let library = extract::article(&page.nodes, places, &document.blocks);
    let title = title::place(metadata, &page.title, &document.blocks, &contexts);
    let choice = Choice { blocks: &document.blocks, contexts: &contexts, title };
    let belongs = choice.article(library);
    let size = choice.size(&belongs);
    (Found { document, contexts, times, belongs, overflowed }, size)
}

/// Sets the language that most of the article states, element by element.
fn set_language(draft: &mut Draft, metadata: &Metadata, contexts: &[Context], belongs: &[bool]) {
    let page = metadata.language.as_deref().and_then(Language::from_tag);
    let mut sizes = [(None, 0_usize); 4];
    for (at, language) in Language::ALL.into_iter().enumerate() {
        if let Some(size) = sizes.get_mut(at) {
            size.0 = Some(language);
        }
    }
    let blocks = &mut draft.document.blocks;
    for ((block, context), _) in blocks.iter().zip(contexts).zip(belongs).filter(|(_, belongs)| **belongs) {
        let language = context.language.or(page);
        if let Some(size) = sizes.iter_mut().find(|(known, _)| *known == language) {
            size.1 += block.text.len();
        }
    }
    let main = sizes.iter().max_by_key(|(_, size)| *size).and_then(|(language, _)| *language).or(page);
    for (block, context) in blocks.iter_mut().zip(contexts) {
        block.language = context.language.filter(|language| Some(*language) != main);
    }
    draft.language = main;
    draft.declared_language = metadata.language.is_some() || main.is_some();
}

/// Takes the title out of the text and makes boilerplate of what is not the article.
fn set_aside(draft: &mut Draft, belongs: &[bool], contexts: &[Context], first: usize) {
    let title = letters(&draft.title);
    let (mut seen, mut led) = (0, false);
    let blocks = std::mem::take(&mut draft.document.blocks);
    for (((mut block, belongs), context), at) in blocks.into_iter().zip(belongs).zip(contexts).zip(0..) {
        let short = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Paragraph | BlockKind::Item { .. });
        if short && seen < 3 && at <= first + 5 && is_title(&block, &title) {
            seen += 1;
            continue;
        }
        if !belongs {
            if block.kind == BlockKind::Rule {
                continue;
            }
            if block.keeps_lines() {
                let lines = block.text.lines().map(|line| Block::plain(BlockKind::Boilerplate, line));
                draft.document.blocks.extend(lines.filter(|line| !line.text.is_empty()));
                continue;
            }
            block.kind = BlockKind::Boilerplate;
        } else if context.lead && !led && at <= first + 2 && block.text.len() <= LONGEST_LEAD {
            led = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { level: 2.. });
            if led {
                block.kind = BlockKind::Lead;
            }
        } else if matches!(block.kind, BlockKind::Heading { level: 2.. })
            && block.text.chars().count() > LONGEST_HEADING
        {
            block.kind = BlockKind::Paragraph;
        }
        draft.document.blocks.push(block);
    }
}

/// Reports whether a block repeats the title, be it that a heading adds a number of a file to it.
fn is_title(block: &Block, title: &str) -> bool {
    let own = letters(&block.text);
    let longer = block.kind == BlockKind::Heading { level: 1 } && title.len() > 20 && own.len() < title.len() + 40;
    !title.is_empty() && (own == title || (longer && own.starts_with(title)))
}

#[cfg(test)]
mod tests;
