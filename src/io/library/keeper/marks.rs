//! Writing marks: at once, and again with the next ones where that failed.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Keeper;
use crate::app::problem::name;
use crate::app::{Event, Problem, Reason};
use crate::io::store;
use crate::model::MarkChange;

/// Counts the changes of marks the thread is through with; shared with whoever asks it for them.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<AtomicUsize>);

impl Progress {
    /// Returns how many changes were written, or are not to be kept.
    #[must_use]
    pub fn done(&self) -> usize {
        self.0.load(Ordering::Acquire)
    }
}

/// Marks that could not be written yet.
#[derive(Debug, Default)]
pub(super) struct Unsaved {
    /// How many changes were asked for, and how many of them need no more work.
    asked: usize,
    progress: Progress,
    /// Changes, and whether they undo a step, in the order they were made.
    steps: Vec<(Vec<MarkChange>, bool)>,
    /// How many changes were last reported to wait.
    reported: usize,
    /// Why they wait.
    pub(super) reason: Option<Reason>,
    /// Whether it was reported that marks outside the library are not kept.
    warned: bool,
}

impl Unsaved {
    /// Makes an empty one that reports to `progress`.
    pub(super) fn reporting(progress: &Progress) -> Self {
        Self { progress: progress.clone(), ..Self::default() }
    }

    fn count(&self) -> usize {
        self.steps.iter().map(|(changes, _)| changes.len()).sum()
    }
}

impl Keeper {
    /// Keeps changes of marks as one step, or as a step undone.
    pub(super) fn mark(&mut self, changes: Vec<MarkChange>, undoing: bool) {
        self.unsaved.asked += changes.len();
        self.take_marks(changes, undoing);
        self.report_progress();
    }

    fn take_marks(&mut self, changes: Vec<MarkChange>, undoing: bool) {
        self.warn(&changes);
        let read_only = self.keeping.store.as_ref().is_some_and(|store| !store.is_writable());
        let changes = if read_only { self.kept_elsewhere(changes) } else { changes };
        if changes.is_empty() {
            return;
        }
        if read_only && changes.iter().any(MarkChange::is_filing) {
            let reason = self.unsaved.reason.get_or_insert(Reason::Unwritable).clone();
            let problem = Problem::MarksUnkept { path: name(&self.keeping.path), reason };
            let _ = self.events.send(Event::Failed(problem));
        }
        self.unsaved.steps.push((changes, undoing));
        self.save_marks();
    }

    /// Returns those of `changes` that a library would keep that can only be read.
    fn kept_elsewhere(&self, mut changes: Vec<MarkChange>) -> Vec<MarkChange> {
        if !self.keeping.shown {
            let store = self.keeping.store.as_ref();
            let known = |group| store.is_some_and(|store| matches!(store.version(group, None), Ok(Some(_))));
            changes.retain(|change| known(change.group));
        }
        changes
    }

    /// Returns how many changes wait. Where the library is not what is read, it is not made for the sake of marks.
    fn waiting(&self) -> usize {
        if self.keeping.shown || self.keeping.store.is_some() { self.unsaved.count() } else { 0 }
    }

    fn report_progress(&self) {
        let done = self.unsaved.asked.saturating_sub(self.waiting());
        self.unsaved.progress.0.store(done, Ordering::Release);
    }

    /// Returns the changes that are lost when the program ends now.
    pub(super) fn lost(&self) -> Option<Problem> {
        let marks = self.waiting();
        (marks > 0).then(|| Problem::MarksLost {
            path: name(&self.keeping.path),
            marks,
            reason: self.unsaved.reason.clone().unwrap_or(Reason::Unwritable),
        })
    }

    /// Reports how many changes wait, where that is another number than was reported last.
    fn report_waiting(&mut self) {
        let waiting = self.waiting();
        if std::mem::replace(&mut self.unsaved.reported, waiting) != waiting {
            let _ = self.events.send(Event::MarksWaited(waiting));
        }
    }

    /// Reports once that what is starred or tagged on purpose is not kept where it is in no library.
    fn warn(&mut self, changes: &[MarkChange]) {
        if !self.keeping.shown && !self.unsaved.warned && store::passes_over(self.keeping.store.as_ref(), changes) {
            self.unsaved.warned = true;
            let _ = self.events.send(Event::Failed(Problem::MarkUnkept));
        }
    }

    /// Writes the marks that wait, in their order; those that cannot be written go on waiting, which is reported.
    pub(super) fn save_marks(&mut self) {
        self.write_marks();
        self.report_progress();
        self.report_waiting();
    }

    fn write_marks(&mut self) {
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
                    self.report_progress();
                    self.complained = false;
                    // Had another been quicker in between, its change is reported at the next look.
                    if seq == self.since + 1 && !marked {
                        self.since = seq;
                    }
                }
                Err(fault) => {
                    self.unsaved.reason = Some(fault.reason.clone());
                    return self.complain(&fault);
                }
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
