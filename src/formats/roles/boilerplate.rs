//! Lines of the page around an announcement: navigation, sharing, captions, newsroom headers, cookie notices.

use super::boilerplate_lines::{Boilerplate, exact};
use super::{beginning, key, may_begin};

/// Longest line looked up in the tables, in bytes.
const LONGEST: usize = 120;

/// Returns what the line says of the lines after it if it is boilerplate by its words alone.
#[must_use]
pub fn boilerplate(line: &str) -> Option<Boilerplate> {
    let line = line.trim();
    if line.len() > LONGEST {
        return is_notice(line).then_some(Boilerplate::Line);
    }
    if line == "]]>" || line == "[email protected]" || is_symbols(line) {
        return Some(Boilerplate::Line);
    }
    let key = key(line);
    exact(&key)
        .or_else(|| opening(&key))
        .or_else(|| is_question_to_visitors(line, &key).then_some(Boilerplate::Answers))
        .or_else(|| (is_caption(line) || is_notice(line) || is_trail(line)).then_some(Boilerplate::Line))
}

/// Reports whether the line asks visitors for feedback: "Oliko tästä sivusta apua?".
fn is_question_to_visitors(line: &str, key: &str) -> bool {
    const NAMES: [&str; 9] = [
        "denna sida",
        "den här sidan",
        "sidans",
        "tämä sivu",
        "tästä sivusta",
        "tällä sivulla",
        "sivun sisältö",
        "this page",
        "this information",
    ];
    line.ends_with('?') && NAMES.iter().any(|name| key.contains(name))
}

/// Reports whether `line` holds no letters and digits.
fn is_symbols(line: &str) -> bool {
    !line.is_empty() && line.chars().take(LONGEST).all(|letter| !letter.is_alphanumeric())
}

/// Reports whether `line` describes or credits a picture: "Kuva: …", "Bild: …", "Photo: …".
#[must_use]
pub fn is_caption(line: &str) -> bool {
    const WORDS: [&str; 25] = [
        "kuva",
        "kuvat",
        "kuvaaja",
        "kuvateksti",
        "kuvalähde",
        "valokuva",
        "valokuvat",
        "havainnekuva",
        "bild",
        "bilder",
        "foto",
        "fotograf",
        "bildtext",
        "photo",
        "photos",
        "image",
        "images",
        "picture",
        "photograph",
        "caption",
        "photo credit",
        "image credit",
        "credit",
        "kuvituskuva",
        "illustration",
    ];
    if line.len() > 400 {
        return false;
    }
    let head = beginning(line, 32);
    let Some((word, _)) = head.split_once(':') else {
        return (line.len() <= 100 && (line.starts_with('©') || is_picture_alone(line))) || is_credited(line);
    };
    let word = word.trim().trim_start_matches(['(', '[']).to_lowercase();
    WORDS.contains(&word.as_str()) || is_credited(line)
}

/// Reports whether the line ends in a picture's credit: "Penkit valmistuivat toukokuussa. Kuva: Anna Aho".
fn is_credited(line: &str) -> bool {
    if line.len() > 240 {
        return false;
    }
    [" Kuva:", " Kuvat:", " Foto:", " Bild:", " Photo:", ". Kuva ", ". Foto ", " (kuva:", " (Kuva:"].iter().any(
        |credit| {
            line.rsplit_once(credit).is_some_and(|(text, name)| {
                let words = name.split_whitespace().count();
                (1..=6).contains(&words) && !text.is_empty() && name.trim_start().starts_with(char::is_uppercase)
            })
        },
    )
}

fn is_picture_alone(line: &str) -> bool {
    matches!(
        key(line).as_str(),
        "kuva" | "kuvituskuva" | "havainnekuva" | "genrebild" | "arkistokuva" | "illustrationsbild" | "arkivbild"
    )
}

/// Reports whether the line is a breadcrumb trail: `Etusivu / Uutiset`, `Home > News > 2021`.
fn is_trail(line: &str) -> bool {
    const FIRST: [&str; 9] =
        ["etusivu", "home", "hem", "start", "startsida", "kotisivu", "olet tässä", "du är här", "you are here"];
    let Some((first, rest)) = line.split_once(['/', '>', '›', '»', '|', '→']) else { return false };
    !rest.is_empty() && FIRST.contains(&first.trim().trim_end_matches(':').to_lowercase().as_str())
}

/// How sentences of cookie banners and newsrooms begin, sorted by their bytes.
const NOTICES: &[&str] = &[
    "by continuing to use this",
    "den här webbplatsen använder",
    "denna webbplats använder",
    "evästeiden avulla",
    "haluatko tietää asioista",
    "hyväksymällä evästeet",
    "här fanns tidigare en eller flera filmer",
    "i pressrummet kan du",
    "i vårt pressrum",
    "innehållet publicerades under perioden",
    "javascript",
    "käytämme evästeitä",
    "käytämme sivustollamme evästeitä",
    "mellan den ",
    "sivusto käyttää evästeitä",
    "sivustollamme käytetään evästeitä",
    "statsråd på denna sida",
    "this site uses cookies",
    "this was published under the ",
    "this website uses cookies",
    "tällä sivustolla käytetään evästeitä",
    "tämä sivusto käyttää evästeitä",
    "uutishuoneessa voit lukea",
    "verkkosivustomme käyttää evästeitä",
    "vi använder cookies",
    "vi använder kakor",
    "vill du veta",
    "we use cookies",
    "we use some essential cookies",
    "we'd like to set additional cookies",
    "webbplatsen använder cookies",
    "webbplatsen använder kakor",
    "we’d like to set additional cookies",
];

/// Reports whether the line is a sentence of a cookie banner or a newsroom.
fn is_notice(line: &str) -> bool {
    if !may_begin(line, NOTICES) {
        return false;
    }
    let head = beginning(line, 64);
    let head = head.to_lowercase();
    // Sorted, and none begins another: the last one before the line is the only one it can begin with.
    let at = NOTICES.partition_point(|opening| *opening <= head.as_str());
    let opens = at.checked_sub(1).and_then(|at| NOTICES.get(at)).is_some_and(|opening| head.starts_with(opening));
    opens
        && match head.get(..7) {
            Some("vill du") => line.contains("pressmeddelande") || line.contains("nyheter"),
            // Former ministers on the pages of the Swedish government.
            Some("mellan ") => line.contains(" var han ") || line.contains(" var hon "),
            Some("javascr") => line.len() < 160,
            _ => true,
        }
}

/// Looks a line up among those known by their beginning; `key` is in the form of the tables.
fn opening(key: &str) -> Option<Boilerplate> {
    const OPENINGS: [(&str, Boilerplate, usize); 40] = [
        ("lue lisää julkaisijalta", Boilerplate::Tail, 90),
        ("läs mer från", Boilerplate::Tail, 80),
        ("read more from", Boilerplate::Tail, 80),
        ("more from", Boilerplate::Related, 60),
        ("avainsanat", Boilerplate::Tags, 400),
        ("asiasanat", Boilerplate::Tags, 400),
        ("jaa facebook", Boilerplate::Line, 60),
        ("jaa twitter", Boilerplate::Line, 60),
        ("jaa linkedin", Boilerplate::Line, 60),
        ("jaa whatsapp", Boilerplate::Line, 60),
        ("jaa x", Boilerplate::Line, 30),
        ("jaa sähköposti", Boilerplate::Line, 60),
        ("jaa some", Boilerplate::Line, 60),
        ("jaa tämä", Boilerplate::Line, 60),
        ("jaa artikkeli", Boilerplate::Line, 60),
        ("jaa uutinen", Boilerplate::Line, 60),
        ("jaa sivu", Boilerplate::Line, 60),
        ("jaa palvelussa", Boilerplate::Line, 60),
        ("dela på", Boilerplate::Line, 60),
        ("dela via", Boilerplate::Line, 60),
        ("dela artikel", Boilerplate::Line, 60),
        ("dela sidan", Boilerplate::Line, 60),
        ("dela nyhet", Boilerplate::Line, 60),
        ("dela med", Boilerplate::Line, 60),
        ("share on", Boilerplate::Line, 60),
        ("share this", Boilerplate::Line, 60),
        ("share via", Boilerplate::Line, 60),
        ("share to", Boilerplate::Line, 60),
        ("tilaa tiedotteet", Boilerplate::Line, 70),
        ("tilaa uutiskirje", Boilerplate::Line, 70),
        ("prenumerera på", Boilerplate::Line, 70),
        ("subscribe to", Boilerplate::Line, 80),
        ("sign up for our newsletter", Boilerplate::Line, 80),
        ("copyright", Boilerplate::Line, 110),
        ("takaisin ", Boilerplate::Line, 40),
        ("tillbaka till ", Boilerplate::Line, 40),
        ("back to ", Boilerplate::Line, 24),
        ("siirry ", Boilerplate::Line, 40),
        ("lue lisää evästeistä", Boilerplate::Line, 80),
        ("taggar", Boilerplate::Tags, 300),
    ];
    let (_, kind, _) =
        OPENINGS.iter().find(|(opening, _, longest)| key.len() <= *longest && key.starts_with(opening))?;
    // "Takaisin kouluun" is a title, "Takaisin etusivulle" a link.
    let link = match key.split_once(' ') {
        Some(("takaisin", rest)) => {
            matches!(
                rest,
                "ylös"
                    | "alkuun"
                    | "etusivulle"
                    | "sivun alkuun"
                    | "uutisiin"
                    | "ajankohtaisiin"
                    | "tiedotteisiin"
                    | "listaukseen"
                    | "edelliselle sivulle"
            )
        }
        Some(("tillbaka", rest)) => matches!(
            rest,
            "till toppen" | "till startsidan" | "till nyheter" | "till början" | "till listan" | "till sidans topp"
        ),
        Some(("back", rest)) => matches!(rest, "to top" | "to news" | "to list" | "to home" | "to previous page"),
        Some(("siirry", rest)) => {
            matches!(
                rest,
                "sisältöön"
                    | "suoraan sisältöön"
                    | "pääsisältöön"
                    | "hakuun"
                    | "alatunnisteeseen"
                    | "navigaatioon"
                    | "valikkoon"
                    | "sivun sisältöön"
                    | "etusivulle"
            )
        }
        _ => true,
    };
    link.then_some(*kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_sorted_and_none_begins_another() {
        assert!(NOTICES.is_sorted_by(|one, other| one < other && !other.starts_with(one)));
    }

    #[test]
    fn lines_of_the_page() {
        for line in [
            "Hyppää sisältöön",
            "Jaa",
            "Twitter",
            "JAA FACEBOOKISSA",
            "Kuva: Merilahden kaupunki / Iida Nurmi",
            "]]>",
            "[email protected]",
            "Etusivu / Uutiset",
            "Tämä sivusto käyttää evästeitä. Lue lisää evästeistä.",
            "• • •",
            "Takaisin ylös",
            "Tilaa tiedotteet sähköpostiisi",
            "Haluatko tietää asioista ensimmäisten joukossa? Kun tilaat …",
            "Skip to main content",
            "Accept all cookies",
            "Dela på Facebook",
            "Gav sidan svar på din fråga?",
            "Bild: Jonas Holm",
            "Image: the new steps at Gull Point. Photo: Rosa Whitlock",
            "Tillbaka till toppen",
            "© Merilahden kaupunki",
        ] {
            assert!(boilerplate(line).is_some(), "{line}");
        }
        assert_eq!(boilerplate("Avainsanat"), Some(Boilerplate::Tags));
        assert_eq!(boilerplate("Lue lisää julkaisijalta Merilahden kaupunki"), Some(Boilerplate::Tail));
        assert_eq!(boilerplate("Lue myös:"), Some(Boilerplate::Related));
    }

    #[test]
    fn lines_of_the_announcement() {
        for line in [
            "Takaisin kouluun",
            "Siirry sähköiseen laskutukseen ajoissa",
            "Jaa ilo muille",
            "Koulut alkavat elokuussa",
            "Home care gets new bicycles",
            "Share of renewable energy grows",
            "Kuvataidekoulu hakee oppilaita",
            "Tausta",
            "Kuvassa: ei mitään",
            "Dela med dig av dina erfarenheter till kommunens stora invånarundersökning 2022",
        ] {
            assert_eq!(boilerplate(line), None, "{line}");
        }
    }
}
