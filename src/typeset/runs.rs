//! What a word is made of: its runs of letters and digits, and marks that decide how it may be cut.

/// What a run of characters in a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunKind {
    Letters,
    Digits,
}

/// A run of letters or of digits in a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub kind: RunKind,
    /// Byte offsets in the paragraph.
    pub start: usize,
    pub end: usize,
    /// The number of letters or digits.
    pub count: usize,
    /// The number of capitals among them.
    pub capitals: usize,
    /// Whether the first letter is a capital.
    pub capital_first: bool,
}

/// Properties of a word found while its runs are read.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent findings, not states")]
pub(super) struct WordTraits {
    /// It is an address or the like: only cut when it fits no line, and never with a hyphen.
    pub address: bool,
    /// It has a slash: cut there, but not hyphenated.
    pub slash: bool,
    /// It has an apostrophe between letters.
    pub apostrophe: bool,
    /// It has letters of scripts whose words are not separated by blanks, or pictures.
    pub wide: bool,
}

/// Fills `runs` with the runs of `word`, which begins at byte `at` of the paragraph; returns what else it has.
pub(super) fn read(word: &str, at: usize, runs: &mut Vec<Run>) -> WordTraits {
    runs.clear();
    let mut traits = WordTraits { address: word.starts_with("www."), ..WordTraits::default() };
    let mut before = ' ';
    let mut dotted = false;
    for (place, character) in word.char_indices() {
        traits.wide |= character >= '\u{2190}';
        if let Some(kind) = kind_of(character) {
            // A dot with something on both sides: a domain, a date, an abbreviation.
            traits.address |= dotted;
            dotted = false;
            add(runs, kind, at + place, character);
        } else {
            dotted = character == '.' && before.is_alphanumeric();
            match character {
                '@' | '_' | '\\' => traits.address = true,
                '/' => {
                    traits.slash = true;
                    traits.address |= before == '/';
                }
                '\'' | '’' => traits.apostrophe |= before.is_alphabetic(),
                _ => {}
            }
        }
        before = character;
    }
    traits
}

fn kind_of(character: char) -> Option<RunKind> {
    match character {
        'a'..='z' | 'A'..='Z' => Some(RunKind::Letters),
        '0'..='9' => Some(RunKind::Digits),
        '!'..='~' => None,
        _ if character.is_alphabetic() => Some(RunKind::Letters),
        _ if character.is_numeric() => Some(RunKind::Digits),
        _ => None,
    }
}

/// Adds the character at byte `at` to the last run, or begins a new one.
fn add(runs: &mut Vec<Run>, kind: RunKind, at: usize, character: char) {
    let capital = kind == RunKind::Letters && character.is_uppercase();
    let end = at + character.len_utf8();
    match runs.last_mut() {
        Some(run) if run.kind == kind && run.end == at => {
            run.end = end;
            run.count += 1;
            run.capitals += usize::from(capital);
        }
        _ => runs.push(Run { kind, start: at, end, count: 1, capitals: usize::from(capital), capital_first: capital }),
    }
}
