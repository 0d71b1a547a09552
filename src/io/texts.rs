//! The texts read last, kept where both the thread that reads them and the one that asks for them find them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::app::find::FoldedTexts;
use crate::model::{Announcement, Location};

/// Texts kept for going back to them.
const KEPT: usize = 24;

/// An announcement that was read, with its folded texts where it is long.
pub(super) type Text = (Arc<Announcement>, Option<FoldedTexts>);

/// The texts read last; clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts(Arc<Mutex<Shelf>>);

#[derive(Debug, Default)]
struct Shelf {
    /// The latest first.
    texts: VecDeque<(Location, Text)>,
    /// How often texts were taken off.
    outdated: u64,
}

/// When a text began to be read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Begun(u64);

impl Texts {
    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The text at `location`, if it was read lately.
    pub(super) fn get(&self, location: &Location) -> Option<Text> {
        let shelf = self.shelf();
        shelf.texts.iter().find(|(known, _)| known == location).map(|(_, text)| text.clone())
    }

    /// Those of `locations` that were not read lately.
    pub(super) fn missing(&self, mut locations: Vec<Location>) -> Vec<Location> {
        let shelf = self.shelf();
        locations.retain(|location| !shelf.texts.iter().any(|(known, _)| known == location));
        locations
    }

    /// To be asked before a text is read that is to be kept.
    pub(super) fn begin(&self) -> Begun {
        Begun(self.shelf().outdated)
    }

    /// Keeps a text, unless some were taken off since it `begun` to be read: then it may be of the outdated.
    pub(super) fn keep(&self, begun: Begun, location: Location, text: Text) {
        let mut shelf = self.shelf();
        if shelf.outdated == begun.0 && !shelf.texts.iter().any(|(known, _)| *known == location) {
            shelf.texts.truncate(KEPT - 1);
            shelf.texts.push_front((location, text));
        }
    }

    /// Takes the texts at `locations` off: they changed.
    pub(super) fn forget(&self, locations: &[Location]) {
        let mut shelf = self.shelf();
        shelf.outdated += 1;
        shelf.texts.retain(|(known, _)| !locations.contains(known));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(number: u8) -> Text {
        (Arc::new(crate::io::bundled::read(number).unwrap()), None)
    }

    #[test]
    fn the_latest_are_kept() {
        let texts = Texts::default();
        for number in 0..40 {
            texts.keep(texts.begin(), Location::Given(number), text(0));
        }
        assert!(texts.get(&Location::Given(39)).is_some());
        assert!(texts.get(&Location::Given(15)).is_none());
        let asked = vec![Location::Given(39), Location::Given(3)];
        assert_eq!(texts.missing(asked), [Location::Given(3)]);
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
