//! Titles filtered by letters that come in order in them, the best fit first.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use crate::text::fold::{Folded, Folding, fold, fold_into};

/// Letters of a word beyond these are not looked at.
const LONGEST: usize = 64;
/// The score a letter needs: half of what the matcher gives one, before gaps cost. With less, letters stand so far apart
/// that nobody would recognise the word.
const LEAST: u16 = 8;

/// Of no more titles than this every way is tried in which the letters may stand in them. Of more, nobody looks at those
/// in which they stand scattered: there the first way counts.
const THOROUGHLY: usize = 4000;

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
        let (mut matcher, mut characters) = (matcher(), Vec::new());
        let words = words(typed, &mut matcher);
        let mut score = |number: u32, thoroughly: bool| {
            let text = self.get(number);
            let title = Utf32Str::new(text, &mut characters);
            words.iter().try_fold(0, |sum: u16, word| {
                let score = word.score(text, title, thoroughly, &mut matcher)?;
                Some(sum.saturating_add(score))
            })
        };
        let mut scored = |number: u32| Some((number, score(number, false)?));
        let mut scored: Vec<(u32, u16)> = match among {
            Some(among) => among.iter().filter_map(|number| scored(*number)).collect(),
            None => (0..).take(self.ends.len()).filter_map(scored).collect(),
        };
        if scored.len() <= THOROUGHLY {
            for (number, known) in &mut scored {
                *known = score(*number, true).unwrap_or(*known);
            }
        }
        let possible = scored.iter().map(|(number, _)| *number).collect();
        let least = words.iter().map(|word| word.letters.len()).sum::<usize>();
        let least = u16::try_from(least).unwrap_or(u16::MAX).saturating_mul(LEAST);
        scored.retain(|(_, score)| *score >= least);
        scored.sort_by_key(|(_, score)| Reverse(*score));
        Filtered { fitting: scored.into_iter().map(|(number, _)| number).collect(), possible }
    }
}

/// Where the letters of `typed` stand in `title`, as byte ranges of it in order; nothing where they do not.
#[must_use]
pub fn letters(title: &str, typed: &str) -> Vec<Range<usize>> {
    let folded = Folded::with(title, Folding::Lenient);
    let text = folded.text().split('\n').next().unwrap_or_default();
    let mut matcher = matcher();
    let words = words(typed, &mut matcher);
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let places: Vec<Range<usize>> =
        text.char_indices().map(|(offset, letter)| offset..offset + letter.len_utf8()).collect();
    let (mut characters, mut at) = (Vec::new(), Vec::new());
    let title = Utf32Str::new(text, &mut characters);
    for word in &words {
        at.clear();
        if matcher.fuzzy_indices(title, word.letters.slice(..), &mut at).is_some() {
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

/// A word of what was typed.
struct Word {
    letters: Utf32String,
    /// Finds them side by side.
    together: Finder<'static>,
    /// The score where they stand side by side at the start of a word: there is none better.
    best: Option<u16>,
}

impl Word {
    fn new(word: &str, matcher: &mut Matcher) -> Self {
        let end = word.char_indices().nth(LONGEST).map_or(word.len(), |(end, _)| end);
        let letters = word.get(..end).unwrap_or_default();
        let together = Finder::new(letters.as_bytes()).into_owned();
        let letters = Utf32String::from(letters);
        let best = matcher.substring_match(letters.slice(..), letters.slice(..));
        Self { letters, together, best }
    }

    /// How well it fits a title, which is given in both ways, if it does: by its letters side by side where they are, by
    /// all ways they come in order, or by the first.
    fn score(&self, text: &str, title: Utf32Str<'_>, thoroughly: bool, matcher: &mut Matcher) -> Option<u16> {
        let letters = self.letters.slice(..);
        if thoroughly {
            matcher.fuzzy_match(title, letters)
        } else if let Some(at) = self.together.find(text.as_bytes()) {
            let starts = at.checked_sub(1).is_none_or(|before| text.as_bytes().get(before) == Some(&b' '));
            if starts { self.best } else { matcher.substring_match(title, letters) }
        } else {
            matcher.fuzzy_match_greedy(title, letters)
        }
    }
}

/// Titles and words are folded: letters are compared as they are.
fn matcher() -> Matcher {
    let mut config = Config::DEFAULT;
    (config.ignore_case, config.normalize) = (false, false);
    Matcher::new(config)
}

/// The words of what was typed.
fn words(typed: &str, matcher: &mut Matcher) -> Vec<Word> {
    fold(typed, Folding::Lenient).split_whitespace().map(|word| Word::new(word, matcher)).collect()
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
    fn among_very_many_titles_those_with_the_word_come_first() {
        let many = (0..2 * THOROUGHLY).map(|number| format!("Kokous ja tapaaminen talossa kuussa {number}"));
        let titles: Vec<String> =
            many.chain(["Rinnakkaatu".to_owned(), "Kaatuneiden muistopäivä".to_owned()]).collect();
        let known = Titles::of(titles.iter().map(String::as_str));
        let found = known.filter("kaatu", None);
        let first: Vec<&str> = found.fitting.iter().take(2).map(|number| titles[*number as usize].as_str()).collect();
        assert_eq!(first, ["Kaatuneiden muistopäivä", "Rinnakkaatu"]);
        assert_eq!(found.possible.len(), titles.len());
        assert_eq!(known.filter("kaatu", Some(&found.possible)), found);
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
        fn letters_side_by_side_score_as_the_matcher_says(title in "[a-c1 -]{0,12}", word in "[a-c1-]{1,3}") {
            let (mut matcher, mut characters) = (matcher(), Vec::new());
            let word = Word::new(&word, &mut matcher);
            let known = Utf32Str::new(&title, &mut characters);
            if let Some(right) = matcher.substring_match(known, word.letters.slice(..)) {
                prop_assert_eq!(word.score(&title, known, false, &mut matcher), Some(right));
            }
        }

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
