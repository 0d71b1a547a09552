//! The announcements built into the program, for whoever starts it without any of their own.

use std::sync::Arc;

use crate::calendar::PartialDate;
use crate::formats::{self, Input};
use crate::model::{Announcement, Entry, Location};
use crate::text::{Clean, Language};

/// File names and texts, as they stand in `articles/`.
const FILES: &[(&str, &str)] = &[
    ("2021-12-rakenneuudistushanke.fi.md", include_str!("../../../articles/2021-12-rakenneuudistushanke.fi.md")),
    ("2021-12-rakenneuudistushanke.sv.md", include_str!("../../../articles/2021-12-rakenneuudistushanke.sv.md")),
    ("2021-12-rakenneuudistushanke.en.md", include_str!("../../../articles/2021-12-rakenneuudistushanke.en.md")),
    ("2020-09-11-sote-yhteistyo.fi.md", include_str!("../../../articles/2020-09-11-sote-yhteistyo.fi.md")),
    ("2020-09-11-sote-yhteistyo.sv.md", include_str!("../../../articles/2020-09-11-sote-yhteistyo.sv.md")),
    ("2020-09-11-sote-yhteistyo.en.md", include_str!("../../../articles/2020-09-11-sote-yhteistyo.en.md")),
];

/// What the list shows of them, a line each, so that the first frame needs only the text it shows.
const LIST: &str = include_str!("bundled.tsv");

/// Returns what the list shows of every bundled announcement.
#[must_use]
pub fn entries() -> Vec<Entry> {
    (0..).zip(LIST.lines()).filter_map(|(number, line)| entry(line, number)).collect()
}

/// Parses a line of the list.
fn entry(line: &str, number: u8) -> Option<Entry> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Entry {
        id: next()?.parse().ok()?,
        group: next()?.parse().ok()?,
        published: PartialDate::parse_iso(next()?),
        language: Language::from_tag(next()?),
        translation: next()? == "translation",
        minutes: next()?.parse().ok()?,
        source: next().filter(|source| !source.is_empty()).map(|source| Arc::new(Clean::line(source))),
        title: Clean::line(next()?),
        location: Location::Bundled(number),
        sketch: None,
    })
}

/// Returns the bundled announcement with this number; `None` if there is no such number.
#[must_use]
pub fn read(number: u8) -> Option<Announcement> {
    let (name, text) = FILES.get(usize::from(number))?;
    formats::read(&Input::new(name, text.as_bytes())).announcements.into_iter().next()
}

/// Returns the file of the bundled announcement of that number: its name and its bytes.
#[must_use]
pub fn file(number: u8) -> Option<(&'static str, &'static [u8])> {
    FILES.get(usize::from(number)).map(|(name, text)| (*name, text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Library;

    #[test]
    fn every_file_in_articles_is_bundled() {
        let mut names: Vec<String> = std::fs::read_dir("articles")
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut bundled: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        names.sort();
        bundled.sort_unstable();
        assert_eq!(names, bundled);
    }

    /// `TIEDOTE_KEEP=1` writes the list anew.
    #[test]
    fn the_list_says_what_reading_the_texts_would() {
        let known: Vec<Entry> = (0..u8::try_from(FILES.len()).unwrap())
            .map(|number| Entry::of(&read(number).unwrap(), Location::Bundled(number)))
            .collect();
        if std::env::var_os("TIEDOTE_KEEP").is_some() {
            let lines = known.iter().map(|entry| {
                let or_empty = |text: Option<String>| text.unwrap_or_default();
                [
                    entry.id.to_string(),
                    entry.group.to_string(),
                    or_empty(entry.published.map(|date| date.to_string())),
                    or_empty(entry.language.map(|language| language.code().to_owned())),
                    (if entry.translation { "translation" } else { "original" }).to_owned(),
                    entry.minutes.to_string(),
                    or_empty(entry.source.as_ref().map(ToString::to_string)),
                    entry.title.to_string(),
                ]
                .join("\t")
                    + "\n"
            });
            std::fs::write("src/io/files/bundled.tsv", lines.collect::<String>()).unwrap();
            return;
        }
        assert_eq!(entries(), known);
    }

    #[test]
    fn two_announcements_in_three_languages_each() {
        let mut library = Library::default();
        library.add(entries());
        assert_eq!(library.len(), 2);
        for row in 0..2 {
            assert_eq!(library.versions(row).len(), 3);
            assert!(!library.leader(row).unwrap().translation);
        }
    }
}
