//! Changes settings with a key: language versions, fill, colours, widths.

use super::State;
use crate::app::messages;
use crate::app::panels::about::language_name;
use crate::app::settings::TEXT_WIDTHS;
use crate::text::{Clean, Language};
use crate::typeset::Fill;

impl State {
    pub(super) fn switch_language(&mut self) {
        let Some(row) = self.selected().and_then(|group| self.library.row_of(group)) else { return };
        let versions: Vec<Language> = self.library.versions(row).iter().filter_map(|entry| entry.language).collect();
        let shown = self.shown().and_then(|entry| entry.language);
        let at = versions.iter().position(|language| Some(*language) == shown).unwrap_or(0);
        match versions.get((at + 1) % versions.len().max(1)) {
            Some(next) if versions.len() > 1 => {
                let others = self.list.chosen.iter().filter(|language| *language != next).copied();
                let chosen = std::iter::once(*next).chain(others).collect();
                self.list.prefer(chosen, &self.settings.languages);
                let name = self.say(language_name(Some(*next)));
                self.notices.notify(Clean::line(&messages::VERSION_SHOWN.with(self.settings.language, &[name])));
                let chosen = self.library.versions(row).into_iter().find(|entry| entry.language == Some(*next));
                if let Some(entry) = chosen {
                    self.search.choose(entry.group, entry.id);
                }
            }
            _ => self.notify(messages::ONE_LANGUAGE),
        }
    }

    pub(super) fn switch_fill(&mut self) {
        let (fill, text) = match self.settings.fill {
            Fill::Ragged => (Fill::Justified, messages::JUSTIFIED),
            Fill::Justified => (Fill::Unhyphenated, messages::UNHYPHENATED),
            Fill::Unhyphenated => (Fill::Ragged, messages::RAGGED),
        };
        self.settings.fill = fill;
        self.notify(text);
    }

    pub(super) fn switch_theme(&mut self) {
        self.settings.theme = self.settings.theme.wrapping_add(1);
    }

    pub(super) fn widen_text(&mut self, by: isize) {
        let (least, _, most) = TEXT_WIDTHS;
        let by = i16::try_from(by).unwrap_or(i16::MAX);
        self.settings.text_width = self.settings.text_width.saturating_add_signed(by).clamp(least, most);
        let sentence = format!("{}: {}", self.say(messages::TEXT_WIDTH), self.settings.text_width);
        self.notices.notify(Clean::line(&sentence));
    }

    pub(super) fn widen_list(&mut self, by: isize) {
        let by = i16::try_from(by).unwrap_or(i16::MAX);
        self.settings.list_width = self.settings.list_width.saturating_add(by).clamp(-60, 60);
    }
}
