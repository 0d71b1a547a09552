use super::*;
use proptest::prelude::*;

fn fitting(titles: &[&str], typed: &str) -> Vec<String> {
    let known = Titles::of(titles.iter().copied());
    known.filter(typed, None).fitting.iter().map(|number| titles[*number as usize].to_owned()).collect()
}

#[test]
fn letters_in_order_fit_and_the_closest_come_first() {
    let titles = ["Kokous siirtyy", "Katutyöt alkavat Ämyrissä", "Kaupungin talousarvio", "Uusi katu avataan"];
    assert_eq!(fitting(&titles, "katu")[..2], ["Katutyöt alkavat Ämyrissä", "Uusi katu avataan"]);
    assert_eq!(fitting(&titles, "ÄMYRI kt"), ["Katutyöt alkavat Ämyrissä"]);
    assert_eq!(fitting(&titles, "amyri"), ["Katutyöt alkavat Ämyrissä"]);
    assert_eq!(fitting(&titles, "avataan uusi"), ["Uusi katu avataan"]);
    assert!(fitting(&titles, "xyz").is_empty());
    assert_eq!(fitting(&titles, " ").len(), 4);
}

#[test]
fn among_very_many_titles_those_with_the_word_come_first() {
    let many = (0..2 * ENOUGH).map(|number| format!("Kokous ja tapaaminen talossa kuussa {number}"));
    let titles: Vec<String> = many.chain(["Rinnakkaatu".to_owned(), "Kaatuneiden muistopäivä".to_owned()]).collect();
    let known = Titles::of(titles.iter().map(String::as_str));
    let found = known.filter("kaatu", None);
    let first: Vec<&str> = found.fitting.iter().take(2).map(|number| titles[*number as usize].as_str()).collect();
    assert_eq!(first, ["Kaatuneiden muistopäivä", "Rinnakkaatu"]);
    assert_eq!(found.possible.as_ref().map(Vec::len), Some(titles.len()));
    assert_eq!(known.filter("kaatu", found.possible.clone()), found);
}

#[test]
fn where_very_many_titles_have_the_word_those_with_scattered_letters_are_left_out() {
    let many = (0..=ENOUGH).map(|number| format!("Uusi katu {number}"));
    let titles: Vec<String> = many.chain(["Kokous alkaa tulvan uhatessa".to_owned()]).collect();
    let known = Titles::of(titles.iter().map(String::as_str));
    let found = known.filter("katu", None);
    assert_eq!((found.fitting.len(), found.possible), (ENOUGH + 1, None));
    // More letters find them nevertheless.
    assert_eq!(known.filter("katuh", None).fitting, [u32::try_from(ENOUGH + 1).unwrap()]);
}

#[test]
fn a_word_that_two_titles_have_between_them_is_in_neither() {
    assert_eq!(fitting(&["Kokouska", "tu katu", "Katu"], "katu"), ["tu katu", "Katu"]);
}

#[test]
fn letters_are_found_again_in_the_title() {
    let at = |title: &str, typed| -> Vec<String> {
        letters(title, typed).into_iter().map(|range| title.get(range).unwrap().to_owned()).collect()
    };
    assert_eq!(at("Uusi katu", "katu"), ["katu"]);
    assert_eq!(at("Äijäläntie", "aijala"), ["Äijälä"]);
    assert_eq!(at("Uusi katu", "us kt"), ["U", "s", "k", "t"]);
    assert!(at("Uusi katu", "x").is_empty());
}

proptest! {
    #[test]
    fn parts_give_what_the_whole_gives(
        titles in prop::collection::vec("[a-d1 -]{0,9}", 0..30), typed in "[a-d1 ]{1,4}", narrow: bool, at in 0_usize..9,
    ) {
        let known = Titles::of(titles.iter().map(String::as_str));
        let among = narrow.then(|| (0..).take(titles.len()).step_by(2).collect::<Vec<u32>>());
        let parts = known.filter_in_parts(&typed, among.clone(), |length, part| {
            let at = at.min(length);
            [part(0..at), part(at..length)].concat()
        });
        prop_assert_eq!(parts, known.filter(&typed, among));
    }

    #[test]
    fn every_title_that_has_the_letters_is_possible(
        titles in prop::collection::vec("[a-cä1'é -]{0,9}", 0..20), typed in "[a-cä1' ]{1,4}",
    ) {
        let has = |title: &str, word: &str| {
            let mut letters = title.chars();
            word.chars().all(|letter| letters.any(|other| other == letter))
        };
        let fits = |title: &str| {
            let title = fold(title, Folding::Lenient);
            fold(&typed, Folding::Lenient).split_whitespace().all(|word| has(&title, word))
        };
        let right: Vec<u32> = (0..).zip(&titles).filter(|(_, title)| fits(title)).map(|(number, _)| number).collect();
        prop_assert_eq!(Titles::of(titles.iter().map(String::as_str)).filter(&typed, None).possible, Some(right));
    }

    #[test]
    fn letters_side_by_side_score_as_the_matcher_says(title in "[a-c1 -]{0,12}", word in "[a-c1-]{1,3}") {
        let mut matcher = ends_matcher();
        let word = Word::new(Utf32String::from(word.as_str()), &mut matcher);
        // The matcher is asked about every place for itself.
        let places = (1..=title.len()).filter_map(|end| title.get(..end));
        let right = places.filter_map(|title| {
            let title = Utf32String::from(title);
            matcher.postfix_match(title.slice(..), word.letters.slice(..))
        });
        prop_assert_eq!(word.score_together(&title), right.max());
    }

    #[test]
    fn what_is_typed_on_is_found_among_what_was_possible(
        titles in prop::collection::vec("[a-eäö ]{0,12}", 0..20), typed in "[a-eä ]{1,6}",
    ) {
        let known = Titles::of(titles.iter().map(String::as_str));
        let mut among: Option<Vec<u32>> = None;
        for (at, letter) in typed.char_indices() {
            let typed = typed.get(..at + letter.len_utf8()).unwrap();
            let narrowed = known.filter(typed, among);
            prop_assert_eq!(&narrowed, &known.filter(typed, None));
            among = narrowed.possible;
        }
    }

    #[test]
    fn letters_lie_in_the_title(title in "\\PC{0,30}", typed in "\\PC{0,6}") {
        for range in letters(&title, &typed) {
            prop_assert!(title.get(range).is_some());
        }
    }
}
