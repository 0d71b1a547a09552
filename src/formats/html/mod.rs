//! Pages saved from the web: the article is found, its structure becomes blocks, the rest of the page is kept aside.
//! Nothing here builds a tree of unbounded depth or runs what the page brings.

mod blocks;
mod extract;
mod kinds;
mod metadata;
mod nodes;
mod title;

use super::draft::Draft;
use super::dress::dress;
use super::flow::{Context, Flow};
use super::{Reading, Source};
use crate::calendar::{Zone, read_date};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::{Clean, Language};
use blocks::Time;
use extract::letters;
use metadata::Metadata;

/// Paragraphs with so many letters beside the article belong to it even where the library thinks otherwise.
const RUNNING: usize = 60;

/// Reads a page.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut draft = Draft::default();
    page(source.text, source.zone, &mut draft);
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

/// Whether a text without a telling name is a page.
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
    metadata::resolve(link, base)
}

/// Writes a piece of HTML that stands within another text.
pub(super) fn fragment(html: &str, flow: &mut Flow) {
    blocks::write(&nodes::take_apart(html).nodes, None, flow);
}

/// Reads a page into `draft`; what the draft knows already, from a mail's header, stays.
pub(super) fn page(html: &str, zone: &Zone, draft: &mut Draft) {
    let page = nodes::take_apart(html);
    let metadata = Metadata::of(&page, zone);
    let mut flow = Flow::default();
    let times = blocks::write(&page.nodes, metadata.base.as_deref(), &mut flow);
    let (document, contexts, overflowed) = flow.finish_with_contexts();
    if overflowed || page.overflowed {
        draft.note("The page is very large: only its first part is shown.");
    }
    draft.document = document;
    let belongs = extract::article(&page.nodes, &draft.document.blocks);
    let belongs = settle(belongs, &contexts, draft);
    let first = belongs.iter().position(|belongs| *belongs).unwrap_or(0);
    set_dates(draft, &metadata, &times, first, zone);
    set_language(draft, &metadata, &contexts, &belongs);
    let (title, from_title_element) = title::find(&metadata, &page.title, &draft.document.blocks, &contexts, first);
    let known = !draft.title.is_empty();
    if !known {
        draft.title = title;
    }
    let clean = |text: &Option<String>| text.as_deref().map(Clean::line).filter(|text| !text.is_empty());
    draft.source = draft.source.take().or_else(|| clean(&metadata.source)).or(from_title_element);
    draft.section = draft.section.take().or_else(|| clean(&metadata.section));
    draft.address = draft.address.take().or_else(|| clean(&metadata.address));
    draft.tags = metadata.tags;
    set_aside(draft, &belongs, &contexts, first);
    draft.promote_bold();
    dress(draft, true);
    draft.mark_lead();
}

/// Which blocks are the article, from what the library says and where each stood; all that is not evidently boilerplate
/// where the library has no answer.
fn settle(belongs: Option<Vec<bool>>, contexts: &[Context], draft: &Draft) -> Vec<bool> {
    let blocks = &draft.document.blocks;
    let outside: Vec<bool> = contexts.iter().map(|context| !context.boilerplate).collect();
    let Some(mut belongs) = belongs else { return outside };
    for (belongs, outside) in belongs.iter_mut().zip(&outside) {
        *belongs &= outside;
    }
    let size = |chosen: &[bool]| -> usize {
        blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(block, _)| block.text.len()).sum()
    };
    if size(&belongs) * 4 < size(&outside) {
        return outside;
    }
    let first = belongs.iter().position(|belongs| *belongs).unwrap_or(0);
    let mut last = belongs.iter().rposition(|belongs| *belongs).unwrap_or(0);
    let mut before = first;
    let running = |at: usize| {
        outside.get(at) == Some(&true)
            && blocks.get(at).is_some_and(|block| {
                block.text.chars().count() >= RUNNING
                    || block.text.contains('@')
                    || matches!(
                        block.kind,
                        BlockKind::Heading { level: 2.. } | BlockKind::Table(_) | BlockKind::Quote { .. }
                    )
            })
    };
    while running(last + 1) {
        last += 1;
    }
    // A heading is not the end of an article.
    while last > first
        && blocks.get(last).is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
        && belongs.get(last) != Some(&true)
    {
        last -= 1;
    }
    while before > 0 && running(before - 1) {
        before -= 1;
    }
    // Inside the article the library drops lists of links, contacts and short paragraphs too readily.
    belongs.iter_mut().zip(&outside).enumerate().for_each(|(at, (belongs, outside))| {
        *belongs = *outside && (before..=last).contains(&at);
    });
    belongs
}

fn set_dates(draft: &mut Draft, metadata: &Metadata, times: &[Time], first: usize, zone: &Zone) {
    let field = |value| Dated { value, origin: Origin::Field };
    let time = |property: &str| {
        let found = times
            .iter()
            .find(|time| time.property.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(property)));
        found.and_then(|time| read_date(&time.value, zone))
    };
    // A time in the text may be an event's: only one before the text is the page's own.
    let early = || {
        let found = times.iter().find(|time| time.property.is_none() && !time.boilerplate && time.block <= first + 1);
        found.and_then(|time| read_date(&time.value, zone))
    };
    let published = metadata.published.or_else(|| time("datePublished")).or_else(|| time("pubdate")).or_else(early);
    draft.published = draft.published.or(published.map(field));
    let modified = metadata.modified.or_else(|| time("dateModified"));
    // Most pages state when they were made as the time they were last changed.
    let modified = modified.filter(|modified| Some(*modified) != published);
    draft.modified = draft.modified.or(modified.map(field));
}

/// The language that most of the article states, element by element.
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
    let mut seen = 0;
    let blocks = std::mem::take(&mut draft.document.blocks);
    for ((mut block, belongs), (at, _)) in blocks.into_iter().zip(belongs).zip(contexts.iter().enumerate()) {
        let short = matches!(block.kind, BlockKind::Heading { .. } | BlockKind::Paragraph | BlockKind::Item { .. });
        if short && seen < 3 && at <= first + 5 && !title.is_empty() && letters(&block.text) == title {
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
        }
        draft.document.blocks.push(block);
    }
}

#[cfg(test)]
mod tests;
