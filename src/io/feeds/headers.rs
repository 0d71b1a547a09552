//! Headers of answers: how long to wait, how long it is fresh, what it is and where it links.

use crate::calendar::http_date;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;
/// Longest time a host may ask to be left alone, in seconds.
const LONGEST_WAIT: i64 = 7 * DAY;
/// Most links that are taken from a header.
const MOST_LINKS: usize = 64;

/// Reads `Retry-After`, which holds seconds or a date; returns the time until when to wait, at most 7 days from `now`.
#[must_use]
pub fn retry_after(value: &str, now: i64) -> Option<i64> {
    let value = value.trim();
    let until = match seconds(value) {
        Some(seconds) => now.saturating_add(seconds),
        None => http_date(value)?,
    };
    Some(until.clamp(now, now + LONGEST_WAIT))
}

/// The headers that say how long an answer is fresh.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caching<'a> {
    /// The values of `Cache-Control`, joined by commas.
    pub control: &'a str,
    /// The value of `Age`.
    pub age: &'a str,
    /// The value of `Expires`.
    pub expires: Option<&'a str>,
    /// The value of `Date`.
    pub date: &'a str,
}

impl Caching<'_> {
    /// Returns until when the answer is fresh, at most a day from `now`; `None` where the header does not say.
    #[must_use]
    pub fn fresh_until(self, now: i64) -> Option<i64> {
        let mut lifetime = None;
        for directive in self.control.split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            let name = name.trim().to_ascii_lowercase();
            if name == "no-cache" || name == "no-store" {
                return Some(now);
            }
            if name == "max-age" {
                lifetime = lifetime.or(seconds(value.trim().trim_matches('"')));
            }
        }
        let lifetime = match lifetime {
            Some(lifetime) => lifetime.saturating_sub(seconds(self.age.trim()).unwrap_or(0)),
            // By the clock of the host, which need not be right. What is no date has passed (RFC 9111, 5.3).
            None => http_date(self.expires?).map_or(0, |end| end.saturating_sub(http_date(self.date).unwrap_or(now))),
        };
        Some(now + lifetime.clamp(0, DAY))
    }
}

/// Reads `Strict-Transport-Security` (RFC 6797); returns the time until when the host wants only secure requests, at
/// most two years from `now`.
#[must_use]
pub fn https_until(value: &str, now: i64) -> Option<i64> {
    let age = value.split(';').find_map(|directive| {
        let (name, value) = directive.split_once('=')?;
        name.trim().eq_ignore_ascii_case("max-age").then(|| value.trim().trim_matches('"'))
    })?;
    Some(now + seconds(age)?.min(730 * DAY))
}

/// Reads `Content-Type`; returns the media type in lower case and the encoding.
#[must_use]
pub fn content_type(value: &str) -> (String, Option<String>) {
    let mut parts = parts(value, ';').into_iter();
    let media = parts.next().unwrap_or_default().to_ascii_lowercase();
    let charset = parts.find_map(|part| parameter(&part, "charset")).filter(|charset| !charset.is_empty());
    (media.chars().take(100).collect(), charset.map(|charset| charset.chars().take(40).collect()))
}

/// A link of a header, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawLink {
    /// The reference.
    pub reference: String,
    /// The relations, in lower case.
    pub relation: String,
    /// The media type, in lower case.
    pub media: String,
    /// The title.
    pub title: String,
}

/// Reads `Link` (RFC 8288).
#[must_use]
pub fn links(value: &str) -> Vec<RawLink> {
    let mut links = Vec::new();
    for link in parts(value, ',').into_iter().take(MOST_LINKS) {
        let Some((reference, rest)) = link.strip_prefix('<').and_then(|link| link.split_once('>')) else { continue };
        let parameters = parts(rest, ';');
        let find = |name: &str| parameters.iter().find_map(|part| parameter(part, name)).unwrap_or_default();
        links.push(RawLink {
            reference: reference.to_owned(),
            relation: find("rel").to_ascii_lowercase(),
            media: find("type").to_ascii_lowercase(),
            title: find("title"),
        });
    }
    links
}

/// Returns the value of a parameter `name=value`, without its quotation marks.
fn parameter(part: &str, wanted: &str) -> Option<String> {
    let (name, value) = part.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case(wanted) {
        return None;
    }
    let value = value.trim();
    Some(match value.strip_prefix('"') {
        Some(quoted) => {
            let mut text = String::new();
            let mut letters = quoted.chars();
            while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                text.extend(if letter == '\\' { letters.next() } else { Some(letter) });
            }
            text
        }
        None => value.to_owned(),
    })
}

/// Divides a value at `mark`, but not within quotation marks or angle brackets.
fn parts(value: &str, mark: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let (mut quoted, mut pointed, mut escaped) = (false, false, false);
    for letter in value.chars() {
        match letter {
            '"' if !escaped && !pointed => quoted = !quoted,
            '<' if !quoted => pointed = true,
            '>' if !quoted => pointed = false,
            _ => {}
        }
        escaped = quoted && letter == '\\' && !escaped;
        if letter == mark && !quoted && !pointed {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(letter);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// Reads a number of seconds; one that is too large is the largest.
fn seconds(text: &str) -> Option<i64> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().unwrap_or(i64::MAX / 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: i64 = 784_111_777;

    #[test]
    fn a_host_says_how_long_to_wait() {
        for (value, expected) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7200 ", Some(7200)),
            ("999999999", Some(LONGEST_WAIT)),
            ("99999999999999999999999", Some(LONGEST_WAIT)),
            ("Sun, 06 Nov 1994 09:49:37 GMT", Some(3600)),
            ("Sun, 06 Nov 1994 07:49:37 GMT", Some(0)),
            ("Fri, 11 Sep 2999 00:00:00 GMT", Some(LONGEST_WAIT)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(value, NOW).map(|until| until - NOW), expected, "{value}");
        }
    }

    #[test]
    fn an_answer_says_how_long_it_is_fresh() {
        let fresh = |control: &str, age: &str, expires: Option<&str>, date: &str| {
            Caching { control, age, expires, date }.fresh_until(NOW).map(|until| until - NOW)
        };
        assert_eq!(fresh("", "", None, ""), None);
        assert_eq!(fresh("public, Max-Age=600", "", None, ""), Some(600));
        assert_eq!(fresh("max-age=\"600\"", "100", None, ""), Some(500));
        assert_eq!(fresh("max-age=600", "1000", None, ""), Some(0));
        assert_eq!(fresh("max-age=600, no-cache", "", None, ""), Some(0));
        assert_eq!(fresh("no-store", "", None, ""), Some(0));
        assert_eq!(fresh("max-age=999999999999", "", None, ""), Some(DAY));
        assert_eq!(fresh("private", "", None, ""), None);
        let (one, other) = ("Sun, 06 Nov 1994 10:00:00 GMT", "Sun, 06 Nov 1994 10:10:00 GMT");
        assert_eq!(fresh("", "", Some(other), one), Some(600));
        assert_eq!(fresh("", "", Some(one), other), Some(0));
        assert_eq!(fresh("", "", Some("0"), ""), Some(0));
        assert_eq!(fresh("max-age=5", "", Some(other), one), Some(5));
        assert_eq!(fresh("", "", Some("Sun, 06 Nov 1994 08:50:37 GMT"), ""), Some(60));
    }

    #[test]
    fn a_host_asks_for_secure_requests() {
        assert_eq!(https_until("max-age=600; includeSubDomains", NOW), Some(NOW + 600));
        assert_eq!(https_until("includeSubDomains; MAX-AGE=\"0\"", NOW), Some(NOW));
        assert_eq!(https_until("max-age=99999999999", NOW), Some(NOW + 730 * DAY));
        assert_eq!(https_until("preload", NOW), None);
    }

    #[test]
    fn the_kind_of_a_body_is_stated() {
        let kind = |media: &str, charset: Option<&str>| (media.to_owned(), charset.map(str::to_owned));
        assert_eq!(content_type("Text/XML; Charset=\"ISO-8859-1\""), kind("text/xml", Some("ISO-8859-1")));
        assert_eq!(content_type("application/rss+xml"), kind("application/rss+xml", None));
        assert_eq!(content_type("text/xml; a=\"; charset=x\"; charset=utf-8"), kind("text/xml", Some("utf-8")));
        assert_eq!(content_type("; charset="), kind("", None));
    }

    #[test]
    fn links_of_a_header_are_read() {
        let value = "</feed.xml>; rel=\"alternate\"; type=\"application/rss+xml\"; title=\"Tiedotteet, \\\"kaikki\\\"; a\", \
                     <https://a.example.fi/?x=1,2>;rel=next, kissa, <b>";
        let read = links(value);
        assert_eq!(read.len(), 3);
        assert_eq!((read[0].reference.as_str(), read[0].relation.as_str()), ("/feed.xml", "alternate"));
        assert_eq!(
            (read[0].media.as_str(), read[0].title.as_str()),
            ("application/rss+xml", "Tiedotteet, \"kaikki\"; a")
        );
        assert_eq!((read[1].reference.as_str(), read[1].relation.as_str()), ("https://a.example.fi/?x=1,2", "next"));
        assert_eq!(links(&"<a>,".repeat(1000)).len(), MOST_LINKS);
    }

    proptest! {
        #[test]
        fn any_value_is_read(value in "[\\PC\"\\\\<>;,=]{0,60}") {
            let read = links(&value);
            prop_assert!(read.len() <= MOST_LINKS);
            let (media, _) = content_type(&value);
            prop_assert!(media.chars().count() <= 100);
            prop_assert!(retry_after(&value, NOW).is_none_or(|until| (NOW..=NOW + LONGEST_WAIT).contains(&until)));
            let caching = Caching { control: &value, expires: Some(&value), ..Caching::default() };
            prop_assert!(caching.fresh_until(NOW).is_some_and(|until| (NOW..=NOW + DAY).contains(&until)));
        }
    }
}
