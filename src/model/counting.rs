//! How the items of a numbered list are counted: in figures, in letters or in Roman numerals.

/// The signs that a numbered list counts with, other than figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Small letters: "a", "b", … "z", "aa".
    Letters,
    /// Capital letters: "A", "B".
    Capitals,
    /// Small Roman numerals: "i", "ii", "iii", "iv".
    Roman,
    /// Capital Roman numerals: "I", "II".
    RomanCapitals,
}

/// The values of Roman numerals, the largest first.
const NUMERALS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];
/// The largest number that has a Roman numeral.
const LARGEST_ROMAN: u32 = 3999;

impl Counting {
    /// All of them, each with the letter that HTML and the library name it by.
    const NAMES: [(Self, &'static str); 4] =
        [(Self::Letters, "a"), (Self::Capitals, "A"), (Self::Roman, "i"), (Self::RomanCapitals, "I")];

    /// Returns the one of that name, as the `type` of a list in HTML has it; `None` for figures and unknown names.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.into_iter().find(|(_, known)| *known == name).map(|(counting, _)| counting)
    }

    /// Returns its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(known, _)| *known == self).map_or("", |(_, name)| name)
    }

    /// Writes a number; one that has no such sign is written in figures.
    #[must_use]
    pub fn write(self, number: u32) -> String {
        let sign = match self {
            Self::Letters | Self::Capitals => letters(number),
            Self::Roman | Self::RomanCapitals => roman(number),
        };
        match sign {
            None => number.to_string(),
            Some(sign) if matches!(self, Self::Capitals | Self::RomanCapitals) => sign.to_uppercase(),
            Some(sign) => sign,
        }
    }

    /// Reads the sign of an item: how it counts, and its number. One that may be a letter or a numeral is what goes on from
    /// the item `before` it, else a numeral where it is "i".
    #[must_use]
    pub fn read(sign: &str, before: Option<(Self, u32)>) -> Option<(Self, u32)> {
        let lower = sign.to_lowercase();
        let capitals = lower != sign;
        if sign.is_empty() || sign.len() > 15 || (capitals && sign.to_uppercase() != sign) {
            return None;
        }
        let found = |counting: Self, number: Option<u32>| {
            number.filter(|number| counting.write(*number) == sign).map(|number| (counting, number))
        };
        let (letter, numeral) =
            if capitals { (Self::Capitals, Self::RomanCapitals) } else { (Self::Letters, Self::Roman) };
        let letter = found(letter, letters_value(&lower));
        let numeral = found(numeral, roman_value(&lower));
        let goes_on = |one: &(Self, u32)| {
            before.is_some_and(|(counting, number)| counting == one.0 && number.abs_diff(one.1) == 1)
        };
        let first = if lower == "i" || lower.len() > 1 { numeral.or(letter) } else { letter.or(numeral) };
        letter.filter(goes_on).or_else(|| numeral.filter(goes_on)).or(first)
    }
}

fn letters(number: u32) -> Option<String> {
    let mut left = number;
    let mut signs = Vec::new();
    while left > 0 {
        left -= 1;
        signs.push(char::from(b'a' + u8::try_from(left % 26).ok()?));
        left /= 26;
    }
    (!signs.is_empty()).then(|| signs.into_iter().rev().collect())
}

fn letters_value(sign: &str) -> Option<u32> {
    sign.bytes().try_fold(0_u32, |value, letter| {
        let letter = letter.is_ascii_lowercase().then(|| u32::from(letter - b'a') + 1)?;
        value.checked_mul(26)?.checked_add(letter)
    })
}

fn roman(number: u32) -> Option<String> {
    if number == 0 || number > LARGEST_ROMAN {
        return None;
    }
    let (mut left, mut sign) = (number, String::new());
    for (value, numeral) in NUMERALS {
        while left >= value {
            left -= value;
            sign.push_str(numeral);
        }
    }
    Some(sign)
}

fn roman_value(sign: &str) -> Option<u32> {
    let (mut rest, mut value) = (sign, 0_u32);
    for (worth, numeral) in NUMERALS {
        while let Some(after) = rest.strip_prefix(numeral) {
            rest = after;
            value = value.checked_add(worth)?;
        }
    }
    rest.is_empty().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_html_counts() {
        for (number, letters, roman) in [
            (1, "a", "i"),
            (4, "d", "iv"),
            (26, "z", "xxvi"),
            (27, "aa", "xxvii"),
            (53, "ba", "liii"),
            (1994, "bxr", "mcmxciv"),
            (4000, "ewv", "4000"),
            (0, "0", "0"),
        ] {
            assert_eq!(
                (Counting::Letters.write(number), Counting::Roman.write(number)),
                (letters.into(), roman.into())
            );
            assert_eq!(Counting::Capitals.write(number), letters.to_uppercase());
            assert_eq!(Counting::RomanCapitals.write(number), roman.to_uppercase());
        }
        assert_eq!(Counting::named("A"), Some(Counting::Capitals));
        assert_eq!((Counting::named("1"), Counting::named("disc")), (None, None));
    }

    #[test]
    fn what_is_written_is_read_in_its_order() {
        for counting in Counting::NAMES.map(|(counting, _)| counting) {
            assert_eq!(Counting::named(counting.name()), Some(counting));
            let mut before = None;
            for number in 1..60 {
                before = Counting::read(&counting.write(number), before);
                assert_eq!(before, Some((counting, number)));
            }
        }
        for sign in ["", "aB", "-", "ä", "1", "aaaaaaaaaaaaaaaaaaaaaaa"] {
            assert_eq!(Counting::read(sign, None), None, "{sign}");
        }
    }
}
