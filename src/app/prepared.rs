//! An announcement that was read, with what was made ready of it before anyone asked.

use std::sync::Arc;

use crate::model::Announcement;
use crate::typeset::{Layout, Measure};

/// An announcement that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The announcement, or the first part of it.
    pub announcement: Arc<Announcement>,
    /// Its first rows set, where that was done ahead.
    layout: Option<Layout>,
}

impl From<Announcement> for Prepared {
    fn from(announcement: Announcement) -> Self {
        Self { announcement: Arc::new(announcement), layout: None }
    }
}

impl Prepared {
    /// Sets its first rows.
    pub fn set(&mut self, measure: Measure, rows: u16) {
        let mut layout = Layout::new(Arc::clone(&self.announcement), "", measure);
        layout.prepare(usize::from(rows));
        self.layout = Some(layout);
    }

    /// Whether its first rows were set to `measure`.
    #[must_use]
    pub fn is_set(&self, measure: Measure) -> bool {
        self.layout.as_ref().is_some_and(|layout| layout.measure() == measure)
    }

    /// It at a measure, `meta` being the line under its title; with the rows that were set to that measure already.
    #[must_use]
    pub fn laid_out(&self, meta: &str, measure: Measure) -> Layout {
        match &self.layout {
            Some(layout) if layout.measure() == measure => layout.with_meta(meta),
            _ => Layout::new(Arc::clone(&self.announcement), meta, measure),
        }
    }
}
