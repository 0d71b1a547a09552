//! English, lightly: plurals, -ed and -ing, and compounds written as one word.

use super::tail::Tail;

const ENDINGS: &[&str] = &["", "s", "es", "ed", "d", "ing", "ings", "er", "ers", "ly"];

/// Returns the stems of the folded `word`.
pub(super) fn expand(word: &str) -> Vec<String> {
    let mut stems = vec![word.to_owned()];
    let letters = word.chars().count();
    if letters >= 4 {
        if let Some(front) = word.strip_suffix('y') {
            stems.push(format!("{front}ie")); // library → libraries
        }
        if let Some(front) = word.strip_suffix('e') {
            stems.push(format!("{front}ing")); // house → housing
        }
        if let Some(front) = word.strip_suffix("fe").or_else(|| word.strip_suffix('f')) {
            stems.push(format!("{front}ves"));
        }
    }
    // stop → stopped, stopping
    if let Some(last) = word.chars().next_back().filter(|last| "bdgmnprt".contains(*last)) {
        stems.push(format!("{word}{last}ing"));
        stems.push(format!("{word}{last}ed"));
    }
    for (singular, plural) in [("child", "children"), ("man", "men"), ("person", "people"), ("foot", "feet")] {
        if let Some(front) = word.strip_suffix(singular) {
            stems.push(format!("{front}{plural}"));
        }
    }
    stems
}

/// Returns what `rest` makes of `stem` in an English word, if it may follow.
pub(super) fn tail(stem: &str, rest: &str) -> Option<Tail> {
    if matches!(rest, "" | "s" | "es") {
        return Some(Tail::Form);
    }
    let letters = stem.chars().count();
    if ENDINGS.contains(&rest) && (letters >= 3) {
        return Some(Tail::Derived);
    }
    // fire|fighter, water|works: the next part begins with a consonant or is long.
    let part = rest.chars().count() >= 4 && !rest.starts_with(['i', 'e', 'a']) && letters >= 3;
    if part {
        return Some(Tail::Compound);
    }
    (letters >= 5).then_some(Tail::Derived)
}

/// Reports whether `left` may be the first part of a compound: rare in English, so both parts are long.
pub(super) fn is_first_part(left: &str, stem: &str) -> bool {
    left.chars().count() >= 3 && stem.chars().count() >= 5
}

#[cfg(test)]
mod tests {
    use super::{expand, tail};

    #[test]
    fn common_forms_are_found() {
        for (word, form) in [
            ("library", "libraries"),
            ("bus", "buses"),
            ("house", "housing"),
            ("stop", "stopped"),
            ("road", "roadworks"),
            ("child", "children"),
            ("flood", "flooded"),
            ("fire", "firefighters"),
        ] {
            let fits = expand(word)
                .iter()
                .any(|stem| form.strip_prefix(stem.as_str()).is_some_and(|rest| tail(stem, rest).is_some()));
            assert!(fits, "{word} {form}");
        }
        assert_eq!(tail("tax", "i"), None);
    }
}
