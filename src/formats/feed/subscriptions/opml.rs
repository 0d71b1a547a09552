//! OPML of any version, however it was written: nested outlines are folders, those with an `xmlUrl` are feeds.

use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::entities::{escape, resolved};
use super::super::repair::{Mended, repair};
use super::{Gathering, Refusal, Subscription, Subscriptions, named};
use crate::text::Clean;

/// Folders that lie deeper than this give no tags.
const DEEPEST: usize = 64;
/// Most attributes read of one outline.
const MOST_ATTRIBUTES: usize = 64;

/// Reports whether the first element of a text is `opml`.
pub(super) fn looks_like(text: &str) -> bool {
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    while text.starts_with("<?") || text.starts_with("<!") {
        let end = if text.starts_with("<!--") { "-->" } else { ">" };
        text = text.split_once(end).map_or("", |(_, rest)| rest.trim_start());
    }
    let (name, rest) = text.split_at_checked("<opml".len()).unwrap_or_default();
    name.eq_ignore_ascii_case("<opml")
        && rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'))
}

/// Reads the text of an OPML file.
pub(super) fn read(text: &str) -> Subscriptions {
    let mut mended = Mended::default();
    let xml = repair(text, &mut mended);
    let mut reading = Reading::default();
    let mut rest: &str = &xml;
    // Where the XML is broken, reading goes on behind it.
    while let Some(behind) = reading.read(rest) {
        let from = rest.ceil_char_boundary(behind.max(1).min(rest.len()));
        let Some(next) = rest.get(from..).and_then(|rest| rest.find('<')) else { break };
        rest = rest.get(from + next..).unwrap_or_default();
    }
    reading.gathering.list
}

#[derive(Default)]
struct Reading {
    gathering: Gathering,
    /// The open outlines, the outermost first, each with the tag that it gives.
    open: Vec<Option<Clean>>,
    /// How many open outlines lie too deep.
    deeper: usize,
}

impl Reading {
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
            match event {
                Event::Start(start) if is_outline(start.local_name().as_ref()) => self.start(&start),
                Event::Empty(start) if is_outline(start.local_name().as_ref()) => {
                    self.start(&start);
                    self.end();
                }
                Event::End(end) if is_outline(end.local_name().as_ref()) => self.end(),
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let outline = Outline::of(start);
        let is_feed = !outline.address.trim().is_empty();
        if is_feed {
            self.feed(&outline);
        }
        if self.open.len() < DEEPEST {
            let folder = named(&outline.text).or_else(|| named(&outline.title));
            self.open.push(folder.filter(|_| !is_feed));
        } else {
            self.deeper += 1;
        }
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
    }

    fn feed(&mut self, outline: &Outline) {
        // Newsboat states so that what it fetches goes through a program.
        if !outline.filter.trim().is_empty() {
            return self.gathering.refuse(&outline.address, Refusal::Program);
        }
        let address = outline.address.trim();
        let [text, title] = [&outline.text, &outline.title].map(|name| named(name).filter(|name| **name != *address));
        // What is shown and differs from the feed's own title was set by the reader.
        let own = outline.titled && text != title;
        let (title, name) = if own { (title, text) } else { (title.or(text), None) };
        let folders = self.open.iter().flatten().cloned();
        let tags = folders.chain(categories(&outline.category)).collect();
        self.gathering.add(address, title, name, tags);
    }
}

/// The attributes of an outline that matter here.
#[derive(Default)]
struct Outline {
    address: String,
    text: String,
    title: String,
    /// Whether it states a title, be it an empty one.
    titled: bool,
    category: String,
    filter: String,
}

impl Outline {
    fn of(start: &BytesStart<'_>) -> Self {
        let mut outline = Self::default();
        let mut stated = start.html_attributes();
        stated.with_checks(false);
        for attribute in stated.flatten().take(MOST_ATTRIBUTES) {
            let field = match &*attribute.key.as_ref().to_ascii_lowercase() {
                "xmlurl" => &mut outline.address,
                "text" => &mut outline.text,
                "title" => {
                    outline.titled = true;
                    &mut outline.title
                }
                "category" => &mut outline.category,
                "filtercmd" => &mut outline.filter,
                _ => continue,
            };
            *field = resolved(&attribute.value).into_owned();
        }
        outline
    }
}

fn is_outline(name: &str) -> bool {
    name.eq_ignore_ascii_case("outline")
}

/// Returns the tags of a `category`: those between commas are tags, or paths of them where they begin with a slash.
fn categories(category: &str) -> impl Iterator<Item = Clean> {
    category.split(',').flat_map(|one| {
        let one = one.trim();
        let path = one.starts_with('/').then(|| one.split('/').filter_map(named).collect());
        path.unwrap_or_else(|| named(one).into_iter().collect::<Vec<_>>())
    })
}

/// Reports whether a tag can stand in a `category` and be read again as it is.
fn fits_category(tag: &str) -> bool {
    !tag.contains(',') && !tag.starts_with('/')
}

/// Writes feeds as OPML 2.0: tags as `category`, names as `text`, the feeds' own titles as `title`.
#[must_use]
pub fn write_opml(title: &str, feeds: &[Subscription]) -> String {
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    escape(title, &mut xml);
    xml += "</title>\n  </head>\n  <body>\n";
    for feed in feeds {
        // Where a tag means something in a category, all are folders around the feed, in their order.
        let (listed, folders): (&[Clean], &[Clean]) =
            if feed.tags.iter().all(|tag| fits_category(tag)) { (&feed.tags, &[]) } else { (&[], &feed.tags) };
        xml += "    ";
        for folder in folders {
            attribute(&mut xml, "<outline text", folder);
            xml.push('>');
        }
        let address = feed.address.to_string();
        let shown = feed.name.as_ref().or(feed.title.as_ref()).map_or(address.as_str(), Clean::as_str);
        attribute(&mut xml, "<outline type=\"rss\" text", shown);
        attribute(&mut xml, " title", feed.title.as_deref().unwrap_or_default());
        attribute(&mut xml, " xmlUrl", &address);
        if !listed.is_empty() {
            let tags: Vec<&str> = listed.iter().map(Clean::as_str).collect();
            attribute(&mut xml, " category", &tags.join(","));
        }
        let _ = writeln!(xml, "/>{}", "</outline>".repeat(folders.len()));
    }
    xml += "  </body>\n</opml>\n";
    xml
}

/// Writes an attribute with its value.
fn attribute(xml: &mut String, name: &str, value: &str) {
    xml.push_str(name);
    xml.push_str("=\"");
    escape(value, xml);
    xml.push('"');
}
