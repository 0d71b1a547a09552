//! Describes feeds as the interface tells of them, and a refresh under way.

use crate::calendar::PartialDate;
use crate::model::Fault;
use crate::text::Clean;

/// Describes how a feed that is followed stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its address.
    pub address: Clean,
    /// What went wrong the last time.
    pub fault: Option<Fault>,
    /// The day since when it goes wrong.
    pub since: Option<PartialDate>,
    /// The number of days since something new came.
    pub came: Option<u32>,
    /// Whether it was ever fetched.
    pub asked: bool,
    /// What the user set for it.
    pub own: FeedSettings,
}

/// Holds what the user set for a feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedSettings {
    /// The user's name for it; empty where its own is used.
    pub name: Clean,
    /// The user's tags.
    pub tags: Vec<Clean>,
    /// The hours between two fetches by itself; `None` where it is fetched only when asked for.
    pub hours: Option<u32>,
}

/// Holds the settings of a feed while they are typed, one line after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedEdit {
    /// The number of the feed.
    pub number: i64,
    /// The settings so far.
    pub settings: FeedSettings,
}

/// Describes a refresh under way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refreshing {
    /// The number of feeds that are done.
    pub done: usize,
    /// The number of feeds in all.
    pub all: usize,
    /// The number of new announcements so far.
    pub new: usize,
    /// The feed that is waited for, while it takes long.
    pub waits_for: Option<Clean>,
}

/// Describes the end of a refresh.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// The number of new announcements.
    pub new: usize,
    /// The number of announcements with another text.
    pub changed: usize,
    /// The feeds that failed, each with the reason.
    pub failed: Vec<(Clean, Fault)>,
    /// The reason why feeds were passed over, if nothing was fetched.
    pub passed: Option<PassedOver>,
    /// Whether it was stopped.
    pub stopped: bool,
    /// Whether a schedule asked for it.
    pub scheduled: bool,
}

/// Names the reason why nothing was fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassedOver {
    /// All was fetched a moment ago, or is said to be fresh.
    Lately,
    /// The hosts ask to wait.
    Waits,
    /// Another program is fetching.
    Held,
    /// No feed is followed.
    NoFeeds,
}

/// Describes what came of following the feed at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// It is followed now.
    Now {
        /// Its name.
        name: Clean,
        /// The number of its announcements that are new.
        new: usize,
    },
    /// It was followed before.
    Already(Clean),
    /// The page there names several feeds.
    Several(Vec<FoundFeed>),
    /// The page of that title names none.
    Nothing(Clean),
    /// It could not be fetched.
    Failed(Clean, Fault),
}

/// Describes a feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFeed {
    /// Its address.
    pub address: Clean,
    /// Its title.
    pub title: Clean,
    /// The number of its items.
    pub items: usize,
}
