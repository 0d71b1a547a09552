//! Reads the rows of a label and a value under a title: who announces.

use crate::calendar::stamp;
use crate::formats::flow::Context;
use crate::model::{Block, BlockKind};
use crate::text::Clean;

/// Labels of who announces, in lower case.
const SOURCES: [&str; 20] = [
    "from",
    "published by",
    "publisher",
    "issued by",
    "organisation",
    "organization",
    "department",
    "agency",
    "julkaisija",
    "organisaatio",
    "virasto",
    "ministeriö",
    "lähettäjä",
    "från",
    "avsändare",
    "utgivare",
    "ansvarig",
    "myndighet",
    "ansvarig myndighet",
    "departement",
];
/// Longest name of who announces, in bytes.
const LONGEST: usize = 200;
/// Blocks after the first of the article that may still be such rows.
const NEAR: usize = 8;

/// Finds who announces in a row that says so, and takes that row and the dates beside it out of the article.
pub(super) fn take_source(blocks: &[Block], contexts: &[Context], belongs: &mut [bool], first: usize) -> Option<Clean> {
    let mut source = None;
    for (at, (block, context)) in blocks.iter().zip(contexts).enumerate().take(first + NEAR) {
        let Some((label, value)) = row(block).filter(|_| !context.boilerplate) else { continue };
        let label = label.trim_end_matches(':').to_lowercase();
        let names = source.is_none() && SOURCES.contains(&label.as_str());
        if names {
            source = Some(Clean::line(value));
        }
        if (names || stamp(&block.text).is_some())
            && let Some(belongs) = belongs.get_mut(at)
        {
            *belongs = false;
        }
    }
    source
}

/// Returns the label and the value of a paragraph that opens with a label in bold.
fn row(block: &Block) -> Option<(&str, &str)> {
    let mark = block.marks.first().filter(|mark| mark.start == 0 && mark.style.strong)?;
    if !matches!(block.kind, BlockKind::Paragraph) || block.text.len() > LONGEST {
        return None;
    }
    let (label, value) = block.text.split_at_checked(usize::try_from(mark.end).ok()?)?;
    let value = value.trim_start_matches([':', ' ']).trim();
    (!value.is_empty()).then_some((label.trim(), value))
}
