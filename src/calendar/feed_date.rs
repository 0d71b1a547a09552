//! Dates as feeds state them: RFC 822 with all that publishers make of it, RFC 3339, asctime and dates in words.

use jiff::civil;
use jiff::tz::Offset;

use super::feed_names::{digits, month, offset};
use super::{PartialDate, Precision, Zone};

/// Longest text that can be a date, in bytes.
const LONGEST: usize = 120;
/// Most words of a date.
const MOST_WORDS: usize = 16;

/// A date that a feed states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeedDate {
    /// What is shown: the day is the publisher's, the time is reckoned to the reader's zone.
    pub shown: PartialDate,
    /// Seconds since the start of 1970 in UTC; a date without an offset counts as UTC.
    pub second: i64,
}

/// Reads a date of a feed and reckons a stated offset to `zone`; `None` where no date with its year stands in it, or
/// where day and month could be each other.
///
/// The day is the one at the offset that the publisher states. Where the reader's zone has another day at that moment,
/// only the publisher's day is shown; an offset of zero is no place's own, so that the reader's day counts.
#[must_use]
pub fn read_feed_date(text: &str, zone: &Zone) -> Option<FeedDate> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(second) = epoch(text) {
        return Some(FeedDate { shown: zone.at_second(second)?, second });
    }
    let stated = iso(text).or_else(|| words(text))?;
    stated.finish(zone)
}

/// Reads seconds (ten digits) or milliseconds (thirteen) since the start of 1970.
fn epoch(text: &str) -> Option<i64> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let digits = whole.bytes().all(|byte| byte.is_ascii_digit());
    match whole.len() {
        10 if digits => whole.parse().ok(),
        13 if digits => Some(whole.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

/// The parts of a date as they are stated.
#[derive(Clone, Copy, Debug, Default)]
struct Stated {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
    time: Option<Time>,
    /// Minutes east of UTC.
    offset: Option<i16>,
}

#[derive(Clone, Copy, Debug)]
struct Time {
    hour: u8,
    minute: u8,
    second: u8,
}

impl Time {
    fn new(hour: u8, minute: u8, second: u8) -> Option<Self> {
        let valid = (hour < 24 && minute < 60 && second < 62) || (hour, minute, second) == (24, 0, 0);
        valid.then_some(Self { hour, minute, second: second.min(59) })
    }
}

impl Stated {
    fn finish(self, zone: &Zone) -> Option<FeedDate> {
        let year = self.year?;
        let date = match (self.month, self.day) {
            (Some(month), Some(day)) => PartialDate::day(year, month, day)?,
            (Some(month), None) => PartialDate::month(year, month)?,
            (None, _) => PartialDate::year(year)?,
        };
        let Some(time) = self.time.filter(|_| self.day.is_some()) else {
            return Some(FeedDate { shown: date, second: self.moment(Time { hour: 0, minute: 0, second: 0 })? });
        };
        let second = self.moment(time)?;
        // Midnight says no more than the day.
        if matches!(time, Time { hour: 0, minute: 0, second: 0 }) {
            return Some(FeedDate { shown: date, second });
        }
        if time.hour == 24 {
            let shown = super::UTC.at_second(second + i64::from(self.offset.unwrap_or(0)) * 60)?;
            return Some(FeedDate { shown: shown.to_precision(Precision::Day), second });
        }
        let stated = date.at(time.hour, time.minute)?;
        let Some(offset) = self.offset else { return Some(FeedDate { shown: stated, second }) };
        let local = zone.at_second(second)?;
        let day = |date: PartialDate| date.to_precision(Precision::Day);
        // A day of the publisher's is often written as the moment in UTC at which it began.
        let begins = local.get_time() == Some((0, 0)) && time.second == 0;
        let shown = if offset != 0 && day(local) != date {
            date
        } else if begins {
            day(local)
        } else {
            local
        };
        Some(FeedDate { shown, second })
    }

    /// Returns the moment at `time` of this date, in seconds since the start of 1970 in UTC.
    fn moment(self, time: Time) -> Option<i64> {
        let small = |value: u8| i8::try_from(value).ok();
        let day = civil::Date::new(self.year?, small(self.month.unwrap_or(1))?, small(self.day.unwrap_or(1))?).ok()?;
        let midnight = Offset::UTC.to_timestamp(day.to_datetime(civil::Time::midnight())).ok()?.as_second();
        let clock = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(time.second);
        Some(midnight + clock - i64::from(self.offset.unwrap_or(0)) * 60)
    }
}

fn small(value: u16) -> Option<u8> {
    u8::try_from(value).ok()
}

/// Reads a date that begins with its year: RFC 3339, the forms of W3C's note, and their relatives.
fn iso(text: &str) -> Option<Stated> {
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, rest) = digits(text, 4, 4)?;
    let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year));
    let mut stated = Stated { year, ..Stated::default() };
    let rest = if matches!(run, 8 | 12 | 14) {
        let (month, rest) = digits(rest, 2, 2)?;
        let (day, rest) = digits(rest, 2, 2)?;
        (stated.month, stated.day) = (small(month), small(day));
        rest
    } else if run != 4 {
        return None;
    } else if let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.')) {
        let rest = rest.strip_prefix(sign)?;
        // The number of the day in the year.
        if rest.bytes().take_while(u8::is_ascii_digit).count() == 3 {
            let (number, rest) = digits(rest, 3, 3)?;
            let day = civil::Date::new(stated.year?, 1, 1).ok()?.with().day_of_year(i16::try_from(number).ok()?);
            let day = day.build().ok()?;
            (stated.month, stated.day) = (u8::try_from(day.month()).ok(), u8::try_from(day.day()).ok());
            rest
        } else {
            let (month, rest) = digits(rest, 1, 2)?;
            stated.month = small(month);
            match rest.strip_prefix(sign) {
                Some(rest) => {
                    let (day, rest) = digits(rest, 1, 2)?;
                    stated.day = small(day);
                    rest
                }
                None => rest,
            }
        }
    } else {
        rest
    };
    let rest = rest.trim_start_matches(['T', 't', ' ', ',', '_']).trim_start();
    if rest.is_empty() {
        return Some(stated);
    }
    let Some((time, rest)) = clock(rest) else {
        // What stands behind a whole date is no reason to refuse it.
        return stated.day.is_some().then_some(stated);
    };
    let (time, rest) = match meridiem(rest) {
        Some((afternoon, rest)) => (turned(time, afternoon), rest),
        None => (Some(time), rest),
    };
    stated.time = time;
    stated.offset = rest.split_whitespace().find_map(offset).or_else(|| offset(rest.trim()));
    Some(stated)
}

/// Reads a time of day at the start of `text`: `8:05`, `08.05.30`, `080530.5`, `08`; and what follows it.
fn clock(text: &str) -> Option<(Time, &str)> {
    let run = text.bytes().take_while(u8::is_ascii_digit).count();
    if matches!(run, 4 | 6) {
        let (hour, rest) = digits(text, 2, 2)?;
        let (minute, rest) = digits(rest, 2, 2)?;
        let (second, rest) = digits(rest, 2, 2).unwrap_or((0, rest));
        return Some((Time::new(small(hour)?, small(minute)?, small(second)?)?, fraction(rest)));
    }
    let (hour, rest) = digits(text, 1, 2).filter(|_| run <= 2)?;
    let part =
        |text: &'_ str| text.strip_prefix([':', '.']).and_then(|rest| digits(rest, 1, 2).map(|(value, _)| value));
    let behind =
        |text: &'_ str| text.get(1..).map_or(0, |rest| 1 + rest.bytes().take(2).take_while(u8::is_ascii_digit).count());
    let Some(minute) = part(rest) else {
        return Some((Time::new(small(hour)?, 0, 0)?, rest));
    };
    let rest = rest.get(behind(rest)..)?;
    let (second, rest) = match part(rest) {
        Some(second) => (second, rest.get(behind(rest)..)?),
        None => (0, rest),
    };
    Some((Time::new(small(hour)?, small(minute)?, small(second)?)?, fraction(rest)))
}

/// Skips fractions of a second.
fn fraction(text: &str) -> &str {
    match text.strip_prefix(['.', ',', ':']) {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => {
            rest.trim_start_matches(|letter: char| letter.is_ascii_digit())
        }
        _ => text,
    }
}

/// Reports whether the afternoon is meant, where `a.m.` or `p.m.` begins `text`; and what follows it.
fn meridiem(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    [("a.m.", false), ("p.m.", true), ("a.m", false), ("p.m", true), ("am", false), ("pm", true)].into_iter().find_map(
        |(word, afternoon)| {
            let (start, rest) = text.split_at_checked(word.len())?;
            let whole = !rest.starts_with(char::is_alphanumeric);
            (whole && start.eq_ignore_ascii_case(word)).then_some((afternoon, rest))
        },
    )
}

/// Returns a time of the twelve-hour clock on that of 24 hours.
fn turned(time: Time, afternoon: bool) -> Option<Time> {
    let hour = match (afternoon, time.hour) {
        (true, 1..=11) => time.hour + 12,
        (false, 12) => 0,
        (_, hour) => hour,
    };
    Time::new(hour, time.minute, time.second)
}

/// Reads a date whose parts stand in any order that leaves no doubt: `Fri, 11 Sep 2020 08:05 EEST`, `Sep 11, 2020`,
/// `Fri Sep 11 08:05:00 2020`, `11. syyskuuta 2020 klo 8.05`, `Friday, 11-Sep-20 8:05 p.m.`.
fn words(text: &str) -> Option<Stated> {
    let mut stated = Stated::default();
    let text = text.replace(['\u{a0}', '\u{202f}'], " ");
    let mut halves = None;
    let mut asked = false;
    for word in text.split([' ', ',', '\t', '\n', '\r', ';', '|']).filter(|word| !word.is_empty()).take(MOST_WORDS) {
        let bare = word.trim_end_matches(['.', ',']);
        if stated.year.is_some() && stated.time.is_some() || !word.starts_with(|letter: char| letter.is_ascii_digit()) {
            if let Some((afternoon, _)) = meridiem(word) {
                halves = Some(afternoon);
                continue;
            }
            let zoned = stated.time.is_some() && stated.offset.is_none();
            if let Some(minutes) = offset(word).filter(|_| zoned) {
                stated.offset = Some(minutes);
                continue;
            }
        }
        let clocks = word.contains(':') || (stated.day.is_some() && stated.month.is_some() && is_dotted_time(word));
        if word.starts_with(|letter: char| letter.is_ascii_digit()) && (clocks || asked) && stated.time.is_none() {
            let Some((time, rest)) = clock(word.trim_start_matches(['T', 't'])) else { continue };
            stated.time = Some(time);
            if let Some((afternoon, _)) = meridiem(rest) {
                halves = Some(afternoon);
            } else {
                stated.offset = offset(rest).or(stated.offset).filter(|_| !rest.is_empty());
            }
            continue;
        }
        asked = matches!(bare.to_ascii_lowercase().as_str(), "klo" | "kello" | "kl" | "klockan" | "at" | "um");
        if !asked {
            part(word, bare, &mut stated)?;
        }
    }
    if let (Some(time), Some(afternoon)) = (stated.time, halves) {
        stated.time = turned(time, afternoon);
    }
    stated.month.and(stated.year).and(Some(stated))
}

/// Reports whether a word is a time of day with a dot: `8.05`, not `11.9.2020`.
fn is_dotted_time(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let sized =
        |part: &&str, least| (least..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [hour, minute] => sized(hour, 1) && sized(minute, 2),
        [hour, minute, second] => sized(hour, 1) && sized(minute, 2) && sized(second, 2),
        _ => false,
    }
}

/// Takes one word of a date; `None` where it makes the date ambiguous.
fn part(word: &str, bare: &str, stated: &mut Stated) -> Option<()> {
    let pieces: Vec<&str> = bare.split(['-', '/', '.']).filter(|piece| !piece.is_empty()).collect();
    if let [one, two, three] = pieces.as_slice()
        && stated.day.is_none()
        && stated.year.is_none()
    {
        if let Some(month) = month(two).or_else(|| month(one)) {
            let day = if self::month(two).is_some() { one } else { two };
            stated.month = Some(month);
            stated.day = small(digits(day, 1, 2)?.0);
            stated.year = year(three);
        } else if one.bytes().all(|byte| byte.is_ascii_digit()) && !bare.contains('-') {
            numbers(one, two, three, bare.contains('/'), stated)?;
        } else if one.len() == 4 {
            return words_of_iso(bare, stated);
        }
        return Some(());
    }
    if let [one, two] = pieces.as_slice()
        && stated.day.is_none()
        && let Some(named) = month(two)
    {
        (stated.day, stated.month) = (digits(one, 1, 2).and_then(|(day, _)| small(day)), Some(named));
        return Some(());
    }
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        let (value, rest) = digits(bare, 1, 4)?;
        let ordinal = matches!(rest, "" | "st" | "nd" | "rd" | "th" | "er" | ":e" | ":a");
        let length = bare.len() - rest.len();
        if !ordinal {
            return Some(());
        }
        if length <= 2 && stated.day.is_none() {
            stated.day = small(value);
        } else if stated.year.is_none() {
            stated.year = year(bare.get(..length)?);
        }
    } else if stated.month.is_none() {
        stated.month = month(bare);
    }
    Some(())
}

/// Takes a date of ISO 8601 that stands behind another word.
fn words_of_iso(word: &str, stated: &mut Stated) -> Option<()> {
    let found = iso(word)?;
    (stated.year, stated.month, stated.day) = (found.year, found.month, found.day);
    Some(())
}

/// Takes a date of three numbers: `11.9.2020`, `25/9/2020`, `9/25/2020`; `None` where two orders are possible.
fn numbers(one: &str, two: &str, three: &str, slashes: bool, stated: &mut Stated) -> Option<()> {
    let value = |piece: &str| digits(piece, 1, 2).and_then(|(value, rest)| small(value).filter(|_| rest.is_empty()));
    let (one, two) = (value(one)?, value(two)?);
    stated.year = year(three);
    (stated.day, stated.month) = match (one, two) {
        _ if !slashes => (Some(one), Some(two)),
        (1..=12, 1..=12) if one != two => return None,
        (_, 13..) => (Some(two), Some(one)),
        _ => (Some(one), Some(two)),
    };
    Some(())
}

/// Returns the year of two, three (years since 1900) or four digits.
fn year(digits: &str) -> Option<i16> {
    let value = digits.parse::<i16>().ok()?;
    match digits.len() {
        2 if value < 50 => Some(value + 2000),
        2 => Some(value + 1900),
        3 if (100..200).contains(&value) => Some(value + 1900),
        4 => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::UTC;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        let found = read_feed_date(text, &UTC)?;
        Some(format!("{} {}", found.shown, found.second))
    }

    #[test]
    fn forms_of_feeds_are_read() {
        // The same moment, five past eight in the morning in UTC.
        for text in [
            "Fri, 11 Sep 2020 08:05:00 GMT",
            "Fri, 11 Sep 2020 08:05:00 +0000",
            "fri, 11 sep 2020 08:05:00 z",
            "11 Sep 2020 08:05 UT",
            "Fri 11 Sep 2020 08:05:00 UTC",
            "Friday, 11 September 2020 11:05:00 EEST",
            "Fri, 11 Sep 2020 11:05:00 +0300 (EEST)",
            "Fri, 11 Sep 2020 11:05:00 GMT+3",
            "Fri, 11 Sep 2020 04:05:00 EDT",
            "Fri, 11 Sep 20 08:05:00 GMT",
            "Fri, 11 Sep 120 08:05:00 GMT",
            "Friday, 11-Sep-20 08:05:00 GMT",
            "11/Sep/2020 08:05:00 +0000",
            "Sep 11, 2020 8:05 a.m. GMT",
            "September 11th, 2020 at 8:05 AM UTC",
            "Fri Sep 11 08:05:00 2020",
            "Fri Sep 11 08:05:00 UTC 2020",
            "Fri Sep 11 11:05:00 EEST 2020",
            "2020-09-11T08:05:00Z",
            "2020-09-11T08:05:00.123456Z",
            "2020-09-11t08:05:00z",
            "2020-09-11 08:05:00 +0000 UTC",
            "2020-09-11T11:05:00+03:00",
            "2020-09-11T11:05:00+0300",
            "2020-09-11T11:05+03",
            "2020-09-11 08:05",
            "20200911T080500Z",
            "2020-255T08:05:00Z",
            "2020/09/11 08:05:00",
            "pe 11. syyskuuta 2020 klo 8.05",
            "11.9.2020 klo 8.05",
            "den 11 september 2020 kl. 08:05",
            "Fr, 11. Sept. 2020 10:05 MESZ",
            "ven. 11 sept. 2020 08:05:00",
            "vendredi 11 septembre 2020 08:05",
            "perjantai, 11 syys 2020 8:05",
            "Published 2020-09-11 08:05",
        ] {
            assert_eq!(read(text).as_deref(), Some("2020-09-11T08:05 1599811500"), "{text}");
        }
        for (text, expected) in [
            ("2020", "2020 1577836800"),
            ("2020-09", "2020-09 1598918400"),
            ("2020-09-11", "2020-09-11 1599782400"),
            ("Fri, 11 Sep 2020", "2020-09-11 1599782400"),
            ("11 Sep 2020 00:00:00 GMT", "2020-09-11 1599782400"),
            ("10 Sep 2020 24:00:00 GMT", "2020-09-11 1599782400"),
            ("Fri, 11 Sep 2020 8:05 pm", "2020-09-11T20:05 1599854700"),
            ("Fri, 11 Sep 2020 12:05 a.m.", "2020-09-11T00:05 1599782700"),
            ("11 mars 2020", "2020-03-11 1583884800"),
            ("11. März 2020", "2020-03-11 1583884800"),
            ("11 décembre 2020", "2020-12-11 1607644800"),
            ("11 août 2020", "2020-08-11 1597104000"),
            ("25/9/2020", "2020-09-25 1600992000"),
            ("9/25/2020", "2020-09-25 1600992000"),
            ("9/9/2020 10:00", "2020-09-09T10:00 1599645600"),
            ("1599811500", "2020-09-11T08:05 1599811500"),
            ("1599811500000", "2020-09-11T08:05 1599811500"),
            ("Fri, 11 Sep 2020 99:99:99 GMT", "2020-09-11 1599782400"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        for text in ["", "yesterday", "5/9/2020", "12/11/20", "31 Feb 2020", "Fri, 32 Sep 2020", "8:05", "n/a 7"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_day_is_the_publisher_s() {
        let helsinki = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
        for (text, shown) in [
            ("Fri, 11 Sep 2020 10:05:00 +0200", "2020-09-11T11:05"),
            ("Fri, 11 Sep 2020 22:30:00 -0400", "2020-09-11"),
            ("Thu, 10 Sep 2020 22:30:00 GMT", "2020-09-11T01:30"),
            ("Thu, 10 Sep 2020 21:00:00 GMT", "2020-09-11"),
            ("Fri, 11 Sep 2020 00:00:00 -0400", "2020-09-11"),
            ("2020-09-11T23:59:00", "2020-09-11T23:59"),
        ] {
            assert_eq!(read_feed_date(text, &helsinki).unwrap().shown.to_string(), shown, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_not(text in "\\PC{0,60}") {
            let found = read_feed_date(&text, &UTC);
            prop_assert!(found.is_none_or(|date| date.shown.get_year() > 0));
        }

        #[test]
        fn anything_like_a_date_is_read_or_not(text in "[0-9TZ:+./, -]{0,30}(Sep|mars|pm|GMT|EEST|)?[0-9:+. ]{0,12}") {
            let found = read_feed_date(&text, &UTC);
            prop_assert!(found.is_none_or(|date| date.shown.get_year() > 0));
        }

        #[test]
        fn every_moment_comes_through(second in 0_i64..4_000_000_000, minutes in -720_i64..=840) {
            let at = UTC.at_second(second + minutes * 60).unwrap();
            let clock = second + minutes * 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            let away = minutes.abs();
            let text = format!("{at}:{:02}{sign}{:02}:{:02}", clock.rem_euclid(60), away / 60, away % 60);
            prop_assert_eq!(read_feed_date(&text, &UTC).unwrap().second, second, "{}", text);
        }
    }
}
