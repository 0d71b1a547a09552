use super::{DateSpan, Field, Query, QueryErrorKind, State, Term, Text, What};
use crate::text::Language;
use proptest::prelude::*;

fn only(text: &str) -> Term {
    let query = Query::parse(text).unwrap();
    assert_eq!(query.terms.len(), 1, "{text}: {query:?}");
    query.terms.into_iter().next().unwrap()
}

fn word(text: &str) -> What {
    What::Text { field: None, text: Text::Word { word: text.to_owned(), open: false } }
}

fn exact(text: &str) -> What {
    What::Text { field: None, text: Text::Exact { phrase: text.to_owned(), open: false } }
}

#[test]
fn terms_are_told_apart() {
    for (text, negated, what) in [
        ("katu", false, word("katu")),
        ("  katu, ", false, word("katu")),
        ("-katu", true, word("katu")),
        ("=kadun", false, exact("kadun")),
        ("-=kadun", true, exact("kadun")),
        ("\"uusi koulu\"", false, exact("uusi koulu")),
        ("”uusi koulu”", false, exact("uusi koulu")),
        ("-\"uusi koulu\"", true, exact("uusi koulu")),
        ("\"auki", false, exact("auki")),
        ("sote-keskus", false, word("sote-keskus")),
        ("source:\"Vantaan kaupunki\"", false, What::Source("Vantaan kaupunki".to_owned())),
        ("-tag:työ", true, What::Tag("työ".to_owned())),
        ("lang:sv", false, What::Language(Language::Swedish)),
        ("is:Starred", false, What::Is(State::Starred)),
        ("EU:n", false, exact("EU:n")),
        ("THL:ään", false, exact("THL:ään")),
        ("https://kerava.fi", false, word("https://kerava.fi")),
    ] {
        let term = only(text);
        assert_eq!((term.negated, term.what), (negated, what), "{text}");
    }
    let titled = only("title:kirjasto").what;
    assert_eq!(
        titled,
        What::Text { field: Some(Field::Title), text: Text::Word { word: "kirjasto".to_owned(), open: false } }
    );
    let many = Query::parse("katu -\"uusi koulu\" is:unread").unwrap();
    let ranges: Vec<_> = many.terms.into_iter().map(|term| term.range).collect();
    assert_eq!(ranges, [0..4, 5..18, 19..28]);
}

#[test]
fn dates_are_spans() {
    for (text, first, last) in [
        ("2021", Some(20_210_101), Some(20_211_231)),
        ("2021-06", Some(20_210_601), Some(20_210_631)),
        ("2021-06-15", Some(20_210_615), Some(20_210_615)),
        ("1.6.2021", Some(20_210_601), Some(20_210_601)),
        ("2021..2022-06", Some(20_210_101), Some(20_220_631)),
        ("..2020", None, Some(20_201_231)),
        ("2021-05-01..", Some(20_210_501), None),
        ("1.6.2021..2.6.2021", Some(20_210_601), Some(20_210_602)),
    ] {
        assert_eq!(only(&format!("date:{text}")).what, What::Date(DateSpan { first, last }), "{text}");
    }
    let span = DateSpan { first: Some(20_210_601), last: None };
    assert!(span.touches(&(20_210_101..=20_211_231)));
    assert!(!span.touches(&(20_200_101..=20_201_231)));
}

#[test]
fn what_is_wrong_is_said() {
    for (text, kind, range) in [
        ("titel:katu", QueryErrorKind::UnknownField("titel".to_owned()), 0..5),
        ("katu -foo:bar", QueryErrorKind::UnknownField("foo".to_owned()), 6..9),
        ("is:read", QueryErrorKind::UnknownState("read".to_owned()), 3..7),
        ("is:unr", QueryErrorKind::UnknownState("unr".to_owned()), 3..6),
        ("lang:xx", QueryErrorKind::UnknownLanguage("xx".to_owned()), 5..7),
        ("date:eilen", QueryErrorKind::BadDate("eilen".to_owned()), 5..10),
        ("date:2021-13", QueryErrorKind::BadDate("2021-13".to_owned()), 5..12),
        ("date:2022..2021", QueryErrorKind::DatesReversed, 5..15),
        ("date:2021-06..2021-1", QueryErrorKind::DatesReversed, 5..20),
    ] {
        let error = Query::parse(text).unwrap_err();
        assert_eq!((error.kind, error.range), (kind, range), "{text}");
    }
    assert!(matches!(Query::parse(&"a ".repeat(65)).unwrap_err().kind, QueryErrorKind::TooLong));
    let said = Query::parse("is:red").unwrap_err().to_string();
    assert_eq!(said, "is: takes unread, starred or changed, not “red”");
}

#[test]
fn a_query_being_typed_is_never_wrong_on_the_way() {
    for whole in [
        "title:kirjasto",
        "is:unread",
        "lang:sv",
        "date:2021..2022-06",
        "date:2021-05-01..",
        "date:..2020",
        "date:1.6.2021",
        "THL:ään EU:hun",
        "date:2021-06..2021-12",
        "date:2021-06-15..2021-06-28",
        "date:1.6.2021..28.12.2022",
        "\"uusi koulu\" -katu =kadun",
        "source:\"Vantaan kaupunki\" tag:työ",
    ] {
        for (at, _) in whole.char_indices() {
            let part = whole.get(..at).unwrap();
            // A field's name is not known before its colon.
            assert!(Query::parse_unfinished(part).is_ok(), "{part}: {:?}", Query::parse_unfinished(part));
        }
        assert!(Query::parse(whole).is_ok(), "{whole}");
    }
    for nothing in ["", " ", "title:", "is:", "-", "\"", "=", "date:", "-title:", "date:..", "title:\""] {
        assert!(Query::parse(nothing).unwrap().is_empty(), "{nothing}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[a-z:\"=. 0-9-]{0,40}|(title|is|lang|date|tag):[0-9a-z.\" -]{0,12}") {
        for result in [Query::parse(&text), Query::parse_unfinished(&text)] {
            match result {
                Ok(query) => for term in query.terms {
                    prop_assert!(text.get(term.range).is_some());
                },
                Err(error) => {
                    prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error);
                    prop_assert!(!error.to_string().is_empty());
                }
            }
        }
    }
}
