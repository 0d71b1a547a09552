//! The header of a mail or of one of its parts: fields, parameters, encoded words, senders.

use std::borrow::Cow;

use super::transfer;
use crate::formats::encoding;

/// Most numbered pieces that one parameter is put together from.
const MOST_PIECES: usize = 100;
/// Longest text of an encoded word, in bytes; the standard has 75.
const LONGEST_WORD: usize = 4096;

/// The fields of a header, as they stand in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Header<'a>(Vec<(&'a [u8], &'a [u8])>);

/// Takes the header off `bytes`; it ends at a blank line or at a line that is no field. Returns it and the body.
pub(super) fn split(bytes: &[u8]) -> (Header<'_>, &[u8]) {
    let mut fields: Vec<(&[u8], std::ops::Range<usize>)> = Vec::new();
    let mut at = 0;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let start = at;
        at += line.len();
        let text = line.trim_ascii_end();
        if text.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some((_, value)) = fields.last_mut() {
                value.end = at;
                continue;
            }
        } else if let Some(colon) = text.iter().position(|byte| *byte == b':')
            && let Some(name) = text.get(..colon).map(<[u8]>::trim_ascii_end).filter(|name| is_name(name))
        {
            fields.push((name, start + colon + 1..at));
            continue;
        } else if start == 0 && (text.starts_with(b"From ") || text.starts_with(b">From ")) {
            // The line with which a mailbox begins each of its mails.
            continue;
        }
        at = start;
        break;
    }
    let fields = fields.into_iter().map(|(name, value)| (name, bytes.get(value).unwrap_or_default().trim_ascii()));
    (Header(fields.collect()), bytes.get(at..).unwrap_or_default())
}

/// Reports whether `name` can be that of a field.
pub(super) fn is_name(name: &[u8]) -> bool {
    !name.is_empty()
        && name.len() <= 80
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

impl<'a> Header<'a> {
    /// Returns the value of the first field of that name as it stands in the file.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.as_bytes()));
        found.map(|(_, value)| *value)
    }

    /// Returns the value of the first field of that name with its encoded words read.
    pub fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(words)
    }

    /// Returns the value of a field and its parameters.
    pub fn value(&self, name: &str) -> Option<Value> {
        self.raw(name).map(Value::read)
    }

    /// Reports whether there are fields at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the name of who sent the mail, else their address.
    pub fn sender(&self) -> Option<String> {
        ["From", "Sender", "Reply-To"].iter().filter_map(|name| self.raw(name)).find_map(name_of_first)
    }
}

/// A field's value with parameters: `text/plain; charset=utf-8`.
#[derive(Clone, Debug, Default)]
pub(super) struct Value {
    /// What stands before the first semicolon, in lower case.
    pub main: String,
    parameters: Vec<(String, String)>,
}

impl Value {
    pub fn read(raw: &[u8]) -> Self {
        let text = lossless(raw);
        let mut parts = split_outside_quotes(&text, ';').into_iter();
        let main = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters = parts.filter_map(|part| {
            let (name, value) = part.split_once('=')?;
            Some((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
        });
        Self { main, parameters: parameters.take(MOST_PIECES).collect() }
    }

    /// Returns a parameter, also one that is encoded or cut in pieces (RFC 2231).
    pub fn parameter(&self, name: &str) -> Option<String> {
        let find =
            |name: &str| self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        if let Some(value) = find(name) {
            return Some(words(value.as_bytes()));
        }
        if let Some(value) = find(&format!("{name}*")) {
            return Some(percent_decoded(value));
        }
        let mut whole = String::new();
        for number in 0..MOST_PIECES {
            if let Some(piece) = find(&format!("{name}*{number}*")) {
                whole += piece;
            } else if let Some(piece) = find(&format!("{name}*{number}")) {
                whole += &piece.replace('%', "%25");
            } else {
                break;
            }
        }
        (!whole.is_empty()).then(|| percent_decoded(&whole))
    }
}

/// Decodes `utf-8'fi'p%C3%A4%C3%A4t%C3%B6s.pdf`.
fn percent_decoded(value: &str) -> String {
    let (label, text) = match value.split('\'').collect::<Vec<_>>().as_slice() {
        [label, _, rest @ ..] if !rest.is_empty() => (Some((*label).to_owned()), rest.join("'")),
        _ => (None, value.to_owned()),
    };
    let as_words = text.replace('=', "=3D").replace('%', "=");
    let bytes = transfer::quoted_printable(as_words.as_bytes(), false);
    encoding::decode_as(&bytes, label.as_deref(), false).text.into_owned()
}

/// Decodes a field: UTF-8, or what its bytes look like.
fn lossless(raw: &[u8]) -> Cow<'_, str> {
    encoding::decode_as(raw, None, false).text
}

/// Splits at `sign` where it stands in no quotation.
fn split_outside_quotes(text: &str, sign: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|letter| {
        quoted ^= letter == '"' && !escaped;
        escaped = letter == '\\' && quoted && !escaped;
        letter == sign && !quoted
    })
    .collect()
}

/// Returns the text of a quoted string, or a word up to its end.
fn unquoted(value: &str) -> String {
    let Some(inner) = value.strip_prefix('"') else {
        return value.split_whitespace().next().unwrap_or_default().trim_matches('\'').to_owned();
    };
    let mut text = String::new();
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => text.extend(letters.next()),
            '\r' | '\n' => {}
            letter => text.push(letter),
        }
    }
    text
}

/// Returns the name, else the address, of the first of a list of addresses.
pub(super) fn name_of_first(raw: &[u8]) -> Option<String> {
    let text = lossless(raw);
    let first = split_outside_quotes(&text, ',').into_iter().find(|part| !part.trim().is_empty())?.trim();
    let (name, address) = match first.split_once('<') {
        Some((name, rest)) => (name.trim().to_owned(), rest.split('>').next().unwrap_or_default().trim().to_owned()),
        None => match first.split_once('(') {
            Some((address, comment)) => (comment.trim_end_matches(')').to_owned(), address.trim().to_owned()),
            None => (String::new(), first.trim_end_matches(';').trim().to_owned()),
        },
    };
    let name = if name.starts_with('"') { unquoted(&name) } else { name.replace('"', "") };
    let name = words(name.as_bytes());
    let name = name.trim().trim_matches('\'');
    Some(if name.is_empty() { words(address.as_bytes()) } else { name.to_owned() }).filter(|text| !text.is_empty())
}

/// An encoded word: its charset and bytes, and what follows it.
type EncodedWord<'a> = (&'a str, Vec<u8>, &'a str);

/// Reads a field's text: bytes beyond ASCII as what they look like, line breaks as blanks, encoded words by the charset
/// they name; neighbours of one charset are joined before they are read, since they may part a letter.
pub(super) fn words(raw: &[u8]) -> String {
    let text = lossless(raw);
    let mut found = String::with_capacity(text.len());
    let mut rest: &str = &text;
    let mut pending: Option<(String, Vec<u8>)> = None;
    let flush = |pending: &mut Option<(String, Vec<u8>)>, found: &mut String| {
        if let Some((charset, bytes)) = pending.take() {
            *found += &encoding::decode_as(&bytes, Some(&charset), false).text;
        }
    };
    while let Some(at) = rest.find("=?") {
        let (before, word) = rest.split_at(at);
        let Some((charset, bytes, after)) = encoded_word(word) else {
            flush(&mut pending, &mut found);
            let (start, after) = word.split_at(2);
            found += before;
            found += start;
            rest = after;
            continue;
        };
        match &mut pending {
            Some((known, gathered)) if before.trim().is_empty() && known.eq_ignore_ascii_case(charset) => {
                gathered.extend(bytes);
            }
            _ => {
                let joined = pending.is_some() && before.trim().is_empty();
                flush(&mut pending, &mut found);
                if !joined {
                    found += before;
                }
                pending = Some((charset.to_owned(), bytes));
            }
        }
        rest = after;
    }
    flush(&mut pending, &mut found);
    found += rest;
    found.replace(['\r', '\n'], "")
}

fn encoded_word(text: &str) -> Option<EncodedWord<'_>> {
    let rest = text.strip_prefix("=?")?;
    let (charset, rest) = rest.split_once('?')?;
    if charset.len() > 40 || charset.contains(char::is_whitespace) {
        return None;
    }
    let (kind, rest) = rest.split_once('?')?;
    let near = rest.as_bytes().get(..LONGEST_WORD.min(rest.len()))?;
    let end = memchr::memmem::find(near, b"?=")?;
    let (inner, after) = (rest.get(..end)?, rest.get(end + 2..)?);
    let bytes = match kind {
        "B" | "b" => transfer::base64(inner.as_bytes()),
        "Q" | "q" => transfer::quoted_printable(inner.as_bytes(), true),
        _ => return None,
    };
    // A language may follow the charset.
    Some((charset.split('*').next().unwrap_or_default(), bytes, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_ends_where_its_fields_end() {
        let (header, body) = split(b"From: a\r\nSubject: b\r\n c\r\n\r\nText: d\r\n");
        assert_eq!((header.text("subject").as_deref(), body), (Some("b c"), b"Text: d\r\n".as_slice()));
        let (header, body) = split(b"From a@example.fi Fri Sep 11\nSubject : b\nTeksti alkaa.\n");
        assert_eq!((header.text("Subject").as_deref(), body), (Some("b"), b"Teksti alkaa.\n".as_slice()));
        assert!(split(b"").0.is_empty() && split(b"\r\nFrom: a").0.is_empty());
    }

    #[test]
    fn encoded_words_are_joined_before_they_are_read() {
        for (field, text) in [
            ("=?utf-8?Q?Silta_p=C3=A4=C3?= =?utf-8?Q?=A4ttyy?=", "Silta päättyy"),
            ("=?UTF-8?B?VHnDtm1h?=\r\n =?utf-8?B?YQ==?= valmis", "Työmaa valmis"),
            ("VL: =?iso-8859-1?Q?Silta_p=E4=E4st=E4=E4?= =?utf-8?q?_yli?=", "VL: Silta päästää yli"),
            ("=?latin-1?Q?v=E4yl=E4?=", "väylä"),
            ("=?utf-8*fi?Q?sillan_?= tie", "sillan  tie"),
            ("=?utf-8?Q?v=E4yl=E4?=", "väylä"),
            ("=?us-ascii?Q?ty=C3=B6?=", "työ"),
            ("a =? b ?= c =?x?y?z?=", "a =? b ?= c =?x?y?z?="),
        ] {
            assert_eq!(words(field.as_bytes()), text, "{field}");
        }
        assert_eq!(words(b"Silta v\xe4yl\xe4ll\xe4"), "Silta väylällä");
        assert_eq!(words("Bro över älven".as_bytes()), "Bro över älven");
    }

    #[test]
    fn senders_have_names_or_addresses() {
        for (field, name) in [
            ("Kunta <k@example.fi>", "Kunta"),
            ("\"Virta, Aila\" <a@example.fi>, b@example.fi", "Virta, Aila"),
            ("k@example.fi (Kunta)", "Kunta"),
            ("k@example.fi", "k@example.fi"),
            ("<k@example.fi>", "k@example.fi"),
            ("\"=?utf-8?Q?Viestint=C3=A4?=\" <k@example.fi>", "Viestintä"),
        ] {
            assert_eq!(name_of_first(field.as_bytes()).as_deref(), Some(name), "{field}");
        }
    }

    #[test]
    fn parameters_come_in_every_form() {
        for (field, name, value) in [
            ("text/plain; Charset=\"utf-8\"; format=flowed", "charset", "utf-8"),
            ("multipart/mixed; boundary=\"a;b\\\"c\"", "boundary", "a;b\"c"),
            ("a; filename*=utf-8'fi'p%C3%A4%C3%A4t%C3%B6s.pdf", "filename", "päätös.pdf"),
            ("a; filename*0*=iso-8859-1''p%E4; filename*1=\"at 5%.pdf\"", "filename", "päat 5%.pdf"),
            ("a; name=\"=?utf-8?Q?liite_=C3=A4.pdf?=\"", "name", "liite ä.pdf"),
        ] {
            assert_eq!(Value::read(field.as_bytes()).parameter(name).as_deref(), Some(value), "{field}");
        }
        assert_eq!(Value::read(b"Text/HTML ; a").main, "text/html");
        assert_eq!(Value::read(b"text").parameter("charset"), None);
    }
}
