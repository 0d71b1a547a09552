//! Chooses the blocks of the article: what the readability library found, and what it drops too readily.
//! Nothing here looks at tags; places and links are told by each block's context.

use std::collections::{HashMap, HashSet};

use super::asides::picture;
use crate::calendar::stamp;
use crate::formats::flow::Context;
use crate::formats::roles::{boilerplate, contact_label, is_caption, is_contact};
use crate::model::{Block, BlockKind};

/// Paragraphs with so many characters belong to the article also where the library thinks otherwise.
const RUNNING: usize = 60;
/// An answer of the library with fewer characters is not trusted.
const TRUSTED: usize = 200;
/// Longest block that can be a stamp or a contact, in bytes.
const LONGEST_LINE: usize = 240;
/// Shortest heading that is a lead where it stands between the title and the text, in characters.
const LONG_HEADING: usize = 80;
/// Longest heading, in characters; a longer one is a paragraph.
const LONGEST_HEADING: usize = 200;
/// Longest lead, in bytes.
const LONGEST_LEAD: usize = 1200;

/// The blocks of a page while the article among them is chosen.
pub(super) struct Choice<'a> {
    pub blocks: &'a [Block],
    pub contexts: &'a [Context],
    /// The place of the heading that is the title, where one is.
    pub title: Option<usize>,
}

/// Where the blocks stood that the library chose.
struct Neighbours {
    /// The elements they stood in.
    parents: HashSet<u32>,
    /// Elements further out among whose parts they are spread.
    spread: HashSet<u32>,
    articles: HashSet<u32>,
}

impl Choice<'_> {
    /// Says of each block whether it belongs to the article; `library` is the library's answer.
    pub fn article(&self, library: Option<Vec<bool>>) -> Vec<bool> {
        let scope = self.scope();
        let trusted = library.filter(|library| self.size(library) >= TRUSTED && self.covers(library, &scope));
        let mut belongs = match trusted {
            Some(library) => self.completed(library),
            None => self.all_text(&scope),
        };
        self.drop_headings_of_nothing(&mut belongs);
        belongs
    }

    /// Returns how many characters of running text the chosen blocks hold.
    pub fn size(&self, chosen: &[bool]) -> usize {
        let sizes = self.blocks.iter().zip(chosen).enumerate().filter(|(_, (_, chosen))| **chosen);
        let counts = |at: usize, block: &Block| {
            (!matches!(block.kind, BlockKind::Heading { .. }) || self.is_long_heading(at)) && !self.is_linked(at, 60)
        };
        sizes.map(|(at, (block, _))| if counts(at, block) { block.text.chars().count() } else { 0 }).sum()
    }

    pub fn is_outside(&self, at: usize) -> bool {
        self.contexts.get(at).is_some_and(|context| !context.boilerplate)
    }

    /// Reports whether a block is a paragraph that the page sets as a heading.
    fn is_long_heading(&self, at: usize) -> bool {
        self.blocks.get(at).is_some_and(|block| {
            matches!(block.kind, BlockKind::Heading { .. }) && block.text.chars().count() > LONGEST_HEADING
        })
    }

    /// Reports whether links make up at least `percent` of a block.
    pub fn is_linked(&self, at: usize, percent: usize) -> bool {
        let linked = self.contexts.get(at).map_or(0, |context| context.linked);
        self.blocks.get(at).is_some_and(|block| linked * 100 >= block.text.len().max(1) * percent)
    }

    /// Returns which blocks stand in what the page calls its article or main part; all where it names none with text.
    fn scope(&self) -> Vec<bool> {
        let length =
            |at: usize| if self.is_running(at) { self.blocks.get(at).map_or(0, |block| block.text.len()) } else { 0 };
        let whole: usize = (0..self.blocks.len()).map(length).sum();
        let mut articles: HashMap<u32, usize> = HashMap::new();
        for (at, context) in self.contexts.iter().enumerate().filter(|(_, context)| context.article != 0) {
            *articles.entry(context.article).or_default() += length(at);
        }
        let largest = articles.into_iter().max_by_key(|(article, size)| (*size, *article));
        if let Some((article, _)) = largest.filter(|(_, size)| size * 3 >= whole && *size > TRUSTED) {
            return self.contexts.iter().map(|context| context.article == article).collect();
        }
        let main: usize = (0..self.blocks.len())
            .filter(|at| self.contexts.get(*at).is_some_and(|context| context.main))
            .map(length)
            .sum();
        self.contexts.iter().map(|context| context.main || main <= TRUSTED).collect()
    }

    /// Reports whether a block is running text outside of the frame.
    pub fn is_running(&self, at: usize) -> bool {
        self.is_outside(at)
            && !self.is_linked(at, 50)
            && self.blocks.get(at).is_some_and(|block| block.text.chars().count() >= RUNNING)
    }

    /// Reports whether the library's answer holds a fair part of the running text that stands in `scope`.
    fn covers(&self, library: &[bool], scope: &[bool]) -> bool {
        let (mut part, mut whole) = (0, 0);
        for (at, (chosen, inside)) in library.iter().zip(scope).enumerate() {
            if *inside && self.is_running(at) {
                let length = self.blocks.get(at).map_or(0, |block| block.text.len());
                whole += length;
                part += if *chosen { length } else { 0 };
            }
        }
        let all = scope.iter().all(|inside| *inside);
        all || part * 4 >= whole
    }

    /// Returns all that is neither the frame's nor a bare link, where the library has no answer to trust.
    fn all_text(&self, scope: &[bool]) -> Vec<bool> {
        let heading =
            |at: usize| self.blocks.get(at).is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
        let text = |at: usize| {
            self.is_outside(at)
                && !self.is_foreign(at)
                && (heading(at) || !self.is_linked(at, 90) || self.is_in_mixed_list(at))
        };
        scope.iter().enumerate().map(|(at, inside)| *inside && text(at)).collect()
    }

    /// Returns the library's answer with what belongs between, before and after its blocks.
    fn completed(&self, mut belongs: Vec<bool>) -> Vec<bool> {
        for (at, belongs) in belongs.iter_mut().enumerate() {
            *belongs &= self.is_outside(at) && !self.is_foreign(at);
        }
        let chosen = belongs.clone();
        self.keep_to_main(&mut belongs);
        self.cut_above_title(&mut belongs);
        let others = self.cut_sections(&mut belongs);
        self.add_missed_start(&mut belongs);
        let Some(first) = belongs.iter().position(|belongs| *belongs) else { return belongs };
        let last = belongs.iter().rposition(|belongs| *belongs).unwrap_or(first);
        let mut cut: Vec<bool> = belongs.iter().zip(&chosen).map(|(now, before)| *before && !now).collect();
        cut.iter_mut().zip(others).for_each(|(cut, others)| *cut |= others);
        let known = belongs.clone();
        let near = self.neighbours(&known);
        // Where the running text of the article stands; links elsewhere lead to other articles.
        let text: Vec<bool> = known.iter().enumerate().map(|(at, known)| *known && self.is_running(at)).collect();
        let text = self.neighbours(&text);
        for (at, belongs) in belongs.iter_mut().enumerate() {
            *belongs &= !self.is_linked(at, 90)
                || self.contexts.get(at).is_some_and(|own| text.parents.contains(&own.parents[0]));
        }
        for (at, belongs) in belongs.iter_mut().enumerate().take(last).skip(first) {
            *belongs |= self.is_outside(at) && cut.get(at) != Some(&true) && self.is_worthy(at, &known, &near);
        }
        // A picture above the text is the page's, one within it belongs to what is said.
        for (at, belongs) in belongs.iter_mut().enumerate().skip(first).take_while(|(at, _)| !self.is_running(*at)) {
            *belongs &= self.blocks.get(at).is_none_or(|block| picture(&block.text).is_none());
        }
        self.add_opening(&mut belongs, first);
        self.add_end(&mut belongs, last, &cut, &known, &near);
        belongs
    }

    /// Adds the running text between the title and the first block, where it is so much that the library took a later part of
    /// the page for the article.
    fn add_missed_start(&self, belongs: &mut [bool]) {
        let Some(first) = belongs.iter().position(|belongs| *belongs) else { return };
        let Some(title) = self.title.filter(|title| *title < first) else { return };
        let missed: Vec<bool> = (0..belongs.len())
            .map(|at| (title..first).contains(&at) && self.is_running(at) && !self.is_foreign(at))
            .collect();
        let size = self.size(&missed);
        if size >= TRUSTED && size * 2 >= self.size(belongs) {
            belongs.iter_mut().zip(missed).for_each(|(belongs, missed)| *belongs |= missed);
        }
    }

    /// Adds the lead, and what else is text, between the title and the first block of the article.
    fn add_opening(&self, belongs: &mut [bool], first: usize) {
        let from = self.title.filter(|title| *title < first).unwrap_or(first.saturating_sub(4));
        for at in from..first {
            let (Some(block), Some(context)) = (self.blocks.get(at), self.contexts.get(at)) else { continue };
            let text = block.text.as_str();
            let running = matches!(
                block.kind,
                BlockKind::Paragraph
                    | BlockKind::Quote { .. }
                    | BlockKind::Heading { level: 2.. }
                    | BlockKind::Item { .. }
            );
            let lead = context.lead && text.len() <= LONGEST_LEAD && text.len() > 20;
            let sentence =
                text.chars().count() >= RUNNING || (text.chars().count() >= 30 && text.ends_with(['.', '!', '?']));
            let long = text.chars().count() >= LONG_HEADING;
            let paragraph =
                (matches!(block.kind, BlockKind::Paragraph) && sentence && !context.caption && picture(text).is_none())
                    || (matches!(block.kind, BlockKind::Heading { .. }) && long);
            if self.is_outside(at)
                && running
                && !self.is_linked(at, 40)
                && (lead || paragraph)
                && stamp(text).is_none()
                && let Some(belongs) = belongs.get_mut(at)
            {
                *belongs = true;
            }
        }
    }

    /// Adds what goes on after the last block of the article: paragraphs, tables and quotes beside it, and contacts.
    fn add_end(&self, belongs: &mut [bool], last: usize, cut: &[bool], known: &[bool], near: &Neighbours) {
        let mut contacts = false;
        let mut missed = 0;
        for at in last + 1..self.blocks.len() {
            let Some(block) = self.blocks.get(at) else { break };
            let asking = self.is_outside(at) && asks(block);
            if cut.get(at) == Some(&true) && !asking {
                contacts = false;
                continue;
            }
            let short_name = contacts
                && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Preformatted)
                && block.text.len() < 80
                && !self.is_linked(at, 90)
                && self.is_outside(at)
                && boilerplate(&block.text).is_none();
            let labels =
                asking && matches!(block.kind, BlockKind::Heading { .. }) || contact_label(&block.text).is_some();
            let follows = contacts || self.has_contact_soon(at);
            let beside = self.is_outside(at) && self.is_beside(at, near) && self.is_worthy(at, known, near);
            let heading =
                self.is_outside(at) && self.is_beside(at, near) && matches!(block.kind, BlockKind::Heading { .. });
            if (asking && (!labels || follows)) || (short_name && follows) || beside || heading {
                if let Some(belongs) = belongs.get_mut(at) {
                    *belongs = true;
                }
                contacts = asking || (short_name && contacts);
                missed = 0;
            } else {
                contacts = false;
                // What the page puts aside may stand between the parts of an article.
                missed += usize::from(self.is_outside(at));
                if missed > 3 {
                    break;
                }
            }
        }
    }

    /// Reports whether one of the next blocks holds a telephone number or an e-mail address.
    fn has_contact_soon(&self, at: usize) -> bool {
        self.blocks
            .iter()
            .skip(at)
            .take(5)
            .any(|block| block.text.len() <= LONGEST_LINE && block.text.lines().any(is_contact))
    }

    /// Returns the parents and articles of the blocks that the library chose.
    fn neighbours(&self, known: &[bool]) -> Neighbours {
        let chosen = || self.contexts.iter().zip(known).filter(|(_, known)| **known).map(|(context, _)| context);
        let mut parts: HashMap<u32, HashSet<u32>> = HashMap::new();
        for [nearest, second, third] in chosen().map(|context| context.parents) {
            parts.entry(second).or_default().insert(nearest);
            parts.entry(third).or_default().insert(second);
        }
        parts.retain(|outer, parts| *outer != 0 && parts.len() > 1);
        Neighbours {
            parents: chosen().map(|context| context.parents[0]).collect(),
            spread: parts.into_keys().collect(),
            articles: chosen().map(|context| context.article).filter(|article| *article != 0).collect(),
        }
    }

    /// Reports whether a block has the parent of one that the library chose, or stands among its parts.
    fn is_close(&self, at: usize, near: &Neighbours) -> bool {
        self.contexts.get(at).is_some_and(|context| {
            let [nearest, second, third] = context.parents;
            near.parents.contains(&nearest) || near.spread.contains(&second) || near.spread.contains(&third)
        })
    }

    /// Reports whether a block is close to one that the library chose, or stands in the same `article`.
    fn is_beside(&self, at: usize, near: &Neighbours) -> bool {
        let article = self.contexts.get(at).map_or(0, |context| context.article);
        self.is_close(at, near) || near.articles.contains(&article)
    }

    /// Reports whether a block that the library left out belongs to the article that it stands in.
    fn is_worthy(&self, at: usize, known: &[bool], near: &Neighbours) -> bool {
        let Some(block) = self.blocks.get(at) else { return false };
        let figure = block.text.starts_with('[') && self.is_close(at, near);
        if self.is_foreign(at) || (!figure && self.contexts.get(at).is_some_and(|context| context.caption)) {
            return false;
        }
        let length = block.text.chars().count();
        match block.kind {
            BlockKind::Table(_) | BlockKind::Preformatted => !self.is_linked(at, 50),
            BlockKind::Quote { .. } => !self.is_linked(at, 70),
            BlockKind::Item { .. } => self.is_in_mixed_list(at),
            BlockKind::Paragraph | BlockKind::Lead => {
                let between = known.get(at.wrapping_sub(1)) == Some(&true) && known.get(at + 1) == Some(&true);
                (length >= RUNNING && !self.is_linked(at, 50) && !is_caption(&block.text))
                    || asks(block)
                    || (between && self.is_beside(at, near) && !self.is_linked(at, 80))
            }
            BlockKind::Heading { level: 2.. } => !self.is_linked(at, 90) && self.is_close(at, near),
            _ => false,
        }
    }

    /// Reports whether a block is an item of a list whose items are not all links.
    fn is_in_mixed_list(&self, at: usize) -> bool {
        let is_item =
            |at: &usize| self.blocks.get(*at).is_some_and(|block| matches!(block.kind, BlockKind::Item { .. }));
        if !is_item(&at) {
            return false;
        }
        let before = (0..at).rev().take_while(is_item).take(50);
        let after = (at..self.blocks.len()).take_while(is_item).take(50);
        before.chain(after).any(|at| !self.is_linked(at, 80))
    }

    /// Drops headings that no text of the article follows before a heading of the same level or a higher one.
    fn drop_headings_of_nothing(&self, belongs: &mut [bool]) {
        let level = |at: usize| match self.blocks.get(at).map(|block| &block.kind) {
            Some(BlockKind::Heading { level }) if !self.is_long_heading(at) => Some(*level),
            _ => None,
        };
        // What follows a heading of each level, seen from the end.
        let mut text_below = [false; 8];
        for at in (0..self.blocks.len()).rev() {
            let Some(chosen) = belongs.get_mut(at) else { continue };
            match level(at) {
                None => {
                    if *chosen {
                        text_below = [true; 8];
                    } else if self.is_outside(at) && self.is_linked(at, 60) {
                        // A heading of links is none of the text that comes after them.
                        text_below = [false; 8];
                    }
                }
                Some(level) => {
                    let level = usize::from(level).min(7);
                    *chosen &= text_below.get(level) == Some(&true);
                    // A deeper heading's text is also the text of those above it.
                    text_below.iter_mut().skip(level).for_each(|below| *below = false);
                }
            }
        }
    }
}

/// Reports whether a block says whom to ask, or is the label of such blocks.
fn asks(block: &Block) -> bool {
    block.text.len() <= LONGEST_LINE && block.text.lines().any(|line| is_contact(line) || contact_label(line).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Table;

    /// A block of `length` letters in the element `parent`, and where it stands.
    fn block(kind: BlockKind, length: usize, parent: u32) -> (Block, Context) {
        let text: String = "Sillan kansi uusitaan. ".chars().cycle().take(length).collect();
        (Block::plain(kind, &text), Context { parents: [parent, 0, 0], ..Context::default() })
    }

    fn paragraph(length: usize, parent: u32) -> (Block, Context) {
        block(BlockKind::Paragraph, length, parent)
    }

    fn heading(level: u8, text: &str, parent: u32) -> (Block, Context) {
        let context = Context { parents: [parent, 0, 0], ..Context::default() };
        (Block::plain(BlockKind::Heading { level }, text), context)
    }

    /// The numbers of the blocks that are chosen below a title, where the library chose those of `library`.
    fn chosen(below: &[(Block, Context)], library: &[usize]) -> Vec<usize> {
        let page: Vec<(Block, Context)> =
            std::iter::once(heading(1, "Silta", 1)).chain(below.iter().cloned()).collect();
        let (blocks, contexts): (Vec<Block>, Vec<Context>) = page.into_iter().unzip();
        let choice = Choice { blocks: &blocks, contexts: &contexts, title: Some(0) };
        let belongs = choice.article(Some((0..blocks.len()).map(|at| library.contains(&at)).collect()));
        belongs.iter().enumerate().filter(|(_, belongs)| **belongs).map(|(at, _)| at).collect()
    }

    #[test]
    fn a_beginning_that_the_library_missed_is_taken_back_with_all_that_stands_in_it() {
        let table = || block(BlockKind::Table(Table { columns: 1, ..Table::default() }), 30, 1);
        let page = |length| [paragraph(length, 1), table(), paragraph(length, 1), paragraph(220, 2)];
        assert_eq!(chosen(&page(150), &[4]), [1, 2, 3, 4]);
        // A line or two above the text are not its beginning.
        assert_eq!(chosen(&page(70), &[4]), [1, 3, 4]);
    }

    #[test]
    fn paragraphs_set_as_headings_are_text() {
        let long = || block(BlockKind::Heading { level: 3 }, 250, 1);
        assert_eq!(chosen(&[long(), long(), paragraph(80, 9)], &[1, 2]), [1, 2]);
        // A heading that no text follows is none of the article.
        let page = [paragraph(250, 1), heading(3, "Aikataulu", 1), paragraph(250, 1), heading(3, "Kartta", 1)];
        assert_eq!(chosen(&page, &[1, 2, 3, 4]), [1, 2, 3]);
    }

    #[test]
    fn an_article_goes_on_below_what_the_page_puts_aside() {
        let aside = || {
            let (block, context) = paragraph(40, 5);
            (block, Context { boilerplate: true, ..context })
        };
        let text = || paragraph(150, 1);
        let page = |between: &dyn Fn() -> (Block, Context)| {
            [text(), text(), between(), between(), between(), between(), between(), text()]
        };
        assert_eq!(chosen(&page(&aside), &[1, 2]), [1, 2, 8]);
        // Lines of something else end it.
        assert_eq!(chosen(&page(&|| paragraph(40, 5)), &[1, 2]), [1, 2]);
    }

    #[test]
    fn other_texts_below_the_article_are_not_taken_for_its_end() {
        let text = || paragraph(150, 1);
        assert_eq!(chosen(&[text(), text(), heading(2, "Lue myös", 1), text(), text()], &[1, 2]), [1, 2]);
        assert_eq!(chosen(&[text(), text(), heading(2, "Liikenne", 1), text(), text()], &[1, 2]), [1, 2, 3, 4, 5]);
    }
}
