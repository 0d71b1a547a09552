use std::io::Cursor;

use proptest::prelude::*;

use super::{Contents, Damaged, Index, Kept, Run, merge};
use crate::search::{Entry, Fields, Hit, Matcher, Query, Texts, scan};
use crate::text::Language;
use crate::text::fold::Folding;

/// An announcement of a test.
#[derive(Clone, Debug)]
struct Text {
    language: Option<Language>,
    texts: [String; 4],
}

impl Text {
    fn texts(&self) -> Texts<'_> {
        let [title, lead, body, contacts] = &self.texts;
        Texts { title, lead, body, contacts }
    }

    fn folded(&self, folding: Folding) -> Kept {
        let mut text = String::new();
        let ends = self.texts().fold_into(folding, &mut text);
        Kept { text, ends, language: self.language }
    }
}

/// The bytes of an index of `texts` from runs of `size` announcements.
fn index(texts: &[Text], size: usize) -> Vec<u8> {
    let mut runs = Vec::new();
    for (nth, chunk) in texts.chunks(size.max(1)).enumerate() {
        let mut run = Run::default();
        for (at, text) in chunk.iter().enumerate() {
            let Kept { text, ends, language } = text.folded(Folding::Strict);
            run.add(u32::try_from(nth * size.max(1) + at).unwrap(), language, &text, &ends);
        }
        let mut bytes = Vec::new();
        run.write(&mut bytes).unwrap();
        runs.push(Cursor::new(bytes));
    }
    let numbers: Vec<u32> = (100..).take(texts.len()).collect();
    let mut out = Cursor::new(Vec::new());
    merge(runs, &Contents { numbers: &numbers, extra: b"more", seq: 7 }, &mut out).unwrap();
    out.into_inner()
}

fn found(bytes: &[u8], texts: &[Text], matcher: &Matcher) -> Result<Vec<Hit>, Damaged> {
    let index = Index::open(bytes.to_vec())?;
    let mut folded = |nth: usize| Some(texts[nth].folded(matcher.folding()));
    let mut found = index.look(matcher, &|| false)?.unwrap();
    // A few at a time, as one does who has other things to do.
    let mut count = 0;
    while !found.settle(3, &mut folded) {
        assert!(found.count() >= count, "what was found stays");
        count = found.count();
    }
    let hit = |nth: u32| Hit { nth: nth as usize, rank: found.rank(nth).unwrap() };
    Ok(found.in_order().into_iter().map(hit).collect())
}

fn scanned(texts: &[Text], matcher: &Matcher) -> Vec<Hit> {
    let folded: Vec<Kept> = texts.iter().map(|text| text.folded(matcher.folding())).collect();
    scan(
        matcher,
        folded.iter().map(|kept| Entry {
            text: &kept.text,
            ends: kept.ends,
            fields: Fields { language: kept.language, ..Fields::default() },
        }),
    )
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "ka[dt]u(n|lla|t|)|vede[nt]|vesi(johto|)|(kerros|rivi)?talo(issa|n|us|)|kaupung(in|issa)hallitus|lapse?[nti]|työ|yö",
        2 => "(sote|Vantaa|alue)[-–](keskus|Kerava|sote|alan)(-työ|)",
        1 => "(hus|stad)(et|en|ar)|house|buildings?|ställ|böcker",
        1 => "[a-cäå]{1,3}|[12][0-9]{0,3}|k|ka|1\\.5|a/b|c\\+\\+|EU:n|-[a-b]",
        1 => "[(\"”]?(katu|talo)[,.!?)\"]",
    ]
}

fn text() -> impl Strategy<Value = Text> {
    let language = prop_oneof![
        4 => Just(Some(Language::Finnish)), 1 => Just(Some(Language::Swedish)), 1 => Just(Some(Language::English)), 1 => Just(None)
    ];
    let field = |most| prop::collection::vec(word(), 0..most).prop_map(|words| words.join(" "));
    (language, [field(3), field(3), field(8), field(2)]).prop_map(|(language, texts)| Text { language, texts })
}

fn query() -> impl Strategy<Value = String> {
    let term = prop_oneof![
        6 => word(),
        3 => "katu|vesi|talo|lapsi|hallitus|keskus|sote-keskus|tyo|yo|hus|stad|bok|house|build|k|ka|kau|t|v|2|20",
        1 => (word(), word()).prop_map(|(one, other)| format!("\"{one} {other}\"")),
        1 => word().prop_map(|word| format!("={word}")),
        1 => word().prop_map(|word| format!("-{word}")),
        1 => word().prop_map(|word| format!("title:{word}")),
        1 => (word(), word()).prop_map(|(one, other)| format!("-\"{one} {other}\"")),
    ];
    prop::collection::vec(term, 0..4).prop_map(|terms| terms.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The oracle.
    #[test]
    fn the_index_finds_what_a_scan_finds(
        texts in prop::collection::vec(text(), 0..30), queries in prop::collection::vec(query(), 1..6), size in 1..20_usize,
    ) {
        let bytes = index(&texts, size);
        for query in queries {
            for parsed in [Query::parse(&query), Query::parse_unfinished(&query)] {
                let Ok(parsed) = parsed else { continue };
                for folding in [Folding::Strict, Folding::Lenient] {
                    let matcher = Matcher::new(&parsed, folding);
                    prop_assert_eq!(
                        found(&bytes, &texts, &matcher).unwrap(), scanned(&texts, &matcher), "{} {:?}", query, folding
                    );
                }
            }
        }
    }

    /// Lenient words are made of strict ones.
    #[test]
    fn folding_leniently_may_come_after_folding_strictly(text: String, latin in "[ -~äöåÄÖÅéßǟŉ\u{301}\u{308}\u{30A}\u{304}–\n]{0,60}") {
        for text in [text, latin] {
            let folded = Text { language: None, texts: [text, String::new(), String::new(), String::new()] };
            let words = |kept: Kept, again: bool| {
                let mut words = Vec::new();
                super::vocabulary::words(&kept.text, |word| {
                    words.push(if again { crate::text::fold::fold(word, Folding::Lenient) } else { word.to_owned() });
                });
                words
            };
            prop_assert_eq!(words(folded.folded(Folding::Strict), true), words(folded.folded(Folding::Lenient), false));
        }
    }

    #[test]
    fn any_damage_is_noticed_or_does_no_harm(
        texts in prop::collection::vec(text(), 1..12), at: usize, bit in 0..8_u8, cut: usize, query in query(),
    ) {
        let whole = index(&texts, 5);
        let Ok(query) = Query::parse_unfinished(&query) else { return Ok(()) };
        let matcher = Matcher::new(&query, Folding::Strict);
        let right = scanned(&texts, &matcher);
        let mut bytes = whole.clone();
        let place = at % bytes.len();
        bytes[place] ^= 1 << bit;
        if let Ok(hits) = found(&bytes, &texts, &matcher) {
            prop_assert_eq!(hits, right);
        }
        prop_assert_eq!(Index::open(whole[..cut % whole.len()].to_vec()).err(), Some(Damaged));
    }
}

#[test]
fn nobody_wants_to_know() {
    let texts = [Text { language: None, texts: ["katu", "", "", ""].map(str::to_owned) }];
    let index = Index::open(index(&texts, 1)).unwrap();
    assert_eq!((index.seq(), index.numbers(), index.extra().unwrap()), (7, &[100][..], b"more".to_vec()));
    let matcher = Matcher::new(&Query::parse("katu").unwrap(), Folding::Strict);
    assert!(index.look(&matcher, &|| true).unwrap().is_none());
    assert_eq!(index.look(&matcher, &|| false).unwrap().map(|found| found.count()), Some(1));
}
