//! Subheadings that nothing marks but their shape and what stands around them.

use super::{Page, Role, is_closed, is_longer, lists, words};
use crate::calendar::find_date;
use crate::formats::roles::{beginning, contact_label, find_links, has_phone, is_kind};
use crate::text::Language;

/// Longest heading: characters and words.
const CHARACTERS: usize = 100;
const WORDS: usize = 14;
/// A paragraph from so many characters ends even without a full stop.
const LONG: usize = 150;

/// Makes headings of paragraphs that read like headings. A missed heading is shown as a paragraph, a false one looks
/// wrong: in doubt a paragraph stays one.
pub fn find(page: &mut Page<'_>) {
    let mut before: Option<usize> = None;
    for at in page.start..page.len() {
        match page.role(at) {
            Role::Boilerplate | Role::Elsewhere | Role::Unknown => continue,
            Role::Paragraph
                if before.is_some_and(|before| follows(page, before, at)) && is_shaped(page, at) && heads(page, at) =>
            {
                page.set(at, Role::Heading);
            }
            _ => {}
        }
        before = Some(at);
    }
}

/// Reports whether a heading may stand at `at`, right after the paragraph at `before`.
fn follows(page: &Page<'_>, before: usize, at: usize) -> bool {
    let gap = page.paras.get(at).is_some_and(|para| para.gap);
    if page.spaced && !gap {
        return false;
    }
    let text = page.text(before);
    match page.role(before) {
        Role::Quote(_) | Role::Row | Role::Contact => true,
        Role::Item(..) | Role::KeyValue(_) => true,
        Role::Paragraph | Role::Revision => is_closed(text) && !text.ends_with(':') || is_longer(text, LONG),
        _ => false,
    }
}

/// Reports whether the text itself may be a heading.
fn is_shaped(page: &Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    if text.len() > 2 * CHARACTERS || is_longer(text, CHARACTERS) || words(text) > WORDS || text.contains('\n') {
        return false;
    }
    let bare = text.trim_start_matches(['"', '”', '“', '»', '’', '‘', '\'']);
    let starts = bare.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit() || letter == '§');
    let ends = !text.ends_with(['.', '!', ':', ';', ',', '…', '-', '–', '|', '/']);
    if !starts || !ends || !text.chars().any(char::is_alphabetic) || text.contains('@') || text.contains('|') {
        return false;
    }
    let tiny_question = text.ends_with('?') && words(text) <= 2 && !page.spaced;
    !tiny_question
        && !is_signature(text)
        && !is_person(text, page.language)
        && !is_kind(text)
        && !has_phone(text)
        && find_links(text).is_empty()
        && contact_label(text) != Some(true)
        && !is_date_line(text)
        && !is_sentence_piece(text)
}

/// Reports whether the line opens with a date, as lines of a calendar do.
fn is_date_line(text: &str) -> bool {
    find_date(text, 0)
        .is_some_and(|found| found.range.start == 0 || found.range.end == text.len() && found.range.start < 12)
}

/// Reports whether the text is a piece of a sentence, as `Uutinen jatkuu (…`, or more than one sentence.
fn is_sentence_piece(text: &str) -> bool {
    text.matches('(').count() != text.matches(')').count() || text.contains(". ") && text.matches(". ").count() > 1
}

/// Reports whether the line is a greeting or thanks, as at the end of a letter.
fn is_signature(text: &str) -> bool {
    const OPENINGS: [&str; 34] = [
        "ystävällisin",
        "terveisin",
        "yhteistyöterveisin",
        "parhain terveisin",
        "kunnioittaen",
        "tervetuloa",
        "kiitos",
        "kiitämme",
        "siunattua",
        "hyvää joulua",
        "hyvää kesää",
        "iloista",
        "toivottaen",
        "med vänlig",
        "vänliga hälsningar",
        "hälsningar",
        "välkommen",
        "välkomna",
        "tack",
        "god jul",
        "trevlig",
        "yours",
        "kind regards",
        "best regards",
        "sincerely",
        "regards",
        "welcome",
        "thank you",
        "thanks",
        "teksti:",
        "tekstit:",
        "text:",
        "kuva",
        "lähde",
    ];
    let head = beginning(text, 32).to_lowercase();
    OPENINGS.iter().any(|opening| {
        head.strip_prefix(opening).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) && words(text) <= 8
    }) || head.ends_with("toivottaen")
        || head.ends_with("terveisin")
}

/// Reports whether the line is a person's name, alone or with a title. In Finnish and Swedish only the first word of a
/// heading has a capital.
fn is_person(text: &str, language: Option<Language>) -> bool {
    let mut parts = text.split(',');
    let first = parts.next().unwrap_or_default();
    let names: Vec<&str> = first.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
    let named = (2..=3).contains(&names.len()) && names.iter().all(capital);
    let titled = parts.next().is_some_and(|rest| rest.trim_start().starts_with(char::is_lowercase));
    named && (titled || (language != Some(Language::English) && !text.ends_with('?')))
}

/// Reports whether body text follows that a heading can stand above.
fn heads(page: &Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    let next =
        (at + 1..page.len()).take(4).find(|next| !matches!(page.role(*next), Role::Boilerplate | Role::Elsewhere));
    let Some(next) = next else { return false };
    let following = page.text(next);
    match page.role(next) {
        Role::Quote(_) => true,
        Role::Item(_, start) => {
            let item = following.get(start..).unwrap_or_default();
            let sentence = ["att ", "että ", "to ", "om ", "jotta "].iter().any(|word| item.starts_with(word));
            !sentence && start > 0 && (next + 1 < page.len()) && matches!(page.role(next + 1), Role::Item(..))
        }
        Role::Row => true,
        Role::Paragraph | Role::Revision => {
            if is_longer(following, LONG) {
                return true;
            }
            let sentences = following.contains(". ") && is_longer(following, 80);
            let body = (is_closed(following) || sentences) && is_longer(following, 25) && words(following) >= 4;
            let weighs = following.len() > text.len() || words(text) <= 4 || text.ends_with('?');
            body && weighs && lists::key_value(following).is_none()
        }
        _ => false,
    }
}
