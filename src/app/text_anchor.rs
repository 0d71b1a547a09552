//! Finds a position of one view of an announcement in another: the typeset text and the raw file.
//!
//! A position is recognised by the words that stand there.

use crate::typeset::{Layout, Place};

/// Number of characters a position is recognised by: the most, and the fewest.
const LONGEST: usize = 32;
const SHORTEST: usize = 5;

/// Describes a position in a text so that it can be found in another view of the same announcement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextAnchor {
    /// The exact position, where it is known.
    exact: Option<Place>,
    /// The text of its part, and the byte offset in it.
    part: (String, u32),
    /// The words at the position.
    words: String,
    /// The share of the text before it, 0.0–1.0.
    share: f64,
}

impl TextAnchor {
    /// Returns the description of `place` in `layout`.
    #[must_use]
    pub fn of(layout: &Layout, place: Place) -> Self {
        let part = layout.block(place.part).map_or("", |block| block.text.as_str());
        let words = part
            .get(place.offset as usize..)
            .unwrap_or_default()
            .trim_start()
            .chars()
            .take_while(|letter| *letter != '\n')
            .take(LONGEST);
        let (before, whole) = lengths(layout, place);
        let part = (part.to_owned(), place.offset);
        Self { exact: None, part, words: words.collect(), share: quotient(before, whole) }
    }

    /// Returns the description of an exact position.
    #[must_use]
    pub fn at(place: Place) -> Self {
        Self { exact: Some(place), ..Self::default() }
    }

    /// Returns the position in `layout`; `None` if it may be in a part that was not read yet.
    #[must_use]
    pub fn find(&self, layout: &Layout, complete: bool) -> Option<Place> {
        if let Some(place) = self.exact {
            return (complete || place.part < layout.parts()).then_some(place);
        }
        let (part, offset) = &self.part;
        if part.chars().count() >= SHORTEST
            && let Some(whole) = self.nearest(layout, |text| (text == part).then_some(0).into_iter())
        {
            return Some(Place { offset: *offset, ..whole });
        }
        let mut words = self.words.as_str();
        while words.chars().count() >= SHORTEST {
            if let Some(place) = self.nearest(layout, |text| text.match_indices(words).map(|(at, _)| at)) {
                return Some(place);
            }
            // The raw file may have a line break or markup between any two words.
            words = words.rsplit_once(' ').map_or("", |(before, _)| before);
        }
        complete.then(|| by_share(layout, self.share))
    }

    /// Returns, of the positions that `found` finds in the parts, the one whose share of the text is nearest.
    fn nearest<'a, I: Iterator<Item = usize>>(
        &self,
        layout: &'a Layout,
        found: impl Fn(&'a str) -> I,
    ) -> Option<Place> {
        let (_, whole) = lengths(layout, Place { part: layout.parts(), offset: 0 });
        let mut before = 0;
        let mut best: Option<(f64, Place)> = None;
        for part in 0..layout.parts() {
            let text = layout.block(part).map_or("", |block| block.text.as_str());
            for at in found(text) {
                let distance = (quotient(before + at, whole) - self.share).abs();
                if best.is_none_or(|(least, _)| distance < least) {
                    best = Some((distance, Place { part, offset: u32::try_from(at).unwrap_or(u32::MAX) }));
                }
            }
            before += text.len();
        }
        best.map(|(_, place)| place)
    }
}

/// Returns the number of bytes of text before `place`, and of the whole text.
fn lengths(layout: &Layout, place: Place) -> (usize, usize) {
    let length = |part| layout.block(part).map_or(0, |block| block.text.len());
    let before = (0..place.part.min(layout.parts())).map(length).sum::<usize>() + place.offset as usize;
    (before, (0..layout.parts()).map(length).sum())
}

/// Returns the position that has the share `share` of the text before it.
fn by_share(layout: &Layout, share: f64) -> Place {
    let (_, whole) = lengths(layout, Place::default());
    let mut before = 0;
    for part in 0..layout.parts() {
        let text = layout.block(part).map_or("", |block| block.text.as_str());
        if quotient(before + text.len(), whole) > share {
            // Bisection avoids converting a float to a byte offset.
            let (mut low, mut high) = (0, text.len());
            while high - low > 1 {
                let middle = low + (high - low) / 2;
                if quotient(before + middle, whole) <= share { low = middle } else { high = middle }
            }
            return Place { part, offset: u32::try_from(text.floor_char_boundary(low)).unwrap_or(0) };
        }
        before += text.len();
    }
    Place::default()
}

fn quotient(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}
