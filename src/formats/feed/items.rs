//! Makes announcements of the items of RSS, Atom and CDF.

use super::alert;
use super::elements::Element;
use super::names::Vocabulary::{self, Atom, Content, DublinCore, Media, Rss, Xhtml};
use crate::calendar::{Zone, read_date};
use crate::formats::flow::Flow;
use crate::formats::{Draft, Source, dress, html, text_into};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::Clean;

/// Where a value may stand, the most telling place first.
type Places<'a> = &'a [(Vocabulary, &'a str)];

const TITLE: Places<'static> = &[(Rss, "title"), (Atom, "title"), (DublinCore, "title"), (Media, "title")];
const BODY: Places<'static> = &[
    (Content, "encoded"),
    (Atom, "content"),
    (Xhtml, "body"),
    (Xhtml, "div"),
    (Rss, "content"),
    (Rss, "body"),
    (Rss, "fulltext"),
];
const SUMMARY: Places<'static> = &[
    (Atom, "summary"),
    (Rss, "description"),
    (Rss, "summary"),
    (Rss, "abstract"),
    (DublinCore, "description"),
    (DublinCore, "abstract"),
    (Media, "description"),
];
const PUBLISHED: Places<'static> = &[
    (Atom, "published"),
    (Atom, "issued"),
    (Rss, "pubdate"),
    (Rss, "published"),
    (Rss, "date"),
    (DublinCore, "issued"),
    (DublinCore, "date"),
    (DublinCore, "created"),
    (Atom, "created"),
    (Rss, "lastmod"),
];
const MODIFIED: Places<'static> =
    &[(Atom, "updated"), (Atom, "modified"), (DublinCore, "modified"), (Rss, "updated"), (Rss, "lastbuilddate")];

/// Returns the announcements of an item: one, or those of the alert that it carries.
pub fn drafts(item: &Element, about: &Element, source: &Source<'_>) -> Vec<Draft> {
    let carried = |place: &Element| {
        place.children().find(|child| child.vocabulary == Vocabulary::Alert && child.name == "alert").cloned()
    };
    if let Some(alert) = carried(item).or_else(|| item.child(Atom, "content").and_then(carried)) {
        return alert::drafts(&alert, source.zone);
    }
    Vec::from_iter(draft(item, about, source))
}

fn draft(item: &Element, about: &Element, source: &Source<'_>) -> Option<Draft> {
    let mut draft = Draft { title: title(item).unwrap_or_default(), ..Draft::default() };
    let site = address(about);
    let base = [item.attribute("xml:base"), about.attribute("xml:base"), site.as_deref()].into_iter().flatten().next();
    draft.address = address(item).and_then(|link| html::resolved(&link, base)).map(|link| Clean::line(&link));
    set_identity(item, about, &mut draft);
    draft.published = date(item, PUBLISHED, source.zone);
    draft.modified = date(item, MODIFIED, source.zone);
    if draft.published.is_none() {
        draft.published = draft.modified.take();
    }
    draft.modified = draft.modified.filter(|modified| Some(modified.value) != draft.published.map(|dated| dated.value));
    draft.source = publisher(item).or_else(|| publisher(about)).or_else(|| title(about)).or_else(|| author(item));
    draft.tags = tags(item);
    if let Some(tag) = language(item).or_else(|| language(about)) {
        draft.declare_language(&tag);
    }
    let summary = first(item, SUMMARY);
    let body = first(item, BODY).filter(|body| !body.text().trim().is_empty());
    write_text(body.or(summary), source, &mut draft);
    if let (Some(summary), true) = (summary, body.is_some()) {
        lead_with(&plain(summary), &mut draft);
    } else {
        draft.mark_lead();
    }
    attach(item, base, &mut draft);
    if draft.title.is_empty() {
        draft.take_title();
    }
    (!draft.title.is_empty() || !draft.document.blocks.is_empty() || draft.address.is_some()).then_some(draft)
}

/// Returns the first element of `item` that says something, in the order of `places`.
fn first<'a>(item: &'a Element, places: Places<'_>) -> Option<&'a Element> {
    let says = |element: &&Element| !element.content.is_empty() || element.attribute("value").is_some();
    places.iter().find_map(|(vocabulary, name)| {
        item.children().filter(|child| child.vocabulary == *vocabulary && child.name == *name).find(says)
    })
}

/// Returns the text of an element without markup, be it text, HTML written as text, or XHTML.
fn plain(element: &Element) -> Clean {
    let text = element.text();
    if is_html(element, &text) {
        let mut flow = Flow::default();
        html::fragment(&text, &mut flow);
        let document = flow.finish().0;
        let blocks: Vec<&Clean> = document.blocks.iter().map(|block| &block.text).collect();
        let told = Clean::line(&Clean::joined(&blocks, " "));
        if !told.is_empty() {
            return told;
        }
    }
    Clean::line(&text)
}

/// Reports whether the character data of an element is HTML: it says so, or it holds a tag or a reference.
fn is_html(element: &Element, text: &str) -> bool {
    let stated = element.attribute("type").unwrap_or_default();
    stated.eq_ignore_ascii_case("html")
        || stated.eq_ignore_ascii_case("text/html")
        || has_tag(text)
        || has_reference(text)
}

/// Reports whether a tag stands in `text`: `<p>`, `</b>`, `<br/>`; not `a < b`.
fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|rest| {
        let inner = rest.strip_prefix('/').unwrap_or(rest);
        inner.starts_with(|character: char| character.is_ascii_alphabetic()) && inner.contains('>')
    })
}

/// Reports whether a character reference stands in `text`: `&auml;`, `&#8211;`.
fn has_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.split(';').next().unwrap_or_default();
        let number = name.strip_prefix('#').unwrap_or(name);
        name.len() < rest.len()
            && (2..=10).contains(&name.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn title(element: &Element) -> Option<Clean> {
    first(element, TITLE).map(plain).filter(|title| !title.is_empty())
}

/// Returns the address of the page an item or a feed stands for.
fn address(element: &Element) -> Option<String> {
    let links = element.children().filter(|child| child.name == "link" && matches!(child.vocabulary, Atom | Rss));
    let stated = |link: &Element| {
        let href = link.attribute("href").map(str::to_owned);
        href.or_else(|| Some(link.text())).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let leads = |link: &&Element| link.attribute("rel").is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
    let mut links: Vec<&Element> = links.filter(leads).filter(|link| stated(link).is_some()).collect();
    links.sort_by_key(|link| link.attribute("type").is_some_and(|kind| !kind.starts_with("text/html")));
    let linked = links.first().and_then(|link| stated(link));
    // A guid is a link unless it says that it is none.
    let permalink = || {
        let guid = element.child(Rss, "guid")?;
        let says_no = guid.attribute("ispermalink").is_some_and(|says| says.eq_ignore_ascii_case("false"));
        Some(guid.text().trim().to_owned()).filter(|guid| !says_no && guid.starts_with("http"))
    };
    let about = || element.attribute("rdf:about").filter(|about| about.starts_with("http")).map(str::to_owned);
    linked.or_else(permalink).or_else(|| element.attribute("href").map(str::to_owned)).or_else(about)
}

/// Sets what an item without an address is known by: its id, which counts within its feed unless it says otherwise.
fn set_identity(item: &Element, about: &Element, draft: &mut Draft) {
    if draft.address.is_some() {
        return;
    }
    let id =
        item.child(Rss, "guid").or_else(|| item.child(Atom, "id")).or_else(|| item.child(DublinCore, "identifier"));
    let Some(id) = id.map(|id| id.text().trim().to_owned()).filter(|id| !id.is_empty()) else { return };
    let lower = id.to_ascii_lowercase();
    let known_everywhere = ["http://", "https://", "tag:", "urn:"].iter().any(|start| lower.starts_with(start));
    let place = address(about).or_else(|| title(about).map(|title| title.to_string())).unwrap_or_default();
    draft.group = Some(Clean::line(&if known_everywhere { id } else { format!("{place} {id}") }));
}

fn date(item: &Element, places: Places<'_>, zone: &Zone) -> Option<Dated> {
    let stated = |(vocabulary, name): &(Vocabulary, &str)| {
        let mut found = item.children().filter(|child| child.vocabulary == *vocabulary && child.name == *name);
        let value = found.find_map(|child| read_date(child.text().trim(), zone));
        value.or_else(|| read_date(item.attribute(name).filter(|_| *vocabulary == Rss)?, zone))
    };
    let value = places.iter().find_map(stated)?;
    Some(Dated { value, origin: Origin::Field })
}

/// Returns who announces, where the item or the feed says so.
fn publisher(element: &Element) -> Option<Clean> {
    let named = first(element, &[(DublinCore, "publisher")]).map(plain);
    let original = || {
        let source = element.child(Atom, "source").or_else(|| element.child(Rss, "source"))?;
        title(source).or_else(|| Some(plain(source)))
    };
    named.or_else(original).filter(|name| !name.is_empty())
}

fn author(element: &Element) -> Option<Clean> {
    let author = first(element, &[(Atom, "author"), (DublinCore, "creator"), (Rss, "author")])?;
    let name = author.children().find(|child| child.name == "name").map_or_else(|| plain(author), plain);
    Some(name).filter(|name| !name.is_empty())
}

fn tags(item: &Element) -> Vec<Clean> {
    let mut tags: Vec<Clean> = Vec::new();
    for child in item.children() {
        let tag = match (child.vocabulary, child.name.as_str()) {
            (Atom, "category") => child.attribute("label").or(child.attribute("term")).map(Clean::line),
            (Rss, "category") | (DublinCore, "subject") => Some(plain(child)),
            _ => None,
        };
        if let Some(tag) = tag.filter(|tag| !tag.is_empty() && !tags.contains(tag)) {
            tags.push(tag);
        }
    }
    tags
}

fn language(element: &Element) -> Option<String> {
    let stated = first(element, &[(DublinCore, "language"), (Rss, "language")]).map(Element::text);
    stated.or_else(|| element.attribute("xml:lang").map(str::to_owned)).filter(|tag| !tag.trim().is_empty())
}

/// Writes the text of an item: XHTML, HTML written as text, or plain text.
fn write_text(text: Option<&Element>, source: &Source<'_>, draft: &mut Draft) {
    let Some(element) = text else { return };
    let written = element.text();
    let nested = element.children().next().is_some();
    if !nested && !is_html(element, &written) {
        text_into(&written, source.partial, draft);
        return;
    }
    let html = if nested { element.markup() } else { written };
    let mut flow = Flow::default();
    html::fragment(&html, &mut flow);
    draft.document = flow.finish().0;
    dress::dress(draft, false);
    // The title is told above the text already.
    if !draft.title.is_empty() {
        draft.take_title();
    }
}

/// Puts a summary before the text as its lead, unless the text says the same.
fn lead_with(summary: &Clean, draft: &mut Draft) {
    let cut = summary.trim_end_matches(['…', '.', ']', '[', ' ']);
    let said = draft.document.blocks.iter().take(3).any(|block| block.text.starts_with(cut));
    if cut.is_empty() || said {
        draft.mark_lead();
        return;
    }
    draft.document.blocks.insert(0, Block::plain(BlockKind::Lead, summary));
}

/// Adds the files that go with an item as links under its text.
fn attach(item: &Element, base: Option<&str>, draft: &mut Draft) {
    let address = |child: &Element| {
        let link = match (child.vocabulary, child.name.as_str()) {
            (Rss, "enclosure") | (Media, "content") => child.attribute("url"),
            (Atom, "link") if child.attribute("rel") == Some("enclosure") => child.attribute("href"),
            _ => None,
        };
        link.and_then(|link| html::resolved(link, base))
    };
    let mut links: Vec<String> = item.children().filter_map(address).collect();
    links.dedup();
    let mut flow = Flow::default();
    for link in links.iter().take(20) {
        let name = link.split(['?', '#']).next().unwrap_or(link).rsplit('/').find(|part| !part.is_empty());
        flow.start_paragraph();
        flow.start_link(link);
        flow.text(name.unwrap_or(link));
        flow.end_link();
        flow.end_block();
    }
    let added = flow.finish().0;
    let Ok(before) = u16::try_from(draft.document.links.len()) else { return };
    for mut block in added.blocks {
        for mark in &mut block.marks {
            mark.link = mark.link.and_then(|link| link.checked_add(before));
        }
        draft.document.blocks.push(block);
    }
    draft.document.links.extend(added.links);
}
