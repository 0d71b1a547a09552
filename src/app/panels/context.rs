//! Gives panels access to the state beneath them.

use std::sync::Arc;

use crate::app::keymap::Keymap;
use crate::app::marks::Marked;
use crate::app::messages::Text;
use crate::app::notices::Notices;
use crate::app::rows::Rows;
use crate::app::settings::Settings;
use crate::model::{Announcement, Entry, Library, SavedSearch};
use crate::text::{Clean, Language};

/// Borrows the parts of the state that panels show.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The user's settings.
    pub settings: &'a Settings,
    /// The keymap.
    pub keymap: &'a Keymap,
    /// Every announcement known.
    pub library: &'a Library,
    /// The rows of the list.
    pub rows: Rows<'a>,
    /// The marks and the undo history.
    pub marks: &'a Marked,
    /// The saved searches.
    pub searches: &'a [SavedSearch],
    /// The notices and problems.
    pub notices: &'a Notices,
    /// The announcement that is shown or loading.
    pub shown: Option<&'a Entry>,
    /// Its text, once read.
    pub text: Option<&'a Arc<Announcement>>,
    /// The name of the library, or of the paths that were given as arguments.
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
