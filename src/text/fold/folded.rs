//! A folded text with its source map: pieces of the folded text, each with the stretch of the source it came from.

use std::ops::Range;

use memchr::memmem;

use super::letters::fold_letters;
use super::{Folding, SourceMap, joined::join_hyphenated};

/// A folded text with a map from each of its bytes to the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// Sorted by `folded`; of a text that is not empty the first begins at 0.
    pieces: Vec<Piece>,
    source_len: usize,
}

/// A stretch of folded text, up to the next piece, and the stretch of the source it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    folded: u32,
    source: u32,
    /// Where the source character of an atom ends; [`u32::MAX`] for a piece that is its source byte for byte.
    end: u32,
}

/// Offsets have 32 bits: long texts have hundreds of thousands of pieces, and none is that long.
impl Piece {
    fn new(folded: usize, source: usize, atom_end: Option<usize>) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { folded: short(folded), source: short(source), end: atom_end.map_or(u32::MAX, short) }
    }

    const fn folded(&self) -> usize {
        self.folded as usize
    }

    const fn atom_end(&self) -> Option<usize> {
        if self.end == u32::MAX { None } else { Some(self.end as usize) }
    }

    /// Returns the source offset of the byte at `folded`; within an atom that of the whole character.
    const fn source_of(&self, folded: usize) -> usize {
        let into = if self.end == u32::MAX { folded.saturating_sub(self.folded()) } else { 0 };
        self.source as usize + into
    }
}

impl Folded {
    /// Folds `text` strictly: å ä ö stay apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with(text, Folding::Strict)
    }

    /// Folds `text` with the given folding.
    #[must_use]
    pub fn with(text: &str, folding: Folding) -> Self {
        let mut folded = String::with_capacity(text.len().saturating_add(16));
        let mut pieces = Vec::new();
        fold_letters(text, folding, 0, &mut folded, &mut pieces);
        join_hyphenated(0, &mut folded, &mut pieces);
        pieces.shrink_to_fit();
        folded.shrink_to_fit();
        Self { text: folded, pieces, source_len: text.len() }
    }

    /// Returns the folded text, followed by the joined hyphenated words, each after a line break.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the source range that the folded bytes in `range` came from.
    ///
    /// Whole characters of the source, even where the range ends inside an expanded one (`ß` → `ss`), each with the
    /// accents that follow it.
    #[must_use]
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        let end = if range.end <= range.start { start } else { self.source_end(range.end) };
        start..end.max(start)
    }

    /// Finds every occurrence of the *folded* `needle`; returns source ranges in order, without overlaps.
    #[must_use]
    pub fn find(&self, needle: &str) -> Vec<Range<usize>> {
        if needle.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = memmem::find_iter(self.text.as_bytes(), needle.as_bytes())
            .map(|at| self.source_range(at..at + needle.len()))
            .collect();
        // Matches among the joined words come last and mostly repeat one of the text itself.
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut end = 0;
        found.retain(|range| {
            let keep = range.start >= end;
            if keep {
                end = range.end;
            }
            keep
        });
        found
    }

    fn piece_at(&self, folded: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.folded() <= folded);
        self.pieces.get(after.checked_sub(1)?)
    }

    fn source_start(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        self.piece_at(folded).map_or(0, |piece| piece.source_of(folded))
    }

    /// Returns the end of the source of the folded byte before `folded`, with the dropped characters that follow it.
    fn source_end(&self, folded: usize) -> usize {
        let last = folded.saturating_sub(1);
        let after = self.pieces.partition_point(|piece| piece.folded() <= last);
        let Some(piece) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0;
        };
        piece.atom_end().unwrap_or_else(|| piece.source_of(folded)).min(self.source_len)
    }
}

impl SourceMap for Vec<Piece> {
    fn run(&mut self, folded: usize, source: usize) {
        let goes_on = self.last().is_some_and(|last| last.atom_end().is_none() && last.source_of(folded) == source);
        if !goes_on {
            self.push(Piece::new(folded, source, None));
        }
    }

    fn atom(&mut self, folded: usize, source: Range<usize>) {
        self.push(Piece::new(folded, source.start, Some(source.end)));
    }

    fn widen(&mut self, folded: usize, source_end: usize) {
        let Some(last) = self.last_mut() else { return };
        if last.atom_end().is_some() || last.folded() == folded {
            *last = Piece::new(last.folded(), last.source as usize, Some(source_end));
        } else {
            let source = last.source_of(folded);
            self.atom(folded, source..source_end);
        }
    }

    fn repeat(&mut self, folded: Range<usize>, again: usize) {
        if folded.is_empty() {
            return;
        }
        let first = self.partition_point(|piece| piece.folded() <= folded.start).saturating_sub(1);
        let behind = self.partition_point(|piece| piece.folded() < folded.end);
        let copies: Vec<_> = self
            .get(first..behind)
            .unwrap_or_default()
            .iter()
            .map(|piece| {
                let from = piece.folded().max(folded.start);
                Piece::new(again + from - folded.start, piece.source_of(from), piece.atom_end())
            })
            .collect();
        self.extend(copies);
    }
}
