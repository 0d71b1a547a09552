//! What the mouse does.

use super::State;
use crate::app::panel::Panel;
use crate::app::plan::{Area, Focus};
use crate::app::{Effects, Key, KeyCode, MouseKind, menu};

/// Rows of a panel the wheel goes at a time.
const NOTCH: usize = 3;

impl State {
    pub(super) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) -> Effects {
        let in_list = self.plan.list.filter(|area| area.holds(column, row));
        let in_reader = self.plan.reader.is_some_and(|area| area.holds(column, row));
        let on_rule = self.plan.rule.is_some_and(|area| area.holds(column, row));
        if let (Some(about), MouseKind::ScrolledUp | MouseKind::ScrolledDown) = (&mut self.about, kind) {
            about.scroll(if kind == MouseKind::ScrolledDown { 3 } else { -3 });
            return Effects::none();
        }
        if let Some((panel, choices)) = self.panel() {
            return self.mouse_in_panel(kind, panel.line_at(column, row), panel.area.holds(column, row), &choices);
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

    /// The panel that lies over the panes, and which choice each of its lines is.
    fn panel(&self) -> Option<(Panel, Vec<Option<usize>>)> {
        if let Some(overlay) = &self.overlay {
            let rows = overlay.rows(self.settings.language).len();
            return Some((self.overlay_panel(overlay), (0..rows).map(Some).collect()));
        }
        let (choices, marked): (Vec<Option<usize>>, usize) = if let Some(sources) = &self.sources {
            let lines = self.sources_lines(sources).into_iter();
            (lines.map(|line| sources.choice(line)).collect(), sources.marked)
        } else {
            let menu = self.menu.as_ref()?;
            let choice = |line| if let menu::Line::Choice(number) = line { Some(number) } else { None };
            (menu.lines().into_iter().map(choice).collect(), menu.marked)
        };
        let line = choices.iter().position(|choice| *choice == Some(marked)).unwrap_or(0);
        Some((Panel::of(self.plan.screen, choices.len(), line), choices))
    }

    /// In a panel a click marks a choice and another takes it; beside it, it closes the panel.
    fn mouse_in_panel(
        &mut self,
        kind: MouseKind,
        line: Option<usize>,
        inside: bool,
        choices: &[Option<usize>],
    ) -> Effects {
        let mut press = |code| self.press(Key::plain(code));
        match kind {
            MouseKind::ScrolledDown => (0..NOTCH).map(|_| press(KeyCode::Down)).fold(Effects::none(), Effects::and),
            MouseKind::ScrolledUp => (0..NOTCH).map(|_| press(KeyCode::Up)).fold(Effects::none(), Effects::and),
            MouseKind::Pressed if !inside => press(KeyCode::Esc),
            MouseKind::Pressed => {
                let Some(choice) = line.and_then(|line| *choices.get(line)?) else { return Effects::none() };
                let marked = [
                    self.overlay.as_mut().map(|overlay| &mut overlay.marked),
                    self.sources.as_mut().map(|sources| &mut sources.marked),
                    self.menu.as_mut().map(|menu| &mut menu.marked),
                ];
                let Some(marked) = marked.into_iter().flatten().next() else { return Effects::none() };
                if std::mem::replace(marked, choice) == choice {
                    return self.press(Key::plain(KeyCode::Enter));
                }
                Effects::none()
            }
            MouseKind::Dragged | MouseKind::Released => Effects::none(),
        }
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
