//! What panels may look at of the state beneath them.

use std::sync::Arc;

use crate::app::keymap::Keymap;
use crate::app::marks::Marked;
use crate::app::messages::Text;
use crate::app::notices::Notices;
use crate::app::rows::Rows;
use crate::app::search::Search;
use crate::app::settings::Settings;
use crate::model::{Announcement, Entry, Library, SavedSearch};
use crate::text::{Clean, Language};

/// Borrows the parts of the state that panels tell of.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What the user chose.
    pub settings: &'a Settings,
    /// Which keys do what.
    pub keymap: &'a Keymap,
    /// Every announcement known.
    pub library: &'a Library,
    /// The rows of the list.
    pub rows: Rows<'a>,
    /// What was read, starred and tagged.
    pub marks: &'a Marked,
    /// The search through all announcements.
    pub search: &'a Search,
    /// The saved searches.
    pub searches: &'a [SavedSearch],
    /// What was told and what went wrong.
    pub notices: &'a Notices,
    /// The announcement that is shown or waited for.
    pub shown: Option<&'a Entry>,
    /// Its text, once it was read.
    pub text: Option<&'a Arc<Announcement>>,
    /// The name of what is read.
    pub place_name: &'a Clean,
}

impl Context<'_> {
    /// Returns the language the program speaks.
    #[must_use]
    pub fn language(&self) -> Language {
        self.settings.language
    }

    /// Returns a text in the language the program speaks.
    #[must_use]
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.settings.language)
    }
}
