//! Gives the blocks of formats that bring their own structure the roles that their words tell: who is quoted, whom to
//! ask, when it was published, what belongs to the page.

use super::draft::Draft;
use super::roles::{Sureness, beginning, boilerplate, contact_label, is_caption, is_contact, is_kind, quote, speaker};
use crate::calendar::{Stamp, Surety, stamp};
use crate::model::{Block, BlockKind, Dated, Origin, Speaker};
use crate::text::{Language, guess_language, guess_other_language};

/// Paragraphs from the start, and from the end, among which a stamp is looked for.
const HEAD: usize = 4;
const FOOT: usize = 5;
/// Longest line that is known to be boilerplate by its words, in bytes.
const LONGEST_BOILERPLATE: usize = 240;
/// Bytes of the text by which a language is guessed.
const SAMPLE: usize = 2048;

/// How many bytes of a block tell its language: the fewest, and the most that are looked at.
const GUESSED: std::ops::Range<usize> = 40..240;

/// Gives the blocks of `draft` their roles; `page` when the file is a page, with a page's boilerplate around.
pub(super) fn dress(draft: &mut Draft, page: bool) {
    let shown: Vec<usize> = (0..draft.document.blocks.len())
        .filter(|at| draft.document.blocks.get(*at).is_some_and(|block| block.kind != BlockKind::Boilerplate))
        .collect();
    let mut after_quote = false;
    for (number, at) in shown.iter().enumerate() {
        let edge = number < HEAD || number + FOOT >= shown.len();
        let Some(block) = draft.document.blocks.get_mut(*at) else { continue };
        match block.kind {
            BlockKind::Quote { speaker: None } => set_quote(block),
            BlockKind::Paragraph => {
                let found = if edge { stamp(&block.text) } else { None };
                if let Some(found) = found {
                    block.kind = BlockKind::Boilerplate;
                    take_stamp(draft, &found);
                } else {
                    set_role(block, page, after_quote);
                }
            }
            BlockKind::Preformatted if !page || block.text.lines().count() < 12 => {
                let asks = block.text.lines().any(|line| is_contact(line) || contact_label(line).is_some());
                if asks && block.text.lines().all(|line| line.len() < LONGEST_BOILERPLATE) {
                    block.kind = BlockKind::Contact;
                }
            }
            _ => {}
        }
        after_quote = draft.document.blocks.get(*at).is_some_and(|block| matches!(block.kind, BlockKind::Quote { .. }));
    }
    if draft.language.is_none() && !draft.declared_language {
        let mut sample = draft.title.to_string();
        for block in draft.document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate) {
            sample.push('\n');
            sample.push_str(beginning(&block.text, SAMPLE));
            if sample.len() >= SAMPLE {
                break;
            }
        }
        draft.language = guess_language(&sample);
    }
    // What is in a language that is not known here has no parts in those that are.
    if draft.language.is_some() || !draft.declared_language {
        for block in draft.document.blocks.iter_mut().filter(|block| block.language.is_none()) {
            block.language = other_language(block, draft.language);
        }
    }
}

/// Returns the language of a block of running text where it is surely another than the announcement's.
pub(super) fn other_language(block: &Block, language: Option<Language>) -> Option<Language> {
    let running = matches!(
        block.kind,
        BlockKind::Paragraph
            | BlockKind::Lead
            | BlockKind::Quote { .. }
            | BlockKind::Heading { .. }
            | BlockKind::Item { .. }
    );
    if !running || block.text.len() < GUESSED.start {
        return None;
    }
    guess_other_language(beginning(&block.text, GUESSED.end), language)
}

/// Gives a paragraph the role that its words tell.
fn set_role(block: &mut Block, page: bool, after_quote: bool) {
    let text = &block.text;
    let short = text.len() <= LONGEST_BOILERPLATE;
    if page && short && (boilerplate(text).is_some() || is_caption(text) || is_kind(text)) {
        block.kind = BlockKind::Boilerplate;
        return;
    }
    let opened = quote(text).filter(|found| found.sureness >= Sureness::Speaks || (after_quote && text.ends_with('.')));
    if opened.is_some() {
        set_quote(block);
    } else if is_contact(text) || (short && contact_label(text).is_some()) {
        block.kind = BlockKind::Contact;
    }
}

/// Makes a quote of a block and notes who is quoted.
fn set_quote(block: &mut Block) {
    if let Some(found) = quote(&block.text) {
        block.cut_start(found.start);
    }
    block.kind = BlockKind::Quote { speaker: speaker(&block.text).map(Speaker::Within) };
}

/// Takes the dates of a stamp where none are known that are surer.
pub(super) fn take_stamp(draft: &mut Draft, found: &Stamp) {
    if let Some((date, surety)) = &found.published
        && let Some(value) = date.value(None)
    {
        let origin = match surety {
            Surety::Labelled => Origin::Label,
            Surety::Timed => Origin::Stamp,
            Surety::Bare | Surety::Placed => Origin::Line,
        };
        if draft.published.is_none_or(|known| origin < known.origin) {
            draft.published = Some(Dated { value, origin });
        }
    }
    if let Some(date) = &found.modified
        && draft.modified.is_none()
    {
        let near = draft.published.map(|dated| dated.value);
        draft.modified = date.value(near).map(|value| Dated { value, origin: Origin::Label });
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::super::{Input, read};

    #[test]
    fn a_paragraph_in_another_language_is_told() {
        let text = "---\ntitle: Silta avataan\nlanguage: LANGUAGE\n---\n\nSilta avataan liikenteelle maanantaina, ja se on nyt valmis, kertoo kaupunki.\n\nThe bridge will be opened on Monday, and it is ready for everyone who needs it.\n\nBron öppnas för trafik på måndag, och den är nu klar för alla som behöver den.\n";
        for (declared, expected) in [("fi", [None, Some("en"), Some("sv")]), ("de", [None, None, None])] {
            let file = text.replace("LANGUAGE", declared);
            let found = read(&Input::new("a.md", file.as_bytes())).announcements.remove(0);
            let languages: Vec<Option<&str>> =
                found.document.blocks.iter().map(|block| block.language.map(crate::text::Language::code)).collect();
            assert_eq!(languages, expected, "{declared}");
        }
    }

    #[test]
    fn paragraphs_are_what_their_words_say() {
        let text = "# Silta avataan\n\nJulkaistu 11.9.2020\n\nSilta avataan liikenteelle maanantaina, ja se on nyt valmis, kertoo kaupunki.\n\n– *Silta* on valmis, sanoo johtaja Ritva Aho.\n\n> – Kiitos kaikille, toteaa rakentaja Kalle Salo.\n\nSilta on tehty puusta ja teräksestä, ja sen alta pääsee myös veneellä.\n\nLisätietoja: Ritva Aho, puh. 050 000 0000, ritva.aho@example.fi\n";
        let found = read(&Input::new("a.md", text.as_bytes())).announcements.remove(0);
        assert_eq!(found.published.unwrap().value.to_string(), "2020-09-11");
        assert_eq!(found.language.map(crate::text::Language::code), Some("fi"));
        assert_eq!(
            shown(&found.document.blocks),
            "boilerplate Julkaistu 11.9.2020\nlead Silta avataan liikenteelle maanantaina, ja se on nyt valmis, kertoo kaupunki.\nq(Ritva Aho) *Silta* on valmis, sanoo johtaja Ritva Aho.\n>q(Kalle Salo) Kiitos kaikille, toteaa rakentaja Kalle Salo.\np Silta on tehty puusta ja teräksestä, ja sen alta pääsee myös veneellä.\ncontact Lisätietoja: Ritva Aho, puh. 050 000 0000, ritva.aho@example.fi"
        );
    }
}
