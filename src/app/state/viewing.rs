//! Switches between the text and the raw file of an announcement.

use super::State;
use crate::app::text_anchor::TextAnchor;
use crate::app::{Effect, Effects, Prepared, messages};
use crate::model::{Entry, Id, Location};
use crate::typeset::Place;

impl State {
    /// Returns the effect that reads an announcement, or its raw file if that is shown.
    pub(super) fn reading(&self, entry: &Entry) -> Effect {
        let (id, location) = (entry.id, entry.location.clone());
        if self.reader.raw { Effect::ReadRaw { id, location } } else { Effect::Read { id, location } }
    }

    /// Switches between the text and the raw file.
    pub(super) fn toggle_raw(&mut self) -> Effects {
        let place = self.reader.place();
        let Some(layout) = &self.reader.layout else { return Effects::none() };
        // The second announcement of a file does not begin at the start of the file.
        let first = self.shown().is_none_or(|entry| !matches!(entry.location, Location::File { item: 1.., .. }));
        let anchor = match self.reader.left.take() {
            // If the user did not scroll, the earlier position in the text is restored.
            Some((text, arrived)) if self.reader.raw && arrived == Some(place) => TextAnchor::at(text),
            _ if first && place == Place::default() => TextAnchor::at(place),
            _ => TextAnchor::of(layout, place),
        };
        self.reader.raw = !self.reader.raw;
        self.reader.left = self.reader.raw.then_some((place, None));
        self.reader.anchor = Some(anchor);
        match self.shown() {
            Some(entry) => self.reading(entry).into(),
            None => Effects::none(),
        }
    }

    /// Shows the raw file of an announcement.
    pub(super) fn show_raw(&mut self, id: Id, text: &Prepared, complete: bool) -> Effects {
        if self.reader.wanted != Some(id) || !self.reader.raw {
            return Effects::none();
        }
        let announcement = &text.announcement;
        let file = announcement.source.as_deref();
        let kind = if file.is_some() { messages::RAW } else { messages::RAW_KEPT };
        // A bundled file has a name and no path.
        let path = file.filter(|path| *path != announcement.title.as_str());
        let parts = [Some(self.say(kind)), Some(announcement.provenance.encoding), path];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let meta = parts.join(" · ");
        self.set(id, text, &meta, complete);
        let place = self.reader.place();
        if let Some((_, arrived @ None)) = &mut self.reader.left
            && self.reader.anchor.is_none()
        {
            *arrived = Some(place);
        }
        Effects::none()
    }

    /// Lays out what was read, at the position of the other view.
    pub(super) fn set(&mut self, id: Id, text: &Prepared, meta: &str, complete: bool) {
        let measure = self.measure();
        self.reader.show(id, text, meta, measure, complete);
        self.reader.return_to_anchor();
        // The line being typed stays when the rest of a long announcement arrives.
        let began = self.find.began.take();
        self.find.begin();
        self.find.began = began;
    }
}
