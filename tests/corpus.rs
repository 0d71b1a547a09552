//! How well announcements are understood: precision and recall on the labelled corpus in `tests/corpus`.
//!
//! `cargo test --test corpus -- --nocapture` prints the table and every miss.
#![expect(clippy::disallowed_methods, reason = "the samples are files")]
#![expect(clippy::unwrap_used, reason = "a test ends where its files cannot be read")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tiedote::calendar::Zone;
use tiedote::formats::{Input, read};
use tiedote::model::{Announcement, BlockKind};

/// What an attentive editor says of an announcement; `tests/corpus/README.md` explains the fields.
#[derive(Deserialize)]
struct Label {
    file: String,
    language: String,
    title: Option<String>,
    published: Option<Date>,
    modified: Option<Date>,
    lead: Option<String>,
    section: Option<String>,
    #[serde(default)]
    headings: Vec<String>,
    #[serde(default)]
    quotes: Vec<Quote>,
    #[serde(default)]
    contacts: Vec<String>,
    #[serde(default)]
    boilerplate: Vec<String>,
    #[serde(default)]
    ignore: Vec<String>,
    #[serde(default)]
    lists: usize,
}

#[derive(Deserialize)]
struct Date {
    value: String,
}

#[derive(Deserialize)]
struct Quote {
    text: String,
    speaker: Option<String>,
}

/// Right, wrong and missing.
#[derive(Clone, Copy, Default)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

#[derive(Default)]
struct Table {
    counts: BTreeMap<&'static str, Count>,
    file: String,
}

impl Table {
    /// Counts one answer where there is one to give.
    fn answer(&mut self, what: &'static str, found: Option<&str>, expected: Option<&str>) {
        let count = self.counts.entry(what).or_default();
        match (found, expected) {
            (None, None) => return,
            (Some(found), Some(expected)) if found == expected => {
                count.right += 1;
                return;
            }
            (Some(_), None) => count.wrong += 1,
            (None, Some(_)) => count.missed += 1,
            (Some(_), Some(_)) => {
                count.wrong += 1;
                count.missed += 1;
            }
        }
        println!("{}: {what}: found {found:?}, expected {expected:?}", self.file);
    }

    /// Counts things found against things expected, each taken once; `same` tells whether two are one.
    fn all<'a>(
        &mut self,
        what: &'static str,
        found: &[&'a str],
        expected: &'a [String],
        same: impl Fn(&str, &str) -> bool,
    ) -> Vec<(usize, usize)> {
        let count = self.counts.entry(what).or_default();
        let mut left: Vec<usize> = (0..expected.len()).collect();
        let mut pairs = Vec::new();
        for (at, text) in found.iter().enumerate() {
            if let Some(place) = left.iter().position(|number| same(text, &expected[*number])) {
                pairs.push((at, left.remove(place)));
                count.right += 1;
            } else {
                count.wrong += 1;
                println!("{}: {what}: wrong {text:?}", self.file);
            }
        }
        for number in left {
            count.missed += 1;
            println!("{}: {what}: missed {:?}", self.file, expected[number]);
        }
        pairs
    }
}

/// One blank between words, no soft hyphens.
fn plain(text: &str) -> String {
    text.replace('\u{ad}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn judge(table: &mut Table, label: &Label, found: &Announcement) {
    let blocks = &found.document.blocks;
    let text_of = |kind: fn(&BlockKind) -> bool| -> Vec<String> {
        blocks.iter().filter(|block| kind(&block.kind)).map(|block| plain(&block.text)).collect()
    };
    let title = Some(plain(&found.title)).filter(|title| !title.is_empty());
    table.answer("title", title.as_deref(), label.title.as_deref().map(plain).as_deref());
    let value = |dated: Option<tiedote::model::Dated>| dated.map(|dated| dated.value.to_string());
    table.answer(
        "published",
        value(found.published).as_deref(),
        label.published.as_ref().map(|date| date.value.as_str()),
    );
    table.answer("modified", value(found.modified).as_deref(), label.modified.as_ref().map(|date| date.value.as_str()));
    table.answer("language", found.language.map(tiedote::text::Language::code), Some(&label.language));
    table.answer("section", found.section.as_deref(), label.section.as_deref());
    let expected = label.lead.as_deref().map(plain);
    let length = expected.as_ref().map_or(40, |lead| lead.chars().count().min(40));
    let start = |text: &str| text.chars().take(length).collect::<String>();
    let lead = found.lead().map(|lead| start(&plain(lead)));
    table.answer("lead", lead.as_deref(), expected.as_deref().map(start).as_deref());

    let headings = text_of(|kind| matches!(kind, BlockKind::Heading { .. }));
    let expected: Vec<String> = label.headings.iter().map(|text| plain(text)).collect();
    table.all("headings", &refs(&headings), &expected, |one, other| one == other);
    quotes(table, label, found);
    boilerplate(table, label, &text_of(|kind| *kind == BlockKind::Boilerplate));
    contacts(table, label, &text_of(|kind| *kind == BlockKind::Contact));
    let is_item = |at: usize| blocks.get(at).is_some_and(|block| matches!(block.kind, BlockKind::Item { .. }));
    let lists = (0..blocks.len()).filter(|at| is_item(*at) && (*at == 0 || !is_item(at - 1))).count();
    table.answer("lists", Some(lists.to_string().as_str()), Some(label.lists.to_string().as_str()));
}

fn refs(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn quotes(table: &mut Table, label: &Label, found: &Announcement) {
    let bare = |text: &str| plain(text.trim_start_matches(['–', '—', '-', '"', '”', '“', '»', ' ', '’', '‘', '\'']));
    let mut texts = Vec::new();
    let mut speakers: Vec<Option<String>> = Vec::new();
    let mut before: Option<String> = None;
    let mut follows = false;
    for block in &found.document.blocks {
        if let BlockKind::Quote { .. } = &block.kind {
            let named = block.speaker().map(plain);
            // Whoever is named goes on where nobody else is.
            let speaker = named.or_else(|| before.clone().filter(|_| follows));
            texts.push(bare(&block.text));
            speakers.push(speaker.clone());
            (before, follows) = (speaker, true);
        } else {
            follows = false;
        }
    }
    let expected: Vec<String> = label.quotes.iter().map(|quote| bare(&quote.text)).collect();
    let starts = |one: &str, other: &str| one.starts_with(&other.chars().take(50).collect::<String>());
    let pairs = table.all("quotes", &refs(&texts), &expected, starts);
    for (at, number) in pairs {
        table.answer("speakers", speakers[at].as_deref(), label.quotes[number].speaker.as_deref());
    }
}

/// Lines of the page. Lines the labels leave open are not counted either way.
fn boilerplate(table: &mut Table, label: &Label, found: &[String]) {
    let open: Vec<String> = label.ignore.iter().map(|text| plain(text)).collect();
    let prefix = |text: &str| text.starts_with("date 20");
    let counted: Vec<&str> = found
        .iter()
        .map(String::as_str)
        .filter(|text| !open.iter().any(|line| line == text) && !prefix(text))
        .collect();
    let expected: Vec<String> = label.boilerplate.iter().map(|text| plain(text)).collect();
    table.all("boilerplate", &counted, &expected, |one, other| one == other);
}

/// Contacts: a block is right if it holds a labelled number or address; each of those counts once.
fn contacts(table: &mut Table, label: &Label, found: &[String]) {
    for block in found {
        let right = label.contacts.iter().any(|contact| block.contains(&plain(contact)))
            || label.ignore.iter().any(|line| block == &plain(line));
        if !right {
            table.counts.entry("contacts").or_default().wrong += 1;
            println!("{}: contacts: wrong {block:?}", table.file);
        }
    }
    for contact in &label.contacts {
        let count = table.counts.entry("contacts").or_default();
        if found.iter().any(|block| block.contains(&plain(contact))) {
            count.right += 1;
        } else {
            count.missed += 1;
            println!("{}: contacts: missed {contact:?}", table.file);
        }
    }
}

fn labels(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn the_corpus_is_understood() {
    // Another folder of the same form can be judged: announcements of one's own, held out of the tuning.
    let folder = std::env::var_os("TIEDOTE_CORPUS").map_or_else(|| PathBuf::from("tests/corpus"), PathBuf::from);
    let only_text = std::env::var_os("TIEDOTE_CORPUS_ALL").is_none();
    let helsinki = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
    let mut table = Table::default();
    let mut files = 0;
    for path in labels(&folder) {
        let label: Label = match serde_json::from_slice(&std::fs::read(&path).unwrap()) {
            Ok(label) => label,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        let plain_text = Path::new(&label.file).extension().is_some_and(|ending| ending == "txt");
        if only_text && !plain_text {
            continue;
        }
        files += 1;
        table.file.clone_from(&label.file);
        let bytes = std::fs::read(folder.join(&label.file)).unwrap();
        let reading = read(&Input::new(&label.file, &bytes).in_zone(&helsinki));
        judge(&mut table, &label, &reading.announcements[0]);
    }
    println!(
        "\n{files} announcements\n{:<12} {:>5} {:>5} {:>6} {:>9} {:>6} {:>6}",
        "", "right", "wrong", "missed", "precision", "recall", "F1"
    );
    for (what, count) in &table.counts {
        println!(
            "{what:<12} {:>5} {:>5} {:>6} {:>9.3} {:>6.3} {:>6.3}",
            count.right,
            count.wrong,
            count.missed,
            count.precision(),
            count.recall(),
            count.f1()
        );
    }
    if std::env::var_os("TIEDOTE_CORPUS").is_some() {
        return;
    }
    let count = |what| table.counts.get(what).copied().unwrap_or_default();
    assert!(count("headings").precision() >= 0.95 && count("headings").recall() >= 0.8, "headings");
    assert!(count("quotes").f1() >= 0.97, "quotes");
    assert!(count("published").f1() >= 0.97, "published");
    assert!(count("title").f1() >= 0.95, "title");
    assert!(count("boilerplate").precision() >= 0.95, "boilerplate");
}

#[test]
fn mails_markdown_and_json_of_the_corpus_are_understood() {
    let folder = Path::new("tests/corpus");
    let helsinki = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
    let mut table = Table::default();
    let mut files = 0;
    for path in labels(folder) {
        let label: Label = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let ending = Path::new(&label.file).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        if !["eml", "md", "jsonl"].contains(&ending) {
            continue;
        }
        files += 1;
        table.file.clone_from(&label.file);
        let bytes = std::fs::read(folder.join(&label.file)).unwrap();
        let reading = read(&Input::new(&label.file, &bytes).in_zone(&helsinki));
        judge(&mut table, &label, &reading.announcements[0]);
    }
    assert!(files >= 27, "the files were not found");
    for what in ["title", "published", "language", "lead", "headings", "quotes", "lists"] {
        let count = table.counts[what];
        assert_eq!((count.wrong, count.missed), (0, 0), "{what}: the misses are printed above");
    }
    assert_eq!(table.counts["boilerplate"].wrong, 0, "what is shown is set aside");
}
