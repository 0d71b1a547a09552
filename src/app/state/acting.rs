//! Carries out actions: each is handed to the file of its subject.

use super::State;
use crate::app::actions::{Action, Scope};
use crate::app::plan::Focus;
use crate::app::{Effect, Effects};

impl State {
    /// Carries out `action`, `count` times where a count was typed before it.
    pub(super) fn act(&mut self, action: Action, count: Option<u32>) -> Effects {
        let height = self.text_height();
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let half = isize::try_from(height / 2).unwrap_or(0).max(1);
        // Paging keeps two lines of context.
        let page = isize::try_from(height).unwrap_or(1).saturating_sub(2).max(1);
        let rows = isize::try_from(self.list.shown.len().saturating_sub(1)).unwrap_or(1).max(1);
        match action {
            Action::ListDown => self.move_by(times),
            Action::ListUp => self.move_by(-times),
            Action::ListHalfDown => self.move_by((rows / 2).max(1) * times),
            Action::ListHalfUp => self.move_by(-(rows / 2).max(1) * times),
            Action::ListPageDown => self.move_by(rows * times),
            Action::ListPageUp => self.move_by(-rows * times),
            Action::ListFirst => self.list_to(count.map_or(0, |count| count.saturating_sub(1))),
            Action::ListLast => self.list_to(count.map_or(u32::MAX, |count| count.saturating_sub(1))),
            Action::NextAnnouncement => self.step_announcement(times),
            Action::PreviousAnnouncement => self.step_announcement(-times),
            Action::LineDown => drop(self.reader.scroll(times, height)),
            Action::LineUp => drop(self.reader.scroll(-times, height)),
            Action::HalfDown => drop(self.reader.scroll(half * times, height)),
            Action::HalfUp => drop(self.reader.scroll(-half * times, height)),
            Action::PageDown => self.page_down(page * times),
            Action::PageUp => drop(self.reader.scroll(-page * times, height)),
            Action::TextStart => self.reader.start(),
            Action::TextEnd => self.reader.end(),
            Action::NextPart => (0..times).for_each(|_| self.reader.step_part(true, height)),
            Action::PreviousPart => (0..times).for_each(|_| self.reader.step_part(false, height)),
            Action::Open => self.open(),
            Action::Back => self.back(),
            Action::SwitchPane => match self.screen.focus {
                Focus::List => self.open(),
                Focus::Reader => self.back(),
            },
            Action::ToggleRead => self.toggle_read(),
            Action::AllRead => self.mark_all_read(),
            Action::Star => self.toggle_star(),
            Action::Tag => self.open_tags(),
            Action::Undo => return self.undo_marks(),
            Action::Forget => return self.forget(),
            Action::Search => return self.open_search(None, false),
            Action::SaveSearch => return self.save_search(),
            Action::Filter => return self.open_search(None, true),
            Action::Find => self.open_prompt(),
            Action::NextMatch => self.step_match(times),
            Action::PreviousMatch => self.step_match(-times),
            Action::SwitchLanguage => self.switch_language(),
            Action::SwitchFill => self.switch_fill(),
            Action::WidenText => self.widen_text(2 * times),
            Action::NarrowText => self.widen_text(-2 * times),
            Action::WidenList => self.widen_list(2 * times),
            Action::NarrowList => self.widen_list(-2 * times),
            Action::Zen => self.toggle_zen(),
            Action::SwitchTheme => self.switch_theme(),
            Action::ShowBoilerplate => self.settings.boilerplate = !self.settings.boilerplate,
            Action::ShowRaw => return self.toggle_raw(),
            Action::Refresh => return Effect::Refresh(None).into(),
            Action::AddFeed => self.ask_address(),
            Action::Cancel if self.refreshing.is_some() => return Effect::StopRefresh.into(),
            Action::Cancel => self.cancel(),
            Action::CopyText => return self.copy_text(),
            Action::Suspend => return Effect::Suspend.into(),
            Action::Repaint => return Effect::Repaint.into(),
            Action::Quit | Action::QuitNow => return Effect::Quit.into(),
            _ => return self.act_over_panes(action, count),
        }
        Effects::none()
    }

    /// Carries out an action of the line being typed or of the top panel, or opens the action's panel.
    fn act_over_panes(&mut self, action: Action, count: Option<u32>) -> Effects {
        match action.entry().scope {
            Scope::Prompt | Scope::SearchPrompt | Scope::FindPrompt => self.act_in_prompt(action),
            Scope::Panel | Scope::Filter | Scope::Sources => self.act_in_panel(action, count),
            Scope::Everywhere | Scope::List | Scope::Reader => {
                self.open_panel(action);
                Effects::none()
            }
        }
    }
}
