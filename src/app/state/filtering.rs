//! The filter menu: opened, and what is chosen looked for.

use super::State;
use crate::app::menu::{Menu, Outcome};
use crate::app::{Effects, Key};

impl State {
    pub(super) fn open_menu(&mut self) {
        self.menu = Some(Menu::of(self.rows(), &self.library, &self.marked.marks));
    }

    pub(super) fn press_menu(&mut self, key: Key) -> Effects {
        let page = usize::from(self.overlay_rows()).max(1);
        let Some(menu) = &mut self.menu else { return Effects::none() };
        match menu.press(key, page) {
            Outcome::Stay => Effects::none(),
            Outcome::Close => {
                self.menu = None;
                Effects::none()
            }
            Outcome::Run => {
                let chosen = menu.rows.get(menu.marked).map(|row| row.choice.query()).unwrap_or_default();
                self.menu = None;
                let titles = self.search.filters();
                let known = if titles { self.search.conditions() } else { self.search.text() };
                // What was typed stays at the end: a word or quotation that is not closed goes on there.
                let query = match known {
                    "" => chosen,
                    known if known.contains(&chosen) => known.to_owned(),
                    known => format!("{chosen} {known}"),
                };
                if titles { self.narrow_titles(&query) } else { self.run_search(Some(&query)) }
            }
        }
    }
}
