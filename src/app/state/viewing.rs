//! Showing the file of an announcement as it is, in place of its text.

use super::State;
use crate::app::landmark::Landmark;
use crate::app::{Effect, Effects, Prepared, messages};
use crate::model::{Entry, Id, Location};
use crate::typeset::Place;

impl State {
    /// The wish to read an announcement, its file as it is where that is what is shown.
    pub(super) fn reading(&self, entry: &Entry) -> Effect {
        let (id, location) = (entry.id, entry.location.clone());
        if self.reader.raw { Effect::ReadRaw { id, location } } else { Effect::Read { id, location } }
    }

    /// Switches between the text as it was read and the file as it is.
    pub(super) fn toggle_raw(&mut self) -> Effects {
        let place = self.reader.place();
        let Some(layout) = &self.reader.layout else { return Effects::none() };
        // The second announcement of a file does not begin where the file does.
        let first = self.shown().is_none_or(|entry| !matches!(entry.location, Location::File { item: 1.., .. }));
        let landmark = match self.reader.left.take() {
            // Where nobody scrolled, one comes back to where one was.
            Some((text, arrived)) if self.reader.raw && arrived == Some(place) => Landmark::at(text),
            _ if first && place == Place::default() => Landmark::at(place),
            _ => Landmark::of(layout, place),
        };
        self.reader.raw = !self.reader.raw;
        self.reader.left = self.reader.raw.then_some((place, None));
        self.reader.landmark = Some(landmark);
        match self.shown() {
            Some(entry) => self.reading(entry).into(),
            None => Effects::none(),
        }
    }

    /// Shows the file of an announcement as it is.
    pub(super) fn show_raw(&mut self, id: Id, text: &Prepared, complete: bool) -> Effects {
        if self.reader.wanted != Some(id) || !self.reader.raw {
            return Effects::none();
        }
        let announcement = &text.announcement;
        let file = announcement.source.as_deref();
        let kind = if file.is_some() { messages::RAW } else { messages::RAW_KEPT };
        // A file that came with the program has a name and no path.
        let path = file.filter(|path| *path != announcement.title.as_str());
        let parts = [Some(self.say(kind)), Some(announcement.provenance.encoding), path];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let meta = parts.join(" · ");
        self.set(id, text, &meta, complete);
        let place = self.reader.place();
        if let Some((_, arrived @ None)) = &mut self.reader.left
            && self.reader.landmark.is_none()
        {
            *arrived = Some(place);
        }
        Effects::none()
    }

    /// Sets what was read, at the place the other showing of it stood at.
    pub(super) fn set(&mut self, id: Id, text: &Prepared, meta: &str, complete: bool) {
        let measure = self.measure();
        self.reader.show(id, text, meta, measure, complete);
        self.reader.return_to_landmark();
        // What is being typed goes on when the rest of a long announcement arrives.
        let began = self.find.began.take();
        self.find.begin();
        self.find.began = began;
    }
}
