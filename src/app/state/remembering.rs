//! Stores and restores the layout of the screen and the reading positions.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};

use super::State;
use crate::app::memory::Remembered;
use crate::app::{Effect, Effects, Memory};
use crate::text::Language;
use crate::typeset::Fill;

/// Lists the fills with the names they are stored under.
const FILLS: [(&str, Fill); 3] =
    [("ragged", Fill::Ragged), ("justified", Fill::Justified), ("unhyphenated", Fill::Unhyphenated)];

impl State {
    /// Restores the screen of the last session.
    pub(super) fn remember(&mut self, memory: Memory) -> Effects {
        let Memory { session, places } = memory;
        let number = |name: &str| session.get(name).and_then(|value| value.parse::<i32>().ok());
        let settings = &mut self.settings;
        if let Some(width) = number("text-width").and_then(|width| u16::try_from(width).ok()) {
            settings.text_width = width.clamp(24, 120);
        }
        if let Some(width) = number("list-width").and_then(|width| i16::try_from(width).ok()) {
            settings.list_width = width.clamp(-60, 60);
        }
        if let Some(theme) = number("theme").and_then(|theme| usize::try_from(theme).ok()) {
            settings.theme = theme;
        }
        if let Some(fill) = session.get("setting") {
            let known = FILLS.iter().find(|(name, _)| name == fill);
            settings.fill = known.map_or(settings.fill, |(_, fill)| *fill);
        }
        if let Some(last) = session.get("search") {
            self.search.last.clone_from(last);
        }
        if let Some(boilerplate) = session.get("furniture") {
            settings.boilerplate = boilerplate == "shown";
        }
        if let Some(languages) = session.get("languages") {
            self.list.prefer(languages.split(' ').filter_map(Language::from_tag).collect(), &self.settings.languages);
        }
        self.memory = Remembered { keeps: true, places: places.into_iter().collect(), session, returned: None };
        self.return_to_place();
        Effects::none()
    }

    /// Goes to the stored reading position of the announcement shown, once so much of it was read.
    pub(super) fn return_to_place(&mut self) {
        let Some(id) = self.reader.wanted.filter(|id| self.memory.returned != Some(*id)) else { return };
        if self.reader.raw {
            return;
        }
        let Some(parts) = self.reader.layout.as_ref().map(crate::typeset::Layout::parts) else { return };
        match self.memory.places.get(&id) {
            _ if self.reader.has_moved() => {}
            Some(place) if place.part < parts => self.reader.go_to(*place),
            Some(_) if !self.reader.complete => return,
            _ => {}
        }
        self.memory.returned = Some(id);
    }

    /// Returns the effects that store a changed reading position and a changed layout of the screen.
    pub(super) fn keep_place(&mut self) -> Effects {
        let mut effects = Effects::none();
        if !self.memory.keeps {
            return effects;
        }
        if self.is_searching() {
            // The position of a match was not reached by reading.
        } else if self.reader.raw || self.reader.anchor.is_some() {
            // A position in the raw file does not apply to the text.
        } else if let Some(id) = self.reader.wanted
            && self.memory.returned == Some(id)
        {
            let place = self.reader.place();
            let known = self.memory.places.get(&id).copied().unwrap_or_default();
            if place != known {
                self.memory.places.insert(id, place);
                effects.push(Effect::SavePlace(id, place));
            }
        } else {
            self.memory.returned = None;
        }
        let changed = self.changed_session();
        if !changed.is_empty() {
            self.memory.session.extend(changed.clone());
            // The screen before the first key was not chosen by the user.
            if self.screen.touched {
                effects.push(Effect::SaveSession(changed));
            }
        }
        effects
    }

    /// Returns the values of the layout that differ from the stored ones.
    fn changed_session(&self) -> BTreeMap<String, String> {
        let settings = &self.settings;
        let fill = FILLS.iter().find(|(_, fill)| *fill == settings.fill).map_or("", |(name, _)| name);
        let languages: Vec<&str> = self.list.chosen.iter().map(|language| language.code()).collect();
        let values: [(&str, Option<&dyn Display>); 8] = [
            ("text-width", Some(&settings.text_width)),
            ("list-width", Some(&settings.list_width)),
            ("theme", Some(&settings.theme)),
            ("setting", Some(&fill)),
            ("furniture", Some(if settings.boilerplate { &"shown" } else { &"hidden" })),
            ("languages", Some(&languages.join(" "))),
            ("search", Some(&self.search.last)),
            ("selected", self.list.selected.as_ref().map(|selected| selected as &dyn Display)),
        ];
        let (mut changed, mut now) = (BTreeMap::new(), String::new());
        for (name, value) in values {
            let Some(value) = value else { continue };
            now.clear();
            // Writing into memory does not fail.
            let _ = write!(now, "{value}");
            if self.memory.session.get(name) != Some(&now) {
                changed.insert(name.to_owned(), now.clone());
            }
        }
        changed
    }
}
