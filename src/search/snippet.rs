//! One line of text around a match, cut between words.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A line cut out of a text, and where the matches stand in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// One line: line breaks and repeated blanks are one blank; `…` where text was left out.
    pub text: String,
    /// Byte ranges in [`Snippet::text`], in order.
    pub ranges: Vec<Range<usize>>,
}

/// Returns a snippet of at most `cells` terminal cells around the byte `best` of `text`, with those of `ranges` in it.
///
/// `ranges` are byte ranges of `text` in order, none overlapping. A text that fits is taken whole. What precedes the
/// match gets about a third of the room. A first word wider than all the room is cut.
#[must_use]
pub fn snippet(text: &str, best: usize, ranges: &[Range<usize>], cells: usize) -> Snippet {
    let words: Vec<(usize, &str)> = text.split_whitespace().map(|word| (offset(text, word), word)).collect();
    if words.is_empty() || cells == 0 {
        return Snippet::default();
    }
    let middle = words.partition_point(|(at, _)| *at <= best).saturating_sub(1);
    let chosen = choose(&words, middle, cells);
    let mut out = Snippet::default();
    if chosen.start > 0 {
        out.text.push_str("… ");
    }
    for (nth, (at, word)) in words.get(chosen.clone()).unwrap_or_default().iter().enumerate() {
        if nth > 0 {
            out.text.push(' ');
        }
        push_word(&mut out, *at, word, ranges);
    }
    if chosen.end < words.len() {
        out.text.push_str(" …");
    }
    if out.text.width() > cells {
        out.cut(cells);
    }
    out
}

/// Chooses the words around `middle` that fit, with room for ellipses.
fn choose(words: &[(usize, &str)], middle: usize, cells: usize) -> Range<usize> {
    let width = |at: usize| words.get(at).map_or(0, |(_, word)| word.width() + 1);
    let (mut start, mut end) = (middle, middle + 1);
    let mut used = width(middle).saturating_sub(1);
    let marks = |start: usize, end: usize| 2 * (usize::from(start > 0) + usize::from(end < words.len()));
    let mut before = 0;
    // First a third before the match, then all that fits after it, then again before it.
    while start > 0
        && before + width(start - 1) <= cells / 3
        && used + width(start - 1) + marks(start - 1, end) <= cells
    {
        start -= 1;
        before += width(start);
        used += width(start);
    }
    while end < words.len() && used + width(end) + marks(start, end + 1) <= cells {
        used += width(end);
        end += 1;
    }
    while start > 0 && used + width(start - 1) + marks(start - 1, end) <= cells {
        start -= 1;
        used += width(start);
    }
    start..end
}

fn push_word(out: &mut Snippet, at: usize, word: &str, ranges: &[Range<usize>]) {
    let base = out.text.len();
    out.text.push_str(word);
    let end = at + word.len();
    let first = ranges.partition_point(|range| range.end <= at);
    for range in ranges.iter().skip(first).take_while(|range| range.start < end) {
        let start = range.start.max(at) - at + base;
        let stop = range.end.min(end) - at + base;
        if let Some(last) = out.ranges.last_mut()
            && range.start < at
            && last.end + 1 == start
        {
            last.end = stop; // A phrase over several words stays one range.
        } else {
            out.ranges.push(start..stop);
        }
    }
}

impl Snippet {
    /// Cuts the text to `cells`, the last of them `…`.
    fn cut(&mut self, cells: usize) {
        let mut used = 0;
        let mut end = 0;
        for (at, cluster) in self.text.grapheme_indices(true) {
            used += cluster.width();
            if used + 1 > cells {
                break;
            }
            end = at + cluster.len();
        }
        self.text.truncate(end);
        self.text.push('…');
        self.ranges.retain(|range| range.start < end);
        for range in &mut self.ranges {
            range.end = range.end.min(end);
        }
    }
}

/// Returns the offset of `part`, a slice of `text`.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::snippet;
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn cut_between_words_around_the_match() {
        let text = "Kaupunki korjaa kadun itäpään kahden viikon aikana,\n\nja liikenne ohjataan muualle.";
        let at = text.find("kadun").unwrap();
        let line = snippet(text, at, std::slice::from_ref(&(at..at + 4)), 40);
        assert_eq!(line.text, "… korjaa kadun itäpään kahden viikon …");
        assert_eq!(line.text.get(line.ranges[0].clone()), Some("kadu"));
        assert_eq!(snippet(text, at, &[], 400).text, text.replace("\n\n", " "));
        assert_eq!(snippet("", 0, &[], 10).text, "");
        assert_eq!(snippet("pelastuslaitos", 0, &[], 8).text, "pelastu…");
    }

    proptest! {
        #[test]
        fn never_wider_than_the_room(text in "[a-zä \\n]{0,80}|\\PC{0,40}", best in 0..90_usize, cells in 0..60_usize) {
            let ranges: Vec<_> = text.char_indices().step_by(7).map(|(at, letter)| at..at + letter.len_utf8()).collect();
            let line = snippet(&text, best, &ranges, cells);
            prop_assert!(line.text.width() <= cells.max(1), "{:?}", line);
            for range in line.ranges {
                prop_assert!(line.text.get(range).is_some());
            }
        }
    }
}
