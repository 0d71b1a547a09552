//! Measures how fast all announcements are searched: `cargo bench --bench search`. Each line gives a time, and its
//! ratio to a scan of all texts in this process. No time is asserted, since machines differ.
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

mod support;

use std::hint::black_box;
use std::time::Instant;

use support::time;
use tiedote::app::search::{Asked, Sought};
use tiedote::formats::{Input, read};
use tiedote::io::files::bundled;
use tiedote::io::search::answers::Answers;
use tiedote::io::search::corpus::Searched;
use tiedote::model::Location;
use tiedote::search::index::{Index, Kept, in_memory};
use tiedote::search::{Entry, Fields, Matcher, Query, Texts, Titles, scan};
use tiedote::text::Language;
use tiedote::text::fold::Folding;

/// Number of announcements searched, and of words in each.
const ANNOUNCEMENTS: u32 = 20_000;
const WORDS: u64 = 150;
/// Number of titles filtered.
const TITLES: u32 = 100_000;
/// Number of files searched, each with twice as many words.
const FILES: u32 = 10_000;

fn main() {
    let texts = texts();
    let bytes: usize = texts.iter().map(|text| text.text.len()).sum();
    println!("{ANNOUNCEMENTS} announcements, {} MB folded", bytes / 1_000_000);
    let start = Instant::now();
    let index = index(&texts);
    println!("made the index in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    for query in ["harvinaisneula", "hanke", "kau", "k", "keskus", "vantaa kerava", "-hanke kaupunki", "title:sote"] {
        let Ok(query_read) = Query::parse_unfinished(query) else { continue };
        let matcher = Matcher::new(&query_read, Folding::Strict);
        let mut found = 0;
        let taken = time(|| {
            if let Ok(Some(looked)) = index.look(&matcher, &|| false) {
                found = looked.in_order().len();
            }
        });
        let floor = time(|| {
            let fields = Fields { language: Some(Language::Finnish), ..Fields::default() };
            let entries = texts.iter().map(|text| Entry { text: &text.text, ends: text.ends, fields: fields.clone() });
            black_box(scan(&matcher, entries));
        });
        let ratio = taken.as_secs_f64() / floor.as_secs_f64().max(1e-9);
        println!("{query:<20} {found:>6} found {:>9.3} ms {ratio:>7.3} × a scan", taken.as_secs_f64() * 1e3);
    }
    titles();
    files();
}

/// Measures a letter typed while titles are filtered, with nothing cached of the letters before.
fn titles() {
    let all: Vec<String> = stories(TITLES, 1).map(|(title, _)| title).collect();
    let known = Titles::of(all.iter().map(String::as_str));
    println!("{TITLES} titles");
    for typed in ["k", "ka", "kau", "kerava", "sote", "tiedote 99", "ktu"] {
        let mut found = 0;
        let taken = time(|| found = known.filter(typed, None).fitting.len());
        let floor = time(|| {
            black_box(all.iter().filter(|title| title.contains(typed)).count());
        });
        let ratio = taken.as_secs_f64() / floor.as_secs_f64().max(1e-9);
        println!("{typed:<20} {found:>6} found {:>9.3} ms {ratio:>7.3} × contains", taken.as_secs_f64() * 1e3);
    }
}

/// Measures a letter typed while files outside a library are searched: before they have an index, and after.
fn files() {
    let mut answers = Answers::default();
    for (number, (title, body)) in (0..FILES).zip(stories(FILES, 2 * WORDS)) {
        let text = format!("---\ntitle: {title}\nlanguage: fi\n---\n\n{body}\n");
        for announcement in read(&Input::new("a.md", text.as_bytes())).announcements {
            answers.change().add(Searched::of(&announcement, Location::Given(number)));
        }
    }
    println!("{FILES} files");
    let letter = |answers: &mut Answers, typed: &str| {
        let query = Query::parse_unfinished(typed).ok();
        let asked = Asked { sought: Sought::Query(query.unwrap_or_default()), ..Asked::default() };
        let mut found = 0;
        let taken = time(|| {
            // Drops the results cached for earlier words.
            answers.change();
            found = answers.answer(&asked, true, &|| false).map_or(0, |found| found.hits.len());
        });
        (found, taken.as_secs_f64() * 1e3)
    };
    let typed = ["katu", "sote", "vantaa", "ke", "k", "sote keskus"];
    let before = typed.map(|typed| letter(&mut answers, typed));
    let start = Instant::now();
    let Some(index) = answers.corpus().snapshot().index() else { return };
    println!("made their index in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    answers.change().look_up_in(index);
    for (typed, (all, before)) in typed.into_iter().zip(before) {
        let (found, after) = letter(&mut answers, typed);
        assert_eq!(found, all, "an index finds what a look through the texts finds");
        println!("{typed:<20} {found:>6} found {before:>9.3} ms without, {after:>9.3} ms with the index");
    }
}

/// Returns the announcements searched, folded.
fn texts() -> Vec<Kept> {
    stories(ANNOUNCEMENTS, WORDS)
        .map(|(title, body)| {
            let texts = Texts { title: &title, body: &body, ..Texts::default() };
            let mut text = String::new();
            let ends = texts.fold_into(Folding::Strict, &mut text);
            Kept { text, ends, language: Some(Language::Finnish) }
        })
        .collect()
}

/// Generates titles and bodies of announcements from words of the bundled Finnish ones, some of them joined; one word
/// is rare.
fn stories(announcements: u32, length: u64) -> impl Iterator<Item = (String, String)> {
    let finnish = (0..6).filter_map(bundled::read).filter(|one| one.language == Some(Language::Finnish));
    let words: Vec<String> = finnish
        .flat_map(|one| one.document.blocks)
        .flat_map(|block| block.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut seed = 1_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let count = words.len() as u64;
    (0..announcements).map(move |number| {
        // Words early in the list are frequent.
        let mut word = || {
            let below = random(count) + 1;
            words.get(usize::try_from(random(below)).unwrap_or(0)).map_or("", String::as_str)
        };
        let mut body = String::new();
        for at in 0..length {
            body.push_str(word());
            if at % 9 == 0 {
                body.push_str(word());
            }
            body.push(' ');
        }
        if number % 2000 == 7 {
            body.push_str("harvinaisneula");
        }
        let title = format!("Tiedote {number}: {} {}", word(), word());
        (title, body)
    })
}

fn index(texts: &[Kept]) -> Index<Vec<u8>> {
    let made = in_memory(texts.iter().map(|text| (text.language, text.text.as_str(), &text.ends)));
    made.unwrap_or_else(|_| unreachable!("what was just made is whole"))
}
