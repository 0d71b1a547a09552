//! An announcement at a width: units that are set one at a time, when the screen comes to them.

use std::ops::Range;
use std::sync::Arc;

use super::blocks;
use super::lines::{Line, SetBlock};
use super::{Measure, UNIT, table};
use crate::model::{Announcement, Block, BlockKind};
use crate::text::Language;

/// A part of an announcement: 0 is the title, 1 the meta line under it, 2 the first block.
pub type Part = u32;
/// The title's [`Part`].
pub const TITLE: Part = 0;
/// The [`Part`] of the meta line: when, who and how long.
pub const META: Part = 1;
/// The first block's [`Part`].
pub const FIRST: Part = 2;

/// A place in an announcement that does not depend on its layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The part.
    pub part: Part,
    /// Byte offset in its text.
    pub offset: u32,
}

/// One row of cells in the set announcement: `row` counts the blank rows before the unit as well as its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowAt {
    /// The unit.
    pub unit: usize,
    /// The row in the unit.
    pub row: usize,
}

/// The smallest piece that is set at a time: a part, or a stretch of a long one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unit {
    part: Part,
    start: u32,
    end: u32,
    /// Returns the length of the text in bytes.
    before: u64,
}

/// The units of an announcement, set at one width as far as they were needed.
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
    /// Divides `announcement` into units and sets none. `meta` is the line under the title.
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

    /// Returns the layout with another line under the title; all that is set of the rest is kept.
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

    /// Sets the first `rows` rows ahead of time.
    pub fn prepare(&mut self, rows: usize) {
        let mut at = self.first_row();
        for _ in 1..rows {
            at = at.and_then(|at| self.next_row(at));
        }
    }

    /// Returns the announcement that is set.
    #[must_use]
    pub fn announcement(&self) -> &Arc<Announcement> {
        &self.announcement
    }

    /// Returns the measure it is set to.
    #[must_use]
    pub fn measure(&self) -> Measure {
        self.measure
    }

    /// Changes the measure, which discards all set units if it differs; nothing is set until rows are asked for.
    pub fn set_measure(&mut self, measure: Measure) {
        if self.measure != measure {
            self.measure = measure;
            self.set = vec![None; self.units.len()];
        }
    }

    /// Returns the block that stands for `part`; the title and the line under it are given as blocks too.
    #[must_use]
    pub fn block(&self, part: Part) -> Option<&Block> {
        match part {
            TITLE => Some(&self.title),
            META => Some(&self.meta),
            _ => self.announcement.document.blocks.get((part - FIRST) as usize),
        }
    }

    /// Returns the number of parts.
    #[must_use]
    pub fn parts(&self) -> Part {
        FIRST.saturating_add(Part::try_from(self.announcement.document.blocks.len()).unwrap_or(Part::MAX - FIRST))
    }

    /// Returns the part that unit `unit` belongs to.
    #[must_use]
    pub fn part_of(&self, unit: usize) -> Part {
        self.units.get(unit).map_or(TITLE, |unit| unit.part)
    }

    /// Returns the place where unit `unit` begins.
    #[must_use]
    pub fn start_of(&self, unit: usize) -> Place {
        self.units.get(unit).map_or_else(Place::default, |unit| Place { part: unit.part, offset: unit.start })
    }

    /// Returns unit `unit`, setting it if needed. It is kept until the measure changes.
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

    /// Returns unit `unit` if it is set already.
    #[must_use]
    pub fn ready(&self, unit: usize) -> Option<&SetBlock> {
        self.set.get(unit)?.as_deref()
    }

    /// Returns the first row that shows something, if any does.
    pub fn first_row(&mut self) -> Option<RowAt> {
        self.row_from(0)
    }

    /// Returns the last row, if there is any.
    pub fn last_row(&mut self) -> Option<RowAt> {
        self.row_before(self.units.len())
    }

    /// Returns the row below `at`.
    pub fn next_row(&mut self, at: RowAt) -> Option<RowAt> {
        if at.row + 1 < self.unit(at.unit).rows() {
            return Some(RowAt { row: at.row + 1, ..at });
        }
        self.row_from(at.unit + 1)
    }

    /// Returns the row above `at`.
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

    /// Returns the row that shows the character at `place`, or the nearest one before it.
    pub fn row_of(&mut self, place: Place) -> RowAt {
        let after = self.units.partition_point(|unit| (unit.part, unit.start) <= (place.part, place.offset));
        let unit = after.saturating_sub(1);
        let set = self.unit(unit);
        let line = set.lines.partition_point(|line| line.start() <= place.offset).saturating_sub(1);
        let row = RowAt { unit, row: set.before + line };
        // A unit without rows (hidden boilerplate) is stood for by the row before it.
        if set.rows() == 0 { self.row_before(unit).unwrap_or_default() } else { row }
    }

    /// Returns the place of the first character that row `at` shows; a blank row has that of the line below it.
    pub fn place_of(&mut self, at: RowAt) -> Place {
        let set = self.unit(at.unit);
        let line = set.lines.get(at.row.saturating_sub(set.before));
        let start = self.units.get(at.unit).map_or(0, |unit| unit.start);
        Place { part: self.part_of(at.unit), offset: line.map_or(start, Line::start) }
    }

    /// Returns the share of the text before the end of row `at`, 0.0–1.0, by bytes.
    #[must_use]
    pub fn share_before(&self, at: RowAt) -> f64 {
        let total = self.length();
        let Some(unit) = self.units.get(at.unit) else { return 1.0 };
        let line = self.ready(at.unit).and_then(|set| set.lines.get(at.row.checked_sub(set.before)?));
        let within = line.map_or(0, |line| u64::from(line.end().saturating_sub(unit.start)));
        share(unit.before + within, total)
    }

    /// Returns the share of the text before the start of row `at`, 0.0–1.0, by bytes.
    #[must_use]
    pub fn share_at(&self, at: RowAt) -> f64 {
        let total = self.length();
        let Some(unit) = self.units.get(at.unit) else { return 1.0 };
        let line = self.ready(at.unit).and_then(|set| set.lines.get(at.row.saturating_sub(set.before)));
        let within = line.map_or(0, |line| u64::from(line.start().saturating_sub(unit.start)));
        share(unit.before + within, total)
    }

    /// Reports whether `at` is the last row, as far as units are set.
    #[must_use]
    pub fn is_last(&self, at: RowAt) -> bool {
        let rows = |unit: usize| self.ready(unit).map_or(1, SetBlock::rows);
        at.row + 1 >= rows(at.unit) && (at.unit + 1..self.units.len()).all(|unit| rows(unit) == 0)
    }

    /// Returns the length of the text in bytes.
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

    /// Returns the number of consecutive boilerplate blocks from `part` on.
    #[must_use]
    pub fn boilerplate_from(&self, part: Part) -> usize {
        (part..self.parts())
            .take_while(|part| self.block(*part).is_some_and(|block| block.kind == BlockKind::Boilerplate))
            .count()
    }

    /// Returns the language that `part` is set in.
    #[must_use]
    pub fn language_of(&self, part: Part) -> Option<Language> {
        self.block(part).and_then(|block| block.language).or(self.announcement.language)
    }
}

/// Returns `part / whole`; 1.0 for an empty whole.
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

/// Divides a block into the stretches it is set in: all of it, or pieces of about [`UNIT`] bytes cut at blanks or line
/// ends.
fn stretches(block: &Block) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    if text.len() <= UNIT * 2 {
        return std::iter::once(0..text.len()).collect();
    }
    if let BlockKind::Table(cells) = &block.kind
        && let Some(rows) = table::stretches(cells, text.len(), UNIT)
    {
        return rows;
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
