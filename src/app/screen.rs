//! Holds the size of the screen, the areas of the panes, and the focus.

use super::plan::{Focus, Plan, PlanOptions};
use super::settings::Settings;

/// Holds the layout of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screen {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The pane with the focus.
    pub focus: Focus,
    /// Whether only the text is shown.
    pub zen: bool,
    /// The areas of the panes.
    pub plan: Plan,
    /// Whether a key has been pressed yet; until then the newest announcement stays selected.
    pub(super) touched: bool,
    /// Whether the rule between the panes is being dragged.
    pub(super) dragging: bool,
}

impl Screen {
    /// Updates the plan to the size, the focus and the settings.
    pub fn settle(&mut self, settings: &Settings) {
        let options = PlanOptions {
            focus: self.focus,
            zen: self.zen,
            list_width: settings.list_width,
            text_width: settings.text_width,
        };
        self.plan = Plan::of(self.size.0, self.size.1, options);
    }
}
