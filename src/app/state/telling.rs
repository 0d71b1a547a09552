//! Handles notices, problems and the progress of scanning.

use super::State;
use crate::app::messages::Text;
use crate::app::{Effects, Problem, Progress, messages};
use crate::text::Clean;

impl State {
    /// Shows a text in the status row until the next key.
    pub(super) fn notify(&mut self, text: Text) {
        self.notices.notify(Clean::line(self.say(text)));
    }

    /// Shows a problem in the status row until the next key.
    pub(super) fn take_problem(&mut self, problem: Problem) -> Effects {
        self.reader.stay_with_text();
        let sentence = Clean::line(&problem.sentence(self.settings.language));
        self.notices.report(problem, sentence);
        Effects::none()
    }

    pub(super) fn take_progress(&mut self, progress: Option<Progress>) -> Effects {
        self.loading.progress = progress;
        Effects::none()
    }

    /// Returns the progress of scanning for the list's header, such as `reading… 1200/10 000`, while it takes long.
    #[must_use]
    pub fn reading_note(&self) -> Option<String> {
        let Some(Progress { files, all }) = self.loading.progress else {
            return self.loading.scanning.then(|| self.say(messages::READING_FILES).to_owned());
        };
        let all = all.map_or_else(String::new, |all| format!("/{}", grouped(all)));
        Some(format!("{} {}{all}", self.say(messages::READING_FILES), grouped(files)))
    }
}

/// Returns a number, its digits grouped by three from 10 000 on.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn long_numbers_stand_in_threes() {
        for (number, text) in [(0, "0"), (1200, "1200"), (10_000, "10\u{a0}000"), (1_234_567, "1\u{a0}234\u{a0}567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
