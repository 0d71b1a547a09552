//! Bodies as they travel, base64 and quoted-printable, back to the bytes they stand for.

use std::borrow::Cow;

/// Shortest line that is taken for base64 where the base64 before it has ended already, in bytes.
const RESUMED: usize = 20;

/// Undoes the transfer encoding named `encoding`; what is not in it stays as it is.
pub(super) fn decode<'a>(encoding: &str, body: &'a [u8]) -> Cow<'a, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "base64" => base64_lines(body),
        "quoted-printable" => Cow::Owned(quoted_printable(body, false)),
        _ => Cow::Borrowed(body),
    }
}

/// Decodes base64 up to the first line that is none; what a mailing list wrote after it follows as it is.
fn base64_lines(body: &[u8]) -> Cow<'_, [u8]> {
    let mut decoder = Base64::default();
    let mut at = 0;
    for line in body.split_inclusive(|byte| *byte == b'\n') {
        let text = line.trim_ascii();
        let resumes = !decoder.ended || (text.len() >= RESUMED && text.len() % 4 == 0);
        let encoded = text.iter().all(|byte| is_base64(*byte));
        if !(text.is_empty() || resumes && encoded) {
            break;
        }
        decoder.ended &= text.is_empty();
        decoder.push(text);
        at += line.len();
    }
    let mut decoded = decoder.finish();
    let rest = body.get(at..).unwrap_or_default();
    if decoded.is_empty() {
        return Cow::Borrowed(body);
    }
    if !rest.trim_ascii().is_empty() {
        decoded.extend_from_slice(b"\n\n");
        decoded.extend_from_slice(rest);
    }
    Cow::Owned(decoded)
}

/// Decodes base64 whatever else stands between its letters.
pub(in crate::formats) fn base64(text: &[u8]) -> Vec<u8> {
    let mut decoder = Base64::default();
    decoder.push(text);
    decoder.finish()
}

fn is_base64(byte: u8) -> bool {
    value(byte).is_some() || byte == b'='
}

fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

/// Base64 while it is decoded.
#[derive(Debug, Default)]
struct Base64 {
    bytes: Vec<u8>,
    /// The bits of letters that fill no byte yet, and how many letters those are.
    bits: u32,
    letters: u8,
    /// Whether padding came.
    ended: bool,
}

impl Base64 {
    fn push(&mut self, text: &[u8]) {
        for byte in text {
            match value(*byte) {
                Some(value) => {
                    self.bits = self.bits << 6 | u32::from(value);
                    self.letters += 1;
                    if self.letters == 4 {
                        self.flush();
                    }
                }
                None if *byte == b'=' => {
                    self.flush();
                    self.ended = true;
                }
                None => {}
            }
        }
    }

    /// Writes the whole bytes of the letters that came since the last four.
    fn flush(&mut self) {
        let count = match self.letters {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => 0,
        };
        let [_, bytes @ ..] = (self.bits << (6 * u32::from(4 - self.letters.min(4)))).to_be_bytes();
        self.bytes.extend(bytes.iter().take(count));
        (self.bits, self.letters) = (0, 0);
    }

    fn finish(mut self) -> Vec<u8> {
        self.flush();
        self.bytes
    }
}

/// Decodes quoted-printable; `words` as header fields have it, with `_` for a blank.
pub(super) fn quoted_printable(text: &[u8], words: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match byte {
            b'_' if words => bytes.push(b' '),
            b'=' => {
                let pair = text.get(at..at + 2).and_then(|pair| std::str::from_utf8(pair).ok());
                if let Some(value) = pair.filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()))
                    && let Ok(value) = u8::from_str_radix(value, 16)
                {
                    bytes.push(value);
                    at += 2;
                    continue;
                }
                // A soft line break, perhaps with blanks that came on the way.
                let rest = text.get(at..).unwrap_or_default();
                let blanks = rest.iter().take(80).take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                match rest.get(blanks) {
                    Some(b'\n') => at += blanks + 1,
                    None => at = text.len(),
                    Some(_) => bytes.push(b'='),
                }
            }
            byte => bytes.push(byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(encoding: &str, body: &str) -> String {
        String::from_utf8_lossy(&decode(encoding, body.as_bytes())).into_owned()
    }

    #[test]
    fn what_follows_base64_stays_text() {
        let body = "VHnDtm1hYSBvbiB2YWxtaXMgamEgdsOkeWzDpCBhdWtpLg0K";
        let plain = "Työmaa on valmis ja väylä auki.\r\n";
        assert_eq!(text("base64", body), plain);
        assert_eq!(text("BASE64", &body.replace("yBvbi", "yBv\r\nbi")), plain);
        assert_eq!(
            text("base64", &format!("{body}\n____\nTiedotelista\n")),
            format!("{plain}\n\n____\nTiedotelista\n")
        );
        assert_eq!(text("base64", "U2lsdGE=\nListan osoite\n"), "Silta\n\nListan osoite\n");
        assert_eq!(text("base64", "U2lsdGE=\nKiitos\n"), "Silta\n\nKiitos\n");
        assert_eq!(text("base64", "U2lsdG"), "Silt");
        assert_eq!(text("base64", "Silta avataan: tervetuloa."), "Silta avataan: tervetuloa.");
    }

    #[test]
    fn quoted_printable_is_read_with_its_faults() {
        assert_eq!(text("quoted-printable", "v=C3=A4yl=c3=a4 =\r\nauki=  \nnyt"), "väylä aukinyt");
        assert_eq!(text("Quoted-Printable", "a=b =Ö 1=1 =3D="), "a=b =Ö 1=1 =");
        assert_eq!(quoted_printable(b"a_b=20c", true), b"a b c");
        assert_eq!(text("8bit", "a=20b"), "a=20b");
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for encoding in ["base64", "quoted-printable", ""] {
                prop_assert!(decode(encoding, &bytes).len() <= bytes.len() + 2);
            }
        }
    }
}
