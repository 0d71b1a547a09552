//! Bringing the text of the selected announcement onto the screen.

use super::State;
use crate::app::plan::Area;
use crate::app::search::Aim;
use crate::app::{Effect, Effects, Prepared, messages};
use crate::model::{Entry, Id, Location};
use crate::text::Clean;
use crate::typeset::Measure;

impl State {
    /// Returns the line that says when an announcement was published, who announced it and how long it takes to read, with
    /// word joiners where no line is to end.
    #[must_use]
    pub fn meta(&self, entry: &Entry, section: Option<&Clean>) -> String {
        let language = entry.language.unwrap_or(self.settings.language);
        let mut parts: Vec<String> = Vec::new();
        parts.extend(entry.published.map(|date| date.format(language)));
        parts.extend(entry.source.as_ref().map(ToString::to_string));
        parts.extend(section.map(ToString::to_string));
        // A line may end behind a point, but what comes last does not stand alone.
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

    /// Asks for the text of what is selected, when something else is shown.
    pub(super) fn want(&mut self) -> Effects {
        let Some(row) = self.list.row(self.rows()) else { return Effects::none() };
        let Some(entry) = self.list.version(self.rows(), row) else { return Effects::none() };
        if self.reader.wanted == Some(entry.id) {
            return Effects::none();
        }
        let effect = Effect::Read { id: entry.id, location: entry.location.clone() };
        let id = entry.id;
        self.reader.wait_for(Some(id));
        self.search.aim.get_or_insert(Aim::First);
        self.begin_find();
        Effects::from(effect).and(self.prefetch(row))
    }

    /// Asks for the neighbours of row `row`, which are likely to be looked at next, the one below last to be first.
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
        // One row more than fits is looked at, to see whether this is the end.
        Effect::Prefetch { locations, measure: self.measure(), rows: self.text_height().saturating_add(1) }.into()
    }

    /// Shows an announcement that was read, and goes to where it was left.
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
