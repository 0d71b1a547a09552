//! Knows by their words the lines that serve a page and not its text: rows of sharing, buttons, advertisements, tags,
//! datelines and invitations, also in the languages of pages that this program's own readers meet abroad.

use super::datelines::is_dateline;
use super::invitations::invites;
use crate::formats::roles::key;

/// Longest line that can be a control, in bytes.
const LONGEST_CONTROL: usize = 70;

/// Reports whether a line serves the page; `linked` says whether links make up a good part of it.
pub(super) fn serves_page(text: &str, linked: bool) -> bool {
    let text = text.trim();
    let key = key(text);
    (text.len() <= LONGEST_CONTROL && (is_control(&key) || shares(text)))
        || is_tags(text, &key, linked)
        || is_dateline(text)
        || invites(text)
        || (linked && is_trail(text))
}

/// Reports whether a line is the label of a button, an advertisement or a sign of loading.
fn is_control(key: &str) -> bool {
    const CONTROLS: [&str; 62] = [
        "advertisement",
        "advertising",
        "annons",
        "annonser",
        "anzeige",
        "anzeigen",
        "artikel anhören",
        "cargando",
        "cargar más",
        "chargement",
        "charger plus",
        "charger plus d'articles",
        "continue reading",
        "continue reading below",
        "copy link",
        "drucken",
        "drucken e-mail",
        "empfohlener redaktioneller inhalt",
        "externer inhalt",
        "imprimer",
        "imprimir",
        "kommentare schreiben",
        "kommentieren",
        "kopiera länk",
        "kopioi linkki",
        "ladataan",
        "laddar",
        "lade weitere inhalte",
        "lataa lisää",
        "leer más",
        "leggi tutto",
        "link kopieren",
        "lire la suite",
        "listen to this article",
        "load more",
        "loading",
        "mainos",
        "mehr anzeigen",
        "mehr lesen",
        "mostra altro",
        "nach oben",
        "näytä lisää",
        "permalien",
        "permalink",
        "print this page",
        "pubblicità",
        "publicidad",
        "publicité",
        "reklama",
        "seite drucken",
        "show more",
        "skriv ut sidan",
        "sponsored content",
        "story continues below",
        "tulosta sivu",
        "ver más",
        "visa fler",
        "voir plus",
        "weiterlesen",
        "werbung",
        "wird geladen",
        "zum vergrößern bitte anklicken",
    ];
    CONTROLS.contains(&key) || is_reading_time(key)
}

/// Reports whether a line tells how long the text takes to read: "4 min read", "Lukuaika 3 min".
fn is_reading_time(key: &str) -> bool {
    const ENDS: [&str; 9] =
        ["read", "lesezeit", "lues", "de lecture", "de lectura", "di lettura", "lukuaika", "lästid", "lesedauer"];
    let Some(at) = key.find("min") else { return false };
    let (before, after) = key.split_at(at);
    let number = before.bytes().any(|byte| byte.is_ascii_digit()) && key.len() < 40;
    let named = ENDS.iter().any(|end| after.ends_with(end) || before.starts_with(end));
    number && named
}

/// Words of rows that share a page, beside which others may stand.
const SHARING: [&str; 30] = [
    "compartir",
    "condividi",
    "dela",
    "facebook",
    "flattr",
    "jaa",
    "kommentoi",
    "linkedin",
    "mastodon",
    "merken",
    "messenger",
    "mitteilen",
    "partager",
    "partilhar",
    "pin",
    "pinterest",
    "pocket",
    "reddit",
    "share",
    "teilen",
    "telegram",
    "tumblr",
    "tweet",
    "tweeten",
    "twittern",
    "twitter",
    "twiittaa",
    "udostępnij",
    "whatsapp",
    "xing",
];

/// Reports whether a line holds nothing but words of sharing: "teilen", "Like it? Share it!", "Dela artikeln".
fn shares(text: &str) -> bool {
    const OTHERS: [&str; 54] = [
        "a",
        "and",
        "artikel",
        "artikeln",
        "artikkeli",
        "article",
        "artículo",
        "auf",
        "beitrag",
        "by",
        "cet",
        "copy",
        "den",
        "diesen",
        "drucken",
        "e",
        "el",
        "email",
        "en",
        "et",
        "friends",
        "in",
        "it",
        "ja",
        "kopieren",
        "kopioi",
        "l",
        "like",
        "link",
        "linkki",
        "länk",
        "mail",
        "me",
        "mig",
        "mit",
        "och",
        "on",
        "page",
        "per",
        "på",
        "post",
        "print",
        "seite",
        "sivu",
        "sms",
        "story",
        "sähköposti",
        "this",
        "tämä",
        "und",
        "via",
        "with",
        "x",
        "y",
    ];
    let mut words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let mut sharing = false;
    words.peek().is_some()
        && words.all(|word| {
            let word = word.to_lowercase();
            // Finnish inflects the names of services: "Facebookissa".
            let own = SHARING.contains(&word.as_str())
                || ["facebook", "twitter", "whatsapp", "linkedin"].iter().any(|name| word.starts_with(name));
            sharing |= own;
            own || OTHERS.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit())
        })
        && sharing
}

/// Reports whether a line lists the words a page is filed under.
fn is_tags(text: &str, key: &str, linked: bool) -> bool {
    const SURE: [&str; 22] = [
        "tags",
        "tag",
        "tagged",
        "schlagwörter",
        "schlagworte",
        "schlagwort",
        "stichworte",
        "stichwörter",
        "filed under",
        "posted in",
        "tagged with",
        "avainsanat",
        "asiasanat",
        "nyckelord",
        "ämnesord",
        "etiketter",
        "keywords",
        "mots-clés",
        "étiquettes",
        "etiquetas",
        "hashtags",
        "veröffentlicht unter",
    ];
    const LIKELY: [&str; 12] = [
        "kategorien",
        "kategorie",
        "category",
        "categories",
        "kategoriat",
        "kategorier",
        "aiheet",
        "ämnen",
        "topics",
        "themen",
        "catégories",
        "categorías",
    ];
    let sentence = text.ends_with(['.', '!', '?']);
    if SURE.contains(&key) && !sentence {
        return true;
    }
    let Some((label, rest)) = text.split_once(':') else { return false };
    let label = self::key(label);
    if rest.trim().is_empty() || label.len() > 24 {
        return false;
    }
    (SURE.contains(&label.as_str()) && !sentence) || (linked && LIKELY.contains(&label.as_str()))
}

/// Reports whether a line of links is the way from the front page to this one.
fn is_trail(text: &str) -> bool {
    let steps = text.matches(['>', '»', '›', '→']).count();
    let strokes = text.matches(" / ").count();
    text.len() < 400 && (steps >= 2 || strokes >= 2) && !text.ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_serve_the_page() {
        for line in [
            "Like it? Share it!",
            "Beitrag teilen",
            "Jaa artikkeli",
            "Dela på Facebook",
            "twittern",
            "Lade weitere Inhalte ...",
            "Näytä lisää",
            "Annons",
            "Loading...",
            "6 min read",
            "Lukuaika 3 min",
            "Tags: Brücke, Hafen, Umbau",
            "Avainsanat: silta, satama",
            "Schlagworte",
        ] {
            assert!(serves_page(line, false), "{line}");
        }
        assert!(serves_page("Startseite > Nachrichten > Brücke öffnet", true));
        assert!(serves_page("Aiheet: silta, satama", true));
        for line in [
            "Jaa ilo muille",
            "Dela med dig av dina erfarenheter",
            "Share of renewable energy grows",
            "Aiheet: sillan aikataulu, liikenne ja melu",
            "Silta on auki 5 min kerrallaan",
            "Bussit kulkevat reittiä Keskusta > Satama > Lentoasema.",
        ] {
            assert!(!serves_page(line, false), "{line}");
        }
    }
}
