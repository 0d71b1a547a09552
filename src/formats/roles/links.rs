//! Addresses that stand in running text: `https://…`, `www.…` and e-mail.

use std::ops::Range;

use memchr::memchr2_iter;

/// An address found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLink {
    /// Where it stands.
    pub range: Range<usize>,
    /// What to put before the text at `range` to make it an address: nothing, `https://` or `mailto:`.
    pub prefix: &'static str,
}

/// Longest part of an e-mail address before the @, and of its domain, in bytes (RFC 5321).
const LOCAL: usize = 64;
const DOMAIN: usize = 255;
/// Longest web address that is linked, in bytes.
const WEB: usize = 2048;

/// Returns the addresses in `text`, in order and not overlapping, in time linear in its length.
#[must_use]
pub fn find_links(text: &str) -> Vec<FoundLink> {
    let mut found: Vec<FoundLink> = Vec::new();
    let mut from = 0;
    let bytes = text.as_bytes();
    for at in memchr2_iter(b'@', b'/', bytes) {
        if at < from {
            continue;
        }
        let link = match bytes.get(at) {
            Some(b'@') => mail(text, at, from),
            _ if bytes.get(at + 1) == Some(&b'/') => web(text, at, from),
            _ => None,
        };
        if let Some(link) = link {
            from = link.range.end;
            found.push(link);
        }
    }
    with_bare(text, found)
}

/// Adds `www.…` addresses without a scheme between the ones found.
fn with_bare(text: &str, found: Vec<FoundLink>) -> Vec<FoundLink> {
    let mut bare: Vec<FoundLink> = Vec::new();
    let mut from = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), b"www.") {
        let before = at.checked_sub(1).and_then(|index| text.as_bytes().get(index)).copied().unwrap_or(b' ');
        if at < from || before.is_ascii_alphanumeric() || matches!(before, b'/' | b'@' | b'.' | b'-') {
            continue;
        }
        let end = web_end(text, at);
        let dots = super::part(text, at..end).matches('.').count();
        if dots >= 2 && end > at + 6 {
            bare.push(FoundLink { range: at..end, prefix: "https://" });
            from = end;
        }
    }
    if bare.is_empty() {
        return found;
    }
    bare.extend(found);
    bare.sort_unstable_by_key(|link| link.range.start);
    let mut end = 0;
    bare.retain(|link| {
        let keep = link.range.start >= end;
        if keep {
            end = link.range.end;
        }
        keep
    });
    bare
}

/// Returns the address whose `//` stands at `at`.
fn web(text: &str, at: usize, from: usize) -> Option<FoundLink> {
    let scheme = ["https:", "http:"].into_iter().find(|scheme| {
        at.checked_sub(scheme.len())
            .filter(|start| *start >= from)
            .and_then(|start| text.get(start..at))
            .is_some_and(|before| before.eq_ignore_ascii_case(scheme))
    })?;
    let start = at - scheme.len();
    let end = web_end(text, at + 2);
    (end > at + 4).then_some(FoundLink { range: start..end, prefix: "" })
}

/// Returns the end of the web address that goes on at `from`, without closing punctuation and unopened brackets.
fn web_end(text: &str, from: usize) -> usize {
    let rest = super::beginning(text.get(from..).unwrap_or_default(), WEB);
    let stops = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '<' | '>' | '"' | '”' | '“' | '’' | '»' | '|' | '`')
    };
    let mut length = rest.find(stops).unwrap_or(rest.len());
    while let Some(last) = rest.get(..length).and_then(|address| address.chars().next_back()) {
        let address = rest.get(..length).unwrap_or_default();
        let closes = match last {
            '.' | ',' | ':' | ';' | '!' | '?' | '\'' | '*' | '…' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            _ => false,
        };
        if !closes {
            break;
        }
        length -= last.len_utf8();
        if rest.len() - length > 64 {
            break;
        }
    }
    from + length
}

/// Returns the e-mail address around the @ at `at`.
fn mail(text: &str, at: usize, from: usize) -> Option<FoundLink> {
    let bytes = text.as_bytes();
    let local =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%' | b'&' | b'\'');
    let mut start = at;
    while start > from && at - start < LOCAL && bytes.get(start - 1).copied().is_some_and(local) {
        start -= 1;
    }
    while start < at && bytes.get(start).is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
        start += 1;
    }
    let mut end = at + 1;
    let domain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    while end - at < DOMAIN && bytes.get(end).copied().is_some_and(domain) {
        end += 1;
    }
    while end > at + 1 && bytes.get(end - 1).is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
        end -= 1;
    }
    let name = text.get(at + 1..end)?;
    let (_, top) = name.rsplit_once('.')?;
    let plain = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    (start < at && plain && !name.contains("..")).then_some(FoundLink { range: start..end, prefix: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_text() {
        for (text, expected) in [
            ("Kirjoita: soteuudistus@vantaa.fi", vec!["mailto:soteuudistus@vantaa.fi"]),
            ("Ks. https://example.fi/a(b)?c=1).", vec!["https://example.fi/a(b)?c=1"]),
            ("www.example.fi, ja www.example.se/x.", vec!["https://www.example.fi", "https://www.example.se/x"]),
            ("(http://www.example.fi/)", vec!["http://www.example.fi/"]),
            ("a.b@c.fi/d@e.fi", vec!["mailto:a.b@c.fi", "mailto:d@e.fi"]),
            ("[email protected] @example 3 // 4 ://x user@host a@b..fi", vec![]),
            ("Puh. 050 000 0120", vec![]),
        ] {
            let found: Vec<String> = find_links(text)
                .into_iter()
                .map(|link| format!("{}{}", link.prefix, &text.get(link.range).unwrap()))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn hostile_texts_take_linear_time() {
        for piece in ["a@", "//", "https://", "www.", "a.b-c", "x@y.fi", "www.a.b)))))"] {
            let text = piece.repeat(400_000);
            assert!(find_links(&text).len() < text.len());
        }
    }
}
