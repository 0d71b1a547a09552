//! Handles clicks, the wheel, and dragging the rule between the panes.

use super::State;
use crate::app::plan::{Area, Focus};
use crate::app::{Effects, MouseKind};

/// Lines that a panel scrolls for one step of the wheel.
const WHEEL_LINES: isize = 3;

impl State {
    /// Handles a mouse event at a cell of the screen.
    pub(super) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) -> Effects {
        let in_list = self.screen.plan.list.filter(|area| area.holds(column, row));
        let in_reader = self.screen.plan.reader.is_some_and(|area| area.holds(column, row));
        let on_rule = self.screen.plan.rule.is_some_and(|area| area.holds(column, row));
        if let Some(panel) = self.panels.last_mut() {
            match kind {
                MouseKind::ScrolledDown => panel.scroll(WHEEL_LINES),
                MouseKind::ScrolledUp => panel.scroll(-WHEEL_LINES),
                MouseKind::Pressed => return self.click_panel(column, row),
                MouseKind::Dragged | MouseKind::Released => {}
            }
            return Effects::none();
        }
        match kind {
            MouseKind::ScrolledUp | MouseKind::ScrolledDown => {
                let by = if kind == MouseKind::ScrolledDown { 3 } else { -3 };
                if in_list.is_some() {
                    self.screen.touched = true;
                    self.move_by(by / 3);
                } else if in_reader {
                    let height = self.text_height();
                    self.reader.scroll(by, height);
                }
            }
            MouseKind::Pressed => {
                (self.screen.touched, self.screen.dragging) = (true, on_rule);
                if let Some(area) = in_list {
                    drop(self.keep_results());
                    self.click(row - area.y, area);
                } else if in_reader && self.screen.plan.list.is_some() {
                    self.open();
                }
            }
            MouseKind::Dragged if self.screen.dragging => {
                let now = self.screen.plan.rule.map_or(column, |area| area.x);
                self.widen_list(isize::try_from(column).unwrap_or(0) - isize::try_from(now).unwrap_or(0));
            }
            MouseKind::Dragged => {}
            MouseKind::Released => self.screen.dragging = false,
        }
        Effects::none()
    }

    /// Selects the row clicked on, or opens it if it is selected.
    fn click(&mut self, y: u16, area: Area) {
        let Some(row) = self.list.row_at(y, area) else { return };
        if self.list.row(self.rows()) == Some(row) && self.screen.focus == Focus::List {
            self.open();
        } else {
            self.screen.focus = Focus::List;
            self.select(row);
        }
    }
}
