//! The clock: the time now, with the offset of the user's zone.

use std::time::{SystemTime, UNIX_EPOCH};

use super::zone;
use crate::calendar::Moment;

/// Returns the time now; the zone is looked up the first time.
#[must_use]
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    Moment { seconds, offset: zone::reader().offset_at(seconds) }
}
