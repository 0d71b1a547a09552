//! What an index knows of every announcement besides its words, so that nothing else need be asked for a search: what
//! tells those that match alike apart, and what a query may ask besides words.

use std::collections::HashMap;

use crate::calendar::PartialDate;
use crate::model::{Entry, Id};
use crate::text::Language;

/// Bytes of a record.
const LENGTH: usize = 32;
const LANGUAGES: [Option<Language>; 4] =
    [None, Some(Language::Finnish), Some(Language::Swedish), Some(Language::English)];

/// An announcement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is known by.
    pub id: Id,
    /// What all its language versions share.
    pub group: Id,
    /// When it was published.
    pub published: Option<PartialDate>,
    /// The language of the text as a whole.
    pub language: Option<Language>,
    /// Whether it says that it translates another.
    pub translation: bool,
    /// Whether it has other language versions.
    pub versions: bool,
    source: u32,
}

/// The announcements of an index, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    records: Vec<Record>,
    /// Names of sources; the first is that of announcements that tell none.
    sources: Vec<String>,
}

impl Records {
    /// The records of announcements.
    pub fn of(entries: impl Iterator<Item = Entry>) -> Self {
        let mut records = Self { records: Vec::new(), sources: vec![String::new()] };
        let mut sources: HashMap<String, u32> = HashMap::new();
        let mut groups: HashMap<Id, u32> = HashMap::new();
        for entry in entries {
            let source = match &entry.source {
                None => 0,
                Some(name) => *sources.entry(name.to_string()).or_insert_with(|| {
                    records.sources.push(name.to_string());
                    u32::try_from(records.sources.len() - 1).unwrap_or(0)
                }),
            };
            *groups.entry(entry.group).or_default() += 1;
            let Entry { id, group, published, language, translation, .. } = entry;
            records.records.push(Record { id, group, published, language, translation, versions: false, source });
        }
        for record in &mut records.records {
            record.versions = groups.get(&record.group).is_some_and(|count| *count > 1);
        }
        records
    }

    /// The record of the announcement of that rank.
    #[must_use]
    pub fn get(&self, rank: usize) -> Option<&Record> {
        self.records.get(rank)
    }

    /// The name of an announcement's source; empty where it tells none.
    #[must_use]
    pub fn source(&self, record: &Record) -> &str {
        self.sources.get(record.source as usize).map_or("", String::as_str)
    }

    /// The bytes of it.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 + self.records.len() * LENGTH);
        bytes.extend_from_slice(&(self.records.len() as u64).to_le_bytes());
        for record in &self.records {
            bytes.extend_from_slice(&record.id.to_stored().to_le_bytes());
            bytes.extend_from_slice(&record.group.to_stored().to_le_bytes());
            let date = record.published;
            let year = date.map_or(0, PartialDate::get_year);
            let part = |part: fn(PartialDate) -> Option<u8>| date.and_then(part).unwrap_or(0);
            let minute = date.and_then(PartialDate::get_time).map_or(0, |(hour, minute)| hour * 60 + minute + 1);
            bytes.extend_from_slice(&year.to_le_bytes());
            bytes.extend_from_slice(&[part(PartialDate::get_month), part(PartialDate::get_day)]);
            bytes.extend_from_slice(&minute.to_le_bytes());
            let language = LANGUAGES.iter().position(|language| *language == record.language).unwrap_or(0);
            bytes.push(u8::try_from(language).unwrap_or(0));
            bytes.push(u8::from(record.translation) | u8::from(record.versions) << 1);
            bytes.extend_from_slice(&record.source.to_le_bytes());
            bytes.extend_from_slice(&[0; 4]);
        }
        bytes.extend_from_slice(self.sources.join("\n").as_bytes());
        bytes
    }

    /// The records of those bytes; `None` when they are none.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_mul(LENGTH)?;
        let (records, sources) = rest.split_at_checked(length)?;
        let records = records.as_chunks::<LENGTH>().0.iter().map(record).collect();
        Some(Self { records, sources: str::from_utf8(sources).ok()?.split('\n').map(str::to_owned).collect() })
    }
}

fn record(bytes: &[u8; LENGTH]) -> Record {
    let (words, _) = bytes.as_chunks::<8>();
    let [id, group, rest, more] = [0, 1, 2, 3].map(|at| words.get(at).copied().unwrap_or_default());
    let [year_low, year_high, month, day, minute_low, minute_high, language, flags] = rest;
    let [first, second, third, fourth, ..] = more;
    let minute = u16::from_le_bytes([minute_low, minute_high]);
    Record {
        id: Id::from_stored(i64::from_le_bytes(id)),
        group: Id::from_stored(i64::from_le_bytes(group)),
        published: date(i16::from_le_bytes([year_low, year_high]), month, day, minute),
        language: LANGUAGES.get(usize::from(language)).copied().flatten(),
        translation: flags & 1 > 0,
        versions: flags & 2 > 0,
        source: u32::from_le_bytes([first, second, third, fourth]),
    }
}

fn date(year: i16, month: u8, day: u8, minute: u16) -> Option<PartialDate> {
    match (month, day) {
        (0, _) => PartialDate::year(year),
        (_, 0) => PartialDate::month(year, month),
        _ => {
            let date = PartialDate::day(year, month, day)?;
            let Some(minutes) = minute.checked_sub(1) else { return Some(date) };
            date.at(u8::try_from(minutes / 60).ok()?, u8::try_from(minutes % 60).ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Location;
    use crate::text::Clean;
    use std::sync::Arc;

    #[test]
    fn records_come_back_as_they_went_in() {
        let dates = [
            None,
            Some("2021"),
            Some("1999-12"),
            Some("2020-09-11"),
            Some("2020-09-11T00:00"),
            Some("2020-09-11T23:59"),
        ];
        let entries: Vec<Entry> = dates
            .into_iter()
            .zip(["a", "b", "c", "d", "a", "f"])
            .enumerate()
            .map(|(number, (date, group))| Entry {
                id: Id::of(&[&number.to_string()]),
                group: Id::of(&[group]),
                title: Clean::line("Otsikko"),
                source: (number % 2 == 0).then(|| Arc::new(Clean::line("Vantaa"))),
                published: date.and_then(PartialDate::parse_iso),
                language: LANGUAGES.get(number % 5).copied().flatten(),
                translation: number == 2,
                minutes: 1,
                location: Location::Kept(1),
                sketch: None,
            })
            .collect();
        let records = Records::of(entries.iter().cloned());
        assert_eq!(Records::read(&records.to_bytes()).as_ref(), Some(&records));
        for (rank, entry) in entries.iter().enumerate() {
            let record = records.get(rank).unwrap();
            assert_eq!((record.id, record.published, record.language), (entry.id, entry.published, entry.language));
            assert_eq!(records.source(record), entry.source.as_ref().map_or("", |source| source.as_str()));
            assert_eq!((record.translation, record.versions), (entry.translation, rank == 0 || rank == 4));
        }
        assert_eq!(Records::read(b"12345678"), None);
    }
}
