//! The texts read last, kept where both the thread that reads them and the one that asks for them find them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::Prepared;
use crate::model::Location;
use crate::typeset::Measure;

/// Texts kept for going back to them.
const KEPT: usize = 24;

/// The texts read last; clones share them.
#[derive(Clone, Debug, Default)]
pub(in crate::io) struct Texts(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    /// The latest first.
    texts: VecDeque<(Location, Prepared)>,
    /// How often texts were taken off.
    outdated: u64,
}

/// When a text began to be read.
#[derive(Clone, Copy, Debug)]
pub(in crate::io) struct Begun(u64);

impl Texts {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the text at `location`, if it is in the cache.
    pub(in crate::io) fn get(&self, location: &Location) -> Option<Prepared> {
        let shelf = self.shelf();
        shelf.texts.iter().find(|(known, _)| known == location).map(|(_, text)| text.clone())
    }

    /// Returns those of `locations` that are not in the cache or not set to `measure`.
    pub(in crate::io) fn unset(&self, mut locations: Vec<Location>, measure: Measure) -> Vec<Location> {
        let shelf = self.shelf();
        let set =
            |location: &Location| shelf.texts.iter().any(|(known, text)| known == location && text.is_set(measure));
        locations.retain(|location| !set(location));
        locations
    }

    /// Returns a token for a text that begins to be read now; [`Self::keep`] takes it.
    pub(in crate::io) fn begin(&self) -> Begun {
        Begun(self.shelf().outdated)
    }

    /// Keeps a text, unless some were taken off since it `begun` to be read: then it may be of the outdated.
    pub(in crate::io) fn keep(&self, begun: Begun, location: Location, text: Prepared) {
        let mut shelf = self.shelf();
        if shelf.outdated == begun.0 {
            shelf.texts.retain(|(known, _)| *known != location);
            shelf.texts.truncate(KEPT - 1);
            shelf.texts.push_front((location, text));
        }
    }

    /// Takes the texts at `locations` off: they changed.
    pub(in crate::io) fn forget(&self, locations: &[Location]) {
        let mut shelf = self.shelf();
        shelf.outdated += 1;
        shelf.texts.retain(|(known, _)| !locations.contains(known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::Fill;

    fn text(number: u8) -> Prepared {
        crate::io::files::bundled::read(number).unwrap().into()
    }

    const MEASURE: Measure = Measure { width: 66, fill: Fill::Ragged, boilerplate: false };

    #[test]
    fn the_latest_are_kept() {
        let texts = Texts::default();
        for number in 0..40 {
            texts.keep(texts.begin(), Location::Given(number), text(0));
        }
        assert!(texts.get(&Location::Given(39)).is_some());
        assert!(texts.get(&Location::Given(15)).is_none());
    }

    #[test]
    fn what_was_set_to_another_measure_is_to_be_set_again() {
        let texts = Texts::default();
        let [one, other] = [Location::Given(1), Location::Given(2)];
        for location in [&one, &other] {
            texts.keep(texts.begin(), location.clone(), text(0));
        }
        let mut set = text(0);
        set.set(MEASURE, 20);
        texts.keep(texts.begin(), one.clone(), set);
        let both = vec![one, other];
        assert_eq!(texts.unset(both.clone(), MEASURE), both[1..]);
        assert_eq!(texts.unset(both.clone(), Measure { width: 40, ..MEASURE }), both);
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let texts = Texts::default();
        let (one, other) = (Location::Kept(1), Location::Kept(2));
        texts.keep(texts.begin(), one.clone(), text(0));
        let begun = texts.begin();
        texts.forget(std::slice::from_ref(&one));
        texts.keep(begun, other.clone(), text(1));
        assert!(texts.get(&one).is_none() && texts.get(&other).is_none());
        texts.keep(texts.begin(), other.clone(), text(1));
        assert!(texts.get(&other).is_some());
    }
}
