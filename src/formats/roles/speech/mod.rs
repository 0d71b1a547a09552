//! Verbs of speaking, in the forms announcements use, and how surely each says that somebody speaks.
//! Knows single words only: where a verb stands in its sentence is the business of `quote`.

mod likely;
mod sure;

use likely::LIKELY;
use sure::SURE;

use super::may_begin;

/// How surely a word says that somebody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Little else: "sanoo", "säger", "said".
    Sure,
    /// Beside quoted words it does; elsewhere it may mean something else: "arvioi", "menar", "adds".
    Likely,
}

/// Returns how surely `word`, in lower case, says that somebody speaks; `None` for other words.
pub fn speech(word: &str) -> Option<Speech> {
    // Most words are told from all verbs by their first bytes alone.
    if !(may_begin(word, SURE) || may_begin(word, LIKELY)) {
        None
    } else if SURE.binary_search(&word).is_ok() {
        Some(Speech::Sure)
    } else if LIKELY.binary_search(&word).is_ok() {
        Some(Speech::Likely)
    } else {
        None
    }
}

/// Reports whether `word`, in lower case, has the form of a Finnish or Swedish verb of which somebody is the subject.
///
/// Long final vowels are rare in the Finnish titles that could stand in its place ("päällikkö" ends in one letter and
/// its twin is a consonant), and no Swedish title ends in `-ar` or `-ade`.
pub fn looks_like_verb(word: &str) -> bool {
    const ENDINGS: [&str; 13] = ["aa", "ää", "oo", "öö", "ee", "uu", "yy", "oi", "öi", "erar", "ade", "ar", "nee"];
    word.len() >= 5 && ENDINGS.iter().any(|ending| word.ends_with(ending)) && !word.ends_with("maa")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_disjoint() {
        assert!(SURE.is_sorted_by(|one, other| one < other));
        assert!(LIKELY.is_sorted_by(|one, other| one < other));
        assert!(SURE.iter().all(|word| LIKELY.binary_search(word).is_err()));
    }

    #[test]
    fn verbs_in_their_forms() {
        for word in ["sanoo", "toteavat", "kertoi", "säger", "betonade", "said", "explains"] {
            assert_eq!(speech(word), Some(Speech::Sure), "{word}");
        }
        assert_eq!(speech("arvioi"), Some(Speech::Likely));
        assert_eq!(speech("johtaja"), None);
    }
}
