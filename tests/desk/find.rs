//! Tests finding in the text, across line ends.

use ratatui::style::Modifier;

use super::support::{Desk, desk, desk_with};
use super::{reading, rows};

/// Returns the text of the cells marked as matches, without line ends.
fn marked(desk: &Desk) -> String {
    let (buffer, _) = desk.cells();
    let found = buffer.content.iter().filter(|cell| cell.modifier.contains(Modifier::REVERSED));
    found.map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn matches_are_found_across_line_ends_and_hyphens() {
    let text = "# Otsikko\n\nJotain on tässä ennen kuin sosiaali- ja terveyspalveluiden rakenneuudistushanke alkaa.";
    for width in 20..=70 {
        let desk = desk_with(&[text]).keys("enter").sized(width, 30);
        let words = desk.keys("enter /").types("rakenneuudistushanke alkaa").shows(&["1/1"]);
        assert_eq!(marked(&words).replace(' ', ""), "rakenneuudistushankealkaa", "at {width}:\n{}", words.screen());
    }
}

#[test]
fn case_and_accents_make_no_difference() {
    for typed in ["vantaan", "VANTAAN", "Vantaan"] {
        assert_eq!(
            desk().keys("enter /").types(typed).state.find.count(),
            desk().keys("enter /").types("vantaan").state.find.count()
        );
    }
    let text = "# Otsikko\n\nKäynnistäjä, KÄYNNISTÄJÄ ja kaynnistaja. Åbo, abo, ABO. Café ja cafe.";
    for (typed, count) in [("kaynnistaja", 3), ("abo", 3), ("cafe", 2)] {
        desk_with(&[text]).keys("enter /").types(typed).has("all of them", |state| state.find.count() == (1, count));
    }
}

#[test]
fn stepping_past_the_last_match_says_so() {
    desk_with(&["# Otsikko\n\nkoe koe koe"])
        .keys("enter /")
        .types("koe")
        .keys("enter")
        .shows(&["1/3"])
        .keys("2 n")
        .shows(&["3/3"])
        .keys("n")
        .shows(&["1/3", "Continued from the top"])
        .keys("N")
        .shows(&["3/3", "Continued from the end"]);
}

#[test]
fn a_match_off_the_screen_is_brought_onto_it() {
    let desk = reading().keys("enter /").types("palvelurakenne").keys("enter");
    assert!(marked(&desk).replace(' ', "").ends_with("palvelurakenne"), "{}", desk.screen());
}

#[test]
fn without_a_match_everything_stays_where_it_was() {
    let before = reading().keys("1 0 j");
    let after =
        reading().keys("1 0 j").keys("enter /").types("qqq").shows(&["No match"]).keys("enter").shows(&["No match"]);
    assert_eq!(rows(&before), rows(&after));
    let after = reading().keys("1 0 j").keys("enter /").types("palvelurakenne").keys("esc");
    assert_eq!(rows(&before), rows(&after));
    assert!(!after.state.find.is_live());
}

#[test]
fn the_prompt_takes_what_is_typed_and_pasted() {
    desk().keys("enter /").types("pro").keys("backspace").types("om").shows(&["/prom"]);
    let pasted = tiedote::app::Event::Pasted("asukkaan\u{1b}[2Jasialla\n".to_owned());
    desk().keys("enter /").happens(pasted).shows(&["/asukkaan␛[2Jasialla"]);
}

#[test]
fn another_announcement_ends_the_search() {
    desk().keys("enter /").types("prom").keys("enter J").has("no search", |state| !state.find.is_live());
}

#[test]
fn on_a_small_screen_a_found_text_is_shown() {
    let desk = desk().sized(50, 20).keys("enter /").types("prom").keys("enter");
    assert_eq!(marked(&desk).to_lowercase().replace("prom", ""), "", "{}", desk.screen());
    assert!(desk.state.screen.plan.reader.is_some());
}
