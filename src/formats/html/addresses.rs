//! Resolves the addresses of a page, and reads the day that one states.

use crate::calendar::PartialDate;
use crate::text::address;

/// Reports whether an address leads to the web.
pub(super) fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Resolves a link against `base`; `None` where it leads nowhere outside of the page.
pub(super) fn resolve(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    if let Some((scheme, _)) = link.split_once(':')
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
    {
        let known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return known.then(|| link.to_owned());
    }
    Some(address::resolve(base.filter(|base| is_web(base))?, link))
}

/// Reads the day that the path of an address states, as the addresses of blogs do: `/2019/08/02/`.
pub(super) fn day(address: &str) -> Option<PartialDate> {
    let (_, rest) = address.split_once("://")?;
    let path: Vec<&str> = rest.split(['?', '#']).next()?.split('/').skip(1).collect();
    path.windows(4).find_map(|parts| {
        let [year, month, day, _] = parts else { return None };
        let plain = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(year, 4) || !plain(month, 2) || !plain(day, 2) || !(1990..2100).contains(&year.parse::<u16>().ok()?) {
            return None;
        }
        PartialDate::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_state_days() {
        for (address, expected) in [
            ("https://kunta.example.fi/2019/08/02/silta", Some("2019-08-02")),
            ("https://example.fi/nyheter/2021/12/31/", Some("2021-12-31")),
            ("https://example.fi/2019/08/silta", None),
            ("https://example.fi/2019/13/02/silta", None),
            ("https://example.fi/1234/08/02/silta", None),
            ("https://example.fi/a?/2019/08/02/", None),
        ] {
            assert_eq!(day(address).map(|day| day.to_string()).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn links_are_resolved() {
        let base = Some("https://kunta.fi/uutiset/1.html?x=1");
        for (link, expected) in [
            ("2.html", Some("https://kunta.fi/uutiset/2.html")),
            ("../a/b?c#d", Some("https://kunta.fi/a/b?c#d")),
            ("/juuri", Some("https://kunta.fi/juuri")),
            ("//muu.fi/a", Some("https://muu.fi/a")),
            ("?sivu=2", Some("https://kunta.fi/uutiset/1.html?sivu=2")),
            ("HTTP://muu.fi", Some("HTTP://muu.fi")),
            ("mailto:a@b.fi", Some("mailto:a@b.fi")),
            ("#alas", None),
            ("javascript:x()", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(resolve(link, base).as_deref(), expected, "{link}");
        }
        assert_eq!(resolve("2.html", None), None);
    }
}
