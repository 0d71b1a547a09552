//! Searching all announcements finds the same, however one came to ask.

use std::sync::Arc;

use proptest::prelude::*;
use tiedote::app::search::{Asked, Sought};
use tiedote::formats::{Input, read};
use tiedote::io::search::answers::Answers;
use tiedote::io::search::corpus::Searched;
use tiedote::model::{Announcement, Location, Marking, Marks};
use tiedote::search::Query;

const WORDS: [&str; 12] = [
    "katu",
    "kadulla",
    "koulu",
    "kouluissa",
    "sote-keskus",
    "Äijälä",
    "aijala",
    "vesi",
    "veden",
    "työt",
    "tyot",
    "uusi",
];

fn announced(number: usize, words: &[usize]) -> Announcement {
    let body: Vec<&str> = words.iter().map(|word| WORDS[*word % WORDS.len()]).collect();
    let (title, body) = (format!("Tiedote {number} {}", body[0]), body.join(" "));
    let text = format!("---\ntitle: {title}\npublished: 20{:02}\nlanguage: fi\n---\n\n{body}.\n", 10 + number % 15);
    read(&Input::new("a.md", text.as_bytes())).announcements.remove(0)
}

fn searched(number: usize, words: &[usize]) -> Searched {
    Searched::of(&announced(number, words), Location::Given(u32::try_from(number).unwrap_or(0)))
}

fn asked(text: &str, ticket: u64, marks: &Arc<Marks>) -> Option<Asked> {
    let query = Query::parse_unfinished(text).ok()?;
    Some(Asked { ticket, sought: Sought::Query(query), marks: Arc::clone(marks), ..Asked::default() })
}

proptest! {
    #[test]
    fn typing_finds_what_asking_at_once_finds(
        texts in prop::collection::vec(prop::collection::vec(0_usize..12, 1..6), 1..24),
        query in prop::collection::vec(
            prop_oneof![
                (0_usize..12).prop_map(|word| WORDS[word].to_owned()),
                (0_usize..12).prop_map(|word| format!("-{}", WORDS[word])),
                (0_usize..12).prop_map(|word| format!("={}", WORDS[word])),
                Just("is:unread".to_owned()), Just("is:changed".to_owned()),
                Just("-is:changed".to_owned()), Just("date:2012".to_owned()), Just("\"katu uusi".to_owned()),
            ],
            1..4,
        ),
        late in 0_usize..24,
        indexed: bool,
    ) {
        let text = query.join(" ");
        let texts: Vec<Searched> = texts.iter().enumerate().map(|(number, words)| searched(number, words)).collect();
        let mut marks = Marks::default();
        for (number, text) in texts.iter().enumerate().take(6) {
            let marking = Marking { read: true, changed: number % 2 == 0, ..Marking::default() };
            marks.set(text.entry.group, marking);
        }
        let marks = Arc::new(marks);
        let late = late.min(texts.len());
        let mut typing = Answers::default();
        for text in &texts[..late] {
            typing.change().add(text.clone());
        }
        if indexed {
            let made = typing.corpus().snapshot().index().unwrap();
            typing.change().look_up_in(made);
        }
        let letters: Vec<usize> = text.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
        for (number, end) in letters.iter().enumerate() {
            // Some come while one types.
            if number == letters.len() / 2 {
                for text in &texts[late..] {
                    typing.change().add(text.clone());
                }
            }
            let typed = text.get(..*end).unwrap_or_default();
            let Some(asked) = asked(typed, number as u64, &marks) else { continue };
            let found = typing.answer(&asked, true, &|| false);
            let mut fresh = Answers::default();
            let known = if number < letters.len() / 2 { &texts[..late] } else { &texts[..] };
            for text in known {
                fresh.change().add(text.clone());
            }
            prop_assert_eq!(found, fresh.answer(&asked, true, &|| false), "{}", typed);
        }
    }
}

#[test]
fn an_index_of_what_became_another_is_not_asked() {
    let mut answers = Answers::default();
    for number in 0..3 {
        answers.change().add(searched(number, &[0]));
    }
    let made = || answers.corpus().snapshot().index();
    let (before, stale) = (made().unwrap(), made().unwrap());
    answers.change().look_up_in(before);
    let found = |answers: &mut Answers, words: &str| {
        let asked = asked(words, 1, &Arc::new(Marks::default())).unwrap_or_default();
        answers.answer(&asked, true, &|| false).map(|found| found.hits.len())
    };
    assert_eq!(found(&mut answers, "katu"), Some(3));
    // Its file was written anew: it is known by the same id, and says something else.
    let known = announced(1, &[0]);
    let changed = Announcement { id: known.id, group: known.group, ..announced(1, &[2]) };
    answers.change().add(Searched::of(&changed, Location::Given(1)));
    assert_eq!((found(&mut answers, "katu"), found(&mut answers, "koulu")), (Some(2), Some(1)));
    answers.change().look_up_in(stale);
    assert_eq!((found(&mut answers, "katu"), found(&mut answers, "koulu")), (Some(2), Some(1)));
}

#[test]
fn what_nobody_wants_to_know_any_more_is_not_answered() {
    let mut answers = Answers::default();
    answers.change().add(searched(1, &[0, 1]));
    let asked = asked("katu", 1, &Arc::new(Marks::default())).unwrap_or_default();
    assert_eq!(answers.answer(&asked, true, &|| true), None);
    assert_eq!(answers.answer(&asked, true, &|| false).map(|found| found.hits.len()), Some(1));
}
