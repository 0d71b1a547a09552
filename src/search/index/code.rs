//! Ranks in a byte each, so that those of a hundred thousand announcements are compared quickly.

use crate::search::{Field, Fit, Rank};

/// No match; also larger than every code.
pub const NONE: u8 = u8::MAX;
const FITS: [Fit; 6] = [Fit::Word, Fit::Start, Fit::Part, Fit::Inside, Fit::Derived, Fit::Prefix];

/// So many codes there may be.
pub const CODES: usize = 128;

/// Returns a rank as a byte; the better of two is less.
pub const fn code(field: Field, fit: Fit) -> u8 {
    fit.class() << 5 | (field as u8) << 3 | fit as u8
}

/// Returns the rank of a code.
pub fn rank(code: u8) -> Option<Rank> {
    let field = *Field::ALL.get(usize::from(code >> 3 & 3))?;
    let fit = *FITS.get(usize::from(code & 7))?;
    Some(Rank { class: code >> 5, field, fit })
}

/// Combines two codes: in each part the worse.
pub fn both(one: u8, other: u8) -> u8 {
    if one == NONE || other == NONE {
        return NONE;
    }
    (one & 0xe0).max(other & 0xe0) | (one & 0x18).max(other & 0x18) | (one & 7).max(other & 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ordered_and_joined_as_ranks_are() {
        let ranks = || Field::ALL.into_iter().flat_map(|field| FITS.map(|fit| Rank::new(field, fit)));
        let code_of = |rank: Rank| code(rank.field, rank.fit);
        for one in ranks() {
            assert_eq!(rank(code_of(one)), Some(one));
            for other in ranks() {
                assert_eq!(code_of(one).cmp(&code_of(other)), one.cmp(&other));
                assert_eq!(rank(both(code_of(one), code_of(other))), Some(one.and(other)));
            }
            assert_eq!(both(code_of(one), NONE), NONE);
        }
    }
}
