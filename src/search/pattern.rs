//! The pattern of one word of a query: its stems, where each may begin, and what may follow.
//!
//! Finding is cheap (`memmem` for the few letters all stems of a group share), judging thorough: each place found is
//! judged by the word around it alone, so that a list of distinct words gives the same answers as their text.

use std::ops::Range;

use memchr::memmem::Finder;

use super::tail::Tail;
use super::{english, finnish, swedish};
use crate::text::Language;
use crate::text::fold::{Folding, fold_into};
use crate::text::work::count;

/// How well a place fits the word searched for; the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// A form of the word itself.
    Word,
    /// The word begins a compound.
    Start,
    /// A form of the word ends a compound.
    Part,
    /// The word is a part in the middle of a compound.
    Inside,
    /// A word derived from it, or a likeness of a long stem.
    Derived,
    /// A word that begins with the letters typed so far.
    Prefix,
}

impl Fit {
    /// Returns the class a fit is shown in: 0 at the start of a word, 1 at the start of a compound's later part (where
    /// `lautakunta` stands for `kunta`), 2 for derivations, 3 for words only begun.
    #[must_use]
    pub const fn class(self) -> u8 {
        match self {
            Self::Word | Self::Start => 0,
            Self::Part | Self::Inside => 1,
            Self::Derived => 2,
            Self::Prefix => 3,
        }
    }
}

/// A folded word of a query, compiled for searching.
#[derive(Clone, Debug)]
pub struct WordPattern {
    variants: Vec<Variant>,
    groups: Vec<Group>,
}

#[derive(Clone, Debug)]
struct Variant {
    /// The stem as the texts hold it: in lenient folding without its dots.
    stem: String,
    rule: Rule,
}

#[derive(Clone, Debug)]
enum Rule {
    Finnish {
        stem: finnish::Stem,
        harmony: finnish::Harmony,
    },
    Swedish {
        word: String,
    },
    English,
    /// Between word boundaries, as it is.
    Exact,
    /// At the start of a word, whatever follows, except a digit after digits.
    Open {
        number: bool,
    },
}

/// How [`WordPattern::each`] goes on after a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next place.
    On,
    /// Places of other stems may still matter, later ones of this stem do not.
    NextStem,
    /// Nothing more is wanted.
    Done,
}

/// Where a stem may stand in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the word.
    Alone,
    /// At its start.
    Start,
    /// As its rule says.
    Anywhere,
}

/// Variants that share a prefix, which is searched for once.
#[derive(Clone, Debug)]
struct Group {
    finder: Finder<'static>,
    variants: Range<usize>,
}

/// The letters examined on each side of a stem: longer than any word that is read, so that a text without blanks takes
/// no more work than any other.
const AROUND: usize = 64;

/// The places of a text that are judged before it is asked whether the search was cancelled.
const UNASKED: usize = 1024;

/// The shared bytes from which one search for several stems is rare enough to pay.
const SHARED: usize = 5;

impl WordPattern {
    /// Compiles a base form in any of the three languages to a pattern for its forms, compounds and derivations.
    ///
    /// With `open`, the word is still being typed and any word that begins with it will do, ranked last.
    #[must_use]
    pub fn new(word: &str, folding: Folding, open: bool) -> Self {
        let mut strict = String::new();
        fold_into(word, Folding::Strict, &mut strict);
        let mut variants = Vec::new();
        let joined: String = strict.chars().filter(|letter| *letter != '-').collect();
        let simple = joined.chars().all(char::is_alphabetic) && !joined.is_empty();
        let number = joined.chars().next_back().is_some_and(char::is_numeric);
        if simple {
            let mut spellings = vec![strict.clone()];
            if joined != strict {
                spellings.push(joined);
            }
            for spelling in &spellings {
                add_variants(spelling, &mut variants);
            }
        }
        if open || !simple {
            variants.push(Variant { stem: strict, rule: Rule::Open { number } });
        }
        Self::compile(variants, folding)
    }

    /// Compiles a pattern for exactly `text` (a word or a phrase) between word boundaries; with `open`, its last word
    /// may go on.
    #[must_use]
    pub fn exact(text: &str, folding: Folding, open: bool) -> Self {
        let mut stem = String::new();
        fold_into(text, Folding::Strict, &mut stem);
        let number = stem.chars().next_back().is_some_and(char::is_numeric);
        let rule = if open { Rule::Open { number } } else { Rule::Exact };
        Self::compile(vec![Variant { stem, rule }], folding)
    }

    /// Reports whether the pattern matches nothing.
    pub(super) const fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Returns the stems, each with where it may stand.
    pub(super) fn stems(&self) -> impl Iterator<Item = (&str, Place)> {
        let place = |variant: &Variant| match variant.rule {
            Rule::Exact => Place::Alone,
            Rule::Open { .. } => Place::Start,
            Rule::Finnish { .. } | Rule::Swedish { .. } | Rule::English => Place::Anywhere,
        };
        self.variants.iter().map(move |variant| (variant.stem.as_str(), place(variant)))
    }

    /// Returns the pattern with only those stems that may stand elsewhere than at the start of a word (or of a
    /// hyphenated word's part) of a text in `language`.
    pub(super) fn anywhere(&self, language: Option<Language>) -> Self {
        let speaks = |own: Language| language.is_none_or(|language| language == own);
        let variants = self.variants.iter().filter(|variant| match variant.rule {
            Rule::Exact | Rule::Open { .. } => variant.stem.contains('-'),
            Rule::Finnish { .. } => speaks(Language::Finnish),
            Rule::Swedish { .. } => speaks(Language::Swedish),
            Rule::English => speaks(Language::English),
        });
        Self::group(variants.cloned().collect())
    }

    /// Calls `visit` with the start and the fit of each of `lines` that matches; one line may come several times.
    ///
    /// Ends early once `stop` cancels the search.
    pub(super) fn each_line(
        &self,
        lines: &[u8],
        language: Option<Language>,
        stop: &dyn Fn() -> bool,
        mut visit: impl FnMut(usize, Fit),
    ) {
        for group in &self.groups {
            let mut end = 0;
            for at in group.finder.find_iter(lines) {
                if at < end {
                    continue;
                }
                let start = memchr::memrchr(b'\n', lines.get(..at).unwrap_or_default()).map_or(0, |feed| feed + 1);
                end = memchr::memchr(b'\n', lines.get(at..).unwrap_or_default()).map_or(lines.len(), |feed| at + feed);
                let line = lines.get(start..end).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default();
                let places = group.finder.find_iter(line.as_bytes()).enumerate();
                let wanted = places.take_while(|(nth, _)| (nth + 1) % UNASKED != 0 || !stop());
                let fits = wanted.filter_map(|(_, at)| self.judge(group, line, at, language));
                let best = fits.map(|(_, fit)| fit).min();
                if let Some(fit) = best {
                    visit(start, fit);
                }
            }
        }
    }

    fn compile(mut variants: Vec<Variant>, folding: Folding) -> Self {
        if folding == Folding::Lenient {
            for variant in &mut variants {
                let mut lenient = String::new();
                fold_into(&variant.stem, folding, &mut lenient);
                if let Rule::Finnish { stem, harmony } = &mut variant.rule {
                    stem.text.clone_from(&lenient);
                    *harmony = finnish::Harmony::Any;
                }
                variant.stem = lenient;
            }
        }
        Self::group(variants)
    }

    fn group(mut variants: Vec<Variant>) -> Self {
        variants.retain(|variant| !variant.stem.is_empty());
        variants.sort_by(|one, other| one.stem.cmp(&other.stem));
        let mut groups: Vec<(String, Range<usize>)> = Vec::new();
        for (at, variant) in variants.iter().enumerate() {
            if let Some((needle, range)) = groups.last_mut() {
                let shared = shared_prefix(needle, &variant.stem);
                if shared.len() >= SHARED.min(needle.len()) {
                    *needle = shared.to_owned();
                    range.end = at + 1;
                    continue;
                }
            }
            groups.push((variant.stem.clone(), at..at + 1));
        }
        let groups = groups
            .into_iter()
            .map(|(needle, variants)| Group { finder: Finder::new(needle.as_bytes()).into_owned(), variants })
            .collect();
        Self { variants, groups }
    }

    /// Returns the byte strings to search for, one `memmem` each; a text or word without any of them has no match.
    pub fn needles(&self) -> impl Iterator<Item = &[u8]> {
        self.groups.iter().map(|group| group.finder.needle())
    }

    /// Returns how well the folded `word` (without blanks; hyphens may be) fits, if it does.
    ///
    /// The language is that of the announcement the word stands in; `None` where it is not known, or not yet.
    #[must_use]
    pub fn fit(&self, word: &str, language: Option<Language>) -> Option<Fit> {
        let mut best = None;
        self.each(word, language, &|| false, |_, fit| {
            best = Some(best.map_or(fit, |before: Fit| before.min(fit)));
            Step::On
        });
        best
    }

    /// Calls `visit` with the places in the folded `text` as long as it wants more: those of each stem in order.
    ///
    /// The range holds the matched stem, without its endings. Ends early once `stop` cancels the search.
    pub fn each(
        &self,
        text: &str,
        language: Option<Language>,
        stop: &dyn Fn() -> bool,
        mut visit: impl FnMut(Range<usize>, Fit) -> Step,
    ) {
        let mut judged = 0_usize;
        for group in &self.groups {
            for at in group.finder.find_iter(text.as_bytes()) {
                judged += 1;
                if judged.is_multiple_of(UNASKED) && stop() {
                    return;
                }
                let Some((len, fit)) = self.judge(group, text, at, language) else {
                    continue;
                };
                match visit(at..at + len, fit) {
                    Step::On => {}
                    Step::NextStem => break,
                    Step::Done => return,
                }
            }
        }
    }

    /// Returns the best fit of the group's stems at `at`, and the length of the stem.
    fn judge(&self, group: &Group, text: &str, at: usize, language: Option<Language>) -> Option<(usize, Fit)> {
        let (before, after) = text.split_at_checked(at)?;
        let left = word_end(before);
        count(1 + left.len());
        let variants = self.variants.get(group.variants.clone()).unwrap_or_default();
        variants
            .iter()
            .filter_map(|variant| {
                let rest = word_start(after.strip_prefix(variant.stem.as_str())?);
                count(rest.len());
                Some((variant.stem.len(), variant.fit(left, rest, language)?))
            })
            .min_by_key(|(len, fit)| (*fit, usize::MAX - len))
    }
}

/// Adds the stems of one spelling in all three languages.
fn add_variants(word: &str, variants: &mut Vec<Variant>) {
    let harmony = finnish::Harmony::of(word);
    for stem in finnish::expand(word) {
        let text = stem.text.clone();
        variants.push(Variant { stem: text, rule: Rule::Finnish { stem, harmony } });
    }
    for stem in swedish::expand(word) {
        variants.push(Variant { stem, rule: Rule::Swedish { word: word.to_owned() } });
    }
    for stem in english::expand(word) {
        variants.push(Variant { stem, rule: Rule::English });
    }
}

impl Variant {
    /// Returns the fit of the stem between `left` and `rest`, the letters before and after it in its word (up to a
    /// hyphen).
    fn fit(&self, left: &str, rest: &str, language: Option<Language>) -> Option<Fit> {
        let speaks = |own: Language| language.is_none_or(|language| language == own);
        let inside = !left.is_empty();
        let tail = match &self.rule {
            Rule::Exact => return (!inside && rest.is_empty()).then_some(Fit::Word),
            Rule::Open { number } => {
                let cut = *number && rest.starts_with(char::is_numeric);
                let fit = if rest.is_empty() { Fit::Word } else { Fit::Prefix };
                return (!inside && !cut).then_some(fit);
            }
            Rule::Finnish { stem, harmony } => {
                if !speaks(Language::Finnish) {
                    return None;
                }
                finnish::fit(stem, left, rest, *harmony)?
            }
            Rule::Swedish { word } => {
                if !speaks(Language::Swedish) || inside && !swedish::is_first_part(left, &self.stem) {
                    return None;
                }
                swedish::tail(word, &self.stem, rest)?
            }
            Rule::English => {
                if !speaks(Language::English) || inside && !english::is_first_part(left, &self.stem) {
                    return None;
                }
                english::tail(&self.stem, rest)?
            }
        };
        Some(match (tail, inside) {
            (Tail::Form, false) => Fit::Word,
            (Tail::Compound, false) => Fit::Start,
            (Tail::Form, true) => Fit::Part,
            (Tail::Compound, true) => Fit::Inside,
            (Tail::Derived, _) => Fit::Derived,
        })
    }
}

/// Returns the letters and digits `text` ends with, at most [`AROUND`].
fn word_end(text: &str) -> &str {
    let letters = text.char_indices().rev().take(AROUND).take_while(|(_, letter)| letter.is_alphanumeric());
    let start = letters.last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}

/// Returns the letters and digits `text` begins with, at most [`AROUND`].
fn word_start(text: &str) -> &str {
    let letters = text.char_indices().take(AROUND).take_while(|(_, letter)| letter.is_alphanumeric());
    let end = letters.last().map_or(0, |(at, letter)| at + letter.len_utf8());
    text.get(..end).unwrap_or_default()
}

fn shared_prefix<'a>(one: &'a str, other: &str) -> &'a str {
    let len = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    one.get(..len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Fit, Step, WordPattern};
    use crate::text::{Folding, Language};
    use proptest::prelude::*;

    #[test]
    fn the_language_of_the_text_decides() {
        let val = WordPattern::new("val", Folding::Strict, false);
        assert_eq!(val.fit("valet", Some(Language::Swedish)), Some(Fit::Word));
        assert_eq!(val.fit("valet", Some(Language::English)), None);
        let talo = WordPattern::new("talo", Folding::Strict, false);
        for (word, fit) in [
            ("taloissa", Some(Fit::Word)),
            ("taloyhtiö", Some(Fit::Start)),
            ("kerrostalon", Some(Fit::Part)),
            ("rivi-talot", Some(Fit::Word)),
            ("talous", None),
            ("xtalo", None),
        ] {
            assert_eq!(talo.fit(word, Some(Language::Finnish)), fit, "{word}");
        }
    }

    #[test]
    fn without_dots_the_stems_are_found_leniently() {
        for query in ["päiväkoti", "paivakoti"] {
            let pattern = WordPattern::new(query, Folding::Lenient, false);
            for word in ["paivakodeissa", "paivakotiin", "paivakodit"] {
                assert_eq!(pattern.fit(word, Some(Language::Finnish)), Some(Fit::Word), "{query} {word}");
            }
        }
    }

    proptest! {
        /// An index over distinct words relies on this.
        #[test]
        fn words_alone_are_judged_as_in_their_text(
            query in "[a-zäö]{1,7}|katu|vesi|tie|keskus|sote-keskus|lapsi",
            words in proptest::collection::vec("(ka[td]u|ve[dst][ei]|tie|kesku[ks]|kunna|las|työ|[a-zäö]{1,3}|[-.,]){1,4}", 0..8),
        ) {
            let pattern = WordPattern::new(&query, Folding::Strict, true);
            let text = words.join(" ");
            let mut in_text = Vec::new();
            pattern.each(&text, None, &|| false, |_, fit| {
                in_text.push(fit);
                Step::On
            });
            let best_of_words = words.iter().filter_map(|word| pattern.fit(word, None)).min();
            prop_assert_eq!(in_text.into_iter().min(), best_of_words);
        }
    }
}
