//! Writing marks: at once, and again with the next ones where that failed.

use super::Keeper;
use crate::app::{Event, Problem};
use crate::io::store;
use crate::model::MarkChange;

/// Marks that could not be written yet.
#[derive(Debug, Default)]
pub(super) struct Unsaved {
    /// Changes, and whether they undo a step, in the order they were made.
    steps: Vec<(Vec<MarkChange>, bool)>,
    /// Whether it was reported that marks outside the library are not kept.
    warned: bool,
}

impl Keeper {
    /// Keeps changes of marks as one step, or as a step undone.
    pub(super) fn mark(&mut self, changes: Vec<MarkChange>, undoing: bool) {
        self.warn(&changes);
        self.unsaved.steps.push((changes, undoing));
        self.save_marks();
    }

    /// Reports once that what is starred or tagged on purpose is not kept where it is in no library.
    fn warn(&mut self, changes: &[MarkChange]) {
        if !self.keeping.shown && !self.unsaved.warned && store::passes_over(self.keeping.store.as_ref(), changes) {
            self.unsaved.warned = true;
            let _ = self.events.send(Event::Failed(Problem::MarkUnkept));
        }
    }

    /// Writes the marks that wait, in their order; those that cannot be written go on waiting.
    pub(super) fn save_marks(&mut self) {
        if self.unsaved.steps.is_empty() || !self.prepare() {
            return;
        }
        // What others changed comes first, so that what is asked for now has the last word.
        let marked = self.look();
        let known_only = !self.keeping.shown;
        while let Some((changes, undoing)) = self.unsaved.steps.first() {
            let Some(store) = &mut self.keeping.store else { return };
            match store.mark(changes, *undoing, known_only) {
                Ok(seq) => {
                    self.unsaved.steps.remove(0);
                    self.complained = false;
                    // Had another been quicker in between, its change is reported at the next look.
                    if seq == self.since + 1 && !marked {
                        self.since = seq;
                    }
                }
                Err(fault) => return self.complain(&fault),
            }
        }
        if marked {
            // What was reported of others' marks is not the last word.
            self.look();
        }
    }

    /// Forgets undo steps.
    pub(super) fn forget_steps(&mut self, steps: &[MarkChange]) {
        let Some(store) = self.keeping.store.as_mut().filter(|store| store.is_writable()) else { return };
        if let Err(fault) = store.forget_steps(steps) {
            self.complain(&fault);
        }
    }
}
