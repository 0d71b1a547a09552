//! Trims the library's choice: what stands outside of the article, above its title or among its asides is none of it.

use std::collections::HashSet;

use super::asides::{credits, picture, points_elsewhere};
use super::choice::Choice;
use super::controls::serves_page;
use super::letters::letters;
use super::sections::heads_others;
use crate::calendar::stamp;
use crate::model::BlockKind;

/// A paragraph that is nothing but a link belongs to the page where it has fewer characters.
const SHORT_LINK: usize = 30;
/// Longest block that can be a stamp, in bytes.
const LONGEST_STAMP: usize = 240;
/// A caption with so many bytes tells more than what its picture shows.
const LONGEST_CAPTION: usize = 300;
/// Longest line that heads a section, in bytes.
const LONGEST_HEAD: usize = 60;

impl Choice<'_> {
    /// Drops what stands above the title, where most of the article stands below it.
    pub fn cut_above_title(&self, belongs: &mut [bool]) {
        let Some(title) = self.title else { return };
        let below: Vec<bool> = belongs.iter().enumerate().map(|(at, belongs)| *belongs && at >= title).collect();
        if self.size(&below) * 10 >= self.size(belongs) * 7 {
            belongs.copy_from_slice(&below);
        }
    }

    /// Drops the sections that are headed as comments or as other articles, where most of the article stands elsewhere, and
    /// returns which blocks stand in them.
    pub fn cut_sections(&self, belongs: &mut [bool]) -> Vec<bool> {
        // The level of the heading that opened the section, and the element it stands in.
        let mut within: Option<(u8, u32)> = None;
        let whole = self.size(belongs);
        let mut above = 0;
        let mut parents: HashSet<u32> = HashSet::new();
        let mut kept = vec![false; belongs.len()];
        let mut others = vec![false; belongs.len()];
        for (at, (block, context)) in self.blocks.iter().zip(self.contexts).enumerate() {
            let belongs = belongs.get(at) == Some(&true);
            let parent = context.parents[0];
            if let BlockKind::Heading { level } = block.kind {
                if within.is_none_or(|(outer, _)| level <= outer) {
                    within = (above > 0 && heads_others(&block.text)).then_some((level, parent));
                }
            } else if block.text.len() < LONGEST_HEAD && above * 2 > whole && heads_others(&block.text) {
                within = Some((6, parent));
            } else if self.is_running(at) {
                // The article goes on where its paragraphs stood and the section's heading did not.
                if within.is_some_and(|(_, own)| own != parent && parents.contains(&parent)) {
                    within = None;
                }
                if belongs && within.is_none() {
                    parents.insert(parent);
                    above += block.text.chars().count();
                }
            }
            if let (Some(kept), Some(others)) = (kept.get_mut(at), others.get_mut(at)) {
                *others = within.is_some();
                *kept = belongs && within.is_none();
            }
        }
        if self.size(&kept) * 10 >= whole * 5 {
            belongs.copy_from_slice(&kept);
        } else {
            others.fill(false);
        }
        others
    }

    /// Drops what stands outside of the page's main part, where most of the article is inside.
    pub fn keep_to_main(&self, belongs: &mut [bool]) {
        let is_main = |at: usize| self.contexts.get(at).is_some_and(|context| context.main);
        let inside: Vec<bool> = belongs.iter().enumerate().map(|(at, belongs)| *belongs && is_main(at)).collect();
        let size = self.size(&inside);
        if size > 0 && size * 10 >= self.size(belongs) * 6 {
            belongs.copy_from_slice(&inside);
        }
    }

    /// Reports whether a block that the library chose is none of the text: a caption of a picture, a stamp, a link
    /// back or to another article, a line that serves the page.
    pub fn is_foreign(&self, at: usize) -> bool {
        let (Some(block), Some(context)) = (self.blocks.get(at), self.contexts.get(at)) else { return true };
        let text = block.text.as_str();
        let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Quote { .. });
        let bare = self.is_linked(at, 90);
        (context.caption && matches!(block.kind, BlockKind::Paragraph) && text.len() < LONGEST_CAPTION)
            || self.is_picture_twice(at)
            || (context.stamp && text.len() <= LONGEST_STAMP && stamp(text).is_some())
            || (running && points_elsewhere(text) && (self.is_linked(at, 40) || text.trim_end().ends_with(':')))
            || (matches!(block.kind, BlockKind::Paragraph) && bare && text.chars().count() < SHORT_LINK)
            || ((running || self.is_in_serving_list(at)) && serves_page(text, self.is_linked(at, 40)))
    }

    /// Reports whether a block is an item of a list whose items all serve the page.
    fn is_in_serving_list(&self, at: usize) -> bool {
        let is_item =
            |at: &usize| self.blocks.get(*at).is_some_and(|block| matches!(block.kind, BlockKind::Item { .. }));
        let serves =
            |at: usize| self.blocks.get(at).is_some_and(|block| serves_page(&block.text, self.is_linked(at, 40)));
        if !is_item(&at) || !serves(at) {
            return false;
        }
        let before = (0..at).rev().take_while(is_item).take(20);
        let after = (at..self.blocks.len()).take_while(is_item).take(20);
        before.chain(after).all(serves)
    }

    /// Reports whether a block only describes a picture whose caption or credit says it again.
    pub fn is_picture_twice(&self, at: usize) -> bool {
        let Some(text) = self.blocks.get(at).and_then(|block| picture(&block.text)) else { return false };
        let own = letters(text);
        let near = [at.checked_sub(1), Some(at + 1), self.title].into_iter().flatten();
        let repeated = near.filter_map(|at| self.blocks.get(at)).any(|block| {
            let other = letters(&block.text);
            own.len() >= 8 && (other.contains(&own) || (other.len() >= 20 && own.contains(&other)))
        });
        repeated || credits(text)
    }
}
