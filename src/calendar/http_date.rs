//! Dates of HTTP (RFC 9110, section 5.6.7), in the three forms that are in use.

use jiff::civil;

use super::named_month;

/// Reads a date of HTTP; returns seconds since the beginning of 1970 in UTC.
#[must_use]
pub fn http_date(text: &str) -> Option<i64> {
    if text.len() > 64 {
        return None;
    }
    let (mut day, mut month, mut year, mut time) = (None, None, None, None);
    for word in text.split([' ', ',', '-']).filter(|word| !word.is_empty()) {
        if word.contains(':') {
            time = Some(clock(word)?);
        } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
            if day.is_none() && word.len() < 3 {
                day = Some(word.parse::<i8>().ok()?);
            } else {
                year = Some(full_year(word)?);
            }
        } else if month.is_none() && day.is_none() && time.is_none() && word.to_ascii_lowercase().ends_with("day") {
            // The day of the week says nothing new.
        } else if let Some((number, _)) = named_month(&word.to_lowercase()).filter(|_| month.is_none()) {
            month = Some(i8::try_from(number).ok()?);
        }
    }
    let (hour, minute, second) = time?;
    let date = civil::DateTime::new(year?, month?, day?, hour, minute, second, 0).ok()?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

/// Reads hour, minute and second; a leap second is the second before it.
fn clock(word: &str) -> Option<(i8, i8, i8)> {
    let mut parts = word.split(':').map(|part| part.parse::<i8>().ok());
    let time = (parts.next()??, parts.next()??, parts.next()??.min(59));
    parts.next().is_none().then_some(time)
}

/// Returns the year that two or four digits state.
fn full_year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok()?;
    match word.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_http_are_read_in_their_three_forms() {
        for (text, expected) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(784_111_777)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(784_111_777)),
            ("Sun Nov  6 08:49:37 1994", Some(784_111_777)),
            ("Sat, 28 Nov 2026 03:00:60 GMT", Some(1_795_834_859)),
            ("Fri, 11 Sep 2999 00:00:00 GMT", Some(32_494_003_200)),
            ("Wed, 31 Feb 2021 00:00:00 GMT", None),
            ("Sun, 06 Nov 1994", None),
            ("0", None),
            ("-1", None),
            ("", None),
            ("\u{1b}[2J", None),
        ] {
            assert_eq!(http_date(text), expected, "{text}");
        }
        for month in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] {
            assert!(http_date(&format!("Mon, 02 {month} 2023 10:00:00 GMT")).is_some(), "{month}");
        }
    }
}
