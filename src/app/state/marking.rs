//! Handles the keys for marks, and changes of marks by other programs.

use std::sync::Arc;

use super::State;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::{Effect, Effects, messages};
use crate::model::{Id, MarkChange, Marking};
use crate::text::Clean;

impl State {
    /// Returns the number of unread rows of the list.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.library.len().saturating_sub(self.marks.read)
    }

    /// Returns the number of changes of marks that could not be stored yet.
    #[must_use]
    pub fn unsaved_marks(&self) -> usize {
        self.marks.waiting
    }

    /// Reports whether the announcement in row `row` was read.
    #[must_use]
    pub fn is_read(&self, row: usize) -> bool {
        self.rows().group(row).is_some_and(|group| self.marks.marks.is_read(group))
    }

    /// Reports whether the announcement was read and its text changed since.
    #[must_use]
    pub fn is_changed(&self, group: Id) -> bool {
        self.marks.marks.is_changed(group)
    }

    /// Returns the marks of the announcement with the group `group`.
    #[must_use]
    pub fn marks_of(&self, group: Id) -> Marking {
        self.marks.marks.of(group)
    }

    /// Changes the marks of one announcement with `change`, as one undo step.
    fn mark(&mut self, group: Id, change: impl FnOnce(&mut Marking)) {
        let before = self.marks.marks.of(group);
        let mut after = before.clone();
        change(&mut after);
        self.marks.change(&self.library, vec![MarkChange { group, before, after }], false);
    }

    pub(super) fn mark_read(&mut self, group: Id) {
        self.mark(group, |marking| (marking.read, marking.changed) = (true, false));
    }

    pub(super) fn toggle_read(&mut self) {
        if let Some(group) = self.selected() {
            // A changed announcement becomes read in its present form first.
            self.mark(group, |marking| (marking.read, marking.changed) = (!marking.read || marking.changed, false));
        }
    }

    pub(super) fn toggle_star(&mut self) {
        if let Some(group) = self.selected() {
            self.mark(group, |marking| marking.starred = !marking.starred);
        }
    }

    /// Marks every row of the list as read, as one undo step.
    pub(super) fn mark_all_read(&mut self) {
        let rows = self.rows();
        let changes = (0..rows.len())
            .filter_map(|row| rows.group(row))
            .filter(|group| !self.marks.marks.is_read(*group) || self.is_changed(*group))
            .map(|group| {
                let before = self.marks.marks.of(group);
                MarkChange { group, after: Marking { read: true, changed: false, ..before.clone() }, before }
            })
            .collect();
        self.marks.change(&self.library, changes, false);
        self.notify(messages::MARKED_READ);
    }

    /// Undoes the latest step that still has an effect; marks changed again since, by any program, stay as they are.
    pub(super) fn undo_marks(&mut self) -> Effects {
        let (mut passed, mut taken) = (Vec::new(), false);
        while !taken && let Some(step) = self.marks.steps.pop() {
            let first = step.first().cloned();
            let marks = &self.marks.marks;
            let back = |change: MarkChange| {
                let now = marks.of(change.group);
                change.taken_back(now)
            };
            let changes: Vec<MarkChange> = step.into_iter().filter_map(back).collect();
            taken = !changes.is_empty();
            if taken {
                self.marks.change(&self.library, changes, true);
            } else {
                passed.extend(first);
            }
        }
        self.notify(if taken { messages::MARK_UNDONE } else { messages::NOTHING_TO_UNDO });
        if passed.is_empty() { Effects::none() } else { Effect::ForgetSteps(passed).into() }
    }

    /// Opens the prompt for the tags of the selected announcement.
    pub(super) fn open_tags(&mut self) {
        if let Some(group) = self.selected() {
            let tags: Vec<String> = self.marks_of(group).tags.iter().map(ToString::to_string).collect();
            self.prompt = Some(Prompt::new(Purpose::Tags, &tags.join(", ")));
        }
    }

    /// Sets the tags of the selected announcement to those typed.
    pub(super) fn accept_tags(&mut self) -> Effects {
        let typed = self.typed();
        self.prompt = None;
        let tags = typed.split(',').map(Clean::line).filter(|tag| !tag.is_empty()).collect();
        if let Some(group) = self.selected() {
            self.mark(group, |marking| marking.tags = tags);
        }
        Effects::none()
    }

    /// Takes over marks as stored; they add no undo steps.
    pub(super) fn take_marks(&mut self, marks: Vec<(Id, Marking)>) -> Effects {
        for (group, marking) in marks {
            Arc::make_mut(&mut self.marks.marks).set(group, marking);
        }
        self.marks.touched = true;
        self.marks.recount(&self.library);
        Effects::none()
    }

    /// Takes over the undo steps of earlier sessions; those of this session come after them.
    pub(super) fn take_steps(&mut self, mut steps: Vec<Vec<MarkChange>>) -> Effects {
        steps.append(&mut self.marks.steps);
        self.marks.steps = steps;
        Effects::none()
    }
}
