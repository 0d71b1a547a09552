//! Saved pages of the systems that publish announcements: what must be shown of each, and what must not.
//!
//! `tests/pages/` holds the pages and a label for each; the test says of every page what was wrong.

#![expect(clippy::unwrap_used, reason = "a test ends where its files cannot be read")]
#![expect(clippy::disallowed_methods, reason = "the pages are files")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use tiedote::formats::{Input, read};
use tiedote::model::{Announcement, BlockKind};

/// What a page must come out as.
#[derive(Deserialize)]
struct Label {
    file: String,
    language: String,
    title: String,
    published: String,
    /// The lead, where the page says which paragraph it is.
    lead: Option<String>,
    /// Who announces, where the page says so.
    source: Option<String>,
    /// What must be shown.
    with: Vec<String>,
    /// What must be kept aside.
    without: Vec<String>,
}

fn plain(text: &str) -> String {
    text.replace('\u{ad}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn announcement(name: &str, html: &str) -> Announcement {
    read(&Input::new(name, html.as_bytes())).announcements.remove(0)
}

/// All that is wrong with what a page came out as.
fn faults(label: &Label, found: &Announcement) -> Vec<String> {
    let mut faults = Vec::new();
    let mut expect = |what: &str, found: Option<&str>, expected: &str| {
        if found != Some(expected) {
            faults.push(format!("{what} {found:?} instead of {expected:?}"));
        }
    };
    expect("title", Some(&found.title), &label.title);
    expect("language", found.language.map(tiedote::text::Language::code), &label.language);
    let day = found.published.map(|date| date.value.to_string().chars().take(10).collect::<String>());
    expect("published", day.as_deref(), &label.published);
    if let Some(lead) = &label.lead {
        expect("lead", found.lead().map(tiedote::text::Clean::as_str), lead);
    }
    if let Some(source) = &label.source {
        expect("source", found.source.as_deref(), source);
    }
    let shown = found.document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate);
    let shown = plain(&shown.map(|block| block.text.as_str()).collect::<Vec<_>>().join(" "));
    faults
        .extend(label.with.iter().filter(|text| !shown.contains(&plain(text))).map(|text| format!("misses {text:?}")));
    faults
        .extend(label.without.iter().filter(|text| shown.contains(&plain(text))).map(|text| format!("shows {text:?}")));
    faults
}

fn labels() -> Vec<(PathBuf, Label)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.clone(), serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()))
        .collect()
}

#[test]
fn pages_show_their_article_and_nothing_else() {
    let (mut report, mut seen) = (String::new(), 0);
    for (path, label) in labels() {
        let html = std::fs::read_to_string(path.with_file_name(&label.file)).unwrap();
        for fault in faults(&label, &announcement(&label.file, &html)) {
            writeln!(report, "{}: {fault}", label.file).unwrap();
        }
        seen += 1;
    }
    assert!(seen >= 40, "the pages were not found");
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn styles_before_the_title_change_nothing() {
    let styles = format!("<style>{}</style>", ".header{color:#123456;margin:0}\n".repeat(3000));
    for (_, label) in labels() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(&label.file);
        let html = std::fs::read_to_string(path).unwrap();
        let styled = html.replacen("<head>", &format!("<head>{styles}"), 1);
        assert!(styled.len() > 64 * 1024);
        assert_eq!(announcement(&label.file, &styled), announcement(&label.file, &html), "{}", label.file);
    }
}
