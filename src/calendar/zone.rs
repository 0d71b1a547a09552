//! The reader's time zone, handed in from outside: a stated offset is reckoned to it.

use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};

use super::PartialDate;

/// A time zone with its rules for summer time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// Coordinated Universal Time, the zone where none is handed in.
pub static UTC: Zone = Zone(TimeZone::UTC);

impl Zone {
    /// Reads a rule as POSIX writes it in `TZ`, such as `EET-2EEST,M3.5.0/3,M10.5.0/4`; `None` where it is none.
    #[must_use]
    pub fn posix(rule: &str) -> Option<Self> {
        TimeZone::posix(rule).ok().map(Self)
    }

    /// Reads the bytes of a compiled time zone file (RFC 9636); `None` where they are none.
    #[must_use]
    pub fn compiled(name: &str, bytes: &[u8]) -> Option<Self> {
        TimeZone::tzif(name, bytes).ok().map(Self)
    }

    /// Returns the zone whose clocks are always `seconds` ahead of UTC; UTC where none can be.
    #[must_use]
    pub fn fixed(seconds: i32) -> Self {
        Offset::from_seconds(seconds).map_or_else(|_| UTC.clone(), |offset| Self(TimeZone::fixed(offset)))
    }

    /// Returns what a clock of this zone shows when one at `offset` minutes east of UTC shows `date`.
    ///
    /// A date without a time of day is that of its publisher and stays as it is.
    #[must_use]
    pub fn reckon(&self, date: PartialDate, offset: i16) -> PartialDate {
        self.try_reckon(date, offset).unwrap_or(date)
    }

    fn try_reckon(&self, date: PartialDate, offset: i16) -> Option<PartialDate> {
        let (hour, minute) = date.get_time()?;
        let stated = civil::DateTime::new(
            date.get_year(),
            i8::try_from(date.get_month()?).ok()?,
            i8::try_from(date.get_day()?).ok()?,
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            0,
            0,
        );
        let offset = Offset::from_seconds(i32::from(offset) * 60).ok()?;
        self.shown(offset.to_timestamp(stated.ok()?).ok()?)
    }

    /// Returns what a clock of this zone shows `seconds` after the start of 1970 in UTC; `None` outside years 1–9999.
    #[must_use]
    pub fn at_second(&self, seconds: i64) -> Option<PartialDate> {
        self.shown(Timestamp::from_second(seconds).ok()?)
    }

    /// Returns by how many seconds clocks of this zone are ahead of UTC `seconds` after the start of 1970 in UTC.
    #[must_use]
    pub fn offset_at(&self, seconds: i64) -> i32 {
        Timestamp::from_second(seconds).map_or(0, |moment| self.0.to_offset(moment).seconds())
    }

    fn shown(&self, moment: Timestamp) -> Option<PartialDate> {
        let local = self.0.to_datetime(moment);
        let small = |value: i8| u8::try_from(value).ok();
        PartialDate::day(local.year(), small(local.month())?, small(local.day())?)?
            .at(small(local.hour())?, small(local.minute())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_reckoned_to_the_zone_with_its_summer_time() {
        let helsinki = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
        for (stated, offset, utc, local) in [
            ("2020-09-11T10:00", 180, "2020-09-11T07:00", "2020-09-11T10:00"),
            ("2020-09-11T22:30", 0, "2020-09-11T22:30", "2020-09-12T01:30"),
            ("2021-12-31T22:30", 0, "2021-12-31T22:30", "2022-01-01T00:30"),
            ("2020-03-01T00:15", 330, "2020-02-29T18:45", "2020-02-29T20:45"),
            ("2013-11-21T20:55", -240, "2013-11-22T00:55", "2013-11-22T02:55"),
            ("2020-09-11", -600, "2020-09-11", "2020-09-11"),
            ("2020-09", 600, "2020-09", "2020-09"),
            ("9999-12-31T23:59", -1439, "9999-12-31T23:59", "9999-12-31T23:59"),
        ] {
            let date = PartialDate::parse_iso(stated).unwrap();
            assert_eq!(UTC.reckon(date, offset).to_string(), utc, "{stated}");
            assert_eq!(helsinki.reckon(date, offset).to_string(), local, "{stated}");
        }
        assert_eq!(helsinki.at_second(1_599_800_700).unwrap().to_string(), "2020-09-11T08:05");
    }

    #[test]
    fn what_is_no_zone_is_none() {
        assert_eq!(Zone::posix("Europe/Helsinki"), None);
        assert_eq!(Zone::compiled("a", b"rubbish"), None);
    }
}
