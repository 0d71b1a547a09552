//! The marks of the reader: read, starred, tagged.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Id;
use crate::text::Clean;

/// The marks of one announcement, shared by its language versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marking {
    /// Whether it was read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// Whether it was read and its text has changed since.
    pub changed: bool,
    /// The reader's tags.
    pub tags: BTreeSet<Clean>,
}

/// A change to one announcement's marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkChange {
    /// The identity that the announcement's language versions share.
    pub group: Id,
    /// The marks it had.
    pub before: Marking,
    /// The marks it has now.
    pub after: Marking,
}

impl MarkChange {
    /// Reports whether the reader made the change on purpose, rather than by reading.
    #[must_use]
    pub fn is_filing(&self) -> bool {
        self.before.starred != self.after.starred || self.before.tags != self.after.tags
    }

    /// Returns the change that undoes this one.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self { group: self.group, before: self.after, after: self.before }
    }

    /// Returns the change that undoes what is left of this one where the marks are `now`; `None` where nothing is left.
    #[must_use]
    pub fn taken_back(self, now: Marking) -> Option<Self> {
        let Self { group, before, after } = self;
        // Whether the text was changed since is nothing it made.
        let changed = if before.changed == after.changed { now.changed } else { before.changed };
        let back = Marking {
            read: if now.read == after.read { before.read } else { now.read },
            starred: if now.starred == after.starred { before.starred } else { now.starred },
            tags: if now.tags == after.tags { before.tags } else { now.tags.clone() },
            changed,
        };
        (back != now).then_some(Self { group, before: now, after: back })
    }

    /// Reports whether `back` undoes this change or a part of it.
    #[must_use]
    pub fn is_taken_back_by(&self, back: &Self) -> bool {
        fn part<T: PartialEq>(before: (&T, &T), after: (&T, &T)) -> bool {
            after.0 == after.1 || (before.0 == after.1 && before.1 == after.0)
        }
        part((&self.before.read, &self.after.read), (&back.before.read, &back.after.read))
            && part((&self.before.starred, &self.after.starred), (&back.before.starred, &back.after.starred))
            && part((&self.before.changed, &self.after.changed), (&back.before.changed, &back.after.changed))
            && part((&self.before.tags, &self.after.tags), (&back.before.tags, &back.after.tags))
    }
}

/// The marks of all announcements; those without any cost nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    read: HashSet<Id>,
    starred: HashSet<Id>,
    changed: HashSet<Id>,
    tags: HashMap<Id, BTreeSet<Clean>>,
}

impl Marks {
    /// Returns the marks of the announcement with `group`.
    #[must_use]
    pub fn of(&self, group: Id) -> Marking {
        Marking {
            read: self.is_read(group),
            starred: self.is_starred(group),
            changed: self.is_changed(group),
            tags: self.tags.get(&group).cloned().unwrap_or_default(),
        }
    }

    /// Sets the marks of one announcement; returns whether it was read before.
    pub fn set(&mut self, group: Id, marking: Marking) -> bool {
        let was = if marking.read { !self.read.insert(group) } else { self.read.remove(&group) };
        if marking.starred {
            self.starred.insert(group);
        } else {
            self.starred.remove(&group);
        }
        if marking.changed && marking.read {
            self.changed.insert(group);
        } else {
            self.changed.remove(&group);
        }
        if marking.tags.is_empty() {
            self.tags.remove(&group);
        } else {
            self.tags.insert(group, marking.tags);
        }
        was
    }

    /// Applies a change; returns whether the announcement was read before. Marks that depend on the text and are not in
    /// the change stay.
    pub fn make(&mut self, change: &MarkChange) -> bool {
        let MarkChange { group, before, after } = change;
        let changed = if before.changed == after.changed { self.is_changed(*group) } else { after.changed };
        self.set(*group, Marking { changed, ..after.clone() })
    }

    /// Reports whether there are no marks.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.read.is_empty() && self.starred.is_empty() && self.tags.is_empty()
    }

    /// Reports whether it was read.
    #[must_use]
    pub fn is_read(&self, group: Id) -> bool {
        self.read.contains(&group)
    }

    /// Reports whether it has a star.
    #[must_use]
    pub fn is_starred(&self, group: Id) -> bool {
        self.starred.contains(&group)
    }

    /// Reports whether it was read and its text is another one now.
    #[must_use]
    pub fn is_changed(&self, group: Id) -> bool {
        self.changed.contains(&group)
    }

    /// Returns the tags, if any.
    #[must_use]
    pub fn tags(&self, group: Id) -> Option<&BTreeSet<Clean>> {
        self.tags.get(&group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_is_found_and_nothing_is_left_behind() {
        let mut marks = Marks::default();
        let group = Id::of(&["a"]);
        let marking = Marking { read: true, starred: true, changed: true, tags: [Clean::line("työ")].into() };
        assert!(!marks.set(group, marking.clone()));
        assert_eq!(marks.of(group), marking);
        assert!(marks.set(group, Marking::default()));
        assert_eq!(marks, Marks::default());
    }

    #[test]
    fn a_star_says_nothing_of_the_text_and_reading_does() {
        let mut marks = Marks::default();
        let group = Id::of(&["a"]);
        let read = Marking { read: true, ..Marking::default() };
        let changed = Marking { changed: true, ..read.clone() };
        marks.set(group, changed.clone());
        let starred = Marking { starred: true, ..read.clone() };
        marks.make(&MarkChange { group, before: read.clone(), after: starred });
        assert!(marks.is_changed(group) && marks.is_starred(group));
        let reading = MarkChange { group, before: changed.clone(), after: read };
        marks.make(&reading);
        assert!(marks.is_read(group) && !marks.is_changed(group));
        marks.make(&reading.reversed());
        assert_eq!(marks.of(group), changed);
        // What is unread is nothing but that.
        marks.set(group, Marking { read: false, ..changed });
        assert_eq!(marks, Marks::default());
    }
}
