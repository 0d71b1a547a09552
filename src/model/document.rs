//! The body of an announcement: a flat row of blocks, each one text with marks over it.

use std::borrow::Cow;
use std::ops::Range;

use super::counting::Counting;
use crate::text::{Clean, Cleaner, Hint, Language};

/// The body of an announcement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Headings, paragraphs, list items and the rest, in reading order.
    pub blocks: Vec<Block>,
    /// The addresses that [`Mark::link`] points into.
    pub links: Vec<Link>,
}

/// An address the text links to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address, cleaned for showing; opening checks its scheme.
    pub address: Clean,
}

/// One block: every block is one text, so that places, matches and copies are byte ranges everywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of the block.
    pub kind: BlockKind,
    /// Its text. Tables hold a cell a line, preformatted blocks and contacts keep their lines.
    pub text: Clean,
    /// Where the author allowed or forbade a line break.
    pub hints: Vec<Hint>,
    /// Styled runs, in order, not overlapping.
    pub marks: Vec<Mark>,
    /// The number of quotation bars before it: 1 in a block quotation.
    pub quoted: u8,
    /// The language, where it is known to differ from the announcement's.
    pub language: Option<Language>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; level 1 is the title's, 2 the first below it.
    Heading {
        /// The level, 1–6.
        level: u8,
    },
    /// The opening paragraph that sums the announcement up.
    Lead,
    /// An ordinary paragraph.
    Paragraph,
    /// A quotation.
    Quote {
        /// The speaker, where one is named.
        speaker: Option<Speaker>,
    },
    /// An item of a list; items that follow each other are one list.
    Item {
        /// The depth, 0 for the outermost list.
        depth: u8,
        /// The marker before it; `None` for a further paragraph of the item before.
        marker: Marker,
    },
    /// A table; `text` holds its cells, a line each.
    Table(Table),
    /// Lines to be kept as they are.
    Preformatted,
    /// Contact details: names, telephone numbers, addresses; lines are kept.
    Contact,
    /// A thematic break, without text.
    Rule,
    /// Navigation and other text of the page around the announcement.
    Boilerplate,
}

/// The speaker of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Named at this place of the quote's own text.
    Within(Range<usize>),
    /// Named by the paragraph before: "Ritva Aho kertoo:".
    Before(Clean),
}

/// The marker of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number.
    Number(u32),
    /// A number that is written otherwise than in figures.
    Counted(Counting, u32),
    /// Nothing: the text belongs to the item above.
    Continuation,
}

impl Marker {
    /// Returns what stands before the item, "12." or "iv."; `bullet` for a bullet, nothing for a continuation.
    #[must_use]
    pub fn sign(self, bullet: &str) -> String {
        match self {
            Self::Bullet => bullet.to_owned(),
            Self::Number(number) => format!("{number}."),
            Self::Counted(counting, number) => format!("{}.", counting.write(number)),
            Self::Continuation => String::new(),
        }
    }

    /// Reports whether it is a number, however it is written.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Number(_) | Self::Counted(..))
    }
}

/// The cells of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The number of columns, at least 1.
    pub columns: usize,
    /// Whether the first row names the columns.
    pub header: bool,
    /// The text ranges of the cells, row by row; their number is a multiple of `columns`.
    pub cells: Vec<Range<usize>>,
    /// Columns whose cells are set flush right.
    pub right: Vec<bool>,
}

/// A styled run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Byte offset of its first character in the block's text.
    pub start: u32,
    /// Byte offset of its end.
    pub end: u32,
    /// Its style.
    pub style: Style,
    /// The link it belongs to, an index into [`Document::links`].
    pub link: Option<u16>,
}

/// The style of a run of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four independent ways of setting a run")]
pub struct Style {
    /// Emphasis, shown in italics.
    pub emphasis: bool,
    /// Strong emphasis, shown in bold.
    pub strong: bool,
    /// Code or other literal text.
    pub code: bool,
    /// Struck out.
    pub deleted: bool,
}

impl Style {
    /// The style of running text.
    pub const PLAIN: Self = Self { emphasis: false, strong: false, code: false, deleted: false };
}

impl Block {
    /// Makes a block of cleaned one-line text without marks.
    #[must_use]
    pub fn plain(kind: BlockKind, text: &str) -> Self {
        let mut builder = BlockBuilder::new(&kind);
        builder.push(text, Style::PLAIN, None);
        builder.finish(kind)
    }

    /// Cuts off the first `bytes` bytes of the text, with the marks and hints in them; does nothing where they end
    /// within a character.
    pub fn cut_start(&mut self, bytes: usize) {
        let (true, Ok(cut)) = (self.text.is_char_boundary(bytes), u32::try_from(bytes)) else { return };
        self.text = self.text.part(bytes..self.text.len());
        self.hints.retain_mut(|hint| {
            let kept = hint.offset >= cut;
            hint.offset = hint.offset.saturating_sub(cut);
            kept
        });
        self.marks.retain_mut(|mark| {
            (mark.start, mark.end) = (mark.start.saturating_sub(cut), mark.end.saturating_sub(cut));
            mark.start < mark.end
        });
    }

    /// Returns a part of the text as bare text shows it: struck-out runs stand between `~~`.
    #[must_use]
    pub fn bare_text(&self, part: Range<usize>) -> Cow<'_, str> {
        let text = self.text.get(part.clone()).unwrap_or_default();
        let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).clamp(part.start, part.end) - part.start;
        let struck =
            self.marks.iter().filter(|mark| mark.style.deleted).map(|mark| offset(mark.start)..offset(mark.end));
        let mut struck = struck.filter(|run| run.start < run.end).peekable();
        if text.is_empty() || struck.peek().is_none() {
            return Cow::Borrowed(text);
        }
        let mut bare = String::with_capacity(text.len() + 8);
        let mut at = 0;
        for run in struck {
            let between = text.get(at..run.start).unwrap_or_default();
            // Runs that only differ in another respect are one.
            if at > 0 && between.trim().is_empty() {
                bare.truncate(bare.len() - 2);
                bare += between;
            } else {
                bare += between;
                bare += "~~";
            }
            bare += text.get(run.clone()).unwrap_or_default();
            bare += "~~";
            at = run.end;
        }
        bare += text.get(at..).unwrap_or_default();
        Cow::Owned(bare)
    }

    /// Returns the name of the speaker of a quotation, where it is given.
    #[must_use]
    pub fn speaker(&self) -> Option<&str> {
        match &self.kind {
            BlockKind::Quote { speaker: Some(Speaker::Within(range)) } => self.text.get(range.clone()),
            BlockKind::Quote { speaker: Some(Speaker::Before(name)) } => Some(name),
            _ => None,
        }
    }

    /// Reports whether the lines of the text are kept as they are.
    #[must_use]
    pub fn keeps_lines(&self) -> bool {
        matches!(self.kind, BlockKind::Preformatted | BlockKind::Contact | BlockKind::Table(_))
    }
}

impl Document {
    /// Returns the number of words: runs of characters between blanks that hold a letter or digit.
    #[must_use]
    pub fn words(&self) -> usize {
        self.blocks
            .iter()
            .filter(|block| block.kind != BlockKind::Boilerplate)
            .map(|block| block.text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count())
            .sum()
    }
}

/// Builds a block's text run by run.
#[derive(Debug)]
pub struct BlockBuilder {
    cleaner: Cleaner,
    marks: Vec<Mark>,
}

impl BlockBuilder {
    /// Makes a builder for a block of `kind`, which decides whether newlines are kept.
    #[must_use]
    pub fn new(kind: &BlockKind) -> Self {
        let keeping = matches!(kind, BlockKind::Preformatted | BlockKind::Contact | BlockKind::Table(_));
        let cleaner = if keeping { Cleaner::keeping_lines() } else { Cleaner::joining_lines() };
        Self { cleaner, marks: Vec::new() }
    }

    /// Appends a run of text; returns where its visible part lies in the block.
    pub fn push(&mut self, raw: &str, style: Style, link: Option<u16>) -> Range<usize> {
        let range = self.cleaner.push(raw);
        if (style != Style::PLAIN || link.is_some())
            && !range.is_empty()
            && let (Ok(start), Ok(end)) = (u32::try_from(range.start), u32::try_from(range.end))
        {
            match self.marks.last_mut() {
                // A blank between two runs set alike belongs to both.
                Some(last) if last.style == style && last.link == link && start.saturating_sub(last.end) <= 1 => {
                    last.end = end;
                }
                _ => self.marks.push(Mark { start, end, style, link }),
            }
        }
        range
    }

    /// Reports whether no visible text has been pushed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cleaner.is_empty()
    }

    /// Returns the finished block.
    #[must_use]
    pub fn finish(self, kind: BlockKind) -> Block {
        let (text, hints) = self.cleaner.finish();
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut marks = self.marks;
        marks.retain_mut(|mark| {
            mark.end = mark.end.min(length);
            mark.start < mark.end
        });
        Block { kind, text, hints, marks, quoted: 0, language: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_text_shows_what_is_struck_out() {
        let (struck, both) =
            (Style { deleted: true, ..Style::PLAIN }, Style { deleted: true, strong: true, ..Style::PLAIN });
        let mut builder = BlockBuilder::new(&BlockKind::Paragraph);
        builder.push("perjantaina ", struck, None);
        builder.push("kello 10", both, None);
        builder.push(" lauantaina ", Style::PLAIN, None);
        builder.push("på fredag", struck, None);
        let block = builder.finish(BlockKind::Paragraph);
        assert_eq!(block.bare_text(0..block.text.len()), "~~perjantaina kello 10~~ lauantaina ~~på fredag~~");
        assert_eq!(block.bare_text(5..30), "~~ntaina kello 10~~ lauantain");
        assert_eq!(block.bare_text(21..31), "lauantaina");
    }

    #[test]
    fn runs_become_marks_over_one_text() {
        let strong = Style { strong: true, ..Style::PLAIN };
        let mut builder = BlockBuilder::new(&BlockKind::Paragraph);
        builder.push("Lue ", Style::PLAIN, None);
        builder.push("koko ", strong, None);
        builder.push("tiedote", strong, None);
        builder.push(" täältä.", Style::PLAIN, Some(0));
        let block = builder.finish(BlockKind::Paragraph);
        assert_eq!(block.text.as_str(), "Lue koko tiedote täältä.");
        let marked: Vec<_> =
            block.marks.iter().map(|mark| block.text.get(mark.start as usize..mark.end as usize).unwrap()).collect();
        assert_eq!(marked, ["koko tiedote", "täältä."]);
    }

    #[test]
    fn boilerplate_is_not_counted() {
        let blocks = vec![
            Block::plain(BlockKind::Paragraph, "Neljä sanaa – ja luku 5."),
            Block::plain(BlockKind::Boilerplate, "Jaa Twitter"),
        ];
        assert_eq!(Document { blocks, links: vec![] }.words(), 5);
    }
}
