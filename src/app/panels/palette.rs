//! Implements the command palette: every action that can be run, found by its name or its help.

use super::content::{Content, Line, Outcome};
use super::context::Context;
use super::help::{action_lines, fitting, run};
use crate::app::actions::{ACTIONS, Action, Entry};
use crate::app::messages::{self, Text};

/// Implements the command palette, which has no state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Palette;

impl Content for Palette {
    fn title(&self) -> Text {
        messages::COMMANDS
    }

    fn opener(&self) -> Action {
        Action::Palette
    }

    fn narrows(&self) -> bool {
        true
    }

    fn lines(&self, context: &Context<'_>, typed: &str, _width: u16) -> Vec<Line> {
        let rows: Vec<&Entry> = ACTIONS.iter().filter(|entry| entry.scope.is_pane()).collect();
        if typed.is_empty() {
            return action_lines(&rows, context);
        }
        action_lines(&fitting(&rows, typed, context), context)
    }

    fn act(&mut self, _action: Action, chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        run(chosen)
    }
}
