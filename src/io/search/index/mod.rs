//! The word index of a library: a file beside it that is made of it and may be deleted at any time. What changed since
//! it was made is looked through as it is. Nothing here is ever trusted more than the library itself.

mod build;
mod file;
mod library;
mod records;
mod texts;

pub use build::{Built, build, is_stale, renew};
pub use library::{LibraryIndex, Question};
pub use records::{Record, Records};

#[cfg(test)]
mod tests;
