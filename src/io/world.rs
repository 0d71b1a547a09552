//! Carries out effects and answers with events.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use super::folders::{Found, scan};
use super::workers::hire;
use super::{bundled, files};
use crate::app::{Effect, Event};
use crate::model::{Announcement, Entry, Id, Location};
use crate::text::Clean;

/// Texts kept for going back to them.
const KEPT: usize = 24;

/// The threads that read, and the channel they answer on.
#[derive(Debug)]
pub struct World {
    events: Sender<Event>,
    requests: Option<Sender<(Id, Location)>>,
    given: Arc<Vec<Announcement>>,
}

impl World {
    /// A world that answers on `events`. `given` are announcements that came from standard input.
    #[must_use]
    pub fn new(events: Sender<Event>, given: Vec<Announcement>) -> Self {
        Self { events, requests: None, given: Arc::new(given) }
    }

    /// What the list shows of the announcements that came from standard input.
    #[must_use]
    pub fn given_entries(&self) -> Vec<Entry> {
        (0..).zip(self.given.iter()).map(|(number, given)| Entry::of(given, Location::Given(number))).collect()
    }

    /// Looks for announcements under `paths`.
    pub fn scan(&self, paths: Vec<PathBuf>) {
        let events = self.events.clone();
        hire("scan", &self.events, move || {
            scan(&paths, &|found| {
                let event = match found {
                    Found::Entries(entries) => Event::Found(entries),
                    Found::Problem(sentence) => Event::Failed(sentence),
                };
                events.send(event).is_ok()
            });
            let _ = events.send(Event::ScanFinished);
        });
    }

    /// Carries out an effect that is the world's; those of the terminal are its own.
    pub fn perform(&mut self, effect: &Effect) {
        if let Effect::Read { id, location } = effect {
            let requests = self.requests.get_or_insert_with(|| {
                let (sender, receiver) = channel();
                let (events, given) = (self.events.clone(), Arc::clone(&self.given));
                hire("reader", &self.events, move || answer(&receiver, &events, &given));
                sender
            });
            // A reader that is gone has said so.
            let _ = requests.send((*id, location.clone()));
        }
    }
}

/// Answers requests for texts, the newest first and only that one: the ones before it are no longer looked at.
fn answer(requests: &Receiver<(Id, Location)>, events: &Sender<Event>, given: &[Announcement]) {
    let mut kept: VecDeque<(Location, Arc<Announcement>)> = VecDeque::new();
    while let Ok(first) = requests.recv() {
        let (id, location) = requests.try_iter().last().unwrap_or(first);
        if let Some((_, announcement)) = kept.iter().find(|(known, _)| *known == location) {
            let announcement = Arc::clone(announcement);
            let _ = events.send(Event::Read { id, announcement, complete: true });
            continue;
        }
        for whole in [false, true] {
            match read(&location, given, whole) {
                Ok((announcement, complete)) => {
                    let announcement = Arc::new(announcement);
                    if complete {
                        kept.truncate(KEPT - 1);
                        kept.push_front((location.clone(), Arc::clone(&announcement)));
                    }
                    if events.send(Event::Read { id, announcement, complete }).is_err() {
                        return;
                    }
                    if complete {
                        break;
                    }
                }
                Err(sentence) => {
                    let _ = events.send(Event::Failed(sentence));
                    break;
                }
            }
        }
    }
}

fn read(location: &Location, given: &[Announcement], whole: bool) -> Result<(Announcement, bool), Clean> {
    let gone = || Clean::line("The announcement is no longer there.");
    match location {
        Location::Bundled(number) => bundled::read(*number).map(|read| (read, true)).ok_or_else(gone),
        Location::Given(number) => given.get(*number as usize).map(|read| (read.clone(), true)).ok_or_else(gone),
        Location::File { path, item } => files::announcement(path, *item, whole),
    }
}
