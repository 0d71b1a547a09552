//! Searching: the thread that answers what is typed, the texts and the index it looks in, and the watched searches.
//! It changes nothing of the library but what the watched searches found.

pub mod answers;
pub mod corpus;
pub mod excerpts;
pub mod finder;
pub mod index;
pub(in crate::io) mod watched;
