//! Roles become blocks.

use std::collections::HashMap;

use super::{Page, Role, is_closed, is_longer};
use crate::formats::Draft;
use crate::formats::draft::is_bare_field;
use crate::formats::dress::other_language;
use crate::formats::roles::{beginning, contact_label, find_links, part, speaker, unglue};
use crate::model::{BlockBuilder, BlockKind, Link, Speaker, Style};
use crate::text::{Clean, Language};

/// Longest lead, in characters.
const LEAD: usize = 600;
/// How much of what is left of an endless text is one block, in bytes.
const PIECE: usize = 1 << 16;

/// Builds the draft of a page whose paragraphs have their roles.
pub fn blocks(page: &Page<'_>) -> Draft {
    let mut writer = Writer { draft: Draft::default(), links: HashMap::new(), language: page.language };
    for text in &page.beside_title {
        writer.push(text, &BlockKind::Boilerplate, 0);
    }
    let lead = lead(page);
    let mut at = 0;
    while at < page.len() {
        let text = page.text(at);
        match page.role(at) {
            Role::Elsewhere => {}
            Role::Boilerplate => writer.push(text, &BlockKind::Boilerplate, 0),
            Role::Heading => writer.push(text, &BlockKind::Heading { level: 2 }, 0),
            Role::Quote(start) => writer.quote(part(text, start..text.len())),
            Role::Item(marker, start) => {
                writer.push(part(text, start..text.len()), &BlockKind::Item { depth: 0, marker }, 0);
            }
            Role::KeyValue(end) => writer.push(text, &BlockKind::Paragraph, end),
            Role::Paragraph | Role::Revision | Role::Unknown if lead == Some(at) => {
                writer.push(text, &BlockKind::Lead, 0);
                if repeats(page, at) {
                    at += 1;
                }
            }
            Role::Paragraph | Role::Revision | Role::Unknown => writer.push(text, &BlockKind::Paragraph, 0),
            role @ (Role::Contact | Role::Row) => {
                let end = run(page, at, role);
                writer.lines(page, at..end, role == Role::Contact);
                at = end;
                continue;
            }
        }
        at += 1;
    }
    let mut rest = page.rest;
    while !rest.is_empty() {
        let piece = beginning(rest, PIECE);
        writer.push(piece, &BlockKind::Preformatted, 0);
        rest = rest.get(piece.len()..).unwrap_or_default();
    }
    writer.draft
}

/// Returns the end of the run of `role` that starts at `at`. A blank line ends the run, except right below a contact
/// label.
fn run(page: &Page<'_>, at: usize, role: Role) -> usize {
    let mut end = at + 1;
    if role == Role::Contact && page.role(end) == role && contact_label(page.text(at)) == Some(false) {
        end += 1;
    }
    while page.role(end) == role && page.paras.get(end).is_some_and(|para| !para.gap) {
        end += 1;
    }
    end
}

/// Returns the lead: the first paragraph after the title, if at least two more follow.
fn lead(page: &Page<'_>) -> Option<usize> {
    if page.title.is_empty() {
        return None;
    }
    let first = (page.start..page.len()).find(|at| {
        let aside = matches!(page.role(*at), Role::Boilerplate | Role::Elsewhere | Role::Revision);
        !aside && !is_bare_field(page.text(*at))
    })?;
    let text = page.text(first);
    if page.role(first) != Role::Paragraph || is_longer(text, LEAD) || text.len() < 20 {
        return None;
    }
    let repeated = usize::from(repeats(page, first));
    let follow = (first + 1 + repeated..page.len())
        .filter(|at| match page.role(*at) {
            Role::Paragraph => is_closed(page.text(*at)) || is_longer(page.text(*at), 60),
            Role::Quote(_) => true,
            _ => false,
        })
        .take(2)
        .count();
    (follow == 2).then_some(first)
}

fn repeats(page: &Page<'_>, at: usize) -> bool {
    page.role(at + 1) == Role::Paragraph && page.text(at) == page.text(at + 1)
}

struct Writer {
    draft: Draft,
    links: HashMap<Box<str>, u16>,
    language: Option<Language>,
}

impl Writer {
    /// Appends a block of `text`: strong up to byte `strong`, its addresses as links.
    fn push(&mut self, text: &str, kind: &BlockKind, strong: usize) {
        let mut builder = BlockBuilder::new(kind);
        self.runs(&mut builder, text, strong, kind != &BlockKind::Boilerplate);
        if builder.is_empty() {
            return;
        }
        let mut block = builder.finish(kind.clone());
        block.language = other_language(&block, self.language);
        self.draft.document.blocks.push(block);
    }

    fn runs(&mut self, builder: &mut BlockBuilder, text: &str, strong: usize, linked: bool) {
        let mut from = 0;
        if strong > 0 {
            builder.push(part(text, 0..strong), Style { strong: true, ..Style::PLAIN }, None);
            from = strong;
        }
        if linked {
            for found in find_links(text) {
                if found.range.start < from {
                    continue;
                }
                let shown = part(text, found.range.clone());
                let link = self.link(found.prefix, shown);
                builder.push(part(text, from..found.range.start), Style::PLAIN, None);
                builder.push(shown, Style::PLAIN, link);
                from = found.range.end;
            }
        }
        builder.push(part(text, from..text.len()), Style::PLAIN, None);
    }

    fn link(&mut self, prefix: &str, shown: &str) -> Option<u16> {
        let address = format!("{prefix}{shown}");
        if let Some(number) = self.links.get(address.as_str()) {
            return Some(*number);
        }
        let links = &mut self.draft.document.links;
        let number = u16::try_from(links.len()).ok()?;
        links.push(Link { address: Clean::line(&address) });
        self.links.insert(address.into(), number);
        Some(number)
    }

    /// Appends a quote, with the range in which its text names the speaker.
    fn quote(&mut self, text: &str) {
        let before = self.draft.document.blocks.len();
        self.push(text, &BlockKind::Quote { speaker: None }, 0);
        if let Some(block) = self.draft.document.blocks.get_mut(before) {
            block.kind = BlockKind::Quote { speaker: speaker(&block.text).map(Speaker::Within) };
        }
    }

    /// Appends paragraphs as the lines of one block.
    fn lines(&mut self, page: &Page<'_>, range: std::ops::Range<usize>, contact: bool) {
        let kind = if contact { BlockKind::Contact } else { BlockKind::Preformatted };
        let mut builder = BlockBuilder::new(&kind);
        for at in range {
            let text = page.text(at);
            let pieces = if contact { unglue(text) } else { vec![text] };
            for piece in pieces {
                if !builder.is_empty() {
                    builder.push("\n", Style::PLAIN, None);
                }
                self.runs(&mut builder, piece, 0, true);
            }
        }
        if !builder.is_empty() {
            self.draft.document.blocks.push(builder.finish(kind));
        }
    }
}
