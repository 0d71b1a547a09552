//! Finnish: syllables by rule, seams of compounds by stem lists, and the norms' filter over both.
//!
//! The rules are those of SFS 4175 (2006, 5.1) and the Kotus language guide ("Tavutus ja tavujako"): a syllable
//! begins at the last consonant before a vowel; a compound is divided at its seam; no vowel stands alone, and no
//! line begins with a vowel unless a part of a compound does.

use super::stems::{self, FOLLOWS_CONSONANT, FOLLOWS_VOWEL, OPENS_WITH_CONSONANT, PADDING, Stems, fold};
use super::{Care, Cut, CutClass};

/// The buffers of one word, kept between words.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// The folded letters, and then zeros for the stem table to read over the end.
    letters: Vec<u8>,
    /// The byte each letter begins at in the run.
    offsets: Vec<usize>,
    /// The seams, as letter counts.
    seams: Vec<usize>,
}

/// Reports whether a folded letter is a vowel.
const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'{' | b'|' | b'}')
}

/// Appends the cuts of `run` to `out` in rising order; a run with letters foreign to Finnish has none.
pub(super) fn cuts(run: &str, care: Care, buffers: &mut Buffers, out: &mut Vec<Cut>) {
    let Buffers { letters, offsets, seams } = buffers;
    letters.clear();
    offsets.clear();
    seams.clear();
    for (offset, letter) in run.char_indices() {
        let Some(folded) = fold(letter) else { return };
        letters.push(folded);
        offsets.push(offset);
    }
    let length = letters.len();
    let side = match care {
        Care::Norms => 3,
        Care::Loose => 2,
    };
    if length < 2 * side {
        return;
    }
    letters.resize(length + PADDING, 0);
    find_seams(letters, length, seams);

    let mut low = 0;
    for high in seams.iter().copied().chain([length]) {
        if low >= side && length - low >= side {
            out.extend(offsets.get(low).map(|&offset| Cut { offset, class: CutClass::Seam }));
        }
        let part = letters.get(low..high).unwrap_or_default();
        syllables(part, |at| {
            let place = low + at;
            // A letter parted from its own part reads as belonging to the wrong one (`lumena-jo`).
            if at >= 2 && part.len() - at >= 2 && place >= side && length - place >= side {
                out.extend(offsets.get(place).map(|&offset| Cut { offset, class: CutClass::Syllable }));
            }
        });
        low = high;
    }
}

/// Calls `found` with every boundary of `part` that a consonant follows.
///
/// Boundaries between vowels are left out: the norms advise against them in a part of a compound.
fn syllables(part: &[u8], mut found: impl FnMut(usize)) {
    let mut seen_vowel = false;
    let mut previous = 0;
    for (at, &letter) in part.iter().enumerate() {
        if is_vowel(letter) {
            if seen_vowel && at > 0 && !is_vowel(previous) && !is_doubtful(part, at - 1) {
                found(at - 1);
            }
            seen_vowel = true;
        }
        previous = letter;
    }
}

/// Reports whether the rule of the last consonant is unreliable at `at`: before foreign clusters, which may open a part
/// whose stem is in no list ("finanssi|kriisi", not "finanssik-riisi"), and inside foreign letter groups ("sh").
fn is_doubtful(part: &[u8], at: usize) -> bool {
    let Some((head, &[second, ..])) = part.split_at_checked(at) else { return true };
    let &[.., third, first] = head else { return false };
    let stop = matches!(first, b'p' | b'k' | b'b' | b'd' | b'g' | b'f');
    match second {
        b'l' | b'r' => stop || first == b't' && !is_vowel(third),
        b'h' => matches!(first, b'c' | b'd' | b'g' | b'k' | b'p' | b's' | b't' | b'z'),
        b'c' | b'q' | b'w' | b'x' | b'z' => !is_vowel(first),
        _ => matches!(first, b'c' | b'q' | b'w' | b'x' | b'z'),
    }
}

/// Finds the seams of the compound in the first `length` of `letters`, from left to right.
fn find_seams(letters: &[u8], length: usize, seams: &mut Vec<usize>) {
    let stems = stems::stems();
    let mut low = 0;
    let mut at = 3;
    while at + 3 <= length {
        if at >= low + 3 && is_seam(stems, letters, length, low, at) {
            seams.push(at);
            low = at;
            at += 3;
        } else {
            at += 1;
        }
    }
}

/// Reports whether one part of the compound ends and another begins at `at`, where the current part began at `low`.
fn is_seam(stems: &Stems, letters: &[u8], length: usize, low: usize, at: usize) -> bool {
    let (Some(part), Some(rest)) = (letters.get(low..at), letters.get(at..)) else { return false };
    let (&[.., second, before], &[after, ..]) = (part, rest) else { return false };
    let consonant_head = CONSONANT_HEADS.contains(&part);
    let wanted = match (is_vowel(before), is_vowel(after)) {
        // Two of the same vowel would have a hyphen of the word's own between them ("linja-auto").
        (true, true) if before == after => return false,
        (true, true) => FOLLOWS_VOWEL,
        (false, true) if consonant_head => FOLLOWS_CONSONANT | FOLLOWS_VOWEL,
        // First parts end in the genitive's n or the s of "-us" and "-is", which a vowel goes before; else the
        // consonant belongs to a syllable of the same part ("joht|aja", "tuot|anto", "onn|istua").
        (false, true) if matches!(before, b'n' | b's') && is_vowel(second) => FOLLOWS_CONSONANT,
        (true, false) => OPENS_WITH_CONSONANT,
        (false, false) if matches!(before, b'n' | b's' | b'l' | b'r' | b't') && is_vowel(second) => {
            OPENS_WITH_CONSONANT
        }
        _ => return false,
    };
    let lists = stems.lists_at(rest);
    lists & wanted != 0
        && (part.len() > 3 || SHORT_HEADS.contains(&part))
        && !stems.denied(lists, letters.get(..length).unwrap_or_default(), at)
}

/// The only first parts that have three letters.
const SHORT_HEADS: [&[u8]; 40] = [
    b"aja", b"ala", b"apu", b"asu", b"avo", b"bio", b"edu", b"eko", b"elo", b"ep{", b"eri", b"esi", b"etu", b"ik{",
    b"ilo", b"iso", b"it{", b"is{", b"j{{", b"koe", b"kuu", b"l{h", b"luu", b"maa", b"ohi", b"oma", b"osa", b"ovi",
    b"puu", b"p{{", b"suu", b"syy", b"s{{", b"tee", b"tie", b"ty|", b"uni", b"uus", b"vy|", b"yli",
];

/// First parts that end in a consonant and may still be followed by a vowel.
const CONSONANT_HEADS: [&[u8]; 11] =
    [b"suur", b"tyt{r", b"kev{t", b"lyhyt", b"sisar", b"manner", b"kymmen", b"askel", b"viher", b"super", b"inter"];
