//! When feeds with a schedule come due, and whether feeds fail for long: without a schedule nothing waits for anything.

use std::time::{Duration, Instant};

use super::Keeper;
use crate::app::Event;
use crate::app::feeds::FeedSettings;
use crate::io::clock;
use crate::io::library::refresh::plan::due;
use crate::io::store::FeedDetails;
use crate::model::Fault;

/// Feeds that come due within this time are fetched together, in seconds.
const TOGETHER: i64 = 5 * 60;
/// A feed that fails for so long is pointed out, in seconds.
const FAILING: i64 = 24 * 60 * 60;
/// The longest wait before the wall clock is looked at again: a machine that slept does not count the time, in seconds.
const LONGEST_WAIT: i64 = 60 * 60;

impl Keeper {
    /// Keeps what the user set for a feed, and reports the sources.
    pub(super) fn set_feed(&mut self, number: i64, settings: &FeedSettings) {
        let Some(store) = self.keeping.store.as_ref().filter(|store| store.is_writable()) else { return };
        let set = store.feeds().and_then(|feeds| {
            let Some(feed) = feeds.into_iter().find(|feed| feed.source == number) else { return Ok(()) };
            let name = Some(settings.name.to_string()).filter(|name| !name.is_empty());
            let tags = settings.tags.iter().map(ToString::to_string).collect();
            store.set_feed_details(number, &FeedDetails { name, tags, hours: settings.hours, ..feed.details })
        });
        match set {
            Ok(()) => {
                self.report_sources();
                self.look_at_feeds(true);
            }
            Err(fault) => self.complain(&fault),
        }
    }

    /// Looks at how the feeds stand: tells of those that fail for long, asks for those that are due with `asking`, and
    /// notes when to look again. Without it what a refresh could not fetch would be asked for again at once.
    pub(super) fn look_at_feeds(&mut self, asking: bool) {
        self.feeds_due = None;
        let Some(store) = self.keeping.store.as_ref().filter(|_| self.keeping.shown) else { return };
        let Ok(feeds) = store.feeds() else { return };
        let now = clock::now().seconds;
        let failing = feeds.iter().filter(|feed| feed.state.fault_since.is_some_and(|since| now - since >= FAILING));
        let failing = failing.count();
        if failing != self.failing {
            self.failing = failing;
            let _ = self.events.send(Event::FeedsFailed(failing));
        }
        if !store.is_writable() {
            return;
        }
        let gone = |fault: &Option<Fault>| *fault == Some(Fault::Gone);
        let next = feeds
            .iter()
            .filter(|feed| !gone(&feed.state.fault))
            .filter_map(|feed| due(feed.source, &feed.state, feed.details.hours))
            .min();
        let Some(next) = next else { return };
        if asking && next <= now {
            let _ = self.events.send(Event::FeedsDue);
        }
        // What is asked for now answers before long; then it is looked again.
        let wait = (next - now).clamp(TOGETHER, LONGEST_WAIT);
        self.feeds_due = Some(Instant::now() + Duration::from_secs(u64::try_from(wait).unwrap_or(0)));
    }
}
