//! Glue: how strongly two words hold together across the blank between them.
//!
//! The cases are those of the Finnish and Swedish norms for numerals (SFS 4175:2006, 4; Språkrådet, Svenska
//! skrivregler): a number and its unit, the groups of a number, dates, clock times, initials.

use crate::calendar::named_month;

/// How strongly two neighbouring words hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Glue {
    /// Not at all.
    None,
    /// A line end between them is a small fault.
    Soft,
    /// The second is a dash that must not open a line.
    Dash,
    /// A line end between them is an error while they fit one line.
    Hard,
}

/// Units that follow a number after a blank, as leading letters or signs of the next word.
const UNITS: [&str; 47] = [
    "€", "$", "£", "%", "‰", "°", "°C", "§", "eur", "kk", "vk", "pv", "km", "cm", "mm", "m", "m²", "m³", "kg", "g",
    "t", "l", "dl", "ha", "kWh", "MWh", "GWh", "MW", "kW", "W", "V", "A", "Hz", "Mt", "kt", "mrd", "milj", "tkm",
    "kpl", "hlö", "h", "min", "s", "MB", "GB", "TB", "kr",
];

/// Beginnings of words that stay with a number before them.
const COUNTED: [&str; 32] = [
    "miljoon",
    "miljard",
    "tuhat",
    "tuhan",
    "prosent",
    "euro",
    "sentti",
    "aste",
    "kuukau",
    "vuosi",
    "vuot",
    "vuod",
    "päiv",
    "tunti",
    "tunn",
    "minuut",
    "metri",
    "kilometri",
    "hehtaari",
    "neliö",
    "asuka",
    "henkilö",
    "kappale",
    "procent",
    "kronor",
    "miljoner",
    "percent",
    "million",
    "billion",
    "invånare",
    "residents",
    "metre",
];

/// Words and abbreviations that stay with a number after them.
const BEFORE_NUMBER: [&str; 38] = [
    "klo", "kello", "kl.", "nro", "n:o", "nr", "s.", "ks.", "vrt.", "noin", "art.", "kohta", "kohdan", "luku", "luvun",
    "liite", "liitteen", "sivu", "sivun", "sivulla", "puh.", "p.", "pykälä", "momentti", "sid.", "tel.", "bilaga",
    "sidan", "kapitel", "punkt", "cirka", "ca", "no.", "page", "pages", "chapter", "section", "annex",
];

/// Opening brackets and quotation marks that may stand before a word.
const OPENING: &[char] = &['(', '[', '{', '"', '”', '“', '„', '«', '\'', '‘'];
/// Closing marks that may stand after a word.
const CLOSING: &[char] = &[')', ']', '}', '"', '”', '“', '»', '\'', '’', '.', ',', ';', ':', '!', '?'];

/// Returns how strongly `left` and `right` hold together; `opens` tells that `left` opens the paragraph.
pub(super) fn between(left: &str, right: &str, opens: bool) -> Glue {
    let (Some(&last), Some(&first)) = (left.as_bytes().last(), right.as_bytes().first()) else {
        return Glue::None;
    };
    // Nearly all pairs are two plain words: they are let through on their two bytes.
    if matches!(last, b'a'..=b'z' | b',' | 0x80..) && first.is_ascii_alphabetic() && last != 0xa7 && !opens {
        return Glue::None;
    }
    if is_dash(right) {
        return Glue::Dash;
    }
    if is_dash(left) {
        return if opens { Glue::Soft } else { Glue::None };
    }
    if right.chars().all(|mark| CLOSING.contains(&mark)) || left.chars().all(|mark| OPENING.contains(&mark)) {
        return Glue::Hard;
    }
    let (left, right) = (left.trim_start_matches(OPENING), right.trim_start_matches(OPENING));
    let number_before = left.ends_with(|mark: char| mark.is_ascii_digit());
    let number_after = right.starts_with(|mark: char| mark.is_ascii_digit());
    if number_before && number_after && is_group(left, right)
        || number_before && is_unit(right)
        || number_after && matches!(left.to_lowercase().as_str(), "n." | "dnro" | "dnr" | "§" | "§:n" | "+")
        || left.ends_with(')') && number_after && is_area_code(left)
    {
        return Glue::Hard;
    }
    if number_before && COUNTED.iter().any(|word| right.starts_with(word))
        || number_after && left.len() <= 8 && BEFORE_NUMBER.iter().any(|word| left.eq_ignore_ascii_case(word))
        || is_date(left, right)
        || is_initial(left) && right.starts_with(char::is_uppercase)
        || is_title(left) && right.starts_with(char::is_uppercase)
        || left.ends_with('-') && is_and(right)
    {
        return Glue::Soft;
    }
    Glue::None
}

/// Reports whether a word is a dash that stands alone.
fn is_dash(word: &str) -> bool {
    matches!(word, "–" | "—" | "-" | "−")
}

/// Reports whether `right` continues the digits of `left`: thousands, or a telephone number.
fn is_group(left: &str, right: &str) -> bool {
    // The digits may follow a label ("Puh:050"), but not a letter or the marks of a date.
    let label = left.trim_end_matches(|mark: char| mark.is_ascii_digit());
    let plain = left.get(label.len()..).unwrap_or_default();
    if label.ends_with(|mark: char| mark.is_alphanumeric() || matches!(mark, '.' | ',' | '/')) {
        return false;
    }
    let group = right.bytes().take_while(u8::is_ascii_digit).count();
    let telephone = (label.ends_with('+') || plain.starts_with('0')) && (2..=4).contains(&group);
    telephone || matches!((plain.len(), group), (1..=3, 3) | (3 | 4, 4) | (2 | 3, 2))
}

/// Reports whether `left` is an area code in brackets, as in "(09) 8392".
fn is_area_code(left: &str) -> bool {
    left.trim_matches(['(', ')']).bytes().all(|byte| byte.is_ascii_digit())
}

/// Reports whether `right` begins with a unit and nothing that makes it a longer word.
fn is_unit(right: &str) -> bool {
    let end = right
        .char_indices()
        .find(|&(_, mark)| !(mark.is_alphanumeric() || matches!(mark, '€' | '$' | '£' | '%' | '‰' | '°' | '§')))
        .map_or(right.len(), |(at, _)| at);
    let unit = right.get(..end).unwrap_or_default();
    UNITS.contains(&unit) || matches!(unit, "m2" | "m3") || unit == "e" && right.starts_with("e/kk")
}

/// Reports whether `left right` are a day and its month, or a month and its year or day.
fn is_date(left: &str, right: &str) -> bool {
    let day = left.trim_end_matches('.');
    if (1..=2).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit()) && is_month(right) {
        return true;
    }
    let number = right.trim_end_matches(CLOSING);
    matches!(number.len(), 1 | 2 | 4) && number.bytes().all(|byte| byte.is_ascii_digit()) && is_month(left)
}

/// Reports whether a word is a month's name, whether it has capitals or not.
fn is_month(word: &str) -> bool {
    named_month(word.trim_end_matches(CLOSING)).is_some()
}

/// Reports whether a word is one capital with a full stop, or several.
fn is_initial(word: &str) -> bool {
    let mut marks = word.chars();
    let mut any = false;
    while let Some(letter) = marks.next() {
        if !letter.is_uppercase() || marks.next() != Some('.') {
            return false;
        }
        any = true;
    }
    any
}

/// Reports whether a word is a shortened title of courtesy.
fn is_title(word: &str) -> bool {
    matches!(word, "Mr." | "Mrs." | "Ms." | "Dr." | "Prof." | "St.")
}

/// Reports whether a word joins the second part to a suspended compound ("sosiaali- ja").
fn is_and(word: &str) -> bool {
    let word = word.trim_end_matches(CLOSING);
    matches!(word, "ja" | "tai" | "sekä" | "eli" | "ja/tai" | "och" | "eller" | "samt" | "and" | "or")
}

#[cfg(test)]
mod tests {
    use super::{Glue, between};

    #[test]
    fn words_hold_together_as_the_norms_say() {
        for (glue, pairs) in [
            (
                Glue::Hard,
                &[
                    "1|234",
                    "234|567,50",
                    "000|€",
                    "25|%",
                    "12|§:n",
                    "§|5",
                    "n.|5",
                    "09|8392",
                    "8392|2133",
                    "+358|40",
                    "40|123",
                    "123|4567",
                    "5|km/h",
                    "(09)|8392",
                    "50|m²",
                    "sana|)",
                    "(|sana",
                    "7|e/kk",
                    "0400|123",
                ][..],
            ),
            (
                Glue::Soft,
                &[
                    "2,7|miljoonan",
                    "klo|12.30",
                    "3.|syyskuuta",
                    "12|okt.",
                    "syyskuuta|2020",
                    "A.|Virtanen",
                    "A.B.|Virtanen",
                    "sosiaali-|ja",
                    "s.|12",
                    "3|september",
                    "May|5,",
                    "Liite|2",
                    "Dr.|Smith",
                    "(noin|50",
                    "hälso-|och",
                ],
            ),
            (Glue::Dash, &["etenee|–", "sana|-", "12|–"]),
            (
                Glue::None,
                &[
                    "tämä|on",
                    "vuonna|2020",
                    "2020|Vantaalla",
                    "loppui.|Sitten",
                    "2020|345",
                    "–|näin",
                    "5|tietä",
                    "asialla|-hankkeessa",
                    "talo,|jossa",
                    "hyvä|äiti",
                    "12.|Kokous",
                ],
            ),
        ] {
            for pair in pairs {
                let (left, right) = pair.split_once('|').unwrap();
                assert_eq!(between(left, right, false), glue, "{pair}");
            }
        }
        assert_eq!(between("–", "Tavoittelemme", true), Glue::Soft);
    }
}
