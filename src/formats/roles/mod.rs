//! Roles that lines and paragraphs have by their words alone: boilerplate, quotes, contacts, labels, addresses.
//! Pure functions over text, used by every format; they never look at the neighbours of a paragraph.

mod boilerplate;
mod boilerplate_lines;
mod contact;
mod fields;
mod kinds;
mod links;
mod quote;
mod references;
mod speech;

pub use boilerplate::{boilerplate, is_caption};
pub use boilerplate_lines::Boilerplate;
pub use contact::{contact_label, has_address, has_phone, is_contact, unglue};
pub use fields::is_field;
pub use kinds::{is_kind, is_kind_above_title};
pub use links::{FoundLink, find_links};
pub use quote::{Quote, Sureness, quote, speaker, speaker_before};
pub use references::{is_reference, is_section_name};

/// Returns the part of `text` at `range`; empty where the range does not fall on character borders.
pub(crate) fn part(text: &str, range: std::ops::Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Returns at most the first `bytes` bytes of `text`, cut at a character.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Returns `text` in the form in which tables hold lines: lower case, single blanks, no punctuation around it.
pub(crate) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let trimmed = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    let mut blank = false;
    for letter in trimmed.chars() {
        if letter.is_whitespace() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            key.push(' ');
        }
        if letter.is_ascii() {
            key.push(letter.to_ascii_lowercase());
        } else {
            key.extend(letter.to_lowercase());
        }
    }
    key
}

/// Packs the first four bytes of a text, in lower case, into a number that tells most lines from all entries of a table.
fn opening(text: &str) -> u32 {
    let mut packed = 0;
    for at in 0..4 {
        packed = packed << 8 | u32::from(text.as_bytes().get(at).map_or(0, u8::to_ascii_lowercase));
    }
    packed
}

/// Reports whether `text` may begin with an entry of `table`, which is sorted. Always so when it opens with a sign.
pub(crate) fn may_begin(text: &str, table: &[&str]) -> bool {
    if !text.starts_with(char::is_alphanumeric) {
        return true;
    }
    let first = opening(text);
    let at = table.partition_point(|entry| opening(entry) < first);
    table.get(at).is_some_and(|entry| opening(entry) == first)
}
