//! What is kept no longer: announcements whose files have gone, and folders that are not to be followed any more.

use super::Keeper;
use crate::app::{Event, Problem, Reason};
use crate::io::library::followed;
use crate::io::library::reconcile::let_go;
use crate::model::Id;
use crate::text::Clean;

impl Keeper {
    /// Forgets an announcement and says so, or which file holds it.
    pub(super) fn forget(&mut self, group: Id) {
        let Some(store) = self.keeping.store.as_mut().filter(|store| store.is_writable()) else { return };
        match let_go(store, group) {
            Ok(held) => {
                self.look();
                let held = held.map(|path| Clean::line(&path.to_string_lossy()));
                let _ = self.events.send(Event::Forgotten { held });
            }
            Err(fault) => self.complain(&fault),
        }
    }

    /// Follows a folder or file no longer and says so.
    pub(super) fn unfollow(&mut self, number: i64) {
        let Some(store) = &mut self.keeping.store else { return };
        if !store.is_writable() {
            let _ = self.events.send(Event::Failed(Problem::at(store.path(), Reason::Unwritable)));
            return;
        }
        match store.remove_source(number) {
            Ok(()) => {
                self.look();
                let _ = self.events.send(Event::Unfollowed);
            }
            Err(fault) => self.complain(&fault),
        }
    }

    /// Reports what is followed.
    pub(super) fn report_sources(&mut self) {
        let Some(store) = &self.keeping.store else { return };
        match followed::list(store) {
            Ok(event) => drop(self.events.send(event)),
            Err(fault) => self.complain(&fault),
        }
    }
}
