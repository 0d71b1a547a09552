//! What references mean: XML's own five, numbers, HTML's names, and what a document type declares.

use std::borrow::Cow;
use std::collections::HashMap;

use html5ever::data::NAMED_ENTITIES;
use memchr::memchr;

/// Most entities that a document type may declare, and the longest value of one, in bytes.
const MOST_DECLARED: usize = 64;
const LONGEST_VALUE: usize = 256;
/// Longest name of a reference, in bytes.
const LONGEST_NAME: usize = 40;
/// How far a document type may reach, in bytes.
const LONGEST_DOCTYPE: usize = 64 * 1024;

/// Returns the name of the reference whose `&` stands before `text`, and what follows it.
pub(super) fn reference(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(|letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '#' | '_' | '-' | '.')) {
        return None;
    }
    let head = text.as_bytes().get(..text.len().min(LONGEST_NAME + 1))?;
    let end = memchr(b';', head)?;
    let (name, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let letters = name.strip_prefix('#').unwrap_or(name);
    let named = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    (!letters.is_empty() && letters.bytes().all(named)).then_some((name, rest))
}

/// Returns the character that a number in a reference means, as browsers have it; none for control characters.
pub(super) fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let hexadecimal = number.strip_prefix(['x', 'X']);
    let code = hexadecimal.map_or_else(|| number.parse().ok(), |digits| u32::from_str_radix(digits, 16).ok())?;
    // Numbers of the C1 range mean what they mean in windows-1252.
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next(),
        Ok(byte) if byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') => None,
        _ => char::from_u32(code),
    }
}

/// Returns the characters that one of HTML's names means.
pub(super) fn html(name: &str) -> Option<String> {
    let (first, second) = named(name)?;
    Some([first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32).collect())
}

/// Returns the codes of the characters that one of HTML's names means, the second of most being nought.
fn named(name: &str) -> Option<(u32, u32)> {
    let mut key = [0; LONGEST_NAME + 1];
    let (start, rest) = key.split_at_mut_checked(name.len())?;
    start.copy_from_slice(name.as_bytes());
    *rest.first_mut()? = b';';
    let key = key.get(..=name.len()).and_then(|key| std::str::from_utf8(key).ok())?;
    NAMED_ENTITIES.get(key).copied().filter(|(first, _)| *first != 0)
}

/// Reports whether a reference means something.
pub(super) fn is_known(name: &str) -> bool {
    if name.starts_with('#') { numbered(name).is_some() } else { named(name).is_some() }
}

/// Returns the text that a reference means; none where it means nothing.
pub(super) fn meaning(name: &str) -> Option<String> {
    if name.starts_with('#') {
        return numbered(name).map(String::from);
    }
    html(name)
}

/// Resolves every reference in `text` once.
pub(super) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let meant = reference(after).and_then(|(name, behind)| Some((meaning(name)?, behind)));
        if let Some((meant, behind)) = meant {
            out.push_str(&meant);
            rest = behind;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes `text` to `out` with the signs of markup escaped.
pub(super) fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '&' => out.push_str("&amp;"),
            character => out.push(character),
        }
    }
}

/// The entities that a document declares.
#[derive(Debug, Default)]
pub(super) struct Entities(HashMap<String, String>);

impl Entities {
    /// Returns the reference to a name as XML that needs no declarations; `None` where it means nothing.
    pub fn xml<'a>(&'a self, name: &str) -> Option<Cow<'a, str>> {
        if matches!(name, "lt" | "gt" | "amp" | "quot" | "apos") {
            return Some(Cow::Owned(format!("&{name};")));
        }
        if let Some(declared) = self.0.get(name) {
            return Some(Cow::Borrowed(declared));
        }
        let mut escaped = String::new();
        escape(&html(name)?, &mut escaped);
        Some(Cow::Owned(escaped))
    }

    /// Takes the declarations of the document type that `text` begins with. Returns how long it is in bytes, and how many
    /// declarations were left out: those that name others, lie outside, or are too many or too long.
    pub fn declare(&mut self, text: &str) -> (usize, usize) {
        let bytes = text.as_bytes().get(..text.len().min(LONGEST_DOCTYPE)).unwrap_or_default();
        let close = memchr(b'>', bytes);
        let bracket = memchr(b'[', bytes).filter(|bracket| close.is_none_or(|close| *bracket < close));
        let Some(bracket) = bracket else { return (close.map_or(bytes.len(), |close| close + 1), 0) };
        let (mut at, mut left_out) = (bracket + 1, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'<', b']', rest)) {
            at += found;
            if bytes.get(at) == Some(&b']') {
                let close = bytes.get(at..).and_then(|rest| memchr(b'>', rest));
                return (close.map_or(at + 1, |close| at + close + 1), left_out);
            }
            let (length, taken) = self.declaration(text.get(at..).unwrap_or_default());
            left_out += usize::from(!taken);
            at += length;
        }
        (close.map_or(bytes.len(), |close| close + 1), left_out)
    }

    /// Takes one declaration; returns its length, and whether it was none of an entity or was taken.
    fn declaration(&mut self, text: &str) -> (usize, bool) {
        let end = memchr(b'>', text.as_bytes()).map_or(text.len(), |end| end + 1);
        let Some(rest) = text.strip_prefix("<!ENTITY") else { return (end, true) };
        let rest = rest.trim_start();
        let name = rest.split(|character: char| character.is_whitespace()).next().unwrap_or_default();
        let value = rest.get(name.len()..).unwrap_or_default().trim_start();
        let Some(quote) = value.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { return (end, false) };
        let Some((value, behind)) = value.get(1..).and_then(|value| value.split_once(quote)) else {
            return (end, false);
        };
        let length = text.len() - behind.len();
        let length = length + memchr(b'>', behind.as_bytes()).map_or(0, |end| end + 1);
        if self.0.len() >= MOST_DECLARED || value.len() > LONGEST_VALUE || name.is_empty() || name == "%" {
            return (length, false);
        }
        let mut rest = value;
        while let Some((_, after)) = rest.split_once('&') {
            if reference(after).is_some_and(|(name, _)| meaning(name).is_none()) {
                return (length, false);
            }
            rest = after;
        }
        let mut escaped = String::new();
        escape(&resolved(value), &mut escaped);
        self.0.insert(name.to_owned(), escaped);
        (length, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_mean_what_browsers_take_them_for() {
        for (text, expected) in [
            ("a &amp; b", "a & b"),
            ("&auml;&Auml;&#228;&#xE4;&euro;&#150;", "äÄää€–"),
            ("&amp;amp;", "&amp;"),
            ("&foo; & &#0; &#xfffffff; &;", "&foo; & &#0; &#xfffffff; &;"),
            ("&NotEqualTilde;", "\u{2242}\u{338}"),
        ] {
            assert_eq!(resolved(text), expected);
        }
    }
}
