//! The title of a page, and the lines above it.

use super::fields::{is_byline, is_publisher, is_section, named_source, take_stamp};
use super::{Page, Role, is_longer, lists, words};
use crate::calendar::{glued_date, stamp};
use crate::formats::roles::{Sureness, boilerplate, is_contact, is_kind_above_title, quote};

/// How many paragraphs after a line are searched for the next one with content.
const AHEAD: usize = 12;
/// Longest title, in characters.
const TITLE: usize = 220;

/// Takes the paragraph as the title if it reads like one; reports whether it does.
pub fn take_title(page: &mut Page<'_>, at: usize) -> bool {
    let text = page.text(at).to_owned();
    if let Some(cut) = glued_date(&text) {
        let (title, rest) = (text.get(..cut).unwrap_or_default(), text.get(cut..).unwrap_or_default());
        if let Some(found) = stamp(rest)
            && is_title(title)
        {
            take_stamp(page, at, rest, &found, true);
            page.beside_title.push(rest.to_owned());
            page.set(at, Role::Elsewhere);
            title.trim().clone_into(&mut page.title);
            return true;
        }
    }
    let next = content_after(page, at);
    let closed_title = is_closed_title(&text) && is_above_head(page, at);
    if !(is_title(&text) || closed_title) {
        return false;
    }
    if let Some(next) = next {
        let following = page.text(next).to_owned();
        let titled = is_title(&following) && words(&following) >= 3;
        if titled && (is_publisher(&text) || is_kicker(page, at, next) || is_kind_above_title(&text)) {
            return false;
        }
        // The page's name and then its heading: "Uusi koulu | Vantaan kaupunki", "Uusi koulu".
        if let Some(rest) = text.strip_prefix(following.as_str())
            && let Some(site) = rest.trim_start().strip_prefix(['|', '-', '–', '—', '•', '·'])
            && !site.trim().is_empty()
        {
            let site = site.trim().to_owned();
            page.beside_title.push(text.clone());
            page.source.get_or_insert(site);
            page.set(at, Role::Elsewhere);
            page.set(next, Role::Elsewhere);
            page.title = following;
            return true;
        }
    } else if is_longer(&text, 120) {
        return false;
    }
    page.set(at, Role::Elsewhere);
    page.title = text;
    true
}

/// Returns the next paragraph that is neither boilerplate nor a stamp.
fn content_after(page: &Page<'_>, at: usize) -> Option<usize> {
    (at + 1..page.len().min(at + 1 + AHEAD)).find(|next| {
        let text = page.text(*next);
        boilerplate(text).is_none() && stamp(text).is_none() && !is_byline(text) && named_source(text).is_none()
    })
}

/// Reports whether a first line reads like a title and not like the body.
fn is_title(text: &str) -> bool {
    if is_longer(text, TITLE) || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if text.ends_with(['.', ':', ';', ',']) && !text.ends_with("...") {
        return false;
    }
    let sentences = text.split(['.', '!', '?']).filter(|part| part.len() > 3).count();
    let many = sentences > 2 && is_longer(text, 140);
    let spoken =
        quote(text).is_some_and(|found| found.sureness >= Sureness::Speaks && text.starts_with(['–', '—', '-']));
    !many
        && !spoken
        && lists::bullet(text).is_none()
        && !is_contact(text)
        && lists::key_value(text).is_none()
        && !is_greeting(text)
}

fn is_greeting(text: &str) -> bool {
    text.len() < 40
        && ["Hei", "Moi", "Hyvä ", "Hyvät ", "Hej", "Bästa ", "Dear ", "Hello"]
            .iter()
            .any(|word| text.starts_with(word))
        && text.ends_with(['!', ','])
}

/// Reports whether the text is one short sentence with a full stop, which is a title only where a stamp follows.
fn is_closed_title(text: &str) -> bool {
    text.ends_with('.') && !is_longer(text, 120) && text.matches(". ").count() == 0
}

/// Reports whether a stamp or the field of a publisher follows within two paragraphs, and then body text.
fn is_above_head(page: &Page<'_>, at: usize) -> bool {
    let field = |at: usize| {
        let text = page.text(at);
        stamp(text).is_some() || named_source(text).is_some_and(|source| !source.is_empty())
    };
    let Some(first) = (at + 1..at + 3).find(|next| field(*next)) else { return false };
    (first + 1..first + 4).find(|next| !field(*next)).is_some_and(|body| is_longer(page.text(body), 60))
}

/// Takes a line above the title as the publisher or the section; reports whether it is one.
pub fn take_line_above(page: &mut Page<'_>, at: usize) -> bool {
    let text = page.text(at).to_owned();
    let Some(next) = content_after(page, at) else { return false };
    if !is_title(&text) || !is_title(page.text(next)) {
        return false;
    }
    if is_kind_above_title(&text) {
        page.set(at, Role::Boilerplate);
        true
    } else if is_publisher(&text) {
        page.set(at, Role::Boilerplate);
        page.source.get_or_insert(text);
        true
    } else if is_kicker(page, at, next) {
        page.set(at, Role::Elsewhere);
        let section = if is_capitals(&text) { sentence_case(&text) } else { text };
        page.section.get_or_insert(section);
        true
    } else {
        false
    }
}

fn is_capitals(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().collect();
    first + &letters.as_str().to_lowercase()
}

/// Reports whether the line at `at`, above a title at `next`, is too short for a title and so a section of the
/// publisher's site. One that a stamp follows is the title itself, unless it is known as a section.
fn is_kicker(page: &Page<'_>, at: usize, next: usize) -> bool {
    let text = page.text(at);
    if (at + 1..next).any(|between| stamp(page.text(between)).is_some()) && !is_section(text) {
        return false;
    }
    let count = words(text);
    let joined = [" ja ", " och ", " and ", " & ", ", ", " sekä ", " samt "].iter().any(|word| text.contains(word));
    count <= 4
        && !is_longer(text, 40)
        && !text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '?' | '!' | ':'))
        && (count == 1 || joined || is_capitals(text))
}
