//! Making the library when there is something to keep, and replacing a damaged one.

use super::Keeper;
use crate::app::problem::name;
use crate::app::{Event, Problem};
use crate::io::store::{self, Fault, FaultKind, Store};

impl Keeper {
    /// Makes the library if there is none.
    pub(super) fn make(&mut self) {
        if self.keeping.store.is_none() && !self.complained {
            self.take(store::open(&self.keeping.path));
        }
    }

    /// Reports whether there is a library to write, which is made now if it is to be what is read.
    pub(super) fn prepare(&mut self) -> bool {
        if self.keeping.shown {
            self.make();
        }
        self.keeping.store.as_ref().is_some_and(Store::is_writable)
    }

    fn take(&mut self, opened: store::Opened) {
        for notice in opened.notices {
            self.complained = true;
            self.unsaved.reason = notice.reason().cloned().or(self.unsaved.reason.take());
            let _ = self.events.send(Event::Failed(notice));
        }
        self.keeping.store = opened.store;
        self.since = self.keeping.store.as_ref().and_then(|store| store.last_change().ok()).unwrap_or(0);
    }

    /// Reports once why something is not kept; a damaged library is replaced by what is readable of it.
    pub(super) fn complain(&mut self, fault: &Fault) {
        if fault.kind == FaultKind::Damaged && !self.complained {
            self.keeping.store = None;
            self.take(store::renew(&self.keeping.path));
            // What was lost of the searches stays on the screen until the program ends.
            let saved = self.keeping.store.as_ref().and_then(|store| store.searches().ok());
            self.searches.told(&saved.unwrap_or_default());
            return;
        }
        if !std::mem::replace(&mut self.complained, true) {
            let problem = Problem::Waiting { path: name(&self.keeping.path), reason: fault.reason.clone() };
            let _ = self.events.send(Event::Failed(problem));
        }
    }
}
