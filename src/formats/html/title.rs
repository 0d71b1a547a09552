//! Chooses the announcement's title among the many of a page.

use super::letters::letters;
use super::metadata::Metadata;
use crate::formats::flow::Context;
use crate::model::{Block, BlockKind};
use crate::text::Clean;

/// Titles that templates leave behind.
const EMPTY: [&str; 7] = ["untitleddocument", "untitled", "index", "home", "etusivu", "newpage", "document"];

/// Returns the place of the heading that is the title: one that the page's own title holds, else the only one of level 1.
pub(super) fn place(metadata: &Metadata, element: &str, blocks: &[Block], contexts: &[Context]) -> Option<usize> {
    let stated = letters(metadata.title.as_deref().unwrap_or_default());
    let element = letters(element);
    let headings = || {
        let all = blocks.iter().zip(contexts).enumerate();
        all.filter(|(_, (block, context))| !context.boilerplate && matches!(block.kind, BlockKind::Heading { .. }))
    };
    let named = headings().find(|(_, (block, _))| {
        let own = letters(&block.text);
        own.len() >= 8 && (own == stated || element.starts_with(&own) || element.ends_with(&own))
    });
    let top = || {
        let mut tops = headings().filter(|(_, (block, _))| block.kind == BlockKind::Heading { level: 1 });
        tops.next().filter(|_| tops.next().is_none())
    };
    named.or_else(top).map(|(at, _)| at)
}

/// Returns the title, and the publisher's name where the `title` element ends with one.
pub(super) fn find(
    metadata: &Metadata,
    element: &str,
    blocks: &[Block],
    contexts: &[Context],
    first: usize,
) -> (Clean, Option<Clean>) {
    let (short, site) = split_site(element, metadata.site.as_deref());
    let site = site.map(Clean::line).filter(|site| !site.is_empty());
    let outside = |at: usize| contexts.get(at).is_some_and(|context| !context.boilerplate);
    let near: Vec<(usize, &Block)> = blocks.iter().enumerate().take(first + 6).filter(|(at, _)| outside(*at)).collect();
    let mut heads = near.iter().filter(|(_, block)| block.kind == BlockKind::Heading { level: 1 });
    let own = |text: &str| {
        let key = letters(text);
        near.iter().map(|(_, block)| &block.text).find(|text| letters(text) == key).cloned()
    };
    if let Some(stated) = metadata.title.as_deref().map(|title| split_known_site(title, metadata.site.as_deref())) {
        let key = letters(stated);
        let head = heads.clone().map(|(_, block)| &block.text).find(|text| {
            let text = letters(text);
            text.len() > 10 && (key.starts_with(&text) || text.starts_with(&key))
        });
        if !key.is_empty() {
            return (own(stated).or_else(|| head.cloned()).unwrap_or_else(|| Clean::line(stated)), site);
        }
    }
    // A heading that the page's title repeats outranks one of level 1 that names the part of the site.
    let whole = letters(element);
    let named = heads.clone().any(|(_, head)| !head.text.is_empty() && whole.contains(&letters(&head.text)));
    let repeats = |text: &str| {
        let key = letters(text);
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
        near.iter()
            .find(|(_, block)| is_heading(block) && letters(&block.text) == key)
            .map(|(_, block)| block.text.clone())
    };
    if let Some(repeated) = repeats(short).or_else(|| repeats(element)).filter(|title| !named && !title.is_empty()) {
        return (repeated, site);
    }
    // The last heading of level 1 before the text: a site's name may be another one above it.
    if let Some((_, head)) = heads.next_back() {
        return (head.text.clone(), site);
    }
    if let Some(own) = own(short).or_else(|| own(element)) {
        return (own, site);
    }
    let headed = near.iter().filter(|(at, _)| *at + 2 >= first && *at <= first + 1);
    if let Some((_, head)) = headed.clone().find(|(_, block)| matches!(block.kind, BlockKind::Heading { .. })) {
        return (head.text.clone(), site);
    }
    let empty = EMPTY.contains(&letters(short).as_str());
    (if empty { Clean::default() } else { Clean::line(short) }, site)
}

/// Returns the title without the name of the site, where that is known and stands at its end or start.
fn split_known_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    let (short, found) = split_site(title, site);
    match (found, site) {
        (Some(found), Some(site)) if letters(found) == letters(site) => short,
        _ => title,
    }
}

/// Splits a `title` element into title and site: `Silta avataan | Vantaa`.
fn split_site<'a>(title: &'a str, site: Option<&str>) -> (&'a str, Option<&'a str>) {
    let cut = [" | ", " – ", " — ", " - ", " :: ", " · ", " » "]
        .iter()
        .filter_map(|separator| title.rsplit_once(separator))
        .min_by_key(|(short, _)| std::cmp::Reverse(short.len()));
    let Some((short, rest)) = cut else { return (title, None) };
    let words = |text: &str| text.split_whitespace().count();
    if site.is_some_and(|site| letters(short) == letters(site)) {
        return (rest, Some(short));
    }
    let named = site.is_some_and(|site| letters(rest) == letters(site));
    if named || (words(rest) <= 6 && words(short) >= 2) { (short, Some(rest)) } else { (title, None) }
}
