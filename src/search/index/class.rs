//! The words of announcements in one language and their postings.

use std::cell::Cell;

use super::bytes::{Bytes, Damaged, sum, take, take_bytes};
use super::code::{NONE, code};
use super::layout::{Block, Section, Sections, Start};
use crate::search::pattern::WordPattern;
use crate::search::{Field, Fit};
use crate::text::Language;
use crate::text::fold::Folding;

/// Words are read about so many bytes at a time, which stay near the processor.
const PIECE: u32 = 128 * 1024;
/// Blocks are read together that lie no further apart than this, and so many bytes of them.
const GAP: u64 = 8 * 1024;
const SPAN: u64 = 256 * 1024;

/// The announcements in one language.
#[derive(Debug, Default)]
pub struct Class {
    words: Section,
    lenient: Section,
    /// The blocks, with one more entry for the end of the last.
    blocks: Vec<Block>,
    /// Whether the checksum of a block was verified.
    checked: Vec<Cell<bool>>,
    starts: Vec<Start>,
}

/// A word that fits: its block, its place in it, and how well.
type Wanted = (usize, usize, Fit);

impl Class {
    /// Opens the class in those `sections` and checks all but its postings.
    pub fn open(bytes: &impl Bytes, sections: &Sections) -> Result<Self, Damaged> {
        sections.words.check(bytes)?;
        sections.lenient.check(bytes)?;
        let (blocks, starts) = (sections.blocks.load(bytes)?, sections.starts.load(bytes)?);
        let blocks: Vec<Block> = blocks.as_chunks().0.iter().map(Block::get).collect();
        let starts = starts.as_chunks().0.iter().map(Start::get).collect();
        if blocks.is_empty() {
            return Err(Damaged);
        }
        let checked = vec![Cell::new(false); blocks.len()];
        Ok(Self { words: sections.words, lenient: sections.lenient, blocks, checked, starts })
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
    /// Room for what is read.
    pub room: &'a mut Vec<u8>,
}

impl<B: Bytes> Search<'_, B> {
    /// Searches all words for a pattern; returns false when the search was cancelled.
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
        let (mut first, mut piece, mut found, mut wanted) = (0, Vec::new(), Vec::new(), Vec::new());
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
            pattern.each_line(&piece, language, stop, |offset, fit| found.push((offset, fit)));
            found.sort_unstable();
            found.dedup_by_key(|(offset, _)| *offset);
            let mut rest = found.drain(..).peekable();
            wanted.clear();
            for block in first..end {
                let (mut from, to) = ((self.place(block, at) - start) as usize, self.place(block + 1, at) - start);
                let mut nth = 0;
                while let Some((offset, fit)) = rest.next_if(|(offset, _)| *offset < to as usize) {
                    let between = piece.get(from..offset).unwrap_or_default();
                    nth += memchr::memchr_iter(b'\n', between).count();
                    wanted.push((block, nth, fit));
                    from = offset;
                }
            }
            drop(rest);
            self.blocks(&wanted)?;
            first = end;
        }
        Ok(true)
    }

    fn place(&self, block: usize, at: fn(&Block) -> u32) -> u32 {
        self.class.blocks.get(block).map_or(0, at)
    }

    /// Looks up the word `stem` itself.
    pub fn alone(&mut self, stem: &str) -> Result<(), Damaged> {
        self.range(stem, |word| (word == stem.as_bytes()).then_some(Fit::Word))
    }

    /// Looks up the words that begin with `stem`.
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

    /// Returns those of the words beginning with `stem` that `fit` accepts.
    fn range(&mut self, stem: &str, fit: impl Fn(&[u8]) -> Option<Fit>) -> Result<(), Damaged> {
        let class = self.class;
        let (mut piece, mut wanted) = (Vec::new(), Vec::new());
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
            wanted.extend(fitting.filter_map(|(nth, word)| Some((block, nth, fit(word)?))));
            if words
                .filter(|(_, word)| !word.is_empty())
                .any(|(_, word)| word > stem.as_bytes() && !word.starts_with(stem.as_bytes()))
            {
                break;
            }
        }
        self.blocks(&wanted)
    }

    /// Reads the postings of the `wanted` words, which are in order.
    fn blocks(&mut self, wanted: &[Wanted]) -> Result<(), Damaged> {
        let mut room = std::mem::take(self.room);
        let class = self.class;
        let block_of = |wanted: &Wanted| class.blocks.get(wanted.0).ok_or(Damaged);
        let mut rest = wanted;
        while let Some(first) = rest.first() {
            let start = block_of(first)?.places;
            let (mut end, mut count) = (start, 0);
            for one in rest {
                let block = block_of(one)?;
                let stop = block.places + u64::from(block.length);
                if count > 0 && stop > end && (block.places > end + GAP || stop - start > SPAN) {
                    break;
                }
                (end, count) = (stop.max(end), count + 1);
            }
            room.resize(usize::try_from(end - start).map_err(|_| Damaged)?, 0);
            self.bytes.read(start, &mut room)?;
            let (near, far) = rest.split_at_checked(count).ok_or(Damaged)?;
            for words in near.chunk_by(|one, other| one.0 == other.0) {
                let Some(first) = words.first() else { continue };
                let block = block_of(first)?;
                let offset = usize::try_from(block.places - start).map_err(|_| Damaged)?;
                let places = room.get(offset..offset + block.length as usize).ok_or(Damaged)?;
                if let Some(checked) = class.checked.get(first.0).filter(|checked| !checked.get()) {
                    if sum(places) != block.sum {
                        return Err(Damaged);
                    }
                    checked.set(true);
                }
                self.block(places, words)?;
            }
            rest = far;
        }
        *self.room = room;
        Ok(())
    }

    /// Reads the postings of the `wanted` words of one block.
    fn block(&mut self, places: &[u8], wanted: &[Wanted]) -> Result<(), Damaged> {
        let mut rest = places;
        let mut lengths = [0_usize; 256];
        let (mut count, mut total) = (0, 0_usize);
        // The lengths end where the lists they tell of fill what is left.
        while total < rest.len() {
            let length = take(&mut rest)? as usize;
            total = total.checked_add(length).ok_or(Damaged)?;
            *lengths.get_mut(count).ok_or(Damaged)? = length;
            count += 1;
        }
        if total != rest.len() || wanted.last().is_some_and(|(_, last, _)| count <= *last) {
            return Err(Damaged);
        }
        let mut wanted = wanted.iter().peekable();
        for (nth, length) in lengths.into_iter().enumerate().take(count) {
            let list = take_bytes(&mut rest, length)?;
            if let Some((.., fit)) = wanted.next_if(|(_, own, _)| *own == nth) {
                self.list(list, *fit)?;
            }
        }
        Ok(())
    }

    /// Reads a posting list.
    fn list(&mut self, list: &[u8], fit: Fit) -> Result<(), Damaged> {
        let fields = Field::ALL.map(|field| {
            let wanted = self.only.is_none_or(|only| only == field);
            if wanted { code(field, fit) } else { NONE }
        });
        let codes = &mut *self.codes;
        let mut document = 0_usize;
        let mut bytes = list.iter();
        // Nearly all numbers take one byte.
        while let Some(&byte) = bytes.next() {
            let mut place = usize::from(byte & 0x7f);
            let (mut more, mut shift) = (byte >= 0x80, 7);
            while more {
                let &byte = bytes.next().filter(|_| shift < 32).ok_or(Damaged)?;
                place |= usize::from(byte & 0x7f) << shift;
                (more, shift) = (byte >= 0x80, shift + 7);
            }
            document += place >> 2;
            let known = codes.get_mut(document.wrapping_sub(1)).ok_or(Damaged)?;
            *known = fields[place & 3].min(*known);
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
