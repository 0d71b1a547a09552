//! Text that the rest of the program can rely on: cleaned, measured in cells, folded, of a known language.
//! It knows nothing of announcements, files or terminals.

pub mod address;
mod clean;
mod common_words;
pub mod fold;
mod guess;
mod hint;
mod language;
mod line_ends;
mod normalize;
mod soften;
mod width;
pub mod work;

pub use clean::{Clean, Cleaner};
pub use fold::{Folded, Folding};
pub use guess::{guess_language, guess_other_language};
pub use hint::{Hint, HintKind};
pub use language::Language;
pub use line_ends::with_line_feeds;
pub use normalize::normalize_paragraph;
pub use soften::soften;
pub use width::width;
