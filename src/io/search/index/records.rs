//! What an index knows of every announcement besides its words, so that nothing else need be asked for a search: what
//! tells those that match alike apart, and what a query may ask besides words.

use std::collections::HashMap;

use crate::app::search::Hit;
use crate::calendar::PartialDate;
use crate::model::{Entry, Id};
use crate::text::Language;

/// Bytes of a record.
const LENGTH: usize = 32;
/// What its flags say.
const TRANSLATION: u8 = 1;
const VERSIONS: u8 = 2;
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

/// The announcements of an index, in its order: as the bytes they are kept as, since few of them are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// Their number in eight bytes, the records, and the names of sources.
    bytes: Vec<u8>,
    count: usize,
    /// Names of sources; the first is that of announcements that tell none.
    sources: Vec<String>,
}

impl Records {
    /// Makes records of announcements.
    pub fn of(entries: impl Iterator<Item = Entry>) -> Self {
        let mut names = vec![String::new()];
        let mut sources: HashMap<String, u32> = HashMap::new();
        let mut groups: HashMap<Id, u32> = HashMap::new();
        let mut records = Vec::new();
        for entry in entries {
            let source = match &entry.source {
                None => 0,
                Some(name) => *sources.entry(name.to_string()).or_insert_with(|| {
                    names.push(name.to_string());
                    u32::try_from(names.len() - 1).unwrap_or(0)
                }),
            };
            *groups.entry(entry.group).or_default() += 1;
            let Entry { id, group, published, language, translation, .. } = entry;
            records.push(Record { id, group, published, language, translation, versions: false, source });
        }
        let versions = |record: &Record| groups.get(&record.group).is_some_and(|count| *count > 1);
        let mut bytes = (records.len() as u64).to_le_bytes().to_vec();
        for record in &records {
            bytes.extend_from_slice(&Record { versions: versions(record), ..*record }.to_bytes());
        }
        bytes.extend_from_slice(names.join("\n").as_bytes());
        Self { bytes, count: records.len(), sources: names }
    }

    fn all(&self) -> &[[u8; LENGTH]] {
        let records = self.bytes.get(8..).map_or(&[] as &[_], |rest| rest.as_chunks::<LENGTH>().0);
        records.get(..self.count).unwrap_or_default()
    }

    /// Returns the record of the announcement of that rank.
    #[must_use]
    pub fn get(&self, rank: usize) -> Option<Record> {
        self.all().get(rank).map(Record::read)
    }

    /// Returns how the announcement of that rank is shown among what matches, and whether it has other language versions: all
    /// that is asked of most.
    #[must_use]
    pub fn hit(&self, rank: usize) -> Option<(Hit, bool)> {
        let [id, group, rest, _] = words(self.all().get(rank)?);
        let [.., flags] = rest;
        Some((Hit { group: identity(group), id: identity(id) }, flags & VERSIONS > 0))
    }

    /// Returns the name of an announcement's source; empty where it has none.
    #[must_use]
    pub fn source(&self, record: &Record) -> &str {
        self.sources.get(record.source as usize).map_or("", String::as_str)
    }

    /// Returns the records as bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Parses records; returns `None` when the bytes are none.
    #[must_use]
    pub fn read(bytes: Vec<u8>) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<8>()?;
        let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
        let sources = str::from_utf8(rest.get(count.checked_mul(LENGTH)?..)?).ok()?;
        let sources = sources.split('\n').map(str::to_owned).collect();
        Some(Self { bytes, count, sources })
    }
}

impl Record {
    fn to_bytes(self) -> [u8; LENGTH] {
        let date = self.published;
        let year = date.map_or(0, PartialDate::get_year);
        let part = |part: fn(PartialDate) -> Option<u8>| date.and_then(part).unwrap_or(0);
        let minute = date.and_then(PartialDate::get_time).map_or(0, |(hour, minute)| hour * 60 + minute + 1);
        let language = LANGUAGES.iter().position(|language| *language == self.language).unwrap_or(0);
        let flags = if self.translation { TRANSLATION } else { 0 } | if self.versions { VERSIONS } else { 0 };
        let mut bytes = [0; LENGTH];
        let parts: [&[u8]; 7] = [
            &self.id.to_stored().to_le_bytes(),
            &self.group.to_stored().to_le_bytes(),
            &year.to_le_bytes(),
            &[part(PartialDate::get_month), part(PartialDate::get_day)],
            &minute.to_le_bytes(),
            &[u8::try_from(language).unwrap_or(0), flags],
            &self.source.to_le_bytes(),
        ];
        bytes.iter_mut().zip(parts.into_iter().flatten()).for_each(|(to, from)| *to = *from);
        bytes
    }

    fn read(bytes: &[u8; LENGTH]) -> Self {
        let [id, group, rest, more] = words(bytes);
        let [year_low, year_high, month, day, minute_low, minute_high, language, flags] = rest;
        let [first, second, third, fourth, ..] = more;
        let minute = u16::from_le_bytes([minute_low, minute_high]);
        Self {
            id: identity(id),
            group: identity(group),
            published: date(i16::from_le_bytes([year_low, year_high]), month, day, minute),
            language: LANGUAGES.get(usize::from(language)).copied().flatten(),
            translation: flags & TRANSLATION > 0,
            versions: flags & VERSIONS > 0,
            source: u32::from_le_bytes([first, second, third, fourth]),
        }
    }
}

fn words(bytes: &[u8; LENGTH]) -> [[u8; 8]; 4] {
    let (words, _) = bytes.as_chunks::<8>();
    [0, 1, 2, 3].map(|at| words.get(at).copied().unwrap_or_default())
}

const fn identity(bytes: [u8; 8]) -> Id {
    Id::from_stored(i64::from_le_bytes(bytes))
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
                group: Id::of(&[group]),
                source: (number % 2 == 0).then(|| Arc::new(Clean::line("Vantaa"))),
                published: date.and_then(PartialDate::parse_iso),
                language: LANGUAGES.get(number % 5).copied().flatten(),
                translation: number == 2,
                ..Entry::titled(&number.to_string())
            })
            .collect();
        let records = Records::of(entries.iter().cloned());
        assert_eq!(Records::read(records.clone().into_bytes()).as_ref(), Some(&records));
        for (rank, entry) in entries.iter().enumerate() {
            let record = records.get(rank).unwrap();
            assert_eq!((record.id, record.published, record.language), (entry.id, entry.published, entry.language));
            assert_eq!(records.source(&record), entry.source.as_ref().map_or("", |source| source.as_str()));
            assert_eq!((record.translation, record.versions), (entry.translation, rank == 0 || rank == 4));
            let hit = Hit { group: entry.group, id: entry.id };
            assert_eq!(records.hit(rank), Some((hit, record.versions)));
        }
        assert_eq!(Records::read(b"12345678".to_vec()), None);
    }
}
