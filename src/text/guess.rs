//! The language of a text, guessed from its most common words and letters.

use super::Language;
use super::common_words::{Common, common};

/// The bytes of a text that are read.
const LOOKED_AT: usize = 2048;
/// The longest word whose ending is examined, in bytes.
const WORD: usize = 48;
/// The evidence for the expected language, with none for another, at which reading stops.
const SETTLED: u32 = 8;

/// Guesses the language of `text` from its first 2 KB: Finnish, Swedish, English, or `None` when it is another or the
/// text is too short to tell.
///
/// Common words count most; where a text has few of them (titles, headings), endings and letters decide.
#[must_use]
pub fn guess_language(text: &str) -> Option<Language> {
    guess(text, None)
}

/// Guesses the language of `text` where it is surely not `expected`; stops reading as soon as `expected` is confirmed.
#[must_use]
pub fn guess_other_language(text: &str, expected: Option<Language>) -> Option<Language> {
    guess(text, expected).filter(|language| Some(*language) != expected)
}

/// The evidence for each language.
#[derive(Default)]
struct Evidence {
    scores: [u32; 3],
    foreign: u32,
    words: u32,
}

fn guess(text: &str, expected: Option<Language>) -> Option<Language> {
    let bytes = text.as_bytes();
    let bytes = bytes.get(..LOOKED_AT.min(bytes.len()))?;
    let mut evidence = Evidence::default();
    let mut word = [0_u8; WORD];
    let mut length = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        let letter = match byte {
            b'A'..=b'Z' => Some(byte + 32),
            b'a'..=b'z' => Some(byte),
            // Upper case Å, Ä, Ö and their like: the second byte of two.
            0x80..=0x9e if length > 0 && word.get(length - 1) == Some(&0xc3) => Some(byte + 32),
            0x80..=0xbf | 0xc3..=0xdf => Some(byte),
            // Dashes, quotation marks and unbroken blanks take two bytes or three.
            0xc2 => {
                at += 1;
                None
            }
            0xe2 => {
                at += 2;
                None
            }
            0xe0..=0xff => Some(byte),
            _ => None,
        };
        if let Some(letter) = letter {
            if let Some(place) = word.get_mut(length) {
                *place = letter;
                length += 1;
            }
        } else if length > 0 {
            evidence.weigh(word.get(..length)?);
            length = 0;
            if expected.is_some_and(|language| evidence.settles(language)) {
                return None;
            }
        }
    }
    evidence.weigh(word.get(..length)?);
    evidence.verdict()
}

const fn place(language: Language) -> usize {
    match language {
        Language::Finnish => 0,
        Language::Swedish => 1,
        Language::English => 2,
    }
}

impl Evidence {
    fn score(&self, language: Language) -> u32 {
        self.scores.get(place(language)).copied().unwrap_or_default()
    }

    fn add(&mut self, language: Language, weight: u32) {
        if let Some(score) = self.scores.get_mut(place(language)) {
            *score += weight;
        }
    }

    /// Adds to the scores what one word, already in lower case, tells about the language.
    fn weigh(&mut self, word: &[u8]) {
        if word.is_empty() {
            return;
        }
        self.words += 1;
        match common(word) {
            Some(Common::Of(language)) => self.add(language, 4),
            Some(Common::Neighbour) => self.foreign += 4,
            None => self.weigh_shape(word),
        }
    }

    /// Adds the evidence of endings and letters that only one of the three languages has.
    fn weigh_shape(&mut self, word: &[u8]) {
        use Language::{English, Finnish, Swedish};
        match letters(word) {
            Letters::Foreign => self.foreign += 4,
            Letters::Swedish => self.add(Swedish, 2),
            Letters::Any if word.len() > 5 && ends_finnish(word) => self.add(Finnish, 2),
            Letters::Any if word.len() > 5 && ends_swedish(word) => self.add(Swedish, 1),
            Letters::Any if word.len() > 5 && ends_english(word) => self.add(English, 1),
            Letters::FinnishEnding => self.add(Finnish, if word.len() > 5 && ends_finnish(word) { 2 } else { 1 }),
            Letters::Any => {}
        }
    }

    fn settles(&self, language: Language) -> bool {
        let score = self.score(language);
        score >= SETTLED && self.scores.iter().sum::<u32>() == score && self.foreign == 0
    }

    fn verdict(&self) -> Option<Language> {
        let best = Language::ALL.into_iter().max_by_key(|language| self.score(*language))?;
        let score = self.score(best);
        let second =
            Language::ALL.into_iter().filter(|language| *language != best).map(|other| self.score(other)).max()?;
        // A few borrowed words must not decide: one in eight words at least has to speak for the language.
        let clear = score >= 3 && score >= second.saturating_mul(2) && score > self.foreign.saturating_mul(2);
        (clear && score.saturating_mul(2) >= self.words).then_some(best)
    }
}

/// The language that the letters of a word point to.
enum Letters {
    Any,
    Foreign,
    Swedish,
    /// Long vowels and diphthongs; the ending may say more.
    FinnishEnding,
}

fn letters(word: &[u8]) -> Letters {
    let mut found = Letters::Any;
    let mut before = [0_u8; 3];
    for &byte in word {
        let [_, two, one] = before;
        match (two, one, byte) {
            // õ ü ß ø æ ñ ç, and letters beyond Latin-1.
            (_, 0xc3, 0xb5 | 0xbc | 0x9f | 0xb8 | 0xa6 | 0xb1 | 0xa7 | 0xbf) | (_, _, 0xc4..=0xff) => {
                return Letters::Foreign;
            }
            (_, 0xc3, 0xa5) => return Letters::Swedish,
            (_, b'a', b'a') | (_, b'u', b'o') => found = Letters::FinnishEnding,
            (b'y', 0xc3, 0xb6) => found = Letters::FinnishEnding,
            (0xa4, 0xc3, 0xa4) => found = Letters::FinnishEnding,
            _ => {}
        }
        before = [two, one, byte];
    }
    found
}

fn ends_finnish(word: &[u8]) -> bool {
    const AE: u8 = 0xa4;
    matches!(
        word,
        [.., b's', b's' | b't', b'a']
            | [.., b'l', b'l' | b't', b'a' | b'e']
            | [.., b's', b's' | b't', 0xc3, AE]
            | [.., b'l', b'l' | b't', 0xc3, AE]
            | [.., b'a', b'a', b'n']
            | [.., AE, 0xc3, AE, b'n']
            | [.., b'e', b'e', b'n']
            | [.., b'i', b'i', b'n']
            | [.., b'i', b'n' | b's', b'e', b'n']
            | [.., b'u' | b't', b'u', b's']
            | [.., b'k', b's', b'i']
            | [.., b'v', b'a', b't']
            | [.., b'v', 0xc3, AE, b't']
    )
}

fn ends_swedish(word: &[u8]) -> bool {
    ["ning", "ingar", "ningen", "erna", "arna", "orna", "ande", "het", "heten"]
        .iter()
        .any(|ending| word.ends_with(ending.as_bytes()))
}

fn ends_english(word: &[u8]) -> bool {
    ["ing", "tion", "ment", "ness", "ies", "ed"].iter().any(|ending| word.ends_with(ending.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_languages_are_told_apart() {
        use Language::{English, Finnish, Swedish};
        for (text, expected) in [
            ("Kivilammen pääkirjastoon pääsee syyskuun alusta lähtien myös aamuisin.", Some(Finnish)),
            ("Uimahallit suljetaan kesäksi", Some(Finnish)),
            ("Den nya spången till Svartholmen är färdig och öppnas i dag.", Some(Swedish)),
            ("Stadsbiblioteket lånar ut symaskiner och skidor", Some(Swedish)),
            ("The school board voted on Thursday to keep the village school open.", Some(English)),
            ("Der Stadtrat hat beschlossen, die Schule nicht zu schließen und das Dach zu erneuern.", None),
            ("Kommunestyret vedtok at skolen ikke skal legges ned, og taket er nytt.", None),
            ("Linnavalitsus otsustas, et kool jääb avatuks ning katus või põrand vahetatakse.", None),
            ("Городской совет решил сохранить школу", None),
            ("123 456", None),
            ("", None),
        ] {
            assert_eq!(guess_language(text), expected, "{text}");
        }
    }

    #[test]
    fn another_language_is_noticed_and_the_expected_one_is_not() {
        let finnish = Some(Language::Finnish);
        assert_eq!(guess_other_language("Koulu avataan syksyllä, ja se on iso.", finnish), None);
        let swedish = "Skolan öppnar i höst och den är stor, men inte dyr.";
        assert_eq!(guess_other_language(swedish, finnish), Some(Language::Swedish));
    }

    #[test]
    fn only_the_beginning_is_read() {
        let long =
            format!("{}{}", "Kaupunki avaa uuden koulun ja päiväkodin. ".repeat(200), "the of and ".repeat(100_000));
        assert_eq!(guess_language(&long), Some(Language::Finnish));
    }
}
