//! How the list stands: which row is selected, and where on the screen.

use crate::model::Id;

/// Which row is selected, and where it stands in the pane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What the language versions of the selected announcement share.
    pub selected: Option<Id>,
    /// The screen row, from the top of the pane, on which it begins.
    pub(super) anchor: i32,
}

impl Standing {
    /// A row at the top of the pane.
    #[must_use]
    pub fn top(selected: Option<Id>) -> Self {
        Self { selected, anchor: 0 }
    }
}
