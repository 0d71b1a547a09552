//! Which characters fold to which letters.

use unicode_normalization::char::is_combining_mark;

use super::Folding;

/// Returns the one letter that a common character beyond ASCII folds to.
pub(super) fn simple(character: char, folding: Folding) -> Option<char> {
    let letter = match character {
        'ä' | 'Ä' => 'ä',
        'ö' | 'Ö' => 'ö',
        'å' | 'Å' => 'å',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' => 'a',
        'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ø' => 'o',
        'ü' | 'ú' | 'ù' | 'û' | 'Ü' | 'Ú' | 'Ù' | 'Û' => 'u',
        'š' | 'Š' => 's',
        'ž' | 'Ž' => 'z',
        'č' | 'Č' => 'c',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'ł' | 'Ł' => 'l',
        'ŧ' | 'Ŧ' => 't',
        'ħ' | 'Ħ' => 'h',
        'ŋ' | 'Ŋ' => 'ŋ',
        'ς' => 'σ',
        'ı' => 'i',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '’' | '‘' | '‛' | '′' | 'ʼ' => '\'',
        '”' | '“' | '„' | '‟' | '″' | '»' | '«' => '"',
        _ => return None,
    };
    Some(match (folding, letter) {
        (Folding::Lenient, 'ä' | 'å') => 'a',
        (Folding::Lenient, 'ö') => 'o',
        _ => letter,
    })
}

/// Returns the spelling of a letter that folds to two.
pub(super) const fn expansion(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ŉ' => "'n",
        _ => return None,
    })
}

/// Reports whether a compatibility character stands for plain letters: ligatures, two-letter characters, full-width forms.
///
/// Other compatibility characters are kept: decomposed, `½` would be `1⁄2` and `m²` would be `m2`.
pub(super) const fn is_compatible(character: char) -> bool {
    matches!(character, 'ĳ' | 'Ĳ' | '\u{1C4}'..='\u{1CC}' | '\u{1F1}'..='\u{1F3}' | '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}')
}

/// Reports whether a combining mark is an accent of Latin, Greek or Cyrillic. Marks of other scripts, vowels for the most
/// part, are kept.
pub(super) fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
        && is_combining_mark(character)
}

/// Reports whether a character takes no room: soft hyphen, joiners, byte order mark, direction marks, variation selectors.
pub(super) const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
