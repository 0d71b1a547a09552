//! Text as the rest of the program may trust it: cleaned, measured in cells, folded, its language known.
//! It knows nothing of announcements, files or terminals.

pub mod fold;
mod language;

pub use fold::{Folded, Folding};
pub use language::Language;
