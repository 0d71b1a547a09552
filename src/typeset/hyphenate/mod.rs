//! Where a word may be cut: Finnish by rules and stem lists of our own, Swedish and English by Liang's patterns.
//! It sees one run of letters at a time and never decides whether a cut is wanted.

mod finnish;
mod stems;

use crate::text::Language;

/// How good a place inside a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutClass {
    /// Between two parts of a compound: the reader loses nothing.
    Seam,
    /// Between two syllables of one part.
    Syllable,
}

/// A place where a hyphen may be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Bytes from the start of the run to the first letter of the next line.
    pub offset: usize,
    /// How good the place is.
    pub class: CutClass,
}

/// How particular to be about the places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// What the style guides allow: three letters on each side, no lone vowels.
    Norms,
    /// Any syllable boundary with two letters on each side: for words that no line can hold.
    Loose,
}

/// The longest run handed to `hypher`, in bytes: built without an allocator it must not see more than 45.
const PATTERN_LIMIT: usize = 45;

/// Finds cuts; it keeps its buffers between words, so make one per paragraph at least.
#[derive(Debug, Default)]
pub struct Hyphenator {
    finnish: finnish::Buffers,
    cuts: Vec<Cut>,
}

impl Hyphenator {
    /// The cuts of `run`, which holds letters only, in rising order.
    pub fn cuts(&mut self, run: &str, language: Language, care: Care) -> &[Cut] {
        self.cuts.clear();
        match language {
            Language::Finnish => finnish::cuts(run, care, &mut self.finnish, &mut self.cuts),
            Language::Swedish => patterns(run, hypher::Lang::Swedish, care, &mut self.cuts),
            Language::English => patterns(run, hypher::Lang::English, care, &mut self.cuts),
        }
        &self.cuts
    }
}

/// Liang's patterns (1983) as `hypher` carries them; they know syllables, not seams.
fn patterns(run: &str, language: hypher::Lang, care: Care, out: &mut Vec<Cut>) {
    if run.len() > PATTERN_LIMIT {
        return;
    }
    let side = match care {
        Care::Norms => 3,
        Care::Loose => 2,
    };
    let mut offset = 0;
    for syllable in hypher::hyphenate_bounded(run, language, side, side) {
        if offset > 0 {
            out.push(Cut { offset, class: CutClass::Syllable });
        }
        offset += syllable.len();
    }
}

#[cfg(test)]
mod tests {
    use super::{Care, Hyphenator};
    use crate::text::Language;
    use proptest::prelude::*;

    fn split(word: &str, language: Language) -> String {
        let mut hyphenator = Hyphenator::default();
        let mut shown = word.to_owned();
        for cut in hyphenator.cuts(word, language, Care::Norms).iter().rev() {
            shown.insert(cut.offset, '-');
        }
        shown
    }

    #[test]
    fn swedish_and_english_follow_their_patterns() {
        for (language, shown) in [
            (Language::English, "orga-ni-za-tion"),
            (Language::English, "admin-is-tra-tion"),
            (Language::Swedish, "häl-so-vårds-cen-tra-len"),
        ] {
            assert_eq!(split(&shown.replace('-', ""), language), shown);
        }
    }

    #[test]
    fn very_long_runs_are_left_alone() {
        let long = "organization".repeat(5);
        assert_eq!(split(&long, Language::English), long);
    }

    proptest! {
        #[test]
        fn cuts_rise_inside_the_run_and_keep_their_sides(run in "\\p{L}{0,40}", pick in 0usize..3) {
            let language = Language::ALL[pick];
            let mut hyphenator = Hyphenator::default();
            let mut before = 0;
            for cut in hyphenator.cuts(&run, language, Care::Norms) {
                prop_assert!(cut.offset > before && run.is_char_boundary(cut.offset));
                let (head, tail) = run.split_at(cut.offset);
                prop_assert!(head.chars().count() >= 3 && tail.chars().count() >= 3);
                before = cut.offset;
            }
        }
    }
}
