//! What the library follows: told where it is shown and to the thread that looks at it, whoever changes it.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::follow::{Sign, Signs};
use crate::app::Event;
use crate::app::feeds::{FeedSettings, Standing};
use crate::app::sources::Source;
use crate::calendar::Precision;
use crate::io::store::{Fault, Feed, Store};
use crate::io::{clock, zone};
use crate::text::Clean;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// What is known to be followed.
#[derive(Debug, Default)]
pub struct Followed {
    /// The numbers of it.
    known: Vec<i64>,
    /// The thread that looks at it, where one does.
    thread: Option<Sender<Sign>>,
}

impl Followed {
    /// Makes the signs for the thread that follows the folders.
    pub fn begin(&mut self, store: &Store) -> Signs {
        let signs = Signs::new();
        self.known = numbers(store).unwrap_or_default();
        self.thread = Some(signs.sender.clone());
        signs
    }

    /// Returns what is followed, where it has changed since it was reported; the thread is told too.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look(&mut self, store: &Store) -> Result<Option<Event>, Fault> {
        let Some(thread) = &self.thread else { return Ok(None) };
        let now = numbers(store)?;
        if now == self.known {
            return Ok(None);
        }
        self.known = now;
        // One that is gone has said so.
        let _ = thread.send(Sign::Sources);
        list(store).map(Some)
    }
}

/// Returns what is followed and how many announcements each holds.
///
/// # Errors
///
/// When the library cannot be read.
pub fn list(store: &Store) -> Result<Event, Fault> {
    let clean = |path: &Path| Clean::line(&path.to_string_lossy());
    let (feeds, now) = (store.feeds()?, clock::now().seconds);
    let row = |source: crate::io::store::Source| {
        let number = Some(source.number);
        let Some(feed) = feeds.iter().find(|feed| feed.source == source.number) else {
            let count = Some(store.count_in(source.number)?);
            return Ok(Source { path: clean(&source.path), count, number, feed: None });
        };
        let count = Some(store.count_of_feed(source.number)?);
        Ok(Source { path: feed.name(), count, number, feed: Some(standing(feed, now)) })
    };
    Ok(Event::SourcesListed(store.sources()?.into_iter().map(row).collect::<Result<_, Fault>>()?))
}

/// Returns how a feed stands at `now`, in seconds since 1970.
fn standing(feed: &Feed, now: i64) -> Standing {
    let state = &feed.state;
    Standing {
        address: Clean::line(&feed.address),
        fault: state.fault.clone(),
        since: state
            .fault_since
            .and_then(|since| zone::reader().at_second(since))
            .map(|since| since.to_precision(Precision::Day)),
        came: state.came.map(|came| u32::try_from((now - came) / DAY).unwrap_or(0)),
        asked: state.asked.is_some(),
        own: FeedSettings {
            name: feed.details.name.as_deref().map(Clean::line).unwrap_or_default(),
            tags: feed.details.tags.iter().map(|tag| Clean::line(tag)).collect(),
            hours: feed.details.hours,
        },
    }
}

fn numbers(store: &Store) -> Result<Vec<i64>, Fault> {
    Ok(store.sources()?.iter().map(|source| source.number).collect())
}
