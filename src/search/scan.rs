//! A plain search of every announcement: used without an index, and to test one.

use super::matcher::{Fields, Matcher, Rank};

/// A matching announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number among the scanned announcements, counted from 0.
    pub nth: usize,
    /// How well it matches.
    pub rank: Rank,
}

/// One announcement for [`scan`]: its texts, folded by [`Texts::fold_into`](super::Texts::fold_into), and the rest.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The folded texts.
    pub text: &'a str,
    /// Where each ends.
    pub ends: [usize; 4],
    /// The data for conditions besides words.
    pub fields: Fields<'a>,
}

/// Returns the announcements that match, the best first; equals keep their order, so hand them over newest first.
///
/// Time: about a nanosecond for each byte of text when the words are rare.
#[must_use]
pub fn scan<'a>(matcher: &Matcher, entries: impl IntoIterator<Item = Entry<'a>>) -> Vec<Hit> {
    let mut hits: Vec<Hit> = entries
        .into_iter()
        .enumerate()
        .filter_map(|(nth, entry)| {
            let rank = matcher.rank(entry.text, &entry.ends, &entry.fields)?;
            Some(Hit { nth, rank })
        })
        .collect();
    hits.sort_by_key(|hit| hit.rank);
    hits
}
