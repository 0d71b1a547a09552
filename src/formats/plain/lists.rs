//! Items of lists and programmes, lines of keys and values, rows of tables.

use crate::model::Marker;

/// An item's marker and the place where its text starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What stands before it.
    pub marker: Marker,
    /// Byte offset of its text.
    pub start: usize,
}

/// Reports whether the line opens with a bullet, a dash or a number of a list.
pub fn opens_item(text: &str) -> bool {
    bullet(text).is_some() || numbered(text).is_some() || text.starts_with(['–', '—', '-'])
}

/// Returns the item that a bullet opens.
pub fn bullet(text: &str) -> Option<Item> {
    let first = text.chars().next()?;
    let rest = text.get(first.len_utf8()..)?;
    let sure = matches!(
        first,
        '•' | '·'
            | '●'
            | '▪'
            | '■'
            | '◦'
            | '○'
            | '‣'
            | '∙'
            | '►'
            | '▶'
            | '➢'
            | '➤'
            | '✓'
            | '✔'
            | '\u{f0b7}'
            | '\u{f0a7}'
    );
    let spaced = matches!(first, '*' | '+' | 'o' | '\u{2043}') && rest.starts_with([' ', '\t']);
    let opens = sure || (spaced && rest.trim_start().starts_with(char::is_alphanumeric));
    let text_start = text.len() - rest.trim_start().len();
    (opens && rest.contains(char::is_alphanumeric)).then_some(Item { marker: Marker::Bullet, start: text_start })
}

/// Returns the item that a dash opens.
pub fn dashed(text: &str) -> Option<Item> {
    let rest = text.strip_prefix(['–', '—', '-', '‒', '―', '−'])?;
    let start = text.len() - rest.trim_start().len();
    let minus = rest.starts_with(|letter: char| letter.is_ascii_digit());
    (!minus
        && rest
            .trim_start()
            .starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '"' | '”' | '“' | '(' | '\'')))
    .then_some(Item { marker: Marker::Bullet, start })
}

/// Returns the item that a number opens: `1. …`, `2) …`.
pub fn numbered(text: &str) -> Option<Item> {
    let digits = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits)?.parse().ok()?;
    let rest = text.get(digits..)?.strip_prefix(['.', ')'])?;
    if !rest.starts_with([' ', '\t', '\u{a0}']) || !rest.trim_start().starts_with(char::is_alphanumeric) {
        return None;
    }
    Some(Item { marker: Marker::Number(number), start: text.len() - rest.trim_start().len() })
}

/// Reports whether the line is an entry of a programme: a time of day, then what happens.
pub fn is_programme(text: &str) -> bool {
    let rest = ["Klo", "klo", "Kl.", "kl.", "Kl", "kl", "Kello", "kello", "Klockan"]
        .iter()
        .find_map(|word| text.strip_prefix(word).filter(|rest| rest.starts_with([' ', '.', '\u{a0}'])));
    let named = rest.is_some();
    let rest = rest.unwrap_or(text).trim_start_matches(['.', ' ', '\u{a0}']);
    let time = rest
        .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ':' | '-' | '–' | ' ' | '\u{a0}')))
        .and_then(|end| rest.get(..end))
        .unwrap_or(rest);
    let what = rest.get(time.len()..).unwrap_or_default();
    let time = time.trim_end_matches([' ', '-', '–', ':']);
    let clock = time.split(['-', '–']).all(|part| is_clock(part.trim(), named));
    clock && what.trim_start().starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '”' | '"' | '“'))
}

fn is_clock(text: &str, named: bool) -> bool {
    let (hour, minute) = text.split_once(['.', ':']).unwrap_or((text, ""));
    let small = |text: &str, least: usize, below: u8| {
        (least..=2).contains(&text.len()) && text.parse::<u8>().is_ok_and(|value| value < below)
    };
    small(hour, 1, 25) && (small(minute, 2, 60) || (minute.is_empty() && named))
}

/// Returns the byte offset behind the colon of a key-value line: "Aika: maanantai 6.12.2021".
pub fn key_value(text: &str) -> Option<usize> {
    const KEYS: [&str; 60] = [
        "aika",
        "paikka",
        "milloin",
        "missä",
        "ajankohta",
        "päivä",
        "kellonaika",
        "osoite",
        "hinta",
        "liput",
        "ilmoittautumiset",
        "ilmoittautuminen",
        "järjestäjä",
        "järjestäjät",
        "ohjelma",
        "kesto",
        "kohderyhmä",
        "esiintyjät",
        "puhujat",
        "mukana",
        "sisäänpääsy",
        "pääsymaksu",
        "linkki",
        "verkkosivut",
        "kokous",
        "asianumero",
        "diaarinumero",
        "lisätiedot",
        "vapaa pääsy",
        "yhteistyössä",
        "tid",
        "plats",
        "datum",
        "när",
        "var",
        "pris",
        "biljetter",
        "anmälan",
        "arrangör",
        "adress",
        "program",
        "målgrupp",
        "inträde",
        "diarienummer",
        "sista anmälningsdag",
        "when",
        "where",
        "time",
        "date",
        "place",
        "venue",
        "price",
        "tickets",
        "registration",
        "organiser",
        "address",
        "what",
        "who",
        "location",
        "cost",
    ];
    let head = crate::formats::roles::beginning(text, 40);
    let colon = head.find(':')?;
    let key = head.get(..colon)?.trim().to_lowercase();
    let value = text.get(colon + 1..)?.trim();
    (!value.is_empty() && text.len() <= 300 && KEYS.contains(&key.as_str())).then_some(colon + 1)
}

/// Reports whether the line has two or more cells, parted by tabs or wide gaps.
pub fn is_row(text: &str) -> bool {
    if text.len() > 300 {
        return false;
    }
    let tabs = text.split('\t').filter(|cell| !cell.trim().is_empty()).count();
    let gaps = text.split("   ").filter(|cell| !cell.trim().is_empty()).count();
    tabs >= 2 || gaps >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        assert_eq!(bullet("• yksi"), Some(Item { marker: Marker::Bullet, start: 4 }));
        assert_eq!(numbered("12) yksi"), Some(Item { marker: Marker::Number(12), start: 4 }));
        assert_eq!(dashed("-Kirkkoranta").map(|item| item.start), Some(1));
        for text in ["*tähti*", "2021. vuosi", "1.2 osa", "-5 astetta", "12.3. tapahtuu", "oma"] {
            assert!(!opens_item(text) || dashed(text).is_none() && text.starts_with('-'), "{text}");
        }
    }

    #[test]
    fn programmes_and_keys() {
        for text in [
            "Klo 17.10 Kulkue torilta",
            "Kl. 9.30 Marknaden öppnas",
            "10.00–11.30 Avaus",
            "klo 9 Avaus",
            "9:00 Registration",
        ] {
            assert!(is_programme(text), "{text}");
        }
        for text in ["12.3. Konsertti", "150 000 euroa", "Kello soi", "17 oppilasta", "2.5 miljoonaa", "Klo 17.10"] {
            assert!(!is_programme(text), "{text}");
        }
        assert_eq!(key_value("Aika: maanantai 6.12.2021"), Some(5));
        assert_eq!(key_value("Fakta: mejerier"), None);
    }
}
