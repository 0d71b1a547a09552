//! What a feed says, as data: about itself, about each of its items, and what of it could not be read.

use crate::calendar::{Moment, UTC, Zone};
use crate::model::{Announcement, Note};
use crate::text::{Clean, Language};

/// Most items read from one feed.
pub(in crate::formats) const MOST: usize = 10_000;

/// What is known of a feed beside its bytes.
#[derive(Clone, Copy, Debug)]
pub struct FeedSource<'a> {
    /// The `charset` that the answer's `Content-Type` states.
    pub charset: Option<&'a str>,
    /// The address against which relative links are resolved: `Content-Location`, else the address that answered.
    pub base: Option<&'a str>,
    /// When the feed arrived: the date of items that state none.
    pub arrival: Option<Moment>,
    /// The reader's time zone, to which stated offsets are reckoned.
    pub zone: &'a Zone,
}

impl Default for FeedSource<'_> {
    fn default() -> Self {
        Self { charset: None, base: None, arrival: None, zone: &UTC }
    }
}

/// What bytes turned out to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FeedKind {
    /// RSS 0.9x, 1.0 or 2.0.
    Rss,
    /// Atom 0.3 or 1.0.
    Atom,
    /// The Channel Definition Format.
    Cdf,
    /// JSON Feed.
    Json,
    /// An alert of the Common Alerting Protocol that stands alone.
    Alert,
    /// A page, with its title.
    Page(Clean),
    /// Nothing but blanks.
    Empty,
    /// Something else.
    #[default]
    Other,
}

impl FeedKind {
    /// Reports whether it is a feed.
    #[must_use]
    pub const fn is_feed(&self) -> bool {
        !matches!(self, Self::Page(_) | Self::Empty | Self::Other)
    }
}

/// What a feed says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Its title.
    pub title: Clean,
    /// The page that it belongs to.
    pub link: Option<String>,
    /// Its own address, as it states it.
    pub address: Option<String>,
    /// The feed's next page. It is not followed.
    pub next: Option<String>,
    /// Its language.
    pub language: Option<Language>,
    /// How many minutes it may be kept before it is asked for again: `ttl`.
    pub ttl: Option<u32>,
    /// After how many minutes it is updated: `sy:updatePeriod` divided by `sy:updateFrequency`.
    pub period: Option<u32>,
    /// The hours of the day, 0–23 in UTC, at which it asks not to be read.
    pub skip_hours: Vec<u8>,
    /// The days of the week, 1 for Monday to 7 for Sunday, on which it asks not to be read.
    pub skip_days: Vec<u8>,
}

/// What an item is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Keys {
    /// Its `guid`, `id` or identifier, as it is written.
    pub guid: Option<String>,
    /// Whether the `guid` is the address of its page.
    pub permalink: bool,
    /// The address of its page.
    pub link: Option<String>,
}

/// An item of a feed. An alert in several languages is an item for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedItem {
    /// What it is known by.
    pub keys: Keys,
    /// The announcement.
    pub announcement: Announcement,
    /// Who wrote it.
    pub author: Option<Clean>,
    /// When it says that it was published, in seconds since the start of 1970 in UTC; also where that lies ahead.
    pub published: Option<i64>,
    /// When it says that it was changed.
    pub modified: Option<i64>,
    /// What it says as an alert.
    pub alert: Option<Alert>,
}

/// What an alert says of itself and of others, beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alert {
    /// The name of this alert.
    pub name: AlertName,
    /// What it does.
    pub kind: AlertKind,
    /// The alerts that it is about: those that an update replaces or a cancel withdraws.
    pub references: Vec<AlertName>,
    /// When it ends, in seconds since the start of 1970 in UTC.
    pub expires: Option<i64>,
    /// Whether it had ended when the feed arrived.
    pub expired: bool,
    /// Whether it is meant: neither an exercise, a test nor a draft.
    pub actual: bool,
}

/// The name of an alert: who sent it, which it is and when it was sent, each as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AlertName {
    /// Who sent it.
    pub sender: String,
    /// Its identifier.
    pub identifier: String,
    /// When it was sent.
    pub sent: String,
}

/// What an alert does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AlertKind {
    /// It is new.
    #[default]
    Alert,
    /// It replaces those that it refers to.
    Update,
    /// It withdraws those that it refers to.
    Cancel,
    /// It answers another, or says that another is an error.
    Other,
}

/// What was read of a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedReading {
    /// What the bytes are.
    pub kind: FeedKind,
    /// What the feed says of itself.
    pub about: About,
    /// Its items, in its order.
    pub items: Vec<FeedItem>,
    /// How many items the feed holds, read or not, as far as it was read.
    pub stated: usize,
    /// What was dropped, cut or repaired.
    pub notes: Vec<Note>,
    /// The name of the character encoding.
    pub encoding: &'static str,
}

impl FeedReading {
    /// Notes that there are more items than are read.
    pub(super) fn note_more(&mut self) {
        self.notes.push(Note::new("The feed holds more than 10,000 items: the rest is left out."));
    }
}
