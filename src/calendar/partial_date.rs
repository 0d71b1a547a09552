//! A date known to some precision.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::months::month_name;
use crate::text::Language;

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// Year, month and day.
    Day,
    /// The day and the time of day.
    Minute,
}

/// A date of the Gregorian calendar, known to a [`Precision`], without a time zone.
///
/// The order is that of time; a less precise date comes before the more precise ones within it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    /// The month, 1–12; 0 when unknown.
    month: u8,
    /// The day, 1–31; 0 when unknown.
    day: u8,
    /// Minutes since midnight plus one, 0 when unknown.
    minute: u16,
}

impl PartialDate {
    /// Makes a date of a year; `None` outside 1–9999.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        (1..=9999).contains(&year).then_some(Self { year, month: 0, day: 0, minute: 0 })
    }

    /// Makes a date of a month; `None` when there is no such month.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Option<Self> {
        let date = Self::year(year)?;
        (1..=12).contains(&month).then_some(Self { month, ..date })
    }

    /// Makes a date of a day; `None` when the calendar has no such day.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        let date = Self::month(year, month)?;
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Self { day, ..date })
    }

    /// Returns the same day at a time; `None` when this date has no day, or there is no such time.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8) -> Option<Self> {
        (self.day > 0 && hour < 24 && minute < 60)
            .then(|| Self { minute: u16::from(hour) * 60 + u16::from(minute) + 1, ..self })
    }

    /// Returns how much of the date is known.
    #[must_use]
    pub const fn precision(self) -> Precision {
        match (self.month, self.day, self.minute) {
            (0, ..) => Precision::Year,
            (_, 0, _) => Precision::Month,
            (.., 0) => Precision::Day,
            _ => Precision::Minute,
        }
    }

    /// Returns the year.
    #[must_use]
    pub const fn get_year(self) -> i16 {
        self.year
    }

    /// Returns the month, 1–12, where it is known.
    #[must_use]
    pub const fn get_month(self) -> Option<u8> {
        if self.month > 0 { Some(self.month) } else { None }
    }

    /// Returns the day of the month, where it is known.
    #[must_use]
    pub const fn get_day(self) -> Option<u8> {
        if self.day > 0 { Some(self.day) } else { None }
    }

    /// Returns hour and minute, where they are known.
    #[must_use]
    pub fn get_time(self) -> Option<(u16, u16)> {
        let minutes = self.minute.checked_sub(1)?;
        Some((minutes / 60, minutes % 60))
    }

    /// Returns the date with no more than `precision`.
    #[must_use]
    pub fn to_precision(self, precision: Precision) -> Self {
        let cut = |value: u8, needed: Precision| if precision >= needed { value } else { 0 };
        Self {
            year: self.year,
            month: cut(self.month, Precision::Month),
            day: cut(self.day, Precision::Day),
            minute: if precision >= Precision::Minute { self.minute } else { 0 },
        }
    }

    /// Reads ISO 8601: `2021`, `2021-12`, `2021-12-31`, `2021-12-31T16:43` with seconds and an offset allowed and
    /// left out of account (the time stays as it was stated).
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, time) = match text.split_once(['T', 't', ' ']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let mut parts = date.split('-');
        let year = digits(parts.next()?, 4)?;
        let year = i16::try_from(year).ok()?;
        let Some(month) = parts.next() else { return Self::year(year).filter(|_| time.is_none()) };
        let month = u8::try_from(digits(month, 2)?).ok()?;
        let Some(day) = parts.next() else { return Self::month(year, month).filter(|_| time.is_none()) };
        let day = Self::day(year, month, u8::try_from(digits(day, 2)?).ok()?)?;
        if parts.next().is_some() {
            return None;
        }
        let Some(time) = time else { return Some(day) };
        let mut parts = time.split(':');
        let hour = u8::try_from(digits(parts.next()?, 2)?).ok()?;
        let minute = parts.next()?.get(..2)?;
        day.at(hour, u8::try_from(digits(minute, 2)?).ok()?)
    }

    /// Formats the date as `language` writes it: `11.9.2020`, `joulukuu 2021`, `11 September 2020 at 10:12`.
    #[must_use]
    pub fn format(self, language: Language) -> String {
        let Self { year, day, .. } = self;
        let Some(month) = self.get_month() else { return year.to_string() };
        let date = match (language, day) {
            (_, 0) => return format!("{} {year}", month_name(month, language)),
            (Language::English, _) => format!("{day} {} {year}", month_name(month, language)),
            _ => format!("{day}.{month}.{year}"),
        };
        match (self.get_time(), language) {
            (None, _) => date,
            (Some((hour, minute)), Language::Finnish) => format!("{date} klo {hour}.{minute:02}"),
            (Some((hour, minute)), Language::Swedish) => format!("{date} kl. {hour}.{minute:02}"),
            (Some((hour, minute)), Language::English) => format!("{date} at {hour:02}:{minute:02}"),
        }
    }
}

fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// ISO 8601 to the precision known.
impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if self.month > 0 {
            write!(formatter, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(formatter, "-{:02}", self.day)?;
        }
        if let Some((hour, minute)) = self.get_time() {
            write!(formatter, "T{hour:02}:{minute:02}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse_iso(&text).ok_or_else(|| serde::de::Error::custom("not a date like 2021, 2021-12 or 2021-12-31"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_is_read_to_the_precision_it_states() {
        for (text, precision) in [
            ("2021", Precision::Year),
            ("2021-12", Precision::Month),
            ("2021-12-31", Precision::Day),
            ("2021-12-31T16:43", Precision::Minute),
        ] {
            let date = PartialDate::parse_iso(text).unwrap();
            assert_eq!((date.precision(), date.to_string().as_str()), (precision, text));
        }
        assert_eq!(PartialDate::parse_iso("2020-09-10T10:12:30+03:00").unwrap().to_string(), "2020-09-10T10:12");
        for bad in ["", "21", "2021-13", "2021-02-30", "2021-2-3", "2021T10:00", "2021-12-31T25:00", "2021-12-31-1"] {
            assert_eq!(PartialDate::parse_iso(bad), None, "{bad}");
        }
    }

    #[test]
    fn each_language_writes_its_own_way() {
        let minute = PartialDate::day(2020, 9, 11).unwrap().at(8, 5).unwrap();
        let month = PartialDate::month(2021, 12).unwrap();
        for (language, day, with_time, of_month) in [
            (Language::Finnish, "11.9.2020", "11.9.2020 klo 8.05", "joulukuu 2021"),
            (Language::Swedish, "11.9.2020", "11.9.2020 kl. 8.05", "december 2021"),
            (Language::English, "11 September 2020", "11 September 2020 at 08:05", "December 2021"),
        ] {
            assert_eq!(minute.to_precision(Precision::Day).format(language), day);
            assert_eq!(minute.format(language), with_time);
            assert_eq!(month.format(language), of_month);
        }
    }

    #[test]
    fn order_is_time() {
        let dates = ["2020", "2020-09", "2020-09-11", "2020-09-11T08:05", "2021-01"];
        let parsed: Vec<_> = dates.iter().map(|text| PartialDate::parse_iso(text).unwrap()).collect();
        assert!(parsed.is_sorted());
    }
}
