//! Stamps: lines that say when an announcement was published or changed.

use std::ops::Range;

use super::find::{FoundDate, find_date};

/// The longest line that can be a stamp, in bytes.
const LONGEST: usize = 240;

/// The dates and the publisher that a stamp states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The date of publication, and how certain it is.
    pub published: Option<(FoundDate, Surety)>,
    /// The date of the last change.
    pub modified: Option<FoundDate>,
    /// The place of the publisher's name in the line.
    pub publisher: Option<Range<usize>>,
    /// The label the line ends with, where its date stands on the next line.
    pub open: Option<Label>,
}

/// How certain it is that a line's date is the date of publication; the most certain first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Surety {
    /// A label or a kind of announcement says so: "Julkaistu 11.9.2020", "Tiedote 12.1.2026".
    Labelled,
    /// A date with a time of day and no other words.
    Timed,
    /// A date and no other words.
    Bare,
    /// A place and a date: "Brussels, 12 July 2021".
    Placed,
}

/// The date a revision mark states, or only the time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The date, with its time where that is stated.
    pub date: Option<FoundDate>,
    /// Hour and minute, where no date is stated.
    pub time: Option<(u8, u8)>,
}

/// What a label says of the date beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// The day of publication.
    Published,
    /// The day of the last change.
    Modified,
}

/// The role of a word in a stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Label(Label),
    /// The kind of the announcement: "Tiedote".
    Kind,
    /// A word without meaning for the date: "klo", "on", a weekday, a time zone.
    Filler,
    Other,
}

/// A piece of a line.
#[derive(Clone, Debug)]
enum Piece {
    Date(FoundDate),
    Word(Word, Range<usize>),
    /// A bar, dot or dash between parts.
    Bar,
    Colon,
    Comma,
}

/// Reads `line` as a stamp; `None` when it is something else.
///
/// A label without a date, as in `(muokattu: )`, is a stamp that states nothing. Dates in sentences and titles
/// ("Tiedote kokouksesta 12.3.2021") are not stamps.
#[must_use]
pub fn stamp(line: &str) -> Option<Stamp> {
    if line.len() > LONGEST || is_prose(line) {
        return None;
    }
    let pieces = pieces(line);
    let dates = pieces.iter().filter(|piece| matches!(piece, Piece::Date(_))).count();
    match dates {
        0 => dateless(&pieces),
        _ => dated(line, &pieces),
    }
}

/// Reports whether the line is surely running text and need not be read word by word.
fn is_prose(line: &str) -> bool {
    let digits = line.bytes().any(|byte| byte.is_ascii_digit());
    (!digits && line.len() > 40) || (line.ends_with(['.', '?', '!']) && line.len() > 90)
}

/// Reads the revision mark that opens a paragraph: `Päivitetty 4.3.2025 klo 11:00: Kuva poistettu …`,
/// `Lisäys klo 10:26 : …`.
#[must_use]
pub fn revision_mark(paragraph: &str) -> Option<Revision> {
    let start = paragraph.trim_start_matches(['(', '[', '*']);
    let word = start.split(|letter: char| !letter.is_alphabetic()).next()?;
    let lower = word.to_lowercase();
    let marks = matches!(
        lower.as_str(),
        "päivitetty"
            | "päivitys"
            | "lisäys"
            | "lisätty"
            | "korjaus"
            | "korjattu"
            | "muokattu"
            | "uppdaterad"
            | "uppdaterat"
            | "uppdatering"
            | "tillägg"
            | "rättelse"
            | "updated"
            | "update"
            | "correction"
            | "amended"
            | "added"
    );
    if !marks {
        return None;
    }
    let from = paragraph.len() - start.len() + word.len();
    let rest = paragraph.get(from..)?;
    let head: usize = rest.char_indices().take(48).last().map(|(at, letter)| at + letter.len_utf8())?;
    let head = rest.get(..head)?;
    if let Some(found) = find_date(head, 0)
        && closes(rest.get(found.range.end..)?)
        && head
            .get(..found.range.start)
            .is_some_and(|between| between.chars().filter(|c| c.is_alphabetic()).count() < 12)
    {
        return Some(Revision { date: Some(found), time: None });
    }
    let at = head.find(|letter: char| letter.is_alphanumeric())?;
    let (time, end) = super::find::time_at(head, at)?;
    closes(rest.get(end..)?).then_some(Revision { date: None, time: Some(time) })
}

/// Reports whether `after`, the text behind a revision's date, begins with a mark that ends the revision mark.
fn closes(after: &str) -> bool {
    after.trim_start().starts_with([':', ')', ']', '–', '—', '-', '.', ','])
}

fn dateless(pieces: &[Piece]) -> Option<Stamp> {
    let mut label = None;
    for piece in pieces {
        match piece {
            Piece::Word(Word::Label(found), _) => label = Some(*found),
            Piece::Word(Word::Filler, _) | Piece::Colon | Piece::Bar | Piece::Comma => {}
            Piece::Word(Word::Kind, _) if label.is_none() => {}
            Piece::Word(..) | Piece::Date(_) => return None,
        }
    }
    label.map(|label| Stamp { open: Some(label), ..Stamp::default() })
}

fn dated(line: &str, pieces: &[Piece]) -> Option<Stamp> {
    let others = pieces.iter().filter(|piece| matches!(piece, Piece::Word(Word::Other, _))).count();
    let labelled = pieces.iter().any(|piece| matches!(piece, Piece::Word(Word::Label(_), _)));
    if others > 0 && line.trim_end().ends_with(['.', '?', '!']) {
        return None;
    }
    let parts: Vec<&[Piece]> = pieces.split(|piece| matches!(piece, Piece::Bar)).collect();
    if labelled {
        return with_labels(pieces, others);
    }
    let mut stamp = Stamp::default();
    if others == 0 {
        // A span of days is an event.
        if pieces.iter().filter(|piece| matches!(piece, Piece::Date(_))).count() > 1 || line.contains('\u{2013}') {
            return None;
        }
        let kind = pieces.iter().any(|piece| matches!(piece, Piece::Word(Word::Kind, _)));
        stamp.published = first_date(pieces).map(|date| (date.clone(), surety(date, kind)));
        return stamp.published.as_ref().is_some_and(|(date, _)| date.year.is_some()).then_some(stamp);
    }
    if let [Piece::Word(Word::Kind, _), middle @ .., Piece::Date(date)] = pieces
        && date.year.is_some()
        && middle.iter().all(|piece| matches!(piece, Piece::Word(Word::Filler | Word::Kind, _) | Piece::Colon))
    {
        stamp.published = Some((date.clone(), Surety::Labelled));
        return Some(stamp);
    }
    if parts.len() > 1 {
        return in_parts(line, &parts);
    }
    placed(line, pieces)
}

/// Reads parts between bars, one of them a date alone or with its kind:
/// `15.6.2023 11:39:03 EEST | Publisher | Tiedote`.
fn in_parts(line: &str, parts: &[&[Piece]]) -> Option<Stamp> {
    let mut stamp = Stamp::default();
    for part in parts {
        let others = part.iter().filter(|piece| matches!(piece, Piece::Word(Word::Other, _))).count();
        let kind = part.iter().any(|piece| matches!(piece, Piece::Word(Word::Kind, _)));
        match first_date(part) {
            Some(date) if others == 0 && date.year.is_some() && stamp.published.is_none() => {
                stamp.published = Some((date.clone(), surety(date, kind)));
            }
            Some(_) => return None,
            None if others > 8 || is_span(line, part) => return None,
            None if others > 0 && stamp.publisher.is_none() => stamp.publisher = extent(part),
            None => {}
        }
    }
    // Parts that dashes divide are stamps only if the line is short: titles have dashes, too.
    let bars = line.contains(['|', '•', '·', '/']);
    (stamp.published.is_some() && (bars || line.len() <= 60)).then_some(stamp)
}

/// Reads one or two names followed by a date: `Brussels, 12 July 2021`, `Helsinki 12.3.2020`.
fn placed(line: &str, pieces: &[Piece]) -> Option<Stamp> {
    let [before @ .., Piece::Date(date)] = pieces else { return None };
    date.year?;
    let mut names = 0;
    for piece in before {
        match piece {
            Piece::Word(Word::Other, range) => {
                let word = line.get(range.clone())?;
                if !word.starts_with(char::is_uppercase) || word.contains(|letter: char| letter.is_ascii_digit()) {
                    return None;
                }
                names += 1;
            }
            Piece::Word(Word::Filler, _) | Piece::Comma => {}
            _ => return None,
        }
    }
    let surety = if date.time.is_some() { Surety::Timed } else { Surety::Placed };
    (names <= 2).then(|| Stamp { published: Some((date.clone(), surety)), ..Stamp::default() })
}

/// Reads a line with labels: each date has the label before it or, at the start of the line, the one behind it.
fn with_labels(pieces: &[Piece], others: usize) -> Option<Stamp> {
    if others > 10 {
        return None;
    }
    let mut stamp = Stamp::default();
    let mut label = None;
    let mut between = 0;
    let mut free = None;
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Word(Word::Label(Label::Published), _) if label == Some(Label::Modified) && between == 0 => {}
            Piece::Word(Word::Label(found), _) => {
                (label, between) = (Some(*found), 0);
                if let Some(date) = free.take() {
                    assign(&mut stamp, *found, date);
                }
            }
            Piece::Word(Word::Other, _) => between += 1,
            Piece::Date(date) => match label {
                // "issued by the council on …" names who; longer is a sentence.
                Some(label) if between <= 6 => {
                    assign(&mut stamp, label, date);
                    // A colon behind the date opens the text of a revision, and prose goes on without a break.
                    let after = pieces.get(at + 1);
                    if matches!(after, Some(Piece::Colon | Piece::Word(Word::Other, _))) && others > between + 3 {
                        return None;
                    }
                }
                Some(_) => return None,
                None => free = Some(date),
            },
            Piece::Word(..) | Piece::Bar | Piece::Colon | Piece::Comma => {}
        }
    }
    // Words before the first label: a kind or a publisher, not half a sentence.
    let first = pieces.iter().position(|piece| matches!(piece, Piece::Word(Word::Label(_), _)))?;
    let leading = pieces.get(..first)?;
    let words = leading.iter().filter(|piece| matches!(piece, Piece::Word(Word::Other, _))).count();
    let barred = leading.iter().any(|piece| matches!(piece, Piece::Bar | Piece::Colon));
    if words > 0 && !barred {
        return None;
    }
    stamp.publisher = leading
        .split(|piece| matches!(piece, Piece::Bar))
        .filter(|part| part.iter().any(|piece| matches!(piece, Piece::Word(Word::Other, _))))
        .find_map(extent);
    (stamp.published.is_some() || stamp.modified.is_some()).then_some(stamp)
}

fn assign(stamp: &mut Stamp, label: Label, date: &FoundDate) {
    match label {
        Label::Published if date.year.is_some() && stamp.published.is_none() => {
            stamp.published = Some((date.clone(), Surety::Labelled));
        }
        Label::Published => {}
        Label::Modified => stamp.modified = Some(date.clone()),
    }
}

fn first_date(pieces: &[Piece]) -> Option<&FoundDate> {
    pieces.iter().find_map(|piece| if let Piece::Date(date) = piece { Some(date) } else { None })
}

fn surety(date: &FoundDate, kind: bool) -> Surety {
    match (kind, date.time.is_some()) {
        (true, _) => Surety::Labelled,
        (false, true) => Surety::Timed,
        (false, false) => Surety::Bare,
    }
}

/// Reports whether the part is a number alone, the first day of a span.
fn is_span(line: &str, part: &[Piece]) -> bool {
    extent(part).and_then(|range| line.get(range)).is_some_and(|text| !text.contains(char::is_alphabetic))
}

/// Returns the range from the first to the last word of the pieces.
fn extent(pieces: &[Piece]) -> Option<Range<usize>> {
    let mut words =
        pieces.iter().filter_map(|piece| if let Piece::Word(_, range) = piece { Some(range) } else { None });
    let first = words.next()?;
    let last = words.next_back().unwrap_or(first);
    Some(first.start..last.end)
}

fn pieces(line: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut date = find_date(line, 0);
    while let Some(rest) = line.get(at..) {
        let Some(letter) = rest.chars().next() else { break };
        if let Some(found) = date.take_if(|found| found.range.start <= at) {
            at = found.range.end.max(at + 1);
            date = find_date(line, at);
            pieces.push(Piece::Date(found));
            continue;
        }
        if letter.is_alphanumeric() || letter == '+' {
            let limit = date.as_ref().map_or(line.len(), |found| found.range.start);
            let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '&' | '\'' | '’' | '+');
            let length = rest.find(|letter: char| !joins(letter)).unwrap_or(rest.len()).min(limit - at);
            let end = at + length.max(letter.len_utf8());
            pieces.push(Piece::Word(word(line.get(at..end).unwrap_or_default()), at..end));
            at = end;
            continue;
        }
        match letter {
            '|' | '•' | '·' | '–' | '—' | '/' | '-' => pieces.push(Piece::Bar),
            ':' => pieces.push(Piece::Colon),
            ',' | ';' => pieces.push(Piece::Comma),
            _ => {}
        }
        at += letter.len_utf8();
    }
    pieces
}

fn word(word: &str) -> Word {
    match word.to_lowercase().as_str() {
        "julkaistu" | "julkaisuajankohta" | "julkaisupäivä" | "julkaisuaika" | "julkaistiin" | "publicerad"
        | "publicerat" | "publicerades" | "publiceringsdatum" | "published" | "issued" | "released" | "posted"
        | "pvm" | "päivämäärä" | "päiväys" | "datum" | "utgiven" | "lähetetty" | "skickat" | "sent"
        | "publiceringstid" | "publicering" | "luotu" | "skapad" | "created" => Word::Label(Label::Published),
        "päivitetty" | "muokattu" | "muutettu" | "muokkauspäivä" | "päivityspäivä" | "uppdaterad" | "uppdaterat"
        | "uppdaterades" | "ändrad" | "updated" | "modified" | "reviewed" | "revised" | "amended" | "redigerad"
        | "edited" => Word::Label(Label::Modified),
        "tiedote" | "uutinen" | "lehdistötiedote" | "mediatiedote" | "nyhet" | "nyheter" | "pressmeddelande"
        | "meddelande" | "news" | "press" | "release" | "statement" | "announcement" | "uutiset" | "tiedotteet"
        | "kutsu" | "ajankohtaista" | "mediakutsu" | "verkkouutinen" | "kuulutus" | "pressinbjudan" | "inbjudan"
        | "blogi" | "artikkeli" | "artikel" | "article" | "story" | "pörssitiedote" | "medialle" | "jatkotiedote"
        | "ensitiedote" | "kungörelse" | "aktuellt" | "debattartikel" | "tal" | "speech" => Word::Kind,
        "klo" | "kl" | "kello" | "klockan" | "at" | "on" | "den" | "the" | "of" | "by" | "av" | "senast" | "last"
        | "viimeksi" | "eest" | "eet" | "cet" | "cest" | "utc" | "gmt" | "bst" | "est" | "edt" | "pst" | "pdt"
        | "z" | "date" | "viimeisin" | "sivu" | "sivua" | "sidan" | "page" | "this" | "was" | "time" | "tid"
        | "maanantaina" | "tiistaina" | "keskiviikkona" | "torstaina" | "perjantaina" | "lauantaina"
        | "sunnuntaina" | "maanantai" | "tiistai" | "keskiviikko" | "torstai" | "perjantai" | "lauantai"
        | "sunnuntai" | "ma" | "ti" | "ke" | "to" | "pe" | "la" | "su" | "måndag" | "tisdag" | "onsdag" | "torsdag"
        | "fredag" | "lördag" | "söndag" | "måndagen" | "tisdagen" | "onsdagen" | "torsdagen" | "fredagen"
        | "lördagen" | "söndagen" | "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday"
        | "sunday" | "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "fri" | "sat" | "sun" | "00" => Word::Filler,
        lower if is_offset(lower) => Word::Filler,
        _ => Word::Other,
    }
}

/// Reports whether a word is the offset of a time zone: `+0200`.
fn is_offset(word: &str) -> bool {
    word.strip_prefix('+').is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::PartialDate;

    type Dates = (Option<(String, Surety)>, Option<String>);

    fn read(line: &str) -> Option<Dates> {
        let near = PartialDate::parse_iso("2022-10-31");
        let value = |date: &FoundDate| date.value(near).unwrap().to_string();
        stamp(line).map(|stamp| {
            (stamp.published.as_ref().map(|(date, surety)| (value(date), *surety)), stamp.modified.as_ref().map(value))
        })
    }

    #[test]
    fn stamps_of_three_languages() {
        use Surety::{Bare, Labelled, Placed, Timed};
        for (line, expected, surety) in [
            ("15.6.2023 11:39:03 EEST | Merilahden kaupunki | Tiedote", "2023-06-15T11:39", Timed),
            ("Julkaistu: 11.9.2020", "2020-09-11", Labelled),
            ("Julkaistu 7.2.2022 8.10", "2022-02-07T08:10", Labelled),
            ("Uutinen Julkaistu 31.12.2021 16.43", "2021-12-31T16:43", Labelled),
            ("Julkaisuajankohta 8.12.2020 10.12", "2020-12-08T10:12", Labelled),
            ("Tiedote 12.1.2026", "2026-01-12", Labelled),
            ("03.09.2021 10:41", "2021-09-03T10:41", Timed),
            ("perjantaina 12. helmikuuta 2021", "2021-02-12", Bare),
            ("Nyhet Publicerad 19.12.2023 08.50", "2023-12-19T08:50", Labelled),
            ("issued by Northmere Council on 10 September 2022", "2022-09-10", Labelled),
            ("Brussels, 12 July 2021", "2021-07-12", Placed),
            ("APRIL 10, 2017", "2017-04-10", Bare),
            ("Published: 19 May 2023", "2023-05-19", Labelled),
            ("Vantaan kaupunki | Julkaistu 2.9.2024 klo 9.00", "2024-09-02T09:00", Labelled),
            ("Pressmeddelande • 12 mars 2021", "2021-03-12", Labelled),
            ("Publicerad den 12 mars 2021", "2021-03-12", Labelled),
            ("Tue, 12 Jan 2021 10:05:00 +0200", "2021-01-12T10:05", Timed),
            ("(Julkaistu 1.2.2021)", "2021-02-01", Labelled),
            ("2022-11-03", "2022-11-03", Bare),
            ("12.3.2021 Tiedote", "2021-03-12", Labelled),
            ("Date: 3 June 2024", "2024-06-03", Bare),
            ("Published 3 June 2024 by Anna Smith", "2024-06-03", Labelled),
        ] {
            assert_eq!(read(line), Some((Some((expected.to_owned(), surety)), None)), "{line}");
        }
    }

    #[test]
    fn changes_are_stamps_too() {
        for (line, published, modified) in [
            ("Päivitetty 1.11. klo 14.15", None, Some("2022-11-01T14:15")),
            ("Senast uppdaterad 07.10.2021", None, Some("2021-10-07")),
            ("(muokattu: )", None, None),
            (
                "Julkaistu 4.10.2023 7.55, päivitetty 4.10.2023 13.30",
                Some("2023-10-04T07:55"),
                Some("2023-10-04T13:30"),
            ),
            ("Published 12 May 2021 Last updated 3 June 2021", Some("2021-05-12"), Some("2021-06-03")),
            ("Julkaistu: 1.2.2021 (muokattu: 3.2.2021)", Some("2021-02-01"), Some("2021-02-03")),
        ] {
            let (found, changed) = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (found.as_ref().map(|(value, _)| value.as_str()), changed.as_deref()),
                (published, modified),
                "{line}"
            );
        }
    }

    #[test]
    fn titles_sentences_and_events_are_no_stamps() {
        for line in [
            "Tiedote kaupunginhallituksen kokouksesta 12.3.2021",
            "Päivitetty ohje julkaistaan 12.3.2021 kaupungin sivuilla.",
            "12.3.2021 Kaupunginhallituksen päätöksiä",
            "Aika: maanantai 6.12.2021",
            "12.–18.1.2022",
            "18.5.2022 klo 13–14.30",
            "Julkaistu kirja kertoo sodasta",
            "Näyttely on avoinna 30.9.2021 asti",
            "Tiedote 1 annettu kello 11.05",
            "Tiedote",
            "Koulu alkaa 10.8.2022",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    #[test]
    fn revision_marks() {
        let day = |text: &str| revision_mark(text).map(|mark| (mark.date.map(|date| date.day), mark.time));
        assert_eq!(day("Päivitetty 4.3.2025 klo 11:00: Kuva poistettu."), Some((Some(Some(4)), None)));
        assert_eq!(day("Lisäys klo 10:26 : Palo on rajattu."), Some((None, Some((10, 26)))));
        assert_eq!(day("Update 3 May 2021: the road is open."), Some((Some(Some(3)), None)));
        assert_eq!(day("Päivitetty hakemus lähetetään 4.3.2025 mennessä."), None);
        assert_eq!(day("Lisäys on merkittävä."), None);
    }
}
