//! How a feed stands after it was asked for: what is kept of the answer, and when it may be asked for again.

use crate::io::feeds::{Answer, Failure};
use crate::io::store::FeedState;
use crate::model::{Fault, Note};
use crate::text::Clean;
use crate::text::address::Address;

/// The version of reading feeds: with a later one every feed is read once more, even if it did not change.
pub const READER: u32 = 1;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// What a server or a feed says about when to come again counts for so long at most, in seconds.
const LONGEST_FRESH: i64 = DAY;
/// How long a host is left alone at most because it asked for it, in seconds.
const LONGEST_WAIT: i64 = 7 * DAY;
/// After so long of nothing but "not changed" the whole is asked for once, in seconds.
const VALIDATED: i64 = 30 * DAY;
/// How long a feed says that it moved before its address is replaced, in seconds.
const MOVED: i64 = 7 * DAY;
/// Most notes kept of a reading.
const NOTES: usize = 20;

/// What a feed says of when to come again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// After how many minutes it may have something new.
    pub minutes: Option<u32>,
    /// The hours in UTC at which it asks not to be read, a bit each.
    pub skip_hours: u32,
    /// The days of the week from Monday on which it asks not to be read, a bit each.
    pub skip_days: u32,
}

/// Reports whether a feed is to be asked for without validators, so that all of it comes.
#[must_use]
pub fn wants_all(state: &FeedState, now: i64, held: bool) -> bool {
    let unchanged = state.validated.is_some_and(|since| now - since >= VALIDATED);
    state.reader != READER || unchanged || !held
}

/// Returns how a feed stands after an answer that nothing changed; `text` tells that the same text came again.
#[must_use]
pub fn unchanged(before: &FeedState, answer: &Answer, now: i64, text: bool) -> FeedState {
    let mut state = answered(before, answer, now);
    state.status = Some(if text { 200 } else { 304 });
    if text {
        state.validators = answer.validators.clone();
        state.validated = None;
    } else {
        state.validated = before.validated.or(Some(now));
    }
    state
}

/// Returns how a feed stands after it was read; what came of it is kept together with this.
#[must_use]
pub fn read(before: &FeedState, answer: &Answer, hash: i64, hints: Hints, notes: &[Note], now: i64) -> FeedState {
    let hint = hints.minutes.map(|minutes| now + (i64::from(minutes) * 60).min(LONGEST_FRESH));
    FeedState {
        status: Some(200),
        validators: answer.validators.clone(),
        validated: None,
        hash: Some(hash),
        reader: READER,
        hint_until: hint,
        skip_hours: hints.skip_hours,
        skip_days: hints.skip_days,
        notes: notes.iter().take(NOTES).map(|note| note.0.clone()).collect::<Vec<Clean>>(),
        ..answered(before, answer, now)
    }
}

/// Returns how a feed stands after a failure. One that says nothing of the feed leaves it as it was.
#[must_use]
pub fn failed(before: &FeedState, failure: &Failure, now: i64) -> FeedState {
    let fault = &failure.fault;
    if fault.is_blameless() {
        return before.clone();
    }
    let faults = before.faults.saturating_add(1);
    let pause = fault.pause(faults).map(|pause| now + i64::from(pause));
    let asked = match fault {
        Fault::Wait { until: Some(until) } => Some((*until).min(now + LONGEST_WAIT)),
        // Until the reader says so.
        _ => pause.or(Some(i64::MAX)),
    };
    FeedState {
        asked: Some(now),
        status: status(fault),
        fault_since: before.fault_since.or(Some(now)),
        fault: Some(fault.clone()),
        faults,
        retry_at: asked,
        // What fails takes nothing back.
        ..failure.moved.as_ref().map_or_else(|| before.clone(), |moved| moving(before, Some(moved), now))
    }
}

/// Returns the address to fetch a feed from in future: it moved for good, and has said so for long enough.
#[must_use]
pub fn moves_to(state: &FeedState, address: &Address, now: i64) -> Option<Address> {
    let target = Address::parse(state.moved_to.as_deref()?).ok()?;
    let since = state.moved_since?;
    let secured = address.secured().is_some_and(|secured| secured == target);
    let gone = matches!(state.fault, Some(Fault::NotFound | Fault::Gone));
    let readable = state.fault.is_none() && (secured || now - since >= MOVED);
    (gone || readable).then_some(target)
}

fn answered(before: &FeedState, answer: &Answer, now: i64) -> FeedState {
    FeedState {
        asked: Some(now),
        answered: Some(now),
        fault: None,
        fault_since: None,
        faults: 0,
        retry_at: None,
        fresh_until: answer.freshness.until.map(|until| until.min(now + LONGEST_FRESH)),
        ..moving(before, answer.moved.as_ref(), now)
    }
}

/// Notes where a feed says that it moved, and since when it says that.
fn moving(before: &FeedState, moved: Option<&Address>, now: i64) -> FeedState {
    let moved_to = moved.map(ToString::to_string);
    let known = moved_to == before.moved_to;
    let moved_since = if known { before.moved_since } else { moved.map(|_| now) };
    FeedState { moved_to, moved_since, ..before.clone() }
}

/// Returns the status that a fault stands for, where it stands for one.
const fn status(fault: &Fault) -> Option<u16> {
    match fault {
        Fault::Password => Some(401),
        Fault::Forbidden => Some(403),
        Fault::NotFound => Some(404),
        Fault::Gone => Some(410),
        Fault::Wait { .. } => Some(429),
        Fault::OutOfOrder(status) | Fault::Status(status) => Some(*status),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::feeds::{Content, Freshness, Validators};

    const NOW: i64 = 1_790_000_000;
    const HOUR: i64 = 60 * 60;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    fn answer(moved: Option<&str>, until: Option<i64>) -> Answer {
        Answer {
            content: Content::Unchanged,
            address: address("https://kunta.example.fi/feed"),
            moved: moved.map(address),
            validators: Validators { etag: Some(b"\"2\"".to_vec()), ..Validators::default() },
            freshness: Freshness { until },
            https_until: Vec::new(),
        }
    }

    fn failure(fault: Fault) -> Failure {
        Failure { fault, address: address("https://kunta.example.fi/feed"), moved: None }
    }

    fn known() -> FeedState {
        read(&FeedState::default(), &answer(None, None), 5, Hints::default(), &[], NOW)
    }

    #[test]
    fn a_feed_that_fails_keeps_what_it_was_read_with_and_is_tried_ever_later() {
        let known = known();
        let once = failed(&known, &failure(Fault::OutOfOrder(502)), NOW + HOUR);
        let twice = failed(&once, &failure(Fault::OutOfOrder(500)), NOW + 2 * HOUR);
        assert_eq!((twice.faults, twice.fault_since, twice.status), (2, Some(NOW + HOUR), Some(500)));
        assert_eq!((once.retry_at, twice.retry_at), (Some(NOW + HOUR + 900), Some(NOW + 2 * HOUR + 1800)));
        assert_eq!((&twice.validators, twice.hash), (&known.validators, known.hash));
        let back = unchanged(&twice, &answer(None, None), NOW + 3 * HOUR, false);
        assert_eq!((back.fault, back.faults, back.fault_since, back.retry_at), (None, 0, None, None));
        let gone = failed(&known, &failure(Fault::Gone), NOW);
        assert_eq!(gone.retry_at, Some(i64::MAX));
        let wait = failed(&known, &failure(Fault::Wait { until: Some(NOW + 30 * DAY) }), NOW);
        assert_eq!(wait.retry_at, Some(NOW + 7 * DAY));
        assert_eq!(failed(&known, &failure(Fault::NoNetwork), NOW), known);
    }

    #[test]
    fn all_is_asked_for_when_validators_may_mislead() {
        let known = known();
        assert!(!wants_all(&known, NOW, true));
        assert!(wants_all(&known, NOW, false));
        assert!(wants_all(&FeedState { reader: READER + 1, ..known.clone() }, NOW, true));
        let mut state = known;
        for day in 1..=29 {
            state = unchanged(&state, &answer(None, None), NOW + day * DAY, false);
            assert!(!wants_all(&state, NOW + day * DAY, true));
        }
        assert!(wants_all(&state, NOW + 31 * DAY, true));
        let text = unchanged(&state, &answer(None, None), NOW + 31 * DAY, true);
        assert!(!wants_all(&text, NOW + 31 * DAY, true));
    }

    #[test]
    fn freshness_and_hints_count_for_a_day() {
        let fresh = unchanged(&known(), &answer(None, Some(NOW + 90 * DAY)), NOW, false);
        assert_eq!(fresh.fresh_until, Some(NOW + DAY));
        let hints = Hints { minutes: Some(60 * 24 * 30), ..Hints::default() };
        let hinted = read(&FeedState::default(), &answer(None, None), 5, hints, &[], NOW);
        assert_eq!(hinted.hint_until, Some(NOW + DAY));
    }

    #[test]
    fn an_address_is_replaced_when_it_has_moved_for_long_enough() {
        let from = address("http://kunta.example.fi/feed");
        let moved = |target: &str, state: &FeedState, at: i64| unchanged(state, &answer(Some(target), None), at, false);
        let other = "https://uusi.example.fi/feed";
        let first = moved(other, &known(), NOW);
        assert_eq!(moves_to(&first, &from, NOW), None);
        let week = moved(other, &first, NOW + 7 * DAY);
        assert_eq!(moves_to(&week, &from, NOW + 7 * DAY), Some(address(other)));
        // One that says something else meanwhile begins anew, and one that takes it back has not moved.
        let third = moved("https://kolmas.example.fi/", &first, NOW + 6 * DAY);
        assert_eq!(moves_to(&third, &from, NOW + 7 * DAY), None);
        let back = unchanged(&first, &answer(None, None), NOW + DAY, false);
        assert_eq!((back.moved_to.as_deref(), moves_to(&back, &from, NOW + 9 * DAY)), (None, None));
        // The same host by https at once, and where nothing is left at the old address too.
        let secure = moved("https://kunta.example.fi/feed", &known(), NOW);
        assert!(moves_to(&secure, &from, NOW).is_some());
        let lost = failed(&first, &failure(Fault::NotFound), NOW + HOUR);
        assert_eq!(moves_to(&lost, &from, NOW + HOUR), Some(address(other)));
    }
}
