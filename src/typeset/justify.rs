//! Full justification by whole blanks, for those who ask for it.

use super::{SetLine, index, offset};
use crate::text::width;

/// A blank of a line and how many cells it is widened by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The byte of the blank in the paragraph.
    pub offset: u32,
    /// The blanks to draw on top of the one there is.
    pub extra: u16,
}

/// The most blanks added to one gap: beyond it a ragged line is the lesser evil.
const MOST_EXTRA: usize = 2;

/// Returns how to widen the blanks of `line` so that it fills `measure` cells; nothing where that would tear holes.
///
/// Not meant for the last line of a paragraph. Even gaps come first from the right and from the left by turns, by
/// the place of the line in the text, so that the added blanks form no river along one edge.
#[must_use]
pub fn justify_gaps(text: &str, line: &SetLine, measure: u16) -> Vec<Gap> {
    let shown = line.of(text);
    let cells = width(shown) + usize::from(line.hyphen);
    let blanks: Vec<usize> = shown.match_indices(' ').map(|(at, _)| at).collect();
    let missing = usize::from(measure).saturating_sub(cells);
    if missing == 0 || missing > blanks.len() * MOST_EXTRA {
        return Vec::new();
    }
    let (each, left_over) = (missing / blanks.len(), missing % blanks.len());
    let from_left = index(line.start).is_multiple_of(2);
    let mut gaps = Vec::with_capacity(blanks.len());
    for (number, at) in blanks.iter().enumerate() {
        let rank = if from_left { number } else { blanks.len() - 1 - number };
        let extra = each + usize::from(rank < left_over);
        if extra > 0 {
            gaps.push(Gap { offset: line.start + offset(*at), extra: u16::try_from(extra).unwrap_or_default() });
        }
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::{Gap, justify_gaps};
    use crate::typeset::SetLine;

    #[test]
    fn gaps_are_widened_until_the_line_is_full() {
        let line = SetLine { start: 0, end: 11, hyphen: false };
        assert_eq!(
            justify_gaps("aa bb cc dd ee", &line, 13),
            [Gap { offset: 2, extra: 1 }, Gap { offset: 5, extra: 1 }]
        );
        assert_eq!(justify_gaps("aa bb cc dd ee", &line, 11), []);
    }

    #[test]
    fn holes_are_not_torn() {
        let line = SetLine { start: 0, end: 5, hyphen: true };
        assert_eq!(justify_gaps("aa bbcc", &line, 9), []);
        assert_eq!(justify_gaps("aa bbcc", &line, 8), [Gap { offset: 2, extra: 2 }]);
        assert_eq!(justify_gaps("aabb", &SetLine { start: 0, end: 4, hyphen: false }, 8), []);
    }
}
