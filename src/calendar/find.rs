//! Dates as Finnish, Swedish and English text writes them, found at a place in a text.

use std::ops::Range;

use super::{PartialDate, named_month};

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where it stands in the text, with its time of day.
    pub range: Range<usize>,
    /// The year, where it is stated.
    pub year: Option<i16>,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, where it is stated.
    pub day: Option<u8>,
    /// Hour and minute, where they are stated.
    pub time: Option<(u8, u8)>,
}

impl FoundDate {
    /// Returns the date. A year that is not stated is taken from the three years around `near`, the one that makes the
    /// date nearest to it.
    #[must_use]
    pub fn value(&self, near: Option<PartialDate>) -> Option<PartialDate> {
        let year = match (self.year, near) {
            (Some(year), _) => year,
            (None, Some(near)) => self.nearest_year(near),
            (None, None) => return None,
        };
        let Some(day) = self.day else { return PartialDate::month(year, self.month) };
        let date = PartialDate::day(year, self.month, day)?;
        Some(self.time.and_then(|(hour, minute)| date.at(hour, minute)).unwrap_or(date))
    }

    fn nearest_year(&self, near: PartialDate) -> i16 {
        // Months counted as 31 days keep the order of dates, which is all that the choice of a year needs.
        let count = |year: i16, month: u8, day: u8| i32::from(year) * 372 + i32::from(month) * 31 + i32::from(day);
        let target = count(near.get_year(), near.get_month().unwrap_or(7), near.get_day().unwrap_or(15));
        let around = [near.get_year(), near.get_year().saturating_sub(1), near.get_year().saturating_add(1)];
        let distance = |year: &i16| (count(*year, self.month, self.day.unwrap_or(15)) - target).abs();
        around.into_iter().min_by_key(distance).unwrap_or(near.get_year())
    }
}

/// Finds the first date in `text` that starts at byte `from` or later.
///
/// Found are `D.M.YYYY`, `D.M.`, `YYYY-MM-DD`, `D/M/YYYY`, `D. kuuta [YYYY]`, `D month [YYYY]`, `Month D[, YYYY]` and
/// `Month YYYY`, each with the time of day behind it. Two-digit years, week numbers and decimals are not dates.
#[must_use]
pub fn find_date(text: &str, from: usize) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).and_then(|index| bytes.get(index)).copied().unwrap_or(b' ');
        if byte.is_ascii_digit() {
            if !before.is_ascii_digit()
                && !matches!(before, b'.' | b',' | b':' | b'/' | b'-')
                && let Some(found) = from_number(text, at)
            {
                return Some(found);
            }
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
        } else if byte.is_ascii_alphabetic() {
            if !is_letter(before)
                && let Some(found) = from_month_name(text, at)
            {
                return Some(found);
            }
            while bytes.get(at).copied().is_some_and(is_letter) {
                at += 1;
            }
        } else {
            at += 1;
        }
    }
    None
}

/// Finds a date with its year that directly follows a letter, as where a page's title and stamp were glued together:
/// `…huoltoa varten12.6.2023 09:00`. Returns where the date starts.
#[must_use]
pub fn glued_date(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // A time has a colon or stands behind a date of eight figures at least.
    if bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < 9 {
        return None;
    }
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        let before = bytes.get(at - 1).copied().unwrap_or(b' ');
        if byte.is_ascii_digit() && (is_letter(before) || matches!(before, b'?' | b'!' | b')' | b'"' | b'.')) {
            let found = from_number(text, at);
            // Only a stamp with its time is sure not to be a product name or a version.
            if found.is_some_and(|found| found.year.is_some() && found.time.is_some()) {
                return Some(at);
            }
        }
        at += 1;
    }
    None
}

const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// Reads 1 to `most` digits at `at`; returns the value and the place behind them. More digits than that are no number.
fn number(text: &str, at: usize, most: usize) -> Option<(u16, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let count = rest.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count > most {
        return None;
    }
    Some((text.get(at..at + count)?.parse().ok()?, at + count))
}

fn small(value: u16) -> Option<u8> {
    u8::try_from(value).ok()
}

fn four_digits(text: &str, at: usize) -> Option<(i16, usize)> {
    let (value, end) = number(text, at, 4)?;
    let value = i16::try_from(value).ok()?;
    (end == at + 4 && (1500..=2999).contains(&value)).then_some((value, end))
}

fn byte_at(text: &str, at: usize) -> u8 {
    text.as_bytes().get(at).copied().unwrap_or(b' ')
}

/// Skips blanks, ordinary and no-break ones; returns the place behind them.
fn skip_blanks(text: &str, mut at: usize) -> usize {
    while let Some(rest) = text.get(at..) {
        let skipped = rest.strip_prefix([' ', '\t', '\n', '\r', '\u{a0}', '\u{202f}']);
        match skipped {
            Some(after) => at = text.len() - after.len(),
            None => break,
        }
    }
    at
}

fn from_number(text: &str, start: usize) -> Option<FoundDate> {
    if let Some((year, end)) = four_digits(text, start)
        && byte_at(text, end) == b'-'
    {
        return iso(text, start, year, end + 1);
    }
    let (day, end) = number(text, start, 2)?;
    let day = small(day)?;
    match byte_at(text, end) {
        b'.' if byte_at(text, end + 1).is_ascii_digit() => {
            let (month, end) = number(text, end + 1, 2)?;
            if byte_at(text, end) != b'.' {
                return None;
            }
            match four_digits(text, end + 1) {
                Some((year, end)) => finish(text, start..end, Some(year), small(month)?, Some(day)),
                None if is_letter(byte_at(text, end + 1)) || byte_at(text, end + 1).is_ascii_digit() => None,
                None => finish(text, start..end + 1, None, small(month)?, Some(day)),
            }
        }
        b'/' => {
            let (month, end) = number(text, end + 1, 2)?;
            let (year, end) = (byte_at(text, end) == b'/').then(|| four_digits(text, end + 1))??;
            finish(text, start..end, Some(year), small(month)?, Some(day))
        }
        _ => day_before_month(text, start, day, end),
    }
}

fn iso(text: &str, start: usize, year: i16, at: usize) -> Option<FoundDate> {
    let (month, end) = number(text, at, 2)?;
    let (day, end) = (byte_at(text, end) == b'-').then(|| number(text, end + 1, 2))??;
    finish(text, start..end, Some(year), small(month)?, Some(small(day)?))
}

/// Reads a date whose day stands before the month: `12. helmikuuta 2021`, `12 mars 2021`, `10th of September 2022`,
/// `12. 2. 2021`.
fn day_before_month(text: &str, start: usize, day: u8, end: usize) -> Option<FoundDate> {
    let rest = text.get(end..)?;
    let suffix = [".", "st", "nd", "rd", "th", ":e", ":a"].into_iter().find(|suffix| rest.starts_with(suffix));
    let at = end + suffix.map_or(0, str::len);
    let mut word = skip_blanks(text, at);
    if word == at && byte_at(text, at) != b'-' {
        return None;
    }
    if text.get(word..).is_some_and(|rest| rest.starts_with("of ")) {
        word += 3;
    }
    if suffix == Some(".")
        && let Some((month, end)) = number(text, word, 2)
        && byte_at(text, end) == b'.'
        && let Some((year, end)) = four_digits(text, skip_blanks(text, end + 1))
    {
        return finish(text, start..end, Some(year), small(month)?, Some(day));
    }
    let (month, end) = month_at(text, word)?;
    let (year, end) = year_behind(text, end);
    finish(text, start..end, year, month, Some(day))
}

/// Reads a date that begins with the name of a month: `May 3, 2021`, `joulukuu 2021`.
fn from_month_name(text: &str, start: usize) -> Option<FoundDate> {
    let (month, end) = month_at(text, start)?;
    let at = skip_blanks(text, end);
    if let Some((year, end)) = four_digits(text, at) {
        return finish(text, start..end, Some(year), month, None);
    }
    let (day, end) = number(text, at, 2)?;
    let rest = text.get(end..)?;
    let suffix = ["st", "nd", "rd", "th", "."].into_iter().find(|suffix| rest.starts_with(suffix)).map_or(0, str::len);
    let (year, end) = year_behind(text, end + suffix);
    finish(text, start..end, year, month, Some(small(day)?))
}

fn year_behind(text: &str, end: usize) -> (Option<i16>, usize) {
    let at = if byte_at(text, end) == b',' { end + 1 } else { end };
    match four_digits(text, skip_blanks(text, at)) {
        Some((year, end)) => (Some(year), end),
        None => (None, end),
    }
}

/// Reads the name of a month at `at`; returns the month and the place behind it.
fn month_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let rest = text.get(at..)?;
    let length = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
    // Nearly every word is none: a number must stand beside it.
    let dot = usize::from(byte_at(rest, length) == b'.');
    let numbered = byte_at(rest, skip_blanks(rest, length + dot)).is_ascii_digit();
    let behind = text.get(..at).is_some_and(|before| {
        before
            .trim_end_matches([' ', '\u{a0}', '.', ':', 'e', 'a', 's', 't', 'n', 'd', 'r', 'h', 'o', 'f'])
            .ends_with(|letter: char| letter.is_ascii_digit())
    });
    if !(3..=20).contains(&length) || !(numbered || behind) {
        return None;
    }
    let word = rest.get(..length)?.to_lowercase();
    let (month, ending) = named_month(&word)?;
    // Finnish names are inflected: helmikuuta, helmikuun, helmikuussa.
    if !matches!(ending, "" | "n" | "ta" | "ssa" | "sta" | "lla") {
        return None;
    }
    let end = at + length;
    let dotted = (length <= 4 || word.ends_with('k')) && byte_at(text, end) == b'.';
    Some((month, end + usize::from(dotted)))
}

fn finish(text: &str, range: Range<usize>, year: Option<i16>, month: u8, day: Option<u8>) -> Option<FoundDate> {
    if is_letter(byte_at(text, range.end)) && byte_at(text, range.end) < 0x80 && byte_at(text, range.end) != b'T' {
        return None;
    }
    // A leap year stands for the one that is not stated.
    match day {
        Some(day) => PartialDate::day(year.unwrap_or(2000), month, day)?,
        None => PartialDate::month(year.unwrap_or(2000), month)?,
    };
    let (time, end) = match day.and_then(|_| time_behind(text, range.end)) {
        Some((time, end)) => (Some(time), end),
        None => (None, range.end),
    };
    Some(FoundDate { range: range.start..end, year, month, day, time })
}

/// Reads the time of day behind a date: `10:12`, `8.10`, `klo 14.15`, `kl. 9`, `, 14:30`, `T16:43:05`, `at 2:30pm`.
fn time_behind(text: &str, end: usize) -> Option<((u8, u8), usize)> {
    let mut at = end;
    if byte_at(text, at) == b'T' {
        at += 1;
    } else {
        while matches!(byte_at(text, at), b',' | b'|') {
            at += 1;
        }
        at = skip_blanks(text, at);
        if let Some(dash) = text.get(at..).and_then(|rest| rest.strip_prefix(['-', '–'])) {
            at = skip_blanks(text, text.len() - dash.len());
        }
        if at == end {
            return None;
        }
    }
    time_at(text, at)
}

/// Reads the time of day at `at`, with or without a word such as "klo"; returns hour, minute and the place behind them.
#[must_use]
pub fn time_at(text: &str, at: usize) -> Option<((u8, u8), usize)> {
    let rest = text.get(at..)?;
    let word = ["klockan", "kello", "klo", "kl", "at"].into_iter().find(|word| {
        rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && !is_letter(byte_at(rest, word.len()))
    });
    let named = word.is_some();
    let at = match word {
        Some(word) => {
            let dotted = usize::from(byte_at(rest, word.len()) == b'.');
            skip_blanks(text, at + word.len() + dotted)
        }
        None => at,
    };
    let (hour, end) = number(text, at, 2)?;
    let minutes = matches!(byte_at(text, end), b':' | b'.')
        .then(|| number(text, end + 1, 2))
        .flatten()
        .filter(|(_, minute_end)| *minute_end == end + 3);
    let (minute, mut end) = match minutes {
        // `8.10.2022` is the next date, `8.10.–9.10.` a range.
        Some((_, end)) if byte_at(text, end) == b'.' && byte_at(text, end + 1).is_ascii_digit() => {
            let (_, seconds_end) = number(text, end + 1, 2)?;
            let (minute, _) = minutes?;
            if seconds_end != end + 3 {
                return None;
            }
            (minute, seconds_end)
        }
        Some((minute, end)) if byte_at(text, end) == b':' && byte_at(text, end + 1).is_ascii_digit() => {
            let seconds_end = number(text, end + 1, 2).map_or(end, |(_, seconds_end)| seconds_end);
            (minute, seconds_end)
        }
        Some(found) => found,
        None if named => (0, end),
        None => return None,
    };
    // A span of hours belongs to an event, not to a stamp.
    if text.get(end..).is_some_and(|rest| rest.trim_start_matches([' ', '.']).starts_with(['–', '—']))
        || (byte_at(text, end) == b'-' && byte_at(text, end + 1).is_ascii_digit() && !named && minutes.is_none())
    {
        return None;
    }
    let mut hour = small(hour)?;
    let after = text.get(end..).unwrap_or_default();
    let half = after.trim_start_matches(' ').get(..2).unwrap_or_default().to_ascii_lowercase();
    if matches!(half.as_str(), "am" | "pm") {
        let pad = after.len() - after.trim_start_matches(' ').len();
        end += pad + 2;
        hour = match (half.as_str(), hour) {
            ("am", 12) => 0,
            ("pm", 1..=11) => hour + 12,
            _ => hour,
        };
    }
    (hour < 24 && minute < 60).then(|| Some(((hour, small(minute)?), end)))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        let near = PartialDate::parse_iso("2022-10-31");
        find_date(text, 0).map(|date| date.value(near).map_or_else(|| "none".to_owned(), |value| value.to_string()))
    }

    #[test]
    fn dates_of_three_languages() {
        for (text, expected) in [
            ("15.6.2023 11:39:03 EEST", "2023-06-15T11:39"),
            ("Julkaistu 7.2.2022 8.10", "2022-02-07T08:10"),
            ("03.09.2021 10:41", "2021-09-03T10:41"),
            ("Päivitetty 1.11. klo 14.15", "2022-11-01T14:15"),
            ("perjantaina 12. helmikuuta 2021", "2021-02-12"),
            ("kl. 12 mars 2021", "2021-03-12"),
            ("den 3 maj", "2022-05-03"),
            ("to 10. syysk. 2020 klo 12.00", "2020-09-10T12:00"),
            ("Senast uppdaterad 07.10.2021", "2021-10-07"),
            ("on 10 September 2022", "2022-09-10"),
            ("APRIL 10, 2017", "2017-04-10"),
            ("May 3", "2022-05-03"),
            ("3rd of May 2021", "2021-05-03"),
            ("28 May 2020, 14:30", "2020-05-28T14:30"),
            ("12 July 2021 2:30pm", "2021-07-12T14:30"),
            ("2022-11-03", "2022-11-03"),
            ("2022-11-03T10:12:30+02:00", "2022-11-03T10:12"),
            ("Tue, 12 Jan 2021 10:05:00 +0200", "2021-01-12T10:05"),
            ("joulukuu 2021", "2021-12"),
            ("2.9.2024 klo 9", "2024-09-02T09:00"),
            ("11.1.2024 kl. 7.30", "2024-01-11T07:30"),
            ("12. 2. 2021", "2021-02-12"),
            ("12/07/2021", "2021-07-12"),
            ("18.5.2022 klo 13–14.30", "2022-05-18"),
        ] {
            assert_eq!(found(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for text in [
            "kuntalehti 3/2021",
            "asetus 612/2021",
            "§ 170",
            "2,9 prosenttia",
            "versio 4.2.1",
            "kohta 4.2",
            "31.2.2021",
            "puh. 050 000 0120",
            "1:500",
            "vuonna 2021",
            "12.13.2021",
            "10.5 km",
            "May I ask",
            "12.3.21",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn a_stamp_glued_to_a_title_is_found() {
        let text = "Uimahalli suljetaan huoltoa varten12.6.2023 09:00:00 EEST | Tiedote";
        assert_eq!(glued_date(text).and_then(|at| text.get(at..at + 9)), Some("12.6.2023"));
        assert_eq!(glued_date("Linja2.5.2023"), None);
    }
}
