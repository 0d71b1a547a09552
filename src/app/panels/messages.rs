//! Implements the messages panel: notices and problems, the newest first, with the time of day.

use super::content::{Content, Line, Outcome, Role, Span};
use super::context::Context;
use crate::app::actions::Action;
use crate::app::messages::{self, Text};
use crate::app::notices::Message;
use crate::text::Clean;
use crate::typeset::{Method, Setting, set_paragraph};

/// Width of the time of day with a blank after it, in cells.
const TIME: u16 = 7;

/// Implements the messages panel, which has no state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Messages;

impl Content for Messages {
    fn title(&self) -> Text {
        messages::MESSAGES
    }

    fn opener(&self) -> Action {
        Action::Messages
    }

    fn lines(&self, context: &Context<'_>, _typed: &str, width: u16) -> Vec<Line> {
        context.notices.messages().flat_map(|message| lines_of(message, context, width)).collect()
    }

    fn nothing(&self) -> Text {
        messages::NO_MESSAGES
    }

    fn hints(&self, _context: &Context<'_>, _chosen: Option<&str>) -> Vec<(Action, Text)> {
        vec![(Action::ClosePanel, messages::CLOSE_HINT)]
    }

    fn act(&mut self, _action: Action, _chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        Outcome::Stay
    }
}

/// Returns the lines of one message: the time of day before the first, the text beside it.
fn lines_of(message: &Message, context: &Context<'_>, width: u16) -> Vec<Line> {
    let setting = Setting {
        width: width.saturating_sub(TIME).max(1),
        language: Some(context.language()),
        hyphenate: false,
        method: Method::FirstFit,
    };
    let time = message.at.map_or_else(String::new, |at| at.to_string());
    let set = set_paragraph(&message.text, &[], &setting);
    let line = |(number, line): (usize, crate::typeset::SetLine)| {
        let text: Clean = message.text.part(line.start as usize..line.end as usize);
        let mut spans = vec![Span { column: Some(TIME), text, role: Role::Plain }];
        if number == 0 {
            spans.insert(0, Span::at(0, &time, if message.problem { Role::Accent } else { Role::Dim }));
        }
        Line { spans, ..Line::default() }
    };
    set.into_iter().enumerate().map(line).collect()
}
