//! Finds text in an announcement: every match, across line ends and hyphenation, ignoring case and accents.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Announcement;
use crate::text::Folded;
use crate::text::fold::{Folding, fold};
use crate::typeset::{Layout, Part, Place};

/// Largest number of matches that are counted.
pub const MOST: usize = 50_000;
/// Longest text, in bytes, that is folded on the calling thread; longer ones are folded by a worker when they are first
/// searched.
const LONG: u64 = 256 * 1024;

/// Holds the search in the text of an announcement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// The folded text searched for; empty if there is none.
    needle: String,
    /// Every match, in reading order.
    matches: Vec<Match>,
    /// Index of the current match, from 0.
    current: usize,
    /// The position in the text when the prompt was opened.
    pub began: Option<Place>,
    texts: Texts,
    /// The ticket of the library search whose matches are shown; `None` if this text alone was searched.
    ticket: Option<u64>,
}

/// Holds the folded texts of the announcement shown.
#[derive(Clone, Debug, Default, PartialEq)]
enum Texts {
    /// Not requested.
    #[default]
    Unasked,
    /// Being folded by a worker.
    Asked,
    /// Ready.
    Folded(FoldedTexts),
}

/// Reports whether folding the texts of an announcement takes noticeably long.
#[must_use]
pub fn is_long(layout: &Layout) -> bool {
    layout.length() > LONG
}

/// Locates one match: a byte range of a part's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The part.
    pub part: Part,
    /// The byte range in its text.
    pub range: Range<usize>,
}

/// Holds the folded texts of one announcement: of its title, the line under it (left empty), and its blocks.
#[derive(Clone, Debug, Default)]
pub struct FoldedTexts(Arc<Vec<Folded>>);

/// All folded texts are equal: they follow from the announcement, which the state compares already.
impl PartialEq for FoldedTexts {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl FoldedTexts {
    /// Folds the texts of `announcement`.
    #[must_use]
    pub fn of(announcement: &Announcement) -> Self {
        let blocks = announcement.document.blocks.iter().map(|block| block.text.as_str());
        let texts = [announcement.title.as_str(), ""].into_iter().chain(blocks);
        Self(Arc::new(texts.map(|text| Folded::with(text, Folding::Lenient)).collect()))
    }
}

impl Find {
    /// Reports whether there are matches to go to.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.is_own() || !self.matches.is_empty()
    }

    /// Reports whether the matches come from a search of this text alone.
    #[must_use]
    pub fn is_own(&self) -> bool {
        !self.needle.is_empty()
    }

    /// Reports whether the matches of the library search with this ticket are shown.
    #[must_use]
    pub fn shows_results_of(&self, ticket: u64) -> bool {
        self.ticket == Some(ticket)
    }

    /// Shows the matches that a library search found in this announcement; the current match keeps its position.
    pub fn show_results(&mut self, ticket: u64, matches: Vec<Match>) {
        let current = self.current().cloned();
        self.ticket = Some(ticket);
        self.matches = matches;
        let place = |found: &Match| (found.part, found.range.start);
        let first = current.map_or(0, |was| self.matches.partition_point(|found| place(found) < place(&was)));
        self.current = if first < self.matches.len() { first } else { 0 };
    }

    /// Makes the first match the current one, or the last if `last`.
    pub fn select_end(&mut self, last: bool) {
        self.current = if last { self.matches.len().saturating_sub(1) } else { 0 };
    }

    /// Moves `by` matches on and returns true, unless that leaves the matches.
    pub fn step_within(&mut self, by: isize) -> bool {
        let next = self.current.checked_add_signed(by).filter(|next| *next < self.matches.len());
        self.current = next.unwrap_or(self.current);
        next.is_some()
    }

    /// Returns the number of the current match, from 1, and of all matches.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (if self.matches.is_empty() { 0 } else { self.current + 1 }, self.matches.len())
    }

    /// Returns the current match.
    #[must_use]
    pub fn current(&self) -> Option<&Match> {
        self.matches.get(self.current)
    }

    /// Returns the matches in `part`, and for each whether it is the current one.
    pub fn matches_in(&self, part: Part) -> impl Iterator<Item = (&Range<usize>, bool)> {
        let first = self.matches.partition_point(|found| found.part < part);
        self.matches
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, found)| found.part == part)
            .map(|(number, found)| (&found.range, number == self.current))
    }

    /// Ends the search.
    pub fn clear(&mut self) {
        *self = Self { texts: std::mem::take(&mut self.texts), ..Self::default() };
    }

    /// Drops the search and the folded texts, because another announcement is shown.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    /// Reports whether the texts are still being folded.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.texts == Texts::Asked
    }

    /// Notes that the texts of a long announcement are wanted; returns whether they are to be folded now.
    pub fn ask(&mut self) -> bool {
        let asks = self.texts == Texts::Unasked;
        if asks {
            self.texts = Texts::Asked;
        }
        asks
    }

    /// Takes over folded texts; returns the text typed in the meantime.
    pub fn take(&mut self, texts: FoldedTexts) -> String {
        self.texts = Texts::Folded(texts);
        self.needle.clone()
    }

    /// Searches the text of `layout` for what is typed or was accepted; the current match is the first from `from` on.
    pub fn search(&mut self, layout: &Layout, typed: &str, from: Place) {
        self.needle = fold(typed, Folding::Lenient);
        self.matches.clear();
        self.current = 0;
        if self.needle.trim().is_empty() {
            self.needle.clear();
            return;
        }
        if self.texts == Texts::Unasked && !is_long(layout) {
            self.texts = Texts::Folded(FoldedTexts::of(layout.announcement()));
        }
        let Texts::Folded(texts) = &self.texts else { return };
        for (part, text) in (0..).zip(texts.0.iter()) {
            if self.matches.len() >= MOST {
                break;
            }
            let ranges = text.find(&self.needle);
            self.matches.extend(ranges.into_iter().map(|range| Match { part, range }));
        }
        let position =
            |found: &Match| Place { part: found.part, offset: u32::try_from(found.range.start).unwrap_or(0) };
        let first = self.matches.partition_point(|found| position(found) < from);
        self.current = if first < self.matches.len() { first } else { 0 };
    }

    /// Moves `by` matches on, wrapping round; reports whether it wrapped.
    pub fn step(&mut self, by: isize) -> bool {
        let Some(last) = self.matches.len().checked_sub(1) else { return false };
        let next = self.current.checked_add_signed(by);
        let wrapped = next.is_none_or(|next| next > last);
        let count = isize::try_from(self.matches.len()).unwrap_or(isize::MAX);
        let current = isize::try_from(self.current).unwrap_or(0);
        self.current = usize::try_from((current + by % count).rem_euclid(count)).unwrap_or(0);
        wrapped
    }
}
