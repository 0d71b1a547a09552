//! The break hints of a text, kept beside it.

/// A place in a text where its author allowed or forbade a line break.
///
/// Soft hyphens, zero-width spaces and word joiners never stay in a cleaned text: terminals disagree about their
/// width. They are kept as hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hint {
    /// Byte offset in the cleaned text; the hint stands before the character at it.
    pub offset: u32,
    /// The kind of the hint.
    pub kind: HintKind,
}

/// The three invisible characters that speak about line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HintKind {
    /// U+00AD: the word may be cut here, and is then given a hyphen.
    SoftHyphen,
    /// U+200B: a line may end here, without a hyphen.
    ZeroWidthSpace,
    /// U+2060: no line ends here.
    WordJoiner,
}
