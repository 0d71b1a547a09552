//! The screen: its size, where the panes stand on it, and which of them has the keys.

use super::plan::{Focus, Plan, Wishes};
use super::settings::Settings;

/// Holds how the screen is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// Which pane has the keys.
    pub focus: Focus,
    /// Whether the text stands alone.
    pub zen: bool,
    /// Where things stand.
    pub plan: Plan,
    /// Whether a key was pressed yet; until then the newest announcement stays selected.
    pub(super) touched: bool,
    /// Whether the rule between the panes is being dragged.
    pub(super) dragging: bool,
}

impl Screen {
    /// Makes the plan follow from the size, the focus and what the user chose.
    pub fn settle(&mut self, settings: &Settings) {
        let wishes = Wishes {
            focus: self.focus,
            zen: self.zen,
            list_width: settings.list_width,
            text_width: settings.text_width,
        };
        self.plan = Plan::of(self.size.0, self.size.1, wishes);
    }
}
