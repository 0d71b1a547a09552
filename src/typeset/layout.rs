//! An announcement at a width: units that are set one at a time, when the screen comes to them.

use std::ops::Range;
use std::sync::Arc;

use super::Measure;
use super::blocks;
use super::lines::{Line, SetBlock};
use crate::model::{Announcement, Block, BlockKind};
use crate::text::Language;

/// Texts longer than this are set in several units, so that one never costs more than a moment. In bytes.
const UNIT: usize = 8 * 1024;

/// A part of an announcement: 0 is the title, 1 the line under it that says when and where, 2 the first block.
pub type Part = u32;
/// The title's [`Part`].
pub const TITLE: Part = 0;
/// The [`Part`] that says when, who and how long.
pub const META: Part = 1;
/// The first block's [`Part`].
pub const FIRST: Part = 2;

/// A place in an announcement that survives setting it anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which part.
    pub part: Part,
    /// Byte offset in its text.
    pub offset: u32,
}

/// One row of cells in the set announcement: `row` counts the blank rows before the unit as well as its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt {
    /// Which unit.
    pub unit: usize,
    /// Which row of it.
    pub row: usize,
}

/// What is set at a time: a part, or a stretch of a long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    part: Part,
    start: u32,
    end: u32,
    /// Bytes of text in all units before this one.
    before: u64,
}

/// An announcement's units, set at one width as far as they were needed.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    announcement: Arc<Announcement>,
    /// The line under the title, in place of a block's text.
    meta: Arc<Block>,
    title: Arc<Block>,
    measure: Measure,
    units: Vec<Unit>,
    set: Vec<Option<Arc<SetBlock>>>,
}

impl Layout {
    /// The units of `announcement`; nothing is set yet. `meta` is the line under the title.
    ///
    /// Costs a pass over the blocks, not over their text.
    #[must_use]
    pub fn new(announcement: Arc<Announcement>, meta: &str, measure: Measure) -> Self {
        let title = Block::plain(BlockKind::Heading { level: 1 }, &announcement.title);
        let meta = Block::plain(BlockKind::Paragraph, meta);
        let mut units = Vec::with_capacity(announcement.document.blocks.len() + 2);
        let mut before = 0;
        for (part, block) in (TITLE..).zip([&title, &meta].into_iter().chain(&announcement.document.blocks)) {
            for range in stretches(block) {
                let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end)) else { break };
                units.push(Unit { part, start, end, before });
                before += u64::from(end - start);
            }
        }
        let set = vec![None; units.len()];
        Self { announcement, meta: Arc::new(meta), title: Arc::new(title), measure, units, set }
    }

    /// The same announcement at the same measure with another line under its title; what is set of the rest stays so.
    #[must_use]
    pub fn with_meta(&self, meta: &str) -> Self {
        let mut layout = Self::new(Arc::clone(&self.announcement), meta, self.measure);
        let set = self.units.iter().zip(&self.set).filter(|(unit, _)| unit.part != META).map(|(_, set)| set);
        let slots = layout.units.iter().zip(&mut layout.set).filter(|(unit, _)| unit.part != META);
        for ((_, slot), set) in slots.zip(set) {
            slot.clone_from(set);
        }
        layout
    }

    /// Sets the first `rows` rows, so that they are ready when they are asked for.
    pub fn prepare(&mut self, rows: usize) {
        let mut at = self.first_row();
        for _ in 1..rows {
            at = at.and_then(|at| self.next_row(at));
        }
    }

    /// The announcement that is set.
    #[must_use]
    pub fn announcement(&self) -> &Arc<Announcement> {
        &self.announcement
    }

    /// The measure it is set to.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Sets everything anew to `measure`, when it differs; costs nothing until rows are asked for.
    pub fn set_measure(&mut self, measure: Measure) {
        if self.measure != measure {
            self.measure = measure;
            self.set = vec![None; self.units.len()];
        }
    }

    /// The block that stands for `part`; the title and the line under it are given as blocks too.
    #[must_use]
    pub fn block(&self, part: Part) -> Option<&Block> {
        match part {
            TITLE => Some(&self.title),
            META => Some(&self.meta),
            _ => self.announcement.document.blocks.get((part - FIRST) as usize),
        }
    }

    /// How many parts there are.
    #[must_use]
    pub fn parts(&self) -> Part {
        FIRST.saturating_add(Part::try_from(self.announcement.document.blocks.len()).unwrap_or(Part::MAX - FIRST))
    }

    /// The part that unit `unit` belongs to.
    #[must_use]
    pub fn part_of(&self, unit: usize) -> Part {
        self.units.get(unit).map_or(TITLE, |unit| unit.part)
    }

    /// Unit `unit`, set. Remembered until the measure changes.
    pub fn unit(&mut self, unit: usize) -> Arc<SetBlock> {
        if let Some(Some(set)) = self.set.get(unit) {
            return Arc::clone(set);
        }
        let set = Arc::new(self.set_unit(unit));
        if let Some(slot) = self.set.get_mut(unit) {
            *slot = Some(Arc::clone(&set));
        }
        set
    }

    /// Unit `unit` if it was set already, as drawing needs it.
    #[must_use]
    pub fn ready(&self, unit: usize) -> Option<&SetBlock> {
        self.set.get(unit)?.as_deref()
    }

    /// The first row that shows something, if any does.
    pub fn first_row(&mut self) -> Option<RowAt> {
        self.row_from(0)
    }

    /// The last row, if there is any.
    pub fn last_row(&mut self) -> Option<RowAt> {
        self.row_before(self.units.len())
    }

    /// The row below `at`.
    pub fn next_row(&mut self, at: RowAt) -> Option<RowAt> {
        if at.row + 1 < self.unit(at.unit).rows() {
            return Some(RowAt { row: at.row + 1, ..at });
        }
        self.row_from(at.unit + 1)
    }

    /// The row above `at`.
    pub fn previous_row(&mut self, at: RowAt) -> Option<RowAt> {
        match at.row.checked_sub(1) {
            Some(row) => Some(RowAt { row, ..at }),
            None => self.row_before(at.unit),
        }
    }

    fn row_from(&mut self, first: usize) -> Option<RowAt> {
        (first..self.units.len()).find(|unit| self.unit(*unit).rows() > 0).map(|unit| RowAt { unit, row: 0 })
    }

    fn row_before(&mut self, end: usize) -> Option<RowAt> {
        (0..end).rev().find_map(|unit| {
            let row = self.unit(unit).rows().checked_sub(1)?;
            Some(RowAt { unit, row })
        })
    }

    /// The row that shows the character at `place`, or the nearest one before it.
    pub fn row_of(&mut self, place: Place) -> RowAt {
        let after = self.units.partition_point(|unit| (unit.part, unit.start) <= (place.part, place.offset));
        let unit = after.saturating_sub(1);
        let set = self.unit(unit);
        let line = set.lines.partition_point(|line| line.start() <= place.offset).saturating_sub(1);
        let row = RowAt { unit, row: set.before + line };
        // A unit without rows (hidden boilerplate) is stood for by the row before it.
        if set.rows() == 0 { self.row_before(unit).unwrap_or_default() } else { row }
    }

    /// The place of the first character that row `at` shows; a blank row has that of the line below it.
    pub fn place_of(&mut self, at: RowAt) -> Place {
        let set = self.unit(at.unit);
        let line = set.lines.get(at.row.saturating_sub(set.before));
        let start = self.units.get(at.unit).map_or(0, |unit| unit.start);
        Place { part: self.part_of(at.unit), offset: line.map_or(start, Line::start) }
    }

    /// How much of the text lies before the end of row `at`, 0.0–1.0, by bytes.
    #[must_use]
    pub fn share_before(&self, at: RowAt) -> f64 {
        let total = self.length();
        let Some(unit) = self.units.get(at.unit) else { return 1.0 };
        let line = self.ready(at.unit).and_then(|set| set.lines.get(at.row.checked_sub(set.before)?));
        let within = line.map_or(0, |line| u64::from(line.end().saturating_sub(unit.start)));
        share(unit.before + within, total)
    }

    /// How much of the text lies before the start of row `at`, 0.0–1.0, by bytes.
    #[must_use]
    pub fn share_at(&self, at: RowAt) -> f64 {
        let total = self.length();
        let Some(unit) = self.units.get(at.unit) else { return 1.0 };
        let line = self.ready(at.unit).and_then(|set| set.lines.get(at.row.saturating_sub(set.before)));
        let within = line.map_or(0, |line| u64::from(line.start().saturating_sub(unit.start)));
        share(unit.before + within, total)
    }

    /// Whether no row follows `at`, as far as units were set.
    #[must_use]
    pub fn is_last(&self, at: RowAt) -> bool {
        let rows = |unit: usize| self.ready(unit).map_or(1, SetBlock::rows);
        at.row + 1 >= rows(at.unit) && (at.unit + 1..self.units.len()).all(|unit| rows(unit) == 0)
    }

    /// Bytes of text.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.units.last().map_or(0, |unit| unit.before + u64::from(unit.end - unit.start))
    }

    fn set_unit(&self, number: usize) -> SetBlock {
        let Some(unit) = self.units.get(number) else { return SetBlock::default() };
        let Some(block) = self.block(unit.part) else { return SetBlock::default() };
        let previous = number.checked_sub(1).and_then(|number| self.units.get(number));
        let continues = previous.is_some_and(|previous| previous.part == unit.part);
        let above = previous.and_then(|previous| self.block(previous.part));
        // The line under the title is no prose: nothing in it is hyphenated.
        let language = block.language.or(self.announcement.language).filter(|_| unit.part != META);
        let range = unit.start as usize..unit.end as usize;
        let mut set = blocks::set(block, range, language, self.measure);
        set.before = match (unit.part, continues) {
            (_, true) | (TITLE, _) => 0,
            (FIRST.., false) if set.lines.is_empty() => 0,
            (_, false) => usize::from(above.is_some_and(|above| blocks::parted(above, block, self.measure))),
        };
        // Boilerplate that is hidden says so once, for all of it that stands together.
        if block.kind == BlockKind::Boilerplate
            && !self.measure.boilerplate
            && above.is_some_and(|above| above.kind == BlockKind::Boilerplate)
        {
            return SetBlock::default();
        }
        set
    }

    /// How many boilerplate blocks stand together from `part` on.
    #[must_use]
    pub fn boilerplate_from(&self, part: Part) -> usize {
        (part..self.parts())
            .take_while(|part| self.block(*part).is_some_and(|block| block.kind == BlockKind::Boilerplate))
            .count()
    }

    /// The language that `part` is set in.
    #[must_use]
    pub fn language_of(&self, part: Part) -> Option<Language> {
        self.block(part).and_then(|block| block.language).or(self.announcement.language)
    }
}

/// `part / whole`, 1.0 for an empty whole.
fn share(part: u64, whole: u64) -> f64 {
    // Texts are far shorter than 2^32 × 2^20 bytes: halving both keeps the quotient and makes the conversion exact.
    let (mut part, mut whole) = (part, whole);
    while whole > u64::from(u32::MAX) {
        (part, whole) = (part / 2, whole / 2);
    }
    match (u32::try_from(part), u32::try_from(whole)) {
        (Ok(part), Ok(whole)) if whole > 0 => (f64::from(part) / f64::from(whole)).min(1.0),
        _ => 1.0,
    }
}

/// The stretches a block is set in: all of it, or pieces of about [`UNIT`] bytes cut at blanks or line ends.
fn stretches(block: &Block) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    if text.len() <= UNIT * 2 || matches!(block.kind, BlockKind::Table(_)) {
        return std::iter::once(0..text.len()).collect();
    }
    let blank = if block.keeps_lines() { '\n' } else { ' ' };
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let aim = text.floor_char_boundary(start + UNIT);
        let limit = text.floor_char_boundary(start + UNIT * 2);
        let rest = text.get(aim..limit).unwrap_or_default();
        // The end of a sentence shows the seam least.
        let sentence = if blank == ' ' { rest.find(". ").map(|at| at + 2) } else { None };
        let end = match sentence.or_else(|| rest.find(blank).map(|at| at + 1)) {
            Some(at) => aim + at,
            None => limit,
        };
        found.push(start..end.max(start + 1).min(text.len()));
        start = end.max(start + 1);
    }
    found
}
