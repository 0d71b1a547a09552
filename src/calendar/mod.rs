//! Dates as announcements state them: to the year, the month, the day or the minute, and where each came from.
//! It knows no clock and no time zone: a stamp is shown as its announcement stated it.

mod find;
mod months;
mod partial_date;
mod stamps;

pub use find::{FoundDate, find_date, glued_date};
pub use months::named_month;
pub use partial_date::{PartialDate, Precision};
pub use stamps::{Label, Revision, Stamp, Surety, revision_mark, stamp};
