//! What the list knows of an announcement.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Announcement, Id, Sketch, reading_minutes};
use crate::calendar::PartialDate;
use crate::text::{Clean, Language};

/// What the list shows of an announcement, and where to read the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the announcement is known by.
    pub id: Id,
    /// What all its language versions share.
    pub group: Id,
    /// Its title; empty when it has none.
    pub title: Clean,
    /// Who announces; a library keeps each name once.
    pub source: Option<Arc<Clean>>,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The language of the text as a whole.
    pub language: Option<Language>,
    /// Whether it says that it translates another.
    pub translation: bool,
    /// Minutes it takes to read.
    pub minutes: u16,
    /// Where its text is.
    pub location: Location,
    /// What its text is known by when it is met again, where that was looked for.
    pub sketch: Option<Arc<Sketch>>,
}

/// Where the text of an announcement is.
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
    /// Kept in the reader's own library, under that number.
    Kept(u32),
}

impl Entry {
    /// What the list needs of `announcement`.
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

    /// What the list needs of `announcement`, and what its text is known by.
    #[must_use]
    pub fn sketched(announcement: &Announcement, location: Location) -> Self {
        Self { sketch: Sketch::of(announcement).map(Arc::new), ..Self::of(announcement, location) }
    }

    /// One of that title of which nothing else is known, for tests.
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

    /// Whether nothing that is said of both tells it apart from `other`: its language and its day.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let languages = self.language.zip(other.language).is_none_or(|(one, other)| one == other);
        let days = self.published.zip(other.published).is_none_or(|(one, other)| {
            let known = one.precision().min(other.precision());
            one.to_precision(known) == other.to_precision(known)
        });
        languages && days
    }

    /// Whether both are known by the same text.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let sketches = self.sketch.as_ref().zip(other.sketch.as_ref());
        self.may_be(other) && sketches.is_some_and(|(one, other)| one.is_same(other))
    }

    /// Whether it tells more than `other`; of two that tell as much, one and always the same one does.
    pub(super) fn is_richer(&self, other: &Self) -> bool {
        let Some((one, two)) = self.sketch.as_ref().zip(other.sketch.as_ref()) else { return false };
        one.is_richer(two) || (!two.is_richer(one) && self.id < other.id)
    }

    /// What decides which of the language versions of an announcement stands for them, the least first: originals
    /// before translations, then the order of languages.
    #[must_use]
    pub fn precedence(&self) -> (bool, bool, Option<Language>, Id) {
        (self.translation, self.language.is_none(), self.language, self.id)
    }

    /// What decides where it stands in the list.
    pub(super) fn place(&self) -> (Id, Option<PartialDate>, &Clean, bool, Option<Language>) {
        (self.group, self.published, &self.title, self.translation, self.language)
    }
}
