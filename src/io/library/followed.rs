//! What the library follows: told where it is shown and to the thread that looks at it, whoever changes it.

use std::path::Path;
use std::sync::mpsc::Sender;

use super::follow::{Sign, Signs};
use crate::app::Event;
use crate::app::sources::Source;
use crate::io::store::{Fault, Store};
use crate::text::Clean;

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
    let row = |source: crate::io::store::Source| {
        let count = Some(store.count_in(source.number)?);
        Ok(Source { path: clean(&source.path), count, number: Some(source.number) })
    };
    Ok(Event::SourcesListed(store.sources()?.into_iter().map(row).collect::<Result<_, Fault>>()?))
}

fn numbers(store: &Store) -> Result<Vec<i64>, Fault> {
    Ok(store.sources()?.iter().map(|source| source.number).collect())
}
