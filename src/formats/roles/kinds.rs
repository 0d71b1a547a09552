//! Names of kinds of text, which stand alone on the line above a title: "TIEDOTE", "Pressmeddelande", "World news story".

use super::key;

/// Longest line that states a kind, in bytes.
const LONGEST: usize = 60;

/// Reports whether the line states only the kind of text: "TIEDOTE", "Pressmeddelande", "For immediate release".
#[must_use]
pub fn is_kind(line: &str) -> bool {
    line.len() <= LONGEST && KINDS.binary_search(&key(line).as_str()).is_ok()
}

/// Reports whether the line states the kind of text where a title follows; within a text such words ("Tal", "Speech",
/// "Lausunto") may head a part of it.
#[must_use]
pub fn is_kind_above_title(line: &str) -> bool {
    line.len() <= LONGEST && ABOVE_TITLE.binary_search(&key(line).as_str()).is_ok() || is_kind(line)
}

/// Kinds of text wherever they stand, in lower case, sorted by bytes.
const KINDS: &[&str] = &[
    "announcement",
    "artikel från",
    "asiantuntijakirjoitus",
    "authored article",
    "blog post",
    "blogginlägg",
    "blogikirjoitus",
    "blogiteksti",
    "closed consultation",
    "consultation outcome",
    "corporate report",
    "debattartikel",
    "ei julkisuuteen ennen",
    "for immediate release",
    "gemensamt uttalande",
    "government response",
    "guidance",
    "henkilökuva",
    "immediate release",
    "inbjudan",
    "inbjudan till medierna",
    "inbjudan till pressträff",
    "independent report",
    "insändare",
    "joint statement",
    "julkaisuvapaa",
    "julkaisuvapaa heti",
    "julkilausuma",
    "julkinen kuulutus",
    "kommuniké",
    "kungörelse",
    "kutsu",
    "kutsu lehdistölle",
    "kutsu medialle",
    "kutsu medialle ja yleisölle",
    "kutsu tiedotustilaisuuteen",
    "kutsu tiedotusvälineille",
    "kuulutus",
    "lehdistökutsu",
    "lehdistötiedote",
    "meddelande",
    "media advisory",
    "media invitation",
    "media notice",
    "media release",
    "media statement",
    "mediakutsu",
    "mediatiedote",
    "mielipidekirjoitus",
    "ministerial statement",
    "news article",
    "news item",
    "news release",
    "news story",
    "notice to the media",
    "nyhet",
    "nyhet från",
    "nyhetsartikel",
    "open consultation",
    "opinion piece",
    "oral statement",
    "oral statement to parliament",
    "policy paper",
    "press invitation",
    "press notice",
    "press release",
    "press statement",
    "pressbriefing",
    "pressinbjudan",
    "pressmeddelande",
    "pressmeddelande från",
    "pääkirjoitus",
    "päätöstiedote",
    "pörssitiedote",
    "research and analysis",
    "security advisory",
    "sijoittajauutinen",
    "statement",
    "statistical release",
    "tapahtumatiedote",
    "tiedote",
    "tiedote medialle",
    "tiedote tiedotusvälineille",
    "tiedotteet",
    "tiedotustilaisuuskutsu",
    "till medierna",
    "travel advisory",
    "uutinen",
    "uutisartikkeli",
    "uutiset",
    "verkkotiedote",
    "verkkouutinen",
    "webbartikel",
    "webbnyhet",
    "world news story",
    "written ministerial statement",
    "written statement",
    "written statement to parliament",
    "yhteistiedote",
];

/// Kinds of text only right above a title, in lower case, sorted by bytes.
const ABOVE_TITLE: &[&str] = &[
    "anförande",
    "artikel",
    "artikkeli",
    "blogg",
    "blogi",
    "case study",
    "consultation",
    "debatt",
    "fact sheet",
    "haastattelu",
    "ilmoitus",
    "intervju",
    "kannanotto",
    "kirjoitus",
    "kolumni",
    "kommentar",
    "krönika",
    "lausunto",
    "ledare",
    "mielipide",
    "muistio",
    "national statistics",
    "news",
    "notice",
    "nyhetsbrev",
    "official statistics",
    "policy document",
    "press briefing",
    "press conference",
    "presskonferens",
    "pressträff",
    "public notice",
    "puhe",
    "puheenvuoro",
    "remiss",
    "speech",
    "tal",
    "tiedotustilaisuus",
    "transparency data",
    "uttalande",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_disjoint() {
        assert!(KINDS.is_sorted_by(|one, other| one < other));
        assert!(ABOVE_TITLE.is_sorted_by(|one, other| one < other));
        assert!(KINDS.iter().all(|kind| ABOVE_TITLE.binary_search(kind).is_err()));
    }

    #[test]
    fn kinds_in_three_languages() {
        for line in
            ["TIEDOTE", "Verkkotiedote", "Pressmeddelande", "World news story", "Written statement to Parliament"]
        {
            assert!(is_kind(line), "{line}");
        }
        for line in ["Puhe", "Kolumni", "Tal", "Anförande", "Speech", "Case study", "Uutinen"] {
            assert!(is_kind_above_title(line), "{line}");
        }
        for line in ["Speech therapy for children", "Tal och skrift", "Puhe palaa torille", "News"] {
            assert!(!is_kind(line), "{line}");
        }
    }
}
