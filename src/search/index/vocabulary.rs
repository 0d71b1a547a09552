//! The distinct words of folded texts, numbered as they come.

use std::ops::Range;

use super::bytes::sum;

/// Distinct words, each with its number and the announcement it was met in last.
#[derive(Debug, Default)]
pub struct Vocabulary {
    text: String,
    words: Vec<Word>,
    /// Hashes and numbers plus one, 0 where there is none; its length is a power of two.
    slots: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    last: u32,
}

impl Vocabulary {
    /// Returns the number of words.
    pub const fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the word with that number.
    pub fn word(&self, number: u32) -> &str {
        let word = self.words.get(number as usize).copied().unwrap_or(Word { start: 0, end: 0, last: 0 });
        self.text.get(word.start as usize..word.end as usize).unwrap_or_default()
    }

    /// Records that `word` occurs in `document`; returns its number if it is the first time there.
    pub fn meet(&mut self, word: &str, document: u32) -> Option<u32> {
        if self.slots.len() < (self.words.len() + 1) * 2 {
            self.grow();
        }
        let hash = sum(word.as_bytes());
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & mask;
        while let Some(&(known, number)) = self.slots.get(slot) {
            if number == 0 {
                return self.add(word, document, hash, slot);
            }
            if known == hash && self.word(number - 1) == word {
                let last = &mut self.words.get_mut(number as usize - 1)?.last;
                let new = *last != document;
                *last = document;
                return new.then_some(number - 1);
            }
            slot = (slot + 1) & mask;
        }
        None
    }

    fn add(&mut self, word: &str, document: u32, hash: u32, slot: usize) -> Option<u32> {
        let start = u32::try_from(self.text.len()).ok()?;
        self.text.push_str(word);
        self.words.push(Word { start, end: u32::try_from(self.text.len()).ok()?, last: document });
        let count = u32::try_from(self.words.len()).ok()?;
        *self.slots.get_mut(slot)? = (hash, count);
        Some(count - 1)
    }

    fn grow(&mut self) {
        let length = (self.slots.len() * 2).max(1024);
        let before = std::mem::replace(&mut self.slots, vec![(0, 0); length]);
        for (hash, number) in before.into_iter().filter(|(_, number)| *number > 0) {
            let mut slot = hash as usize & (length - 1);
            while self.slots.get(slot).is_some_and(|(_, taken)| *taken > 0) {
                slot = (slot + 1) & (length - 1);
            }
            if let Some(free) = self.slots.get_mut(slot) {
                *free = (hash, number);
            }
        }
    }
}

/// Returns the words of a folded text: runs of letters, digits and hyphens, those with hyphens also part by part.
///
/// A pattern finds in these words what it finds in the text, since it judges every place by the letters and digits
/// around it alone.
pub fn words(text: &str, mut tell: impl FnMut(&str)) {
    pieces(text, |word| {
        tell(word);
        if memchr::memchr(b'-', word.as_bytes()).is_some() {
            word.split('-').filter(|part| !part.is_empty()).for_each(&mut tell);
        }
    });
}

/// Returns the runs of letters, digits and hyphens of a folded text, without hyphens at their ends.
pub fn pieces<'a>(text: &'a str, mut tell: impl FnMut(&'a str)) {
    let mut at = 0;
    while let Some(word) = next_run(text, at) {
        at = word.end;
        let word = text.get(word).unwrap_or_default().trim_matches('-');
        if !word.is_empty() {
            tell(word);
        }
    }
}

/// Finds the next run of letters, digits and hyphens from `at` on.
fn next_run(text: &str, mut at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = None;
    while let Some(&byte) = bytes.get(at) {
        let (belongs, length) = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'-' | b'A'..=b'Z' => (true, 1),
            0..=0x7f => (false, 1),
            // å ä ö, by far the most of the others.
            0xC3 if matches!(bytes.get(at + 1), Some(0xA4 | 0xA5 | 0xB6)) => (true, 2),
            _ => {
                let character = text.get(at..).and_then(|rest| rest.chars().next())?;
                (character.is_alphanumeric(), character.len_utf8())
            }
        };
        match (belongs, start) {
            (true, None) => start = Some(at),
            (false, Some(start)) => return Some(start..at),
            _ => {}
        }
        at += length;
    }
    start.map(|start| start..at)
}

/// Reports whether `stem` can only stand within one of the [`words`].
pub fn is_plain(stem: &str) -> bool {
    let edge = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    edge(stem.chars().next())
        && edge(stem.chars().next_back())
        && stem.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn words_table() {
        assert_eq!(
            all("a, työ-\"yö\" -sote-keskus- 1.5 %\nä"),
            ["a", "työ", "yö", "sote-keskus", "sote", "keskus", "1", "5", "ä"]
        );
        assert_eq!(all("- -- ."), Vec::<String>::new());
        assert_eq!(
            [is_plain("sote-keskus"), is_plain("-a"), is_plain("a b"), is_plain("")],
            [true, false, false, false]
        );
    }

    proptest! {
        #[test]
        fn each_word_has_a_number_of_its_own(words in prop::collection::vec("[a-c]{1,3}", 0..2000)) {
            let mut vocabulary = Vocabulary::default();
            for word in &words {
                if let Some(number) = vocabulary.meet(word, 1) {
                    prop_assert_eq!(vocabulary.word(number), word);
                }
                prop_assert_eq!(vocabulary.meet(word, 1), None);
            }
            let distinct: std::collections::HashSet<&String> = words.iter().collect();
            prop_assert_eq!(vocabulary.len(), distinct.len());
            for word in distinct {
                let number = vocabulary.meet(word, 2);
                prop_assert_eq!(number.map(|number| vocabulary.word(number)), Some(word.as_str()));
            }
        }
    }
}
