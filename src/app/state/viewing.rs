//! Other views of the announcement shown: what is known of it, and its file as it is.

use super::State;
use crate::app::about::{About, Basis, Known, Outcome, Standing, facts};
use crate::app::landmark::Landmark;
use crate::app::{Effect, Effects, Key, Prepared, messages};
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
    pub(super) fn show_raw(&mut self, id: Id, text: &Prepared, complete: bool) {
        if self.reader.wanted != Some(id) || !self.reader.raw {
            return;
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
    }

    /// Sets what was read, at the place the other showing of it stood at.
    pub(super) fn set(&mut self, id: Id, text: &Prepared, meta: &str, complete: bool) {
        let measure = self.measure();
        self.reader.show(id, text, meta, measure, complete);
        self.reader.return_to_landmark();
        // What is being typed goes on when the rest of a long announcement arrives.
        let (prompt, began) = (self.find.prompt.take(), self.find.began.take());
        self.find.begin();
        (self.find.prompt, self.find.began) = (prompt, began);
    }

    /// Opens the view of what is known of the announcement shown.
    pub(super) fn open_about(&mut self) {
        self.about = Some(About::default());
    }

    pub(super) fn take_standings(&mut self, id: Id, standings: Vec<Standing>) -> Effects {
        if let Some(about) = self.about.as_mut().filter(|about| about.of == Some(id)) {
            about.standings = Some(standings);
        }
        Effects::none()
    }

    /// Takes a key while the view is open; whether it is done with.
    pub(super) fn press_about(&mut self, key: Key) -> bool {
        match self.about.as_mut().map(|about| about.press(key)) {
            Some(Outcome::Stay) => true,
            Some(Outcome::Close) => {
                self.about = None;
                true
            }
            // Every other key does what it does without the view.
            Some(Outcome::Pass) | None => false,
        }
    }

    /// Tells anew what is known when something was learnt or another announcement is shown; asks for what the library
    /// knows of its files.
    pub(super) fn settle_about(&mut self) -> Effects {
        let Some(mut about) = self.about.take() else { return Effects::none() };
        let Some(entry) = self.shown() else { return Effects::none() };
        let mut effects = Effects::none();
        if about.of != Some(entry.id) {
            about.standings = None;
            if let Location::Kept(_) = entry.location {
                effects.push(Effect::Locate { id: entry.id, location: entry.location.clone() });
            }
        }
        let duplicates: Vec<&Location> = self.library.duplicates(entry.id).collect();
        let basis = Basis {
            of: Some(entry.id),
            text: self.reader.text.clone(),
            standings: about.standings.clone(),
            duplicates: duplicates.len(),
            boilerplate: self.settings.boilerplate,
            filed: self.marks_of(entry.group).tags.into_iter().collect(),
        };
        if about.learns(&basis) {
            let known = Known {
                entry,
                announcement: basis.text.as_deref(),
                duplicates: &duplicates,
                standings: basis.standings.as_deref(),
                boilerplate: basis.boilerplate,
                filed: &basis.filed,
                language: self.settings.language,
            };
            let facts = facts(&known);
            about.tell(basis, facts);
        }
        about.settle(self.plan.screen);
        self.about = Some(about);
        effects
    }
}
