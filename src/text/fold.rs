//! Text folded for searching, with the way back to the source.
//!
//! Folding is *lower case without accents*: `Šiauliai` → `siauliai`, `ﬁ` → `fi`, `ß` → `ss`. In [`Folding::Strict`]
//! the letters å ä ö stay apart from a and o (in Finnish and Swedish they are letters of their own);
//! [`Folding::Lenient`] drops them too, for those whose keyboard lacks them. Every run of blanks and line breaks is one
//! blank, dashes are `-`, curly quotes are straight, soft hyphens and zero-width characters are gone. Texts in Latin,
//! Greek and Cyrillic letters fold alike whether composed (NFC) or not (NFD), and folding twice changes nothing.
//!
//! A hyphen stays, because what follows it begins a part of the word. So that `sotekeskus` finds `sote-keskus` all
//! the same, [`Folded`] repeats every hyphenated word without its hyphens at the end of the text, each after a line
//! break (a folded text has no other line breaks). One `memmem` over the one string then finds both spellings.

use std::ops::Range;

use memchr::memmem;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Whether å ä ö stay letters of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Folding {
    /// å ä ö differ from a and o.
    #[default]
    Strict,
    /// å ä are a, ö is o.
    Lenient,
}

/// Appends `text`, folded, to `out`: the folding of [`Folded`] without the joined words and the way back.
///
/// Idempotent, but for the blanks where two folded texts meet.
pub fn fold_into(text: &str, folding: Folding, out: &mut String) {
    let from = out.len();
    run(text, folding, from, out, &mut ());
}

/// `text` folded: [`fold_into`] into a new string.
#[must_use]
pub fn fold(text: &str, folding: Folding) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, folding, &mut out);
    out
}

/// Appends to `out` what a search scans: `text` folded, then its hyphenated words joined, each after a line break.
///
/// The same string as [`Folded::text`], for those that keep it and do not need the way back.
pub fn searchable_into(text: &str, folding: Folding, out: &mut String) {
    let from = out.len();
    run(text, folding, from, out, &mut ());
    join_hyphenated(from, out, &mut ());
}

/// A folded text that knows where in the source each of its bytes came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// In order of `folded`; the first, when the text is not empty, stands at 0.
    pieces: Vec<Piece>,
    source_len: usize,
}

/// A stretch of folded text, up to the next piece, that came from one stretch of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    folded: u32,
    source: u32,
    /// Where an atom's source ends; [`u32::MAX`] for a piece that runs byte for byte beside its source.
    end: u32,
}

/// Long texts have hundreds of thousands of pieces: they take half the room in 32 bits, and no text is that long.
impl Piece {
    fn new(folded: usize, source: usize, atom_end: Option<usize>) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { folded: short(folded), source: short(source), end: atom_end.map_or(u32::MAX, short) }
    }

    const fn folded(&self) -> usize {
        self.folded as usize
    }

    const fn atom_end(&self) -> Option<usize> {
        if self.end == u32::MAX { None } else { Some(self.end as usize) }
    }

    /// The source of the byte at `folded`, or of the whole atom.
    const fn source_of(&self, folded: usize) -> usize {
        let into = if self.end == u32::MAX { folded.saturating_sub(self.folded()) } else { 0 };
        self.source as usize + into
    }
}

impl Folded {
    /// Folds `text` strictly: å ä ö stay apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::with(text, Folding::Strict)
    }

    /// Folds `text` as told.
    #[must_use]
    pub fn with(text: &str, folding: Folding) -> Self {
        let mut folded = String::with_capacity(text.len().saturating_add(16));
        let mut pieces = Vec::new();
        run(text, folding, 0, &mut folded, &mut pieces);
        join_hyphenated(0, &mut folded, &mut pieces);
        pieces.shrink_to_fit();
        folded.shrink_to_fit();
        Self { text: folded, pieces, source_len: text.len() }
    }

    /// The folded text; behind it, each after a line break, the hyphenated words joined.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that the folded bytes `range` came from.
    ///
    /// Whole characters of the source, even where the range ends inside an expanded one (`ß` → `ss`), each with the
    /// accents that follow it.
    #[must_use]
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        let end = if range.end <= range.start { start } else { self.source_end(range.end) };
        start..end.max(start)
    }

    /// Every place of the *folded* `needle`, as source ranges in order, none twice and none overlapping the one before.
    #[must_use]
    pub fn find(&self, needle: &str) -> Vec<Range<usize>> {
        if needle.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<_> = memmem::find_iter(self.text.as_bytes(), needle.as_bytes())
            .map(|at| self.source_range(at..at + needle.len()))
            .collect();
        // Matches among the joined words come last and mostly repeat one of the text itself.
        found.sort_unstable_by_key(|range| (range.start, range.end));
        let mut end = 0;
        found.retain(|range| {
            let keep = range.start >= end;
            if keep {
                end = range.end;
            }
            keep
        });
        found
    }

    fn piece_at(&self, folded: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.folded() <= folded);
        self.pieces.get(after.checked_sub(1)?)
    }

    fn source_start(&self, folded: usize) -> usize {
        if folded >= self.text.len() {
            return self.source_len;
        }
        self.piece_at(folded).map_or(0, |piece| piece.source_of(folded))
    }

    /// Where the source of the folded byte before `folded` ends, with the dropped characters that follow it.
    fn source_end(&self, folded: usize) -> usize {
        let last = folded.saturating_sub(1);
        let after = self.pieces.partition_point(|piece| piece.folded() <= last);
        let Some(piece) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0;
        };
        piece.atom_end().unwrap_or_else(|| piece.source_of(folded)).min(self.source_len)
    }
}

/// What keeps the way back: nothing at all, or pieces.
trait Track {
    /// From `source` and `folded` on, the bytes run side by side.
    fn run(&mut self, folded: usize, source: usize);
    /// The character at `source` gave the bytes from `folded` on, not byte for byte.
    fn atom(&mut self, folded: usize, source: Range<usize>);
    /// The last character, begun at `folded`, was joined with a mark ending at `source_end`.
    fn widen(&mut self, folded: usize, source_end: usize);
    /// The bytes of `folded` came again at `again` (in a joined word).
    fn repeat(&mut self, folded: Range<usize>, again: usize);
}

impl Track for () {
    fn run(&mut self, _: usize, _: usize) {}
    fn atom(&mut self, _: usize, _: Range<usize>) {}
    fn widen(&mut self, _: usize, _: usize) {}
    fn repeat(&mut self, _: Range<usize>, _: usize) {}
}

impl Track for Vec<Piece> {
    fn run(&mut self, folded: usize, source: usize) {
        let goes_on = self.last().is_some_and(|last| last.atom_end().is_none() && last.source_of(folded) == source);
        if !goes_on {
            self.push(Piece::new(folded, source, None));
        }
    }

    fn atom(&mut self, folded: usize, source: Range<usize>) {
        self.push(Piece::new(folded, source.start, Some(source.end)));
    }

    fn widen(&mut self, folded: usize, source_end: usize) {
        let Some(last) = self.last_mut() else { return };
        if last.atom_end().is_some() || last.folded() == folded {
            *last = Piece::new(last.folded(), last.source as usize, Some(source_end));
        } else {
            let source = last.source_of(folded);
            self.atom(folded, source..source_end);
        }
    }

    fn repeat(&mut self, folded: Range<usize>, again: usize) {
        if folded.is_empty() {
            return;
        }
        let first = self.partition_point(|piece| piece.folded() <= folded.start).saturating_sub(1);
        let behind = self.partition_point(|piece| piece.folded() < folded.end);
        let copies: Vec<_> = self
            .get(first..behind)
            .unwrap_or_default()
            .iter()
            .map(|piece| {
                let from = piece.folded().max(folded.start);
                Piece::new(again + from - folded.start, piece.source_of(from), piece.atom_end())
            })
            .collect();
        self.extend(copies);
    }
}

/// The folding itself: long plain stretches are copied, anything else goes character by character.
fn run(text: &str, folding: Folding, from: usize, out: &mut String, track: &mut impl Track) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let end = plain_end(bytes, at, folding, out.len() > from && out.ends_with(' '));
        if let Some(plain) = text.get(at..end).filter(|plain| !plain.is_empty()) {
            track.run(out.len() - from, at);
            out.push_str(plain);
            at = end;
        } else if let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let end = at + character.len_utf8();
            one(character, at..end, folding, from, out, track);
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

/// Where the stretch from `at` on ends that is copied byte for byte: ASCII but for controls and repeated blanks, and å ä ö.
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
fn one(character: char, source: Range<usize>, folding: Folding, from: usize, out: &mut String, track: &mut impl Track) {
    if character.is_whitespace() || character.is_control() {
        if !out.get(from..).is_some_and(|new| new.ends_with(' ')) {
            emit(' ', character, source, from, out, track);
        }
        return;
    }
    if is_invisible(character) {
        return;
    }
    if let Some(letter) = simple(character, folding) {
        emit(letter, character, source, from, out, track);
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
            accent(part, source.end, folding, from, out, track);
            continue;
        }
        let part = simple(part, folding).unwrap_or(part);
        if !began && parts.peek().is_none() {
            emit(part, character, source, from, out, track);
            return;
        }
        if !began {
            track.atom(start, source.clone());
            began = true;
        }
        out.push(part);
    }
}

/// Writes the single `letter` that `character` folds to.
fn emit(letter: char, character: char, source: Range<usize>, from: usize, out: &mut String, track: &mut impl Track) {
    let folded = out.len() - from;
    if letter.len_utf8() == character.len_utf8() {
        track.run(folded, source.start);
    } else {
        track.atom(folded, source);
    }
    out.push(letter);
}

/// A combining accent: it makes å ä ö of the letter before it, or is dropped.
fn accent(mark: char, source_end: usize, folding: Folding, from: usize, out: &mut String, track: &mut impl Track) {
    let Some(base) = out.get(from..).and_then(|new| new.chars().next_back()) else {
        return;
    };
    let base_at = out.len() - from - base.len_utf8();
    track.widen(base_at, source_end);
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

/// The commonest characters beyond ASCII, by a table.
fn simple(character: char, folding: Folding) -> Option<char> {
    let letter = match character {
        'ä' | 'Ä' => 'ä',
        'ö' | 'Ö' => 'ö',
        'å' | 'Å' => 'å',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'á' | 'à' | 'â' | 'ã' | 'Á' | 'À' | 'Â' | 'Ã' => 'a',
        'ó' | 'ò' | 'ô' | 'õ' | 'ø' | 'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ø' => 'o',
        'ü' | 'ú' | 'ù' | 'û' | 'Ü' | 'Ú' | 'Ù' | 'Û' => 'u',
        'š' | 'Š' => 's',
        'ž' | 'Ž' => 'z',
        'č' | 'Č' => 'c',
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'ł' | 'Ł' => 'l',
        'ŧ' | 'Ŧ' => 't',
        'ħ' | 'Ħ' => 'h',
        'ŋ' | 'Ŋ' => 'ŋ',
        'ς' => 'σ',
        'ı' => 'i',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2E3A}' | '\u{2E3B}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '’' | '‘' | '‛' | '′' | 'ʼ' => '\'',
        '”' | '“' | '„' | '‟' | '″' | '»' | '«' => '"',
        _ => return None,
    };
    Some(match (folding, letter) {
        (Folding::Lenient, 'ä' | 'å') => 'a',
        (Folding::Lenient, 'ö') => 'o',
        _ => letter,
    })
}

/// Letters that are spelt with two.
const fn expansion(character: char) -> Option<&'static str> {
    Some(match character {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' | 'ǽ' | 'Ǽ' | 'ǣ' | 'Ǣ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        'ŉ' => "'n",
        _ => return None,
    })
}

/// Ligatures, two-letter characters and full-width forms: the compatibility characters that stand for plain letters.
/// (All of them would turn `½` into `1⁄2` and `m²` into `m2`, which no reader expects.)
const fn is_compatible(character: char) -> bool {
    matches!(character, 'ĳ' | 'Ĳ' | '\u{1C4}'..='\u{1CC}' | '\u{1F1}'..='\u{1F3}' | '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}')
}

/// The accents of Latin, Greek and Cyrillic. Marks of other scripts are vowels there and stay.
fn is_accent(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
        && is_combining_mark(character)
}

/// Characters that take no room: soft hyphen, joiners, byte order mark, direction marks, variation selectors.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Appends every hyphenated word of the folded text from `from` on once more without its hyphens.
fn join_hyphenated(from: usize, out: &mut String, track: &mut impl Track) {
    let Some(folded) = out.get(from..) else {
        return;
    };
    let mut words: Vec<Range<usize>> = Vec::new();
    for hyphen in memchr::memchr_iter(b'-', folded.as_bytes()) {
        if words.last().is_some_and(|word| word.end > hyphen) {
            continue;
        }
        let word = hyphenated_word(folded, hyphen);
        if word
            .as_ref()
            .and_then(|word| folded.get(word.clone()))
            .is_some_and(|word| word.chars().any(char::is_alphabetic))
        {
            words.extend(word);
        }
    }
    for word in words {
        // Comes from nowhere: no needle holds a line break.
        track.atom(out.len() - from, 0..0);
        out.push('\n');
        let text = out.get(from + word.start..from + word.end).unwrap_or_default().to_owned();
        let mut part_start = word.start;
        for part in text.split('-') {
            track.repeat(part_start..part_start + part.len(), out.len() - from);
            out.push_str(part);
            part_start += part.len() + 1;
        }
    }
}

/// The word around the hyphen at `hyphen`, if letters or digits touch it on both sides.
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

#[cfg(test)]
mod tests {
    use super::{Folded, Folding, fold, searchable_into};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn folding_table() {
        for (source, strict, lenient) in [
            ("", "", ""),
            ("Hämeenlinna ÅÄÖ", "hämeenlinna åäö", "hameenlinna aao"),
            ("Cafe\u{301} Café ÉÈ", "cafe cafe ee", "cafe cafe ee"),
            ("a\u{308}O\u{308}A\u{30A}", "äöå", "aoa"),
            ("Šiauliai Žilina Łódź Müller", "siauliai zilina lodz muller", "siauliai zilina lodz muller"),
            ("Straße STRASSE ẞ", "strasse strasse ss", "strasse strasse ss"),
            ("İstanbul ısı ŉ ǅ ﬁnaali ﬀ", "istanbul isi 'n dz finaali ff", "istanbul isi 'n dz finaali ff"),
            ("Tromsø Ærø", "tromso aero", "tromso aero"),
            ("kun\u{AD}nan\u{200B}hallitus", "kunnanhallitus", "kunnanhallitus"),
            ("a \n\t\u{A0} b\r\n", "a b ", "a b "),
            ("klo 10–12 Vantaa‑Kerava", "klo 10-12 vantaa-kerava", "klo 10-12 vantaa-kerava"),
            ("”Näin” l’été", "\"näin\" l'ete", "\"nain\" l'ete"),
            ("\u{308}x", "x", "x"),
            ("Москва Ёлка Йод", "москва елка иод", "москва елка иод"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ", "οδοσ οδοσ"),
            ("½ m² ﷺ", "½ m² ﷺ", "½ m² ﷺ"),
        ] {
            assert_eq!(fold(source, Folding::Strict), strict, "{source}");
            assert_eq!(fold(source, Folding::Lenient), lenient, "{source}");
        }
    }

    #[test]
    fn hyphenated_words_come_again_joined() {
        let source = "Vantaa–Kerava-sote ja sosiaali- ja linja-auto 2020-09-11 -";
        let folded = Folded::new(source);
        assert_eq!(
            folded.text(),
            "vantaa-kerava-sote ja sosiaali- ja linja-auto 2020-09-11 -\nvantaakeravasote\nlinjaauto"
        );
        assert_eq!(cut(source, &folded, "linjaauto"), ["linja-auto"]);
        assert_eq!(cut(source, &folded, "taakera"), ["taa–Kera"]);
        // Not once more among the joined words.
        assert_eq!(cut(source, &folded, "auto"), ["auto"]);
        assert_eq!(cut(source, &folded, "sote"), ["sote"]);
    }

    #[test]
    fn the_way_back_covers_whole_characters() {
        for (source, needle, found) in [
            ("Caf\u{65}\u{301} é", "e", vec!["e\u{301}", "é"]),
            ("xßy", "s", vec!["ß"]),
            ("xßy", "xs", vec!["xß"]),
            ("aﬁb", "ib", vec!["ﬁb"]),
            ("kun\u{AD}nan", "kunna", vec!["kun\u{AD}na"]),
            ("a  \n b c", "a b", vec!["a  \n b"]),
            ("Hallitus HALLITUS", "halli", vec!["Halli", "HALLI"]),
            ("pa\u{308}a\u{308}to\u{308}s", "ä", vec!["a\u{308}", "a\u{308}"]),
            ("Škoda ja Ärjä", "ärjä", vec!["Ärjä"]),
        ] {
            assert_eq!(cut(source, &Folded::new(source), needle), found, "{source}");
        }
    }

    fn cut<'a>(source: &'a str, folded: &Folded, needle: &str) -> Vec<&'a str> {
        let ranges = folded.find(needle);
        ranges.into_iter().map(|range| source.get(range).unwrap()).collect()
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), latin(),]
    }

    fn latin() -> impl Strategy<Value = String> {
        prop_oneof!["[ -~äöåÄÖÅéšßİŉǅﬁ\u{AD}\u{200B}\u{301}\u{308}\u{30A}\u{323}\u{304}–\n\t]{0,60}", "[a-zä -]{0,60}",]
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in texts()) {
            for folding in [Folding::Strict, Folding::Lenient] {
                let once = fold(&text, folding);
                prop_assert_eq!(fold(&once, folding), once);
            }
        }

        #[test]
        fn canonically_equal_texts_fold_alike(text in latin()) {
            for folding in [Folding::Strict, Folding::Lenient] {
                let plain = fold(&text, folding);
                prop_assert_eq!(&fold(&text.nfc().collect::<String>(), folding), &plain);
                prop_assert_eq!(&fold(&text.nfd().collect::<String>(), folding), &plain);
            }
        }

        #[test]
        fn the_way_back_is_whole_and_in_order(text in texts()) {
            for folding in [Folding::Strict, Folding::Lenient] {
                let folded = Folded::with(&text, folding);
                let mut plain = String::new();
                searchable_into(&text, folding, &mut plain);
                prop_assert_eq!(folded.text(), plain);
                let body = folded.text().find('\n').unwrap_or(folded.text().len());
                let mut last = 0;
                for (at, character) in folded.text().char_indices() {
                    let range = folded.source_range(at..at + character.len_utf8());
                    prop_assert!(text.get(range.clone()).is_some(), "{:?}", range);
                    if at < body {
                        prop_assert!(range.start >= last);
                        last = range.start;
                    }
                    if character != '\n' {
                        let back = fold(text.get(range).unwrap(), folding);
                        prop_assert!(back.contains(character), "{back:?} {character:?}");
                    }
                }
            }
        }

        #[test]
        fn what_is_appended_is_folded_alone(before in texts(), text in texts()) {
            let mut out = before.clone();
            super::fold_into(&text, Folding::Strict, &mut out);
            prop_assert_eq!(out, before + &fold(&text, Folding::Strict));
        }
    }
}
