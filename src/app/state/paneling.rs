//! Opens panels, hands them keys, and carries out the outcomes.

use super::State;
use crate::app::actions::{Action, Scope};
use crate::app::panels::{Context, Outcome, Panel, Reaction};
use crate::app::plan::Focus;
use crate::app::{Effects, Event, Key};

impl State {
    /// Opens the panel of `action` over the others.
    pub(super) fn open_panel(&mut self, action: Action) {
        self.panels.retain(|panel| panel.opener() != action);
        self.panels.extend(Panel::opened_by(action));
    }

    /// Returns the panel at the top, the one that is seen.
    #[must_use]
    pub fn top_panel(&self) -> Option<&Panel> {
        self.panels.last()
    }

    /// Returns the parts of the state that panels may look at.
    fn context(&self) -> Context<'_> {
        Context {
            settings: &self.settings,
            keymap: &self.keys.keymap,
            library: &self.library,
            rows: self.rows(),
            marks: &self.marks,
            searches: &self.searches,
            notices: &self.notices,
            shown: self.shown(),
            text: self.reader.text.as_ref(),
            place_name: &self.place_name,
        }
    }

    /// Hands a key to `panel`, which was taken from the top of the stack.
    pub(super) fn press_panel(&mut self, mut panel: Panel, key: Key) -> Effects {
        let panes = self.pane_scopes();
        let mut pending = std::mem::take(&mut self.keys.pending);
        let reaction = panel.press(key, &self.keys.keymap, &mut pending, &panes, &self.context());
        self.keys.pending = pending;
        match reaction {
            Reaction::Own(outcome) => self.follow(panel, outcome),
            Reaction::Passed(action, count) => {
                self.panels.push(panel);
                self.act(action, count)
            }
        }
    }

    /// Carries out an action in the panel at the top.
    pub(super) fn act_in_panel(&mut self, action: Action, count: Option<u32>) -> Effects {
        let Some(mut panel) = self.panels.pop() else { return Effects::none() };
        let outcome = panel.act(action, count, &self.context());
        self.follow(panel, outcome)
    }

    /// Hands a click to the panel at the top.
    pub(super) fn click_panel(&mut self, column: u16, row: u16) -> Effects {
        let Some(mut panel) = self.panels.pop() else { return Effects::none() };
        let outcome = panel.click(column, row, &self.context());
        self.follow(panel, outcome)
    }

    /// Carries out the outcome of a key in `panel`, which is put back on the stack if it stays.
    fn follow(&mut self, panel: Panel, outcome: Outcome) -> Effects {
        match outcome {
            Outcome::Close => Effects::none(),
            Outcome::Stay | Outcome::Mark(_) => {
                self.panels.push(panel);
                Effects::none()
            }
            Outcome::Edit(edit) => {
                self.panels.clear();
                self.edit_feed(edit);
                Effects::none()
            }
            Outcome::Done(effects) => {
                self.panels.clear();
                effects
            }
            Outcome::Wish(effects) => {
                self.panels.push(panel);
                effects
            }
            Outcome::Open(other) => {
                self.panels.extend([panel, *other]);
                Effects::none()
            }
            Outcome::Change(change) => {
                self.panels.push(panel);
                self.change_searches(change)
            }
            Outcome::Run(action) => {
                self.panels.clear();
                // An action of a pane runs with the focus on that pane.
                match action.entry().scope {
                    Scope::List => self.screen.focus = Focus::List,
                    Scope::Reader => self.screen.focus = Focus::Reader,
                    _ => {}
                }
                self.act(action, None)
            }
            Outcome::Search(query) => {
                self.panels.clear();
                self.run_search(Some(&query))
            }
            Outcome::Narrow(condition) => {
                self.panels.clear();
                self.narrow(&condition)
            }
        }
    }

    /// Hands an event to the panels, one of which requested it.
    pub(super) fn pass_to_panels(&mut self, event: &Event) -> Effects {
        let mut panels = std::mem::take(&mut self.panels);
        for panel in &mut panels {
            panel.handle(event, &self.context());
        }
        self.panels = panels;
        Effects::none()
    }

    /// Updates the panels to the state beneath them.
    pub(super) fn settle_panels(&mut self) -> Effects {
        if self.panels.is_empty() {
            return Effects::none();
        }
        let mut panels = std::mem::take(&mut self.panels);
        let (context, screen) = (self.context(), self.screen.plan.screen);
        let wishes = panels.iter_mut().map(|panel| panel.settle(&context, screen));
        let wishes = wishes.fold(Effects::none(), Effects::and);
        self.panels = panels;
        wishes
    }
}
