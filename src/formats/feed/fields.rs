//! Finds in the items of RSS, Atom and CDF what they say, wherever publishers put it.

use super::alert;
use super::elements::Element;
use super::entry::{Entry, When};
use super::names::Vocabulary::{self, Atom, Burner, Content, DublinCore, Media, Podcast, Rss, Xhtml};
use super::reading::Keys;
use super::rich::Rich;
use crate::calendar::Zone;
use crate::formats::html;
use crate::text::Clean;

/// Where a value may stand, the most telling place first.
type Places<'a> = &'a [(Vocabulary, &'a str)];

const TITLE: Places<'static> =
    &[(Rss, "title"), (Atom, "title"), (DublinCore, "title"), (Media, "title"), (Podcast, "title")];
const BODY: Places<'static> = &[
    (Content, "encoded"),
    (Atom, "content"),
    (Xhtml, "body"),
    (Xhtml, "div"),
    (Rss, "content"),
    (Rss, "body"),
    (Rss, "fulltext"),
    (Rss, "fullitem"),
];
const SUMMARY: Places<'static> = &[
    (Atom, "summary"),
    (Rss, "description"),
    (Rss, "summary"),
    (Rss, "abstract"),
    (DublinCore, "description"),
    (DublinCore, "abstract"),
    (Podcast, "summary"),
    (Media, "description"),
    (Podcast, "subtitle"),
    (Media, "text"),
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
const ID: Places<'static> = &[(Rss, "guid"), (Atom, "id"), (Rss, "id"), (DublinCore, "identifier")];

/// Returns what an item says; its `xml:base` is the address to which its links stand.
pub(super) fn entry(item: &Element, zone: &Zone) -> Entry {
    let base = item.attribute("xml:base").filter(|base| !base.is_empty());
    let body = first(item, BODY);
    let body_base = body.and_then(|body| body.attribute("xml:base")).or(base);
    let text = |places| all(item, places).find_map(|element| Rich::of(element).filter(|text| !text.is_blank()));
    let says = |child: &Element| !child.content.is_empty() || !child.attributes.is_empty();
    Entry {
        stated: item.children().any(says) || item.attributes.iter().any(|(name, _)| !name.starts_with("xml:")),
        title: all(item, TITLE).find_map(Rich::of),
        keys: keys(item, base),
        published: date(item, PUBLISHED, zone),
        modified: date(item, MODIFIED, zone),
        source: publisher(item),
        author: author(item),
        tags: tags(item),
        language: language(body.unwrap_or(item)).or_else(|| language(item)),
        body: text(BODY),
        summary: text(SUMMARY),
        base: body_base.map(str::to_owned),
        files: files(item, base),
        alert: alert::bare(item),
    }
}

/// Returns the elements of `item` in the order of `places`, those within a `media:group` too.
fn all<'a>(item: &'a Element, places: Places<'a>) -> impl Iterator<Item = &'a Element> {
    let within = |vocabulary, name| {
        let group = (vocabulary == Media).then(|| item.child(Media, "group")).flatten();
        item.all(vocabulary, name).chain(group.into_iter().flat_map(move |group| group.all(vocabulary, name)))
    };
    places.iter().flat_map(move |(vocabulary, name)| within(*vocabulary, name))
}

/// Returns the first element of `item` that says something, in the order of `places`.
fn first<'a>(item: &'a Element, places: Places<'a>) -> Option<&'a Element> {
    all(item, places).find(|element| !element.content.is_empty() || element.attribute("value").is_some())
}

/// Returns the text of an element without markup.
fn line(element: &Element) -> Option<Clean> {
    Rich::of(element).map(|text| text.line()).filter(|line| !line.is_empty())
}

/// Returns the title of an item or a feed.
pub(super) fn title(element: &Element) -> Option<Clean> {
    all(element, TITLE).find_map(line)
}

/// Returns the addresses that links of an item or a feed with the relation `relation` state, resolved.
pub(super) fn links<'a>(
    element: &'a Element,
    relation: &'a str,
    base: Option<&'a str>,
) -> impl Iterator<Item = (String, &'a Element)> {
    let links = element.children().filter(|child| &*child.name == "link" && matches!(child.vocabulary, Atom | Rss));
    let related = move |link: &&Element| {
        let stated = link.attribute("rel").unwrap_or("alternate").trim();
        stated.rsplit('/').next().is_some_and(|stated| stated.eq_ignore_ascii_case(relation))
    };
    links.filter(related).filter_map(move |link| {
        let address = link.attribute("href").map_or_else(|| link.text(), str::to_owned);
        let base = link.attribute("xml:base").or(base);
        Some((html::resolved(&address, base)?, link))
    })
}

/// Returns the address of the page that an item or a feed stands for, where a link states it.
pub(super) fn page(element: &Element, base: Option<&str>) -> Option<String> {
    let preferred = |link: &Element| match link.attribute("type").map(str::to_ascii_lowercase).as_deref() {
        Some(kind) if kind.starts_with("text/html") => 0,
        None | Some("") => 1,
        Some(kind) if kind.contains("html") => 2,
        _ => 3,
    };
    links(element, "alternate", base).min_by_key(|(_, link)| preferred(link)).map(|(address, _)| address)
}

/// Returns the address of the page that a service replaced by one of its own.
fn original(item: &Element, base: Option<&str>) -> Option<String> {
    html::resolved(&item.child(Burner, "origlink")?.text(), base)
}

fn keys(item: &Element, base: Option<&str>) -> Keys {
    let is_web = |text: &str| {
        ["http://", "https://"]
            .iter()
            .any(|start| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
    };
    let written = all(item, ID).find(|id| !id.text().trim().is_empty());
    let about = item.attribute("rdf:about").map(|about| about.trim().to_owned()).filter(|about| !about.is_empty());
    let guid = written.map(|id| id.text().trim().to_owned());
    let says_no =
        |id: &Element| id.attribute("ispermalink").is_some_and(|says| says.trim().eq_ignore_ascii_case("false"));
    let permalink = match written {
        Some(id) => &*id.name == "guid" && !says_no(id) && guid.as_deref().is_some_and(is_web),
        None => about.as_deref().is_some_and(is_web),
    };
    let guid = guid.or_else(|| about.clone());
    let stated = original(item, base).or_else(|| page(item, base)).or_else(|| guid.clone().filter(|_| permalink));
    let link = stated
        .or_else(|| html::resolved(item.attribute("href")?, base))
        .or_else(|| about.filter(|about| is_web(about)));
    Keys { guid, permalink, link }
}

fn date(item: &Element, places: Places<'_>, zone: &Zone) -> When {
    let mut texts: Vec<String> = all(item, places).map(Element::text).collect();
    let attributes = places.iter().filter(|(vocabulary, _)| *vocabulary == Rss);
    texts.extend(attributes.filter_map(|(_, name)| item.attribute(name)).map(str::to_owned));
    When::first(texts.iter().map(String::as_str), zone)
}

/// Returns who announces, where the item or the feed says so.
pub(super) fn publisher(element: &Element) -> Option<Clean> {
    let named = first(element, &[(DublinCore, "publisher")]).and_then(line);
    named.or_else(|| {
        let source = element.child(Atom, "source").or_else(|| element.child(Rss, "source"))?;
        title(source).or_else(|| line(source).filter(|_| source.children().next().is_none()))
    })
}

/// Returns who wrote an item: the names, else the addresses, of all its authors.
fn author(item: &Element) -> Option<Clean> {
    let places: Places<'_> = &[(Atom, "author"), (DublinCore, "creator"), (Rss, "author"), (Podcast, "author")];
    let vocabulary = first(item, places)?.vocabulary;
    let part = |author: &Element, name: &str| author.children().find(|child| &*child.name == name).and_then(line);
    let named = |author: &Element| {
        if author.children().next().is_none() {
            return line(author);
        }
        part(author, "name").or_else(|| part(author, "email"))
    };
    let names: Vec<Clean> =
        all(item, places).filter(|author| author.vocabulary == vocabulary).filter_map(named).take(10).collect();
    Some(Clean::joined(&names.iter().collect::<Vec<_>>(), ", ")).filter(|names| !names.is_empty())
}

fn tags(item: &Element) -> Vec<Clean> {
    let mut tags: Vec<Clean> = Vec::new();
    for child in item.children() {
        let tag = match (child.vocabulary, &*child.name) {
            (Atom, "category") => {
                let stated = child.attribute("label").or(child.attribute("term"));
                stated.map(Clean::line).or_else(|| line(child))
            }
            (Rss, "category") | (DublinCore, "subject") => line(child),
            _ => None,
        };
        if let Some(tag) = tag.filter(|tag| !tag.is_empty() && tags.len() < 100 && !tags.contains(tag)) {
            tags.push(tag);
        }
    }
    tags
}

/// Returns the language that an item or a feed states.
pub(super) fn language(element: &Element) -> Option<String> {
    let stated = first(element, &[(DublinCore, "language"), (Rss, "language")]).map(Element::text);
    stated.or_else(|| element.attribute("xml:lang").map(str::to_owned)).filter(|tag| !tag.trim().is_empty())
}

/// Returns the files that go with an item, each once.
fn files(item: &Element, base: Option<&str>) -> Vec<(String, Option<Clean>)> {
    let mut files: Vec<(String, Option<Clean>)> = Vec::new();
    let group = item.child(Media, "group").into_iter().flat_map(Element::children);
    for child in item.children().chain(group) {
        let link = match (child.vocabulary, &*child.name) {
            (Rss, "enclosure") => child.attribute("url").or(child.attribute("href")),
            (Media, "content" | "player") => child.attribute("url"),
            (Atom, "link") if child.attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("enclosure")) => {
                child.attribute("href")
            }
            (Atom, "content") => child.attribute("src"),
            _ => None,
        };
        let Some(link) = link.and_then(|link| html::resolved(link, child.attribute("xml:base").or(base))) else {
            continue;
        };
        if files.len() < 100 && !files.iter().any(|(known, _)| *known == link) {
            let name = child.attribute("title").map(Clean::line).or_else(|| child.child(Media, "title").and_then(line));
            files.push((link, name.filter(|name| !name.is_empty())));
        }
    }
    files
}
