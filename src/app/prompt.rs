//! Holds the line typed in the status row: a query, letters of titles, a text to find, tags, or an address.

use super::actions::Scope;
use super::input::Input;

/// Holds a line being typed in the status row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its purpose.
    pub purpose: Purpose,
    /// The line.
    pub input: Input,
}

/// Names the purpose of a line being typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A query that searches all announcements.
    Search,
    /// Letters to filter titles by.
    Titles,
    /// A text to find in the announcement shown.
    Find,
    /// The tags of the selected announcement, separated by commas.
    Tags,
    /// The address of a feed to follow.
    Address,
    /// The user's name for a feed.
    FeedName,
    /// The tags of a feed, separated by commas.
    FeedTags,
    /// The hours between two fetches of a feed.
    FeedHours,
}

impl Purpose {
    /// Returns the scopes whose keys are listened to while the line is typed, the first before the other.
    #[must_use]
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Self::Search | Self::Titles => &[Scope::SearchPrompt, Scope::Prompt],
            Self::Find => &[Scope::FindPrompt, Scope::Prompt],
            Self::Tags | Self::Address | Self::FeedName | Self::FeedTags | Self::FeedHours => &[Scope::Prompt],
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
