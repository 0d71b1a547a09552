//! Shows the text of the selected announcement.

use super::State;
use crate::app::plan::Area;
use crate::app::search::MatchEnd;
use crate::app::{Effect, Effects, Prepared, messages};
use crate::model::{Entry, Id, Location};
use crate::text::Clean;
use crate::typeset::Measure;

impl State {
    /// Returns the line under the title: date of publication, source and reading time, with word joiners where no line
    /// may end.
    #[must_use]
    pub fn meta(&self, entry: &Entry, section: Option<&Clean>) -> String {
        let language = entry.language.unwrap_or(self.settings.language);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(entry.published.map(|date| date.format(language)));
        parts.extend(entry.source.as_ref().map(ToString::to_string));
        parts.extend(section.map(ToString::to_string));
        // Keeps the reading time from standing alone on a line.
        let minutes = format!("{} {}", entry.minutes, self.say(messages::MINUTES));
        let rest = parts.join("\u{2060} · ");
        if rest.is_empty() { minutes } else { format!("{rest}\u{2060} ·\u{2060} {minutes}") }
    }

    pub(super) fn measure(&self) -> Measure {
        let width = self.screen.plan.text.map_or(self.settings.text_width, |text| text.width);
        Measure { width: width.max(1), fill: self.settings.fill, boilerplate: self.settings.boilerplate }
    }

    pub(super) fn text_height(&self) -> u16 {
        self.screen.plan.text.map_or(1, |text| text.height.max(1))
    }

    pub(super) fn list_area(&self) -> Area {
        self.screen.plan.list.unwrap_or_default()
    }

    /// Requests the text of the selected announcement, unless it is shown.
    pub(super) fn want(&mut self) -> Effects {
        let Some(row) = self.list.row(self.rows()) else { return Effects::none() };
        let Some(entry) = self.list.version(self.rows(), row) else { return Effects::none() };
        if self.reader.wanted == Some(entry.id) {
            return Effects::none();
        }
        let effect = Effect::Read { id: entry.id, location: entry.location.clone() };
        let id = entry.id;
        self.reader.wait_for(Some(id));
        self.search.scroll_to.get_or_insert(MatchEnd::First);
        self.begin_find();
        Effects::from(effect).and(self.prefetch(row))
    }

    /// Requests the neighbours of row `row`, which are likely to be opened next, the one below last to be first.
    fn prefetch(&self, row: usize) -> Effects {
        let neighbours = [row.checked_sub(1), Some(row + 2), Some(row + 1)];
        let locations: Vec<_> = neighbours
            .into_iter()
            .flatten()
            .filter_map(|row| Some(self.list.version(self.rows(), row)?.location.clone()))
            .filter(|location| matches!(location, Location::File { .. } | Location::Kept(_)))
            .collect();
        if locations.is_empty() {
            return Effects::none();
        }
        // One row more than fits shows whether the text ends there.
        Effect::Prefetch { locations, measure: self.measure(), rows: self.text_height().saturating_add(1) }.into()
    }

    /// Shows an announcement that was read, at its stored reading position.
    pub(super) fn take_text(&mut self, id: Id, text: &Prepared, complete: bool) -> Effects {
        self.show(id, text, complete);
        self.return_to_place();
        Effects::none()
    }

    fn show(&mut self, id: Id, text: &Prepared, complete: bool) {
        let Some(entry) = self.library.entry(id).filter(|_| self.reader.wanted == Some(id)) else { return };
        if self.reader.raw {
            return;
        }
        let meta = self.meta(entry, text.announcement.section.as_ref());
        self.set(id, text, &meta, complete);
    }
}
