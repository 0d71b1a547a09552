//! Holds the position in the list: the selected row and where it is on the screen.

use crate::model::Id;

/// Holds the position in the list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListPosition {
    /// The group of the selected announcement.
    pub selected: Option<Id>,
    /// The screen row, from the top of the pane, on which it begins.
    pub(super) selected_y: i32,
}

impl ListPosition {
    /// Returns the position with `selected` at the top of the pane.
    #[must_use]
    pub fn top(selected: Option<Id>) -> Self {
        Self { selected, selected_y: 0 }
    }
}
