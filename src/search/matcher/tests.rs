use super::{Fields, Fit, Match, Matcher, Rank, Texts};
use crate::search::{Field, Query};
use crate::text::work::steps_of;
use crate::text::{Folding, Language};
use proptest::prelude::*;

fn find(query: &str, texts: &Texts<'_>, fields: &Fields<'_>) -> Option<(Rank, Match)> {
    let query = Query::parse(query).unwrap();
    Matcher::new(&query, Folding::Strict).find(texts, fields)
}

fn titled(title: &str) -> Texts<'_> {
    Texts { title, ..Texts::default() }
}

fn finnish() -> Fields<'static> {
    Fields { language: Some(Language::Finnish), ..Fields::default() }
}

#[test]
fn the_matched_stems_are_marked_in_the_original() {
    let title = "Kauppa\u{AD}kadun ja Sote-KESKUKSEN työt";
    for (query, marked) in [
        ("katu", vec!["kadu"]),
        ("sotekeskus", vec!["Sote-KESKUKSE"]),
        ("sote-keskus", vec!["Sote-KESKUKSE"]),
        ("keskus sote", vec!["Sote", "KESKUKSE"]),
        ("kauppakatu", vec!["Kauppa\u{AD}kadu"]),
    ] {
        let (_, found) = find(query, &titled(title), &finnish()).unwrap();
        let texts: Vec<_> = found.ranges[0].iter().map(|range| title.get(range.clone()).unwrap()).collect();
        assert_eq!(texts, marked, "{query}");
    }
}

#[test]
fn terms_join_exclude_and_restrict() {
    let texts = Texts {
        title: "Koulu suljetaan",
        lead: "Oppilaat siirtyvät väistötiloihin.",
        body: "Uusi koulu avataan kirjaston viereen.",
        contacts: "Rehtori Anna Koski",
    };
    let fields = Fields {
        source: "Vantaan kaupunki",
        tags: &["Opetus", "oma lista"],
        language: Some(Language::Finnish),
        published: Some(20_210_601..=20_210_631),
        unread: true,
        ..Fields::default()
    };
    for query in [
        "koulu kirjasto",
        "koulu -museo",
        "\"uusi koulu\"",
        "=kirjaston",
        "title:koulu",
        "source:vantaa",
        "tag:opetus",
        "tag:oma",
        "lang:fi",
        "is:unread",
        "-is:starred",
        "date:2021",
        "date:2021-06-15..",
        "koski",
        "vaisto -museo",
        "",
    ] {
        let strict = find(query, &texts, &fields).is_some();
        assert_eq!(strict, query != "vaisto -museo", "{query}");
    }
    for query in [
        "koulu museo",
        "koulu -kirjasto",
        "\"koulu uusi\"",
        "=kirjasto",
        "title:kirjasto",
        "source:kerava",
        "tag:lista",
        "lang:sv",
        "is:starred",
        "-is:unread",
        "date:2020",
        "date:..2021-05",
    ] {
        assert!(find(query, &texts, &fields).is_none(), "{query}");
    }
    let lenient = Matcher::new(&Query::parse("vaistotila").unwrap(), Folding::Lenient);
    assert!(lenient.find(&texts, &fields).is_some());
}

#[test]
fn titles_come_before_leads_and_sure_places_before_doubtful_ones() {
    let body = Texts { body: "Katu suljetaan", ..Texts::default() };
    let lead = Texts { lead: "Katu suljetaan", ..Texts::default() };
    let ranked = |texts: &Texts<'_>| find("vero", texts, &finnish()).unwrap().0;
    let katu = |texts: &Texts<'_>| find("katu", texts, &finnish()).unwrap().0;
    assert!(katu(&titled("Katu suljetaan")) < katu(&lead));
    assert!(katu(&lead) < katu(&body));
    assert!(katu(&body) < ranked(&titled("Verotus muuttuu")));
    assert!(katu(&titled("Kadut")) < katu(&titled("Katuvalot")));
    assert_eq!(katu(&titled("Katuvalot")).fit, Fit::Start);
}

#[test]
fn the_snippet_shows_the_text_before_the_title() {
    let texts = Texts { title: "Kadut", body: "Työt alkavat Torikadulla.", ..Texts::default() };
    let (field, range) = find("katu", &texts, &finnish()).unwrap().1.best.unwrap();
    assert_eq!((field, texts.body.get(range)), (Field::Body, Some("kadu")));
}

#[test]
fn words_being_typed_match_as_prefixes() {
    let texts = titled("Kirjastossa satutunti");
    for query in [
        "k",
        "ki",
        "kir",
        "kirj",
        "kirja",
        "kirjas",
        "kirjast",
        "kirjasto",
        "kirjastos",
        "kirjasto sat",
        "\"kirjastossa sa",
    ] {
        let query = Query::parse_unfinished(query).unwrap();
        assert!(Matcher::new(&query, Folding::Strict).find(&texts, &finnish()).is_some(), "{query:?}");
    }
}

proptest! {
    #[test]
    fn ranges_are_of_the_original(
        title in "[a-zäöÄÖ –\u{AD}é-]{0,40}",
        body in "\\PC{0,60}",
        word in "[a-zäö][a-zäö-]{0,7}|\\PC{1,4}",
    ) {
        let Ok(query) = Query::parse_unfinished(&word) else { return Ok(()) };
        for folding in [Folding::Strict, Folding::Lenient] {
            let texts = Texts { title: &title, body: &body, ..Texts::default() };
            let matcher = Matcher::new(&query, folding);
            if let Some((_, found)) = matcher.find(&texts, &Fields::default()) {
                for field in Field::ALL {
                    for range in &found.ranges[field as usize] {
                        prop_assert!(texts.get(field).get(range.clone()).is_some());
                    }
                }
                let some = found.ranges.iter().any(|ranges| !ranges.is_empty());
                prop_assert!(some || !query.terms.iter().any(|term| !term.negated));
            }
        }
    }
}

/// The steps that ranking `part`, repeated to one long word, takes with `query`.
fn steps(query: &str, part: &str, times: usize, stop: &dyn Fn() -> bool) -> usize {
    let matcher = Matcher::new(&Query::parse_unfinished(query).unwrap(), Folding::Strict);
    let text = part.repeat(times);
    let ends = [0, 0, text.len(), text.len()];
    steps_of(|| {
        let _ = matcher.rank_of_texts(&text, &ends, None, stop);
    })
}

#[test]
fn a_long_word_takes_work_in_proportion_to_its_length() {
    for query in ["a", "-katu", "talo", "\"aa\"", "kunta", "0f"] {
        for part in ["a", "aa", "0f3a9", "talo", "xkatu", "kuntatalo", "hallitus"] {
            let times = 8_000 / part.len();
            let (once, twice) = (steps(query, part, times, &|| false), steps(query, part, times * 2, &|| false));
            assert!(twice * 10 <= once * 22 + 10_000, "{query} in {part}…: {once} steps, then {twice}");
            assert!(once <= 8_000 * 2_000, "{query} in {part}…: {once} steps");
        }
    }
}

#[test]
fn a_search_is_cancelled_within_a_text() {
    let whole = steps("-katu", "xkatu", 100_000, &|| false);
    let cancelled = steps("-katu", "xkatu", 100_000, &|| true);
    assert!(whole > 0 && cancelled * 20 < whole, "{cancelled} of {whole} steps");
}
