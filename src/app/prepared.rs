//! Holds an announcement that was read, with a layout that may have been made ahead.

use std::sync::Arc;

use crate::model::Announcement;
use crate::typeset::{Layout, Measure};

/// Holds an announcement that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The announcement, or the first part of it.
    pub announcement: Arc<Announcement>,
    /// The layout of its first rows, where that was made ahead.
    layout: Option<Layout>,
}

impl From<Announcement> for Prepared {
    fn from(announcement: Announcement) -> Self {
        Self { announcement: Arc::new(announcement), layout: None }
    }
}

impl Prepared {
    /// Lays out its first rows.
    pub fn set(&mut self, measure: Measure, rows: u16) {
        let mut layout = Layout::new(Arc::clone(&self.announcement), "", measure);
        layout.prepare(usize::from(rows));
        self.layout = Some(layout);
    }

    /// Reports whether its first rows were laid out at `measure`.
    #[must_use]
    pub fn is_set(&self, measure: Measure) -> bool {
        self.layout.as_ref().is_some_and(|layout| layout.measure() == measure)
    }

    /// Returns its layout at `measure`, with `meta` as the line under its title; reuses the rows laid out ahead at that
    /// measure.
    #[must_use]
    pub fn laid_out(&self, meta: &str, measure: Measure) -> Layout {
        match &self.layout {
            Some(layout) if layout.measure() == measure => layout.with_meta(meta),
            _ => Layout::new(Arc::clone(&self.announcement), meta, measure),
        }
    }
}
