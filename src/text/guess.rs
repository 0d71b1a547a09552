//! Which language a text is in, told by its commonest words and letters.

use super::Language;

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 2048;

/// The language of `text` by its first 2 KB: Finnish, Swedish, English, or `None` when it is none of them or too
/// short to tell.
///
/// Common words count most; where a text has few of them (titles, headings), endings and letters decide.
#[must_use]
pub fn guess_language(text: &str) -> Option<Language> {
    let mut scores = [0_u32; 3];
    let (mut foreign, mut words) = (0_u32, 0_u32);
    for word in words_of(beginning(text)) {
        words += 1;
        match weigh(word) {
            Weight::Of(language, weight) => {
                if let Some(score) = scores.get_mut(place(language)) {
                    *score += weight;
                }
            }
            Weight::Foreign => foreign += 4,
            Weight::None => {}
        }
    }
    let best = Language::ALL.into_iter().max_by_key(|language| scores.get(place(*language)))?;
    let score = scores.get(place(best)).copied()?;
    let second = Language::ALL
        .into_iter()
        .filter(|language| *language != best)
        .filter_map(|language| scores.get(place(language)))
        .max()
        .copied()?;
    // A few borrowed words must not decide: one in eight words at least has to speak for the language.
    let clear = score >= 3 && score >= second.saturating_mul(2) && score > foreign.saturating_mul(2);
    (clear && score.saturating_mul(2) >= words).then_some(best)
}

enum Weight {
    Of(Language, u32),
    Foreign,
    None,
}

const fn place(language: Language) -> usize {
    match language {
        Language::Finnish => 0,
        Language::Swedish => 1,
        Language::English => 2,
    }
}

fn beginning(text: &str) -> &str {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !(letter.is_alphabetic() || letter == '\u{ad}')).filter(|word| !word.is_empty())
}

fn weigh(word: &str) -> Weight {
    use Language::{English, Finnish, Swedish};
    let mut buffer = [0_u8; 24];
    let Some(lower) = lowered(word, &mut buffer) else { return by_shape(word) };
    match lower {
        "ja" | "on" | "ei" | "että" | "myös" | "sekä" | "joka" | "jotka" | "ovat" | "mukaan" | "kun" | "tai"
        | "kuin" | "voi" | "niin" | "mutta" | "hän" | "jos" | "oli" | "olla" | "eri" | "ole" | "jonka" | "sen"
        | "tämä" | "se" | "muun" | "muassa" | "vain" | "noin" | "kuten" | "kanssa" | "vuoden" | "vuonna" | "alkaen"
        | "asti" | "tulee" | "ollut" | "kaikki" | "siitä" | "tähän" | "uuden" | "uusi" | "lisäksi" | "klo" | "eikä" => {
            Weight::Of(Finnish, 4)
        }
        "och" | "att" | "är" | "det" | "som" | "för" | "av" | "till" | "med" | "inte" | "på" | "den" | "ett"
        | "har" | "om" | "eller" | "från" | "också" | "kan" | "ska" | "vid" | "efter" | "där" | "när" | "över"
        | "under" | "de" | "detta" | "men" | "mot" | "mellan" | "många" | "samt" | "enligt" | "år" | "sig" | "så"
        | "vi" | "kommer" | "blir" | "genom" | "bland" | "inom" | "kommunen" | "nya" => Weight::Of(Swedish, 4),
        "the" | "of" | "and" | "to" | "is" | "that" | "for" | "with" | "are" | "was" | "by" | "from" | "be" | "has"
        | "have" | "will" | "this" | "which" | "it" | "at" | "an" | "not" | "were" | "their" | "its" | "who"
        | "when" | "been" | "new" | "more" | "can" | "what" | "how" | "you" | "your" | "as" | "or" => {
            Weight::Of(English, 4)
        }
        // Words of the neighbours, which share many with the three: Norwegian, Danish, German, Estonian, French.
        "og" | "ikke" | "er" | "af" | "fra" | "til" | "jeg" | "und" | "der" | "die" | "das" | "ist" | "nicht"
        | "mit" | "für" | "von" | "ning" | "mis" | "aga" | "või" | "kui" | "ka" | "et" | "les" | "des" | "une"
        | "est" | "dans" | "que" | "los" | "del" | "las" | "il" | "che" | "lea" | "dat" | "het" | "een" | "van" => {
            Weight::Foreign
        }
        _ => by_shape(lower),
    }
}

/// Endings and letters that one of the three languages alone has.
fn by_shape(word: &str) -> Weight {
    use Language::{English, Finnish, Swedish};
    const FINNISH: [&str; 22] = [
        "ssa", "ssä", "sta", "stä", "lla", "llä", "lle", "lta", "ltä", "aan", "ään", "een", "iin", "inen", "isen",
        "uus", "minen", "taan", "vat", "vät", "ksi", "tus",
    ];
    const SWEDISH: [&str; 9] = ["ning", "ingar", "ningen", "erna", "arna", "orna", "ande", "het", "heten"];
    const ENGLISH: [&str; 6] = ["ing", "tion", "ment", "ness", "ies", "ed"];
    let ends = |endings: &[&str]| word.len() > 5 && endings.iter().any(|ending| word.ends_with(ending));
    if word.bytes().any(|byte| byte >= 0x80) {
        if word.contains(['õ', 'ü', 'ß', 'ø', 'æ', 'ñ', 'ç', 'ł', 'đ', 'š', 'ŋ', 'ž']) || !is_latin(word) {
            return Weight::Foreign;
        }
        if word.contains('å') {
            return Weight::Of(Swedish, 2);
        }
    }
    if ends(&FINNISH) {
        Weight::Of(Finnish, 2)
    } else if ends(&SWEDISH) {
        Weight::Of(Swedish, 1)
    } else if word.contains("aa") || word.contains("ää") || word.contains("uo") || word.contains("yö") {
        Weight::Of(Finnish, 1)
    } else if ends(&ENGLISH) {
        Weight::Of(English, 1)
    } else {
        Weight::None
    }
}

fn is_latin(word: &str) -> bool {
    word.chars().all(|letter| u32::from(letter) < 0x250)
}

/// `word` in lower case in `buffer`; `None` when it is too long to be a common word.
fn lowered<'a>(word: &str, buffer: &'a mut [u8; 24]) -> Option<&'a str> {
    let target = buffer.get_mut(..word.len())?;
    target.copy_from_slice(word.as_bytes());
    target.make_ascii_lowercase();
    std::str::from_utf8(target).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_languages_are_told_apart() {
        use Language::{English, Finnish, Swedish};
        for (text, expected) in [
            ("Kivilammen pääkirjastoon pääsee syyskuun alusta lähtien myös aamuisin.", Some(Finnish)),
            ("Uimahallit suljetaan kesäksi", Some(Finnish)),
            ("Den nya spången till Svartholmen är färdig och öppnas i dag.", Some(Swedish)),
            ("Stadsbiblioteket lånar ut symaskiner och skidor", Some(Swedish)),
            ("The school board voted on Thursday to keep the village school open.", Some(English)),
            ("Der Stadtrat hat beschlossen, die Schule nicht zu schließen und das Dach zu erneuern.", None),
            ("Kommunestyret vedtok at skolen ikke skal legges ned, og taket er nytt.", None),
            ("Linnavalitsus otsustas, et kool jääb avatuks ning katus või põrand vahetatakse.", None),
            ("Городской совет решил сохранить школу", None),
            ("123 456", None),
            ("", None),
        ] {
            assert_eq!(guess_language(text), expected, "{text}");
        }
    }

    #[test]
    fn only_the_beginning_is_read() {
        let long =
            format!("{}{}", "Kaupunki avaa uuden koulun ja päiväkodin. ".repeat(200), "the of and ".repeat(100_000));
        assert_eq!(guess_language(&long), Some(Language::Finnish));
    }
}
