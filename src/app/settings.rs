//! What a user of the program chose: language, widths, fill, theme.

use crate::text::Language;
use crate::typeset::Fill;

/// Text widths, in cells: the least, the default, the most.
pub const TEXT_WIDTHS: (u16, u16, u16) = (24, 66, 120);

/// What a user of the program chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language the program speaks.
    pub language: Language,
    /// The languages to show announcements in, best first; others come in the order of the library.
    pub languages: Vec<Language>,
    /// The most cells a line of text takes.
    pub text_width: u16,
    /// Cells added to the list's width, or taken from it.
    pub list_width: i16,
    /// How lines are filled.
    pub fill: Fill,
    /// Whether boilerplate is shown in full.
    pub boilerplate: bool,
    /// Number of the colour theme.
    pub theme: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::English,
            languages: Vec::new(),
            text_width: TEXT_WIDTHS.1,
            list_width: 0,
            fill: Fill::Ragged,
            boilerplate: false,
            theme: 0,
        }
    }
}
