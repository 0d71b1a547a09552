//! Holds the state stored between sessions: reading positions and the layout of the screen.

use std::collections::{BTreeMap, HashMap};

use crate::model::Id;
use crate::typeset::Place;

/// Holds the stored state, as it was last written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// Whether the layout of the screen is stored, which is so for the library.
    pub keeps: bool,
    /// The reading position of each announcement.
    pub places: HashMap<Id, Place>,
    /// The layout of the screen.
    pub session: BTreeMap<String, String>,
    /// The announcement whose reading position was restored when its text arrived.
    pub returned: Option<Id>,
}

impl Remembered {
    /// Returns the announcement that was selected when the last session ended.
    #[must_use]
    pub fn selected(&self) -> Option<Id> {
        self.session.get("selected")?.parse().ok()
    }
}
