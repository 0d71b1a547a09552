//! Knows by their words the lines within an article that are none of its text: credits of pictures, links to other articles.

use crate::formats::roles::is_caption;

/// Returns the description of a picture where a text is nothing else, as the HTML reader writes it.
pub(super) fn picture(text: &str) -> Option<&str> {
    text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']')).filter(|text| !text.contains(['[', ']']))
}

/// Reports whether a caption says who made the picture.
pub(super) fn credits(text: &str) -> bool {
    const NAMES: [&str; 26] = [
        "kuva:",
        "kuvat:",
        "kuvaaja:",
        "valokuva:",
        "bild:",
        "bilder:",
        "foto:",
        "fotograf:",
        "foto ",
        "photo:",
        "photo by",
        "photos:",
        "photograph by",
        "image:",
        "picture:",
        "credit:",
        "quelle:",
        "©",
        "(c)",
        "getty",
        "istock",
        "shutterstock",
        "unsplash",
        "pixabay",
        "lehtikuva",
        "adobe stock",
    ];
    const AGENCIES: [&str; 6] = ["AFP", "REUTERS", "dpa", "STT", "EPA", "imago"];
    let lower = text.to_lowercase();
    // Names of makers and agencies with a stroke between them: "Ritva Aho/Kuvakone".
    let strokes = text.split('/').collect::<Vec<_>>();
    let strokes = strokes.windows(2).any(|pair| {
        let [before, after] = pair else { return false };
        let capital = after.trim_start().starts_with(char::is_uppercase);
        capital && before.trim_end().ends_with(char::is_alphabetic) && !text.contains("://")
    });
    let word = |known: &str| text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word == known);
    strokes
        || is_caption(text)
        || NAMES.iter().any(|name| lower.contains(name))
        || AGENCIES.iter().any(|name| word(name))
}

/// Reports whether a line opens as one that leads to another article: "Lue myös", "Läs också", "Read also".
pub(super) fn points_elsewhere(text: &str) -> bool {
    const OPENINGS: [&str; 28] = [
        "lue myös",
        "lue lisää:",
        "katso myös",
        "aiheesta lisää",
        "läs också",
        "läs även",
        "läs mer:",
        "se även",
        "se också",
        "read also",
        "also read",
        "read more:",
        "see also",
        "related:",
        "lesen sie auch",
        "auch lesen",
        "auch interessant",
        "mehr zum thema",
        "zum weiterlesen",
        "à lire aussi",
        "lire aussi",
        "le puede interesar",
        "puedes ver",
        "lea también",
        "leia também",
        "veja também",
        "czytaj też",
        "leggi anche",
    ];
    let start: String = text
        .trim_start_matches(|letter: char| !letter.is_alphanumeric())
        .chars()
        .take(24)
        .flat_map(char::to_lowercase)
        .collect();
    OPENINGS.iter().any(|opening| start.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_credit_whoever_made_the_picture() {
        for caption in [
            "Uusi silta. Kuva: Ritva Aho",
            "Den nya bron (foto: Kommunen)",
            "The bridge at night. Photo by Ann Lee",
            "Silta iltavalossa Ritva Aho/Kuvakone",
            "© Esimerkkikunta",
        ] {
            assert!(credits(caption), "{caption}");
        }
        for caption in
            ["Silta valmistui keväällä.", "Bron öppnades 1/2 timme senare.", "See https://example.fi/Bridge for more"]
        {
            assert!(!credits(caption), "{caption}");
        }
    }

    #[test]
    fn lines_point_to_other_articles() {
        assert!(points_elsewhere("Lue myös: Tori saa uuden katon"));
        assert!(points_elsewhere("» Läs också om torget"));
        assert!(points_elsewhere("Read also"));
        assert!(!points_elsewhere("Luetaan myös lapsille."));
    }

    #[test]
    fn a_picture_alone_is_known() {
        assert_eq!(picture(" [Uusi silta] "), Some("Uusi silta"));
        assert_eq!(picture("[Uusi silta] Silta valmistui."), None);
        assert_eq!(picture("[a] [b]"), None);
    }
}
