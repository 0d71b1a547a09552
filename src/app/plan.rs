//! Computes the areas of the screen from its size, before anything is drawn.

/// Defines a rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Column of its left edge, from 0.
    pub x: u16,
    /// Row of its upper edge, from 0.
    pub y: u16,
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Area {
    /// Reports whether the cell at `column`, `row` lies in it.
    #[must_use]
    pub const fn holds(self, column: u16, row: u16) -> bool {
        column >= self.x && column < self.x + self.width && row >= self.y && row < self.y + self.height
    }
}

/// Names the pane with the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// The list of announcements.
    #[default]
    List,
    /// The text.
    Reader,
}

/// Holds the layout options besides the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanOptions {
    /// The pane with the focus.
    pub focus: Focus,
    /// Whether only the text is shown.
    pub zen: bool,
    /// Cells the user added to the list's width, or took from it.
    pub list_width: i16,
    /// Greatest width of a line of text, in cells.
    pub text_width: u16,
}

/// Holds the areas of a screen; a pane that is not shown has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The whole screen.
    pub screen: Area,
    /// The rows of the list.
    pub list: Option<Area>,
    /// The row above the list: its contents and the number of unread announcements.
    pub list_header: Option<Area>,
    /// The pane of the text, with its margins.
    pub reader: Option<Area>,
    /// The column of text within it.
    pub text: Option<Area>,
    /// The column of the rule between the panes.
    pub rule: Option<Area>,
    /// The row under the panes: the positions in the list and in the text.
    pub foot: Option<Area>,
    /// The last row: context and keys.
    pub status: Option<Area>,
    /// Whether list rows have the date above the title.
    pub narrow_rows: bool,
}

/// Least width at which list and text stand side by side in comfort.
pub const WIDE: u16 = 100;
/// Least width at which both panes are shown.
pub const SINGLE: u16 = 60;
/// Least width at which there is more than text.
pub const BARE_WIDTH: u16 = 24;
/// Least height at which there is more than text.
pub const BARE_HEIGHT: u16 = 8;

/// Least height at which a blank row stands below the list's heading.
const AIRY: u16 = 16;

impl Plan {
    /// Returns the plan for a screen of `width` × `height` cells, any size from 0 × 0.
    #[must_use]
    pub fn of(width: u16, height: u16, options: PlanOptions) -> Self {
        let screen = Area { x: 0, y: 0, width, height };
        let mut plan = Self { screen, narrow_rows: width < WIDE, ..Self::default() };
        if width < BARE_WIDTH || height < BARE_HEIGHT {
            match options.focus {
                Focus::Reader => {
                    plan.reader = Some(screen);
                    plan.text = Some(screen);
                }
                Focus::List if options.zen => {
                    plan.reader = Some(screen);
                    plan.text = Some(screen);
                }
                Focus::List => plan.list = Some(screen),
            }
            return plan;
        }
        plan.foot = Some(Area { y: height - 2, height: 1, ..screen });
        plan.status = Some(Area { y: height - 1, height: 1, ..screen });
        let body = Area { height: height - 2, ..screen };
        let list_width = Self::list_width(width, options);
        if list_width > 0 {
            plan.list_header = Some(Area { width: list_width, height: 1, ..body });
            // A blank row separates them where there is room for one.
            let top = 1 + u16::from(height >= AIRY);
            plan.list = Some(Area { width: list_width, y: top, height: body.height - top, ..body });
        }
        if list_width < width {
            let x = if list_width > 0 { list_width + 1 } else { 0 };
            plan.rule = (list_width > 0).then_some(Area { x: list_width, width: 1, ..body });
            let reader = Area { x, width: width - x, ..body };
            plan.reader = Some(reader);
            plan.text = Some(Self::text(reader, options.text_width));
        }
        plan
    }

    /// Returns the columns of the list: 0 when it is not shown, all when it is alone.
    fn list_width(width: u16, options: PlanOptions) -> u16 {
        if options.zen && options.focus == Focus::Reader {
            return 0;
        }
        if width < SINGLE {
            return if options.focus == Focus::List { width } else { 0 };
        }
        let natural = if width >= WIDE {
            (width * 38 / 100).min(56)
        } else if options.focus == Focus::List {
            width * 42 / 100
        } else {
            width * 30 / 100
        };
        // Both panes keep a readable width.
        let widest = i32::from(width) - 24;
        let wanted = (i32::from(natural) + i32::from(options.list_width)).clamp(16, widest.max(16));
        u16::try_from(wanted).unwrap_or(natural)
    }

    /// Returns the column of text: as wide as requested, centred, with margins where the pane has room for them.
    fn text(reader: Area, wanted: u16) -> Area {
        // One cell at the right is for the scroll bar, one keeps the text off it.
        let margin = if reader.width >= 48 { 2 } else { 1 };
        let room = reader.width.saturating_sub(margin + 2);
        let width = wanted.min(room).max(1);
        let air = u16::from(reader.height >= 30);
        Area {
            x: reader.x + margin + (room.saturating_sub(width)) / 2,
            y: reader.y + air,
            width,
            height: reader.height - air,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn options(focus: Focus) -> PlanOptions {
        PlanOptions { focus, zen: false, list_width: 0, text_width: 66 }
    }

    #[test]
    fn panes_by_width() {
        let shown = |width, height, focus| {
            let plan = Plan::of(width, height, options(focus));
            (plan.list.is_some(), plan.reader.is_some(), plan.status.is_some(), plan.narrow_rows)
        };
        for focus in [Focus::List, Focus::Reader] {
            assert_eq!(shown(120, 40, focus), (true, true, true, false));
            assert_eq!(shown(100, 30, focus), (true, true, true, false));
            assert_eq!(shown(80, 24, focus), (true, true, true, true));
        }
        assert_eq!(shown(59, 20, Focus::List), (true, false, true, true));
        assert_eq!(shown(59, 20, Focus::Reader), (false, true, true, true));
        assert_eq!(shown(20, 6, Focus::List), (true, false, false, true));
        assert_eq!(shown(20, 6, Focus::Reader), (false, true, false, true));
    }

    #[test]
    fn at_80_by_24_twenty_rows_are_text() {
        let text = Plan::of(80, 24, options(Focus::Reader)).text.unwrap();
        assert!(text.height >= 20 && text.width >= 48, "{text:?}");
    }

    proptest! {
        #[test]
        fn every_area_lies_on_the_screen(
            width in 0_u16..=500, height in 0_u16..=200, zen: bool, reader: bool, list_width in -200_i16..=200, text_width in 1_u16..=500,
        ) {
            let focus = if reader { Focus::Reader } else { Focus::List };
            let plan = Plan::of(width, height, PlanOptions { focus, zen, list_width, text_width });
            let areas = [plan.list, plan.list_header, plan.reader, plan.text, plan.rule, plan.foot, plan.status];
            for area in areas.into_iter().flatten() {
                prop_assert!(area.x + area.width <= width && area.y + area.height <= height, "{:?}", plan);
            }
            let focused = if reader { plan.reader } else { plan.list.or(plan.reader) };
            prop_assert!(focused.is_some());
        }
    }
}
