//! The folding of a text letter by letter; long plain stretches are copied at once.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use super::tables::{expansion, is_accent, is_compatible, is_invisible, simple};
use super::{Folding, SourceMap};

/// Appends the folded `text` to `out` and records its source map. `from` is where the folded text begins in `out`.
pub(super) fn fold_letters(text: &str, folding: Folding, from: usize, out: &mut String, map: &mut impl SourceMap) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = plain_end(bytes, at, folding, out.len() > from && out.ends_with(' '));
        if let Some(plain) = text.get(at..end).filter(|plain| !plain.is_empty()) {
            map.run(out.len() - from, at);
            out.push_str(plain);
            at = end;
        } else if let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let end = at + character.len_utf8();
            one(character, at..end, folding, from, out, map);
            at = end;
        } else {
            break; // Never: `at` only ever stands between characters.
        }
    }
    // Capitals were copied as they are: lowering the whole at once is many times faster than one by one.
    if let Some(new) = out.get_mut(from..) {
        new.make_ascii_lowercase();
    }
}

/// Returns the end of the stretch from `at` on that is copied byte for byte: å ä ö and ASCII except for controls and
/// repeated blanks.
fn plain_end(bytes: &[u8], at: usize, folding: Folding, mut after_blank: bool) -> usize {
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b' ' if after_blank => break,
            b' '..=b'~' => {
                after_blank = byte == b' ';
                end += 1;
            }
            0xC3 if folding == Folding::Strict && matches!(bytes.get(end + 1), Some(0xA4 | 0xA5 | 0xB6)) => {
                after_blank = false;
                end += 2;
            }
            _ => break,
        }
    }
    end
}

/// Folds one character that is not plain.
fn one(
    character: char,
    source: Range<usize>,
    folding: Folding,
    from: usize,
    out: &mut String,
    map: &mut impl SourceMap,
) {
    if character.is_whitespace() || character.is_control() {
        if !out.get(from..).is_some_and(|new| new.ends_with(' ')) {
            emit(' ', character, source, from, out, map);
        }
        return;
    }
    if is_invisible(character) {
        return;
    }
    if let Some(letter) = simple(character, folding) {
        emit(letter, character, source, from, out, map);
        return;
    }
    let start = out.len() - from;
    let mut fresh = String::new();
    let mut decomposed = |part: char| part.to_lowercase().for_each(|lower| fresh.push(lower));
    match expansion(character) {
        Some(spelt) => spelt.chars().for_each(&mut decomposed),
        None if is_compatible(character) => {
            std::iter::once(character).nfkd().for_each(&mut decomposed);
        }
        None => decompose_canonical(character, &mut decomposed),
    }
    let mut began = false;
    let mut parts = fresh.nfd().peekable();
    while let Some(part) = parts.next() {
        if is_accent(part) {
            accent(part, source.end, folding, from, out, map);
            continue;
        }
        let part = simple(part, folding).unwrap_or(part);
        if !began && parts.peek().is_none() {
            emit(part, character, source, from, out, map);
            return;
        }
        if !began {
            map.atom(start, source.clone());
            began = true;
        }
        out.push(part);
    }
}

/// Writes the single `letter` that `character` folds to.
fn emit(letter: char, character: char, source: Range<usize>, from: usize, out: &mut String, map: &mut impl SourceMap) {
    let folded = out.len() - from;
    if letter.len_utf8() == character.len_utf8() {
        map.run(folded, source.start);
    } else {
        map.atom(folded, source);
    }
    out.push(letter);
}

/// Folds a combining accent: joins it with the letter before it to å ä ö, or drops it.
fn accent(mark: char, source_end: usize, folding: Folding, from: usize, out: &mut String, map: &mut impl SourceMap) {
    let Some(base) = out.get(from..).and_then(|new| new.chars().next_back()) else {
        return;
    };
    let base_at = out.len() - from - base.len_utf8();
    map.widen(base_at, source_end);
    let joined = match (base, mark) {
        ('a' | 'A', '\u{308}') => 'ä',
        ('o' | 'O', '\u{308}') => 'ö',
        ('a' | 'A', '\u{30A}') => 'å',
        _ => return,
    };
    if folding == Folding::Strict {
        out.pop();
        out.push(joined);
    }
}
