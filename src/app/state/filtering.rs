//! The filter menu: opened, and what is chosen looked for.

use super::State;
use crate::app::menu::{Menu, Outcome};
use crate::app::{Effects, Key};

impl State {
    pub(super) fn open_menu(&mut self) {
        self.menu = Some(Menu::of(&self.library, &self.marked.marks));
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
                let query = menu.rows.get(menu.marked).map(|row| row.choice.query());
                self.menu = None;
                self.run_search(query.as_deref())
            }
        }
    }
}
