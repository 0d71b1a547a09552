//! The entry of an announcement in the list.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Announcement, Id, Sketch, reading_minutes};
use crate::calendar::PartialDate;
use crate::text::{Clean, Language};

/// What the list shows of an announcement, and where to read the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The identity of the announcement.
    pub id: Id,
    /// The identity that all its language versions share.
    pub group: Id,
    /// Its title; empty when it has none.
    pub title: Clean,
    /// The publisher; a library keeps each name once.
    pub source: Option<Arc<Clean>>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The language of the text as a whole.
    pub language: Option<Language>,
    /// Whether it is marked as a translation of another version.
    pub translation: bool,
    /// Minutes it takes to read.
    pub minutes: u16,
    /// The place of its text.
    pub location: Location,
    /// The sketch of its text, where one was made.
    pub sketch: Option<Arc<Sketch>>,
}

/// The place of an announcement's text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// Built into the program: an index into the bundled announcements.
    Bundled(u8),
    /// A file, and which announcement of it (0 for the first).
    File {
        /// The path as it was reached from the command line.
        path: Arc<PathBuf>,
        /// 0 for the first announcement of the file.
        item: u32,
    },
    /// Read from standard input when the program started.
    Given(u32),
    /// Stored in the library database under that number.
    Kept(u32),
}

impl Entry {
    /// Makes the entry of `announcement`, without a sketch.
    #[must_use]
    pub fn of(announcement: &Announcement, location: Location) -> Self {
        let characters = announcement.document.blocks.iter().map(|block| block.text.chars().count()).sum();
        Self {
            id: announcement.id,
            group: announcement.group,
            title: announcement.title.clone(),
            source: announcement.source.clone().map(Arc::new),
            published: announcement.published.map(|dated| dated.value),
            language: announcement.language,
            translation: announcement.translation,
            minutes: reading_minutes(characters, announcement.language),
            location,
            sketch: None,
        }
    }

    /// Makes the entry of `announcement` with the sketch of its text.
    #[must_use]
    pub fn sketched(announcement: &Announcement, location: Location) -> Self {
        Self { sketch: Sketch::of(announcement).map(Arc::new), ..Self::of(announcement, location) }
    }

    /// Makes an entry with a title only, for tests.
    #[cfg(test)]
    pub(crate) fn titled(title: &str) -> Self {
        let id = Id::of(&[title]);
        Self {
            id,
            group: id,
            title: Clean::line(title),
            source: None,
            published: None,
            language: None,
            translation: false,
            minutes: 1,
            location: Location::Bundled(0),
            sketch: None,
        }
    }

    /// Reports whether language and day do not tell the entry apart from `other`.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let languages = self.language.zip(other.language).is_none_or(|(one, other)| one == other);
        let days = self.published.zip(other.published).is_none_or(|(one, other)| {
            let known = one.precision().min(other.precision());
            one.to_precision(known) == other.to_precision(known)
        });
        languages && days
    }

    /// Reports whether the sketches say that both entries are one announcement.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let sketches = self.sketch.as_ref().zip(other.sketch.as_ref());
        self.may_be(other) && sketches.is_some_and(|(one, other)| one.is_same(other))
    }

    /// Reports whether the entry tells more than `other`; of two that tell as much, always the same one does.
    pub(super) fn is_richer(&self, other: &Self) -> bool {
        let Some((one, two)) = self.sketch.as_ref().zip(other.sketch.as_ref()) else { return false };
        one.is_richer(two) || (!two.is_richer(one) && self.id < other.id)
    }

    /// Returns the sort key by which one language version of an announcement leads the others, the least first:
    /// originals before translations, then the order of languages.
    #[must_use]
    pub fn precedence(&self) -> (bool, bool, Option<Language>, Id) {
        (self.translation, self.language.is_none(), self.language, self.id)
    }

    /// Returns the sort key of the entry in the list.
    pub(super) fn place(&self) -> (Id, Option<PartialDate>, &Clean, bool, Option<Language>) {
        (self.group, self.published, &self.title, self.translation, self.language)
    }
}
