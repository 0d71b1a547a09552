//! Implements the help: every action with its keys, filtered by typing.

use super::content::{Content, Line, Outcome, Role, Span};
use super::context::Context;
use crate::app::actions::{ACTIONS, Action, Entry};
use crate::app::messages::{self, Text};
use crate::search::Titles;
use crate::text::{Clean, width};

/// Least width of the key column, in cells.
const KEYS: usize = 12;
/// Cells between two keys, and between the keys and the help.
const APART: usize = 2;

/// Implements the help panel, which has no state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Help;

impl Content for Help {
    fn title(&self) -> Text {
        messages::HELP
    }

    fn opener(&self) -> Action {
        Action::Help
    }

    fn narrows(&self) -> bool {
        true
    }

    fn closes_untyped(&self) -> bool {
        true
    }

    fn lines(&self, context: &Context<'_>, typed: &str, _width: u16) -> Vec<Line> {
        let mut rows: Vec<&Entry> = ACTIONS.iter().collect();
        if !typed.is_empty() {
            let fitting = fitting(&rows, typed, context);
            rows.retain(|entry| fitting.iter().any(|found| found.action == entry.action));
            // Actions whose key was typed come first.
            rows.sort_by_key(|entry| !has_key(entry, typed, context));
        }
        action_lines(&rows, context)
    }

    fn act(&mut self, _action: Action, chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        run(chosen)
    }
}

/// Returns the outcome of choosing an action by its name: one that works in a pane is run there.
pub(super) fn run(chosen: Option<&str>) -> Outcome {
    let entry = ACTIONS.iter().find(|entry| Some(entry.name) == chosen);
    match entry {
        Some(entry) if entry.scope.is_pane() => Outcome::Run(entry.action),
        Some(_) => Outcome::Stay,
        None => Outcome::Close,
    }
}

/// Returns those of `rows` whose name or help has the letters `typed`, the best first.
pub(super) fn fitting<'a>(rows: &[&'a Entry], typed: &str, context: &Context<'_>) -> Vec<&'a Entry> {
    let texts: Vec<String> = rows.iter().map(|entry| format!("{} {}", entry.name, context.say(entry.help))).collect();
    let fitting = Titles::of(texts.iter().map(String::as_str)).filter(typed, None).fitting;
    let found = fitting.iter().filter_map(|number| rows.get(usize::try_from(*number).ok()?).copied());
    let keyed = rows.iter().copied().filter(|entry| has_key(entry, typed, context));
    let others = found.filter(|entry| !has_key(entry, typed, context));
    keyed.chain(others).collect()
}

fn has_key(entry: &Entry, typed: &str, context: &Context<'_>) -> bool {
    context.keymap.keys_of(entry.action).iter().any(|keys| keys == typed)
}

/// Returns a line for each action: its keys, what it does, and where it works.
pub(super) fn action_lines(rows: &[&Entry], context: &Context<'_>) -> Vec<Line> {
    let keys: Vec<Vec<String>> = rows.iter().map(|entry| context.keymap.keys_of(entry.action)).collect();
    let cells = |keys: &Vec<String>| keys.iter().map(|key| width(key) + APART).sum::<usize>().saturating_sub(APART);
    let column = keys.iter().map(cells).max().unwrap_or(0).max(KEYS) + 1 + APART;
    let line = |(entry, keys): (&&Entry, &Vec<String>)| Line {
        spans: spans(keys, column, context.say(entry.help)),
        group: Some(Clean::line(context.say(entry.scope.title()))),
        choice: Some(entry.name.to_owned()),
        note: None,
    };
    rows.iter().zip(&keys).map(line).collect()
}

/// Returns the keys beside each other, and the help in cell `column`.
fn spans(keys: &[String], column: usize, help: &str) -> Vec<Span> {
    let cell = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
    let mut at = 1;
    let mut spans = Vec::with_capacity(keys.len() + 1);
    for key in keys {
        spans.push(Span::at(cell(at), key, Role::Accent));
        at += width(key) + APART;
    }
    spans.push(Span::at(cell(column), help, Role::Plain));
    spans
}
