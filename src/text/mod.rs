//! Text as the rest of the program may trust it: cleaned, measured in cells, folded, its language known.
//! It knows nothing of announcements, files or terminals.

mod language;

pub use language::Language;
