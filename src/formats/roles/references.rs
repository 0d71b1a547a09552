//! Lines that refer to another text: its kind and name, its number, its file, or an invitation to read it.

use super::{beginning, key};

/// Longest line that is a reference, in bytes.
const LONGEST: usize = 220;

/// Reports whether the line refers to another text and so was a link: "Pressmeddelande: Nytt uppdrag …",
/// "Dir. 2023:57 Tilläggsdirektiv …", "Vuosiraportti (pdf)", "Read the full letter". Such a line heads nothing.
#[must_use]
pub fn is_reference(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let lower = line.trim_end_matches([':', ' ']).to_lowercase();
    is_named_document(&lower) || is_numbered_document(line) || names_file_or_site(&lower) || invites(&lower)
}

/// Reports whether the line is a kind of document and its name: "Tiedote: …", "Promemoria: …", "Report: …".
fn is_named_document(lower: &str) -> bool {
    let Some((kind, name)) = lower.split_once(':') else { return false };
    let kind = kind.trim();
    let last = kind.rsplit([' ', '-']).next().unwrap_or_default();
    !name.trim().is_empty()
        && kind.len() <= 40
        && DOCUMENTS.iter().any(|document| last == *document || (document.len() > 5 && last.ends_with(document)))
}

/// Reports whether the line opens with the number of an official document: "SOU 2022:67 …", "Prop. 2022/23:102",
/// "HE 12/2024 vp".
fn is_numbered_document(line: &str) -> bool {
    let Some((series, rest)) = line.split_once([' ', '(']) else { return false };
    let series = series.trim_end_matches('.');
    let number = rest.trim_start_matches(['(', ' ', 'n', 'r', '.']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let rest = number.get(digits..).unwrap_or_default();
    let dated =
        digits > 0 && rest.starts_with(['/', ':']) && rest.chars().nth(1).is_some_and(|next| next.is_ascii_digit());
    // Any authority has a series of its own: "SKV 2031:14".
    let capitals = (2..=6).contains(&series.len()) && series.chars().all(char::is_uppercase);
    let known = SERIES.contains(&series.to_lowercase().as_str());
    (dated && (known || (capitals && digits == 4))) || (known && digits == 4)
}

/// Reports whether the line ends in the name of a site or file, or in a file's type and size: "(riksdagen.se)",
/// "ohje.pdf", "(ODT, 21 KB)".
fn names_file_or_site(lower: &str) -> bool {
    let end = lower.trim_end_matches([')', ']']);
    let word = end.rsplit([' ', '(', '[', '/']).next().unwrap_or_default();
    if let Some((name, ending)) = word.rsplit_once('.')
        && name.ends_with(char::is_alphanumeric)
        && (FILES.contains(&ending) || (end.len() < lower.len() && SITES.contains(&ending)))
    {
        return true;
    }
    let Some((_, within)) = end.rsplit_once(['(', '[']).filter(|_| end.len() < lower.len()) else { return false };
    FILES.contains(&within.split([',', ' ', ';', ':']).next().unwrap_or_default())
}

/// Reports whether the line invites to read, see, load or do something elsewhere.
fn invites(lower: &str) -> bool {
    let last = lower.rsplit(' ').next().unwrap_or_default();
    if matches!(last, "here" | "här" | "täältä" | "tästä" | "täällä") {
        return true;
    }
    let opens = |opening: &str| {
        lower
            .strip_prefix(opening)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || opening.ends_with(' '))
    };
    if lower.ends_with('?') {
        return false;
    }
    INVITATIONS.iter().any(|opening| opens(opening))
        || (["mer om ", "mera om ", "more about ", "more information on ", "lisää aiheesta "]
            .iter()
            .any(|opening| opens(opening))
            && [" webbplats", " webb", " hemsida", " website", " gov.uk", " verkkosivuilla", " sivuilla"]
                .iter()
                .any(|end| lower.ends_with(end)))
}

/// Kinds of documents by the ends of their names, in lower case.
const DOCUMENTS: [&str; 62] = [
    "pressmeddelande",
    "promemoria",
    "webbartikel",
    "artikel",
    "lagrådsremiss",
    "remiss",
    "rapport",
    "faktablad",
    "proposition",
    "nyhet",
    "betänkande",
    "skrivelse",
    "uppdrag",
    "direktiv",
    "överenskommelse",
    "läs mer",
    "mer",
    "också",
    "även",
    "länk",
    "film",
    "video",
    "bilaga",
    "förteckning",
    "tiedote",
    "raportti",
    "julkaisu",
    "selvitys",
    "esitys",
    "muistio",
    "lisää",
    "myös",
    "katso",
    "linkki",
    "esite",
    "uutinen",
    "liite",
    "asiakirja",
    "video",
    "tallenne",
    "release",
    "report",
    "story",
    "paper",
    "see",
    "document",
    "publication",
    "guidance",
    "link",
    "download",
    "annex",
    "appendix",
    "letter",
    "briefing",
    "factsheet",
    "webinar",
    "podcast",
    "podd",
    "podcasti",
    "infografik",
    "presentation",
    "esitelmä",
];

/// Series of official documents, in lower case.
const SERIES: [&str; 24] = [
    "dir", "sou", "prop", "ds", "skr", "sfs", "bet", "rskr", "kom", "com", "he", "vns", "vnk", "u", "e", "k", "pev",
    "vm", "hfd", "cm", "cp", "hc", "rp", "srr",
];

/// Endings of files that pages link to.
const FILES: [&str; 16] = [
    "pdf", "doc", "docx", "xls", "xlsx", "odt", "ods", "csv", "ppt", "pptx", "word", "excel", "mp4", "jpg", "html",
    "zip",
];

/// Endings of sites that pages name behind their links.
const SITES: [&str; 10] = ["se", "fi", "eu", "org", "com", "uk", "ax", "no", "dk", "int"];

/// Openings of lines that invite to another page, in lower case.
const INVITATIONS: [&str; 62] = [
    "läs",
    "ta del av",
    "se mer",
    "se hela",
    "se även",
    "se också",
    "se filmen",
    "se sändningen",
    "se pressträffen",
    "titta på",
    "lyssna på",
    "ladda ned",
    "ladda ner",
    "följ pressträffen",
    "följ sändningen",
    "följ oss",
    "prenumerera på",
    "till regeringens webbplats",
    "klicka",
    "hitta mer",
    "mer information finns",
    "lue lisää",
    "lue koko",
    "lue myös",
    "lue tiedote",
    "katso lisää",
    "katso koko",
    "katso myös",
    "katso tallenne",
    "katso video",
    "lataa",
    "kuuntele",
    "seuraa meitä",
    "seuraa lähetystä",
    "seuraa tilaisuutta",
    "tilaa uutiskirje",
    "tilaa tiedotteet",
    "klikkaa",
    "find out",
    "read",
    "get more",
    "get further",
    "see the",
    "see more",
    "see full",
    "see our",
    "watch",
    "listen to",
    "download",
    "view the",
    "view our",
    "view all",
    "apply online",
    "click",
    "visit our",
    "visit the",
    "follow us",
    "follow the event",
    "sign up for",
    "subscribe to",
    "back to contents",
    "back to top",
];

/// Reports whether the line is the usual name of a part of an announcement, with or without a colon: "Background",
/// "Referenser", "Taustaa", "Notes to editors".
#[must_use]
pub fn is_section_name(line: &str) -> bool {
    line.len() <= 40 && SECTIONS.binary_search(&key(beginning(line, 40)).as_str()).is_ok()
}

/// Names of parts of announcements, in the form of the tables, sorted by bytes.
const SECTIONS: &[&str] = &[
    "additional information",
    "agenda",
    "aikataulu",
    "attendees",
    "background",
    "background information",
    "background notes",
    "bakgrund",
    "bakgrundsfakta",
    "bakgrundsinformation",
    "conclusion",
    "curriculum vitae",
    "dagordning",
    "definitioner",
    "definitions",
    "deltagare",
    "detta händer nu",
    "editor's notes",
    "eligibility",
    "esityslista",
    "event details",
    "facts",
    "fakta",
    "faktaa",
    "faktaruta",
    "faktat",
    "footnotes",
    "fotnoter",
    "further information",
    "how to apply",
    "introduction",
    "johdanto",
    "key facts",
    "källor",
    "list of attendees",
    "lisätiedot",
    "lisätietoa",
    "lisätietoja",
    "lähteet",
    "mer information",
    "more information",
    "määritelmät",
    "next steps",
    "note to editor",
    "note to editors",
    "notes",
    "notes for editors",
    "notes to editor",
    "notes to editors",
    "notes to the editor",
    "näin haet",
    "nästa steg",
    "ohjelma",
    "osallistujat",
    "program",
    "programme",
    "references",
    "referenser",
    "sammanfattning",
    "schedule",
    "seuraavat vaiheet",
    "sources",
    "summary",
    "tausta",
    "taustaa",
    "taustatiedot",
    "taustatietoa",
    "tidsplan",
    "timetable",
    "viitteet",
    "yhteenveto",
    "ytterligare information",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_links() {
        for line in [
            "Pressmeddelande: Nya cykelvägar längs kusten",
            "Lehdistötiedote: Uusi silta avataan",
            "Press release: New bridge to open",
            "Dir. 2031:57 Tilläggsdirektiv till Brokommittén",
            "SOU 2031:67 Broar för alla",
            "Prop. 2031/32:102 Genomförande av brodirektivet",
            "HE 12/2031 vp siltalaiksi",
            "BRV 2031:14 Riktlinjer för broar",
            "Brolag (riksdagen.example.se)",
            "Siltaraportti 2031.pdf",
            "Bridge plan (PDF, 1.2 MB)",
            "Läs hela rapporten",
            "Lue koko selvitys",
            "Read the full letter",
            "Register to attend here",
            "Mer om broprojektet på Brostyrelsens webbplats",
        ] {
            assert!(is_reference(line), "{line}");
        }
    }

    #[test]
    fn lines_that_head_a_text() {
        for line in [
            "Fakta: Broar i kommunen",
            "EU:n uusi siltadirektiivi",
            "Mer om bron",
            "Readiness for winter",
            "Läsåret börjar i augusti",
            "Lukeminen lisääntyy",
            "Hearing on 12 March",
            "MM 2031 pelataan sillalla",
            "EU 2031",
            "Rapporten presenteras i maj",
            "Varför läsa högt för barn?",
        ] {
            assert!(!is_reference(line), "{line}");
        }
    }

    #[test]
    fn names_of_parts() {
        assert!(SECTIONS.is_sorted_by(|one, other| one < other));
        for line in ["Background", "Notes to editors:", "Referenser:", "Mer information", "TAUSTAA"] {
            assert!(is_section_name(line), "{line}");
        }
        assert!(!is_section_name("Background of the bridge"));
    }
}
