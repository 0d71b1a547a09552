//! Dates as announcements state them: to the year, the month, the day or the minute, and where each came from.
//! It knows no clock, and no time zone but the one it is handed: a stated offset is reckoned to the reader's.

mod feed_date;
mod feed_names;
mod field;
mod find;
mod http_date;
mod moment;
mod months;
mod partial_date;
mod stamps;
mod zone;

pub use feed_date::{FeedDate, read_feed_date};
pub use field::{date_in_name, read_date};
pub use find::{FoundDate, find_date, glued_date};
pub use http_date::http_date;
pub use moment::Moment;
pub use months::named_month;
pub use partial_date::{PartialDate, Precision};
pub use stamps::{Label, Revision, Stamp, Surety, revision_mark, stamp};
pub use zone::{UTC, Zone};
