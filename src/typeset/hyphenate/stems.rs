//! The stems that open the second part of Finnish compounds, looked up letter by letter.
//!
//! The lists beside this file are our own: beginnings of common nouns and verbs of municipal prose, written so that
//! they match every inflected form and, in the places where they are asked for, nothing else. A `$` stands for the
//! end of the word, where a short form would match too much without it.

/// Stems that begin with a vowel and may follow `n`, `s` or another consonant.
const AFTER_CONSONANT: &str = include_str!("after-consonant.txt");
/// Stems that begin with a vowel and may follow a vowel.
const AFTER_VOWEL: &str = include_str!("after-vowel.txt");
/// Stems that begin with one consonant or more.
const CONSONANT: &str = include_str!("consonant.txt");
/// Beginnings that look like one of the stems above but open no part, with what stands before them (`kan|sala`).
const NEVER: &str = include_str!("never.txt");

/// Zeros behind a word in this module, where a letter is one byte as in ISO 646-FI: `{` is ä, `|` ö and `}` å.
pub(super) const PADDING: usize = 16;

/// Which list a stem is from, as bits.
pub(super) const FOLLOWS_CONSONANT: u8 = 1;
/// See [`FOLLOWS_CONSONANT`].
pub(super) const FOLLOWS_VOWEL: u8 = 2;
/// See [`FOLLOWS_CONSONANT`].
pub(super) const OPENS_WITH_CONSONANT: u8 = 4;
/// Marks a stem that has exceptions.
const DENIED: u8 = 8;

/// Stems are parted by their first three letters, hashed to so many slots: most have one stem or none.
const SLOTS: usize = 4096;

/// The number of exceptions.
const DENIALS: usize = count(NEVER);
/// The number of stems, including those of the exceptions.
const COUNT: usize = count(AFTER_CONSONANT) + count(AFTER_VOWEL) + count(CONSONANT) + DENIALS;

/// All lists, put in order by the compiler: nothing is read or sorted when the program starts.
static STEMS: Stems = Stems::new();

/// A stem, or what stands before a place: letters, and zeros behind them.
#[derive(Clone, Copy, Debug)]
struct Stem {
    letters: [u8; PADDING],
    length: u8,
}

/// A stem and the lists it is from.
#[derive(Clone, Copy, Debug)]
struct Entry {
    stem: Stem,
    lists: u8,
}

/// An exception: what stands before and after a place where no part begins.
#[derive(Clone, Copy, Debug)]
struct Denial {
    before: Stem,
    after: Stem,
}

/// All lists in one table.
#[derive(Debug)]
pub(super) struct Stems {
    /// By slot.
    entries: [Entry; COUNT],
    /// The first entry of each slot, and the end.
    first: [u16; SLOTS + 1],
    never: [Denial; DENIALS],
}

/// Converts a letter to its one-byte form; `None` when the alphabet of this module lacks it.
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

/// Returns the table of stems.
pub(super) const fn stems() -> &'static Stems {
    &STEMS
}

impl Stems {
    const fn new() -> Self {
        let unsorted = Self::read();
        let mut first = [0_u16; SLOTS + 1];
        let mut at = 0;
        while at < COUNT {
            first[unsorted[at].stem.slot() + 1] += 1;
            at += 1;
        }
        let mut slot = 0;
        while slot < SLOTS {
            first[slot + 1] += first[slot];
            slot += 1;
        }
        let mut next = first;
        let mut entries = unsorted;
        at = 0;
        while at < COUNT {
            let place = &mut next[unsorted[at].stem.slot()];
            entries[*place as usize] = unsorted[at];
            *place += 1;
            at += 1;
        }
        Self { entries, first, never: denials() }
    }

    /// Reads the stems in the order of their lists.
    #[expect(clippy::large_stack_arrays, reason = "it stands on the compiler's stack")]
    const fn read() -> [Entry; COUNT] {
        let mut entries = [Entry { stem: Stem::EMPTY, lists: 0 }; COUNT];
        let lists = [
            (AFTER_CONSONANT, FOLLOWS_CONSONANT),
            (AFTER_VOWEL, FOLLOWS_VOWEL),
            (CONSONANT, OPENS_WITH_CONSONANT),
            (NEVER, DENIED),
        ];
        let (mut list, mut at) = (0, 0);
        while list < lists.len() {
            let (text, bit) = lists[list];
            let mut lines = Lines::of(text);
            while let Some(line) = lines.next() {
                // Of a denial the part behind the bar.
                entries[at] = Entry { stem: line.1, lists: bit };
                at += 1;
            }
            list += 1;
        }
        entries
    }

    /// Returns the lists that hold a stem with which `rest` begins; `rest` has [`PADDING`] zeros after the word.
    pub(super) fn lists_at(&self, rest: &[u8]) -> u8 {
        let Some(window) = rest.first_chunk::<PADDING>() else { return 0 };
        let slot = slot(window[0], window[1], window[2]);
        let from = self.first.get(slot).copied().unwrap_or_default();
        let to = self.first.get(slot + 1).copied().unwrap_or_default();
        self.entries
            .get(usize::from(from)..usize::from(to))
            .unwrap_or_default()
            .iter()
            .filter(|entry| entry.stem.begins(window))
            .fold(0, |lists, entry| lists | entry.lists)
    }

    /// Reports whether an exception is listed for the stems that [`Self::lists_at`] found at `at`.
    pub(super) fn denied(&self, lists: u8, word: &[u8], at: usize) -> bool {
        let Some((head, tail)) = word.split_at_checked(at) else { return true };
        let fits =
            |denial: &Denial| head.ends_with(denial.before.letters()) && tail.starts_with(denial.after.letters());
        lists & DENIED != 0 && self.never.iter().any(fits)
    }
}

impl Stem {
    const EMPTY: Self = Self { letters: [0; PADDING], length: 0 };

    fn letters(&self) -> &[u8] {
        self.letters.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// Reports whether `window` begins with it: sixteen letters compared at once.
    const fn begins(&self, window: &[u8; PADDING]) -> bool {
        let unlike = u128::from_le_bytes(*window) ^ u128::from_le_bytes(self.letters);
        unlike.trailing_zeros() >= self.length as u32 * 8
    }

    const fn push(&mut self, letter: u8) {
        self.letters[self.length as usize] = letter;
        self.length += 1;
    }

    const fn slot(&self) -> usize {
        slot(self.letters[0], self.letters[1], self.letters[2])
    }
}

/// Returns the slot of words that begin with these three letters.
const fn slot(first: u8, second: u8, third: u8) -> usize {
    let (first, second, third) = ((first & 0x1f) as usize, (second & 0x1f) as usize, (third & 0x1f) as usize);
    (first * 961 + second * 31 + third) % SLOTS
}

const fn denials() -> [Denial; DENIALS] {
    let mut denials = [Denial { before: Stem::EMPTY, after: Stem::EMPTY }; DENIALS];
    let mut lines = Lines::of(NEVER);
    let mut at = 0;
    while let Some((before, after)) = lines.next() {
        denials[at] = Denial { before, after };
        at += 1;
    }
    denials
}

/// Counts the lines of a list that are no comments.
const fn count(list: &str) -> usize {
    let mut lines = Lines::of(list);
    let mut count = 0;
    while lines.next().is_some() {
        count += 1;
    }
    count
}

/// The lines of a list.
struct Lines<'a> {
    list: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    const fn of(list: &'a str) -> Self {
        Self { list: list.as_bytes(), at: 0 }
    }

    /// Returns the text before the bar of the next line, if it has one, and the rest. Compilation fails on letters that
    /// [`fold`] does not know and on stems of less than three letters or more than [`PADDING`].
    const fn next(&mut self) -> Option<(Stem, Stem)> {
        while self.at < self.list.len() && (self.list[self.at] == b'#' || self.list[self.at] == b'\n') {
            while self.list[self.at] != b'\n' {
                self.at += 1;
            }
            self.at += 1;
        }
        if self.at == self.list.len() {
            return None;
        }
        let (mut before, mut stem) = (Stem::EMPTY, Stem::EMPTY);
        while self.list[self.at] != b'\n' {
            match self.list[self.at] {
                b'|' => (before, stem) = (stem, Stem::EMPTY),
                // The end of the word is the zero that follows every word.
                b'$' => stem.push(0),
                letter @ b'a'..=b'z' => stem.push(letter),
                lead => {
                    self.at += 1;
                    let Some(letter) = char::from_u32((lead as u32 & 0x1f) << 6 | self.list[self.at] as u32 & 0x3f)
                    else {
                        return None;
                    };
                    let folded = fold(letter);
                    assert!(folded.is_some());
                    if let Some(letter) = folded {
                        stem.push(letter);
                    }
                }
            }
            self.at += 1;
        }
        self.at += 1;
        assert!(stem.length >= 3);
        Some((before, stem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: [(&str, u8); 3] =
        [(AFTER_CONSONANT, FOLLOWS_CONSONANT), (AFTER_VOWEL, FOLLOWS_VOWEL), (CONSONANT, OPENS_WITH_CONSONANT)];

    #[test]
    fn lists_are_sorted() {
        for (list, _) in LISTS {
            let stems: Vec<&str> = list.lines().collect();
            assert!(stems.is_sorted_by(|one, next| one < next));
        }
    }

    #[test]
    fn every_stem_is_found_again() {
        for (list, bit) in LISTS {
            for stem in list.lines() {
                let mut word: Vec<u8> = stem.trim_end_matches('$').chars().filter_map(fold).collect();
                word.resize(word.len() + PADDING, 0);
                assert_ne!(stems().lists_at(&word) & bit, 0, "{stem}");
            }
        }
        assert_eq!(stems().lists_at(b"xyzzy\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), 0);
        assert_eq!(stems().lists_at(b""), 0);
    }

    #[test]
    fn every_denial_is_found_again() {
        for line in NEVER.lines().filter(|line| !line.starts_with('#')) {
            let (before, after) = line.split_once('|').unwrap();
            assert!(!before.is_empty(), "{line}");
            let mut word: Vec<u8> = format!("{before}{after}").chars().filter_map(fold).collect();
            let at = before.chars().count();
            word.resize(word.len() + PADDING, 0);
            let lists = stems().lists_at(&word[at..]);
            assert!(stems().denied(lists, &word, at), "{line}");
        }
    }
}
