//! An announcement in the making: formats fill it in, and one last step common to all of them finishes it.

use super::identity;
use super::roles::{is_field, speaker_before};
use crate::model::{Announcement, Block, BlockKind, Dated, Document, Id, Note, Provenance, Speaker};
use crate::text::{Clean, Language};

/// Longest text of a lead, in characters.
const LONGEST_LEAD: usize = 600;
/// Longest field of a page that may stand above its lead, in bytes.
const LONGEST_FIELD: usize = 120;
/// Longest bold paragraph that is a heading.
const LONGEST_HEADING: usize = 100;
/// Longest first paragraph that is taken for a title where nothing says what the title is.
const LONGEST_TITLE: usize = 150;

/// What is known so far of an announcement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// The title; empty while none is known.
    pub title: Clean,
    /// Who announces.
    pub source: Option<Clean>,
    /// The part of the publisher's site it stands in.
    pub section: Option<Clean>,
    /// The language, where the file says it.
    pub language: Option<Language>,
    /// Whether the file says its language, be it one that is not known here.
    pub declared_language: bool,
    /// When it was published.
    pub published: Option<Dated>,
    /// When it was last changed.
    pub modified: Option<Dated>,
    /// Words it is filed under.
    pub tags: Vec<Clean>,
    /// Where the original stands.
    pub address: Option<Clean>,
    /// The name its author gave to all language versions together.
    pub group: Option<Clean>,
    /// Its identity and its group's, where the file states them.
    pub known: Option<(Id, Id)>,
    /// Whether it says that it translates another version.
    pub translation: bool,
    /// The text.
    pub document: Document,
    /// What was noticed.
    pub notes: Vec<Note>,
}

impl Draft {
    /// Adds a note, unless the same one is there.
    pub fn note(&mut self, text: &str) {
        let note = Note::new(text);
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Takes the title out of the text: the first heading of level 1 near the start, else a first block that is a
    /// heading or reads like a title. A title that is known already is only removed from the text.
    pub fn take_title(&mut self) {
        let blocks = &mut self.document.blocks;
        let near = blocks.len().min(6);
        let is_top = |kind: &BlockKind| matches!(kind, BlockKind::Heading { level: 1 });
        if !self.title.is_empty() {
            let repeated = blocks
                .iter()
                .take(near)
                .position(|block| matches!(block.kind, BlockKind::Heading { .. }) && same(&block.text, &self.title));
            if let Some(at) = repeated {
                blocks.remove(at);
            }
            return;
        }
        let top = blocks.iter().take(near).position(|block| is_top(&block.kind));
        let first = blocks.first().map(|block| match block.kind {
            BlockKind::Heading { .. } => true,
            BlockKind::Paragraph => {
                blocks.len() > 1
                    && block.text.chars().count() <= LONGEST_TITLE
                    && !block.text.ends_with(['.', ':', ';', ',', '!'])
            }
            _ => false,
        });
        if let Some(at) = top.or(first.filter(|titled| *titled).map(|_| 0)) {
            self.title = blocks.remove(at).text;
        }
    }

    /// Makes headings of the short paragraphs that are bold from end to end, as pages without headings have them.
    pub fn promote_bold(&mut self) {
        let blocks = &mut self.document.blocks;
        let bold = |block: &Block| {
            block.kind == BlockKind::Paragraph
                && block.text.chars().count() <= LONGEST_HEADING
                && !block.text.ends_with(['.', ':', ';', ',', '!'])
                && block.marks.first().is_some_and(|mark| {
                    mark.start == 0 && mark.end as usize == block.text.len() && mark.style.strong && mark.link.is_none()
                })
        };
        let running = |block: &Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote { .. } | BlockKind::Item { .. })
        };
        for at in 0..blocks.len().saturating_sub(1) {
            let followed = blocks.get(at + 1).is_some_and(|next| running(next) && !bold(next));
            if let Some(block) = blocks.get_mut(at)
                && followed
                && bold(block)
            {
                block.kind = BlockKind::Heading { level: 2 };
                block.marks.clear();
            }
        }
    }

    /// Marks the opening paragraph as the lead where it stands before any heading and enough follows it; a repetition
    /// of it right after is dropped.
    pub fn mark_lead(&mut self) {
        let blocks = &mut self.document.blocks;
        if blocks.iter().any(|block| block.kind == BlockKind::Lead) {
            return;
        }
        // The description of a picture and fields of the page may stand above the lead.
        let opens =
            |block: &Block| block.kind != BlockKind::Boilerplate && !is_figure(block) && !is_bare_field(&block.text);
        let Some(first) = blocks.iter().position(opens) else { return };
        let (lead, rest) = blocks.split_at_mut(first + 1);
        let Some(lead) = lead.last_mut() else { return };
        let running = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Quote { .. });
        let follow = rest.iter().filter(|block| running(&block.kind)).take(2).count();
        if lead.kind != BlockKind::Paragraph || follow < 2 || lead.text.chars().count() > LONGEST_LEAD {
            return;
        }
        lead.kind = BlockKind::Lead;
        let repeated = rest.first().is_some_and(|next| next.kind == BlockKind::Paragraph && next.text == lead.text);
        if repeated {
            blocks.remove(first + 1);
        }
    }

    /// Sets the speaker of quotes that name nobody and follow a paragraph that introduces the speaker: "Ritva Aho
    /// kertoo:".
    fn introduce_speakers(&mut self) {
        let mut introduced: Option<Clean> = None;
        for block in &mut self.document.blocks {
            match &mut block.kind {
                BlockKind::Boilerplate => continue,
                BlockKind::Quote { speaker: speaker @ None } => *speaker = introduced.take().map(Speaker::Before),
                _ => {}
            }
            introduced = match block.kind {
                BlockKind::Paragraph | BlockKind::Lead => introduction(&block.text),
                _ => None,
            };
        }
    }

    /// Finishes the draft: sets the speakers and the identity.
    #[must_use]
    pub fn finish(mut self, provenance: Provenance) -> Announcement {
        self.introduce_speakers();
        let (id, group) = self.known.unwrap_or_else(|| {
            identity::identify(
                self.group.as_deref(),
                self.address.as_deref(),
                self.language,
                &self.title,
                self.published.map(|dated| dated.value),
                &self.document,
            )
        });
        Announcement {
            id,
            group,
            translation: self.translation,
            title: self.title,
            source: self.source,
            section: self.section,
            language: self.language,
            published: self.published,
            modified: self.modified,
            tags: self.tags,
            address: self.address,
            document: self.document,
            notes: self.notes,
            provenance,
        }
    }
}

/// Returns the name in a paragraph that ends by introducing a speaker.
fn introduction(text: &str) -> Option<Clean> {
    let name = text.get(speaker_before(text)?)?;
    let sentence = text.rsplit(['.', '!', '?']).next().unwrap_or_default().trim();
    // What opens the sentence has a capital, be it a name or what somebody is.
    let bare = name.split_once(' ').filter(|(first, _)| sentence.starts_with(first) && is_calling(first));
    Some(Clean::line(bare.map_or(name, |(_, rest)| rest)))
}

/// Reports whether a word is an occupation: "Kaupunginjohtaja", "Projektledare".
fn is_calling(word: &str) -> bool {
    const ENDINGS: [&str; 13] =
        ["ja", "jä", "kkö", "kko", "eri", "ori", "ari", "äri", "isti", "chef", "are", "ör", "man"];
    word.chars().count() >= 7 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Reports whether a paragraph describes a picture, as the HTML reader writes it.
fn is_figure(block: &Block) -> bool {
    let slanted = block.marks.first().is_some_and(|mark| mark.start == 0 && mark.style.emphasis);
    block.text.starts_with('[') && (slanted || block.text.ends_with(']'))
}

/// Reports whether a short line is a field and no sentence, as "Ansvarig: Brodepartementet" above a lead.
pub(super) fn is_bare_field(text: &str) -> bool {
    text.len() <= LONGEST_FIELD && !text.ends_with(['.', '!', '?', ':']) && is_field(text)
}

/// Reports whether two texts have the same letters and digits.
fn same(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(blocks: &[(&str, BlockKind)]) -> Draft {
        let blocks = blocks.iter().map(|(text, kind)| Block::plain(kind.clone(), text)).collect();
        Draft { document: Document { blocks, links: vec![] }, ..Draft::default() }
    }

    #[test]
    fn the_title_leaves_the_text() {
        let paragraph = BlockKind::Paragraph;
        let heading = |level| BlockKind::Heading { level };
        for (blocks, title, left) in [
            (
                vec![("Tiedote", paragraph.clone()), ("Otsikko", heading(1)), ("Teksti.", paragraph.clone())],
                "Otsikko",
                2,
            ),
            (vec![("Otsikko", heading(2)), ("Teksti.", paragraph.clone())], "Otsikko", 1),
            (vec![("Otsikko", paragraph.clone()), ("Teksti.", paragraph.clone())], "Otsikko", 1),
            (vec![("Pelkkä teksti.", paragraph.clone()), ("Teksti.", paragraph.clone())], "", 2),
        ] {
            let mut draft = draft(&blocks);
            draft.take_title();
            assert_eq!((draft.title.as_str(), draft.document.blocks.len()), (title, left));
        }
        let mut repeated = draft(&[("OTSIKKO", heading(1)), ("Teksti.", paragraph.clone())]);
        repeated.title = Clean::line("Otsikko");
        repeated.take_title();
        assert_eq!((repeated.title.as_str(), repeated.document.blocks.len()), ("Otsikko", 1));
    }

    #[test]
    fn whoever_is_introduced_before_a_quote_speaks() {
        let text = "Silta avataan\n\nSilta avataan liikenteelle maanantaina. Se on nyt valmis, kertoo kaupunki.\n\nPuusta tehtiin kansi. Johtaja Ritva Aho kertoo:\n\n– Kyllä tämä tästä, kun jäät lähtevät.\n\nNäin sanoo Kalle Salo:\n\n– Hyvä on, sanoo Pekka Lehto.\n";
        let found = crate::formats::read(&crate::formats::Input::new("a.txt", text.as_bytes())).announcements.remove(0);
        let is_quote = |block: &&Block| matches!(block.kind, BlockKind::Quote { .. });
        let speakers: Vec<Option<&str>> = found.document.blocks.iter().filter(is_quote).map(Block::speaker).collect();
        assert_eq!(speakers, [Some("Ritva Aho"), Some("Pekka Lehto")]);
    }

    #[test]
    fn a_lead_opens_and_is_shown_once() {
        let paragraph = BlockKind::Paragraph;
        let mut led = draft(&[
            ("a.", paragraph.clone()),
            ("a.", paragraph.clone()),
            ("b.", paragraph.clone()),
            ("c.", paragraph.clone()),
        ]);
        led.mark_lead();
        assert_eq!((led.document.blocks.len(), &led.document.blocks[0].kind), (3, &BlockKind::Lead));
        for row in ["Ansvarig: Justitiedepartementet", "Julkaisija: Väylävirasto", "[A bridge at night]"] {
            let mut rows = draft(&[
                (row, paragraph.clone()),
                ("a.", paragraph.clone()),
                ("b.", paragraph.clone()),
                ("c.", paragraph.clone()),
            ]);
            rows.mark_lead();
            assert_eq!(rows.document.blocks[1].kind, BlockKind::Lead, "{row}");
        }
        let heading = BlockKind::Heading { level: 2 };
        let mut headed =
            draft(&[("h", heading), ("a.", paragraph.clone()), ("b.", paragraph.clone()), ("c.", paragraph)]);
        headed.mark_lead();
        assert!(headed.document.blocks.iter().all(|block| block.kind != BlockKind::Lead));
    }
}
