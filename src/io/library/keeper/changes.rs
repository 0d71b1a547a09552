//! What other programs, or the followed folders, changed in the library: when to look for it, and reporting it.

use std::time::{Duration, Instant};

use super::Keeper;
use crate::app::Event;

/// When to look after a file of the library was written: its log is written before the writer has synced it, so that
/// the first look may come too early.
const LOOK_DELAYS: [Duration; 4] =
    [Duration::from_millis(30), Duration::from_millis(120), Duration::from_millis(400), Duration::from_secs(2)];
/// The least time between two reports of what is taken in: the list grows and the screen is calm.
const REPORT_INTERVAL: Duration = Duration::from_millis(150);

/// When to look for changes.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The times to come, the soonest last.
    planned: Vec<Instant>,
    /// When the last look was.
    last: Option<Instant>,
}

impl Looks {
    /// Returns when to look next.
    pub(super) fn next(&self) -> Option<Instant> {
        self.planned.last().copied()
    }

    /// Plans the looks that a write at `now` calls for.
    pub(super) fn schedule(&mut self, now: Instant) {
        // Signs that follow close on one another must not put off the look the first one called for.
        let soonest = self.planned.pop();
        self.planned = LOOK_DELAYS.iter().rev().map(|delay| now + *delay).collect();
        self.planned.extend(soonest.filter(|look| *look < now + LOOK_DELAYS[0]));
    }

    /// Removes the looks that are due at `now`; returns whether there were any.
    pub(super) fn take_due(&mut self, now: Instant) -> bool {
        let before = self.planned.len();
        self.planned.retain(|look| *look > now);
        self.planned.len() < before
    }
}

impl Keeper {
    /// Reports what was taken in, a few times a second.
    pub(super) fn taken(&mut self) {
        let soonest = self.looks.last.map_or_else(Instant::now, |last| last + REPORT_INTERVAL);
        if soonest <= Instant::now() {
            self.look();
        } else if self.looks.next().is_none_or(|next| soonest < next) {
            self.looks.planned.push(soonest);
        }
    }

    /// Reports what changed since the last look; returns whether marks are among it.
    pub(super) fn look(&mut self) -> bool {
        self.looks.last = Some(Instant::now());
        let Some(store) = &self.keeping.store else { return false };
        match store.changes_since(self.since) {
            Ok(changes) => {
                self.since = changes.seq;
                let marked = !changes.marks.is_empty();
                if marked {
                    let _ = self.events.send(Event::Marked(changes.marks));
                }
                if self.keeping.shown && (!changes.entries.is_empty() || !changes.removed.is_empty()) {
                    let event = Event::Changed { entries: changes.entries, removed: changes.removed };
                    let _ = self.events.send(event);
                }
                self.look_around();
                marked
            }
            Err(fault) => {
                self.complain(&fault);
                false
            }
        }
    }

    /// Reports what others did to the saved searches and to what is followed.
    fn look_around(&mut self) {
        let Some(store) = &self.keeping.store else { return };
        match (self.searches.look(store), self.followed.look(store)) {
            (Ok(told), Ok(followed)) => {
                self.report_searches(told);
                drop(followed.map(|event| self.events.send(event)));
            }
            (Err(fault), _) | (_, Err(fault)) => self.complain(&fault),
        }
    }
}
