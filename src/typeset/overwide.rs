//! Points in words that are wider than a line.

use super::hyphenate::{Care, Hyphenator};
use super::index;
use super::points::{Mark, Point, cells_of, cost, is_no_break_space, point};
use crate::text::Language;
use crate::text::work::count;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A word wider than the measure.
pub(super) struct Word<'paragraph> {
    /// The text of the paragraph.
    pub text: &'paragraph str,
    /// The bytes of the word.
    pub range: Range<usize>,
    /// Its cells, counted from the start of the paragraph.
    pub cells: Range<u32>,
    /// Whether it is an address, which must not get hyphens.
    pub address: bool,
    /// The language, if it may be hyphenated.
    pub language: Option<Language>,
    /// The measure in cells.
    pub measure: u32,
}

/// A function that finds points in a piece of a word.
type Way = fn(&Word<'_>, Range<usize>, &mut Hyphenator, &mut Vec<Point>);

/// The functions that cut a piece, from the least bad to the last resort.
const WAYS: [Way; 4] = [after_address_marks, at_no_break_spaces, at_any_syllable, between_graphemes];

/// Adds points to `inner`, the points of `word` in order, until every piece fits or is a single grapheme.
pub(super) fn cut(word: &Word<'_>, inner: &mut Vec<Point>, hyphenator: &mut Hyphenator) {
    let (mut found, mut in_piece) = (Vec::new(), Vec::new());
    for way in WAYS {
        let (mut from, mut from_cells) = (word.range.start, word.cells.start);
        let end = Point { end_cells: word.cells.end, ..point(word.range.end, 0, Mark::Plain) };
        for to in inner.iter().chain([&end]) {
            if to.reach() - from_cells > word.measure {
                count(index(to.end) - from);
                way(word, from..index(to.end), hyphenator, &mut in_piece);
                count_cells(word.text, from, from_cells, &mut in_piece);
                found.append(&mut in_piece);
            }
            (from, from_cells) = (index(to.end), to.next_cells);
        }
        if found.is_empty() {
            continue;
        }
        inner.append(&mut found);
        inner.sort_by_key(|point| point.end);
    }
}

/// Fills in the cells of `points` inside a word, given the byte `from` and the `cells` they follow.
///
/// Drops points that come no cell after the one before: they are of no use, and many of them would make the choice of
/// every line long.
pub(super) fn count_cells(text: &str, mut from: usize, mut cells: u32, points: &mut Vec<Point>) {
    points.retain_mut(|point| {
        let to = index(point.end);
        let more = cells_of(text.get(from..to).unwrap_or_default());
        cells += more;
        point.end_cells = cells;
        point.next_cells = cells;
        from = to;
        more > 0
    });
}

fn after_address_marks(word: &Word<'_>, piece: Range<usize>, _: &mut Hyphenator, found: &mut Vec<Point>) {
    if !word.address {
        return;
    }
    let text = word.text.get(piece.clone()).unwrap_or_default();
    let mut last = "/";
    for (at, grapheme) in text.grapheme_indices(true) {
        // A row of marks stays whole ("://"), and what follows it goes to the next line.
        if at > 0 && !is_mark(grapheme) {
            let glued = last.starts_with(char::is_lowercase) && grapheme.starts_with(char::is_uppercase);
            match last {
                "/" | "?" | "&" | "=" | ":" | ";" | "," | ")" => {
                    found.push(point(piece.start + at, cost::ADDRESS, Mark::Plain));
                }
                _ if is_mark(last) || glued => {
                    found.push(point(piece.start + at, cost::NAME_IN_ADDRESS, Mark::Plain));
                }
                _ => {}
            }
        }
        last = grapheme;
    }
}

/// Reports whether a grapheme is punctuation of addresses.
fn is_mark(grapheme: &str) -> bool {
    matches!(grapheme, "/" | "?" | "&" | "=" | "." | "@" | "-" | "_" | ":" | ";" | "," | ")" | "\\")
}

fn at_no_break_spaces(word: &Word<'_>, piece: Range<usize>, _: &mut Hyphenator, found: &mut Vec<Point>) {
    let text = word.text.get(piece.clone()).unwrap_or_default();
    for (at, space) in text.grapheme_indices(true).filter(|(_, grapheme)| grapheme.chars().all(is_no_break_space)) {
        let after = at + space.len();
        if after < text.len() && !text.get(after..).is_some_and(|rest| rest.starts_with(is_no_break_space)) {
            found.push(point(piece.start + after, cost::NO_BREAK_SPACE, Mark::Plain));
        }
    }
}

fn at_any_syllable(word: &Word<'_>, piece: Range<usize>, hyphenator: &mut Hyphenator, found: &mut Vec<Point>) {
    let Some(language) = word.language.filter(|_| !word.address) else {
        return;
    };
    let mut at = piece.start;
    let text = word.text.get(piece).unwrap_or_default();
    for run in text.split_inclusive(|character: char| !character.is_alphabetic()) {
        let letters = run.trim_end_matches(|character: char| !character.is_alphabetic());
        for cut in hyphenator.cuts(letters, language, Care::Loose) {
            found.push(point(at + cut.offset, cost::LOOSE_SYLLABLE, Mark::Inserted));
        }
        at += run.len();
    }
}

fn between_graphemes(word: &Word<'_>, piece: Range<usize>, _: &mut Hyphenator, found: &mut Vec<Point>) {
    let text = word.text.get(piece.clone()).unwrap_or_default();
    for (at, _) in text.grapheme_indices(true).skip(1) {
        found.push(point(piece.start + at, cost::GRAPHEME, Mark::Plain));
    }
}
