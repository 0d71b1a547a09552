//! How much of what is relevant the search finds, and how much of what it finds is relevant, on judged texts.
//!
//! `tests/search/texts.jsonl` are short announcements, `queries.jsonl` base-form queries with the texts relevant to them:
//! 2 is about it, 1 mentions it, any other text is not relevant. Averages are macro: every query counts the same.
//! Finnish queries are looked up in all texts; Swedish and English ones share words (`museum`, `budget`) and are asked with
//! `lang:`. Run with `--nocapture` for the figures and each miss.

#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Deserialize;
use tiedote::search::{Entry, Fields, Matcher, Query, Texts, scan};
use tiedote::text::{Folding, Language};

#[derive(Deserialize)]
struct Announcement {
    id: String,
    lang: String,
    title: String,
    body: String,
}

#[derive(Deserialize)]
struct Judged {
    query: String,
    lang: String,
    relevant: BTreeMap<String, u8>,
}

fn lines<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[derive(Default)]
struct Figures {
    queries: u32,
    precision: f64,
    recall: f64,
    clean_tens: u32,
    misses: String,
}

impl Figures {
    fn share(&self, sum: f64) -> f64 {
        sum / f64::from(self.queries)
    }
}

/// The ids found for `query`, the best first.
fn found<'a>(query: &str, announcements: &'a [Announcement]) -> Vec<&'a str> {
    let matcher = Matcher::new(&Query::parse(query).unwrap(), Folding::Strict);
    let folded: Vec<_> = announcements
        .iter()
        .map(|announcement| {
            let mut text = String::new();
            let texts = Texts { title: &announcement.title, body: &announcement.body, ..Texts::default() };
            let ends = texts.fold_into(Folding::Strict, &mut text);
            (text, ends, Language::from_tag(&announcement.lang))
        })
        .collect();
    let entries = folded.iter().map(|(text, ends, language)| Entry {
        text,
        ends: *ends,
        fields: Fields { language: *language, ..Fields::default() },
    });
    scan(&matcher, entries).into_iter().map(|hit| announcements[hit.nth].id.as_str()).collect()
}

fn measure(texts: &str, queries: &str) -> BTreeMap<String, Figures> {
    let announcements: Vec<Announcement> = lines(texts);
    let mut by_language: BTreeMap<String, Figures> = BTreeMap::new();
    for judged in lines::<Judged>(queries) {
        let query = match judged.lang.as_str() {
            "fi" => judged.query.clone(),
            lang => format!("{} lang:{lang}", judged.query),
        };
        let found = found(&query, &announcements);
        let relevant = |id: &&&str| judged.relevant.contains_key(**id);
        let count = |number: usize| f64::from(u32::try_from(number).unwrap());
        let right = found.iter().filter(relevant).count();
        let figures = by_language.entry(judged.lang).or_default();
        figures.queries += 1;
        figures.precision += if found.is_empty() { 1.0 } else { count(right) / count(found.len()) };
        figures.recall += count(right) / count(judged.relevant.len());
        figures.clean_tens += u32::from(found.iter().take(10).all(|id| relevant(&id)));
        let wrong: Vec<_> = found.iter().filter(|id| !relevant(id)).collect();
        let missed: Vec<_> = judged.relevant.keys().filter(|id| !found.contains(&id.as_str())).collect();
        if !wrong.is_empty() || !missed.is_empty() {
            writeln!(figures.misses, "  {}: wrong {wrong:?}, missed {missed:?}", judged.query).unwrap();
        }
    }
    by_language
}

fn report(name: &str, figures: &BTreeMap<String, Figures>) {
    for (language, figures) in figures {
        println!(
            "{name} {language}: {} queries, macro precision {:.3}, recall {:.3}, first ten all relevant {:.2}",
            figures.queries,
            figures.share(figures.precision),
            figures.share(figures.recall),
            figures.share(f64::from(figures.clean_tens)),
        );
        print!("{}", figures.misses);
    }
}

#[test]
fn base_forms_find_what_is_relevant() {
    let figures = measure(include_str!("search/texts.jsonl"), include_str!("search/queries.jsonl"));
    report("judged", &figures);
    let finnish = &figures["fi"];
    assert!(finnish.share(finnish.recall) >= 0.96);
    assert!(finnish.share(finnish.precision) >= 0.87);
    assert!(finnish.share(f64::from(finnish.clean_tens)) >= 0.9);
    for (language, figures) in &figures {
        assert!(figures.share(figures.recall) >= 0.9, "{language}");
        assert!(figures.share(figures.precision) >= 0.85, "{language}");
    }
}

/// Texts written after the rules were settled, with words the rules had not been tried on.
#[test]
fn held_out_texts_are_found_as_well() {
    let figures = measure(include_str!("search/holdout-texts.jsonl"), include_str!("search/holdout-queries.jsonl"));
    report("held out", &figures);
    let finnish = &figures["fi"];
    assert!(finnish.share(finnish.recall) >= 0.96);
    assert!(finnish.share(finnish.precision) >= 0.87);
}

/// A second set, written after the stems were compared with a list of real words, and richer in words that look alike.
#[test]
fn look_alikes_are_told_apart() {
    let figures = measure(include_str!("search/holdout2-texts.jsonl"), include_str!("search/holdout2-queries.jsonl"));
    report("held out, look-alikes", &figures);
    let finnish = &figures["fi"];
    assert!(finnish.share(finnish.recall) >= 0.96);
    assert!(finnish.share(finnish.precision) >= 0.87);
}
