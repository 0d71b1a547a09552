//! Finnish inflection: which rests of a word are case endings, possessive suffixes and clitics (VISK § 81, 95, 126,
//! <https://scripta.kotus.fi/visk>).

use super::gradation::is_vowel;

/// Case endings of a vowel stem, the plural's with their `i`. Illatives are checked against the stem's vowel.
const CASES: &[&str] = &[
    "n", "t", "a", "ä", "ta", "tä", "tta", "ttä", "na", "nä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä",
    "lle", "ksi", "kse", "seen", "ja", "jä", "jen", "ia", "iä", "ien", "ita", "itä", "iden", "itten", "issa", "issä",
    "ista", "istä", "illa", "illä", "ilta", "iltä", "ille", "iksi", "ikse", "ina", "inä", "ihin", "in", "isin",
    "isiin", "itta", "ittä", "ine", "iin", "itse", "tse", "neen", "ineen", "aan", "ään",
];

const POSSESSIVES: &[&str] = &["nsa", "nsä", "mme", "nne", "ni", "si"];

const CLITICS: &[&str] = &["kin", "kaan", "kään", "kohan", "köhän", "ko", "kö", "han", "hän", "pa", "pä"];

/// The vowels of a word's endings: those of its own last `a o u` or `ä ö y` (VISK § 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Harmony {
    /// Back vowels, `a o u`: talo|ssa.
    Back,
    /// Front vowels, `ä ö y`: tie|ssä.
    Front,
    /// Not to be told (`meri`: meressä but merta), or folded away.
    Any,
}

impl Harmony {
    /// Returns the harmony of a base form.
    pub fn of(word: &str) -> Self {
        let back = |letter: char| matches!(letter, 'a' | 'o' | 'u');
        let front = |letter: char| matches!(letter, 'ä' | 'ö' | 'y');
        if word.ends_with("meri") || word.ends_with("veri") {
            return Self::Any;
        }
        let Some((at, last)) = word.char_indices().rfind(|(_, letter)| back(*letter) || front(*letter)) else {
            return Self::Front;
        };
        // pohjavesi: two syllables of e and i may be a word of their own, whose endings are front.
        let neutral = word.get(at..).unwrap_or_default().matches(['e', 'i']).count() >= 2;
        // Foreign words mix them (analyysi|a, hydraulinen).
        let mixed = word.contains(back) && word.contains('y');
        match last {
            _ if neutral || mixed => Self::Any,
            'a' | 'o' | 'u' => Self::Back,
            _ => Self::Front,
        }
    }

    /// Reports whether an inflectional `rest` follows the harmony.
    pub fn allows(self, rest: &str) -> bool {
        match self {
            Self::Back => !rest.contains(['ä', 'ö', 'y']),
            Self::Front => !rest.contains(['a', 'o', 'u']),
            Self::Any => true,
        }
    }
}

/// Reports whether `rest` consists of case ending, possessive suffix and clitics after a stem ending in `last`.
///
/// The empty rest is one (the bare stem).
pub fn is_inflection(rest: &str, last: char) -> bool {
    if is_case(rest, last) {
        return true;
    }
    let without_clitic = CLITICS
        .iter()
        .filter_map(|clitic| rest.strip_suffix(clitic))
        .any(|front| is_case(front, last) || is_possessed(front, last));
    without_clitic || is_possessed(rest, last)
}

/// Reports whether `rest` is nothing but clitics.
pub fn is_clitic(rest: &str) -> bool {
    rest.is_empty() || CLITICS.contains(&rest)
}

fn is_case(rest: &str, last: char) -> bool {
    if rest.is_empty() || CASES.contains(&rest) || last == 'i' && rest == "en" {
        return true;
    }
    // The illative repeats the stem's vowel: talo|on, työ|hön.
    let vowel = rest.strip_suffix('n').map(|front| front.strip_prefix('h').unwrap_or(front));
    vowel.is_some_and(|vowel| vowel.chars().eq([last]))
}

fn is_possessed(rest: &str, last: char) -> bool {
    let by_suffix = POSSESSIVES
        .iter()
        // A bare -nne is rarely "your": tila|nne is a word of its own.
        .filter_map(|suffix| rest.strip_suffix(suffix).filter(|front| *suffix != "nne" || !front.is_empty()))
        // Before a possessive the genitive and the illative lose their n: talo|on|sa.
        .any(|front| is_case(front, last) || is_case(&format!("{front}n"), last));
    if by_suffix {
        return true;
    }
    // Third person by lengthening: talossa|an, kadulle|en.
    let Some(front) = rest.strip_suffix('n') else {
        return false;
    };
    let mut letters = front.chars().rev();
    let doubled = matches!((letters.next(), letters.next()), (Some(a), Some(b)) if a == b && is_vowel(a));
    let shorter = front.char_indices().next_back().and_then(|(at, _)| front.get(..at));
    doubled && front.chars().count() >= 3 && shorter.is_some_and(|front| is_case(front, last))
}

/// Reports whether `rest` inflects a plural stem, whose `i` belongs to the stem (`kunti|en`, `metsi|ssä`).
pub fn is_plural_inflection(rest: &str) -> bool {
    !rest.is_empty() && is_inflection(&format!("i{rest}"), 'i')
}

/// Reports whether `rest` inflects a consonant stem: `kiel|tä`, `las|ten`, `vet|tä`, `vuon|na`.
pub fn is_consonant_inflection(rest: &str) -> bool {
    ["ta", "tä", "ten", "na", "nä"]
        .iter()
        .any(|ending| rest.strip_prefix(ending).is_some_and(|more| is_clitic(more) || POSSESSIVES.contains(&more)))
}

#[cfg(test)]
mod tests {
    use super::is_inflection;

    #[test]
    fn endings_are_told_from_other_rests() {
        for (rest, last) in [
            ("", 'u'),
            ("n", 'u'),
            ("lla", 'u'),
            ("illa", 'u'),
            ("jen", 'u'),
            ("un", 'u'),
            ("nsa", 'u'),
            ("illamme", 'u'),
            ("ssaan", 'o'),
            ("onsa", 'o'),
            ("hin", 'i'),
            ("kin", 'o'),
            ("ssakaan", 'o'),
        ] {
            assert!(is_inflection(rest, last), "{rest}");
        }
        for (rest, last) in [("us", 'o'), ("tus", 'o'), ("an", 'o'), ("va", 'u'), ("nut", 'u'), ("mus", 'u')] {
            assert!(!is_inflection(rest, last), "{rest}");
        }
    }
}
