//! A run: the sorted words of as many announcements as fit in memory. An index is merged from runs.

use std::io::{self, Read, Write};

use super::bytes::put;
use super::vocabulary::{Vocabulary, words};
use crate::search::Field;
use crate::text::Language;

/// The languages texts are kept apart by, because a pattern depends on it; `None` is one that is not known.
pub const CLASSES: [Option<Language>; 4] =
    [Some(Language::Finnish), Some(Language::Swedish), Some(Language::English), None];

/// An in-memory index of the words in a batch of announcements.
#[derive(Debug, Default)]
pub struct Run {
    classes: [Class; CLASSES.len()],
    postings: usize,
}

#[derive(Debug, Default)]
struct Class {
    vocabulary: Vocabulary,
    /// Where words stand, in the order they came: the word, and the announcement with its field.
    postings: Vec<(u32, u32)>,
}

/// Packs an announcement, counted from 1, and the weightiest field a word has in it into one number.
fn posting(document: u32, field: Field) -> u32 {
    document << 2 | field as u32
}

impl Run {
    /// Adds the announcement with this rank; ranks are added in increasing order. `text` and `ends` are the output of a
    /// strict [`Texts::fold_into`](crate::search::Texts::fold_into).
    pub fn add(&mut self, rank: u32, language: Option<Language>, text: &str, ends: &[usize; 4]) {
        let place = CLASSES.iter().position(|class| *class == language);
        let Some(class) = place.and_then(|place| self.classes.get_mut(place)) else { return };
        let document = rank + 1;
        let before = class.postings.len();
        let mut start = 0;
        for (field, end) in Field::ALL.into_iter().zip(ends) {
            words(text.get(start..*end).unwrap_or_default(), |word| {
                // Fields come the weightiest first: only the first place counts.
                if let Some(number) = class.vocabulary.meet(word, document) {
                    class.postings.push((number, posting(document, field)));
                }
            });
            start = *end;
        }
        self.postings += class.postings.len() - before;
    }

    /// Returns the number of places, at most one a word and announcement.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.postings
    }

    /// Reports whether it is empty.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.postings == 0
    }

    /// Writes the run, the words of each class in order.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        self.classes.into_iter().try_for_each(|class| class.write(out))
    }
}

impl Class {
    fn write(self, out: &mut impl Write) -> io::Result<()> {
        let Self { vocabulary, postings, .. } = self;
        let count = vocabulary.len();
        let mut order: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by(|one, other| vocabulary.word(*one).cmp(vocabulary.word(*other)));
        // Places word by word, as they came within each.
        let mut ends = vec![0_usize; count + 1];
        for (word, _) in &postings {
            if let Some(end) = ends.get_mut(*word as usize + 1) {
                *end += 1;
            }
        }
        for at in 1..ends.len() {
            let before = ends.get(at - 1).copied().unwrap_or(0);
            if let Some(end) = ends.get_mut(at) {
                *end += before;
            }
        }
        let starts = ends.clone();
        let mut sorted = vec![0_u32; postings.len()];
        for (word, place) in &postings {
            if let Some(at) = ends.get_mut(*word as usize) {
                if let Some(slot) = sorted.get_mut(*at) {
                    *slot = *place;
                }
                *at += 1;
            }
        }
        let (mut head, mut list) = (Vec::new(), Vec::new());
        for number in order {
            let range =
                starts.get(number as usize).copied().unwrap_or(0)..ends.get(number as usize).copied().unwrap_or(0);
            list.clear();
            let mut last = 0;
            for place in sorted.get(range).unwrap_or_default() {
                put(((place >> 2) - last) << 2 | place & 3, &mut list);
                last = place >> 2;
            }
            let word = vocabulary.word(number);
            head.clear();
            put(u32::try_from(word.len()).unwrap_or(u32::MAX), &mut head);
            head.extend_from_slice(word.as_bytes());
            put(last, &mut head);
            put(u32::try_from(list.len()).unwrap_or(u32::MAX), &mut head);
            out.write_all(&head)?;
            out.write_all(&list)?;
        }
        out.write_all(&[0])
    }
}

/// Reads what [`Run::write`] wrote, a word at a time.
#[derive(Debug)]
pub struct Words<R> {
    input: R,
    /// The word read last; empty at the end of a class.
    pub word: Vec<u8>,
    /// The last announcement it stands in, counted from 1.
    pub last: u32,
    /// Where it stands: the distance to the announcement before and the field, each.
    pub places: Vec<u8>,
}

impl<R: Read> Words<R> {
    /// Starts at the first class.
    pub const fn new(input: R) -> Self {
        Self { input, word: Vec::new(), last: 0, places: Vec::new() }
    }

    /// Moves to the next word, or past the end of the class, where it is empty.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn step(&mut self) -> io::Result<()> {
        let length = self.number()?;
        self.word.resize(length as usize, 0);
        self.input.read_exact(&mut self.word)?;
        if length == 0 {
            return Ok(());
        }
        self.last = self.number()?;
        let length = self.number()?;
        self.places.resize(length as usize, 0);
        self.input.read_exact(&mut self.places)
    }

    fn number(&mut self) -> io::Result<u32> {
        let (mut number, mut shift) = (0_u32, 0);
        loop {
            let mut byte = [0];
            self.input.read_exact(&mut byte)?;
            number |= u32::from(byte[0] & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte[0] < 0x80 {
                return Ok(number);
            }
            shift += 7;
        }
    }
}
