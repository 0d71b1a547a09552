//! Runs merged into an index, a word at a time: only the words themselves are in memory together.

use std::io::{self, Read, Seek, SeekFrom, Write};

use super::bytes::{put, sum, take};
use super::layout::{Block, HEADER, Header, Section, Sections, Start, sum_of};
use super::run::Words;
use crate::text::fold::{Folding, fold};

/// A block ends after so many words or so many bytes of places.
const BLOCK_WORDS: usize = 16;
const BLOCK_PLACES: usize = 4096;
/// Beginnings of at most so many letters have lists of their own, where the lists of their words together are longer
/// than so many times the number of announcements.
const LETTERS: usize = 4;
const LONG: usize = 4;

/// What an index holds besides words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Contents<'a> {
    /// The announcements' numbers in the library, newest first.
    pub numbers: &'a [u32],
    /// What else its keeper wants to know of them, in its own words.
    pub extra: &'a [u8],
    /// The last change of the library that is in it.
    pub seq: u64,
}

/// Merges runs, each with later announcements than those before it, into an index.
///
/// # Errors
///
/// When a run cannot be read or the index cannot be written.
pub fn merge<R: Read, W: Write + Seek>(runs: Vec<R>, contents: &Contents<'_>, out: &mut W) -> io::Result<()> {
    let Contents { numbers, extra, seq } = *contents;
    let mut writer = Writer { out, at: 0 };
    writer.section(&[0; HEADER])?;
    let mut runs: Vec<Words<R>> = runs.into_iter().map(Words::new).collect();
    let mut header = Header { documents: numbers.len() as u64, seq, ..Header::default() };
    for class in &mut header.classes {
        *class = merge_class(&mut runs, numbers.len(), &mut writer)?;
    }
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    header.numbers = writer.section(&numbers)?;
    header.extra = writer.section(extra)?;
    writer.out.seek(SeekFrom::Start(0))?;
    writer.out.write_all(&header.to_bytes())?;
    writer.out.flush()
}

struct Writer<'a, W> {
    out: &'a mut W,
    at: u64,
}

impl<W: Write> Writer<'_, W> {
    /// Writes bytes; returns where they lie in the file.
    fn section(&mut self, bytes: &[u8]) -> io::Result<Section> {
        self.out.write_all(bytes)?;
        let section = Section { offset: self.at, length: bytes.len() as u64, sum: sum_of(bytes) };
        self.at += section.length;
        Ok(section)
    }
}

fn merge_class<R: Read, W: Write>(
    runs: &mut [Words<R>],
    documents: usize,
    writer: &mut Writer<'_, W>,
) -> io::Result<Sections> {
    let mut making = Making { starts: Starts::new(documents), ..Making::default() };
    runs.iter_mut().try_for_each(Words::step)?;
    let (mut word, mut list) = (Vec::new(), Vec::new());
    loop {
        let first = runs.iter().map(|run| &run.word).filter(|word| !word.is_empty()).min();
        let Some(first) = first else { break };
        word.clone_from(first);
        list.clear();
        let mut last = 0;
        for run in runs.iter_mut().filter(|run| run.word == word) {
            append(&run.places, last, &mut list).ok_or_else(broken)?;
            last = run.last;
            run.step()?;
        }
        let text = str::from_utf8(&word).map_err(|_| broken())?;
        making.starts.take(text, &list, writer)?.ok_or_else(broken)?;
        making.take(text, &list, writer)?;
    }
    making.end_block(writer)?;
    making.starts.leave(0, writer)?;
    making.put_block(writer.at, &[]);
    let mut table = Vec::new();
    making.starts.made.iter().for_each(|start| start.put(&mut table));
    Ok(Sections {
        words: writer.section(&making.words)?,
        lenient: writer.section(&making.lenient)?,
        blocks: writer.section(&making.blocks)?,
        starts: writer.section(&table)?,
    })
}

fn broken() -> io::Error {
    io::Error::from(io::ErrorKind::InvalidData)
}

/// Appends a run's places to those of the runs before it, which end with announcement `last`.
fn append(places: &[u8], last: u32, list: &mut Vec<u8>) -> Option<()> {
    let mut rest = places;
    let first = take(&mut rest).ok()?;
    put((first >> 2).checked_sub(last)? << 2 | first & 3, list);
    list.extend_from_slice(rest);
    Some(())
}

/// A class being made.
#[derive(Default)]
struct Making {
    words: Vec<u8>,
    lenient: Vec<u8>,
    blocks: Vec<u8>,
    starts: Starts,
    /// The block under way: where its words begin, the lengths of its lists, the lists.
    begun: (usize, usize),
    lengths: Vec<u8>,
    count: usize,
    lists: Vec<u8>,
}

impl Making {
    fn take<W: Write>(&mut self, word: &str, list: &[u8], writer: &mut Writer<'_, W>) -> io::Result<()> {
        if self.count == BLOCK_WORDS || self.lists.len() + list.len() > BLOCK_PLACES {
            self.end_block(writer)?;
        }
        self.words.extend_from_slice(word.as_bytes());
        self.words.push(b'\n');
        self.lenient.extend_from_slice(fold(word, Folding::Lenient).as_bytes());
        self.lenient.push(b'\n');
        put(u32::try_from(list.len()).map_err(|_| broken())?, &mut self.lengths);
        self.lists.extend_from_slice(list);
        self.count += 1;
        Ok(())
    }

    fn end_block<W: Write>(&mut self, writer: &mut Writer<'_, W>) -> io::Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let mut places = std::mem::take(&mut self.lengths);
        places.append(&mut self.lists);
        let at = writer.at;
        writer.section(&places)?;
        self.put_block(at, &places);
        self.begun = (self.words.len(), self.lenient.len());
        self.count = 0;
        Ok(())
    }

    /// Records the current block; the last one tells where the others end.
    fn put_block(&mut self, offset: u64, places: &[u8]) {
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (words, lenient) = (number(self.begun.0), number(self.begun.1));
        let block = Block { words, lenient, places: offset, length: number(places.len()), sum: sum(places) };
        block.put(&mut self.blocks);
    }
}

/// Lists of the beginnings of words.
#[derive(Default)]
struct Starts {
    documents: usize,
    /// The beginnings under way, one letter longer each.
    levels: Vec<Level>,
    made: Vec<Start>,
}

struct Level {
    beginning: String,
    /// Where its words stand: announcement and field as one number. Empty once there were too many.
    gathered: Vec<u32>,
    /// Then the weightiest field of each announcement, [`NONE`] where no such word stands in it.
    fields: Vec<u8>,
}

const NONE: u8 = u8::MAX;

impl Starts {
    fn new(documents: usize) -> Self {
        Self { documents, ..Self::default() }
    }

    /// Adds a word, which comes after those before it in order; `None` when its list is damaged.
    fn take<W: Write>(&mut self, word: &str, list: &[u8], writer: &mut Writer<'_, W>) -> io::Result<Option<()>> {
        let shared = self.levels.iter().take_while(|level| word.starts_with(&level.beginning)).count();
        self.leave(shared, writer)?;
        for (at, letter) in word.char_indices().take(LETTERS).skip(shared) {
            let beginning = word.get(..at + letter.len_utf8()).unwrap_or_default().to_owned();
            self.levels.push(Level { beginning, gathered: Vec::new(), fields: Vec::new() });
        }
        let (mut rest, mut document) = (list, 0);
        while !rest.is_empty() {
            let Ok(place) = take(&mut rest) else { return Ok(None) };
            document += place >> 2;
            self.levels.iter_mut().for_each(|level| level.gather(document << 2 | place & 3, self.documents));
        }
        Ok(Some(()))
    }

    /// Ends all but the first `kept` prefixes; those with many places are written.
    fn leave<W: Write>(&mut self, kept: usize, writer: &mut Writer<'_, W>) -> io::Result<()> {
        for level in self.levels.drain(kept..) {
            let Some(letters) = Start::letters(&level.beginning).filter(|_| !level.fields.is_empty()) else { continue };
            let (mut list, mut last) = (Vec::new(), 0);
            for (document, field) in (1_u32..).zip(level.fields) {
                if field != NONE {
                    put((document - last) << 2 | u32::from(field), &mut list);
                    last = document;
                }
            }
            let (length, sum) = (u32::try_from(list.len()).map_err(|_| broken())?, sum(&list));
            let offset = writer.section(&list)?.offset;
            self.made.push(Start { letters, offset, length, sum });
        }
        Ok(())
    }
}

impl Level {
    fn gather(&mut self, place: u32, documents: usize) {
        if !self.fields.is_empty() {
            return self.mark(place);
        }
        self.gathered.push(place);
        if self.gathered.len() > LONG * documents {
            self.fields.resize(documents, NONE);
            for place in std::mem::take(&mut self.gathered) {
                self.mark(place);
            }
        }
    }

    fn mark(&mut self, place: u32) {
        let document = (place >> 2) as usize;
        if let Some(known) = document.checked_sub(1).and_then(|at| self.fields.get_mut(at)) {
            *known = (*known).min(u8::try_from(place & 3).unwrap_or(NONE));
        }
    }
}
