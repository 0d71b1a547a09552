use super::{Folded, Folding, fold, fold_into, searchable_into};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

#[test]
fn folding_table() {
    for (source, strict, lenient) in [
        ("", "", ""),
        ("Hämeenlinna ÅÄÖ", "hämeenlinna åäö", "hameenlinna aao"),
        ("Cafe\u{301} Café ÉÈ", "cafe cafe ee", "cafe cafe ee"),
        ("a\u{308}O\u{308}A\u{30A}", "äöå", "aoa"),
        ("Šiauliai Žilina Łódź Müller", "siauliai zilina lodz muller", "siauliai zilina lodz muller"),
        ("Straße STRASSE ẞ", "strasse strasse ss", "strasse strasse ss"),
        ("İstanbul ısı ŉ ǅ ﬁnaali ﬀ", "istanbul isi 'n dz finaali ff", "istanbul isi 'n dz finaali ff"),
        ("Tromsø Ærø", "tromso aero", "tromso aero"),
        ("kun\u{AD}nan\u{200B}hallitus", "kunnanhallitus", "kunnanhallitus"),
        ("a \n\t\u{A0} b\r\n", "a b ", "a b "),
        ("klo 10–12 Vantaa‑Kerava", "klo 10-12 vantaa-kerava", "klo 10-12 vantaa-kerava"),
        ("”Näin” l’été", "\"näin\" l'ete", "\"nain\" l'ete"),
        ("\u{308}x", "x", "x"),
        ("Москва Ёлка Йод", "москва елка иод", "москва елка иод"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ", "οδοσ οδοσ"),
        ("½ m² ﷺ", "½ m² ﷺ", "½ m² ﷺ"),
    ] {
        assert_eq!(fold(source, Folding::Strict), strict, "{source}");
        assert_eq!(fold(source, Folding::Lenient), lenient, "{source}");
    }
}

#[test]
fn hyphenated_words_come_again_joined() {
    let source = "Vantaa–Kerava-sote ja sosiaali- ja linja-auto 2020-09-11 -";
    let folded = Folded::new(source);
    assert_eq!(
        folded.text(),
        "vantaa-kerava-sote ja sosiaali- ja linja-auto 2020-09-11 -\nvantaakeravasote\nlinjaauto"
    );
    assert_eq!(cut(source, &folded, "linjaauto"), ["linja-auto"]);
    assert_eq!(cut(source, &folded, "taakera"), ["taa–Kera"]);
    // Not once more among the joined words.
    assert_eq!(cut(source, &folded, "auto"), ["auto"]);
    assert_eq!(cut(source, &folded, "sote"), ["sote"]);
}

#[test]
fn the_way_back_covers_whole_characters() {
    for (source, needle, found) in [
        ("Caf\u{65}\u{301} é", "e", vec!["e\u{301}", "é"]),
        ("xßy", "s", vec!["ß"]),
        ("xßy", "xs", vec!["xß"]),
        ("aﬁb", "ib", vec!["ﬁb"]),
        ("kun\u{AD}nan", "kunna", vec!["kun\u{AD}na"]),
        ("a  \n b c", "a b", vec!["a  \n b"]),
        ("Hallitus HALLITUS", "halli", vec!["Halli", "HALLI"]),
        ("pa\u{308}a\u{308}to\u{308}s", "ä", vec!["a\u{308}", "a\u{308}"]),
        ("Škoda ja Ärjä", "ärjä", vec!["Ärjä"]),
    ] {
        assert_eq!(cut(source, &Folded::new(source), needle), found, "{source}");
    }
}

fn cut<'a>(source: &'a str, folded: &Folded, needle: &str) -> Vec<&'a str> {
    let ranges = folded.find(needle);
    ranges.into_iter().map(|range| source.get(range).unwrap()).collect()
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), latin(),]
}

fn latin() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~äöåÄÖÅéšßİŉǅﬁ\u{AD}\u{200B}\u{301}\u{308}\u{30A}\u{323}\u{304}–\n\t]{0,60}", "[a-zä -]{0,60}",]
}

proptest! {
    #[test]
    fn folding_is_idempotent(text in texts()) {
        for folding in [Folding::Strict, Folding::Lenient] {
            let once = fold(&text, folding);
            prop_assert_eq!(fold(&once, folding), once);
        }
    }

    #[test]
    fn canonically_equal_texts_fold_alike(text in latin()) {
        for folding in [Folding::Strict, Folding::Lenient] {
            let plain = fold(&text, folding);
            prop_assert_eq!(&fold(&text.nfc().collect::<String>(), folding), &plain);
            prop_assert_eq!(&fold(&text.nfd().collect::<String>(), folding), &plain);
        }
    }

    #[test]
    fn the_way_back_is_whole_and_in_order(text in texts()) {
        for folding in [Folding::Strict, Folding::Lenient] {
            let folded = Folded::with(&text, folding);
            let mut plain = String::new();
            searchable_into(&text, folding, &mut plain);
            prop_assert_eq!(folded.text(), plain);
            let body = folded.text().find('\n').unwrap_or(folded.text().len());
            let mut last = 0;
            for (at, character) in folded.text().char_indices() {
                let range = folded.source_range(at..at + character.len_utf8());
                prop_assert!(text.get(range.clone()).is_some(), "{:?}", range);
                if at < body {
                    prop_assert!(range.start >= last);
                    last = range.start;
                }
                if character != '\n' {
                    let back = fold(text.get(range).unwrap(), folding);
                    prop_assert!(back.contains(character), "{back:?} {character:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_appended_is_folded_alone(before in texts(), text in texts()) {
        let mut out = before.clone();
        fold_into(&text, Folding::Strict, &mut out);
        prop_assert_eq!(out, before + &fold(&text, Folding::Strict));
    }
}
