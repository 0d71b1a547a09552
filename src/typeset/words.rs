//! The points of a paragraph: between its words, at their own hyphens, and at the cuts inside them.
//!
//! The rules of UAX 14 are not used, neither through `textwrap`'s `UnicodeBreakProperties`: that brings in some sixty
//! crates of ICU, breaks after "https://", inside "12.30–14" and before "-hankkeessa", and still needs every rule
//! below to put that right. Blanks, the word's own marks and, beside wide letters, kinsoku are all that prose needs.

use super::glue::{self, Glue};
use super::hyphenate::{Care, CutClass, Hyphenator};
use super::points::{Mark, Point, Points, cells_of, cost, is_no_break_space, point};
use super::runs::{self, Run, RunKind, WordTraits};
use super::{Method, Setting, break_hints, index, kinsoku, offset, overwide};
use crate::text::work::count;
use crate::text::{Hint, HintKind, Language, width};
use std::ops::Range;

/// Reports whether a character is white space at which a line may end, and is then not drawn: all but the no-break
/// kinds.
pub(super) fn is_blank(character: char) -> bool {
    character == ' '
        || character > ' ' && character.is_whitespace() && !is_no_break_space(character)
        || matches!(character, '\t'..='\r')
}

/// The fewest letters of a run that is hyphenated.
const SHORTEST_RUN: usize = 6;
/// The letters from which a part of a word with its own hyphen is cut as willingly as any other.
const LONG_PART: usize = 11;
/// The fewest letters of a run in capitals that is taken for a word and not for an acronym.
const SHORTEST_SHOUT: usize = 10;

/// Finds the points of `text[range]`.
pub(super) fn points(text: &str, range: Range<usize>, hints: &[Hint], setting: Setting) -> Points {
    let splitter = Splitter {
        text,
        hints,
        setting,
        // Normal hyphenation is for body text; elsewhere only what fits no line is cut.
        language: setting.language.filter(|_| setting.hyphenate),
        measure: u32::from(setting.width.max(1)),
        hyphenator: Hyphenator::default(),
        runs: Vec::new(),
        inner: Vec::new(),
        all: Vec::with_capacity(range.len() / 3),
    };
    splitter.paragraph(range)
}

/// The state of finding the points of one paragraph.
struct Splitter<'paragraph> {
    text: &'paragraph str,
    hints: &'paragraph [Hint],
    setting: Setting,
    language: Option<Language>,
    measure: u32,
    hyphenator: Hyphenator,
    runs: Vec<Run>,
    inner: Vec<Point>,
    all: Vec<Point>,
}

impl<'paragraph> Splitter<'paragraph> {
    fn paragraph(mut self, range: Range<usize>) -> Points {
        let start = offset(range.start);
        self.all.push(Point { end: start, next: start, end_cells: 0, next_cells: 0, cost: 0, mark: Mark::Plain });
        let mut at = range.start;
        let mut cells = 0;
        let mut before: Option<&str> = None;
        let mut last_word = start;
        while at < range.end {
            let rest = self.slice(at..range.end);
            let word = rest.get(..rest.find(is_blank).unwrap_or(rest.len())).unwrap_or_default();
            let end = at + word.len();
            if let Some(left) = before {
                self.glue(left, word, self.all.len() == 2);
            }
            last_word = offset(at);
            let word_cells = cells_of(word);
            self.word(word, at, cells, word_cells);
            cells += word_cells;
            let after = self.slice(end..range.end);
            let blanks = after.len() - after.trim_start_matches(is_blank).len();
            let blank_cells = if blanks == 1 { 1 } else { offset(width(self.slice(end..end + blanks))) };
            self.all.push(Point {
                end: offset(end),
                next: offset(end + blanks),
                end_cells: cells,
                next_cells: cells + blank_cells,
                cost: cost::SPACE,
                mark: Mark::Plain,
            });
            cells += blank_cells;
            at = end + blanks;
            before = Some(word);
        }
        Points { all: self.all, last_word }
    }

    fn slice(&self, range: Range<usize>) -> &'paragraph str {
        self.text.get(range).unwrap_or_default()
    }

    /// Returns the hints in `range`, both ends included.
    fn hints_in(&self, range: &Range<usize>) -> &'paragraph [Hint] {
        if self.hints.is_empty() {
            return &[];
        }
        let from = self.hints.partition_point(|hint| index(hint.offset) < range.start);
        let to = self.hints.partition_point(|hint| index(hint.offset) <= range.end);
        self.hints.get(from..to).unwrap_or_default()
    }

    /// Sets the cost of the last blank from the words on both sides of it.
    fn glue(&mut self, left: &str, right: &str, opens: bool) {
        let glue = glue::between(left, right, opens);
        let Some(point) = self.all.last().copied() else {
            return;
        };
        let joined = !self.hints.is_empty()
            && self
                .hints_in(&(index(point.end)..index(point.next)))
                .iter()
                .any(|hint| hint.kind == HintKind::WordJoiner);
        if let Some(point) = self.all.last_mut() {
            point.cost = match glue {
                _ if joined => cost::HARD_GLUE,
                Glue::None => cost::SPACE,
                Glue::Soft => cost::SOFT_GLUE,
                Glue::Dash => cost::DASH_GLUE,
                Glue::Hard => cost::HARD_GLUE,
            };
        }
    }

    /// Adds the points inside a word that begins at byte `at`, `cells` from the start of the paragraph.
    fn word(&mut self, word: &str, at: usize, cells: u32, word_cells: u32) {
        count(word.len());
        let traits = runs::read(word, at, &mut self.runs);
        self.inner.clear();
        if !traits.address {
            self.own_marks();
            if self.setting.method == Method::Body && !traits.slash {
                self.hyphens(traits, at + word.len());
            }
        }
        if traits.wide {
            kinsoku::add_points(word, at, &mut self.inner);
        }
        let hints = self.hints_in(&(at..at + word.len()));
        if !hints.is_empty() {
            let soft_cost = self.language.map(|_| cost::hyphen(self.setting.width).0);
            let range = at..at + word.len();
            break_hints::apply(hints, self.text, &range, &self.runs, soft_cost, &mut self.inner);
        }
        if self.inner.is_empty() && word_cells <= self.measure {
            return;
        }
        self.inner.sort_by_key(|point| point.end);
        self.inner.dedup_by_key(|point| point.end);
        overwide::count_cells(self.text, at, cells, &mut self.inner);
        if word_cells > self.measure {
            let word = overwide::Word {
                text: self.text,
                range: at..at + word.len(),
                cells: cells..cells + word_cells,
                address: traits.address,
                language: self.language,
                measure: self.measure,
            };
            overwide::cut(&word, &mut self.inner, &mut self.hyphenator);
        }
        self.all.append(&mut self.inner);
    }

    /// Adds the points after the word's own hyphens, dashes and slashes.
    fn own_marks(&mut self) {
        let mut chunk = 0;
        let mut previous: Option<Run> = None;
        for run in &self.runs {
            let touching = previous.is_some_and(|previous| previous.end == run.start);
            if let Some(previous) = previous.filter(|_| !touching) {
                let mark = self.text.get(previous.end..run.start).unwrap_or_default();
                let letters = run.kind == RunKind::Letters && run.count >= 2;
                if matches!(mark, "-" | "\u{2010}" | "–" | "—" | "/") && chunk >= 2 && letters {
                    // "ja/|tai" and "sana—|sana" show no hyphen that could be taken for an inserted one.
                    let mark = if matches!(mark, "/" | "—") { Mark::Plain } else { Mark::OwnHyphen };
                    self.inner.push(point(run.start, cost::OWN_HYPHEN, mark));
                }
                chunk = 0;
            }
            chunk += run.count;
            previous = Some(*run);
        }
    }

    /// Adds the points where a hyphen may be inserted in the runs of a word that ends at byte `end`.
    fn hyphens(&mut self, traits: WordTraits, end: usize) {
        let Some(language) = self.language else {
            return;
        };
        // While the apostrophe of "vaa'an" is shown, the word is not to be cut at all (Kotus).
        if traits.apostrophe && language == Language::Finnish {
            return;
        }
        let (seam, syllable) = cost::hyphen(self.setting.width);
        let own = !self.inner.is_empty();
        for (number, run) in self.runs.iter().enumerate() {
            if run.kind != RunKind::Letters || run.count < SHORTEST_RUN {
                continue;
            }
            let shout = run.capitals == run.count && run.count >= SHORTEST_SHOUT;
            if run.capitals > usize::from(run.capital_first) && !shout {
                continue;
            }
            let before = number.checked_sub(1).and_then(|number| self.runs.get(number));
            let ending = before
                .is_some_and(|before| before.end == run.start || self.text.get(before.end..run.start) == Some(":"));
            let digits_follow = run.end < end && self.runs.get(number + 1).is_some_and(|next| next.start == run.end);
            if ending || digits_follow {
                continue;
            }
            let hyphenated = if own && run.count < LONG_PART { cost::HYPHENATED } else { 0 };
            let capital = if run.capitals > 0 { cost::CAPITAL } else { 0 };
            let letters = self.text.get(run.start..run.end).unwrap_or_default();
            for cut in self.hyphenator.cuts(letters, language, Care::Norms) {
                let class = match cut.class {
                    CutClass::Seam => seam,
                    CutClass::Syllable => syllable,
                };
                self.inner.push(point(run.start + cut.offset, class + capital + hyphenated, Mark::Inserted));
            }
        }
    }
}
