//! The one table of the names of the months.

use crate::text::Language;

/// The names in running text: Finnish, Swedish, English.
const NAMES: [[&str; 3]; 12] = [
    ["tammikuu", "januari", "January"],
    ["helmikuu", "februari", "February"],
    ["maaliskuu", "mars", "March"],
    ["huhtikuu", "april", "April"],
    ["toukokuu", "maj", "May"],
    ["kesäkuu", "juni", "June"],
    ["heinäkuu", "juli", "July"],
    ["elokuu", "augusti", "August"],
    ["syyskuu", "september", "September"],
    ["lokakuu", "oktober", "October"],
    ["marraskuu", "november", "November"],
    ["joulukuu", "december", "December"],
];

/// Abbreviations and short names of months, without the final dot, and the number of the month.
const SHORT: [(&str, u8); 28] = [
    ("jan", 1),
    ("feb", 2),
    ("febr", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("kesakuu", 6),
    ("jul", 7),
    ("heinakuu", 7),
    ("aug", 8),
    ("sep", 9),
    ("sept", 9),
    ("oct", 10),
    ("okt", 10),
    ("nov", 11),
    ("dec", 12),
    ("tammik", 1),
    ("helmik", 2),
    ("maalisk", 3),
    ("huhtik", 4),
    ("toukok", 5),
    ("kesäk", 6),
    ("heinäk", 7),
    ("elok", 8),
    ("syysk", 9),
    ("lokak", 10),
    ("marrask", 11),
    ("jouluk", 12),
];

/// Returns the name of month 1–12 in running text; empty for any other number.
#[must_use]
pub fn month_name(month: u8, language: Language) -> &'static str {
    let names = usize::from(month).checked_sub(1).and_then(|index| NAMES.get(index));
    names.map_or("", |[finnish, swedish, english]| match language {
        Language::Finnish => finnish,
        Language::Swedish => swedish,
        Language::English => english,
    })
}

/// Returns the month, 1–12, that a word names in any of the languages, in any case, and the ending of an inflected
/// Finnish name: 2 and `ta` for `helmikuuta`.
#[must_use]
pub fn named_month(word: &str) -> Option<(u8, &str)> {
    let long = NAMES.iter().zip(1..).flat_map(|(names, month)| names.iter().map(move |name| (*name, month)));
    long.chain(SHORT).find_map(|(name, month)| {
        let (start, ending) = word.split_at_checked(name.len())?;
        let whole = ending.is_empty() || name.ends_with("kuu");
        (whole && start.eq_ignore_ascii_case(name)).then_some((month, ending))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_told_and_recognised() {
        for month in 1..=12 {
            for language in Language::ALL {
                let name = month_name(month, language);
                assert_eq!(named_month(name), Some((month, "")), "{name}");
                assert_eq!(named_month(&name.to_ascii_uppercase()), Some((month, "")), "{name}");
            }
        }
        assert_eq!((month_name(0, Language::Finnish), month_name(13, Language::English)), ("", ""));
    }

    #[test]
    fn finnish_names_have_endings_and_others_none() {
        for (word, named) in [
            ("helmikuuta", Some((2, "ta"))),
            ("Kesäkuussa", Some((6, "ssa"))),
            ("kesakuun", Some((6, "n"))),
            ("okt", Some((10, ""))),
            ("syysk", Some((9, ""))),
            ("heinäk", Some((7, ""))),
            ("augusti", Some((8, ""))),
            ("mars", Some((3, ""))),
            ("marsin", None),
            ("maju", None),
            ("tammi", None),
            ("kuu", None),
            ("", None),
        ] {
            assert_eq!(named_month(word), named, "{word}");
        }
    }
}
