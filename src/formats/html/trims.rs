//! Trims the library's choice: what stands outside of the article, above its title or among its asides is none of it.

use super::asides::{credits, heads_others, picture, points_elsewhere};
use super::choice::Choice;
use super::letters::letters;
use crate::calendar::stamp;
use crate::model::BlockKind;

/// A paragraph that is nothing but a link belongs to the page where it has fewer characters.
const SHORT_LINK: usize = 30;
/// Longest block that can be a stamp, in bytes.
const LONGEST_STAMP: usize = 240;
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

    /// Drops the sections that are headed as comments or as other articles, where most of the article stands elsewhere.
    pub fn cut_sections(&self, belongs: &mut [bool]) {
        let mut within: Option<u8> = None;
        let kept: Vec<bool> = belongs
            .iter()
            .zip(self.blocks)
            .map(|(belongs, block)| {
                if let BlockKind::Heading { level } = block.kind {
                    if within.is_none_or(|outer| level <= outer) {
                        within = heads_others(&block.text).then_some(level);
                    }
                } else if block.text.len() < LONGEST_HEAD && heads_others(&block.text) {
                    within = Some(6);
                }
                *belongs && within.is_none()
            })
            .collect();
        if self.size(&kept) * 10 >= self.size(belongs) * 5 {
            belongs.copy_from_slice(&kept);
        }
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

    /// Reports whether a block that the library chose is none of the text: a caption that credits a picture, a stamp, a
    /// link back or to another article.
    pub fn is_foreign(&self, at: usize) -> bool {
        let (Some(block), Some(context)) = (self.blocks.get(at), self.contexts.get(at)) else { return true };
        let text = block.text.as_str();
        let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. } | BlockKind::Quote { .. });
        let bare = self.is_linked(at, 90);
        (context.caption && credits(text))
            || self.is_picture_twice(at)
            || (context.stamp && text.len() <= LONGEST_STAMP && stamp(text).is_some())
            || (running && points_elsewhere(text) && (self.is_linked(at, 40) || text.trim_end().ends_with(':')))
            || (matches!(block.kind, BlockKind::Paragraph) && bare && text.chars().count() < SHORT_LINK)
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
