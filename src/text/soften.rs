//! Folded texts folded further: å ä ö without their dots.

/// Appends the lenient folding of strictly folded texts to `text`, each up to its end in `ends`; returns the ends in
/// the appended text.
///
/// The same as folding the texts themselves leniently, at the speed of copying.
pub fn soften<const COUNT: usize>(text: &str, ends: &[usize; COUNT], out: &mut String) -> [usize; COUNT] {
    let from = out.len();
    let mut start = 0;
    ends.map(|end| {
        let mut rest = text.get(start..end).unwrap_or_default();
        start = end;
        while let Some(at) = rest.find(['å', 'ä', 'ö']) {
            let (plain, letter) = rest.split_at(at);
            out.push_str(plain);
            out.push(if letter.starts_with('ö') { 'o' } else { 'a' });
            rest = letter.get('ö'.len_utf8()..).unwrap_or_default();
        }
        out.push_str(rest);
        out.len() - from
    })
}

#[cfg(test)]
mod tests {
    use super::soften;
    use crate::text::fold::{Folding, searchable_into};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn softening_is_folding_leniently(
            one in "\\PC{0,40}|[a-zåäöÅÄÖ –\u{AD}é\u{308}\u{30a}-]{0,40}",
            other in "\\PC{0,40}|[a-zåäöÅÄÖ –\u{AD}é\u{308}\u{30a}-]{0,40}",
        ) {
            let folded = |folding| {
                let mut out = String::new();
                searchable_into(&one, folding, &mut out);
                let end = out.len();
                searchable_into(&other, folding, &mut out);
                let ends = [end, out.len()];
                (out, ends)
            };
            let (strict, ends) = folded(Folding::Strict);
            let mut soft = "x".to_owned();
            let ends = soften(&strict, &ends, &mut soft);
            let (lenient, wanted) = folded(Folding::Lenient);
            prop_assert_eq!((soft, ends), (format!("x{lenient}"), wanted));
        }
    }
}
