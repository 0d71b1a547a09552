//! Consonant gradation: the two grades of a Finnish stem (VISK § 41–46, <https://scripta.kotus.fi/visk>).

/// Reports whether `letter` is a Finnish vowel of a folded text.
pub const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ä' | 'ö' | 'å')
}

/// Splits `stem` into what precedes the last consonants, those consonants, and the final vowel.
///
/// `None` unless the stem ends in a single vowel after a consonant: only there do grades alternate.
fn cut(stem: &str) -> Option<(&str, &str, char)> {
    let vowel = stem.chars().next_back().filter(|&last| is_vowel(last))?;
    let front = stem.strip_suffix(vowel)?;
    let head = front.trim_end_matches(|letter: char| letter.is_alphabetic() && !is_vowel(letter));
    let consonants = front.strip_prefix(head)?;
    (!consonants.is_empty() && head.chars().next_back().is_some_and(is_vowel)).then_some((head, consonants, vowel))
}

/// Returns the possible weak grades of `stem` (in its strong grade, ending in a vowel): `katu` → `kadu`, `kaupunki` →
/// `kaupungi`.
///
/// Empty where no grades alternate. Sometimes more than one: the spelling alone does not always tell.
pub fn weak(stem: &str) -> Vec<String> {
    /// Longest first; the replacement stands for the end of the consonants.
    const PAIRS: [(&str, &str); 14] = [
        ("kk", "k"),
        ("pp", "p"),
        ("tt", "t"),
        ("nk", "ng"),
        ("mp", "mm"),
        ("nt", "nn"),
        ("lt", "ll"),
        ("rt", "rr"),
        ("ht", "hd"),
        ("lp", "lv"),
        ("rp", "rv"),
        ("lk", "l"),
        ("rk", "r"),
        ("hk", "h"),
    ];
    let Some((head, consonants, vowel)) = cut(stem) else {
        return Vec::new();
    };
    if let Some((front, to)) = PAIRS.iter().find_map(|(from, to)| Some((consonants.strip_suffix(from)?, to))) {
        let mut found = vec![format!("{head}{front}{to}{vowel}")];
        if matches!(consonants, "lk" | "rk") && matches!(vowel, 'e' | 'i') {
            found.push(format!("{head}{front}{to}je")); // jälki → jäljen, kurki → kurjen
        }
        return found;
    }
    let before = head.chars().next_back().unwrap_or(' ');
    match consonants {
        "t" => vec![format!("{head}d{vowel}")],
        "p" => vec![format!("{head}v{vowel}")],
        "k" if before == vowel && matches!(vowel, 'u' | 'y') => vec![format!("{head}v{vowel}")],
        // vaaka → vaa'an: the same vowels on both sides are kept apart.
        "k" if before == vowel => vec![format!("{head}'{vowel}")],
        "k" if head.ends_with("ai") || head.ends_with("oi") => {
            // aika → ajan, poika → pojan; but reikä → reiän.
            let front = head.strip_suffix('i').unwrap_or(head);
            vec![format!("{front}j{vowel}")]
        }
        "k" if head.ends_with("uo") => {
            let front = head.strip_suffix('o').unwrap_or(head);
            vec![format!("{head}{vowel}"), format!("{front}u{vowel}")] // ruoka → ruoan, ruuan
        }
        "k" => vec![format!("{head}{vowel}")],
        _ => Vec::new(),
    }
}

/// Returns the strong grade of a stem whose base form is in the weak one: `hanke` → `hankke`, `tarve` → `tarpe`.
///
/// `None` where no grades alternate.
pub fn strong(stem: &str) -> Option<String> {
    const PAIRS: [(&str, &str); 11] = [
        ("ng", "nk"),
        ("mm", "mp"),
        ("nn", "nt"),
        ("ll", "lt"),
        ("rr", "rt"),
        ("hd", "ht"),
        ("lj", "lk"),
        ("lv", "lp"),
        ("rv", "rp"),
        ("d", "t"),
        ("v", "p"),
    ];
    let (head, consonants, vowel) = cut(stem)?;
    if let Some((front, to)) = PAIRS.iter().find_map(|(from, to)| Some((consonants.strip_suffix(from)?, to))) {
        return Some(format!("{head}{front}{to}{vowel}"));
    }
    let last = consonants.chars().next_back()?;
    let front = consonants.strip_suffix(last)?;
    let alone = !front.ends_with(last) && !front.ends_with(['s', 'h', 't']);
    (matches!(last, 'k' | 'p' | 't') && alone).then(|| format!("{head}{consonants}{last}{vowel}"))
}

#[cfg(test)]
mod tests {
    use super::{strong, weak};

    #[test]
    fn grades_alternate_as_the_grammar_says() {
        for (from, to) in [
            ("katu", "kadu"),
            ("kaupunki", "kaupungi"),
            ("kunta", "kunna"),
            ("silta", "silla"),
            ("asunto", "asunno"),
            ("apteekki", "apteeki"),
            ("tapa", "tava"),
            ("lahti", "lahdi"),
            ("luku", "luvu"),
            ("haku", "hau"),
            ("aika", "aja"),
            ("reikä", "reiä"),
            ("vaaka", "vaa'a"),
            ("alku", "alu"),
            ("halpa", "halva"),
        ] {
            assert!(weak(from).contains(&to.to_owned()), "{from}: {:?}", weak(from));
        }
        for stays in ["talo", "kala", "posti", "Vantaa", "työ", "metsä", "matka", "x", ""] {
            assert!(weak(stays).is_empty(), "{stays}: {:?}", weak(stays));
        }
    }

    #[test]
    fn weak_base_forms_are_strengthened() {
        for (from, to) in [
            ("hanke", "hankke"),
            ("tarve", "tarpe"),
            ("kohde", "kohte"),
            ("jäte", "jätte"),
            ("liikenne", "liikente"),
            ("asuka", "asukka"),
            ("hamma", "hampa"),
            ("renga", "renka"),
        ] {
            assert_eq!(strong(from).as_deref(), Some(to));
        }
        for stays in ["perhe", "kone", "aste", "alue"] {
            assert_eq!(strong(stays), None);
        }
    }
}
