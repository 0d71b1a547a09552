//! Names of months and time zones as the dates of feeds have them.

use super::named_month;

/// Names of months in German, French and Danish, and abbreviations, beside those of running text.
const MONTHS: [(&str, u8); 40] = [
    ("januar", 1),
    ("jänner", 1),
    ("janvier", 1),
    ("janv", 1),
    ("tammi", 1),
    ("februar", 2),
    ("février", 2),
    ("fevrier", 2),
    ("févr", 2),
    ("fév", 2),
    ("helmi", 2),
    ("märz", 3),
    ("maerz", 3),
    ("mär", 3),
    ("mrz", 3),
    ("marts", 3),
    ("maalis", 3),
    ("avril", 4),
    ("avr", 4),
    ("huhti", 4),
    ("mai", 5),
    ("touko", 5),
    ("juin", 6),
    ("kesä", 6),
    ("juillet", 7),
    ("juil", 7),
    ("heinä", 7),
    ("août", 8),
    ("aout", 8),
    ("elo", 8),
    ("septembre", 9),
    ("octobre", 10),
    ("novembre", 11),
    ("syys", 9),
    ("loka", 10),
    ("marras", 11),
    ("joulu", 12),
    ("dezember", 12),
    ("dez", 12),
    ("décembre", 12),
];

/// Names of time zones with their offsets in minutes east of UTC.
const ZONES: [(&str, i16); 28] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("est", -300),
    ("et", -300),
    ("edt", -240),
    ("cst", -360),
    ("ct", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mt", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pt", -480),
    ("pdt", -420),
];

/// Returns the month that a word names.
pub(super) fn month(word: &str) -> Option<u8> {
    let word = word.trim_matches(['.', ',']).to_lowercase();
    if let Some((month, ending)) = named_month(&word)
        && matches!(ending, "" | "n" | "ta" | "ssa" | "lla")
    {
        return Some(month);
    }
    MONTHS.iter().find(|(name, _)| *name == word).map(|(_, month)| *month)
}

/// Returns the offset that a word states, in minutes east of UTC: `Z`, `+03:00`, `-0400`, `EEST`, `GMT+2`, `(EET)`.
pub(super) fn offset(word: &str) -> Option<i16> {
    let word = word.trim_matches(['(', ')', ',', ';', '.', '[', ']']);
    let length = word.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(word.len());
    let (name, rest) = word.split_at_checked(length)?;
    let named = ZONES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, minutes)| *minutes);
    if !name.is_empty() && named.is_none() {
        return None;
    }
    let sign = match rest.chars().next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return named.filter(|_| rest.is_empty()),
    };
    let rest = rest.trim_start_matches(['+', '-', '\u{2212}']);
    let run = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, minutes) = match run {
        1 | 2 => {
            let (hours, rest) = digits(rest, 1, 2)?;
            (hours, rest.strip_prefix([':', '.']).and_then(|rest| digits(rest, 2, 2)).map_or(0, |(minutes, _)| minutes))
        }
        3 => {
            let (hours, rest) = digits(rest, 1, 1)?;
            (hours, digits(rest, 2, 2)?.0)
        }
        4 | 6 => {
            let (hours, rest) = digits(rest, 2, 2)?;
            (hours, digits(rest, 2, 2)?.0)
        }
        _ => return named,
    };
    let minutes = i16::try_from(hours * 60 + minutes).ok().filter(|_| hours < 24 && minutes < 60)?;
    Some(named.unwrap_or(0) + sign * minutes)
}

/// Reads up to `most` digits at the start of `text`, at least `least`: their value and what follows.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, text.get(length..)?))
}
