//! Dates as announcements state them: to the year, the month, the day or the minute, and where each came from.
//! It knows no clock and no time zone: a stamp is shown as its announcement stated it.

mod partial_date;

pub use partial_date::{PartialDate, Precision};
