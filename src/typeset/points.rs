//! The places where a line of a paragraph may end, with what each costs.

use super::{SetLine, index, offset};
use crate::text::width;
use unicode_segmentation::UnicodeSegmentation;

/// Costs of ending a line, on the scale of the squared slack in per cent of the measure.
pub(super) mod cost {
    /// At a blank.
    pub const SPACE: u32 = 0;
    /// At one of the word's own hyphens, dashes or slashes.
    pub const OWN_HYPHEN: u32 = 60;
    /// Returns the cost of a hyphen between the parts of a compound, and of one between other syllables, for lines of
    /// `measure` cells.
    ///
    /// Tuned on real announcements to balance even lines against few hyphens: a narrow column needs hyphens, a wide one allows
    /// them only between the parts of compounds.
    pub const fn hyphen(measure: u16) -> (u32, u32) {
        match measure {
            ..36 => (100, 600),
            36..76 => (310, 650),
            _ => (180, 700),
        }
    }
    /// On top, in a word with a capital: names are best left whole.
    pub const CAPITAL: u32 = 200;
    /// On top, in a word that has a hyphen of its own to break at: two hyphens there puzzle the reader.
    pub const HYPHENATED: u32 = 3_000;
    /// Between things better kept together ("klo | 12.30").
    pub const SOFT_GLUE: u32 = 1_500;
    /// Before a spaced dash, which must not open a line.
    pub const DASH_GLUE: u32 = 3_000;
    /// Above this every cost is for an emergency: something that fits no line, or that must not be parted.
    pub const EMERGENCY: u32 = 100_000;
    /// After the punctuation of an address that fits no line.
    pub const ADDRESS: u32 = 100_000;
    /// Inside a name in such an address: after its dot, hyphen or @.
    pub const NAME_IN_ADDRESS: u32 = 150_000;
    /// At a syllable the norms advise against, in a word that fits no line.
    pub const LOOSE_SYLLABLE: u32 = 200_000;
    /// Between the parts of dates, numbers and units.
    pub const HARD_GLUE: u32 = 1_000_000;
    /// At a no-break space.
    pub const NO_BREAK_SPACE: u32 = 1_500_000;
    /// Between any two graphemes.
    pub const GRAPHEME: u32 = 3_000_000;
}

/// How the end of a line at a point looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing to see.
    Plain,
    /// The word's own hyphen or dash stands there.
    OwnHyphen,
    /// A hyphen is inserted.
    Inserted,
}

/// A place where a line may end and the next begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// The byte after the upper line.
    pub end: u32,
    /// The first byte of the lower line.
    pub next: u32,
    /// The cells from the start of the paragraph to `end`.
    pub end_cells: u32,
    /// The cells from the start of the paragraph to `next`.
    pub next_cells: u32,
    /// The cost of ending a line here.
    pub cost: u32,
    /// How the end of the line looks.
    pub mark: Mark,
}

impl Point {
    /// Returns the cells of a line that ends here, counted from the start of the paragraph.
    pub fn reach(&self) -> u32 {
        self.end_cells + u32::from(self.mark == Mark::Inserted)
    }
}

/// All points of a paragraph, its start first and its end last.
#[derive(Debug)]
pub(super) struct Points {
    /// In the order of the text.
    pub all: Vec<Point>,
    /// The first byte of the last word: a last line that begins here or later is a single word.
    pub last_word: u32,
}

impl Points {
    /// Returns the lines that end at the `chosen` points, the last of which is the end of the paragraph.
    pub fn lines(&self, chosen: &[usize]) -> Vec<SetLine> {
        let mut start = self.all.first().map_or(0, |point| point.next);
        let mut lines = Vec::with_capacity(chosen.len());
        for point in chosen.iter().filter_map(|&at| self.all.get(at)) {
            lines.push(SetLine { start, end: point.end, hyphen: point.mark == Mark::Inserted });
            start = point.next;
        }
        lines
    }

    /// Returns the pieces between consecutive points.
    pub fn pieces(&self) -> impl Iterator<Item = (&Point, &Point)> {
        self.all.iter().zip(self.all.iter().skip(1))
    }

    /// Reports whether every piece fits a line of `measure` cells.
    pub fn all_fit(&self, measure: u32) -> bool {
        self.pieces().all(|(from, to)| to.reach() - from.next_cells <= measure)
    }

    /// Returns the index of the last point.
    pub fn last(&self) -> usize {
        index(offset(self.all.len())).saturating_sub(1)
    }
}

/// Makes a point inside a word, without its cells.
pub(super) fn point(at: usize, cost: u32, mark: Mark) -> Point {
    Point { end: offset(at), next: offset(at), end_cells: 0, next_cells: 0, cost, mark }
}

/// Returns the cells of a word or a part of one, such that those of the parts add up to those of the whole.
///
/// Where neighbouring graphemes share a cell, as lam and alef do, this is more than a terminal will use.
pub(super) fn cells_of(text: &str) -> u32 {
    let plain = text.chars().all(|character| matches!(character, ..'\u{300}' | '\u{2010}'..='\u{2027}'));
    offset(if plain { width(text) } else { text.graphemes(true).map(width).sum() })
}

/// Reports whether a character is a space at which no line ends.
pub(super) const fn is_no_break_space(character: char) -> bool {
    matches!(character, '\u{a0}' | '\u{202f}' | '\u{2007}')
}
