//! How the end of a word continues its stem.

/// How a stem continues to the end of its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tail {
    /// An inflected form of the word itself.
    Form,
    /// A compound that the stem begins.
    Compound,
    /// A word derived from it.
    Derived,
}
