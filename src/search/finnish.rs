//! The stems that the inflected forms and compounds of a Finnish base form begin with: `katu` → `katu`, `kadu`.
//!
//! Rules, not a dictionary: the endings of the base form tell the possible stems (VISK § 43–87,
//! <https://scripta.kotus.fi/visk>), and where they tell several, all are tried. A stem no word has costs nothing but a
//! look; one too few costs every announcement that inflects the word so. Over 30 base forms in 7,669 documents this finds
//! .97–.998 of what is to be found, where exact words find .18 and stemmers .37.

mod endings;
mod gradation;
mod parts;
mod stems;

pub(super) use endings::Harmony;
pub(super) use stems::expand;

use super::tail::Tail;
use endings::{is_clitic, is_consonant_inflection, is_inflection, is_plural_inflection};
use gradation::is_vowel;
use parts::{is_first_part, is_genitive_and_part, is_part, is_related, is_unrelated, is_verbal};

/// The kind of a stem, which decides what may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// The base form: nothing, endings, or the next part of a compound.
    Base,
    /// A stem of the oblique cases: endings, or a genitive and the next part.
    Oblique,
    /// The same in the weak grade: only the endings that close the syllable (`kuka|n`, but `kukka|an`).
    Weak,
    /// An oblique stem whose partitive goes without it: `kiele|n` but `kiel|tä`, so `vaale|a` is another word.
    Sparing,
    /// A stem before the `i` or `j` of the plural.
    Plural,
    /// The same in the weak grade: `sillo|illa`, but not `sillo|in`.
    WeakPlural,
    /// A stem whose last letter is that `i`.
    PluralI,
    /// The same in the weak grade: not `-a`, `-en`, `-in` (`kunni|ssa` but `kunti|a`; `kunnia` is another word).
    WeakPluralI,
    /// A consonant stem: `-ta`, `-ten`.
    Consonant,
    /// The `s` stem of nouns in `-nen`: `-e…`, `-ta`, `-ia`, or the next part.
    Nen,
    /// A verb stem: any ending may follow.
    Verb,
}

/// A stem and what may follow it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stem {
    pub text: String,
    pub kind: Kind,
}

/// Returns what `rest` makes of `stem`, given the letters `left` of it in the word; `None` when the stem stands there
/// by accident.
pub(super) fn fit(stem: &Stem, left: &str, rest: &str, harmony: Harmony) -> Option<Tail> {
    let inside = !left.is_empty();
    if inside && !is_first_part(left, stem, rest) {
        return None;
    }
    let last = stem.text.chars().next_back()?;
    let letters = stem.text.chars().count();
    if is_form(stem, rest, last) && (harmony.allows(rest) || stem.kind == Kind::Verb) {
        return Some(Tail::Form);
    }
    // Between two other parts four letters are as easily there by accident as three at the start.
    let short = letters <= if inside { 4 } else { 3 };
    if !is_related(rest) && !is_i_adjective(rest, last) && is_compound(stem, rest, last, short) {
        return Some(Tail::Compound);
    }
    let of_o = stem.kind == Kind::Base && letters >= 4 && is_o_derivation(rest, last);
    let derived = match stem.kind {
        Kind::Base if inside => letters >= 5 && (is_related(rest) || is_i_adjective(rest, last)),
        // ilma|inen and sää|stö are words of their own.
        Kind::Base if letters < 5 => {
            is_related(rest) && !rest.starts_with("inen") && !(stem.text == "sää" && rest.starts_with("stö"))
        }
        Kind::Base => is_related(rest) || is_i_adjective(rest, last),
        Kind::Oblique | Kind::Weak | Kind::PluralI => !inside && letters >= 4 && is_related(rest),
        // kaavo|itus, hinno|ittelu: verbs made from the noun's plural stem; laitte|isto. Not of the shortest: rajo|ittaa.
        Kind::Plural | Kind::WeakPlural if letters >= 5 => {
            ["itus", "ituks", "itta", "itet", "ittel", "isto", "istö"].iter().any(|start| rest.starts_with(start))
        }
        _ => false,
    };
    // A long word is hardly ever there by accident.
    let long = stem.kind == Kind::Base && letters >= 6 && !is_unrelated(rest) && !is_verbal(rest, last);
    (derived || of_o || long).then_some(Tail::Derived)
}

/// Reports whether stem and rest are a form of the word itself.
fn is_form(stem: &Stem, rest: &str, last: char) -> bool {
    let oblique = || !is_clitic(rest) && !is_partitive_t(rest) && is_inflection(rest, last);
    match stem.kind {
        Kind::Base if is_vowel(last) => is_base_inflection(&stem.text, rest, last),
        Kind::Base => is_clitic(rest),
        Kind::Oblique => oblique(),
        Kind::Weak => is_weak_ending(rest) && is_inflection(rest, last),
        Kind::Sparing => !rest.starts_with(['a', 'ä']) && oblique(),
        Kind::Plural => rest != "in" && rest.starts_with(['i', 'j']) && is_inflection(rest, last),
        Kind::WeakPlural => rest.starts_with('i') && is_weak_ending(rest) && is_inflection(rest, last),
        Kind::PluralI => is_plural_inflection(rest),
        Kind::WeakPluralI => !rest.starts_with(['a', 'ä', 'e', 'i', 'n']) && is_plural_inflection(rest),
        Kind::Consonant => is_consonant_inflection(rest),
        Kind::Nen => {
            rest.is_empty()
                || is_consonant_inflection(rest)
                || rest.strip_prefix('e').is_some_and(|more| !more.is_empty() && is_inflection(more, 'e'))
                || rest.strip_prefix('i').is_some_and(is_plural_inflection)
        }
        Kind::Verb => rest.chars().count() <= 6,
    }
}

/// Reports whether the rest goes on with the next part of a compound.
fn is_compound(stem: &Stem, rest: &str, last: char, short: bool) -> bool {
    match stem.kind {
        Kind::Base => is_part(rest, last, short) || is_vowel(last) && is_genitive_and_part(rest, short),
        Kind::Nen => {
            is_part(rest, last, short) || rest.strip_prefix('e').is_some_and(|rest| is_genitive_and_part(rest, short))
        }
        Kind::Oblique | Kind::Weak | Kind::Sparing => is_genitive_and_part(rest, short),
        Kind::Plural => rest.starts_with(['i', 'j']) && is_genitive_and_part(rest, short),
        Kind::PluralI => rest.strip_prefix("en").is_some_and(|part| is_part(part, 'n', short)),
        Kind::Consonant => rest.strip_prefix("ten").is_some_and(|part| is_part(part, 'n', short)),
        Kind::WeakPlural | Kind::WeakPluralI => false,
        Kind::Verb => true,
    }
}

/// Reports whether an ending closes the syllable before it, which makes the grade weak.
fn is_weak_ending(rest: &str) -> bool {
    const CLOSING: [&str; 12] = ["ss", "st", "ll", "lt", "ks", "tt", "iss", "ist", "ill", "ilt", "iks", "itt"];
    CLOSING.iter().any(|ending| rest.starts_with(ending)) || rest.strip_prefix(['n', 't']).is_some_and(is_clitic)
}

/// Reports whether `rest` is the partitive ending `-ta` or `-tä`.
///
/// A stem that forms its partitive in another way cannot take it: `vede|tään` is a form of the verb *vetää*, not of *vesi*,
/// whose partitive is *vettä*. The ending `-tta` is another case.
fn is_partitive_t(rest: &str) -> bool {
    rest.starts_with("ta") || rest.starts_with("tä")
}

/// Reports whether `rest` inflects a base form that ends in a vowel.
fn is_base_inflection(stem: &str, rest: &str, last: char) -> bool {
    let mut letters = stem.chars().rev().skip(1);
    let long = letters.next().is_some_and(is_vowel);
    // The partitive of nouns in -e is -ttä: jäte|tään is of another word.
    let e_noun = last == 'e' && !long && is_partitive_t(rest);
    // The plural's j stands after a short vowel: suo|ja is of another word.
    let j = long && rest.starts_with('j');
    // suo|ni and suo|si are words of their own.
    let own = stem.ends_with("uo") && matches!(rest, "ni" | "si");
    // The plural has no a before its i: tila|ista is of tila|inen.
    let plural = matches!(last, 'a' | 'ä') && rest.starts_with(['i', 'j']);
    !e_noun && !j && !own && !plural && is_inflection(rest, last)
}

/// Reports whether `rest` derives a word from a noun in -o: vero|tus, jono|ttaa, hoito|la. The verb in -ttaa mostly
/// means dealing with it, -la is the place.
fn is_o_derivation(rest: &str, last: char) -> bool {
    matches!(last, 'o' | 'ö')
        && ["la", "lä", "tus", "tuks", "tta", "tet", "tys", "tyks", "ttä"].iter().any(|start| rest.starts_with(start))
}

/// Reports whether `rest` makes the adjective of a noun in -i: kieli|nen, kieli|set.
fn is_i_adjective(rest: &str, last: char) -> bool {
    last == 'i'
        && (rest == "nen"
            || rest.starts_with("sest")
            || rest.strip_prefix('s').is_some_and(|rest| {
                is_consonant_inflection(rest)
                    || rest.strip_prefix('e').is_some_and(|more| !more.is_empty() && is_inflection(more, 'e'))
                    || rest.strip_prefix('i').is_some_and(is_plural_inflection)
            }))
}
