//! What the mouse does.

use super::State;
use crate::app::plan::{Area, Focus};
use crate::app::{Effects, MouseKind};

impl State {
    pub(super) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) -> Effects {
        let in_list = self.plan.list.filter(|area| area.holds(column, row));
        let in_reader = self.plan.reader.is_some_and(|area| area.holds(column, row));
        let on_rule = self.plan.rule.is_some_and(|area| area.holds(column, row));
        if let (Some(about), MouseKind::ScrolledUp | MouseKind::ScrolledDown) = (&mut self.about, kind) {
            about.scroll(if kind == MouseKind::ScrolledDown { 3 } else { -3 });
            return Effects::none();
        }
        match kind {
            MouseKind::ScrolledUp | MouseKind::ScrolledDown => {
                let by = if kind == MouseKind::ScrolledDown { 3 } else { -3 };
                if in_list.is_some() {
                    self.touched = true;
                    self.move_by(by / 3);
                } else if in_reader {
                    let height = self.text_height();
                    self.reader.scroll(by, height);
                }
            }
            MouseKind::Pressed => {
                (self.touched, self.dragging) = (true, on_rule);
                if let Some(area) = in_list {
                    drop(self.keep_results());
                    self.click(row - area.y, area);
                } else if in_reader && self.plan.list.is_some() {
                    self.open();
                }
            }
            MouseKind::Dragged if self.dragging => {
                let now = self.plan.rule.map_or(column, |area| area.x);
                self.widen_list(isize::try_from(column).unwrap_or(0) - isize::try_from(now).unwrap_or(0));
            }
            MouseKind::Dragged => {}
            MouseKind::Released => self.dragging = false,
        }
        Effects::none()
    }

    /// A click selects a row; on the selected row it opens it.
    fn click(&mut self, y: u16, area: Area) {
        let Some(row) = self.list.row_at(y, area) else { return };
        if self.list.row(self.rows()) == Some(row) && self.focus == Focus::List {
            self.open();
        } else {
            self.focus = Focus::List;
            self.select(row);
        }
    }
}
