//! JSON Feed 1 and 1.1. A value of a wrong type costs only itself, a broken item only that item.

use serde::Deserialize;

use super::arrival::Setting;
use super::entry::{Channel, Entry, When};
use super::reading::{About, FeedItem, FeedKind, FeedReading, Keys, MOST};
use super::rich::Rich;
use crate::formats::html;
use crate::formats::loose::{Several, Value};
use crate::model::Note;
use crate::text::{Clean, Language};

/// How far from its start a feed states its version, in bytes.
const STATED_WITHIN: usize = 4096;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Feed {
    title: Value,
    home_page_url: Value,
    #[serde(rename = "feed_url")]
    own_url: Value,
    next_url: Value,
    language: Value,
    author: Value,
    authors: Value,
    items: Several<Item>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    id: Value,
    url: Value,
    external_url: Value,
    title: Value,
    content_html: Value,
    content_text: Value,
    summary: Value,
    date_published: Value,
    date_modified: Value,
    author: Several<Author>,
    authors: Several<Author>,
    tags: Value,
    language: Value,
    attachments: Several<File>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    name: Value,
    url: Value,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct File {
    url: Value,
    title: Value,
}

/// Reports whether JSON is a feed: it states a version of JSON Feed.
pub(in crate::formats) fn is_feed(text: &str) -> bool {
    let head = text.as_bytes().get(..text.len().min(STATED_WITHIN)).unwrap_or_default();
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('{') && memchr::memmem::find(head, b"jsonfeed.org/version/").is_some()
}

/// Reads a JSON Feed.
pub(in crate::formats) fn read(text: &str, setting: &Setting<'_>) -> FeedReading {
    let mut reading = FeedReading { kind: FeedKind::Json, ..FeedReading::default() };
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let feed = serde_json::from_str::<Feed>(text).unwrap_or_else(|_| {
        let (feed, broken) = in_pieces(text);
        // The end of a first part is cut as a matter of course.
        if broken > usize::from(setting.partial) {
            reading.notes.push(Note::new(&format!("Places where the feed is broken: {broken}.")));
        }
        reading.stated += broken;
        feed
    });
    let stated = feed.items.0.len();
    reading.stated += stated;
    let base = setting.base.map(str::to_owned);
    let address = |value: &Value| html::resolved(value.text()?, base.as_deref());
    reading.about = About {
        title: feed.title.line().unwrap_or_default(),
        link: address(&feed.home_page_url),
        address: address(&feed.own_url),
        next: address(&feed.next_url),
        language: feed.language.text().and_then(Language::from_tag),
        ..About::default()
    };
    let channel = Channel {
        source: Some(reading.about.title.clone()).filter(|title| !title.is_empty()),
        language: feed.language.text().map(str::to_owned),
        place: reading.about.link.clone().unwrap_or_else(|| reading.about.title.to_string()),
        base: base.clone().or_else(|| reading.about.link.clone()),
    };
    let items = feed.items.0.iter().take(MOST);
    reading.items = items.filter_map(|item| self::item(item, &channel, setting)).collect();
    if stated > MOST {
        reading.note_more();
    }
    reading
}

fn item(item: &Item, channel: &Channel, setting: &Setting<'_>) -> Option<FeedItem> {
    let text = |value: &Value| value.text().map(str::to_owned).filter(|text| !text.trim().is_empty());
    let address = |value: &Value| html::resolved(value.text()?, channel.base.as_deref());
    let authors = if item.authors.0.is_empty() { &item.author.0 } else { &item.authors.0 };
    let names: Vec<Clean> =
        authors.iter().filter_map(|author| author.name.line().or_else(|| author.url.line())).take(10).collect();
    let file = |file: &File| Some((address(&file.url)?, file.title.line()));
    let entry = Entry {
        stated: item.id.text().is_some(),
        title: text(&item.title).map(Rich::guessed),
        keys: Keys {
            guid: text(&item.id).map(|id| id.trim().to_owned()),
            permalink: false,
            link: address(&item.url).or_else(|| address(&item.external_url)),
        },
        published: When::first(item.date_published.text().into_iter(), setting.zone),
        modified: When::first(item.date_modified.text().into_iter(), setting.zone),
        source: None,
        author: Some(Clean::joined(&names.iter().collect::<Vec<_>>(), ", ")).filter(|names| !names.is_empty()),
        tags: item.tags.list().unwrap_or_default(),
        language: text(&item.language),
        body: text(&item.content_html).map(Rich::Html).or_else(|| text(&item.content_text).map(Rich::Plain)),
        summary: text(&item.summary).map(Rich::guessed),
        base: None,
        files: item.attachments.0.iter().take(100).filter_map(file).collect(),
        alert: None,
    };
    entry.finish(channel, setting)
}

/// Reads a feed that is no valid JSON: what stands before its items, and each item that is whole. Returns how many places
/// are broken as well.
fn in_pieces(text: &str) -> (Feed, usize) {
    let Some((before, rest)) = split_items(text) else { return (Feed::default(), 1) };
    let mut feed =
        serde_json::from_str::<Feed>(&format!("{}}}", before.trim_end().trim_end_matches(','))).unwrap_or_default();
    let (mut at, mut broken) = (0, 0);
    while feed.items.0.len() <= MOST
        && let Some(found) = rest.get(at..).and_then(|rest| memchr::memchr(b'{', rest.as_bytes()))
    {
        let start = at + found;
        let length = object(rest.get(start..).unwrap_or_default());
        let end = length.map_or(rest.len(), |length| start + length);
        match rest.get(start..end).map(serde_json::from_str::<Item>) {
            Some(Ok(item)) => feed.items.0.push(item),
            _ => broken += 1,
        }
        at = end;
    }
    (feed, broken.max(1))
}

/// Returns what stands before the list of items, and what is in it.
fn split_items(text: &str) -> Option<(&str, &str)> {
    let at = memchr::memmem::find(text.as_bytes(), b"\"items\"")?;
    let rest = text.get(at..)?.strip_prefix("\"items\"")?.trim_start().strip_prefix(':')?.trim_start();
    Some((text.get(..at)?, rest.strip_prefix('[')?))
}

/// Returns the length of the object that `text` begins with, by its braces outside strings.
fn object(text: &str) -> Option<usize> {
    let (mut depth, mut string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if string => escaped = true,
            b'"' => string = !string,
            b'{' if !string => depth += 1,
            b'}' if !string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}
