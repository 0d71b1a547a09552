//! Writing how the screen stands and how far texts were read: gathered first, since both change with every key.

use std::time::{Duration, Instant};

use super::Keeper;
use crate::io::store::{Session, Store};
use crate::model::Id;
use crate::typeset::Place;

/// How long changes of the session and of places are gathered before they are written.
const WRITE_DELAY: Duration = Duration::from_secs(1);

/// The session and the places that wait to be written.
#[derive(Debug, Default)]
pub(super) struct Screen {
    session: Session,
    /// Announcements, each with the part and the offset in it.
    places: Vec<(Id, u32, u32)>,
    /// When they are written.
    pub(super) due: Option<Instant>,
}

impl Screen {
    pub(super) fn note_session(&mut self, session: Session) {
        self.session.extend(session);
        self.plan();
    }

    pub(super) fn note_place(&mut self, id: Id, place: Place) {
        self.places.retain(|(known, ..)| *known != id);
        self.places.push((id, place.part, place.offset));
        self.plan();
    }

    fn plan(&mut self) {
        self.due.get_or_insert_with(|| Instant::now() + WRITE_DELAY);
    }
}

impl Keeper {
    /// Writes the session and the places; `in_haste`, without waiting for the disk.
    pub(super) fn save_session(&mut self, in_haste: bool) {
        self.screen.due = None;
        // A library is not made for the sake of a window's width, but to go on where a text was left.
        if !self.keeping.shown || self.keeping.store.is_none() && (self.screen.places.is_empty() || !self.prepare()) {
            return;
        }
        let Some(store) = self.keeping.store.as_mut().filter(|store: &&mut Store| store.is_writable()) else { return };
        match store.save_session(&self.screen.session, &self.screen.places, in_haste) {
            Ok(()) => {
                self.screen.session.clear();
                self.screen.places.clear();
            }
            Err(fault) => self.complain(&fault),
        }
    }
}
