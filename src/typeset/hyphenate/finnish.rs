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

/// Whether a folded letter is a vowel.
const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'{' | b'|' | b'}')
}

/// Adds the cuts of `run` to `out`, in rising order; a run with letters foreign to Finnish has none.
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
            if seen_vowel && at > 0 && !is_vowel(previous) {
                found(at - 1);
            }
            seen_vowel = true;
        }
        previous = letter;
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

/// Whether a part of the compound ends and another begins at `at`, the part under way having begun at `low`.
fn is_seam(stems: &Stems, letters: &[u8], length: usize, low: usize, at: usize) -> bool {
    let (Some(part), Some(rest)) = (letters.get(low..at), letters.get(at..)) else {
        return false;
    };
    let (&[.., before], &[after, ..]) = (part, rest) else {
        return false;
    };
    let wanted = match (is_vowel(before), is_vowel(after)) {
        (true, true) => FOLLOWS_VOWEL,
        // First parts end in the genitive's n or the s of "-us" and "-is"; before a vowel, t, l and r are nearly
        // always the consonant of a syllable of the same part ("joht|aja", "tuot|anto").
        (false, true) if matches!(before, b'n' | b's') => FOLLOWS_CONSONANT,
        (true, false) => OPENS_WITH_CONSONANT,
        (false, false) if matches!(before, b'n' | b's' | b'l' | b'r' | b't') => OPENS_WITH_CONSONANT,
        _ => return false,
    };
    stems.lists_at(rest) & wanted != 0
        && part.iter().any(|&letter| is_vowel(letter))
        && !stems.denied(letters.get(..length).unwrap_or_default(), at)
}
