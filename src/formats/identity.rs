//! The identity of an announcement, by which it is recognised in another folder, file or extraction.

use crate::calendar::{PartialDate, Precision};
use crate::model::{Document, Id};
use crate::text::address::is_tracking;
use crate::text::{Clean, Language};

/// From so many letters and digits a title with its day tells announcements apart; "Kuulutus" does not.
const TELLING_TITLE: usize = 20;
/// How many letters and digits of the text stand for it.
const OPENING: usize = 120;

/// Returns the identity of an announcement and of the group of its language versions.
///
/// The name its author gave, else its address, else its title and day with, where those are common, the opening words.
#[must_use]
pub fn identify(
    given: Option<&str>,
    address: Option<&str>,
    language: Option<Language>,
    title: &Clean,
    published: Option<PartialDate>,
    document: &Document,
) -> (Id, Id) {
    let code = language.map_or("", Language::code);
    if let Some(name) = given {
        return (Id::of(&[name, code]), Id::of(&[name]));
    }
    if let Some(address) = address.and_then(canonical_address) {
        return (Id::of(&[&address, code]), Id::of(&[&address]));
    }
    let title = letters(title, usize::MAX);
    let day = published.map(|date| date.to_precision(Precision::Day).to_string()).unwrap_or_default();
    let telling = title.chars().count() >= TELLING_TITLE && !day.is_empty();
    let opening = if telling { String::new() } else { opening(document) };
    let id = Id::of(&["title", &title, &day, &opening]);
    (id, id)
}

/// Normalises an address of the web, so that links to one page are equal: without scheme, `www.`, final slash, tracking
/// parameters and a fragment that is no path, the host in lower case. `None` for other addresses.
#[must_use]
pub fn canonical_address(address: &str) -> Option<String> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    // Most fragments are places in a page; those that look like a path are pages of one that is a program.
    let route = fragment.trim_start_matches('!').trim_end_matches('/');
    let route = if route.starts_with('/') { route } else { "" };
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if host.is_empty() {
        return None;
    }
    let mut parameters: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !follows(part)).collect();
    parameters.sort_unstable();
    let mut canonical = format!("{host}/{}", path.trim_end_matches('/'));
    for (number, parameter) in parameters.iter().enumerate() {
        canonical.push(if number == 0 { '?' } else { '&' });
        canonical += parameter;
    }
    if !route.is_empty() {
        canonical.push('#');
        canonical += route;
    }
    Some(canonical)
}

/// Reports whether a parameter only tells who follows the link or how, and not which page it leads to.
fn follows(parameter: &str) -> bool {
    const OWN: [&str; 2] = ["publisherid", "lang"];
    let name = parameter.split('=').next().unwrap_or_default();
    OWN.iter().any(|own| name.eq_ignore_ascii_case(own)) || is_tracking(parameter)
}

fn opening(document: &Document) -> String {
    let mut opening = String::new();
    for block in &document.blocks {
        opening += &letters(&block.text, OPENING);
        if opening.chars().count() >= OPENING {
            break;
        }
    }
    opening.chars().take(OPENING).collect()
}

/// Returns the first `count` letters and digits of `text` in lower case, which every extraction has in common.
fn letters(text: &str, count: usize) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, BlockKind};

    #[test]
    fn addresses_of_one_page_are_one() {
        let canonical = canonical_address("https://www.Kunta.fi/tiedote/1/?utm_source=x&publisherId=3&b=2&a=1#ylos");
        assert_eq!(canonical.as_deref(), Some("kunta.fi/tiedote/1?a=1&b=2"));
        assert_eq!(canonical_address("http://kunta.fi/tiedote/1?a=1&b=2&lang=fi"), canonical);
        let route = |address: &str| canonical_address(address).unwrap();
        assert_ne!(route("https://example.fi/#/uutiset/1"), route("https://example.fi/#/uutiset/2"));
        assert_eq!(route("https://example.fi/#!/nyheter/1/"), route("http://www.example.fi#/nyheter/1"));
        assert_eq!(route("https://example.fi/#news"), route("https://example.fi/"));
        assert_eq!(
            route("https://example.fi/a?xtor=RSS-1&MTM_kwd=x&pk_a=1&at_b=2&cmpid=3"),
            route("https://example.fi/a")
        );
        assert_eq!(canonical_address("mailto:a@b.fi"), None);
        assert_eq!(canonical_address("https://"), None);
    }

    #[test]
    fn identity_survives_what_differs_between_extractions() {
        let document = |text: &str| Document { blocks: vec![Block::plain(BlockKind::Paragraph, text)], links: vec![] };
        let day = PartialDate::parse_iso("2020-09-11");
        let title = |text: &str| Clean::line(text);
        let id =
            |title_text: &str, day, text: &str| identify(None, None, None, &title(title_text), day, &document(text)).0;
        let long = "Silta suljetaan liikenteeltä kahdeksi viikoksi";
        assert_eq!(id(long, day, "Yksi."), id(&long.to_uppercase(), day, "Toinen."));
        assert_ne!(id("Kuulutus", day, "Yksi."), id("Kuulutus", day, "Toinen."));
        assert_ne!(id(long, day, "Yksi."), id(long, PartialDate::parse_iso("2020-09-12"), "Yksi."));
    }

    #[test]
    fn language_versions_share_a_group() {
        let version = |given, address, language| {
            identify(given, address, Some(language), &Clean::default(), None, &Document::default())
        };
        for (given, address) in [(Some("silta"), None), (None, Some("https://kunta.fi/silta"))] {
            let (one, other) = (version(given, address, Language::Finnish), version(given, address, Language::Swedish));
            assert_eq!(one.1, other.1);
            assert_ne!(one.0, other.0);
        }
        assert_eq!(version(Some("silta"), None, Language::Finnish).1, Id::of(&["silta"]));
        assert_eq!(version(Some("silta"), None, Language::Finnish).0, Id::of(&["silta", "fi"]));
    }
}
