//! Lists the facts about an announcement, in the language of the interface.

use super::words;
use crate::app::messages::{self, Text};
use crate::app::sources::Holder;
use crate::model::{Announcement, Block, BlockKind, Dated, Entry, Location};
use crate::text::{Clean, Language};

/// Holds a label and its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: &'static str,
    /// The values, at least one.
    pub values: Vec<Clean>,
}

/// Borrows the data the facts are made from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The list's entry.
    pub entry: &'a Entry,
    /// The announcement, once read.
    pub announcement: Option<&'a Announcement>,
    /// Further places that hold it.
    pub duplicates: &'a [&'a Location],
    /// The files of the library that hold it, once looked up.
    pub holders: Option<&'a [Holder]>,
    /// Whether boilerplate is shown in full.
    pub boilerplate: bool,
    /// The key that shows and hides it.
    pub boilerplate_key: &'a str,
    /// The user's tags.
    pub filed: &'a [Clean],
    /// The language of the labels.
    pub language: Language,
}

/// Returns everything known, in the order it is told.
#[must_use]
pub fn facts(known: &Known<'_>) -> Vec<Fact> {
    let mut facts = Facts { language: known.language, facts: Vec::new() };
    let entry = known.entry;
    let title = if entry.title.is_empty() { facts.clean(messages::UNTITLED) } else { entry.title.clone() };
    facts.put(words::TITLE, [title]);
    let filed: Vec<&Clean> = known.filed.iter().collect();
    facts.put(words::FILED, [Clean::joined(&filed, ", ")]);
    facts.files(known);
    if let Some(announcement) = known.announcement {
        facts.announcement(announcement, known);
        return facts.facts;
    }
    facts.put(words::LANGUAGE, [facts.clean(words::language(entry.language))]);
    facts.put(words::PUBLISHED, entry.published.map(|date| Clean::line(&date.format(known.language))));
    facts.put(words::SOURCE, entry.source.as_deref().cloned());
    let minutes = format!("{} {}", entry.minutes, facts.say(words::MINUTES));
    facts.put(words::LENGTH, [Clean::line(&minutes)]);
    facts.facts
}

struct Facts {
    language: Language,
    facts: Vec<Fact>,
}

impl Facts {
    fn say(&self, text: Text) -> &'static str {
        text.get(self.language)
    }

    fn clean(&self, text: Text) -> Clean {
        Clean::line(self.say(text))
    }

    fn put(&mut self, label: Text, values: impl IntoIterator<Item = Clean>) {
        let values: Vec<Clean> = values.into_iter().filter(|value| !value.is_empty()).collect();
        if !values.is_empty() {
            self.facts.push(Fact { label: self.say(label), values });
        }
    }

    /// Adds the file the announcement is read from, and the others that hold it.
    fn files(&mut self, known: &Known<'_>) {
        let mut places: Vec<Clean> = match (&known.entry.location, known.holders) {
            (Location::Kept(_), Some([])) => vec![self.clean(words::KEPT)],
            (Location::Kept(_), Some(holders)) => holders.iter().map(|holder| self.holder(holder)).collect(),
            (location, _) => vec![self.location(location)],
        };
        let mut others = places.split_off(1);
        others.extend(known.duplicates.iter().map(|location| self.location(location)));
        self.put(words::FILE, places);
        self.put(words::ALSO_IN, others);
    }

    fn location(&self, location: &Location) -> Clean {
        match location {
            Location::Bundled(_) => self.clean(words::BUNDLED),
            Location::File { path, item } => self.file(&path.to_string_lossy(), *item),
            Location::Given(_) => self.clean(words::GIVEN),
            Location::Kept(_) => self.clean(words::IN_LIBRARY),
        }
    }

    fn holder(&self, holder: &Holder) -> Clean {
        let file = self.file(&holder.path, holder.item);
        if holder.there { file } else { Clean::line(&format!("{file} ({})", self.say(words::GONE))) }
    }

    /// Returns a path, and which announcement of the file it is where it is not the first.
    fn file(&self, path: &str, item: u32) -> Clean {
        match item {
            0 => Clean::line(path),
            _ => Clean::line(&format!("{path}, {} {}", self.say(words::ITEM), u64::from(item) + 1)),
        }
    }

    fn announcement(&mut self, announcement: &Announcement, known: &Known<'_>) {
        let provenance = announcement.provenance;
        let format = match provenance.format {
            "plain text" => self.say(words::PLAIN_TEXT),
            "mail" => self.say(words::MAIL),
            format => format,
        };
        let packed = if provenance.packed { format!(", {}", self.say(words::PACKED)) } else { String::new() };
        if !format.is_empty() {
            self.put(words::FORMAT, [Clean::line(&format!("{format}{packed}"))]);
        }
        self.put(words::ENCODING, [Clean::line(provenance.encoding)]);
        self.put(words::LANGUAGE, [self.languages(announcement)]);
        self.put(words::PUBLISHED, announcement.published.map(|dated| self.date(dated)));
        self.put(words::MODIFIED, announcement.modified.map(|dated| self.date(dated)));
        self.put(words::SOURCE, announcement.source.clone());
        self.put(words::SECTION, announcement.section.clone());
        let tags: Vec<&Clean> = announcement.tags.iter().collect();
        self.put(words::TAGS, [Clean::joined(&tags, ", ")]);
        let document = &announcement.document;
        let (count, minutes) = (document.words(), known.entry.minutes);
        let length = format!("{count} {}, {minutes} {}", self.say(words::WORDS), self.say(words::MINUTES));
        self.put(words::LENGTH, [Clean::line(&length)]);
        self.put(words::ADDRESS, announcement.address.clone());
        self.put(words::LINKS, document.links.iter().map(|link| link.address.clone()));
        let of_kind = |kind: BlockKind| document.blocks.iter().filter(move |block| block.kind == kind);
        self.put(words::CONTACTS, of_kind(BlockKind::Contact).map(|block| block.text.clone()));
        self.put(words::NOTES, announcement.notes.iter().map(|note| note.0.clone()));
        let boilerplate = of_kind(BlockKind::Boilerplate).count();
        if boilerplate > 0 {
            let key = known.boilerplate_key;
            let does = if known.boilerplate { words::HIDES } else { words::SHOWS };
            let (passages, does) = (self.say(words::passages(boilerplate)), self.say(does));
            self.put(words::BOILERPLATE, [Clean::line(&format!("{boilerplate} {passages}; {key} {does}"))]);
        }
    }

    /// Returns the date, how exactly it is known, and where that came from.
    fn date(&self, dated: Dated) -> Clean {
        let date = dated.value.format(self.language);
        let exact = self.say(words::precision(dated.value.precision()));
        Clean::line(&format!("{date}, {exact}, {}", self.say(words::origin(dated.origin))))
    }

    /// Returns the language of the whole, then those of which parts are.
    fn languages(&self, announcement: &Announcement) -> Clean {
        let mut told = self.say(words::language(announcement.language)).to_owned();
        for language in Language::ALL.into_iter().filter(|language| Some(*language) != announcement.language) {
            let is = |block: &&Block| block.language == Some(language) && block.kind != BlockKind::Boilerplate;
            let count = announcement.document.blocks.iter().filter(is).count();
            if count > 0 {
                let (name, passages) = (self.say(words::language(Some(language))), self.say(words::passages(count)));
                told += &["; ", name, " (", &count.to_string(), " ", passages, ")"].concat();
            }
        }
        Clean::line(&told)
    }
}
