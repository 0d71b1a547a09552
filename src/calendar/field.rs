//! Dates as people and programs write them into a field: one date, of which at least the day is read.

use super::find::{FoundDate, find_date};
use super::{PartialDate, Zone};

/// Longest text of a field that can be a date, in bytes.
const LONGEST: usize = 120;
/// Most words before a date in a field: a weekday, a label, "Last updated on".
const MOST_BEFORE: usize = 3;

/// Reads a date field and reckons a stated offset to `zone`; `None` where no date with its year stands in it.
///
/// Understood are ISO 8601 and its relatives (`2020-9-11 8.05`, `2020/09/11`, `20200911T0805Z`), `11.9.2020 klo 8.05`,
/// `11.9.20`, the forms of mail (RFC 5322) and of programs (`Fri Sep 11 08:05:00 EEST 2020`), seconds or milliseconds since
/// 1970, and dates in Finnish, Swedish and English words. A time that cannot be read costs only itself; midnight says
/// no more than the day, which then stays the publisher's.
#[must_use]
pub fn read_date(text: &str, zone: &Zone) -> Option<PartialDate> {
    let text = text.trim().trim_matches(['"', '\'']).trim();
    if text.len() > LONGEST || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(moment) = epoch(text, zone) {
        return Some(moment);
    }
    let (date, rest) = numeric(text).or_else(|| terse(text)).or_else(|| in_words(text))?;
    if date.get_day().is_none() {
        return Some(date);
    }
    let Some((time, after)) = time(rest) else { return Some(date) };
    let dated = match time {
        Time { hour: 0 | 24, minute: 0, second: 0 } => return Some(date),
        Time { hour, minute, .. } => date.at(hour, minute)?,
    };
    let Some(offset) = offset(after) else { return Some(dated) };
    let shown = zone.reckon(dated, offset);
    // A day of the publisher's is often written as the moment in UTC at which it began.
    let begins = shown.get_time() == Some((0, 0)) && time.second == 0;
    Some(if begins { shown.to_precision(super::Precision::Day) } else { shown })
}

/// Returns the day that a file name or an address holds: `2016-03-04-title.md`, `/2020/03/12/title`, `20200312_title`.
#[must_use]
pub fn date_in_name(name: &str) -> Option<PartialDate> {
    let bytes = name.as_bytes();
    let starts = (0..bytes.len().min(1000)).filter(|at| {
        bytes.get(*at).is_some_and(u8::is_ascii_digit)
            && !at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric)
    });
    starts.filter_map(|at| name.get(at..)).find_map(|rest| {
        let (year, after) = digits(rest, 4..=4).or_else(|| {
            let compact = rest.bytes().take_while(u8::is_ascii_digit).count() == 8;
            compact.then(|| Some((rest.get(..4)?.parse().ok()?, rest.get(4..)?)))?
        })?;
        let year = i16::try_from(year).ok().filter(|year| (1990..=2099).contains(year))?;
        let sign = after.chars().next().filter(|sign| matches!(sign, '-' | '/' | '_' | '.'));
        let past = |text: &'_ str| match sign {
            Some(sign) => text.starts_with(sign).then_some(sign.len_utf8()),
            None => Some(0),
        };
        let after = after.get(past(after)?..)?;
        let (month, after) = (after.get(..2)?.parse().ok()?, after.get(2..)?);
        let after = after.get(past(after)?..)?;
        let (day, after) = (after.get(..2)?.parse().ok()?, after.get(2..)?);
        let ends = !after.starts_with(|letter: char| letter.is_ascii_digit());
        PartialDate::day(year, month, day).filter(|_| ends)
    })
}

/// A time of day as it is stated.
#[derive(Clone, Copy, Debug)]
struct Time {
    hour: u8,
    minute: u8,
    second: u8,
}

/// Reads seconds (ten digits) or milliseconds (thirteen) since the start of 1970.
fn epoch(text: &str, zone: &Zone) -> Option<PartialDate> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match whole.len() {
        10 => zone.at_second(whole.parse().ok()?),
        13 => zone.at_second(whole.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

/// Reads `count.start` to `count.end` digits at the start of `text`; the value and what follows.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<(u16, &str)> {
    let length = text.bytes().take(count.end() + 1).take_while(u8::is_ascii_digit).count();
    if !count.contains(&length) {
        return None;
    }
    Some((text.get(..length)?.parse().ok()?, text.get(length..)?))
}

/// Reads `2020`, `2020-09`, `2020-9-11`, `2020/09/11`, `2020.9.11`, `20200911`; the date and what follows.
fn numeric(text: &str) -> Option<(PartialDate, &str)> {
    if let Some(compact) = compact(text) {
        return Some(compact);
    }
    let (year, rest) = digits(text, 4..=4)?;
    let year = i16::try_from(year).ok()?;
    if rest.is_empty() {
        return Some((PartialDate::year(year)?, rest));
    }
    let sign = rest.chars().next().filter(|sign| matches!(sign, '-' | '/' | '.'))?;
    let (month, rest) = digits(rest.strip_prefix(sign)?, 1..=2)?;
    let month = u8::try_from(month).ok()?;
    let Some(day) = rest.strip_prefix(sign) else {
        return rest.is_empty().then_some((PartialDate::month(year, month)?, rest));
    };
    let (day, rest) = digits(day, 1..=2)?;
    if rest.starts_with(['-', '/']) {
        return None;
    }
    Some((PartialDate::day(year, month, u8::try_from(day).ok()?)?, rest))
}

/// Reads eight digits as year, month and day, where a time, nothing or a blank follows.
fn compact(text: &str) -> Option<(PartialDate, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !matches!(length, 8 | 12 | 14) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<u8>().ok();
    let year: i16 = text.get(..4)?.parse().ok()?;
    let date = PartialDate::day(year, part(4..6)?, part(6..8)?).filter(|_| (1500..=2999).contains(&year))?;
    Some((date, text.get(8..)?))
}

/// Parses the short forms that occur in fields but not in running text: `11.9.20`, `11 Sep 20`, `11-Sep-2020`,
/// `9/25/2020`. Returns the date and the rest of `text`.
fn terse(text: &str) -> Option<(PartialDate, &str)> {
    let text = without_weekday(text);
    let (day, rest) = digits(text, 1..=2)?;
    let day = u8::try_from(day).ok()?;
    if let Some(rest) = rest.strip_prefix('.')
        && let Some((month, rest)) = digits(rest, 1..=2)
        && let Some((year, rest)) = rest.strip_prefix('.').and_then(|rest| digits(rest, 2..=2))
    {
        return Some((PartialDate::day(full_year(year)?, u8::try_from(month).ok()?, day)?, rest));
    }
    if let Some(rest) = rest.strip_prefix('/')
        && let Some((month, rest)) = digits(rest, 1..=2)
        && let Some((year, rest)) = rest.strip_prefix('/').and_then(|rest| digits(rest, 4..=4))
        && month > 12
    {
        // The second part is the day where it can be no month.
        return Some((PartialDate::day(i16::try_from(year).ok()?, day, u8::try_from(month).ok()?)?, rest));
    }
    let rest = rest.trim_start_matches([' ', '-', '.']);
    let length = rest.find(|letter: char| !letter.is_alphabetic()).filter(|length| *length >= 3)?;
    let (month, _) = super::named_month(&rest.get(..length)?.to_lowercase())?;
    let (year, after) = digits(rest.get(length..)?.trim_start_matches([' ', '-', '.']), 2..=4)?;
    let year = if year > 99 { i16::try_from(year).ok()? } else { full_year(year)? };
    Some((PartialDate::day(year, month, day)?, after)).filter(|(_, rest)| !rest.starts_with([':', '.']))
}

/// Returns the year meant by its last two digits, as RFC 5322 has it: 50–99 are of the last century.
fn full_year(year: u16) -> Option<i16> {
    i16::try_from(if year < 50 { year + 2000 } else { year + 1900 }).ok()
}

fn without_weekday(text: &str) -> &str {
    let word = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(0);
    if word >= 2 { text.get(word..).unwrap_or_default().trim_start_matches(['.', ',', ' ']) } else { text }
}

/// Reads a date as texts write it, where no more than a few words stand before it and its year is stated.
fn in_words(text: &str) -> Option<(PartialDate, &str)> {
    let FoundDate { range, year, month, day, .. } = find_date(text, 0)?;
    if text.get(..range.start)?.split_whitespace().count() > MOST_BEFORE {
        return None;
    }
    let (year, rest) = if let Some(year) = year {
        // The time is read once more behind the date, with its seconds and its offset.
        (year, behind_date(text, &range, year)?)
    } else {
        // "Fri Sep 11 08:05:00 EEST 2020"
        let last = text.rsplit(' ').next()?;
        let (year, _) = digits(last, 4..=4).filter(|(_, rest)| rest.is_empty())?;
        let clock = text.get(range.start..)?.split(' ').find(|word| word.contains(':'))?;
        (i16::try_from(year).ok()?, text.get(text.find(clock)?..text.len() - last.len())?)
    };
    let date = match day {
        Some(day) => PartialDate::day(year, month, day)?,
        None => PartialDate::month(year, month)?,
    };
    Some((date, rest))
}

/// Returns what follows the date in `range`, which has its year at the start or at the end.
fn behind_date<'a>(text: &'a str, range: &std::ops::Range<usize>, year: i16) -> Option<&'a str> {
    let digits = year.to_string();
    let rest = text.get(range.start + text.get(range.clone())?.find(&digits)? + digits.len()..)?;
    let iso = rest.strip_prefix('-').map(|rest| rest.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    Some(match iso.and_then(|rest| rest.strip_prefix('-')) {
        Some(day) => day.trim_start_matches(|letter: char| letter.is_ascii_digit()),
        None => rest,
    })
}

/// Reads the time of day at the start of `text`, behind the words and signs that part it from a date; and what follows.
fn time(text: &str) -> Option<(Time, &str)> {
    let mut rest = text.trim_start_matches(|letter: char| letter.is_whitespace() || ",;|@–-".contains(letter));
    let marked = rest.strip_prefix(['T', 't']).filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
    rest = marked.unwrap_or(rest);
    let mut named = marked.is_some();
    for word in ["klockan", "kello", "klo", "kl", "at"] {
        if let Some((start, after)) = rest.split_at_checked(word.len())
            && start.eq_ignore_ascii_case(word)
        {
            let after = after.trim_start_matches('.').trim_start();
            if after.starts_with(|letter: char| letter.is_ascii_digit()) {
                (rest, named) = (after, true);
            }
            break;
        }
    }
    let part = |text| digits(text, 2..=2).and_then(|(value, rest)| Some((u8::try_from(value).ok()?, rest)));
    let (hour, minute, second, rest) = if let Some((hour, after)) = digits(rest, 1..=2) {
        let hour = u8::try_from(hour).ok()?;
        match after.strip_prefix([':', '.']).and_then(part) {
            Some((minute, after)) => {
                let seconds = after.strip_prefix([':', '.']).and_then(part);
                let (second, after) = seconds.unwrap_or((0, after));
                (hour, minute, second, fraction(after))
            }
            None if named || meridiem(after).is_some() => (hour, 0, 0, after),
            None => return None,
        }
    } else {
        // Four or six digits in a row.
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !matches!(length, 4 | 6) {
            return None;
        }
        let (hour, after) = (rest.get(..2)?.parse().ok()?, rest.get(2..)?);
        let (minute, after) = (after.get(..2)?.parse().ok()?, after.get(2..)?);
        let second = if length == 6 { after.get(..2)?.parse().ok()? } else { 0 };
        (hour, minute, second, fraction(after.get(length - 4..)?))
    };
    let (hour, rest) = match (meridiem(rest), hour) {
        (Some((true, rest)), 1..=11) => (hour + 12, rest),
        (Some((false, rest)), 12) => (0, rest),
        (Some((_, rest)), _) => (hour, rest),
        (None, _) => (hour, rest),
    };
    let valid = (hour < 24 && minute < 60 && second < 61) || (hour, minute, second) == (24, 0, 0);
    valid.then_some((Time { hour, minute, second }, rest))
}

/// Skips fractions of a second.
fn fraction(text: &str) -> &str {
    match text.strip_prefix(['.', ',']) {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => {
            rest.trim_start_matches(|letter: char| letter.is_ascii_digit())
        }
        _ => text,
    }
}

/// Reports whether the afternoon is meant, where `am` or `pm` follows; and what follows it.
fn meridiem(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    [("a.m.", false), ("p.m.", true), ("am", false), ("pm", true)].into_iter().find_map(|(word, afternoon)| {
        let (start, rest) = text.split_at_checked(word.len())?;
        let whole = !rest.starts_with(char::is_alphanumeric);
        (whole && start.eq_ignore_ascii_case(word)).then_some((afternoon, rest))
    })
}

/// Returns the offset stated at the start of `text`, in minutes east of UTC: `Z`, `+03:00`, `+0300`, `-4`, `EEST`, `GMT+2`.
fn offset(text: &str) -> Option<i16> {
    const NAMED: [(&str, i16); 21] = [
        ("Z", 0),
        ("UTC", 0),
        ("GMT", 0),
        ("UT", 0),
        ("WET", 0),
        ("WEST", 60),
        ("BST", 60),
        ("CET", 60),
        ("MET", 60),
        ("CEST", 120),
        ("MEST", 120),
        ("EET", 120),
        ("EEST", 180),
        ("EST", -300),
        ("EDT", -240),
        ("CST", -360),
        ("CDT", -300),
        ("MST", -420),
        ("MDT", -360),
        ("PST", -480),
        ("PDT", -420),
    ];
    let text = text.trim_start().trim_start_matches('(');
    let length = text.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(length)?;
    let named = NAMED.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, minutes)| *minutes);
    if !name.is_empty() && named.is_none() {
        return None;
    }
    let sign = match rest.chars().next() {
        Some('+') => 1,
        Some('-' | '\u{2212}') => -1,
        _ => return named,
    };
    let rest = rest.trim_start_matches(['+', '-', '\u{2212}']);
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = |text: &str| text.parse::<i16>().ok();
    let (hours, minutes) = match length {
        1 | 2 => {
            let minutes = rest.get(length..)?.strip_prefix(':').and_then(|rest| number(rest.get(..2)?));
            (number(rest.get(..length)?)?, minutes.unwrap_or(0))
        }
        4 => (number(rest.get(..2)?)?, number(rest.get(2..4)?)?),
        _ => return named,
    };
    (hours < 24 && minutes < 60).then_some(named.unwrap_or(0) + sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::super::UTC;
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<String> {
        read_date(text, &UTC).map(|date| date.to_string())
    }

    #[test]
    fn dates_of_fields() {
        for (text, expected) in [
            ("2020", "2020"),
            ("2020-09", "2020-09"),
            ("2020-09-11", "2020-09-11"),
            ("2020-9-1", "2020-09-01"),
            ("2020/09/11", "2020-09-11"),
            ("2020.09.11", "2020-09-11"),
            ("20200911", "2020-09-11"),
            ("20200911T080500", "2020-09-11T08:05"),
            ("202009110805", "2020-09-11T08:05"),
            ("2020-09-11 8:05", "2020-09-11T08:05"),
            ("2020-09-11 08.05", "2020-09-11T08:05"),
            ("2020-09-11 klo 8.05", "2020-09-11T08:05"),
            ("2020-09-11 kl. 8.05", "2020-09-11T08:05"),
            ("2020-09-11 at 8:05 pm", "2020-09-11T20:05"),
            ("2020-09-11T24:00", "2020-09-11"),
            ("2020-09-11T08", "2020-09-11T08:00"),
            ("2020-09-11T08:05:33.125", "2020-09-11T08:05"),
            ("2020-09-11 00:00", "2020-09-11"),
            ("2020-09-11T00:00:00-04:00", "2020-09-11"),
            ("2020-09-11+03:00", "2020-09-11"),
            ("2020-09-11 pian", "2020-09-11"),
            ("2020-09-11T25:61", "2020-09-11"),
            ("11.9.2020", "2020-09-11"),
            ("11.09.2020 08:05", "2020-09-11T08:05"),
            ("11.9.2020 klo 8.05", "2020-09-11T08:05"),
            ("11.9.20", "2020-09-11"),
            ("11.9.20 klo 8", "2020-09-11T08:00"),
            ("pe 11.9.2020", "2020-09-11"),
            ("perjantaina 11.9.2020 kello 8.05", "2020-09-11T08:05"),
            ("11. syyskuuta 2020", "2020-09-11"),
            ("11. syyskuuta 2020 klo 8.05", "2020-09-11T08:05"),
            ("den 11 september 2020 kl. 08.05", "2020-09-11T08:05"),
            ("11 september 2020", "2020-09-11"),
            ("September 11, 2020", "2020-09-11"),
            ("September 11, 2020 8:05 AM", "2020-09-11T08:05"),
            ("Sept. 11, 2020", "2020-09-11"),
            ("11 Sep 2020", "2020-09-11"),
            ("11-Sep-2020", "2020-09-11"),
            ("syyskuu 2020", "2020-09"),
            ("lokakuu 2021", "2021-10"),
            ("Julkaistu 11.9.2020", "2020-09-11"),
            ("11/09/2020", "2020-09-11"),
            ("9/25/2020", "2020-09-25"),
            ("'2020-09-11'", "2020-09-11"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "pian", "huomenna", "31.2.2020", "2021-13", "2021-02-30", "5", "11.9.", "1234567"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(read("Tiedote julkaistaan vasta sen jälkeen kun 11.9.2020 on ohi"), None);
    }

    #[test]
    fn names_and_addresses_hold_days() {
        for (name, expected) in [
            ("2016-03-04-silta-avataan.md", Some("2016-03-04")),
            ("https://example.fi/2020/03/12/bron-oppnas/", Some("2020-03-12")),
            ("2020/03/12/the-bridge", Some("2020-03-12")),
            ("20200312_tiedote.md", Some("2020-03-12")),
            ("tiedote_2020_03_12", Some("2020-03-12")),
            ("tiedote-1234-56-78", None),
            ("silta-2020-03.md", None),
            ("uutiset/123456789", None),
            ("2020-13-40.md", None),
            ("", None),
        ] {
            assert_eq!(date_in_name(name).map(|date| date.to_string()).as_deref(), expected, "{name}");
        }
    }

    #[test]
    fn a_stated_offset_is_reckoned_to_the_zone() {
        let helsinki = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
        for (text, utc, local) in [
            ("2020-09-11T22:30:00Z", "2020-09-11T22:30", "2020-09-12T01:30"),
            ("2021-12-31T22:30:00.000Z", "2021-12-31T22:30", "2022-01-01T00:30"),
            ("2020-09-10T21:00:00Z", "2020-09-10T21:00", "2020-09-11"),
            ("2013-11-21 9:55:56 -0400", "2013-11-21T13:55", "2013-11-21T15:55"),
            ("2013-11-21 9:55:56 -4", "2013-11-21T13:55", "2013-11-21T15:55"),
            ("Fri, 11 Sep 2020 08:05:00 +0300", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("11 Sep 20 08:05 EEST", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("Fri Sep 11 08:05:00 EEST 2020", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("Fri, 11 Sep 2020 10:00:00 +0300 (EEST)", "2020-09-11T07:00", "2020-09-11T10:00"),
            ("11.9.2020 8.05 EEST", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("September 11, 2020 8:05 PM EDT", "2020-09-12T00:05", "2020-09-12T03:05"),
            ("20200911T080500+0530", "2020-09-11T02:35", "2020-09-11T05:35"),
            ("2020-09-11 08:05 GMT+2", "2020-09-11T06:05", "2020-09-11T09:05"),
            ("2020-09-11T08:05:00+03:00[Europe/Helsinki]", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("1599800700", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("1599800700123", "2020-09-11T05:05", "2020-09-11T08:05"),
            ("2020-09-11T08:05", "2020-09-11T08:05", "2020-09-11T08:05"),
        ] {
            assert_eq!(read(text).as_deref(), Some(utc), "{text}");
            assert_eq!(read_date(text, &helsinki).map(|date| date.to_string()).as_deref(), Some(local), "{text}");
        }
        let order = ["Fri, 11 Sep 2020 10:00:00 +0300", "Fri, 11 Sep 2020 08:00:00 +0000"];
        assert!(order.map(|text| read_date(text, &helsinki)).is_sorted());
    }

    proptest! {
        #[test]
        fn any_field_is_read(text in "[0-9a-zäA-Z.:/+ \u{a0}T,–-]{0,40}") {
            let _ = read_date(&text, &UTC);
        }

        #[test]
        fn every_day_is_read_in_every_form(year in 1600_i16..2900, month in 1_u8..=12, day in 1_u8..=28, hour in 0_u8..24, minute in 1_u8..60) {
            let expected = PartialDate::day(year, month, day).unwrap().at(hour, minute).unwrap();
            let name = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][usize::from(month) - 1];
            for text in [
                format!("{expected}"),
                format!("{year}/{month}/{day} {hour}.{minute:02}"),
                format!("{day}.{month}.{year} klo {hour}.{minute:02}"),
                format!("{day} {name} {year} {hour:02}:{minute:02}:07"),
                format!("{name} {day}, {year} at {hour}:{minute:02}"),
            ] {
                prop_assert_eq!(read_date(&text, &UTC), Some(expected), "{}", text);
            }
        }
    }
}
