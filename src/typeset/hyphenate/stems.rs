//! The stems that open the second part of Finnish compounds, looked up letter by letter.
//!
//! The lists beside this file are our own: beginnings of common nouns and verbs of municipal prose, written so that
//! they match every inflected form and, in the places where they are asked for, nothing else. A `$` stands for the
//! end of the word, where a short form would match too much without it.

use std::sync::OnceLock;

/// Stems that begin with a vowel and may follow `n`, `s` or another consonant.
const AFTER_CONSONANT: &str = include_str!("after-consonant.txt");
/// Stems that begin with a vowel and may follow a vowel.
const AFTER_VOWEL: &str = include_str!("after-vowel.txt");
/// Stems that begin with one consonant or more.
const CONSONANT: &str = include_str!("consonant.txt");
/// Beginnings that look like one of the stems above but open no part, with what stands before them (`kan|sala`).
const NEVER: &str = include_str!("never.txt");

/// A word in this module: one byte a letter, as in ISO 646-FI, where `{` is ä, `|` ö and `}` å.
pub(super) const PADDING: usize = 16;

/// Which list a stem is from, as bits.
pub(super) const FOLLOWS_CONSONANT: u8 = 1;
/// See [`FOLLOWS_CONSONANT`].
pub(super) const FOLLOWS_VOWEL: u8 = 2;
/// See [`FOLLOWS_CONSONANT`].
pub(super) const OPENS_WITH_CONSONANT: u8 = 4;

/// One stem, ready to be compared with sixteen letters at once.
#[derive(Clone, Copy, Debug)]
struct Entry {
    letters: u128,
    mask: u128,
    lists: u8,
}

/// What stands before a place and after it where no part begins.
#[derive(Debug)]
struct Denial {
    before: Vec<u8>,
    after: Vec<u8>,
}

/// A stem with which some denial goes on.
const DENIED: u8 = 8;

/// Stems are parted by their first three letters, hashed to so many slots: most have one stem or none.
const SLOTS: usize = 4096;

/// All lists in one table.
#[derive(Debug)]
pub(super) struct Stems {
    entries: Vec<Entry>,
    first: Vec<u16>,
    never: Vec<Denial>,
}

/// The one-byte form of a letter, or `None` when the alphabet of this module lacks it.
pub(super) const fn fold(letter: char) -> Option<u8> {
    Some(match letter {
        'a'..='z' => letter as u8,
        'A'..='Z' => letter as u8 | 0x20,
        'ä' | 'Ä' => b'{',
        'ö' | 'Ö' | 'ø' | 'Ø' => b'|',
        'å' | 'Å' => b'}',
        'š' | 'Š' => b's',
        'ž' | 'Ž' => b'z',
        'é' | 'É' | 'è' | 'È' => b'e',
        'ü' | 'Ü' => b'y',
        _ => return None,
    })
}

/// The stems, read from their lists at the first Finnish word (some tens of microseconds, never at start-up).
pub(super) fn stems() -> &'static Stems {
    static STEMS: OnceLock<Stems> = OnceLock::new();
    STEMS.get_or_init(Stems::read)
}

impl Stems {
    fn read() -> Self {
        let mut found: Vec<(Vec<u8>, u8)> = Vec::new();
        for (list, bit) in
            [(AFTER_CONSONANT, FOLLOWS_CONSONANT), (AFTER_VOWEL, FOLLOWS_VOWEL), (CONSONANT, OPENS_WITH_CONSONANT)]
        {
            found.extend(entries(list).map(|stem| (folded(stem), bit)));
        }
        let never: Vec<Denial> = self::entries(NEVER)
            .filter_map(|line| line.split_once('|'))
            .map(|(before, after)| Denial { before: folded(before), after: folded(after) })
            .collect();
        found.extend(never.iter().map(|denial| (denial.after.clone(), DENIED)));
        found.retain(|(stem, _)| (3..=PADDING).contains(&stem.len()));
        found.sort_by_key(|(stem, _)| slot(stem));
        let mut entries = Vec::with_capacity(found.len());
        let mut first = vec![0_u16; SLOTS + 1];
        for (stem, lists) in &found {
            let (letters, mask) = packed(stem);
            entries.push(Entry { letters, mask, lists: *lists });
            if let Some(count) = first.get_mut(slot(stem) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut first {
            sum += *count;
            *count = sum;
        }
        Self { entries, first, never }
    }

    /// The lists that hold a stem with which `rest` begins; `rest` has [`PADDING`] zeros after the word.
    pub(super) fn lists_at(&self, rest: &[u8]) -> u8 {
        let Some(window) = rest.first_chunk::<PADDING>() else {
            return 0;
        };
        let letters = u128::from_le_bytes(*window);
        let slot = slot(rest);
        let from = self.first.get(slot).copied().unwrap_or_default();
        let to = self.first.get(slot + 1).copied().unwrap_or_default();
        self.entries
            .get(usize::from(from)..usize::from(to))
            .unwrap_or_default()
            .iter()
            .filter(|entry| letters & entry.mask == entry.letters)
            .fold(0, |lists, entry| lists | entry.lists)
    }

    /// Whether the `lists` that [`Self::lists_at`] gave for `at` are known to be mistaken there.
    pub(super) fn denied(&self, lists: u8, word: &[u8], at: usize) -> bool {
        let Some((head, tail)) = word.split_at_checked(at) else { return true };
        lists & DENIED != 0
            && self.never.iter().any(|denial| head.ends_with(&denial.before) && tail.starts_with(&denial.after))
    }
}

/// The lines of a list without comments.
fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A stem in one-byte letters; its `$`, the end of the word, becomes the zero that follows every word.
fn folded(stem: &str) -> Vec<u8> {
    stem.chars().filter_map(|letter| if letter == '$' { Some(0) } else { fold(letter) }).collect()
}

fn packed(stem: &[u8]) -> (u128, u128) {
    let mut letters = [0; PADDING];
    let mut mask = [0; PADDING];
    for ((letter, bits), &from) in letters.iter_mut().zip(&mut mask).zip(stem) {
        *letter = from;
        *bits = 0xff;
    }
    (u128::from_le_bytes(letters), u128::from_le_bytes(mask))
}

/// The slot of the words that begin with the same three letters as `letters`.
fn slot(letters: &[u8]) -> usize {
    let Some(&[first, second, third]) = letters.first_chunk() else { return 0 };
    let [first, second, third] = [first, second, third].map(|letter| usize::from(letter & 0x1f));
    (first * 961 + second * 31 + third) % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_clean_and_short_enough() {
        for list in [AFTER_CONSONANT, AFTER_VOWEL, CONSONANT] {
            let stems: Vec<&str> = entries(list).collect();
            let mut sorted = stems.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(stems, sorted);
            for stem in stems {
                assert!((3..=PADDING).contains(&stem.chars().count()), "{stem}");
                assert!(stem.trim_end_matches('$').chars().all(|letter| fold(letter).is_some()), "{stem}");
            }
        }
    }

    #[test]
    fn denials_can_be_found() {
        for line in entries(NEVER) {
            let (before, after) = line.split_once('|').unwrap();
            assert!(!before.is_empty() && (3..=PADDING).contains(&after.chars().count()), "{line}");
        }
    }

    #[test]
    fn every_stem_is_found_again() {
        for (list, bit) in
            [(AFTER_CONSONANT, FOLLOWS_CONSONANT), (AFTER_VOWEL, FOLLOWS_VOWEL), (CONSONANT, OPENS_WITH_CONSONANT)]
        {
            for stem in entries(list) {
                let mut word = folded(stem);
                word.resize(word.len() + PADDING, 0);
                assert_ne!(stems().lists_at(&word) & bit, 0, "{stem}");
            }
        }
        assert_eq!(stems().lists_at(b"xyzzy\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0);
        assert_eq!(stems().lists_at(b""), 0);
    }
}
