//! Holds the notice of the status row, which the next key clears, and the history of notices.

use std::collections::VecDeque;

use super::Problem;
use crate::calendar::Moment;
use crate::text::Clean;

/// Largest number of problems kept.
const MOST_PROBLEMS: usize = 1000;
/// Largest number of messages kept.
const MOST_MESSAGES: usize = 500;

/// Holds the current notice and the history.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notices {
    /// The notice in the status row, until the next key.
    pub current: Option<Clean>,
    problems: Vec<Problem>,
    /// The history, the newest last.
    messages: VecDeque<Message>,
    /// Number of messages in all; it numbers them.
    count: u64,
    /// The time of the last event, once known.
    now: Option<Moment>,
}

/// Holds a message that was shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number, from 1.
    pub number: u64,
    /// The time it was shown, where known.
    pub at: Option<Moment>,
    /// Its text.
    pub text: Clean,
    /// Whether it reports a problem.
    pub problem: bool,
}

impl Notices {
    /// Sets the time of the event that is being handled.
    pub fn set_now(&mut self, now: Moment) {
        self.now = Some(now);
    }

    /// Returns the time of the last event, once that is known.
    #[must_use]
    pub fn now(&self) -> Option<Moment> {
        self.now
    }

    /// Shows a text in the status row until the next key.
    pub fn notify(&mut self, text: Clean) {
        self.keep(text.clone(), false);
        self.current = Some(text);
    }

    /// Shows a problem in the status row until the next key, worded as `sentence`, with the number of earlier ones.
    pub fn report(&mut self, problem: Problem, sentence: Clean) {
        let before = self.problems.len();
        let more = if before > 0 { format!(" (+ {before})") } else { String::new() };
        self.current = Some(Clean::line(&format!("{sentence}{more}")));
        self.keep(sentence, true);
        if before < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn keep(&mut self, text: Clean, problem: bool) {
        // A message repeated in succession is kept once, with its latest time.
        if self.messages.back().is_some_and(|last| last.text == text) {
            self.messages.pop_back();
        }
        if self.messages.len() >= MOST_MESSAGES {
            self.messages.pop_front();
        }
        self.count += 1;
        self.messages.push_back(Message { number: self.count, at: self.now, text, problem });
    }

    /// Returns the problems, the oldest first.
    #[must_use]
    pub fn problems(&self) -> impl DoubleEndedIterator<Item = &Problem> {
        self.problems.iter()
    }

    /// Returns the messages, the newest first.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.iter().rev()
    }
}
