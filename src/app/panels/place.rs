//! Computes where a panel stands on the screen.

use crate::app::plan::{Area, BARE_HEIGHT, BARE_WIDTH};

/// Rows above the first line: the frame, the heading, a blank one.
const HEAD: u16 = 3;
/// Rows below the last line: two blank ones and the keys where the foot shows keys, and the least.
const FOOT: (u16, u16) = (3, 1);
/// Columns of the frame and of the padding within it, of both sides together.
const SIDES: u16 = 4;

/// Holds the size a panel asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Number of lines.
    pub lines: usize,
    /// Greatest width, in columns.
    pub widest: u16,
    /// Columns kept free at either side of the lines.
    pub margin: u16,
    /// Whether the panel has an input line.
    pub typed: bool,
    /// Whether its foot shows keys.
    pub foot: bool,
}

/// Holds the areas of a panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The whole panel, with its frame.
    pub area: Area,
    /// Whether there is room for a frame.
    pub framed: bool,
    /// The row of the heading or the input line, where there is one.
    pub head: Option<Area>,
    /// The rows of the lines.
    pub lines: Area,
    /// The row of the keys, where there is one.
    pub foot: Option<Area>,
}

impl Place {
    /// Returns the cells a line of a panel has on `screen`.
    #[must_use]
    pub fn width(screen: Area, wanted: Wanted) -> u16 {
        if is_bare(screen) {
            return screen.width;
        }
        wanted.widest.min(screen.width).saturating_sub(SIDES + 2 * wanted.margin)
    }

    /// Returns the areas of a panel in the middle of `screen`; on a very small one it covers all of it, without a frame.
    #[must_use]
    pub fn of(screen: Area, wanted: Wanted) -> Self {
        if is_bare(screen) {
            let head = Area { height: u16::from(wanted.typed).min(screen.height), ..screen };
            let lines = Area { y: screen.y + head.height, height: screen.height - head.height, ..screen };
            return Self { area: screen, framed: false, head: wanted.typed.then_some(head), lines, foot: None };
        }
        let lines = u16::try_from(wanted.lines).unwrap_or(u16::MAX).max(1);
        // Typing changes the height of the panel: one row of the screen stays visible, so that it is seen to lie over
        // it.
        let most = if wanted.typed { screen.height - 2 } else { screen.height };
        let rows = |foot: u16| lines.saturating_add(HEAD + foot + 1);
        let foot = match wanted.foot {
            false => 0,
            true if rows(FOOT.0) <= most => FOOT.0,
            true => FOOT.1,
        };
        let height = rows(foot).min(most);
        let width = wanted.widest.min(screen.width);
        let area = Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height };
        let inner = Area { x: area.x + 2, width: width.saturating_sub(SIDES), height: 1, ..area };
        let lines = Area {
            x: inner.x + wanted.margin,
            y: area.y + HEAD,
            width: inner.width.saturating_sub(2 * wanted.margin),
            height: height - HEAD - foot - 1,
        };
        let foot = (foot > 0).then_some(Area { y: area.y + height - 2, ..inner });
        let head = Area { y: area.y + 1, x: lines.x, width: lines.width, height: 1 };
        Self { area, framed: true, head: Some(head), lines, foot }
    }
}

fn is_bare(screen: Area) -> bool {
    screen.width < BARE_WIDTH || screen.height < BARE_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_area_lies_within_the_panel_and_the_panel_on_the_screen(
            width in 0_u16..=500, height in 0_u16..=200, lines in 0_usize..300, widest in 30_u16..100, margin in 0_u16..3,
            typed: bool, foot: bool,
        ) {
            let screen = Area { x: 0, y: 0, width, height };
            let wanted = Wanted { lines, widest, margin, typed, foot };
            let place = Place::of(screen, wanted);
            let holds = |outer: Area, inner: Area| {
                inner.x >= outer.x && inner.x + inner.width <= outer.x + outer.width
                    && inner.y >= outer.y && inner.y + inner.height <= outer.y + outer.height
            };
            prop_assert!(holds(screen, place.area), "{place:?}");
            for inner in [Some(place.lines), place.head, place.foot].into_iter().flatten() {
                prop_assert!(holds(place.area, inner), "{place:?}");
            }
            prop_assert_eq!(place.lines.width, Place::width(screen, wanted));
            // Lines never overlap the keys at the foot.
            prop_assert!(place.foot.is_none_or(|foot| place.lines.y + place.lines.height <= foot.y), "{place:?}");
        }
    }
}
