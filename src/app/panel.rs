//! Where a panel over the panes stands, and which of its lines are on the screen.

use super::plan::Area;

/// Most columns a panel takes.
const WIDEST: u16 = 74;
/// Rows of a panel that are no lines: its frame and one at either end, or two above and none below.
const FRAME: u16 = 4;

/// A panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// With its frame.
    pub area: Area,
    /// Where the first line stands, from the top of the panel.
    pub top: u16,
    /// The first line on the screen, from 0.
    pub first: usize,
    /// How many lines there is room for.
    pub room: usize,
}

impl Panel {
    /// A panel of `lines` lines that shows `line`.
    #[must_use]
    pub fn of(screen: Area, lines: usize, line: usize) -> Self {
        let panel = Self::high(screen, lines, 1);
        Self { first: (line + 1).saturating_sub(panel.room), ..panel }
    }

    /// A panel of `lines` lines, the first of which is the `first`, under a line that is typed.
    #[must_use]
    pub fn under_prompt(screen: Area, lines: usize, first: usize) -> Self {
        Self { first, ..Self::high(screen, lines, 3) }
    }

    fn high(screen: Area, lines: usize, top: u16) -> Self {
        let height = u16::try_from(lines).unwrap_or(u16::MAX).saturating_add(FRAME).min(screen.height);
        let width = WIDEST.min(screen.width);
        let area = Area { x: (screen.width - width) / 2, y: (screen.height - height) / 2, width, height };
        Self { area, top, first: 0, room: usize::from(height.saturating_sub(FRAME)) }
    }

    /// The line at a cell of the screen, if there is room for one.
    #[must_use]
    pub fn line_at(&self, column: u16, row: u16) -> Option<usize> {
        let line = usize::from(row.checked_sub(self.area.y + self.top)?);
        (self.area.holds(column, row) && line < self.room).then_some(self.first + line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_meant_is_on_the_panel_and_found_by_its_cell() {
        let screen = Area { x: 0, y: 0, width: 40, height: 15 };
        for (lines, line) in [(5, 0), (5, 4), (30, 0), (30, 10), (30, 29)] {
            let panel = Panel::of(screen, lines, line);
            let shown = panel.first..panel.first + panel.room;
            assert!(shown.contains(&line) && panel.area.height <= 15, "{panel:?}");
            let row = panel.area.y + panel.top + u16::try_from(line - panel.first).unwrap();
            assert_eq!(panel.line_at(20, row), Some(line));
            assert_eq!(panel.line_at(20, panel.area.y), None);
        }
        assert_eq!(Panel::of(Area::default(), 3, 0).line_at(0, 0), None);
    }
}
