//! The words of folded texts, numbered as they come.

use std::ops::Range;

use super::bytes::hash;

/// Distinct words, each with its number.
#[derive(Debug, Default)]
pub struct Vocabulary {
    text: String,
    /// Where each word ends in the text.
    ends: Vec<u32>,
    /// Numbers plus one by the hashes of their words, 0 where there is none; its length is a power of two.
    slots: Vec<u32>,
}

impl Vocabulary {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// The word of that number.
    pub fn word(&self, number: u32) -> &str {
        let number = number as usize;
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(number).map_or(start, |end| *end as usize);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The number of `word`, which is given one if it has none.
    pub fn number(&mut self, word: &str) -> u32 {
        if self.slots.len() < (self.ends.len() + 1) * 2 {
            self.grow();
        }
        let slot = self.find(word);
        match self.slots.get(slot) {
            Some(&known) if known > 0 => known - 1,
            _ => {
                self.text.push_str(word);
                self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
                let count = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
                if let Some(free) = self.slots.get_mut(slot) {
                    *free = count;
                }
                count - 1
            }
        }
    }

    /// The slot that holds `word`, or the free one where it belongs.
    fn find(&self, word: &str) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = usize::try_from(hash(word.as_bytes()) & mask as u64).unwrap_or(0);
        while let Some(&known) = self.slots.get(slot) {
            if known == 0 || self.word(known - 1) == word {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![0; (self.slots.len() * 2).max(1024)];
        for number in 0..u32::try_from(self.ends.len()).unwrap_or(0) {
            let slot = self.find(self.word(number));
            if let Some(free) = self.slots.get_mut(slot) {
                *free = number + 1;
            }
        }
    }
}

/// The words of a folded text: runs of letters, digits and hyphens, those with hyphens also part by part.
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

/// The runs of letters, digits and hyphens of a folded text, without hyphens at their ends.
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

/// The next run of letters, digits and hyphens from `at` on.
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

/// Whether `stem` can only stand within one of the [`words`].
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
                let number = vocabulary.number(word);
                prop_assert_eq!(vocabulary.word(number), word);
                prop_assert_eq!(vocabulary.number(word), number);
            }
            prop_assert!(vocabulary.len() <= 39);
        }
    }
}
