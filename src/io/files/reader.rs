//! The thread that reads texts: the one asked for last first, then those that may be asked for next.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use super::cache::Texts;
use super::{location, raw};
use crate::app::find::FoldedTexts;
use crate::app::{Event, Prepared, Problem};
use crate::io::store::Store;
use crate::model::{Announcement, Id, Location};
use crate::typeset::Measure;

/// Texts longer than this, in bytes, are not kept: a few of them would take the memory of thousands of short ones.
pub const LONGEST_KEPT: usize = 256 * 1024;

/// What the thread is asked for.
#[derive(Debug)]
pub enum Request {
    /// Read the announcement at a place; answered by [`Event::Read`].
    Read {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read its file as it is; answered by [`Event::RawRead`].
    ReadRaw {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Find the files it stands in; answered by [`Event::Located`].
    Locate {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read ahead.
    Prefetch(Ahead),
    /// Fold a text for finding in it; answered by [`Event::Folded`].
    Fold(Arc<Announcement>),
}

/// What may be asked for next.
#[derive(Debug)]
pub struct Ahead {
    /// Where it is, the likeliest last.
    pub locations: Vec<Location>,
    /// The measure its first rows are set to.
    pub measure: Measure,
    /// How many rows are set.
    pub rows: u16,
}

/// What the thread reads from, and where it answers.
#[derive(Debug)]
pub struct Reader {
    /// Where it answers.
    pub events: Sender<Event>,
    /// The announcements from standard input.
    pub given: Arc<Vec<Announcement>>,
    /// Their bytes.
    pub given_file: Arc<[u8]>,
    /// The library.
    pub library: Option<Store>,
    /// The texts read last.
    pub texts: Texts,
}

impl Reader {
    /// Answers requests until nobody can ask for more: of those that wait, the newest for a text and no other.
    pub fn answer(&self, requests: &Receiver<Request>) {
        let mut ahead: Option<Ahead> = None;
        loop {
            let request = match &ahead {
                None => requests.recv().map_err(|_| TryRecvError::Disconnected),
                Some(_) => requests.try_recv(),
            };
            let request = match request {
                Ok(request) => request,
                Err(TryRecvError::Disconnected) => return,
                Err(TryRecvError::Empty) => {
                    ahead = ahead.filter(|ahead| !ahead.locations.is_empty());
                    if let Some(Ahead { locations, measure, rows }) = &mut ahead {
                        let _ = locations.pop().map(|location| self.prepare(location, *measure, *rows));
                    }
                    continue;
                }
            };
            let (mut wanted, mut located, mut folded) = (None, None, None);
            for request in std::iter::once(request).chain(requests.try_iter()) {
                match request {
                    Request::Read { id, location } => wanted = Some((id, location, false)),
                    Request::ReadRaw { id, location } => wanted = Some((id, location, true)),
                    Request::Locate { id, location } => located = Some((id, location)),
                    Request::Prefetch(wanted) => ahead = Some(wanted),
                    Request::Fold(announcement) => folded = Some(announcement),
                }
            }
            let read = match wanted {
                Some((id, location, true)) => self.read_raw(id, &location),
                Some((id, location, false)) => self.read(id, &location),
                None => true,
            };
            if !read || !located.is_none_or(|(id, location)| self.locate(id, &location)) {
                return;
            }
            if let Some(announcement) = folded {
                let texts = FoldedTexts::of(&announcement);
                // Whoever asked may be gone, which the next request tells.
                let _ = self.events.send(Event::Folded { announcement, texts });
            }
        }
    }

    /// Answers with an announcement; returns whether anyone listens.
    fn read(&self, id: Id, location: &Location) -> bool {
        self.tell(|reading, whole| {
            let (text, complete) = reading.find(location, whole)?;
            Ok((Event::Read { id, text, complete }, complete))
        })
    }

    /// Answers with the file of an announcement as it is; returns whether anyone listens.
    fn read_raw(&self, id: Id, location: &Location) -> bool {
        self.tell(|reading, whole| {
            let files = raw::Files { given: &reading.given_file, library: reading.library.as_ref() };
            let (announcement, complete) = files.read(id, location, whole)?;
            Ok((Event::RawRead { id, text: announcement.into(), complete }, complete))
        })
    }

    /// Sends what `read` gives with whether that is all of it: of a long text first its beginning, then the whole.
    /// Returns whether anyone listens.
    fn tell(&self, read: impl Fn(&Self, bool) -> Result<(Event, bool), Problem>) -> bool {
        for whole in [false, true] {
            let (event, done) = read(self, whole).unwrap_or_else(|problem| (Event::Failed(problem), true));
            if self.events.send(event).is_err() {
                return false;
            }
            if done {
                break;
            }
        }
        true
    }

    /// Answers with the files of the library an announcement stands in; returns whether anyone listens.
    fn locate(&self, id: Id, location: &Location) -> bool {
        let Location::Kept(number) = location else { return true };
        let standings = self.library.as_ref().map_or_else(Vec::new, |library| raw::standings(library, *number));
        self.events.send(Event::Located { id, holders: standings }).is_ok()
    }

    /// Returns an announcement and whether it is all of it; only the beginning of a long one unless `whole`.
    fn find(&self, location: &Location, whole: bool) -> Result<(Prepared, bool), Problem> {
        if let Some(text) = self.texts.get(location) {
            return Ok((text, true));
        }
        let begun = self.texts.begin();
        let (announcement, complete) = location::read(location, &self.given, self.library.as_ref(), whole)?;
        let long = length(&announcement) > LONGEST_KEPT;
        let text = Prepared::from(announcement);
        if complete && !long {
            self.texts.keep(begun, location.clone(), text.clone());
        }
        Ok((text, complete))
    }

    /// Reads an announcement ahead and sets its first rows; long ones are not worth holding up the next request for.
    fn prepare(&self, location: Location, measure: Measure, rows: u16) {
        let begun = self.texts.begin();
        if let Ok((mut text, true)) = self.find(&location, false)
            && length(&text.announcement) <= LONGEST_KEPT
        {
            text.set(measure, rows);
            self.texts.keep(begun, location, text);
        }
    }
}

/// Returns how many bytes of text an announcement has.
pub fn length(announcement: &Announcement) -> usize {
    announcement.document.blocks.iter().map(|block| block.text.len()).sum()
}
