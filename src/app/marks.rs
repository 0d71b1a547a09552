//! Holds the marks of announcements (read, starred, tagged) and the undo history.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Effect, Effects};
use crate::model::{Id, Library, LibraryChange, MarkChange, Marks};

/// Most undo steps kept.
const STEPS: usize = 1000;

/// Holds the marks and the undo history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// The marks.
    pub marks: Arc<Marks>,
    /// The undo history, the oldest step first.
    pub steps: Vec<Vec<MarkChange>>,
    /// Number of library rows that were read, counted ahead so that drawing a frame counts nothing.
    pub read: usize,
    /// Whether marks were changed and what depends on them is not yet updated.
    pub touched: bool,
    /// Number of changes that could not be stored yet.
    pub waiting: usize,
    wishes: Effects,
}

impl Marked {
    /// Counts the rows that were read, after the library changed.
    pub fn recount(&mut self, library: &Library) {
        let rows = (0..library.len()).filter_map(|row| library.leader(row));
        self.read = if self.marks.is_empty() { 0 } else { rows.filter(|row| self.marks.is_read(row.group)).count() };
    }

    /// Updates the count of rows that were read by those that were added and removed.
    pub fn count(&mut self, change: &LibraryChange) {
        let read = |groups: &[Id]| groups.iter().filter(|group| self.marks.is_read(**group)).count();
        self.read = (self.read + read(&change.added)).saturating_sub(read(&change.removed));
    }

    /// Updates the undo history to new ids; `left` tells which groups still use the old ones.
    pub fn rename(&mut self, names: &HashMap<Id, Vec<Id>>, left: impl Fn(Id) -> bool) {
        if names.is_empty() {
            return;
        }
        for step in &mut self.steps {
            let mut renamed = Vec::new();
            for change in step.iter() {
                let now = names.get(&change.group).into_iter().flatten();
                renamed.extend(now.map(|group| MarkChange { group: *group, ..change.clone() }));
            }
            if !renamed.is_empty() {
                step.retain(|change| !names.contains_key(&change.group) || left(change.group));
                renamed.retain(|change| step.iter().all(|known| known.group != change.group));
                step.extend(renamed);
            }
        }
    }

    /// Takes the effects that store the changes.
    pub fn take_effects(&mut self) -> Effects {
        std::mem::replace(&mut self.wishes, Effects::none())
    }

    fn make(&mut self, library: &Library, change: &MarkChange) {
        let reads = change.after.read;
        self.touched = true;
        let was = Arc::make_mut(&mut self.marks).make(change);
        if was != reads && library.row_of(change.group).is_some() {
            self.read = if reads { self.read + 1 } else { self.read.saturating_sub(1) };
        }
    }

    /// Makes changes and requests that they be stored, without those that change nothing.
    pub fn change(&mut self, library: &Library, mut changes: Vec<MarkChange>, undoing: bool) {
        changes.retain(|change| change.before != change.after);
        if changes.is_empty() {
            return;
        }
        for change in &changes {
            self.make(library, change);
        }
        if !undoing {
            self.steps.drain(..(self.steps.len() + 1).saturating_sub(STEPS));
            self.steps.push(changes.clone());
        }
        self.wishes.push(Effect::SaveMarks { changes, undoing });
    }
}
