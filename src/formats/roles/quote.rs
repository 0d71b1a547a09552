//! Quotes: paragraphs in somebody's words, and who speaks.

use std::ops::Range;

use super::speech::{Speech, looks_like_verb, speech};
use super::{beginning, part};

/// How much of a paragraph's beginning and end is searched for a speaker, in bytes.
const SEARCHED: usize = 4096;
/// Most words between a verb and the name of the speaker.
const CLAUSE: usize = 16;

/// Most words of a sentence that hands over to a speaker without a verb of speaking.
const HANDING_OVER: usize = 10;

/// A paragraph that opens like a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where the words start: behind an opening dash; quotation marks belong to the words.
    pub start: usize,
    /// How certain it is that it is one.
    pub sureness: Sureness,
}

/// How certain it is that a paragraph is a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// It opens with a dash and nobody is named to speak: an item of a list, or a quote that goes on.
    OpensWithDash,
    /// It opens with a quotation mark and nobody is named to speak.
    OpensWithMark,
    /// A verb of speaking stands somewhere in it.
    Speaks,
    /// A verb of speaking stands where a speaker is named: ", sanoo johtaja Anna Aho".
    Attributed,
}

/// Returns how certainly `paragraph` is a quote, if it opens with a dash or a quotation mark.
#[must_use]
pub fn quote(paragraph: &str) -> Option<Quote> {
    let (start, dashed) = opening(paragraph)?;
    let words = paragraph.get(start..)?;
    let sureness = match attribution(words, dashed) {
        Some(Found { near: true, .. }) => Sureness::Attributed,
        Some(_) => Sureness::Speaks,
        None if dashed => Sureness::OpensWithDash,
        None => Sureness::OpensWithMark,
    };
    Some(Quote { start, sureness })
}

/// Returns the byte range that names the speaker in the text of a quote; `None` when nobody is named.
#[must_use]
pub fn speaker(text: &str) -> Option<Range<usize>> {
    let found = attribution(text, true)?;
    name_in(text, found.after.clone()).or_else(|| name_in(text, found.before))
}

/// Returns the byte range that names the speaker in a paragraph that hands over to a quote and ends in a colon:
/// "Ritva Aho kertoo:", "Statsminister Anna Ek:", "Ministern fyllde i:". `None` when nobody is named.
#[must_use]
pub fn speaker_before(text: &str) -> Option<Range<usize>> {
    let text = text.trim_end().strip_suffix(':')?;
    let start = text.rfind(['.', '!', '?']).map_or(0, |at| at + 1);
    let sentence = part(text, start..text.len());
    let start = text.len() - sentence.trim_start().len();
    let sentence = sentence.trim();
    let found = speaker(sentence).or_else(|| {
        let short = sentence.split_whitespace().count() <= HANDING_OVER;
        let name = name_in(sentence, 0..sentence.len()).filter(|_| short)?;
        // The first word has a capital whatever it is.
        let words = part(sentence, name.clone());
        (name.start > 0 || words.contains(' ') || is_occupation(words)).then_some(name)
    })?;
    Some(start + found.start..start + found.end)
}

/// Returns the byte offset behind the opening of a quote, and whether a dash opens it.
fn opening(paragraph: &str) -> Option<(usize, bool)> {
    let rest = paragraph.trim_start();
    let skipped = paragraph.len() - rest.len();
    let first = rest.chars().next()?;
    match first {
        '–' | '—' | '-' | '‒' | '―' | '−' | '\u{2011}' => {
            let after = rest.get(first.len_utf8()..)?.trim_start();
            let word = after.trim_start_matches(['"', '”', '“', '„', '»', '«', '\'', '’', '…', '[', '(']);
            // A second dash, or a digit right behind the first (−5 °C), is something else.
            let opens = word.starts_with(char::is_alphanumeric);
            let sign = rest.get(first.len_utf8()..)?.starts_with(|letter: char| letter.is_ascii_digit());
            (opens && !sign).then(|| (skipped + rest.len() - after.len(), true))
        }
        '"' | '”' | '“' | '„' | '»' | '«' | '‘' | '’' | '\'' | '‟' => {
            let word = rest.get(first.len_utf8()..)?;
            word.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '…' | '[' | '–' | '-'))
                .then_some((skipped, false))
        }
        _ => None,
    }
}

/// A verb of speaking and the clauses around it that may name the speaker.
struct Found {
    before: Range<usize>,
    after: Range<usize>,
    near: bool,
}

const fn is_mark(letter: char) -> bool {
    matches!(letter, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | '‘')
}

/// Finds the verb of speaking that belongs to the quote. Preferred is one behind a comma or closing mark, then one at the
/// end of a clause behind a name, then any certain one.
fn attribution(text: &str, dashed: bool) -> Option<Found> {
    let head = beginning(text, SEARCHED);
    match search(text, 0..head.len(), dashed) {
        Some(found) if found.near || head.len() == text.len() => Some(found),
        other => {
            let mut from = text.len().saturating_sub(SEARCHED).max(head.len());
            while !text.is_char_boundary(from) {
                from += 1;
            }
            search(text, from..text.len(), dashed).filter(|found| found.near).or(other)
        }
    }
}

fn search(text: &str, range: Range<usize>, dashed: bool) -> Option<Found> {
    let mut loose = None;
    let mut marked = false;
    let mut at = range.start;
    for word in part(text, range.clone()).split_inclusive(|letter: char| !(letter.is_alphabetic() || letter == '-')) {
        let start = at;
        at += word.len();
        if !dashed && start > 0 && word.chars().next_back().is_some_and(is_mark) {
            marked = true;
        }
        let word = word.trim_end_matches(|letter: char| !letter.is_alphabetic());
        if word.len() < 2 || !word.starts_with(char::is_lowercase) {
            continue;
        }
        let kind = speech(word);
        if kind.is_none() && !looks_like_verb(word) {
            continue;
        }
        let end = start + word.len();
        let place = place(text, start, end);
        let near = match (kind, place) {
            (Some(_), Place::BehindMark | Place::BehindComma { named: true }) => true,
            (Some(Speech::Sure), Place::BehindComma { named: false }) => dashed || marked,
            (Some(Speech::Likely), Place::BehindComma { named: false }) => false,
            (Some(_), Place::BehindName) => dashed || marked || !before_is_open(text, start),
            (None, Place::BehindMark | Place::BehindComma { named: true }) => {
                named_at_once(text, end) && (dashed || marked || place == Place::BehindMark)
            }
            _ => false,
        };
        let found = || Found { before: clause_before(text, start), after: clause_after(text, end), near };
        if near {
            return Some(found());
        }
        if kind == Some(Speech::Sure) && loose.is_none() {
            loose = Some(found());
        }
    }
    loose
}

/// Reports whether the quotation that opens the text is still open at `at`.
fn before_is_open(text: &str, at: usize) -> bool {
    !part(text, 0..at).chars().skip(1).any(is_mark)
}

/// Where a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Right behind a closing quotation mark, or a question or exclamation mark.
    BehindMark,
    /// Right behind a comma; whether a name or a title follows in the clause.
    BehindComma {
        named: bool,
    },
    /// At the end of a clause that names somebody: "psykologi Anniina Salo selittää.".
    BehindName,
    Elsewhere,
}

fn place(text: &str, start: usize, end: usize) -> Place {
    let before = part(text, 0..start).trim_end();
    let last = before.chars().next_back().unwrap_or(' ');
    match last {
        ',' | '–' | '—' => Place::BehindComma { named: name_in(text, clause_after(text, end)).is_some() },
        '?' | '!' | '…' => Place::BehindMark,
        mark if is_mark(mark) => Place::BehindMark,
        _ => {
            let name = before.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
            let clause = clause_before(text, start);
            let short = part(text, clause.clone()).split_whitespace().count() <= 9;
            let closed = clause.start > 0;
            let ends = part(text, end..text.len()).trim_start().starts_with(['.', ',', ':', '–']) || end == text.len();
            let count = part(text, clause).split_whitespace().count();
            // A single word before a verb that goes on is a pronoun: "Sen pitää kulkea".
            let named = name.starts_with(char::is_uppercase) && name.chars().count() > 1 && (ends || count >= 2);
            let rest = beginning(part(text, end..text.len()), SEARCHED);
            let ends = ends && !rest.contains(is_mark) && count >= 2;
            if closed && short && (named || ends) { Place::BehindName } else { Place::Elsewhere }
        }
    }
}

/// Reports whether a name follows within a few words of the verb that ends at `end`: ", skrattar Ulla Brink.", as a clause has it.
fn named_at_once(text: &str, end: usize) -> bool {
    let clause = clause_after(text, end);
    let words = part(text, clause.clone());
    let upper = words.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    upper >= 2 && words.split_whitespace().count() <= 10 && name_in(text, clause).is_some()
}

/// Returns the rest of the clause behind `end`: up to a comma, full stop or bracket.
fn clause_after(text: &str, end: usize) -> Range<usize> {
    let mut stop = end;
    let mut words = 0;
    let rest = beginning(text.get(end..).unwrap_or_default(), 400);
    let mut letters = rest.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let ends = match letter {
            ',' | ';' | '(' | ':' | '?' | '!' | '"' | '”' | '“' | '»' => true,
            // Initials and abbreviations stay: "J. Aho", "Dr. Smith".
            '.' => next.is_whitespace() && !is_initial(part(rest, 0..at)) || letters.peek().is_none(),
            '–' | '—' => true,
            _ => false,
        };
        if ends || words > CLAUSE {
            break;
        }
        if letter.is_whitespace() {
            words += 1;
        }
        stop = end + at + letter.len_utf8();
    }
    end..stop
}

fn is_initial(before: &str) -> bool {
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().count() == 1 && word.starts_with(char::is_uppercase)
        || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "dos" | "prof" | "fil" | "tri" | "t.f" | "vt" | "ent")
}

/// Returns the clause before `start`: back to a comma, closing mark or sentence end.
fn clause_before(text: &str, start: usize) -> Range<usize> {
    let before = part(text, 0..start);
    let mut from = start;
    let mut behind = ' ';
    for (at, letter) in before.char_indices().rev() {
        if start - at > 300 {
            return start..start;
        }
        let ends = matches!(letter, ',' | '?' | '!' | '…' | ';' | ':') && behind.is_whitespace()
            || is_mark(letter) && (behind.is_whitespace() || behind == ',')
            || letter == '.' && behind.is_whitespace() && !is_initial(part(before, 0..at))
            || matches!(letter, '–' | '—');
        if ends {
            break;
        }
        (from, behind) = (at, letter);
    }
    from..start
}

/// Returns the name in a clause: its longest run of capitalised words, the last one among equals.
fn name_in(text: &str, clause: Range<usize>) -> Option<Range<usize>> {
    let words = part(text, clause.clone());
    let mut best: Option<(usize, Range<usize>)> = None;
    let mut run: Option<(usize, Range<usize>)> = None;
    let mut at = clause.start;
    for word in words.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        let lead = word.len() - word.trim_start_matches(|letter: char| !letter.is_alphanumeric()).len();
        let bare = word.trim().trim_end_matches([',', '.', ';', ':', '"', '”', ')']);
        let name = bare.get(lead..).unwrap_or_default();
        let particle = matches!(name, "af" | "von" | "van" | "de" | "der" | "av" | "al" | "bin" | "ben" | "la");
        let capital = name.starts_with(char::is_uppercase) && !is_title(name);
        run = match run {
            Some((count, range)) if capital => Some((count + 1, range.start..start + bare.len())),
            Some((count, range)) if particle => Some((count, range)),
            None if capital => Some((1, start + lead..start + bare.len())),
            _ => None,
        };
        if let Some((count, range)) = &run
            && best.as_ref().is_none_or(|(most, _)| count >= most)
        {
            best = Some((*count, range.clone()));
        }
    }
    best.map(|(_, range)| range).filter(|range| part(text, range.clone()).chars().count() > 1)
}

/// Reports whether a single word at the start of a sentence says what somebody is: "Ministern", "Kaupunginjohtaja".
fn is_occupation(word: &str) -> bool {
    const ENDINGS: [&str; 24] = [
        "minister",
        "ministern",
        "ministeri",
        "johtaja",
        "päällikkö",
        "rehtori",
        "sihteeri",
        "puheenjohtaja",
        "asiantuntija",
        "tutkija",
        "insinööri",
        "opettaja",
        "lääkäri",
        "chef",
        "chefen",
        "rektor",
        "rektorn",
        "direktör",
        "direktören",
        "ordförande",
        "ordföranden",
        "rådet",
        "hövdingen",
        "läraren",
    ];
    let word = word.to_lowercase();
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

/// Reports whether the word is a title or a pronoun that English writes with a capital, like a name.
fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Minister"
            | "Secretary"
            | "Chief"
            | "Executive"
            | "Director"
            | "Officer"
            | "Chancellor"
            | "President"
            | "Chair"
            | "Chairman"
            | "Commissioner"
            | "Councillor"
            | "Head"
            | "Mayor"
            | "Manager"
            | "Leader"
            | "State"
            | "Prime"
            | "Foreign"
            | "Health"
            | "Housing"
            | "Education"
            | "Transport"
            | "Home"
            | "Deputy"
            | "Vice"
            | "Environment"
            | "Business"
            | "Defence"
            | "Culture"
            | "Justice"
            | "Treasury"
            | "Rural"
            | "Affairs"
            | "Captain"
            | "Cllr"
            | "Cabinet"
            | "Member"
            | "Trade"
            | "Science"
            | "Technology"
            | "Energy"
            | "CEO"
            | "VD"
            | "I"
            | "He"
            | "She"
            | "The"
            | "A"
            | "We"
            | "They"
            | "It"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (Option<Sureness>, Option<&str>) {
        let found = quote(text);
        let words = found.as_ref().map_or("", |found| text.get(found.start..).unwrap());
        (found.map(|found| found.sureness), speaker(words).map(|range| words.get(range).unwrap()))
    }

    #[test]
    fn quotes_and_their_speakers() {
        for (text, expected) in [
            (
                "-Haluamme kokonaisuuden, jossa asiakasta autetaan, sanoo Vantaan johtaja Ritva Aho. Myös lähipalvelut säilyvät.",
                Some("Ritva Aho"),
            ),
            ("– Emme kysele, vaan vastaamme, psykologi Anniina Salo selittää.", Some("Anniina Salo")),
            ("–Minusta on hyvä, ettei tarvitse odottaa, yhdeksäsluokkalainen oppilas kommentoi.", None),
            (
                "– Halko on kylän vakuutus, tiivistää hanketta johtava Aimo Ruuska, ja vakuutuksen maksu on pinottava.",
                Some("Aimo Ruuska"),
            ),
            ("– Viemme ne lautakuntaan huhtikuussa, Vuorela lupaa.", Some("Vuorela")),
            ("”Kun auto jää kauas, piha rauhoittuu”, tutkija Helena Saari sanoo.", Some("Helena Saari")),
            ("\"En palaa enää autoon\", sanoo yksi hoitajista.", None),
            ("– Vi har haft publik i sjuhundra år, skrattar Ulla Brink.", Some("Ulla Brink")),
            ("– Vi har länge bett om det här, menar Ingrid Sundell, ordförande för förbundet.", Some("Ingrid Sundell")),
            ("- Det blir lugnt, förklarar gatuchef Göran Westerlund, som bor på gatan.", Some("Göran Westerlund")),
            ("– Hur ska det gå? undrar Anna-Lena af Hällström.", Some("Anna-Lena af Hällström")),
            ("“You cannot argue with the sea,” ranger Rosa Whitlock said.", Some("Rosa Whitlock")),
            (
                "“My mother heard it, and she said nobody had asked,” says museum director Beth Hargreaves.",
                Some("Beth Hargreaves"),
            ),
            ("— It is an argument for one, teacher Moira Keane told the board.", Some("Moira Keane")),
            ("— We asked for a year, said parent Duncan Wray.", Some("Duncan Wray")),
            ("– Lossi on tiemme. Sen pitää kulkea aina, sanoo puheenjohtaja Pirjo Lehtimaa.", Some("Pirjo Lehtimaa")),
            ("– Se on uutta. Nyt uskomme siihen, toteaa Kaija Ranta.", Some("Kaija Ranta")),
        ] {
            assert_eq!(named(text), (Some(Sureness::Attributed), expected), "{text}");
        }
    }

    #[test]
    fn items_and_names_in_quotation_marks_are_no_quotes() {
        for text in [
            "- lapset ja nuoret kasvavat turvassa",
            "– att sälja den gamla brandstationen till högstbjudande",
            "-Pitkäsaaren uimaranta",
            "- Puheenvuoro, kaupunginjohtaja Ritva Aho",
            "- 24 beds in the hall",
            "”Arki haltuun” -hanke auttaa perheitä arjessa",
        ] {
            assert!(named(text).0 < Some(Sureness::Speaks), "{text}");
        }
        for text in ["Tavallinen kappale, sanoo johtaja.", "–", "--- a", "-5 astetta", ""] {
            assert_eq!(quote(text), None, "{text}");
        }
    }

    #[test]
    fn a_verb_behind_megabytes_of_words_is_looked_for_at_both_ends() {
        let long = format!("– {} loppuu, sanoo Anna Aho.", "sana ".repeat(1_000_000));
        assert_eq!(named(&long), (Some(Sureness::Attributed), Some("Anna Aho")));
    }
}
