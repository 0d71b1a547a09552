//! Holds the user's settings: language, widths, fill, theme.

use crate::text::Language;
use crate::typeset::Fill;

/// Text widths, in cells: the least, the default, the greatest.
pub const TEXT_WIDTHS: (u16, u16, u16) = (24, 66, 120);

/// Holds the user's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The language of the interface.
    pub language: Language,
    /// The preferred languages of announcements, best first; others come in the order of the library.
    pub languages: Vec<Language>,
    /// The greatest width of a line of text, in cells.
    pub text_width: u16,
    /// Cells added to the list's width, or taken from it.
    pub list_width: i16,
    /// How lines are filled: ragged or justified, hyphenated or not.
    pub fill: Fill,
    /// Whether boilerplate is shown in full.
    pub boilerplate: bool,
    /// Index of the colour theme.
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
