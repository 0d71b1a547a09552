//! The filter of titles by letters that they have in order, the best fit first.

use std::ops::Range;

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str, Utf32String};

use crate::text::fold::{Folded, Folding, fold, fold_into};

/// The most letters of a word that are compared.
const LONGEST: usize = 64;
/// The least score of a letter: half of what the matcher gives one, before gaps cost. With less, letters stand so far
/// apart that nobody would recognise the word.
const LEAST: u16 = 8;

/// Where more titles than this have the letters of the words side by side, titles with scattered letters are left out:
/// nobody goes that far down.
const ENOUGH: usize = 4000;
/// The most titles in which every way is tried that the letters may stand; in more, the first way counts.
const THOROUGHLY: usize = 1000;

/// Titles, folded, to be filtered as one types.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    text: String,
    /// Where each title ends.
    ends: Vec<u32>,
    /// Which letters each title has.
    letters: Vec<Letters>,
}

/// The result of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// The numbers of the titles that fit, the best first, the earlier before the later among equals.
    pub fitting: Vec<u32>,
    /// The numbers, in rising order, of the only titles that may fit once more letters are typed; `None` for all.
    pub possible: Option<Vec<u32>>,
}

/// The number of a title, and how well it fits.
pub type Scored = (u32, u16);

/// A part of the work of a filter, for a range of titles; parts may run in parallel.
pub type Part<'a> = dyn Fn(Range<usize>) -> Vec<Scored> + Sync + 'a;

impl Titles {
    /// Folds titles.
    #[must_use]
    pub fn of<'a>(titles: impl Iterator<Item = &'a str>) -> Self {
        let mut known = Self::default();
        for title in titles {
            let start = known.text.len();
            fold_into(title, Folding::Lenient, &mut known.text);
            // What lies beyond four gigabytes is not filtered.
            let Ok(end) = u32::try_from(known.text.len()) else { break };
            known.ends.push(end);
            known.letters.push(Letters::of(known.text.get(start..).unwrap_or_default()));
        }
        known.text.shrink_to_fit();
        known
    }

    fn start(&self, number: usize) -> usize {
        number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    fn get(&self, number: u32) -> &str {
        let number = number as usize;
        self.ends.get(number).and_then(|end| self.text.get(self.start(number)..*end as usize)).unwrap_or_default()
    }

    /// Returns the titles that have the letters of every word of `typed` in order and close together; only those of
    /// `among`, where that is given.
    #[must_use]
    pub fn filter(&self, typed: &str, among: Option<Vec<u32>>) -> Filtered {
        self.filter_in_parts(typed, among, |length, part| part(0..length))
    }

    /// Filters like [`Self::filter`], with `each` running the parts of a long task and joining their results in order.
    #[must_use]
    pub fn filter_in_parts(
        &self,
        typed: &str,
        among: Option<Vec<u32>>,
        each: impl Fn(usize, &Part<'_>) -> Vec<Scored>,
    ) -> Filtered {
        let words = words(typed);
        let looked_at = among.as_ref().map_or(self.ends.len(), Vec::len);
        let together = each(looked_at, &|part| match &among {
            Some(among) => self.together_among(&words, among.get(part).unwrap_or_default()),
            None => self.together(&words, part),
        });
        if together.len() > ENOUGH {
            return Filtered { fitting: best_first(&together), possible: among };
        }
        let wanted = words.iter().fold(Letters::default(), |all, word| all.and(word.needed));
        let mut scored = each(looked_at, &|part| {
            let mut letters = Scattered::new(self, &words, &together);
            let mut score = |number: u32| Some((number, letters.first(number, wanted)?));
            match &among {
                Some(among) => among.get(part).unwrap_or_default().iter().filter_map(|one| score(*one)).collect(),
                None => numbers(part).filter_map(score).collect(),
            }
        });
        if scored.len() <= THOROUGHLY {
            scored = each(scored.len(), &|part| {
                let mut letters = Scattered::new(self, &words, &[]);
                let known = scored.get(part).unwrap_or_default().iter();
                known.map(|(number, first)| (*number, letters.best(*number).unwrap_or(*first))).collect()
            });
        }
        let possible = scored.iter().map(|(number, _)| *number).collect();
        let least = words.iter().map(|word| word.letters.len()).sum::<usize>();
        let least = u16::try_from(least).unwrap_or(u16::MAX).saturating_mul(LEAST);
        scored.retain(|(_, score)| *score >= least);
        Filtered { fitting: best_first(&scored), possible: Some(possible) }
    }

    /// Returns the titles of a stretch that have every word with its letters side by side.
    fn together(&self, words: &[Word], part: Range<usize>) -> Vec<Scored> {
        // The longest word is in the fewest.
        let Some(longest) = words.iter().max_by_key(|word| word.letters.len()) else {
            return numbers(part).map(|number| (number, 0)).collect();
        };
        let length = longest.together.needle().len();
        let mut found = Vec::new();
        let (mut number, last) = (part.start, self.start(part.end));
        let mut from = self.start(number);
        // The text is gone through as one: most titles need not be looked at for themselves.
        while let Some(at) = self.text.as_bytes().get(from..last).and_then(|rest| longest.together.find(rest)) {
            let at = from + at;
            while self.ends.get(number).is_some_and(|end| *end as usize <= at) {
                number += 1;
            }
            let Some(end) = self.ends.get(number).map(|end| *end as usize) else { break };
            if at + length > end {
                // It begins in one title and ends in the next.
                from = at + 1;
                continue;
            }
            from = end;
            let Ok(named) = u32::try_from(number) else { break };
            found.extend(self.score_together(words, named).map(|score| (named, score)));
        }
        found
    }

    fn together_among(&self, words: &[Word], among: &[u32]) -> Vec<Scored> {
        among.iter().filter_map(|number| Some((*number, self.score_together(words, *number)?))).collect()
    }

    fn score_together(&self, words: &[Word], number: u32) -> Option<u16> {
        let title = self.get(number);
        words.iter().try_fold(0, |sum: u16, word| Some(sum.saturating_add(word.score_together(title)?)))
    }
}

fn numbers(part: Range<usize>) -> impl Iterator<Item = u32> {
    part.map_while(|number| u32::try_from(number).ok())
}

/// Sorts titles given in rising order, the best first.
fn best_first(scored: &[Scored]) -> Vec<u32> {
    // Scores are small and few: each is counted, and then every title has its place.
    let best = scored.iter().map(|(_, score)| *score).max().unwrap_or(0);
    let mut places = vec![0_usize; usize::from(best) + 2];
    for (_, score) in scored {
        if let Some(place) = places.get_mut(usize::from(best - score) + 1) {
            *place += 1;
        }
    }
    let mut before = 0;
    for place in &mut places {
        before += *place;
        *place = before;
    }
    let mut sorted = vec![0; scored.len()];
    for (number, score) in scored {
        let Some(place) = places.get_mut(usize::from(best - score)) else { continue };
        if let Some(free) = sorted.get_mut(*place) {
            *free = *number;
        }
        *place += 1;
    }
    sorted
}

/// The set of letters in a text: a bit for each Latin one, four for digits, one for all other characters that tell
/// words apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters(u32);

impl Letters {
    const OTHER: u32 = 1 << 30;

    fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |bits, byte| bits | Self::bit(byte)))
    }

    const fn bit(byte: u8) -> u32 {
        match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte % 4),
            b' ' => 0,
            128.. => Self::OTHER,
            _ => 1 << 31,
        }
    }

    const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    const fn are_ascii(self) -> bool {
        self.0 & Self::OTHER == 0
    }

    const fn have(self, wanted: Self) -> bool {
        self.0 & wanted.0 == wanted.0
    }
}

/// Returns where the letters of `typed` stand in `title`, as byte ranges in order; nothing where they do not.
#[must_use]
pub fn letters(title: &str, typed: &str) -> Vec<Range<usize>> {
    let folded = Folded::with(title, Folding::Lenient);
    let text = folded.text().split('\n').next().unwrap_or_default();
    let mut matcher = matcher();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let places: Vec<Range<usize>> =
        text.char_indices().map(|(offset, letter)| offset..offset + letter.len_utf8()).collect();
    let (mut characters, mut at) = (Vec::new(), Vec::new());
    let title = Utf32Str::new(text, &mut characters);
    for word in split(typed) {
        at.clear();
        if matcher.fuzzy_indices(title, word.slice(..), &mut at).is_some() {
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

/// A word of the typed filter.
struct Word {
    letters: Utf32String,
    needed: Letters,
    /// Finds the letters side by side.
    together: Finder<'static>,
    /// The score of the letters side by side after each ASCII character.
    after: Vec<u16>,
}

impl Word {
    fn new(letters: Utf32String, matcher: &mut Matcher) -> Self {
        let word = letters.to_string();
        let together = Finder::new(word.as_bytes()).into_owned();
        let mut after = |before: char| {
            let title = Utf32String::from(format!("{before}{word}"));
            matcher.postfix_match(title.slice(..), letters.slice(..)).unwrap_or(0)
        };
        let after = (0..128_u8).map(|before| after(char::from(before))).collect();
        Self { needed: Letters::of(&word), letters, together, after }
    }

    /// Returns the score of the letters where they stand side by side in a title.
    fn score_together(&self, title: &str) -> Option<u16> {
        // Nowhere are they worth more than at the start of a title.
        let best = self.worth_after(None);
        let (mut from, mut most) = (0, None);
        while let Some(at) = title.as_bytes().get(from..).and_then(|rest| self.together.find(rest)) {
            let at = from + at;
            let score = self.worth_after(title.get(..at).and_then(|before| before.chars().next_back()));
            if score >= best {
                return Some(score);
            }
            most = most.max(Some(score));
            from = at + 1;
        }
        most
    }

    fn worth_after(&self, before: Option<char>) -> u16 {
        let alike = match before {
            None => ' ',
            Some(before) if before.is_ascii() => before,
            Some(before) if before.is_alphanumeric() => 'a',
            Some(_) => '"',
        };
        self.after.get(alike as usize).copied().unwrap_or_default()
    }
}

/// Scores titles by the letters of words wherever they stand in them.
struct Scattered<'a> {
    titles: &'a Titles,
    words: &'a [Word],
    /// The next titles that have every word with its letters side by side.
    together: &'a [Scored],
    matcher: Matcher,
    characters: Vec<char>,
}

impl<'a> Scattered<'a> {
    fn new(titles: &'a Titles, words: &'a [Word], together: &'a [Scored]) -> Self {
        Self { titles, words, together, matcher: matcher(), characters: Vec::new() }
    }

    /// Scores a title by each word's letters side by side or else by the first way they come in order; `None` where one
    /// is missing. Titles are asked about in rising order.
    fn first(&mut self, number: u32, wanted: Letters) -> Option<u16> {
        let own = *self.titles.letters.get(number as usize)?;
        if !own.have(wanted) {
            return None;
        }
        while let Some(((next, score), rest)) = self.together.split_first() {
            if *next == number {
                return Some(*score);
            }
            if *next > number {
                break;
            }
            self.together = rest;
        }
        let text = self.titles.get(number);
        let title = in_characters(text, own, &mut self.characters);
        let alone = self.words.len() == 1;
        self.words.iter().try_fold(0, |sum: u16, word| {
            let together = if alone { None } else { word.score_together(text) };
            let score = together.or_else(|| self.matcher.fuzzy_match_greedy(title, word.letters.slice(..)))?;
            Some(sum.saturating_add(score))
        })
    }

    /// Scores a title by the best of all ways its letters come in order.
    fn best(&mut self, number: u32) -> Option<u16> {
        let own = *self.titles.letters.get(number as usize)?;
        let title = in_characters(self.titles.get(number), own, &mut self.characters);
        self.words.iter().try_fold(0, |sum: u16, word| {
            Some(sum.saturating_add(self.matcher.fuzzy_match(title, word.letters.slice(..))?))
        })
    }
}

/// Converts a title to the form the matcher takes; ASCII needs no other form.
fn in_characters<'a>(title: &'a str, letters: Letters, characters: &'a mut Vec<char>) -> Utf32Str<'a> {
    if letters.are_ascii() { Utf32Str::Ascii(title.as_bytes()) } else { Utf32Str::new(title, characters) }
}

/// Makes a matcher that compares letters as they are, since titles and words are folded.
fn matcher() -> Matcher {
    let mut config = Config::DEFAULT;
    (config.ignore_case, config.normalize) = (false, false);
    Matcher::new(config)
}

/// Makes a matcher for the ends of titles, which it examines only when it folds them too.
fn ends_matcher() -> Matcher {
    let mut matcher = matcher();
    matcher.config.ignore_case = true;
    matcher
}

/// Returns the words of a typed filter.
fn words(typed: &str) -> Vec<Word> {
    let mut matcher = ends_matcher();
    split(typed).into_iter().map(|letters| Word::new(letters, &mut matcher)).collect()
}

fn split(typed: &str) -> Vec<Utf32String> {
    let start = |word: &str| word.chars().take(LONGEST).collect::<String>();
    fold(typed, Folding::Lenient).split_whitespace().map(|word| Utf32String::from(start(word))).collect()
}

#[cfg(test)]
mod tests;
