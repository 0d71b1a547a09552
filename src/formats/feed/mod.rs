//! Feeds: RSS of every version, Atom, CDF, JSON Feed and alerts of the Common Alerting Protocol, fetched or in a file.
//! Each item is an announcement; what is broken in a feed costs no more than itself, and nothing is looked up for it.

mod about;
mod alert;
mod alert_words;
mod arrival;
mod elements;
mod entities;
mod entry;
mod fields;
pub(super) mod json;
mod names;
mod reading;
mod repair;
mod rich;
pub mod subscriptions;
mod take;

pub(super) use arrival::Setting;
use reading::MOST;
pub use reading::{About, Alert, AlertKind, AlertName, FeedItem, FeedKind, FeedReading, FeedSource, Keys};

use super::{Reading, Source, encoding, html, plain};
use crate::model::{Note, Provenance};
use crate::text::Clean;
use elements::Element;
use entry::Entry;
use names::Vocabulary;
use repair::{Mended, repair};
use take::{Found, Root, take_apart};

/// Most bytes read of one feed.
const LONGEST: usize = 16 * 1024 * 1024;

/// Reports whether a text without a telling name is a feed.
pub(super) fn looks_like(text: &str) -> bool {
    let mut text = text.trim_start_matches('\u{feff}').trim_start();
    while text.starts_with("<?") || text.starts_with("<!") {
        let end = if text.starts_with("<!--") { "-->" } else { ">" };
        // A document type may hold declarations of its own.
        let inner = text.strip_prefix("<!DOCTYPE").and_then(|rest| rest.find('[').zip(rest.find('>')));
        let end = if inner.is_some_and(|(bracket, close)| bracket < close) { "]>" } else { end };
        text = text.split_once(end).map_or("", |(_, rest)| rest.trim_start());
    }
    let name: String = text.chars().skip(1).take_while(|c| c.is_alphanumeric() || *c == ':').take(16).collect();
    let name = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    text.starts_with('<') && Root::named(&name).is_some_and(|root| root != Root::Page)
}

/// Reads the bytes of a feed as they were fetched. What they are is told where they are no feed; a panic is the caller's
/// to catch.
#[must_use]
pub fn read_feed(bytes: &[u8], source: &FeedSource<'_>) -> FeedReading {
    let cut = bytes.len() > LONGEST;
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let decoded = encoding::decode_feed(bytes, source.charset, cut);
    let provenance = Provenance { format: "feed", encoding: decoded.encoding, packed: false };
    let FeedSource { base, arrival, zone, .. } = *source;
    let setting = Setting { base, arrival, zone, partial: cut, provenance };
    let mut reading = read_text(&decoded.text, &setting);
    reading.encoding = decoded.encoding;
    reading.notes.extend(decoded.note.as_deref().map(Note::new));
    if cut {
        reading.notes.push(Note::new("The feed is larger than 16 MB: the rest is left out."));
    }
    reading
}

/// Reads a feed in a file; a file of another kind with a feed's ending is read as plain text.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    if !looks_like(source.text) {
        return plain::read(source);
    }
    let Source { partial, zone, provenance, .. } = *source;
    let reading = read_text(source.text, &Setting { base: None, arrival: None, zone, partial, provenance });
    Reading::from(reading)
}

impl From<FeedReading> for Reading {
    fn from(reading: FeedReading) -> Self {
        Self { announcements: reading.items.into_iter().map(|item| item.announcement).collect(), notes: reading.notes }
    }
}

/// Reads the text of a feed.
fn read_text(text: &str, setting: &Setting<'_>) -> FeedReading {
    if text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').is_empty() {
        return FeedReading { kind: FeedKind::Empty, ..FeedReading::default() };
    }
    if json::is_feed(text) {
        return json::read(text, setting);
    }
    read_xml(text, setting)
}

/// An item on its way: an alert, or an entry.
enum Item {
    Alert(Box<Element>, Option<Box<Entry>>),
    Entry(Box<Entry>),
}

fn read_xml(text: &str, setting: &Setting<'_>) -> FeedReading {
    let mut mended = Mended::default();
    let xml = repair(text, &mut mended);
    let mut items = Vec::new();
    let mut keep = |item: Element| items.push(Item::of(item, setting));
    let found = take_apart(&xml, setting.base, MOST, &mut keep);
    let mut reading = FeedReading { kind: kind(&found, text), ..FeedReading::default() };
    if !reading.kind.is_feed() {
        return reading;
    }
    reading.about = about::about(&found.about, setting.base);
    let channel = about::channel(&found.about, &reading.about, setting.base);
    for item in items {
        match item {
            Item::Entry(entry) => reading.items.extend(entry.finish(&channel, setting)),
            Item::Alert(alert, entry) => {
                reading.items.extend(alert::items(&alert, entry.map(|entry| entry.keys).as_ref(), setting));
            }
        }
    }
    reading.stated = found.items;
    if found.more {
        reading.note_more();
    }
    reading.notes.extend(notes(&found, &mended, setting.partial, reading.items.is_empty()));
    reading
}

impl Item {
    fn of(item: Element, setting: &Setting<'_>) -> Self {
        if item.vocabulary == Vocabulary::Alert {
            return Self::Alert(Box::new(item), None);
        }
        let entry = Box::new(fields::entry(&item, setting.zone));
        let carried = |place: &Element| place.child(Vocabulary::Alert, "alert").cloned();
        let within = || item.children().filter(|child| &*child.name == "content").find_map(carried);
        match carried(&item).or_else(within) {
            Some(alert) => Self::Alert(Box::new(alert), Some(entry)),
            None => Self::Entry(entry),
        }
    }
}

/// Tells what a document is by its root.
fn kind(found: &Found, text: &str) -> FeedKind {
    match found.root {
        Some(Root::Rss) => FeedKind::Rss,
        Some(Root::Atom) => FeedKind::Atom,
        Some(Root::Cdf) => FeedKind::Cdf,
        Some(Root::Alert) => FeedKind::Alert,
        Some(Root::Page) => FeedKind::Page(Clean::line(&html::title(text))),
        None if found.items > 0 => FeedKind::Rss,
        None if html::looks_like(text) => FeedKind::Page(Clean::line(&html::title(text))),
        None => FeedKind::Other,
    }
}

/// Tells what of a feed was mended and what could not be read.
fn notes(found: &Found, mended: &Mended, partial: bool, empty: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    // The end of a first part is cut as a matter of course.
    let broken = (found.broken + mended.open).saturating_sub(usize::from(partial));
    for (count, told) in [
        (broken, "Places where the feed is broken"),
        (mended.before, "Characters before the feed, left out"),
        (mended.signs, "Signs that are markup and stand for themselves"),
        (mended.controls, "Control characters left out of the feed"),
        (mended.entities, "Declarations of the feed that are not followed"),
        (found.left_out, "Elements of the feed left out because they are too many or too deep"),
    ] {
        if count > 0 {
            notes.push(Note::new(&format!("{told}: {count}.")));
        }
    }
    if empty && !partial {
        notes.push(Note::new("The feed holds no items."));
    }
    notes
}

#[cfg(test)]
mod fetched_tests;
#[cfg(test)]
mod tests;
