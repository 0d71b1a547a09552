//! The sketch of a text, by which it is recognised in another file: hashes of its sentences, so few that every entry
//! of the list can carry them.
//!
//! Two questions are answered by comparing sketches. [`Sketch::is_same`]: are announcements of different identities the
//! same? Only texts that are nearly equal say so. [`Sketch::agrees`]: are announcements of one identity the same? Then
//! extractions may differ more, but another text is another announcement.

use super::{Announcement, BlockKind, Id};

/// The most sentences of a sketch: those with the least hashes, which are the same in every extraction.
const MOST: usize = 32;
/// The shortest sentence without a digit that counts, in letters.
const SHORTEST: u32 = 8;
/// One sentence in so many may differ.
const TOLERANCE: usize = 16;
/// With fewer sentences than this all must agree.
const FEWEST: usize = 3;
/// The fewest letters of a text that is compared with those of other identities.
const LEAST_LETTERS: u32 = 60;
/// One sentence in so many may be missing from the longer of two texts of one identity.
const TOLERANCE_OF_ONE: usize = 4;
/// The letters from which a text alone tells an announcement, whatever its title.
const LONG: u32 = 600;
/// The letters at the start of a text that tell it from others of one identity.
const OPENING: usize = 120;

/// The title and text of an announcement as hashes, to compare it with others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    /// The key of the title, 0 without one.
    title: u64,
    /// A hash of the first letters of the text.
    opening: u64,
    /// Hashes of sentences in rising order; the lowest bit tells that the sentence holds a digit.
    sentences: Box<[u32]>,
    /// Whether the text has more sentences than are kept.
    cut: bool,
    /// The number of letters and digits in the text.
    letters: u32,
    /// A score of what the file tells besides the text.
    richness: u32,
}

impl Sketch {
    /// Makes the sketch of `announcement`; `None` where it has no title or hardly any text, so that it cannot be
    /// recognised under another identity.
    #[must_use]
    pub fn of(announcement: &Announcement) -> Option<Self> {
        Some(Self::any(announcement)).filter(Self::is_telling)
    }

    /// Makes the sketch of `announcement`, however little it says.
    #[must_use]
    pub fn any(announcement: &Announcement) -> Self {
        let title = Self::title_key(&announcement.title).unwrap_or(0);
        let (mut opening, mut missing) = (String::new(), OPENING);
        let mut sentences = Sentences::default();
        let mut structure = 0;
        for block in &announcement.document.blocks {
            match block.kind {
                // What is boilerplate and what are contacts differs most between extractions.
                BlockKind::Boilerplate | BlockKind::Contact | BlockKind::Rule => continue,
                BlockKind::Heading { .. } | BlockKind::Item { .. } | BlockKind::Quote { .. } | BlockKind::Table(_) => {
                    structure += 1;
                }
                BlockKind::Lead | BlockKind::Paragraph | BlockKind::Preformatted => {}
            }
            sentences.read(&block.text);
            for letter in block.text.chars().filter(|letter| letter.is_alphanumeric()).take(missing) {
                opening.extend(letter.to_lowercase());
                missing -= 1;
            }
        }
        let (mut hashes, letters) = sentences.finish();
        hashes.sort_unstable();
        hashes.dedup();
        let cut = hashes.len() > MOST;
        hashes.truncate(MOST);
        let said = [
            announcement.published.is_some(),
            announcement.modified.is_some(),
            announcement.source.is_some(),
            announcement.section.is_some(),
            announcement.address.is_some(),
            announcement.language.is_some(),
            !announcement.tags.is_empty(),
            !announcement.document.links.is_empty(),
        ];
        let said = u32::try_from(said.into_iter().filter(|said| *said).count()).unwrap_or(0);
        let richness = said * 1000 + u32::min(structure, 40) * 100 + letters;
        let opening = Id::of(&[&opening]).hash();
        Self { title, opening, sentences: hashes.into(), cut, letters, richness }
    }

    /// Reports whether it says enough to be recognised under another identity.
    #[must_use]
    pub const fn is_telling(&self) -> bool {
        self.title != 0 && self.letters >= LEAST_LETTERS
    }

    /// Reports whether it says nothing at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.title == 0 && self.letters == 0
    }

    /// Reports whether the text is so long that no other announcement has it.
    #[must_use]
    pub const fn is_long(&self) -> bool {
        self.letters >= LONG
    }

    /// Returns the hash of the first letters of the text.
    #[must_use]
    pub const fn opening(&self) -> u64 {
        self.opening
    }

    /// Hashes the letters and digits of a title in lower case; `None` without any.
    #[must_use]
    pub fn title_key(title: &str) -> Option<u64> {
        let letters: String =
            title.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        (!letters.is_empty()).then(|| Id::of(&[&letters]).to_stored().cast_unsigned())
    }

    /// Returns two keys; sketches of one announcement mostly share both: one of the title, one of title and text.
    #[must_use]
    pub fn keys(&self) -> [u64; 2] {
        let least = self.sentences.first().copied().unwrap_or(0);
        [self.title, self.title ^ (u64::from(least) << 17 | 1)]
    }

    /// Reports whether both are the same announcement: they have the same title, and the longer one has all sentences
    /// of the shorter, except one in sixteen and never one with a digit.
    ///
    /// A notice that comes again with another date, time or place is another announcement.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.title == other.title && self.is_telling() && other.is_telling() && self.says_the_same(other)
    }

    /// Reports whether the texts say the same, whatever their titles: see [`Self::is_same`].
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let (short, long) = self.by_length(other);
        if u64::from(short.letters) * 10 < u64::from(long.letters) * 6 {
            return false;
        }
        let missing = short.missing_from(long);
        !missing.digits
            && missing.count * TOLERANCE <= missing.of
            && (missing.of >= FEWEST || short.sentences == long.sentences)
    }

    /// Reports whether the texts of two announcements with one identity allow that they are one announcement.
    ///
    /// Three quarters of what the shorter one says are in the longer one too, which has room for what extractions add
    /// and for a summary, and not both state figures that the other lacks. Of texts that cannot be compared, because one
    /// says nothing, the titles decide.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        let (short, long) = self.by_length(other);
        let missing = short.missing_from(long);
        if missing.of == 0 {
            return short.title != 0 && short.title == long.title;
        }
        let changed = missing.digits && long.missing_from(short).digits;
        !changed && missing.count * TOLERANCE_OF_ONE <= missing.of
    }

    fn by_length<'a>(&'a self, other: &'a Self) -> (&'a Self, &'a Self) {
        if self.letters <= other.letters { (self, other) } else { (other, self) }
    }

    /// Counts the sentences that `other` lacks.
    fn missing_from(&self, other: &Self) -> Missing {
        // Beyond the last hash of a sketch that was cut, nothing is known.
        let known = |sketch: &Self| if sketch.cut { sketch.sentences.last().copied().unwrap_or(0) } else { u32::MAX };
        let limit = known(self).min(known(other));
        let mut missing = Missing::default();
        for sentence in self.sentences.iter().take_while(|sentence| **sentence <= limit) {
            missing.of += 1;
            if other.sentences.binary_search(sentence).is_err() {
                missing.count += 1;
                missing.digits |= sentence & 1 == 1;
            }
        }
        missing
    }

    /// Reports whether its file tells more than `other`'s.
    #[must_use]
    pub fn is_richer(&self, other: &Self) -> bool {
        self.richness > other.richness
    }
}

/// How many sentences of one text another lacks.
#[derive(Clone, Copy, Debug, Default)]
struct Missing {
    count: usize,
    /// Of so many that can be compared.
    of: usize,
    /// Whether one of the missing has a digit.
    digits: bool,
}

/// The sentences read so far.
#[derive(Default)]
struct Sentences {
    hashes: Vec<u32>,
    letters: u32,
    /// A hash of the sentences that are too short to count.
    short: u64,
}

/// The class of each byte: lower case letters, digits and all but the first bytes of longer letters are their own,
/// blanks, ends of sentences and signs have one of the numbers below.
const BYTES: [u8; 256] = bytes();
const SIGN: u8 = 0;
const BLANK: u8 = 1;
const STOP: u8 = 2;
const LINE: u8 = 3;

const fn bytes() -> [u8; 256] {
    let mut table = [SIGN; 256];
    let mut byte = 0_u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' | 0x80.. => byte,
            b'A'..=b'Z' => byte + 32,
            b' ' => BLANK,
            b'.' | b'!' | b'?' => STOP,
            b'\n' => LINE,
            _ => SIGN,
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

impl Sentences {
    /// Returns the hashes, and the number of letters. A text of short sentences only has one hash for all of them.
    fn finish(mut self) -> (Vec<u32>, u32) {
        if self.hashes.is_empty() && self.letters > 0 {
            self.hashes.push(to_hash(self.short, false));
        }
        (self.hashes, self.letters)
    }

    fn read(&mut self, text: &str) {
        let mut sentence = Sentence::default();
        let mut ends = false;
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            let value = BYTES.get(usize::from(byte)).copied().unwrap_or(SIGN);
            match value {
                // Dashes, quotation marks and unbroken blanks: nothing that another extraction would keep.
                0xc2 => {
                    let unbroken = bytes.next() == Some(0xa0);
                    if unbroken && ends {
                        sentence.end(self);
                    }
                }
                0xe2 => {
                    bytes.nth(1);
                }
                0xc3 => {
                    let next = bytes.next().unwrap_or_default();
                    sentence.take(if next < 0x9f { next + 32 } else { next });
                }
                4.. => sentence.take(value),
                LINE => sentence.end(self),
                BLANK if ends => sentence.end(self),
                _ => {}
            }
            ends = value == STOP;
        }
        sentence.end(self);
    }
}

/// The sentence being read, eight letters at a time.
#[derive(Default)]
struct Sentence {
    hash: u64,
    eight: u64,
    length: u32,
    digits: bool,
}

impl Sentence {
    fn take(&mut self, letter: u8) {
        self.digits |= letter.is_ascii_digit();
        self.eight = (self.eight << 8) | u64::from(letter);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            self.mix();
        }
    }

    fn mix(&mut self) {
        self.hash = (self.hash ^ self.eight).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        self.eight = 0;
    }

    fn end(&mut self, sentences: &mut Sentences) {
        self.mix();
        if self.length >= SHORTEST || self.digits {
            sentences.hashes.push(to_hash(self.hash, self.digits));
        } else if self.length > 0 {
            sentences.short = (sentences.short ^ self.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        }
        sentences.letters = sentences.letters.saturating_add(self.length);
        *self = Self::default();
    }
}

/// Returns the 32 bits kept of a sentence's hash, the lowest of which tells whether it has digits.
fn to_hash(hash: u64, digits: bool) -> u32 {
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let [.., high, upper, lower, low] = (mixed ^ (mixed >> 32)).to_be_bytes();
    (u32::from_be_bytes([high, upper, lower, low]) & !1) | u32::from(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Input, read};

    const TEXT: &str = "Silta avataan liikenteelle maanantaina. Se on tehty puusta, sanoo johtaja. Sillan alta pääsee veneellä. Työ alkoi keväällä 2019. Se maksoi 3,5 miljoonaa euroa. Kiitos kaikille kärsivällisyydestä!";

    fn sketch(name: &str, text: &str) -> Sketch {
        Sketch::of(&read(&Input::new(name, text.as_bytes())).announcements[0]).unwrap()
    }

    fn markdown(text: &str) -> Sketch {
        sketch("a.md", &format!("# Kunnan uusi silta\n\n{text}"))
    }

    #[test]
    fn extractions_of_one_announcement_are_the_same() {
        let page = "<html><head><title>Kunnan uusi silta</title></head><body><nav>Etusivu</nav><article><h1>Kunnan uusi silta</h1><p>Silta avataan liikenteelle <b>maanantaina</b>. Se on tehty puusta, sanoo johtaja.</p><p>Sillan alta pääsee veneellä. Työ alkoi keväällä 2019. Se maksoi 3,5&nbsp;miljoonaa euroa. Kiitos kaikille kärsivällisyydestä!</p></article></body></html>";
        let one = markdown(TEXT);
        for other in [sketch("a.html", page), markdown(&TEXT.replace(". ", ".\n\n")), markdown(&TEXT.to_uppercase())] {
            assert!(one.is_same(&other) && other.is_same(&one));
        }
        let longer = markdown(&format!("{TEXT} Sillalla on avajaiset 5.5. kello 12."));
        assert!(one.is_same(&longer) && longer.is_same(&one) && longer.is_richer(&one));
    }

    #[test]
    fn notices_that_come_again_are_not() {
        let one = markdown(TEXT);
        for (before, after) in
            [("2019", "2020"), ("veneellä", "veneilemään"), ("3,5", "3,6"), ("maanantaina", "tiistaina")]
        {
            let other = markdown(&TEXT.replace(before, after));
            assert!(!one.is_same(&other) && !other.is_same(&one), "{after}");
        }
        assert!(!one.is_same(&sketch("a.md", &format!("# Kunnan toinen silta\n\n{TEXT}"))));
    }

    #[test]
    fn a_slip_in_a_long_text_is_forgiven_but_not_a_figure() {
        let long = |word: &str, number: usize| {
            let sentence = |at: usize| {
                format!("Kohta {} kertoo sillasta jotakin uutta. ", ["aa", "bb", "cc", "dd", "ee"][at % 5].repeat(at))
            };
            markdown(&format!(
                "{}Viimeinen {word} on tässä. Hinta on {number}.",
                (1..30).map(sentence).collect::<String>()
            ))
        };
        assert!(long("lause", 1).is_same(&long("lausse", 1)));
        assert!(!long("lause", 1).is_same(&long("lause", 2)));
    }

    #[test]
    fn what_says_next_to_nothing_has_no_sketch() {
        let of = |text: &str| Sketch::of(&read(&Input::new("a.md", text.as_bytes())).announcements[0]);
        assert_eq!(of("# Kuulutus\n\nKatso liite."), None);
        assert_eq!(of(&format!("{TEXT} {TEXT}")), None);
    }
}
