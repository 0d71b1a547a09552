//! What the ending of a word makes of its stem.

/// How a stem goes on to the end of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tail {
    /// An inflected form of the word itself.
    Form,
    /// The stem begins a compound.
    Compound,
    /// A word derived from it.
    Derived,
}
