//! The lookup of a query: from words to the blocks of their postings, to announcements, to ranks.

use super::bytes::{Bytes, Damaged};
use super::class::{Class, Search};
use super::code::{CODES, NONE, both, code, rank};
use super::layout::{Header, Section};
use super::run::CLASSES;
use super::vocabulary::{is_plain, pieces};
use crate::search::matcher::Word;
use crate::search::pattern::{Place, WordPattern};
use crate::search::{Field, Fit, Matcher, Rank};
use crate::text::Language;
use crate::text::fold::Folding;

/// An announcement's texts as [`Texts::fold_into`](crate::search::Texts::fold_into) folds them, for what words alone
/// cannot tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The folded texts.
    pub text: String,
    /// Where each ends.
    pub ends: [usize; 4],
    /// The language of the text as a whole.
    pub language: Option<Language>,
}

/// An index whose bytes are lent by `B`.
#[derive(Debug)]
pub struct Index<B> {
    bytes: B,
    seq: u64,
    numbers: Vec<u32>,
    extra: Section,
    classes: [Class; CLASSES.len()],
}

/// An announcement of the index that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the index, from 0 for the newest.
    pub nth: u32,
    /// How well it matches.
    pub rank: Rank,
}

/// The announcements that match, by rank.
#[derive(Clone, Debug)]
pub struct Found {
    /// For every announcement of the index the code of its rank, [`NONE`] where it does not match.
    codes: Vec<u8>,
    /// What is still to be looked for in the texts of those that match.
    doubtful: Vec<Word>,
    /// Returns the number of announcements that match.
    settled: usize,
}

impl<B: Bytes> Index<B> {
    /// Opens the index in `bytes` and checks all but its postings.
    ///
    /// # Errors
    ///
    /// When it is not what was written, or not by this version.
    pub fn open(bytes: B) -> Result<Self, Damaged> {
        let header = Header::read(&bytes)?;
        let numbers = header.numbers.load(&bytes)?;
        let numbers: Vec<u32> = numbers.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number)).collect();
        if numbers.len() as u64 != header.documents {
            return Err(Damaged);
        }
        let mut classes: [Class; CLASSES.len()] = Default::default();
        for (class, sections) in classes.iter_mut().zip(&header.classes) {
            *class = Class::open(&bytes, sections)?;
        }
        Ok(Self { bytes, seq: header.seq, numbers, extra: header.extra, classes })
    }

    /// Returns the last change of the library that the index includes.
    #[must_use]
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Returns the announcements' numbers in the library, newest first.
    #[must_use]
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Returns the further data that was stored with the announcements.
    ///
    /// # Errors
    ///
    /// When it is not what was written.
    pub fn extra(&self) -> Result<Vec<u8>, Damaged> {
        self.extra.load(&self.bytes)
    }

    /// Looks up the words of a query, without its other conditions. Where words alone do not decide, the result is
    /// still to be [settled](Found::settle); `None` when `stop` cancels the search.
    ///
    /// # Errors
    ///
    /// When the index is not what was written.
    pub fn look(&self, matcher: &Matcher, stop: &dyn Fn() -> bool) -> Result<Option<Found>, Damaged> {
        let mut codes = vec![code(Field::Title, Fit::Word); self.numbers.len()];
        let mut doubtful = Vec::new();
        for word in matcher.words() {
            let certain = word.only.is_none_or(|only| only == Field::Title)
                && word.pattern.stems().all(|(stem, _)| is_plain(stem));
            let found = if certain {
                self.word(word, matcher.folding(), stop)?
            } else {
                self.maybe(word, matcher.folding(), stop)?
            };
            let Some(found) = found else { return Ok(None) };
            for (code, found) in codes.iter_mut().zip(found) {
                *code = match (word.negated, certain) {
                    (false, true) => both(*code, found),
                    (true, true) => {
                        if found >> 5 <= 1 {
                            NONE
                        } else {
                            *code
                        }
                    }
                    (false, false) if found == NONE => NONE,
                    _ => *code,
                };
            }
            if !certain {
                doubtful.push(word.clone());
            }
        }
        let settled = if doubtful.is_empty() { codes.len() } else { 0 };
        Ok(Some(Found { codes, doubtful, settled }))
    }

    /// Returns the codes of the announcements that contain a word.
    fn word(&self, word: &Word, folding: Folding, stop: &dyn Fn() -> bool) -> Result<Option<Vec<u8>>, Damaged> {
        let (mut codes, mut room) = (vec![NONE; self.numbers.len()], Vec::new());
        for (class, language) in self.classes.iter().zip(CLASSES) {
            let mut search = Search { bytes: &self.bytes, class, only: word.only, codes: &mut codes, room: &mut room };
            let anywhere = if folding == Folding::Lenient {
                word.pattern.clone()
            } else {
                // In a word with several hyphens, one with a hyphen may stand in the middle.
                for (stem, place) in word.pattern.stems().filter(|(stem, _)| !stem.contains('-')) {
                    match place {
                        Place::Alone => search.alone(stem)?,
                        Place::Start => search.beginning(stem)?,
                        Place::Anywhere => {}
                    }
                }
                word.pattern.anywhere(language)
            };
            if anywhere.is_empty() {
                continue;
            }
            if !search.anywhere(&anywhere, language, folding, stop)? {
                return Ok(None);
            }
        }
        Ok(Some(codes))
    }

    /// Returns the announcements that may contain a phrase: those with every word of it.
    fn maybe(&self, word: &Word, folding: Folding, stop: &dyn Fn() -> bool) -> Result<Option<Vec<u8>>, Damaged> {
        let mut codes = vec![code(Field::Title, Fit::Word); self.numbers.len()];
        let mut stems = word.pattern.stems();
        // What must not be found is decided by the texts alone; so is a word that may stand in several ways.
        let (Some((stem, place)), None) = (stems.next(), stems.next()) else { return Ok(Some(codes)) };
        if word.negated || place == Place::Anywhere {
            return Ok(Some(codes));
        }
        let mut words: Vec<&str> = Vec::new();
        pieces(stem, |word| words.push(word));
        for (nth, piece) in words.iter().enumerate() {
            let open = place == Place::Start && nth + 1 == words.len() && stem.ends_with(piece);
            let pattern = WordPattern::exact(piece, folding, open);
            let word = Word { negated: false, only: None, pattern };
            let Some(found) = self.word(&word, folding, stop)? else { return Ok(None) };
            codes.iter_mut().zip(found).filter(|(_, found)| *found == NONE).for_each(|(code, _)| *code = NONE);
        }
        Ok(Some(codes))
    }
}

/// Returns the code of an announcement after its text was searched for `word`.
fn with_text(before: u8, word: &Word, kept: &Kept) -> u8 {
    let best = word.best(&kept.text, &kept.ends, kept.language, &|| false);
    match best {
        Some(best) if word.negated => {
            if best.class <= 1 {
                NONE
            } else {
                before
            }
        }
        None if word.negated => before,
        Some(best) => both(before, code(best.field, best.fit)),
        None => NONE,
    }
}

impl Found {
    /// Reads the texts of up to `most` further announcements that words alone do not decide: those with the words of a
    /// phrase. `texts` gives them by their places in the index.
    ///
    /// Returns whether none is left; until then the result covers only the newest announcements.
    pub fn settle(&mut self, mut most: usize, texts: &mut dyn FnMut(usize) -> Option<Kept>) -> bool {
        while let Some(code) = self.codes.get_mut(self.settled) {
            if *code != NONE {
                if most == 0 {
                    return false;
                }
                most -= 1;
                let text = texts(self.settled).unwrap_or_default();
                *code = self.doubtful.iter().fold(*code, |code, word| with_text(code, word, &text));
            }
            self.settled += 1;
        }
        true
    }

    /// Returns the codes of the announcements that are decided.
    fn known(&self) -> &[u8] {
        self.codes.get(..self.settled).unwrap_or_default()
    }

    /// Keeps only those of the matching announcements that `allows` lets pass.
    pub fn retain(&mut self, mut allows: impl FnMut(usize) -> bool) {
        for (nth, code) in self.codes.iter_mut().enumerate().filter(|(_, code)| **code != NONE) {
            if !allows(nth) {
                *code = NONE;
            }
        }
    }

    /// Returns the places of the matching announcements in the index: the best first, newer ones before older ones.
    #[must_use]
    pub fn in_order(&self) -> Vec<u32> {
        let mut places = [0_usize; CODES];
        for code in self.known() {
            // What does not match has a code beyond them all.
            if let Some(count) = places.get_mut(usize::from(*code)) {
                *count += 1;
            }
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        let mut order = vec![0; before];
        for (nth, code) in (0..).zip(self.known()) {
            if let Some(place) = places.get_mut(usize::from(*code)) {
                if let Some(slot) = order.get_mut(*place) {
                    *slot = nth;
                }
                *place += 1;
            }
        }
        order
    }

    /// Returns the rank of the announcement at that place of the index, if it matches.
    #[must_use]
    pub fn rank(&self, nth: u32) -> Option<Rank> {
        self.known().get(nth as usize).and_then(|code| rank(*code))
    }

    /// Returns the matching announcements and their ranks, in the order of the index.
    pub fn ranks(&self) -> impl Iterator<Item = Hit> {
        // What does not match has a code without a rank.
        (0..).zip(self.known()).filter_map(|(nth, code)| Some(Hit { nth, rank: rank(*code)? }))
    }

    /// Returns the number of announcements that match.
    #[must_use]
    pub fn count(&self) -> usize {
        self.known().iter().filter(|code| **code != NONE).count()
    }
}
