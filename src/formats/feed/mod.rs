//! Feeds that lie in a file: RSS of every version, Atom, CDF and alerts of the Common Alerting Protocol.
//! Each item is an announcement; what is broken in a feed costs no more than itself, and nothing is looked up for it.

mod alert;
mod elements;
mod items;
mod names;

use super::{Reading, Source, plain};
use crate::model::Note;
use elements::{Feed, take_apart};
use names::Vocabulary;

/// Most announcements read from one feed.
const MOST: usize = 10_000;

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
    text.starts_with('<') && matches!(name.as_str(), "rss" | "feed" | "rdf" | "channel" | "alert")
}

/// Reads a feed; a file of another kind with a feed's ending is read as plain text.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    if !looks_like(source.text) {
        return plain::read(source);
    }
    let feed = take_apart(source.text, MOST);
    let mut reading = Reading::default();
    for item in &feed.items {
        let drafts = match item.vocabulary {
            Vocabulary::Alert => alert::drafts(item, source.zone),
            _ => items::drafts(item, &feed.about, source),
        };
        reading.announcements.extend(drafts.into_iter().map(|draft| draft.finish(source.provenance)));
    }
    tell(&feed, source.partial, &mut reading);
    reading
}

/// Notes what of the feed could not be read.
fn tell(feed: &Feed, partial: bool, reading: &mut Reading) {
    if feed.more {
        reading.notes.push(Note::new("The feed holds more than 10,000 items: the rest is left out."));
    }
    // The end of a first part is cut as a matter of course.
    if feed.broken > usize::from(partial) {
        reading.notes.push(Note::new(&format!("Places where the feed is broken: {}.", feed.broken)));
    }
    if reading.announcements.is_empty() && !partial {
        reading.notes.push(Note::new("The feed holds no items."));
    }
}

#[cfg(test)]
mod tests;
