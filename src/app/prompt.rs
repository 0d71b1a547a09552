//! The line typed in the status row: a search, letters of titles, something to find in the text, tags.

use super::actions::Scope;
use super::input::Input;

/// A line being typed in the status row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// The line.
    pub input: Input,
}

/// Says what a line is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A query that searches all announcements.
    Search,
    /// Letters that titles are filtered by.
    Titles,
    /// Something to find in the text shown.
    Find,
    /// The tags of the selected announcement, with commas between them.
    Tags,
}

impl Purpose {
    /// Returns the scopes whose keys are listened to while the line is typed, the first before the other.
    #[must_use]
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Search | Self::Titles => &[Scope::SearchPrompt, Scope::Prompt],
            Self::Find => &[Scope::FindPrompt, Scope::Prompt],
            Self::Tags => &[Scope::Prompt],
        }
    }

    /// Reports whether what is typed changes the list as it is typed.
    #[must_use]
    pub const fn searches(self) -> bool {
        matches!(self, Self::Search | Self::Titles)
    }
}

impl Prompt {
    /// Opens a line on `text`, with the cursor at its end.
    #[must_use]
    pub fn new(purpose: Purpose, text: &str) -> Self {
        let mut input = Input::default();
        input.insert(text);
        Self { purpose, input }
    }
}
