//! Which feeds are asked for now, and why others are passed over.

use crate::io::store::{Feed, FeedState, Host};
use crate::model::{Fault, spread};

/// Seconds of an hour and of a day.
const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;
/// A feed that answered less than this many seconds ago is passed over when it is asked for by hand.
const LATELY: i64 = 5 * 60;

/// How a refresh came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The reader asked for it.
    Asked,
    /// The reader asked for it again, knowing that it was passed over.
    AskedAgain,
    /// The schedule came due; the hours stand for feeds without a schedule of their own.
    Schedule(Option<u32>),
}

/// Why a feed is not asked for now. Times are seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// It answered a moment ago.
    Lately(i64),
    /// Its server calls what it gave fresh until then.
    Fresh(i64),
    /// Its host asked to be left alone until then.
    Waits(i64),
    /// It is gone for good.
    Gone,
    /// It is not due before then, or never by itself.
    Due(Option<i64>),
}

/// Returns why `feed` is not asked for now; `None` where it is.
#[must_use]
pub fn passed(feed: &Feed, host: Option<&Host>, cause: Cause, now: i64) -> Option<Passed> {
    let state = &feed.state;
    if let Some(until) = host.and_then(|host| host.not_before).filter(|until| *until > now) {
        return Some(Passed::Waits(until));
    }
    if let (Some(Fault::Wait { .. }), Some(until)) = (&state.fault, state.retry_at.filter(|until| *until > now)) {
        return Some(Passed::Waits(until));
    }
    match cause {
        Cause::AskedAgain => None,
        Cause::Asked => {
            let lately = state.answered.map(|answered| answered + LATELY).filter(|until| *until > now);
            let fresh = state.fresh_until.filter(|until| *until > now && state.fault.is_none());
            fresh.map(Passed::Fresh).or(lately.map(|until| Passed::Lately(until - LATELY)))
        }
        Cause::Schedule(hours) => {
            if state.fault == Some(Fault::Gone) {
                return Some(Passed::Gone);
            }
            let due = due(feed.source, state, feed.details.hours.or(hours));
            due.is_none_or(|due| due > now).then_some(Passed::Due(due))
        }
    }
}

/// Returns when a feed is asked for by itself, in seconds since 1970: the latest of its schedule, of what its server and
/// it itself say, and of the pause after a failure. `None` without a schedule.
#[must_use]
pub fn due(source: i64, state: &FeedState, hours: Option<u32>) -> Option<i64> {
    let hours = i64::from(hours?.max(1));
    let Some(asked) = state.asked else { return Some(0) };
    // Without validators each visit costs a whole answer.
    let pause = if state.validators.is_empty() { (hours * HOUR).max(DAY) } else { hours * HOUR };
    let pause = i64::from(spread(u32::try_from(pause).unwrap_or(u32::MAX), 10, &source.to_string()));
    let hints = [state.fresh_until, state.hint_until, state.retry_at];
    let latest = hints.into_iter().flatten().chain([asked.saturating_add(pause)]).max()?;
    Some(unskipped(latest, state))
}

/// Returns the first time from `due` on that is in no hour and on no day at which the feed asks not to be read.
fn unskipped(due: i64, state: &FeedState) -> i64 {
    let skipped = |hour: i64| {
        let of_day = hour.rem_euclid(24);
        // The first of January 1970 was a Thursday.
        let of_week = (hour.div_euclid(24) + 3).rem_euclid(7);
        state.skip_hours >> of_day & 1 == 1 || state.skip_days >> of_week & 1 == 1
    };
    let first = due.div_euclid(HOUR);
    if !skipped(first) {
        return due;
    }
    // A feed that skips the whole week has made a mistake.
    (first + 1..first + 7 * 24).find(|hour| !skipped(*hour)).map_or(due, |hour| hour * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::feeds::Validators;
    use crate::io::store::FeedDetails;

    const NOW: i64 = 1_790_000_000;

    fn feed(state: FeedState) -> Feed {
        let address = "https://kunta.example.fi/feed".to_owned();
        Feed { source: 7, address, title: None, details: FeedDetails::default(), state }
    }

    fn validated() -> FeedState {
        let validators = Validators { etag: Some(b"1".to_vec()), ..Validators::default() };
        FeedState { asked: Some(NOW), answered: Some(NOW), validators, ..FeedState::default() }
    }

    #[test]
    fn what_answered_lately_is_asked_again_only_when_the_reader_insists() {
        let state = validated();
        let by_hand = |state: &FeedState, cause, at| passed(&feed(state.clone()), None, cause, at);
        assert_eq!(by_hand(&state, Cause::Asked, NOW + 10), Some(Passed::Lately(NOW)));
        assert_eq!(by_hand(&state, Cause::AskedAgain, NOW + 10), None);
        assert_eq!(by_hand(&state, Cause::Asked, NOW + 300), None);
        let fresh = FeedState { fresh_until: Some(NOW + HOUR), ..state.clone() };
        assert_eq!(by_hand(&fresh, Cause::Asked, NOW + 600), Some(Passed::Fresh(NOW + HOUR)));
        let failed = FeedState { fault: Some(Fault::OutOfOrder(500)), retry_at: Some(NOW + DAY), ..fresh };
        assert_eq!(by_hand(&failed, Cause::Asked, NOW + 600), None);
        // What a host asks for counts, whoever insists.
        let host = Host { name: String::new(), not_before: Some(NOW + DAY), https_until: None };
        assert_eq!(passed(&feed(state), Some(&host), Cause::AskedAgain, NOW), Some(Passed::Waits(NOW + DAY)));
        let waits = FeedState { fault: Some(Fault::Wait { until: None }), retry_at: Some(NOW + 900), ..validated() };
        assert_eq!(by_hand(&waits, Cause::AskedAgain, NOW + 60), Some(Passed::Waits(NOW + 900)));
    }

    #[test]
    fn a_schedule_comes_due_as_late_as_anyone_wants() {
        let within = |due: i64, pause: i64| (due - NOW - pause).abs() <= pause / 10;
        assert_eq!(due(7, &validated(), None), None);
        assert!(within(due(7, &validated(), Some(6)).unwrap(), 6 * HOUR));
        assert!(within(due(7, &validated(), Some(0)).unwrap(), HOUR));
        let bare = FeedState { validators: Validators::default(), ..validated() };
        assert!(within(due(7, &bare, Some(1)).unwrap(), DAY));
        let hinted = FeedState { hint_until: Some(NOW + 2 * DAY), ..validated() };
        assert_eq!(due(7, &hinted, Some(1)), Some(NOW + 2 * DAY));
        let failed = FeedState { retry_at: Some(NOW + 3 * DAY), ..hinted };
        assert_eq!(due(7, &failed, Some(1)), Some(NOW + 3 * DAY));
        assert_ne!(due(7, &validated(), Some(6)), due(8, &validated(), Some(6)));
        let gone = FeedState { fault: Some(Fault::Gone), ..validated() };
        assert_eq!(passed(&feed(gone), None, Cause::Schedule(Some(1)), NOW + DAY * 9), Some(Passed::Gone));
    }

    #[test]
    fn hours_and_days_a_feed_asks_to_skip_are_skipped() {
        // The fifth of January 1970 was a Monday.
        let monday = 4 * DAY;
        let state = FeedState { skip_hours: 0b111, skip_days: 0b10_0000, ..FeedState::default() };
        assert_eq!(unskipped(monday + HOUR + 5, &state), monday + 3 * HOUR);
        assert_eq!(unskipped(monday + 4 * HOUR + 5, &state), monday + 4 * HOUR + 5);
        assert_eq!(unskipped(monday + 5 * DAY + 4 * HOUR, &state), monday + 6 * DAY + 3 * HOUR);
        let always = FeedState { skip_days: 0x7f, ..FeedState::default() };
        assert_eq!(unskipped(monday, &always), monday);
    }
}
