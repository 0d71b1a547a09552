//! A plain look through every announcement: the oracle an index is tested against, and what is used without one.

use super::matcher::{Fields, Matcher, Rank};

/// A matching announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which of the scanned announcements, counted from 0.
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
    /// What is not text.
    pub fields: Fields<'a>,
}

/// The announcements that match, the best first; among equals those that came first stay first, so hand them over
/// newest first.
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
