//! The languages of the environment: the one the program speaks, and the order texts are shown in.

use crate::text::Language;

/// Returns the language the program speaks and the languages to show texts in, best first.
///
/// `asked` is the language asked for on the command line. Otherwise the first language of `LANGUAGE` that the program
/// speaks counts, as GNU gettext has it, unless the locale is `C`; then that of `LC_ALL`, `LC_MESSAGES` or `LANG`. After
/// it come the rest of `LANGUAGE`, then Finnish, Swedish and English. `read` reads an environment variable.
pub fn languages(asked: Option<Language>, read: impl Fn(&str) -> Option<String>) -> (Language, Vec<Language>) {
    let read = |name: &str| read(name).filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(read).unwrap_or_default();
    let plain = locale.split('.').next().is_some_and(|name| matches!(name, "" | "C" | "POSIX"));
    let wished = read("LANGUAGE").filter(|_| !plain).unwrap_or_default();
    let wished: Vec<Language> = wished.split(':').filter_map(Language::from_tag).collect();
    let spoken = asked.or_else(|| wished.first().copied()).or_else(|| Language::from_tag(&locale));
    let spoken = spoken.unwrap_or(Language::English);
    let mut order = vec![spoken];
    for language in wished.into_iter().chain([Language::Finnish, Language::Swedish, Language::English]) {
        if !order.contains(&language) {
            order.push(language);
        }
    }
    (spoken, order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, Finnish, Swedish};

    fn of(asked: Option<Language>, variables: &[(&str, &str)]) -> (Language, Vec<Language>) {
        languages(asked, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_newcomer_sees_their_own_language() {
        for (locale, spoken, order) in [
            ("sv_FI.UTF-8", Swedish, [Swedish, Finnish, English]),
            ("en_US.UTF-8", English, [English, Finnish, Swedish]),
            ("fi_FI.UTF-8", Finnish, [Finnish, Swedish, English]),
            ("C", English, [English, Finnish, Swedish]),
            ("C.UTF-8", English, [English, Finnish, Swedish]),
            ("de_DE.UTF-8", English, [English, Finnish, Swedish]),
            ("", English, [English, Finnish, Swedish]),
        ] {
            assert_eq!(of(None, &[("LANG", locale)]), (spoken, order.to_vec()), "{locale}");
        }
    }

    #[test]
    fn a_list_of_languages_is_heeded_after_what_was_asked_for() {
        let list = ("LANGUAGE", "sv:en");
        assert_eq!(of(None, &[("LANG", "fi_FI.UTF-8"), list]), (Swedish, vec![Swedish, English, Finnish]));
        assert_eq!(of(Some(Finnish), &[("LANG", "fi_FI.UTF-8"), list]), (Finnish, vec![Finnish, Swedish, English]));
        // In the C locale no list of languages counts.
        assert_eq!(of(None, &[("LANG", "C"), list]).0, English);
        assert_eq!(of(None, &[("LC_ALL", "fi_FI"), ("LANG", "sv_FI")]).0, Finnish);
        assert_eq!(of(None, &[("LANG", "fi_FI"), ("LANGUAGE", "de:fr")]), (Finnish, vec![Finnish, Swedish, English]));
    }
}
