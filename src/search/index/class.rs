//! The words of announcements in one language, looked through, and where they stand.

use super::bytes::{Bytes, Damaged, sum, take, take_bytes};
use super::code::{NONE, code};
use super::layout::{Block, Section, Sections, Start};
use crate::search::pattern::WordPattern;
use crate::search::{Field, Fit};
use crate::text::Language;
use crate::text::fold::Folding;

/// Words are read about so many bytes at a time, which stay near the processor.
const PIECE: u32 = 128 * 1024;

/// The announcements in one language.
#[derive(Debug, Default)]
pub struct Class {
    words: Section,
    lenient: Section,
    /// One more than there are: where the last ends.
    blocks: Vec<Block>,
    starts: Vec<Start>,
}

impl Class {
    /// The class of those `sections`, found whole but for where its words stand.
    pub fn open(bytes: &impl Bytes, sections: &Sections) -> Result<Self, Damaged> {
        sections.words.check(bytes)?;
        sections.lenient.check(bytes)?;
        let (blocks, starts) = (sections.blocks.load(bytes)?, sections.starts.load(bytes)?);
        let blocks: Vec<Block> = blocks.as_chunks().0.iter().map(Block::get).collect();
        let starts = starts.as_chunks().0.iter().map(Start::get).collect();
        if blocks.is_empty() {
            return Err(Damaged);
        }
        Ok(Self { words: sections.words, lenient: sections.lenient, blocks, starts })
    }
}

/// A word being looked up in a class.
pub struct Search<'a, B> {
    pub bytes: &'a B,
    pub class: &'a Class,
    /// The field it must stand in.
    pub only: Option<Field>,
    /// Codes of all announcements, made less where the word fits better.
    pub codes: &'a mut [u8],
}

impl<B: Bytes> Search<'_, B> {
    /// Looks for a pattern in all words; false when nobody wants to know any more.
    pub fn anywhere(
        &mut self,
        pattern: &WordPattern,
        language: Option<Language>,
        folding: Folding,
        stop: &dyn Fn() -> bool,
    ) -> Result<bool, Damaged> {
        let class = self.class;
        let (section, at): (Section, fn(&Block) -> u32) = match folding {
            Folding::Strict => (class.words, |block| block.words),
            Folding::Lenient => (class.lenient, |block| block.lenient),
        };
        let last = class.blocks.len().saturating_sub(1);
        let (mut first, mut piece, mut found) = (0, Vec::new(), Vec::new());
        while first < last {
            if stop() {
                return Ok(false);
            }
            let start = class.blocks.get(first).map_or(0, at);
            let end = class
                .blocks
                .partition_point(|block| at(block) <= start.saturating_add(PIECE))
                .clamp(first + 2, last + 1)
                - 1;
            let stretch = start..class.blocks.get(end).map_or(start, at);
            read_words(self.bytes, section, stretch, &mut piece)?;
            pattern.each_line(&piece, language, |offset, fit| found.push((offset, fit)));
            found.sort_unstable();
            found.dedup_by_key(|(offset, _)| *offset);
            let mut rest = found.drain(..).peekable();
            for block in first..end {
                let (from, to) = (self.place(block, at) - start, self.place(block + 1, at) - start);
                let mut wanted = Vec::new();
                while let Some((offset, fit)) = rest.next_if(|(offset, _)| *offset < to as usize) {
                    let before = piece.get(from as usize..offset).unwrap_or_default();
                    wanted.push((memchr::memchr_iter(b'\n', before).count(), fit));
                }
                self.block(block, &wanted)?;
            }
            drop(rest);
            first = end;
        }
        Ok(true)
    }

    fn place(&self, block: usize, at: fn(&Block) -> u32) -> u32 {
        self.class.blocks.get(block).map_or(0, at)
    }

    /// The word `stem` alone.
    pub fn alone(&mut self, stem: &str) -> Result<(), Damaged> {
        self.range(stem, |word| (word == stem.as_bytes()).then_some(Fit::Word))
    }

    /// The words that begin with `stem`.
    pub fn beginning(&mut self, stem: &str) -> Result<(), Damaged> {
        let number = stem.ends_with(char::is_numeric);
        let letters = Start::letters(stem).filter(|_| !number);
        if let Some(start) = self.class.starts.iter().find(|start| Some(start.letters) == letters) {
            let mut list = vec![0; start.length as usize];
            self.bytes.read(start.offset, &mut list)?;
            if sum(&list) != start.sum {
                return Err(Damaged);
            }
            self.list(&list, Fit::Prefix)?;
            return self.alone(stem);
        }
        self.range(stem, |word| {
            let rest = word.strip_prefix(stem.as_bytes())?;
            let next = str::from_utf8(rest).ok()?.chars().next();
            match next {
                Some(next) if number && next.is_numeric() => None,
                Some(next) if next.is_alphanumeric() => Some(Fit::Prefix),
                _ => Some(Fit::Word),
            }
        })
    }

    /// Those of the words that begin with `stem` that `fit` finds fitting.
    fn range(&mut self, stem: &str, fit: impl Fn(&[u8]) -> Option<Fit>) -> Result<(), Damaged> {
        let class = self.class;
        let mut piece = Vec::new();
        let (mut low, mut high) = (0, class.blocks.len().saturating_sub(1));
        let longest = u32::try_from(stem.len()).map_or(u32::MAX, |length| length.saturating_add(1));
        // The last block whose first word comes before the stem.
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            let start = self.place(middle, |block| block.words);
            let end = self.place(middle + 1, |block| block.words).min(start.saturating_add(longest));
            read_words(self.bytes, class.words, start..end, &mut piece)?;
            let first = piece.split(|byte| *byte == b'\n').next().unwrap_or_default();
            if first < stem.as_bytes() { low = middle } else { high = middle }
        }
        for block in low..class.blocks.len().saturating_sub(1) {
            let stretch = self.place(block, |block| block.words)..self.place(block + 1, |block| block.words);
            read_words(self.bytes, class.words, stretch, &mut piece)?;
            let words = piece.split(|byte| *byte == b'\n').enumerate();
            let fitting = words.clone().filter(|(_, word)| word.starts_with(stem.as_bytes()));
            let wanted: Vec<(usize, Fit)> = fitting.filter_map(|(nth, word)| Some((nth, fit(word)?))).collect();
            self.block(block, &wanted)?;
            if words
                .filter(|(_, word)| !word.is_empty())
                .any(|(_, word)| word > stem.as_bytes() && !word.starts_with(stem.as_bytes()))
            {
                break;
            }
        }
        Ok(())
    }

    /// Takes in where the `wanted` words of a block stand, by their place in it, in order.
    fn block(&mut self, block: usize, wanted: &[(usize, Fit)]) -> Result<(), Damaged> {
        let Some((last, _)) = wanted.last() else { return Ok(()) };
        let block = self.class.blocks.get(block).ok_or(Damaged)?;
        let mut places = vec![0; block.length as usize];
        self.bytes.read(block.places, &mut places)?;
        if sum(&places) != block.sum {
            return Err(Damaged);
        }
        let mut rest = places.as_slice();
        let mut lengths = Vec::with_capacity(16);
        // The lengths end where the lists they tell of fill what is left.
        let mut total = 0_usize;
        while total < rest.len() {
            let length = take(&mut rest)? as usize;
            total = total.checked_add(length).ok_or(Damaged)?;
            lengths.push(length);
        }
        if total != rest.len() || lengths.len() <= *last {
            return Err(Damaged);
        }
        let mut wanted = wanted.iter().peekable();
        for (nth, length) in lengths.into_iter().enumerate() {
            let list = take_bytes(&mut rest, length)?;
            if let Some((_, fit)) = wanted.next_if(|(own, _)| *own == nth) {
                self.list(list, *fit)?;
            }
        }
        Ok(())
    }

    /// Takes in a list of places.
    fn list(&mut self, mut list: &[u8], fit: Fit) -> Result<(), Damaged> {
        let codes = Field::ALL.map(|field| {
            let wanted = self.only.is_none_or(|only| only == field);
            if wanted { code(field, fit) } else { NONE }
        });
        let mut document = 0_usize;
        while !list.is_empty() {
            let place = take(&mut list)?;
            document += (place >> 2) as usize;
            let known = document.checked_sub(1).and_then(|at| self.codes.get_mut(at)).ok_or(Damaged)?;
            let [title, lead, body, contacts] = codes;
            let new = match place & 3 {
                0 => title,
                1 => lead,
                2 => body,
                _ => contacts,
            };
            *known = new.min(*known);
        }
        Ok(())
    }
}

/// Reads a stretch of the words of a class.
fn read_words<B: Bytes>(
    bytes: &B,
    section: Section,
    stretch: std::ops::Range<u32>,
    into: &mut Vec<u8>,
) -> Result<(), Damaged> {
    let length = stretch.end.checked_sub(stretch.start).ok_or(Damaged)?;
    if u64::from(stretch.end) > section.length {
        return Err(Damaged);
    }
    into.resize(length as usize, 0);
    bytes.read(section.offset + u64::from(stretch.start), into)
}
