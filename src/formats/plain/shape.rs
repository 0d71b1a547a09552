//! The shape of a subheading: what a line must be by itself to be one, and what it then needs around it.

use crate::calendar::find_date;
use crate::formats::roles::{
    beginning, contact_label, find_links, has_phone, is_field, is_kind, is_reference, is_section_name, part,
};
use crate::text::Language;

use super::shape_words::{ADDRESSES, STEMS, TITLES};
use super::{is_longer, words};

/// Longest heading: characters and words.
const CHARACTERS: usize = 110;
const WORDS: usize = 16;

/// A line that may be a heading by its words alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A usual one.
    Usual,
    /// The usual name of a part: "Background", "Referenser".
    Section,
    /// It ends in a colon, as introductions to sentences and lists do too.
    Colon,
    /// It opens like a label of contacts: "Lisätietoja hankkeesta".
    Label,
    /// It may be a person's name: only a text about that person makes it a heading.
    Person,
}

/// Returns the shape of `text` if it may be a heading by its words alone.
pub fn shape(text: &str, language: Option<Language>) -> Option<Shape> {
    if text.len() > 2 * CHARACTERS || is_longer(text, CHARACTERS) || words(text) > WORDS {
        return None;
    }
    let bare = text.trim_start_matches(['"', '”', '“', '»', '’', '‘', '\'', '£', '€', '¿']);
    let starts = bare.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit() || letter == '§');
    let end = text.trim_end_matches(['"', '”', '“', '»', '«', '’', '\'']);
    let ends = !end.ends_with(['.', '!', ';', ',', '…', '-', '–', '|', '/']);
    if !starts || !ends || !text.chars().any(char::is_alphabetic) || text.contains('@') || text.contains('|') {
        return None;
    }
    if is_section_name(text) {
        return Some(if text.ends_with(':') { Shape::Colon } else { Shape::Section });
    }
    let running = is_piece(text)
        || is_stem(text)
        || is_address_to_people(text)
        || is_date_line(text)
        || is_field(text)
        || is_reference(text)
        || is_kind(text)
        || is_byline(text)
        || has_phone(text)
        || (contact_label(text) == Some(true) && text.contains(':'))
        || !find_links(text).is_empty()
        || language == Some(Language::English) && is_in_the_past(text);
    if running {
        None
    } else if is_person(text, language) {
        Some(Shape::Person)
    } else if contact_label(text) == Some(true) {
        Some(Shape::Label)
    } else if text.ends_with(':') {
        Some(Shape::Colon)
    } else {
        Some(Shape::Usual)
    }
}

/// Reports whether the line is no more than a date, or opens with one as lines of a calendar do.
fn is_date_line(text: &str) -> bool {
    find_date(text, 0).is_some_and(|found| {
        let named = part(text, 0..found.range.start).chars().any(char::is_alphabetic);
        let more = part(text, found.range.end..text.len()).chars().any(char::is_alphabetic);
        (found.range.start == 0 && !named)
            || (found.range.end == text.len() && found.range.start < 12 && !named && !more)
    }) || is_year_span(text)
}

/// Reports whether the line opens with a year or years, as lines of a curriculum do: "2012 – 2015 Ambassadör i Rom".
fn is_year_span(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && part(text, digits..text.len()).trim_start().starts_with(['–', '-', ':'])
}

/// Reports whether the text is a piece of a sentence, as `Uutinen jatkuu (…`, or more than one sentence.
fn is_piece(text: &str) -> bool {
    if text.matches('(').count() != text.matches(')').count() {
        return true;
    }
    text.match_indices(['.', '!', '?']).any(|(at, _)| {
        let follows = part(text, at + 1..text.len()).starts_with([' ', '”', '"']);
        let word = part(text, 0..at).rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        // Abbreviations and initials have few letters, ordinals none.
        follows && word.chars().filter(|letter| letter.is_alphabetic()).count() >= 4
    })
}

/// Reports whether a sentence goes on behind the line, by its last word: "Förslagen innebär bland annat att", "Dr Aho
/// said".
fn is_stem(text: &str) -> bool {
    if text.ends_with('?') {
        return false;
    }
    let text = text.trim_end_matches([':', ' ', '"', '”', '’']);
    let last = text.rsplit([' ', '\u{a0}', '\n']).next().unwrap_or_default().to_lowercase();
    STEMS.binary_search(&last.as_str()).is_ok() || text.ends_with("fyllde i") || text.ends_with("goes on to say")
}

/// Reports whether an English line tells what was, as sentences do and headings do not.
fn is_in_the_past(text: &str) -> bool {
    !text.ends_with('?') && text.split(' ').any(|word| matches!(word, "was" | "were"))
}

/// Reports whether the line names who wrote: "By Anna Smith, Office for Bridges".
fn is_byline(text: &str) -> bool {
    ["By ", "Av ", "Teksti ", "Text "]
        .iter()
        .any(|opening| text.strip_prefix(opening).is_some_and(|name| name.starts_with(char::is_uppercase)))
}

/// Reports whether the line is a greeting, an address or thanks, as in letters and speeches.
fn is_address_to_people(text: &str) -> bool {
    let head = beginning(text, 40).to_lowercase();
    ADDRESSES.iter().any(|opening| {
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
    let introduced = names.first().is_some_and(|first| {
        matches!(*first, "Om" | "About" | "Tietoa" | "Med" | "The" | "Från" | "Inför" | "Efter" | "Hos" | "Program")
    });
    let named = (2..=3).contains(&names.len()) && names.iter().all(capital) && !introduced;
    let titled = parts.next().is_some_and(|rest| rest.trim_start().starts_with(char::is_lowercase));
    named && (titled || (language != Some(Language::English) && !text.ends_with('?')))
        || language == Some(Language::English) && is_titled_name(first)
}

/// Reports whether an English line is a title and a name: "Dr Jane Walker", "Minister for Bridges Anna Smith".
fn is_titled_name(text: &str) -> bool {
    let text = text.strip_prefix("The ").unwrap_or(text);
    let titled = TITLES.iter().any(|title| text.strip_prefix(title).is_some_and(|rest| rest.starts_with(' ')));
    let mut end =
        text.rsplit(' ').skip_while(|word| matches!(*word, "MP" | "OBE" | "CBE" | "MBE" | "QC" | "KC" | "MSP"));
    let named = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    titled && named(end.next()) && named(end.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        assert!(STEMS.is_sorted_by(|one, other| one < other));
    }

    #[test]
    fn shapes_of_headings() {
        for (text, expected) in [
            ("Silta valmistuu keväällä", Shape::Usual),
            ("EU:n tuki sillalle", Shape::Usual),
            ("FN:s råd om broar", Shape::Usual),
            ("Fakta: Broar i kommunen", Shape::Usual),
            ("Vaihe 2: Rakentaminen", Shape::Usual),
            ("What happens next?", Shape::Usual),
            ("Bron byggs om", Shape::Usual),
            ("£3 million for the bridge", Shape::Usual),
            ("Taustaa", Shape::Section),
            ("Mer information", Shape::Section),
            ("Notes to editors:", Shape::Colon),
            ("Sillan aikataulu:", Shape::Colon),
            ("H.E. Mr. Juan Alvarez Ibarra, Ruritanien", Shape::Usual),
            ("Anna Aho", Shape::Person),
            ("Dr Jane Walker", Shape::Person),
        ] {
            assert_eq!(shape(text, Some(language(text))), Some(expected), "{text}");
        }
    }

    fn language(text: &str) -> Language {
        if text.is_ascii() && text.contains("Walker") { Language::English } else { Language::Swedish }
    }

    #[test]
    fn lines_that_are_no_headings() {
        for text in [
            "Förslagen innebär bland annat att",
            "Utredaren ska",
            "Ehdotuksen mukaan seuraavat",
            "The council will",
            "Dr Walker said",
            "Professor Smith continued:",
            "Plats: Stadshuset, Hamngatan 1",
            "Paikka: Kaupungintalo",
            "Venue: Town Hall",
            "2012 – 2015 Ambassadör i Rom",
            "12.3. kello 10 Sillan avajaiset",
            "By Anna Smith, Office for Bridges",
            "Ladies and gentlemen",
            "Arvoisat kuulijat",
            "Fru talman",
            "Silta (avataan",
            "Silta on valmis. Se avataan",
            "It is after all “the year of the bridge.”",
            "Läs mer om bron",
            "kaikki pienellä",
        ] {
            assert_eq!(shape(text, Some(Language::English)), None, "{text}");
        }
    }
}
