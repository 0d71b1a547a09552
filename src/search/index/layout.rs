//! The file format of an index: a header, then for each class of languages its words and their postings.
//!
//! The words of a class are sorted, a line feed after each; beside them the same words folded leniently, in the same
//! order. They are cut into blocks. A block's places are the lengths of its words' lists, then the lists: for each
//! announcement the distance to the one before, and the weightiest field, as one number. Beginnings of words that so
//! many announcements hold that going through all their words would take long have lists of their own.

use super::bytes::{Bytes, Damaged, hash};

/// Changed with every change of the layout or of folding: an index of another version is made anew.
pub const VERSION: u32 = 1;
const MAGIC: u64 = u64::from_le_bytes(*b"tdteindx");
/// Sections of a class.
const SECTIONS: usize = 4;
const CLASSES: usize = super::run::CLASSES.len();
/// Length of the header in bytes.
pub const HEADER: usize = 8 * (4 + 3 * (2 + SECTIONS * CLASSES) + 1);
/// Bytes of a block in the table of blocks, and of a beginning in theirs.
const BLOCK: usize = 24;
const START: usize = 32;
/// Sections are summed up so many bytes at a time.
const PIECE: usize = 64 * 1024;

/// A stretch of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub offset: u64,
    pub length: u64,
    pub sum: u64,
}

/// The sections of a class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sections {
    /// The words.
    pub words: Section,
    /// The same folded leniently.
    pub lenient: Section,
    /// The table of blocks.
    pub blocks: Section,
    /// The table of beginnings that have lists of their own.
    pub starts: Section,
}

/// What the file begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// How many announcements are indexed.
    pub documents: u64,
    /// The last change of the library that is in it.
    pub seq: u64,
    /// The announcements' numbers in the library, newest first.
    pub numbers: Section,
    /// What else its keeper wants to know of them.
    pub extra: Section,
    pub classes: [Sections; CLASSES],
}

/// A block of words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Where its words begin.
    pub words: u32,
    /// Where its leniently folded words begin.
    pub lenient: u32,
    /// Where its places begin in the file.
    pub places: u64,
    /// How many bytes they take.
    pub length: u32,
    /// Returns the checksum of a section's bytes.
    pub sum: u32,
}

/// A beginning of words that has a list of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// At most twelve bytes of it, then zeros.
    pub letters: [u8; 12],
    pub offset: u64,
    pub length: u32,
    pub sum: u32,
}

impl Header {
    /// Returns it as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER);
        let mut put = |number: u64| bytes.extend_from_slice(&number.to_le_bytes());
        [MAGIC, VERSION.into(), self.documents, self.seq].into_iter().for_each(&mut put);
        for section in [self.numbers, self.extra].into_iter().chain(self.classes.iter().flat_map(Sections::all)) {
            [section.offset, section.length, section.sum].into_iter().for_each(&mut put);
        }
        let sum = hash(&bytes);
        bytes.extend_from_slice(&sum.to_le_bytes());
        bytes
    }

    /// Reads the header of an index.
    pub fn read(bytes: &(impl Bytes + ?Sized)) -> Result<Self, Damaged> {
        let mut header = [0; HEADER];
        bytes.read(0, &mut header)?;
        let (words, _) = header.as_chunks::<8>();
        let mut numbers = words.iter().map(|word| u64::from_le_bytes(*word));
        let mut next = || numbers.next().ok_or(Damaged);
        let known = [next()?, next()?] == [MAGIC, VERSION.into()];
        let (documents, seq) = (next()?, next()?);
        let mut section = || {
            let section = Section { offset: next()?, length: next()?, sum: next()? };
            let end = section.offset.checked_add(section.length).ok_or(Damaged)?;
            if end <= bytes.length() { Ok(section) } else { Err(Damaged) }
        };
        let (numbers, extra) = (section()?, section()?);
        let mut classes = [Sections::default(); CLASSES];
        for class in &mut classes {
            *class = Sections { words: section()?, lenient: section()?, blocks: section()?, starts: section()? };
        }
        let sum = next()?;
        let summed = header.get(..HEADER - 8).map(hash);
        if known && summed == Some(sum) { Ok(Self { documents, seq, numbers, extra, classes }) } else { Err(Damaged) }
    }
}

impl Sections {
    fn all(&self) -> [Section; SECTIONS] {
        [self.words, self.lenient, self.blocks, self.starts]
    }
}

impl Section {
    /// Loads a section and verifies its checksum.
    pub fn load(&self, bytes: &(impl Bytes + ?Sized)) -> Result<Vec<u8>, Damaged> {
        let mut loaded = vec![0; usize::try_from(self.length).map_err(|_| Damaged)?];
        bytes.read(self.offset, &mut loaded)?;
        if sum_of(&loaded) == self.sum { Ok(loaded) } else { Err(Damaged) }
    }

    /// Verifies the checksum of a section, holding only a piece of it at a time.
    pub fn check(&self, bytes: &(impl Bytes + ?Sized)) -> Result<(), Damaged> {
        let mut piece = vec![0; PIECE];
        let (mut at, mut sum) = (0, 0);
        while at < self.length {
            let length = usize::try_from(self.length - at).map_or(PIECE, |left| left.min(PIECE));
            let piece = piece.get_mut(..length).ok_or(Damaged)?;
            bytes.read(self.offset + at, piece)?;
            sum = next_sum(sum, piece);
            at += length as u64;
        }
        if sum == self.sum { Ok(()) } else { Err(Damaged) }
    }
}

/// Returns the checksum of a section's bytes.
pub fn sum_of(bytes: &[u8]) -> u64 {
    bytes.chunks(PIECE).fold(0, next_sum)
}

fn next_sum(sum: u64, piece: &[u8]) -> u64 {
    (sum.rotate_left(7) ^ hash(piece)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Block {
    pub fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.words.to_le_bytes());
        out.extend_from_slice(&self.lenient.to_le_bytes());
        out.extend_from_slice(&self.places.to_le_bytes());
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.sum.to_le_bytes());
    }

    pub fn get(bytes: &[u8; BLOCK]) -> Self {
        let [words, lenient, low, high, length, sum] = quarters(bytes);
        Self { words, lenient, places: u64::from(high) << 32 | u64::from(low), length, sum }
    }
}

impl Start {
    pub fn put(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.letters);
        out.extend_from_slice(&self.length.to_le_bytes());
        out.extend_from_slice(&self.offset.to_le_bytes());
        out.extend_from_slice(&self.sum.to_le_bytes());
        out.extend_from_slice(&[0; 4]);
    }

    pub fn get(bytes: &[u8; START]) -> Self {
        let [_, _, _, length, low, high, sum, _] = quarters(bytes);
        let mut letters = [0; 12];
        letters.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Self { letters, offset: u64::from(high) << 32 | u64::from(low), length, sum }
    }

    /// Returns the letters of a prefix, where it is short enough to have a list.
    pub fn letters(beginning: &str) -> Option<[u8; 12]> {
        let mut letters = [0; 12];
        letters.get_mut(..beginning.len())?.copy_from_slice(beginning.as_bytes());
        Some(letters)
    }
}

/// Returns the four-byte numbers in `bytes`.
fn quarters<const N: usize, const M: usize>(bytes: &[u8; N]) -> [u32; M] {
    let (quarters, _) = bytes.as_chunks::<4>();
    let mut numbers = [0; M];
    numbers.iter_mut().zip(quarters).for_each(|(number, quarter)| *number = u32::from_le_bytes(*quarter));
    numbers
}
