//! Finding words in announcements: queries, the stems a word may have in three languages, matching, ranking, snippets.
//! It never reads a file or a clock and never starts a thread.

mod english;
mod finnish;
mod gathered;
pub mod index;
mod matcher;
mod pattern;
mod query;
mod scan;
mod snippet;
mod swedish;
mod tail;
mod titles;

pub use gathered::{Gathered, Spot};
pub use matcher::{Fields, Match, Matcher, Rank, Texts, days};
pub use pattern::{Fit, Step, WordPattern};
pub use query::{DateSpan, FIELDS, Field, Query, QueryError, QueryErrorKind, State, Term, Text, What};
pub use scan::{Entry, Hit, scan};
pub use snippet::{Snippet, snippet};
pub use titles::{Filtered, Part as TitlePart, Titles, letters};
