//! The announcements built into the program, for whoever starts it without any of their own.

use crate::formats::{self, Input};
use crate::model::{Announcement, Entry, Location};

/// File names and texts, as they stand in `articles/`.
const FILES: &[(&str, &str)] = &[
    ("2021-12-rakenneuudistushanke.fi.md", include_str!("../../articles/2021-12-rakenneuudistushanke.fi.md")),
    ("2021-12-rakenneuudistushanke.sv.md", include_str!("../../articles/2021-12-rakenneuudistushanke.sv.md")),
    ("2021-12-rakenneuudistushanke.en.md", include_str!("../../articles/2021-12-rakenneuudistushanke.en.md")),
    ("2020-09-11-sote-yhteistyo.fi.md", include_str!("../../articles/2020-09-11-sote-yhteistyo.fi.md")),
    ("2020-09-11-sote-yhteistyo.sv.md", include_str!("../../articles/2020-09-11-sote-yhteistyo.sv.md")),
    ("2020-09-11-sote-yhteistyo.en.md", include_str!("../../articles/2020-09-11-sote-yhteistyo.en.md")),
];

/// What the list shows of every bundled announcement.
#[must_use]
pub fn entries() -> Vec<Entry> {
    (0..u8::try_from(FILES.len()).unwrap_or(0))
        .filter_map(|number| Some(Entry::of(&read(number)?, Location::Bundled(number))))
        .collect()
}

/// The bundled announcement of that number.
#[must_use]
pub fn read(number: u8) -> Option<Announcement> {
    let (name, text) = FILES.get(usize::from(number))?;
    formats::read(&Input::new(name, text.as_bytes())).announcements.into_iter().next()
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
