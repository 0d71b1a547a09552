//! What is kept from one time to the next: how far texts were read and how the screen was left.

use std::collections::{BTreeMap, HashMap};

use crate::model::Id;
use crate::typeset::Place;

/// What is kept, as it was last wished to be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// Whether the screen is kept: it is the library's that is shown.
    pub keeps: bool,
    /// How far announcements were read.
    pub places: HashMap<Id, Place>,
    /// How the screen was left.
    pub session: BTreeMap<String, String>,
    /// The announcement whose place was returned to, once its text was there.
    pub returned: Option<Id>,
}

impl Remembered {
    /// What was selected when the screen was left.
    #[must_use]
    pub fn selected(&self) -> Option<Id> {
        self.session.get("selected")?.parse().ok()
    }
}
