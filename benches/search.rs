//! How fast all announcements are searched: `cargo bench --bench search`. Each line gives a time, and how many times as
//! long that is as looking through all texts in this process. Nothing is asserted; machines differ.
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use tiedote::io::bundled;
use tiedote::search::index::{Contents, Index, Kept, Run, merge};
use tiedote::search::{Entry, Fields, Matcher, Query, Texts, scan};
use tiedote::text::Language;
use tiedote::text::fold::Folding;

/// Announcements that are searched, and words in each.
const ANNOUNCEMENTS: u32 = 20_000;
const WORDS: u64 = 150;

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
            if let Ok(Some(looked)) = index.look(&matcher, &mut |_| None, &|| false) {
                found = looked.hits(|_| true).len();
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
}

/// The median time of `work` over several rounds.
fn time(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..5)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// Texts of the words of the Finnish announcements that come with the program, some of them joined; one word is rare.
fn texts() -> Vec<Kept> {
    let finnish = (0..6).filter_map(bundled::read).filter(|one| one.language == Some(Language::Finnish));
    let words: Vec<String> = finnish
        .flat_map(|one| one.document.blocks)
        .flat_map(|block| block.text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let mut seed = 1_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let count = words.len() as u64;
    (0..ANNOUNCEMENTS)
        .map(|number| {
            // Words that come early come often.
            let mut word = || {
                let below = random(count) + 1;
                words.get(usize::try_from(random(below)).unwrap_or(0)).map_or("", String::as_str)
            };
            let mut body = String::new();
            for at in 0..WORDS {
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
            let texts = Texts { title: &title, body: &body, ..Texts::default() };
            let mut text = String::new();
            let ends = texts.fold_into(Folding::Strict, &mut text);
            Kept { text, ends, language: Some(Language::Finnish) }
        })
        .collect()
}

fn index(texts: &[Kept]) -> Index<Vec<u8>> {
    let mut run = Run::default();
    for (rank, text) in (0..).zip(texts) {
        run.add(rank, text.language, &text.text, &text.ends);
    }
    let (mut words, mut out) = (Vec::new(), Cursor::new(Vec::new()));
    let numbers: Vec<u32> = (0..ANNOUNCEMENTS).collect();
    let contents = Contents { numbers: &numbers, extra: &[], seq: 0 };
    let made = run.write(&mut words).and_then(|()| merge(vec![Cursor::new(words)], &contents, &mut out));
    assert!(made.is_ok(), "memory can be written");
    Index::open(out.into_inner()).unwrap_or_else(|_| unreachable!("what was just made is whole"))
}
