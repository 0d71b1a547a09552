//! Hyphenated words repeated without their hyphens behind a folded text.

use std::ops::Range;

use super::SourceMap;

/// Appends every hyphenated word of the folded text from `from` on, without its hyphens and after a line break.
pub(super) fn join_hyphenated(from: usize, out: &mut String, map: &mut impl SourceMap) {
    let Some(folded) = out.get(from..) else {
        return;
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut seen = 0;
    for hyphen in memchr::memchr_iter(b'-', folded.as_bytes()) {
        // The other hyphens of a word that was looked at, whether it is joined or not.
        if seen > hyphen {
            continue;
        }
        let Some(word) = hyphenated_word(folded, hyphen) else { continue };
        seen = word.end;
        if folded.get(word.clone()).is_some_and(|word| word.chars().any(char::is_alphabetic)) {
            words.push(word);
        }
    }
    for word in words {
        // Comes from nowhere: no needle holds a line break.
        map.atom(out.len() - from, 0..0);
        out.push('\n');
        let text = out.get(from + word.start..from + word.end).unwrap_or_default().to_owned();
        let mut part_start = word.start;
        for part in text.split('-') {
            map.repeat(part_start..part_start + part.len(), out.len() - from);
            out.push_str(part);
            part_start += part.len() + 1;
        }
    }
}

/// Returns the word around the hyphen at `hyphen`, if it has letters or digits on both sides.
fn hyphenated_word(folded: &str, hyphen: usize) -> Option<Range<usize>> {
    let belongs = |character: &char| character.is_alphanumeric() || *character == '-';
    let (before, after) = (folded.get(..hyphen)?, folded.get(hyphen + 1..)?);
    let touches = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    if !touches(before.chars().next_back()) || !touches(after.chars().next()) {
        return None;
    }
    let left: usize = before.chars().rev().take_while(belongs).map(char::len_utf8).sum();
    let right: usize = after.chars().take_while(belongs).map(char::len_utf8).sum();
    Some(hyphen - left..hyphen + 1 + right)
}
