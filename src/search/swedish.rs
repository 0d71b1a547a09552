//! Swedish, lightly: a word is found with its common endings, at the start of a word or of a compound's part.

use super::tail::Tail;

/// Endings of nouns, adjectives and verbs after the whole word or after its final vowel is dropped.
const ENDINGS: &[&str] = &[
    "", "s", "n", "ns", "en", "ens", "et", "ets", "t", "ts", "ar", "ars", "or", "ors", "er", "ers", "r", "rs", "arna",
    "arnas", "orna", "ornas", "erna", "ernas", "na", "nas", "a", "as", "e", "es", "ade", "at", "ande", "are", "aren",
    "ares", "arnes", "ast", "ern", "erns", "u", "o", "it", "iet", "ier", "ierna", "na",
];

/// Returns the stems of the folded `word`: itself, without its final vowel, with the umlaut of its plural.
pub(super) fn expand(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    let letters = word.chars().count();
    if letters >= 4
        && let Some(front) = word.strip_suffix(['a', 'e'])
    {
        stems.push(front.to_owned());
    }
    // museum → museet; vatten → vattnet; cykel → cyklar; vinter → vintrar.
    if letters >= 5 {
        if let Some(front) = word.strip_suffix("um") {
            stems.push(front.to_owned());
        }
        for end in ['n', 'l', 'r'] {
            if let Some(front) = word.strip_suffix(end).and_then(|front| front.strip_suffix('e')) {
                stems.push(format!("{front}{end}"));
            }
        }
    }
    stems.extend(umlaut(word));
    stems
}

/// Returns the stem with the umlaut of its plural: stad → städ(er), bok → böck(er), strand → stränd(er).
fn umlaut(word: &str) -> Option<String> {
    if word.ends_with(|last: char| is_vowel(last)) {
        return None;
    }
    let (at, vowel) = word.char_indices().rfind(|(_, letter)| is_vowel(*letter))?;
    let other = match vowel {
        'a' => 'ä',
        'o' => 'ö',
        _ => return None,
    };
    let (front, rest) = word.split_at_checked(at)?;
    let rest = rest.strip_prefix(vowel)?;
    let doubled = if rest == "k" { "ck" } else { rest };
    Some(format!("{front}{other}{doubled}er"))
}

/// Returns what `rest` makes of `stem` (a stem of `word`) in a Swedish word, if it may follow.
pub(super) fn tail(word: &str, stem: &str, rest: &str) -> Option<Tail> {
    let dropped = stem.len() < word.len() && word.starts_with(stem);
    if ENDINGS.contains(&rest) && !(dropped && matches!(rest, "" | "s" | "n" | "r" | "t")) {
        return Some(Tail::Form);
    }
    // Short words double their last consonant: hem|met, rum|men.
    let doubled = stem.chars().next_back().and_then(|last| rest.strip_prefix(last));
    if doubled.is_some_and(|rest| !rest.is_empty() && ENDINGS.contains(&rest)) {
        return Some(Tail::Form);
    }
    let letters = stem.chars().count();
    // park|ering: a verb and its noun, not a part.
    let verb = ["ering", "era", "erad", "erat"].iter().any(|start| rest.starts_with(start));
    let part = !verb && rest.chars().count() >= if letters <= 3 { 4 } else { 3 } && rest.contains(is_vowel);
    part.then_some(if letters >= 4 { Tail::Compound } else { Tail::Derived })
}

/// Reports whether `left`, the word before a stem that stands inside it, may be the first part of a compound.
pub(super) fn is_first_part(left: &str, stem: &str) -> bool {
    let least = if stem.chars().count() >= 5 { 2 } else { 3 };
    left.chars().count() >= least && left.contains(is_vowel)
}

const fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö')
}

#[cfg(test)]
mod tests {
    use super::{expand, tail};

    #[test]
    fn common_forms_are_found() {
        for (word, form) in [
            ("skola", "skolor"),
            ("skola", "skolan"),
            ("skola", "skolgård"),
            ("gata", "gatubelysning"),
            ("gata", "gatorna"),
            ("stad", "städer"),
            ("bok", "böcker"),
            ("strand", "stränderna"),
            ("museum", "museet"),
            ("vatten", "vattnet"),
            ("daghem", "daghemmet"),
            ("kommun", "kommunens"),
            ("barn", "barnens"),
        ] {
            let fits = expand(word)
                .iter()
                .any(|stem| form.strip_prefix(stem.as_str()).is_some_and(|rest| tail(word, stem, rest).is_some()));
            assert!(fits, "{word} {form}");
        }
    }
}
