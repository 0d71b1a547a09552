//! Marking announcements: read, starred, tagged, and every step back.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Effect, Effects};
use crate::model::{Id, Library, MarkChange, Marks, Turnover};

/// Steps that can be taken back.
const STEPS: usize = 1000;

/// What was marked, and how to take it back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// What was marked.
    pub marks: Arc<Marks>,
    /// Steps that can be taken back, the oldest first.
    pub steps: Vec<Vec<MarkChange>>,
    /// Rows of the library that were read, so that nothing needs to be counted for a frame.
    pub read: usize,
    /// Whether marks were changed and what follows from them was not looked at yet.
    pub touched: bool,
    wishes: Effects,
}

impl Marked {
    /// Counts anew after the library changed.
    pub fn recount(&mut self, library: &Library) {
        let rows = (0..library.len()).filter_map(|row| library.leader(row));
        self.read = if self.marks.is_empty() { 0 } else { rows.filter(|row| self.marks.is_read(row.group)).count() };
    }

    /// Counts what is read of the rows that came and went.
    pub fn count(&mut self, turnover: &Turnover) {
        let read = |groups: &[Id]| groups.iter().filter(|group| self.marks.is_read(**group)).count();
        self.read = (self.read + read(&turnover.came)).saturating_sub(read(&turnover.went));
    }

    /// Lets the steps go by the names that announcements have now; `left` tells which groups others still go by.
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

    /// What is to be kept, once.
    pub fn wishes(&mut self) -> Effects {
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

    /// Makes changes and wishes them kept; those that change nothing are left out.
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
