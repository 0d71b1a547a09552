//! The data of the program: announcements, their documents, and the library that lists them.
//! It never reads files, wraps lines or looks at a clock.

mod announcement;
mod counting;
mod document;
mod entry;
pub mod export;
mod fault;
mod form;
mod id;
mod library;
mod marks;
mod numbers;
mod saved;
mod sketch;
mod twins;

pub use announcement::{Announcement, Dated, Note, Origin, Provenance, reading_minutes};
pub use counting::Counting;
pub use document::{Block, BlockBuilder, BlockKind, Document, Link, Mark, Marker, Speaker, Style, Table};
pub use entry::{Entry, Location};
pub use fault::{CertificateFault, Fault, RedirectFault, spread};
pub use form::{form, is_withdrawal};
pub use id::Id;
pub use library::{Library, LibraryChange, Renamed};
pub use marks::{MarkChange, Marking, Marks};
pub use saved::{News, SavedSearch, SearchChange, Watch};
pub use sketch::Sketch;
