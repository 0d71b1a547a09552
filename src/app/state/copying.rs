//! Copies the text shown.

use super::State;
use crate::app::{Effect, Effects, messages};
use crate::text::Clean;
use crate::typeset::Layout;

impl State {
    /// Copies the whole text: its title, its source, and the rest.
    pub(super) fn copy_text(&mut self) -> Effects {
        let Some(announcement) = self.reader.layout.as_ref().map(Layout::announcement) else { return Effects::none() };
        let language = announcement.language.unwrap_or(self.settings.language);
        let date = announcement.published.map(|date| date.value.format(language));
        let named = [&announcement.source, &announcement.section, &announcement.address];
        let named = named.into_iter().flatten().map(ToString::to_string);
        let source: Vec<String> = date.into_iter().chain(named).collect();
        let blocks: Vec<_> =
            announcement.document.blocks.iter().map(|block| block.bare_text(0..block.text.len())).collect();
        let source = source.join(" · ");
        let texts: Vec<&str> =
            [announcement.title.as_str(), &source].into_iter().chain(blocks.iter().map(AsRef::as_ref)).collect();
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        let copy = Clean::lines_of(&texts.join("\n\n"));
        self.notify(messages::COPIED);
        Effect::Copy(copy).into()
    }
}
