//! What the keys for marks do, and what happens when others mark or announcements change.

use std::sync::Arc;

use super::State;
use crate::app::input::Input;
use crate::app::{Effect, Effects, Key, KeyCode, messages};
use crate::model::{Id, MarkChange, Marking};
use crate::text::Clean;

impl State {
    /// How many rows of the list were not read yet.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.library.len().saturating_sub(self.marked.read)
    }

    /// Whether the announcement in row `row` was read.
    #[must_use]
    pub fn is_read(&self, row: usize) -> bool {
        self.rows().group(row).is_some_and(|group| self.marked.marks.is_read(group))
    }

    /// Whether the announcement was read and its text was changed since.
    #[must_use]
    pub fn is_changed(&self, group: Id) -> bool {
        self.marked.marks.is_changed(group)
    }

    /// The marks of the announcement whose versions share `group`.
    #[must_use]
    pub fn marks_of(&self, group: Id) -> Marking {
        self.marked.marks.of(group)
    }

    /// The tags being typed.
    #[must_use]
    pub fn tags_prompt(&self) -> Option<&Input> {
        self.marked.prompt.as_ref()
    }

    /// Changes the marks of one announcement by `change`, as one step.
    fn mark(&mut self, group: Id, change: impl FnOnce(&mut Marking)) {
        let before = self.marked.marks.of(group);
        let mut after = before.clone();
        change(&mut after);
        self.marked.change(&self.library, vec![MarkChange { group, before, after }], false);
    }

    pub(super) fn mark_read(&mut self, group: Id) {
        self.mark(group, |marking| (marking.read, marking.changed) = (true, false));
    }

    pub(super) fn toggle_read(&mut self) {
        if let Some(group) = self.selected() {
            // What was changed is first read as it is now.
            self.mark(group, |marking| (marking.read, marking.changed) = (!marking.read || marking.changed, false));
        }
    }

    pub(super) fn toggle_star(&mut self) {
        if let Some(group) = self.selected() {
            self.mark(group, |marking| marking.starred = !marking.starred);
        }
    }

    /// Marks every row of the list as read, as one step.
    pub(super) fn mark_all_read(&mut self) {
        let rows = self.rows();
        let changes = (0..rows.len())
            .filter_map(|row| rows.group(row))
            .filter(|group| !self.marked.marks.is_read(*group) || self.is_changed(*group))
            .map(|group| {
                let before = self.marked.marks.of(group);
                MarkChange { group, after: Marking { read: true, changed: false, ..before.clone() }, before }
            })
            .collect();
        self.marked.change(&self.library, changes, false);
        self.tell(messages::MARKED_READ);
    }

    /// Takes the last step back of which anything is left; what was changed again since, by whomever, stays as it is.
    pub(super) fn undo_marks(&mut self) -> Effects {
        let (mut passed, mut taken) = (Vec::new(), false);
        while !taken && let Some(step) = self.marked.steps.pop() {
            let first = step.first().cloned();
            let marks = &self.marked.marks;
            let back = |change: MarkChange| {
                let now = marks.of(change.group);
                change.taken_back(now)
            };
            let changes: Vec<MarkChange> = step.into_iter().filter_map(back).collect();
            taken = !changes.is_empty();
            if taken {
                self.marked.change(&self.library, changes, true);
            } else {
                passed.extend(first);
            }
        }
        self.tell(if taken { messages::TAKEN_BACK } else { messages::NOTHING_TO_UNDO });
        if passed.is_empty() { Effects::none() } else { Effect::ForgetSteps(passed).into() }
    }

    /// Asks for the tags of the selected announcement.
    pub(super) fn open_tags(&mut self) {
        if let Some(group) = self.selected() {
            let tags: Vec<String> = self.marks_of(group).tags.iter().map(ToString::to_string).collect();
            let mut input = Input::default();
            input.insert(&tags.join(", "));
            self.marked.prompt = Some(input);
        }
    }

    pub(super) fn press_tags(&mut self, key: Key) {
        match key.code {
            KeyCode::Esc => self.marked.prompt = None,
            KeyCode::Enter => {
                let typed = self.marked.prompt.take().map(|input| input.text().to_owned()).unwrap_or_default();
                let tags = typed.split(',').map(Clean::line).filter(|tag| !tag.is_empty()).collect();
                if let Some(group) = self.selected() {
                    self.mark(group, |marking| marking.tags = tags);
                }
            }
            _ => {
                if let Some(input) = &mut self.marked.prompt {
                    input.press(key);
                }
            }
        }
    }

    /// Takes marks over as they are kept; they are not steps of this reader's.
    pub(super) fn take_marks(&mut self, marks: Vec<(Id, Marking)>) -> Effects {
        for (group, marking) in marks {
            Arc::make_mut(&mut self.marked.marks).set(group, marking);
        }
        self.marked.touched = true;
        self.marked.recount(&self.library);
        Effects::none()
    }

    /// Takes over the steps from earlier times; what was done meanwhile comes after them.
    pub(super) fn take_steps(&mut self, mut steps: Vec<Vec<MarkChange>>) -> Effects {
        steps.append(&mut self.marked.steps);
        self.marked.steps = steps;
        Effects::none()
    }
}
