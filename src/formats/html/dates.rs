//! Finds out when a page was published and changed: what it says to programs, its visible stamps, its address.

use super::addresses;
use super::blocks::Time;
use super::metadata::Metadata;
use crate::calendar::{Precision, Zone, read_date, stamp};
use crate::formats::draft::Draft;
use crate::formats::dress::take_stamp;
use crate::formats::flow::Context;
use crate::model::{BlockKind, Dated, Origin};

/// Blocks before the article, and after it, among which a stamp is looked for.
const NEAR: usize = 10;
/// Longest block that is looked at as a stamp, in bytes.
const LONGEST: usize = 240;

/// Sets the dates of `draft` by what the page says to programs; `first` is the first block of the article.
pub(super) fn set(draft: &mut Draft, metadata: &Metadata, times: &[Time], first: usize, zone: &Zone) {
    let field = |value| Dated { value, origin: Origin::Field };
    let time = |property: &str| {
        let found = times
            .iter()
            .find(|time| time.property.as_deref().is_some_and(|found| found.eq_ignore_ascii_case(property)));
        found.and_then(|time| read_date(&time.value, zone))
    };
    // A time in the text may be an event's: only one before the text is the page's own.
    let early = || {
        let found = times.iter().find(|time| time.property.is_none() && !time.boilerplate && time.block <= first + 1);
        found.and_then(|time| read_date(&time.value, zone))
    };
    let published = metadata.published.or_else(|| time("datePublished")).or_else(|| time("pubdate")).or_else(early);
    draft.published = draft.published.or(published.map(field));
    let modified = metadata.modified.or_else(|| time("dateModified"));
    draft.modified = draft.modified.or(modified.map(field));
}

/// Sets the dates that are not known yet by the stamps around the article, which `dress` looks for within it alone, and
/// by the page's address.
pub(super) fn set_visible(draft: &mut Draft, metadata: &Metadata, belongs: &mut [bool], contexts: &[Context]) {
    let first = belongs.iter().position(|belongs| *belongs).unwrap_or(0);
    let last = belongs.iter().rposition(|belongs| *belongs).unwrap_or(0);
    let places = (first.saturating_sub(NEAR)..first + NEAR).chain(last.saturating_sub(3)..last + 1 + NEAR);
    for at in places {
        let Some(block) = draft.document.blocks.get(at) else { continue };
        let short = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Preformatted);
        let boilerplate = contexts.get(at).is_none_or(|context| context.boilerplate);
        if !short || boilerplate || block.text.len() > LONGEST {
            continue;
        }
        let found: Vec<_> = block.text.lines().map(stamp).collect();
        let bare = block.kind == BlockKind::Preformatted && found.iter().all(Option::is_some);
        if let Some(belongs) = belongs.get_mut(at)
            && (!*belongs || bare)
        {
            *belongs = false;
            for found in found.iter().flatten() {
                take_stamp(draft, found);
            }
        }
    }
    if draft.published.is_none()
        && let Some(value) = metadata.address.as_deref().and_then(addresses::day)
    {
        draft.published = Some(Dated { value, origin: Origin::Address });
    }
}

/// Forgets a change on the day of publication: most pages state when they were made as the time they were changed.
pub(super) fn settle(draft: &mut Draft) {
    let day = |date: Option<Dated>| date.map(|date| date.value.to_precision(Precision::Day));
    if draft.modified.is_some() && day(draft.modified) == day(draft.published) {
        draft.modified = None;
    }
}
