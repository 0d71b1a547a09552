//! How wide the column is and how its lines are filled.

/// How lines are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fill {
    /// Ragged right with hyphenation.
    #[default]
    Ragged,
    /// Blanks widened to an even right edge, with hyphenation.
    Justified,
    /// Ragged right, words cut only where they would not fit a line.
    Unhyphenated,
}

/// The settings that decide how an announcement is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Cells a line may take.
    pub width: u16,
    /// How lines are filled.
    pub fill: Fill,
    /// Whether the boilerplate is shown in full.
    pub boilerplate: bool,
}
