//! Finding in the text: every match, across line ends and hyphenation, whatever the case and the accents.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Announcement;
use crate::text::Folded;
use crate::text::fold::{Folding, fold};
use crate::typeset::{Layout, Part, Place};

/// More matches than this are not counted.
pub const MOST: usize = 50_000;
/// Longer texts, in bytes, are folded by another thread, and only once they are searched.
const LONG: u64 = 256 * 1024;

/// A search in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// What is searched for, folded; empty when nothing is.
    needle: String,
    /// Every match, in order of the text.
    matches: Vec<Match>,
    /// Number of the current match.
    current: usize,
    /// Where the text stood when the prompt was opened.
    pub began: Option<Place>,
    texts: Texts,
    /// Whether the matches are those of a search through all announcements, and of which question.
    fed: Option<u64>,
}

/// The folded texts of the announcement shown.
#[derive(Clone, Debug, Default, PartialEq)]
enum Texts {
    /// Nobody asked for them.
    #[default]
    Unasked,
    /// They are being folded.
    Asked,
    /// They are there.
    Folded(FoldedTexts),
}

/// Whether folding the texts of an announcement would be felt.
#[must_use]
pub fn is_long(layout: &Layout) -> bool {
    layout.length() > LONG
}

/// One match: a byte range of a part's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which part.
    pub part: Part,
    /// Where in its text.
    pub range: Range<usize>,
}

/// The texts of one announcement folded: of its title, the line under it (left empty), and its blocks.
#[derive(Clone, Debug, Default)]
pub struct FoldedTexts(Arc<Vec<Folded>>);

/// Folded texts follow from the announcement: they make no difference between two states.
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
    /// Whether there are matches to go to.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.is_own() || !self.matches.is_empty()
    }

    /// Whether it was this text alone that was searched.
    #[must_use]
    pub fn is_own(&self) -> bool {
        !self.needle.is_empty()
    }

    /// Whether it shows the matches of that question.
    #[must_use]
    pub fn is_fed(&self, ticket: u64) -> bool {
        self.fed == Some(ticket)
    }

    /// Shows the matches that a search through all announcements found in this one; the current match stays where it
    /// was.
    pub fn feed(&mut self, ticket: u64, matches: Vec<Match>) {
        let current = self.current().cloned();
        self.fed = Some(ticket);
        self.matches = matches;
        let place = |found: &Match| (found.part, found.range.start);
        let first = current.map_or(0, |was| self.matches.partition_point(|found| place(found) < place(&was)));
        self.current = if first < self.matches.len() { first } else { 0 };
    }

    /// Makes the first match the current one, or the last.
    pub fn aim(&mut self, last: bool) {
        self.current = if last { self.matches.len().saturating_sub(1) } else { 0 };
    }

    /// Goes `by` matches on, when there are so many.
    pub fn step_within(&mut self, by: isize) -> bool {
        let aim = self.current.checked_add_signed(by).filter(|aim| *aim < self.matches.len());
        self.current = aim.unwrap_or(self.current);
        aim.is_some()
    }

    /// The number of the current match, from 1, and how many there are.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (if self.matches.is_empty() { 0 } else { self.current + 1 }, self.matches.len())
    }

    /// The current match.
    #[must_use]
    pub fn current(&self) -> Option<&Match> {
        self.matches.get(self.current)
    }

    /// The matches in `part`, and whether each is the current one.
    pub fn matches_in(&self, part: Part) -> impl Iterator<Item = (&Range<usize>, bool)> {
        let first = self.matches.partition_point(|found| found.part < part);
        self.matches
            .iter()
            .enumerate()
            .skip(first)
            .take_while(move |(_, found)| found.part == part)
            .map(|(number, found)| (&found.range, number == self.current))
    }

    /// Forgets what was searched for.
    pub fn clear(&mut self) {
        *self = Self { texts: std::mem::take(&mut self.texts), ..Self::default() };
    }

    /// Forgets everything: another announcement is shown.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    /// Whether the texts are still being folded.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.texts == Texts::Asked
    }

    /// Asks for the texts of a long announcement; returns whether they are to be folded now.
    pub fn ask(&mut self) -> bool {
        let asks = self.texts == Texts::Unasked;
        if asks {
            self.texts = Texts::Asked;
        }
        asks
    }

    /// Takes the texts that were asked for; returns what was searched for meanwhile.
    pub fn take(&mut self, texts: FoldedTexts) -> String {
        self.texts = Texts::Folded(texts);
        self.needle.clone()
    }

    /// Searches `layout`'s text anew for what is typed, or was; the current match is the first from `from` on.
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

    /// Goes `by` matches on, round the ends; whether it went past one.
    pub fn step(&mut self, by: isize) -> bool {
        let Some(last) = self.matches.len().checked_sub(1) else { return false };
        let aim = self.current.checked_add_signed(by);
        let wrapped = aim.is_none_or(|aim| aim > last);
        let count = isize::try_from(self.matches.len()).unwrap_or(isize::MAX);
        let current = isize::try_from(self.current).unwrap_or(0);
        self.current = usize::try_from((current + by % count).rem_euclid(count)).unwrap_or(0);
        wrapped
    }
}
