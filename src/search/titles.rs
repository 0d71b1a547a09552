//! Titles filtered by letters that come in order in them, the best fit first.

use std::cmp::Reverse;
use std::ops::Range;

use nucleo_matcher::pattern::{Atom, AtomKind, CaseMatching, Normalization};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::text::fold::{Folded, Folding, fold, fold_into};

/// Letters of a word beyond these are not looked at.
const LONGEST: usize = 64;
/// The score a letter needs: half of what the matcher gives one, before gaps cost. With less, letters stand so far apart
/// that nobody would recognise the word.
const LEAST: u16 = 8;

/// Titles, folded, to be filtered as one types.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    text: String,
    /// Where each title ends.
    ends: Vec<usize>,
}

/// What a filter let through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// The numbers of the titles that fit, the best first, the earlier before the later among equals.
    pub fitting: Vec<u32>,
    /// The numbers of all that have the letters, in rising order: more letters are found among them only.
    pub possible: Vec<u32>,
}

impl Titles {
    /// Folds titles.
    #[must_use]
    pub fn of<'a>(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut folded = Self::default();
        for title in titles {
            fold_into(title, Folding::Lenient, &mut folded.text);
            folded.ends.push(folded.text.len());
        }
        folded
    }

    fn get(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The titles that have the letters of every word of `typed` in order, close enough together to be recognised; only
    /// those of `among`, where that is said.
    #[must_use]
    pub fn filter(&self, typed: &str, among: Option<&[u32]>) -> Filtered {
        let words = words(typed);
        let all: Vec<u32>;
        let among = if let Some(among) = among {
            among
        } else {
            all = (0..).take(self.ends.len()).collect();
            &all
        };
        let least = words.iter().map(|word| word.needle_text().len()).sum::<usize>();
        let least = u16::try_from(least).unwrap_or(u16::MAX).saturating_mul(LEAST);
        let (mut matcher, mut characters) = (Matcher::new(Config::DEFAULT), Vec::new());
        let (mut found, mut possible) = (Vec::new(), Vec::new());
        for &number in among {
            let title = Utf32Str::new(self.get(number), &mut characters);
            let score = |sum: u16, word: &Atom| Some(sum.saturating_add(word.score(title, &mut matcher)?));
            let Some(score) = words.iter().try_fold(0, score) else { continue };
            possible.push(number);
            if score >= least {
                found.push((Reverse(score), number));
            }
        }
        found.sort_unstable();
        Filtered { fitting: found.into_iter().map(|(_, number)| number).collect(), possible }
    }
}

/// Where the letters of `typed` stand in `title`, as byte ranges of it in order; nothing where they do not.
#[must_use]
pub fn letters(title: &str, typed: &str) -> Vec<Range<usize>> {
    let folded = Folded::with(title, Folding::Lenient);
    let text = folded.text().split('\n').next().unwrap_or_default();
    let words = words(typed);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let places: Vec<Range<usize>> =
        text.char_indices().map(|(offset, letter)| offset..offset + letter.len_utf8()).collect();
    let (mut matcher, mut characters, mut at) = (Matcher::new(Config::DEFAULT), Vec::new(), Vec::new());
    let haystack = Utf32Str::new(text, &mut characters);
    for word in &words {
        at.clear();
        if word.indices(haystack, &mut matcher, &mut at).is_some() {
            let letters = at.iter().filter_map(|at| places.get(*at as usize));
            ranges.extend(letters.map(|letter| folded.source_range(letter.clone())));
        }
    }
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    ranges.dedup_by(|next, before| {
        let joined = next.start <= before.end;
        if joined {
            before.end = before.end.max(next.end);
        }
        joined
    });
    ranges
}

/// The words of what was typed. Titles and words are folded: letters are compared as they are.
fn words(typed: &str) -> Vec<Atom> {
    let folded = fold(typed, Folding::Lenient);
    let word = |word: &str| {
        let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(end, _)| end);
        let letters = word.get(..end).unwrap_or_default();
        Atom::new(letters, CaseMatching::Respect, Normalization::Never, AtomKind::Fuzzy, false)
    };
    folded.split_whitespace().map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fitting(titles: &[&str], typed: &str) -> Vec<String> {
        let known = Titles::of(titles.iter().copied());
        known.filter(typed, None).fitting.iter().map(|number| titles[*number as usize].to_owned()).collect()
    }

    #[test]
    fn letters_in_order_fit_and_the_closest_come_first() {
        let titles = ["Kokous siirtyy", "Katutyöt alkavat Ämyrissä", "Kaupungin talousarvio", "Uusi katu avataan"];
        assert_eq!(fitting(&titles, "katu")[..2], ["Katutyöt alkavat Ämyrissä", "Uusi katu avataan"]);
        assert_eq!(fitting(&titles, "ÄMYRI kt"), ["Katutyöt alkavat Ämyrissä"]);
        assert_eq!(fitting(&titles, "amyri"), ["Katutyöt alkavat Ämyrissä"]);
        assert_eq!(fitting(&titles, "avataan uusi"), ["Uusi katu avataan"]);
        assert!(fitting(&titles, "xyz").is_empty());
        assert_eq!(fitting(&titles, " ").len(), 4);
    }

    #[test]
    fn letters_are_found_again_in_the_title() {
        let at = |title: &str, typed| -> Vec<String> {
            letters(title, typed).into_iter().map(|range| title.get(range).unwrap().to_owned()).collect()
        };
        assert_eq!(at("Uusi katu", "katu"), ["katu"]);
        assert_eq!(at("Äijäläntie", "aijala"), ["Äijälä"]);
        assert_eq!(at("Uusi katu", "us kt"), ["U", "s", "k", "t"]);
        assert!(at("Uusi katu", "x").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_typed_on_is_found_among_what_was_possible(
            titles in prop::collection::vec("[a-eäö ]{0,12}", 0..20), typed in "[a-eä ]{1,6}",
        ) {
            let known = Titles::of(titles.iter().map(String::as_str));
            let mut among: Option<Vec<u32>> = None;
            for (at, letter) in typed.char_indices() {
                let typed = typed.get(..at + letter.len_utf8()).unwrap();
                let narrowed = known.filter(typed, among.as_deref());
                prop_assert_eq!(&narrowed, &known.filter(typed, None));
                among = Some(narrowed.possible);
            }
        }

        #[test]
        fn letters_lie_in_the_title(title in "\\PC{0,30}", typed in "\\PC{0,6}") {
            for range in letters(&title, &typed) {
                prop_assert!(title.get(range).is_some());
            }
        }
    }
}
