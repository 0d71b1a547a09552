//! Bytes become text, whatever encoding they are in. Valid UTF-8 costs one look at it.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file the encoding is guessed from.
const SAMPLE: usize = 256 * 1024;
/// How far from the start a page or an XML file declares its encoding.
const DECLARED_WITHIN: usize = 2048;

/// A decoded text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub text: Cow<'a, str>,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// What a reader should know about it.
    pub note: Option<String>,
}

/// Decodes `bytes`; where they are only the first part of a file, a character cut at their end is left out.
#[must_use]
pub fn decode(bytes: &[u8], partial: bool) -> Decoded<'_> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(length..).unwrap_or_default();
        return if encoding == UTF_8 { utf_8(rest, partial) } else { by(encoding, rest, partial) };
    }
    if let Some(encoding) = bare_utf_16(bytes) {
        return by(encoding, bytes, partial);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", note: None },
        Err(_) if is_mostly_utf_8(bytes) => utf_8(bytes, partial),
        Err(_) => by(declared(bytes).unwrap_or_else(|| guess(bytes)), bytes, partial),
    }
}

/// Decodes `bytes` that are said to be in the encoding `label`, unless they refute it: text in UTF-8 is that whatever it
/// is said to be, and text that is not is in no UTF-8 and no ASCII. Where nothing is said, a page's own declaration and
/// then the guess decide, which is told.
#[must_use]
pub fn decode_as<'a>(bytes: &'a [u8], label: Option<&str>, partial: bool) -> Decoded<'a> {
    let label = label.map(|label| label.trim().to_ascii_lowercase().replace('_', "-")).unwrap_or_default();
    let stated = known_label(&label);
    let wide = |encoding| encoding == UTF_16LE || encoding == UTF_16BE || encoding == encoding_rs::ISO_2022_JP;
    if bytes.is_ascii()
        && !stated.is_some_and(wide)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        let encoding = stated.map_or("US-ASCII", Encoding::name);
        return Decoded { text: Cow::Borrowed(text), encoding, note: None };
    }
    let of_many_bytes = |encoding: &&'static Encoding| !encoding.is_single_byte() && *encoding != UTF_8;
    if let Some(encoding) = stated.filter(of_many_bytes) {
        let decoded = by(encoding, bytes, partial);
        if decoded.note.is_none() {
            return decoded;
        }
    }
    let refuted = |name: &str| format!("The text is in {name}, although it is said to be in {label}.");
    if std::str::from_utf8(bytes).is_ok() || is_mostly_utf_8(bytes) {
        let mut decoded = decode(bytes, partial);
        if stated.is_some_and(|stated| stated.name() != decoded.encoding) {
            decoded.note.get_or_insert_with(|| refuted(decoded.encoding));
        }
        return decoded;
    }
    if let Some(encoding) = stated.filter(|encoding| encoding.is_single_byte()) {
        return by(encoding, bytes, partial);
    }
    let mut decoded = decode(bytes, partial);
    if decoded.note.is_none() && declared(bytes).is_none_or(|declared| declared.name() != decoded.encoding) {
        decoded.note = Some(match label.as_str() {
            "" => format!("The text does not say its encoding: it was read as {}.", decoded.encoding),
            _ => refuted(decoded.encoding),
        });
    }
    decoded
}

/// Decodes the bytes of a feed that was fetched: a byte order mark, the width of its first characters and valid UTF-8 win
/// over what is said of it, which the `label` of its answer says before its own declaration does.
#[must_use]
pub fn decode_feed<'a>(bytes: &'a [u8], label: Option<&str>, partial: bool) -> Decoded<'a> {
    if let Some(decoded) = utf_32(bytes) {
        return decoded;
    }
    let label = label.map(|label| label.trim_matches(['"', '\'', ' ']).to_ascii_lowercase()).unwrap_or_default();
    let stated = known_label(&label).filter(|encoding| *encoding != UTF_8);
    // ISO-2022-JP looks like ASCII.
    if stated == Some(encoding_rs::ISO_2022_JP) && memchr::memchr(0x1b, bytes).is_some() && bytes.is_ascii() {
        return by(encoding_rs::ISO_2022_JP, bytes, partial);
    }
    if Encoding::for_bom(bytes).is_none()
        && let Some(encoding) = first_utf_16(bytes)
    {
        return by(encoding, bytes, partial);
    }
    let refuted = std::str::from_utf8(bytes).is_ok() || is_mostly_utf_8(bytes) || Encoding::for_bom(bytes).is_some();
    let narrow = |encoding: &&'static Encoding| *encoding != UTF_16LE && *encoding != UTF_16BE;
    match stated.filter(narrow) {
        Some(encoding) if !refuted && bare_utf_16(bytes).is_none() => {
            let decoded = by(encoding, bytes, partial);
            if decoded.note.is_some() && declared(bytes).is_some() { decode(bytes, partial) } else { decoded }
        }
        _ => decode(bytes, partial),
    }
}

/// Decodes UTF-32, known by its mark or by three zeros beside its first `<`.
fn utf_32(bytes: &[u8]) -> Option<Decoded<'static>> {
    let (start, big) = match bytes {
        [0, 0, 0xfe, 0xff, ..] => (4, true),
        [0xff, 0xfe, 0, 0, ..] => (4, false),
        [0, 0, 0, b'<', ..] => (0, true),
        [b'<', 0, 0, 0, ..] => (0, false),
        _ => return None,
    };
    let mut wrong = false;
    let text: String = bytes
        .get(start..)?
        .chunks_exact(4)
        .map(|unit| {
            let unit = <[u8; 4]>::try_from(unit).unwrap_or_default();
            let code = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
            char::from_u32(code).unwrap_or_else(|| {
                wrong = true;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    let encoding = if big { "UTF-32BE" } else { "UTF-32LE" };
    let note = wrong.then(|| format!("Some bytes are not valid {encoding}: they are shown as \u{fffd}."));
    Some(Decoded { text: Cow::Owned(text), encoding, note })
}

/// Returns the UTF-16 that a document begins in whose first character is `<`.
fn first_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0, b'<', 0, second, ..] if *second != 0 => Some(UTF_16BE),
        [b'<', 0, second, 0, ..] if *second != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Returns the encoding that a label means, also one that only people write; none for ASCII, which bytes beyond it refute.
fn known_label(label: &str) -> Option<&'static Encoding> {
    if matches!(label, "" | "us-ascii" | "ascii" | "ansi-x3.4-1968" | "iso646-us") {
        return None;
    }
    let plain = label.strip_prefix("x-").unwrap_or(label).replace("latin-", "latin");
    let plain = match plain.as_str() {
        "latin9" | "iso8859-15" => "iso-8859-15",
        "utf8-mb4" | "utf-8-mac" => "utf-8",
        plain => plain,
    };
    let found = Encoding::for_label(label.as_bytes()).or_else(|| Encoding::for_label(plain.as_bytes()));
    let found = found.or_else(|| Encoding::for_label(plain.replace("cp-", "windows-").as_bytes()));
    found.filter(|encoding| *encoding != encoding_rs::REPLACEMENT)
}

/// UTF-8 as far as it is; the bytes that are not are read as Windows-1252, the usual stowaway.
fn utf_8(bytes: &[u8], partial: bool) -> Decoded<'_> {
    let mut chunks = bytes.utf8_chunks().peekable();
    let mut text = Cow::Borrowed("");
    let mut wrong = 0_usize;
    while let Some(chunk) = chunks.next() {
        if text.is_empty() {
            text = Cow::Borrowed(chunk.valid());
        } else {
            text.to_mut().push_str(chunk.valid());
        }
        let invalid = chunk.invalid();
        let cut = partial && chunks.peek().is_none() && invalid.first().is_some_and(|byte| *byte >= 0xc2);
        if !invalid.is_empty() && !cut {
            wrong += 1;
            text.to_mut().push_str(&WINDOWS_1252.decode_without_bom_handling(invalid).0);
        }
    }
    let note = (wrong > 0).then(|| match wrong {
        1 => "One place is not valid UTF-8: it was read as windows-1252.".to_owned(),
        _ => format!("{wrong} places are not valid UTF-8: they were read as windows-1252."),
    });
    Decoded { text, encoding: "UTF-8", note }
}

fn by<'a>(encoding: &'static Encoding, bytes: &'a [u8], partial: bool) -> Decoded<'a> {
    if encoding == UTF_8 {
        return utf_8(bytes, partial);
    }
    let bytes = if partial && (encoding == UTF_16LE || encoding == UTF_16BE) {
        bytes.get(..bytes.len() & !1).unwrap_or(bytes)
    } else {
        bytes
    };
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    let note = wrong.then(|| format!("Some bytes are not valid {}: they are shown as \u{fffd}.", encoding.name()));
    Decoded { text, encoding: encoding.name(), note }
}

/// UTF-16 without a byte order mark: every other byte of its Latin letters and blanks is zero.
fn bare_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(1024) & !1)?;
    if sample.len() < 8 {
        return None;
    }
    let (mut high, mut low) = (0, 0);
    for pair in sample.chunks_exact(2) {
        high += usize::from(pair.first() == Some(&0));
        low += usize::from(pair.last() == Some(&0));
    }
    let pairs = sample.len() / 2;
    match (high * 10 > pairs * 6 && low * 10 < pairs, low * 10 > pairs * 6 && high * 10 < pairs) {
        (true, _) => Some(UTF_16BE),
        (_, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Reports whether most of what is not ASCII is UTF-8: a few bad bytes don't make a file another encoding.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // The sample's own cut, or the file's, may be one of the bad places.
    good > bad.saturating_sub(1) * 2 && good > 0
}

/// Returns the encoding a page or an XML file declares; `None` where it is none or UTF-8, which the bytes refute.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARED_WITHIN)).unwrap_or(bytes).to_ascii_lowercase();
    let key = [b"charset".as_slice(), b"encoding"];
    let at = key.iter().find_map(|key| Some(memchr::memmem::find(&head, key)? + key.len()))?;
    let rest = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte))).unwrap_or(rest.len());
    let encoding = Encoding::for_label(rest.get(..end)?)?;
    (encoding != UTF_8 && encoding != UTF_16LE && encoding != UTF_16BE && encoding != encoding_rs::REPLACEMENT)
        .then_some(encoding)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let encoding = detector.guess(Some(b"fi"), Utf8Detection::Deny);
    if encoding == WINDOWS_1252 && is_latin_9(sample) { ISO_8859_15 } else { encoding }
}

/// Reports whether text that reads as Windows-1252 makes more sense as ISO-8859-15: it has `€`, `Š` or `Ž` where the other
/// has `¤`, `¦` or `´`, and no byte that only Windows uses.
fn is_latin_9(bytes: &[u8]) -> bool {
    if bytes.iter().any(|byte| (0x80..=0x9f).contains(byte)) {
        return false;
    }
    bytes.windows(3).any(|around| match around {
        [before, 0xa4, after] => {
            (before.is_ascii_digit() || *before == b' ') && !after.is_ascii_alphabetic() || after.is_ascii_digit()
        }
        [before, 0xa6 | 0xa8 | 0xb4 | 0xb8, after] => {
            after.is_ascii_lowercase() && (before.is_ascii_alphabetic() || *before == b' ')
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FINNISH: &str = "Vantaan ja Keravan yhteistyö jatkuu. Äänestys käydään syyskuussa; tiedä se.";

    fn decoded(bytes: &[u8]) -> (String, &'static str, bool) {
        let Decoded { text, encoding, note } = decode(bytes, false);
        (text.into_owned(), encoding, note.is_some())
    }

    fn utf_16(text: &str, mark: bool, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(bytes_of).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        for (bytes, encoding) in [
            (FINNISH.as_bytes().to_vec(), "UTF-8"),
            ([b"\xef\xbb\xbf", FINNISH.as_bytes()].concat(), "UTF-8"),
            (utf_16(FINNISH, true, u16::to_le_bytes), "UTF-16LE"),
            (utf_16(FINNISH, true, u16::to_be_bytes), "UTF-16BE"),
            (utf_16(FINNISH, false, u16::to_le_bytes), "UTF-16LE"),
            (utf_16(FINNISH, false, u16::to_be_bytes), "UTF-16BE"),
            (WINDOWS_1252.encode(FINNISH).0.into_owned(), "windows-1252"),
        ] {
            assert_eq!(decoded(&bytes), (FINNISH.to_owned(), encoding, false));
        }
    }

    #[test]
    fn the_euro_sign_tells_latin_9() {
        let text = "Hanke sai 2,7 miljoonaa € tukea. Työ päättyy syksyllä.";
        assert_eq!(decoded(&ISO_8859_15.encode(text).0), (text.to_owned(), "ISO-8859-15", false));
        assert_eq!(decoded(&WINDOWS_1252.encode(text).0), (text.to_owned(), "windows-1252", false));
    }

    #[test]
    fn a_declaration_is_heeded_unless_the_bytes_refute_it() {
        let page = "<html><head><meta charset=\"windows-1251\"></head><body>Привет</body></html>";
        let bytes = encoding_rs::WINDOWS_1251.encode(page).0;
        assert_eq!(decoded(&bytes), (page.to_owned(), "windows-1251", false));
        let wrong = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><p>{FINNISH}</p>");
        assert_eq!(decoded(&WINDOWS_1252.encode(&wrong).0), (wrong, "windows-1252", false));
        let right = format!("<meta charset=latin1>{FINNISH}");
        assert_eq!(decoded(right.as_bytes()).1, "UTF-8");
    }

    #[test]
    fn what_is_said_is_heeded_unless_the_bytes_refute_it() {
        let swedish = "Bron är öppen för trafik från måndag, och vägen är åter fri på båda sidor.";
        let latin = WINDOWS_1252.encode(swedish).0.into_owned();
        for (bytes, label, encoding, noted) in [
            (latin.as_slice(), Some("iso-8859-1"), "windows-1252", false),
            (&latin, Some("Latin-1"), "windows-1252", false),
            (&latin, Some("utf-8"), "windows-1252", true),
            (&latin, Some("us-ascii"), "windows-1252", true),
            (&latin, Some("x-unknown"), "windows-1252", true),
            (&latin, None, "windows-1252", true),
            (swedish.as_bytes(), Some("us-ascii"), "UTF-8", false),
            (swedish.as_bytes(), Some("iso-8859-1"), "UTF-8", true),
            (swedish.as_bytes(), Some("windows-1252"), "UTF-8", true),
            (swedish.as_bytes(), Some("utf-8"), "UTF-8", false),
            (swedish.as_bytes(), None, "UTF-8", false),
        ] {
            let found = decode_as(bytes, label, false);
            assert_eq!((found.text.as_ref(), found.encoding), (swedish, encoding), "{label:?}");
            assert_eq!(found.note.is_some(), noted, "{label:?}: {:?}", found.note);
        }
        let page = WINDOWS_1252.encode("<meta charset=windows-1252><p>Väylä</p>").0.into_owned();
        assert_eq!(decode_as(&page, None, false).note, None);
        let japanese = encoding_rs::ISO_2022_JP.encode("\u{65e5}\u{672c}").0.into_owned();
        assert_eq!(decode_as(&japanese, Some("iso-2022-jp"), false).text, "\u{65e5}\u{672c}");
    }

    #[test]
    fn a_few_bad_bytes_are_told_and_read() {
        let mut bytes = FINNISH.as_bytes().to_vec();
        bytes.extend_from_slice(b" j\xe4lki");
        assert_eq!(decoded(&bytes), (format!("{FINNISH} jälki"), "UTF-8", true));
    }

    #[test]
    fn a_cut_character_is_no_fault_of_a_first_part() {
        let bytes = "sää".as_bytes();
        let cut = decode(&bytes[..4], true);
        assert_eq!((cut.text.as_ref(), cut.note), ("sä", None));
        let whole = decode(&bytes[..4], false);
        assert!(whole.note.is_some());
    }

    #[test]
    fn mojibake_is_left_as_it_is() {
        let text = "TyÃ¶llisyys pysyi ennallaan";
        assert_eq!(decoded(text.as_bytes()), (text.to_owned(), "UTF-8", false));
    }

    proptest! {
        #[test]
        fn any_bytes_are_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..600), partial in any::<bool>()) {
            let _ = decode(&bytes, partial);
            for label in ["utf-8", "utf-16", "iso-8859-1", "shift_jis", "iso-2022-jp", ""] {
                let _ = decode_as(&bytes, Some(label), partial);
            }
        }

        #[test]
        fn any_text_comes_through(text in "\\PC{0,300}") {
            prop_assume!(!text.starts_with('\u{feff}') && bare_utf_16(text.as_bytes()).is_none());
            prop_assert_eq!(decode(text.as_bytes(), false).text, text.as_str());
        }
    }
}
