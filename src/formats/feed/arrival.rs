//! What is known of a feed beside its text, and the dates of what states none that can be believed.

use crate::calendar::{FeedDate, Moment, Zone};
use crate::formats::Draft;
use crate::model::{Dated, Origin, Provenance};

/// A date that lies further ahead of the arrival than this is not believed, in seconds.
const AHEAD: i64 = 24 * 60 * 60;

/// What is known beside the text of a feed.
#[derive(Clone, Copy, Debug)]
pub(in crate::formats) struct Setting<'a> {
    /// The address to which relative links stand.
    pub base: Option<&'a str>,
    /// When the feed arrived.
    pub arrival: Option<Moment>,
    /// The reader's time zone.
    pub zone: &'a Zone,
    /// Whether only the first part of the feed is there.
    pub partial: bool,
    /// How the feed was read.
    pub provenance: Provenance,
}

/// Dates by its arrival what states no date that can be believed.
pub(super) fn arrive(stated: Option<FeedDate>, unread: Option<&str>, setting: &Setting<'_>, draft: &mut Draft) {
    if let (None, Some(text)) = (stated, unread) {
        draft.note(&format!("What the feed states as its date could not be read: {text}."));
    }
    let Some(arrival) = setting.arrival else { return };
    let ahead = stated.filter(|date| date.second > arrival.seconds.saturating_add(AHEAD));
    if let Some(date) = ahead {
        draft.note(&format!(
            "The feed states {} as its date, which lies ahead of the day on which it came.",
            date.shown
        ));
    }
    if (draft.published.is_none() || ahead.is_some())
        && let Some(value) = setting.zone.at_second(arrival.seconds)
    {
        draft.published = Some(Dated { value, origin: Origin::Arrival });
    }
}
