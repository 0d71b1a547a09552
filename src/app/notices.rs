//! What is told in the status row until the next key, and what was told before.

use std::collections::VecDeque;

use super::Problem;
use crate::calendar::Moment;
use crate::text::Clean;

/// More problems than this are not kept.
const MOST_PROBLEMS: usize = 1000;
/// More messages than this are not kept.
const MOST_MESSAGES: usize = 500;

/// Holds what is told and what was told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notices {
    /// What the status row tells until the next key.
    pub current: Option<Clean>,
    problems: Vec<Problem>,
    /// The newest last.
    messages: VecDeque<Message>,
    /// How many messages there were in all: it numbers them.
    told: u64,
    /// When the last event came, once that is known.
    now: Option<Moment>,
}

/// Something that was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number, from 1.
    pub number: u64,
    /// When it was told, where that is known.
    pub at: Option<Moment>,
    /// Its text.
    pub text: Clean,
    /// Whether it tells of a problem.
    pub problem: bool,
}

impl Notices {
    /// Takes the time of the event that is being handled.
    pub fn set_now(&mut self, now: Moment) {
        self.now = Some(now);
    }

    /// Returns the time of the last event, once that is known.
    #[must_use]
    pub fn now(&self) -> Option<Moment> {
        self.now
    }

    /// Tells something until the next key.
    pub fn tell(&mut self, text: Clean) {
        self.keep(text.clone(), false);
        self.current = Some(text);
    }

    /// Tells of a problem until the next key, in the words `sentence`, and how many others there were.
    pub fn fail(&mut self, problem: Problem, sentence: Clean) {
        let before = self.problems.len();
        let more = if before > 0 { format!(" (+ {before})") } else { String::new() };
        self.current = Some(Clean::line(&format!("{sentence}{more}")));
        self.keep(sentence, true);
        if before < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn keep(&mut self, text: Clean, problem: bool) {
        // What is told again and again is one message, told last now.
        if self.messages.back().is_some_and(|last| last.text == text) {
            self.messages.pop_back();
        }
        if self.messages.len() >= MOST_MESSAGES {
            self.messages.pop_front();
        }
        self.told += 1;
        self.messages.push_back(Message { number: self.told, at: self.now, text, problem });
    }

    /// Returns the problems, the oldest first.
    #[must_use]
    pub fn problems(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.problems.iter()
    }

    /// Returns what was told, the newest first.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }
}
