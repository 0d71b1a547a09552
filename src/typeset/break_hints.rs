//! The author's break hints in a word: soft hyphens and zero-width spaces allow a break, word joiners forbid one.

use std::ops::Range;

use super::index;
use super::points::{Mark, Point, cost, point};
use super::runs::Run;
use crate::text::work::count;
use crate::text::{Hint, HintKind};
use unicode_segmentation::UnicodeSegmentation;

/// All hints at one place of a word.
#[derive(Clone, Copy, Debug)]
struct HintedPlace {
    /// Byte offset in the paragraph.
    at: usize,
    /// Whether a word joiner stands there.
    joined: bool,
    /// The hint that allows a break there, the last where there are several.
    allowed: Option<HintKind>,
}

/// Applies `hints` to `points`, the points of the word `text[word]` whose runs are `runs`.
///
/// A hint that allows a break replaces the points that were found in its run. `soft_cost` is the cost of a break at a
/// soft hyphen; `None` where hyphens are not inserted. One merge of the sorted hints, runs and points.
pub(super) fn apply(
    hints: &[Hint],
    text: &str,
    word: &Range<usize>,
    runs: &[Run],
    soft_cost: Option<u32>,
    points: &mut Vec<Point>,
) {
    count(hints.len() + points.len() + runs.len() + word.len());
    let places = places(hints, text, word);
    let hinted_runs = hinted_runs(&places, runs);
    points.sort_by_key(|point| point.end);
    let (mut place, mut run) = (0, 0);
    points.retain(|point| {
        let at = index(point.end);
        place += behind(&places, place, |place| place.at < at);
        run += behind(&hinted_runs, run, |run| run.end <= at);
        match places.get(place).filter(|place| place.at == at) {
            Some(hinted) => !hinted.joined && hinted.allowed.is_none(),
            None => hinted_runs.get(run).is_none_or(|run| run.start >= at),
        }
    });
    points.extend(places.iter().filter(|place| !place.joined).filter_map(|place| match place.allowed? {
        HintKind::SoftHyphen => soft_cost.map(|cost| point(place.at, cost, Mark::Inserted)),
        HintKind::ZeroWidthSpace => Some(point(place.at, cost::SPACE, Mark::Plain)),
        HintKind::WordJoiner => None,
    }));
}

/// Counts the items from `from` on that `passed` holds for.
fn behind<T>(items: &[T], from: usize, passed: impl Fn(&T) -> bool) -> usize {
    items.iter().skip(from).take_while(|item| passed(item)).count()
}

/// Gathers the hints by place. Breaks are allowed only inside the word and between graphemes.
fn places(hints: &[Hint], text: &str, word: &Range<usize>) -> Vec<HintedPlace> {
    let inner = text.get(word.clone()).unwrap_or_default();
    let mut boundaries = inner.grapheme_indices(true).map(|(at, _)| word.start + at).skip(1).peekable();
    let mut places: Vec<HintedPlace> = Vec::with_capacity(hints.len());
    for hint in hints {
        let at = index(hint.offset);
        while boundaries.next_if(|boundary| *boundary < at).is_some() {}
        if places.last().is_none_or(|last| last.at != at) {
            places.push(HintedPlace { at, joined: false, allowed: None });
        }
        let Some(place) = places.last_mut() else { continue };
        if hint.kind == HintKind::WordJoiner {
            place.joined = true;
        } else if boundaries.peek() == Some(&at) {
            place.allowed = Some(hint.kind);
        }
    }
    places
}

/// Returns the runs that have a place inside which allows a break.
fn hinted_runs(places: &[HintedPlace], runs: &[Run]) -> Vec<Run> {
    let mut allowed = places.iter().filter(|place| place.allowed.is_some()).map(|place| place.at).peekable();
    let hinted = |run: &&Run| {
        while allowed.next_if(|at| *at <= run.start).is_some() {}
        allowed.peek().is_some_and(|at| *at < run.end)
    };
    runs.iter().filter(hinted).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::runs;
    use proptest::prelude::*;

    /// What [`apply`] does, hint by hint and without a thought of the work.
    fn apply_slowly(hints: &[Hint], text: &str, runs: &[Run], soft_cost: Option<u32>, points: &mut Vec<Point>) {
        for hint in hints {
            let place = index(hint.offset);
            if hint.kind == HintKind::WordJoiner {
                points.retain(|point| index(point.end) != place);
                continue;
            }
            let inside = place > 0 && place < text.len();
            if !inside || !text.grapheme_indices(true).any(|(at, _)| at == place) {
                continue;
            }
            let run = runs.iter().find(|run| run.start < place && place < run.end).copied();
            points.retain(|point| {
                let at = index(point.end);
                let hinted = hints.iter().any(|hint| index(hint.offset) == at);
                at != place && (hinted || !run.is_some_and(|run| run.start < at && at < run.end))
            });
            let joined = hints.iter().any(|hint| hint.kind == HintKind::WordJoiner && index(hint.offset) == place);
            let new = match hint.kind {
                HintKind::SoftHyphen => soft_cost.map(|cost| point(place, cost, Mark::Inserted)),
                _ => Some(point(place, cost::SPACE, Mark::Plain)),
            };
            points.extend(new.filter(|_| !joined));
        }
    }

    proptest! {
        #[test]
        fn the_merge_does_what_hint_by_hint_would(
            text in "[a-f0-9äÄ\u{301}\u{200d}👩-]{0,24}",
            hints in proptest::collection::vec((0u32..30, 0usize..3), 0..12),
            points in proptest::collection::vec(0usize..30, 0..10),
            hyphenate in any::<bool>(),
        ) {
            let kinds = [HintKind::SoftHyphen, HintKind::ZeroWidthSpace, HintKind::WordJoiner];
            let border = |at: usize| text.floor_char_boundary(at);
            let mut hints: Vec<Hint> = hints
                .into_iter()
                .map(|(at, kind)| Hint { offset: u32::try_from(border(at as usize)).unwrap(), kind: kinds[kind] })
                .collect();
            hints.sort_by_key(|hint| hint.offset);
            let mut found = Vec::new();
            runs::read(&text, 0, &mut found);
            let mut fast: Vec<Point> = points.into_iter().map(|at| point(border(at), 7, Mark::OwnHyphen)).collect();
            fast.sort_by_key(|point| point.end);
            fast.dedup();
            let mut slow = fast.clone();
            let soft_cost = hyphenate.then_some(9);
            apply(&hints, &text, &(0..text.len()), &found, soft_cost, &mut fast);
            apply_slowly(&hints, &text, &found, soft_cost, &mut slow);
            fast.sort_by_key(|point| point.end);
            slow.sort_by_key(|point| point.end);
            prop_assert_eq!(fast, slow);
        }
    }
}
