//! The entry of an announcement in the list.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Announcement, Id, Sketch, reading_minutes};
use crate::calendar::{PartialDate, Precision};
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
        /// The number within the file, 0 for the first announcement.
        item: u32,
    },
    /// Read from standard input when the program started.
    Given(u32),
    /// Stored in the library database under that number.
    Kept(u32),
}

impl Location {
    /// Returns a name of the place that tells it from others.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Bundled(number) => format!("bundled {number:05}"),
            Self::File { path, item } => format!("{} {item:05}", path.to_string_lossy()),
            Self::Given(number) => format!("given {number:05}"),
            Self::Kept(number) => format!("kept {number:010}"),
        }
    }
}

/// Reports whether two titles may be those of one announcement: they are equal in letters and digits, one is a part of
/// the other, as a page's title with the name of the site is, or one is missing.
fn titles_agree(one: &str, other: &str) -> bool {
    let letters = |title: &str| -> String {
        title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let (one, other) = (letters(one), letters(other));
    one.contains(&other) || other.contains(&one)
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
        Self { sketch: Some(Arc::new(Sketch::any(announcement))), ..Self::of(announcement, location) }
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
        self.may_be_within(other, Precision::Minute)
    }

    /// Reports whether language and date, to that precision, do not tell the entry apart from `other`.
    fn may_be_within(&self, other: &Self, precision: Precision) -> bool {
        let languages = self.language.zip(other.language).is_none_or(|(one, other)| one == other);
        let days = self.published.zip(other.published).is_none_or(|(one, other)| {
            let known = one.precision().min(other.precision()).min(precision);
            one.to_precision(known) == other.to_precision(known)
        });
        languages && days
    }

    /// Reports whether the sketches say that both entries are one announcement.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let sketches = self.sketch.as_ref().zip(other.sketch.as_ref());
        self.may_be(other) && sketches.is_some_and(|(one, other)| one.is_same(other))
    }

    /// Reports whether an entry with the same identity is the same announcement: whether what is known of both, and
    /// their texts, allow it.
    ///
    /// Entries without sketches cannot be compared and count as the same.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let Some((one, two)) = self.sketch.as_ref().zip(other.sketch.as_ref()) else { return true };
        if one.is_empty() || two.is_empty() || !self.may_be_within(other, Precision::Day) {
            return false;
        }
        let titles = titles_agree(&self.title, &other.title);
        if one.says_the_same(two) && (titles || one.is_long() && two.is_long()) {
            return true;
        }
        // Notices of one day with another time and another text are not one.
        titles && self.may_be(other) && one.agrees(two)
    }

    /// Returns the identities for an announcement whose own belongs to another: by what it says and, where that is
    /// taken too or it says nothing, by `place`, the name of the place it stands in.
    #[must_use]
    pub fn further_ids(&self, place: &str) -> [Id; 2] {
        let id = self.id.to_string();
        let published = self.published.map(|date| date.to_string()).unwrap_or_default();
        let language = self.language.map_or("", Language::code);
        let opening = self.sketch.as_ref().map(|sketch| sketch.opening().to_string()).unwrap_or_default();
        let by_place = Id::of(&[&id, "place", place]);
        if self.sketch.as_ref().is_some_and(|sketch| sketch.is_empty()) {
            return [by_place; 2];
        }
        [Id::of(&[&id, "text", &self.title.to_lowercase(), &published, language, &opening]), by_place]
    }

    /// Returns the entry under one of its [further identities](Self::further_ids), in a group of its own.
    #[must_use]
    pub fn known_by(self, id: Id) -> Self {
        Self { id, group: id, translation: false, ..self }
    }

    /// Reports whether the entry keeps an identity rather than `other`, which is another announcement with the same:
    /// the one that was published first or, where that does not tell, whose file comes first by name.
    pub(super) fn keeps_id(&self, other: &Self) -> bool {
        let key = |entry: &Self| (entry.published.is_none(), entry.published, entry.location.name());
        key(self) < key(other)
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
