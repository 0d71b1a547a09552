//! A word index over folded announcements: which words there are and in which announcements they stand, newest first.
//! It finds what a [`scan`](fn@super::scan) finds, and is made anew rather than trusted when a byte of it is wrong. It
//! touches no file: whoever keeps its bytes lends them.

mod bytes;
mod class;
mod code;
mod layout;
mod lookup;
mod memory;
mod merge;
mod run;
mod vocabulary;

pub use bytes::{Bytes, Damaged};
pub use lookup::{Found, Hit, Index, Kept};
pub use memory::{Folded, in_memory};
pub use merge::{Contents, merge};
pub use run::Run;

#[cfg(test)]
mod tests;
