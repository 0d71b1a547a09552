//! The work that setting or searching a text takes, counted in tests to show that it is linear in the text.

/// Counts `steps` steps of work; does nothing outside tests.
pub fn count(steps: usize) {
    #[cfg(test)]
    counted::add(steps);
    let _ = steps;
}

#[cfg(test)]
pub(crate) use counted::steps_of;

#[cfg(test)]
mod counted {
    use std::cell::Cell;

    thread_local! {
        static STEPS: Cell<usize> = const { Cell::new(0) };
    }

    pub(super) fn add(steps: usize) {
        STEPS.with(|sum| sum.set(sum.get().saturating_add(steps)));
    }

    /// Returns the steps that `work` takes on this thread.
    pub(crate) fn steps_of(work: impl FnOnce()) -> usize {
        let before = STEPS.with(Cell::get);
        work();
        STEPS.with(Cell::get) - before
    }
}
