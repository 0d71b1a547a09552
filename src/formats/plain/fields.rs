//! Fields of a page: stamps, marks of revisions, publishers and authors.

use super::{Page, Role, is_closed, words};
use crate::calendar::{Label, Revision, Stamp, Surety, stamp};
use crate::formats::roles::{beginning, is_kind};

/// Keeps the publisher that a field of the page names, on its own line or on the next one; reports whether it is a field.
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

/// Keeps the dates of a stamp. A date without a label counts only where `counts` says so, as in the head of a page.
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

/// Keeps the date of a revision mark; its paragraph stays in the text.
pub fn take_revision(page: &mut Page<'_>, at: usize, mark: Revision) {
    page.set(at, Role::Revision);
    page.dates.added = mark.time.or(page.dates.added);
    if let Some(date) = mark.date {
        page.dates.changes.push((date, crate::model::Origin::Label));
    }
}

/// Reports whether the line names the author: "Teksti: Sanna Kettunen", "By Anna Smith".
pub fn is_byline(text: &str) -> bool {
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

/// Returns the publisher that a field of the page names ("From: Department for Transport"); empty for a line that states
/// only the kind of text.
pub fn named_source(text: &str) -> Option<&str> {
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
        "Ansvarig:",
        "Vastuutaho:",
    ];
    if let Some(name) = fields.iter().find_map(|field| text.strip_prefix(field)) {
        return Some(name.trim());
    }
    ["Pressmeddelande från ", "Nyhet från ", "Press release from ", "Artikel från "]
        .iter()
        .find_map(|opening| text.strip_prefix(opening))
        .filter(|name| words(name) <= 8)
}

/// Reports whether the line is the name of an authority, company or association.
pub fn is_publisher(text: &str) -> bool {
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

/// Reports whether the line is the usual name of a section of a publisher's site.
pub fn is_section(text: &str) -> bool {
    matches!(
        text.trim(),
        "Ajankohtaista"
            | "Aktuellt"
            | "Uutiset"
            | "Nyheter"
            | "Tiedotteet"
            | "Pressmeddelanden"
            | "Uutisarkisto"
            | "Press releases"
            | "Kuulutukset"
            | "Kungörelser"
            | "Ajankohtaiset"
    )
}
