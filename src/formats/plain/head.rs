//! The head of a page: what stands before the body, and which line of it is the title.

use super::{Page, Role, is_closed, is_longer, lists, scraped, words};
use crate::calendar::{Label, PartialDate, Revision, Stamp, Surety, find_date, glued_date, revision_mark, stamp};
use crate::formats::roles::{Sureness, beginning, boilerplate, is_contact, is_kind, quote};

/// How many paragraphs the head may have.
const LONGEST: usize = 24;
/// Longest title, in characters.
const TITLE: usize = 220;

/// Reads the head: finds the title, the stamps, who publishes and in which section; sets where the body starts.
pub fn read(page: &mut Page<'_>) {
    strip_scraper_prefix(page);
    let mut at = 0;
    while at < page.len().min(LONGEST) {
        if is_beside(page, at) {
            at += 1;
        } else if take_title(page, at) {
            at += 1;
            break;
        } else if !take_line_above(page, at) {
            break;
        } else {
            at += 1;
        }
    }
    if !page.title.is_empty() {
        while at < page.len().min(2 * LONGEST) && is_below(page, at) {
            at += 1;
        }
    }
    page.start = at;
}

/// Takes ` date 2021-12 ` from the start of the text.
fn strip_scraper_prefix(page: &mut Page<'_>) {
    let text = page.text(0);
    let Some(rest) = text.strip_prefix("date ") else { return };
    let length = rest.find(|letter: char| !(letter.is_ascii_digit() || letter == '-')).unwrap_or(rest.len());
    let Some(date) = rest.get(..length).and_then(PartialDate::parse_iso) else { return };
    if date.get_month().is_none() {
        return;
    }
    let left = rest.get(length..).unwrap_or_default().trim().to_owned();
    page.beside_title.push(format!("date {}", rest.get(..length).unwrap_or_default()));
    page.dates.take(scraped(date));
    if left.is_empty() {
        page.set(0, Role::Elsewhere);
    } else if let Some(para) = page.paras.first_mut() {
        para.text = left.into();
    }
}

/// Whether the line is boilerplate, a stamp, a byline or a word for the kind of text; if so, what it says is kept.
fn is_beside(page: &mut Page<'_>, at: usize) -> bool {
    if matches!(page.role(at), Role::Elsewhere | Role::Boilerplate) {
        return true;
    }
    let text = page.text(at).to_owned();
    if boilerplate(&text).is_some() || is_byline(&text) {
        page.set(at, Role::Boilerplate);
        return true;
    }
    if let Some(found) = stamp(&text) {
        take_stamp(page, at, &text, &found, true);
        return true;
    }
    take_source(page, at, &text)
}

/// Keeps the publisher that a field of the page names, on its own line or on the next one.
pub fn take_source(page: &mut Page<'_>, at: usize, text: &str) -> bool {
    let Some(source) = named_source(text) else { return false };
    page.set(at, Role::Boilerplate);
    if !source.is_empty() {
        page.source = Some(source.to_owned());
    } else if text.ends_with(':') && page.text(at + 1).len() <= 120 && !is_closed(page.text(at + 1)) {
        page.source = Some(page.text(at + 1).to_owned());
        page.set(at + 1, Role::Boilerplate);
    }
    true
}

/// Keeps what a stamp says. In the head of a page a date without a label counts; elsewhere only a labelled one.
pub fn take_stamp(page: &mut Page<'_>, at: usize, text: &str, found: &Stamp, counts: bool) {
    page.set(at, Role::Boilerplate);
    match &found.published {
        Some((date, surety)) if counts || *surety == Surety::Labelled => page.dates.publish(date, *surety),
        _ => {}
    }
    if let Some(date) = &found.modified {
        page.dates.changes.push((date.clone(), crate::model::Origin::Label));
    }
    if page.source.is_none()
        && let Some(publisher) = found.publisher.clone()
    {
        page.source = text.get(publisher).map(str::to_owned);
    }
    // "Julkaistu:" with its date on the next line.
    if let Some(label) = found.open
        && let Some(next) = page.paras.get(at + 1)
        && next.text.len() < 60
        && let Some(following) = stamp(&next.text)
        && let Some((date, surety)) = following.published
        && surety != Surety::Labelled
    {
        match label {
            Label::Published => page.dates.publish(&date, Surety::Labelled),
            Label::Modified => page.dates.changes.push((date, crate::model::Origin::Label)),
        }
        page.set(at + 1, Role::Elsewhere);
        let line = page.text(at + 1).to_owned();
        if let Some(para) = page.paras.get_mut(at) {
            para.text = format!("{} {line}", para.text).into();
        }
    }
}

/// "Teksti: Sanna Kettunen", "By Anna Smith": who wrote.
fn is_byline(text: &str) -> bool {
    if text.len() > 90 || is_closed(text) {
        return false;
    }
    let head = beginning(text, 30);
    if let Some((word, rest)) = head.split_once(':') {
        return !rest.trim().is_empty()
            && matches!(
                word.trim().to_lowercase().as_str(),
                "teksti"
                    | "kirjoittaja"
                    | "toimittaja"
                    | "teksti ja kuvat"
                    | "teksti ja kuva"
                    | "text"
                    | "skribent"
                    | "text och foto"
                    | "text och bild"
                    | "författare"
                    | "author"
                    | "written by"
                    | "reporter"
            );
    }
    text.strip_prefix("By ").is_some_and(|name| words(name) <= 4 && name.split_whitespace().all(starts_upper))
}

fn starts_upper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The publisher a line of the page's fields names, "From: Department for Transport", or nothing for a line that tells
/// only the kind of text.
fn named_source(text: &str) -> Option<&str> {
    if is_kind(text) {
        return Some("");
    }
    if text.len() > 120 || (is_closed(text) && !text.ends_with(':')) {
        return None;
    }
    let fields = [
        "From:",
        "Lähde:",
        "Julkaisija:",
        "Source:",
        "Publisher:",
        "Avsändare:",
        "Utgivare:",
        "Källa:",
        "Organisaatio:",
    ];
    if let Some(name) = fields.iter().find_map(|field| text.strip_prefix(field)) {
        return Some(name.trim());
    }
    ["Pressmeddelande från ", "Nyhet från ", "Press release from ", "Artikel från "]
        .iter()
        .find_map(|opening| text.strip_prefix(opening))
        .filter(|name| words(name) <= 8)
}

/// Takes the paragraph as the title where it reads like one.
fn take_title(page: &mut Page<'_>, at: usize) -> bool {
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
    let closed_title = is_closed_title(&text)
        && page.paras.get(at + 1).is_some_and(|para| stamp(&para.text).is_some() && is_longer(page.text(at + 2), 60));
    if !(is_title(&text) || closed_title) {
        return false;
    }
    if let Some(next) = next {
        let following = page.text(next).to_owned();
        let titled = is_title(&following) && words(&following) >= 3;
        if titled && (is_publisher(&text) || is_kicker(&text)) {
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

/// The next paragraph that is neither boilerplate nor a stamp.
fn content_after(page: &Page<'_>, at: usize) -> Option<usize> {
    (at + 1..page.len().min(at + 1 + LONGEST / 2)).find(|next| {
        let text = page.text(*next);
        boilerplate(text).is_none() && stamp(text).is_none() && !is_byline(text) && named_source(text).is_none()
    })
}

/// Whether a first line reads like a title and not like the body.
pub fn is_title(text: &str) -> bool {
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

/// One short sentence with its full stop, which is a title only where a stamp follows.
fn is_closed_title(text: &str) -> bool {
    text.ends_with('.') && !is_longer(text, 120) && text.matches(". ").count() == 0
}

/// Takes a line above the title: who publishes, or the section.
fn take_line_above(page: &mut Page<'_>, at: usize) -> bool {
    let text = page.text(at).to_owned();
    let Some(next) = content_after(page, at) else { return false };
    if !is_title(&text) || !is_title(page.text(next)) {
        return false;
    }
    if is_publisher(&text) {
        page.set(at, Role::Boilerplate);
        page.source.get_or_insert(text);
        true
    } else if is_kicker(&text) {
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

/// Whether the line is the name of an authority, company or association.
fn is_publisher(text: &str) -> bool {
    const ENDINGS: [&str; 52] = [
        "kaupunki",
        "kunta",
        "kuntayhtymä",
        "hyvinvointialue",
        "ministeriö",
        "virasto",
        "laitos",
        "yliopisto",
        "ammattikorkeakoulu",
        "ry",
        "oy",
        "oyj",
        "ab",
        "abp",
        "säätiö",
        "liitto",
        "keskus",
        "seurakunta",
        "seurakuntayhtymä",
        "yhdistys",
        "museo",
        "valtioneuvosto",
        "eduskunta",
        "poliisi",
        "hallitus",
        "valtuusto",
        "rf",
        "kommun",
        "stad",
        "region",
        "departementet",
        "departement",
        "myndigheten",
        "verket",
        "styrelsen",
        "förbundet",
        "bolaget",
        "universitet",
        "universitetet",
        "regeringen",
        "välfärdsområde",
        "regeringskansliet",
        "kansliet",
        "council",
        "agency",
        "authority",
        "commission",
        "ministry",
        "university",
        "ltd",
        "trust",
        "kirjasto",
    ];
    if text.len() > 80 || words(text) > 7 || is_closed(text) {
        return false;
    }
    let lower = text.to_lowercase();
    let last = lower.split_whitespace().next_back().unwrap_or_default();
    ENDINGS.iter().any(|ending| last == *ending || (ending.len() >= 5 && last.ends_with(ending)))
        || ["ministry of ", "department for ", "department of ", "länsstyrelsen ", "office for ", "office of "]
            .iter()
            .any(|opening| lower.starts_with(opening))
}

/// Whether a line above a title is too short for one: a section of the publisher's site.
fn is_kicker(text: &str) -> bool {
    let count = words(text);
    let joined = [" ja ", " och ", " and ", " & ", ", ", " sekä ", " samt "].iter().any(|word| text.contains(word));
    count <= 4
        && !is_longer(text, 40)
        && !text.contains(|letter: char| letter.is_ascii_digit() || matches!(letter, '?' | '!' | ':'))
        && (count == 1 || joined || is_capitals(text))
}

/// Whether the line still belongs to the head below the title; if so, what it says is kept.
fn is_below(page: &mut Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    // A repetition of the title says nothing more.
    if text == page.title {
        page.set(at, Role::Elsewhere);
        return true;
    }
    if let Some(mark) = revision_mark(text).filter(|_| stamp(text).is_none()) {
        take_revision(page, at, mark);
        return true;
    }
    if is_beside(page, at) {
        return true;
    }
    let text = page.text(at).to_owned();
    let stamped = page.paras.get(at + 1).is_some_and(|next| stamp(&next.text).is_some());
    let dated = at
        .checked_sub(1)
        .is_some_and(|before| page.role(before) == Role::Boilerplate && find_date(page.text(before), 0).is_some());
    if is_publisher(&text) && words(&text) <= 5 && (stamped || dated) {
        page.set(at, Role::Boilerplate);
        page.source.get_or_insert(text);
        return true;
    }
    false
}

/// Keeps what a revision mark says; its paragraph stays in the text.
pub fn take_revision(page: &mut Page<'_>, at: usize, mark: Revision) {
    page.set(at, Role::Revision);
    page.dates.added = mark.time.or(page.dates.added);
    if let Some(date) = mark.date {
        page.dates.changes.push((date, crate::model::Origin::Label));
    }
}
