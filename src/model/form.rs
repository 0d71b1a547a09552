//! What an announcement says, as one number: by it a later text of the same announcement is news or is not.

use super::{Announcement, BlockKind, Id};

/// A line of more words than this is no stamp.
const MOST_WORDS: usize = 12;
/// A line of more words than this is no counter.
const MOST_COUNTER: usize = 4;

/// Words that make a line of a few words with a number a counter: comments, readers, shares, the age of the text.
const COUNTED: [&str; 26] = [
    "kommentti",
    "kommenttia",
    "kommenttiä",
    "katselukertaa",
    "lukukertaa",
    "lukijaa",
    "jakoa",
    "tykkäystä",
    "sitten",
    "kommentar",
    "kommentarer",
    "visningar",
    "visning",
    "läsare",
    "delningar",
    "gillar",
    "sedan",
    "comment",
    "comments",
    "view",
    "views",
    "reads",
    "shares",
    "likes",
    "ago",
    "downloads",
];

/// Words that begin a line which only says when the text was last touched.
const TOUCHED: [&str; 12] = [
    "päivitetty",
    "päivitys",
    "päivittyi",
    "muokattu",
    "uppdaterad",
    "uppdaterat",
    "uppdatering",
    "ändrad",
    "updated",
    "modified",
    "edited",
    "refreshed",
];

/// Words that may stand before one of [`TOUCHED`].
const LASTLY: [&str; 6] = ["viimeksi", "sivu", "senast", "last", "page", "sidan"];

/// Returns the form of an announcement: a hash of the letters and digits of its title and text.
///
/// What a later version may differ in without saying anything new is left out: case and signs, boilerplate, addresses,
/// counters, and a line that only says when the text was last updated.
#[must_use]
pub fn form(announcement: &Announcement) -> i64 {
    let mut said = String::new();
    gather(uncounted(&announcement.title), &mut said);
    for block in &announcement.document.blocks {
        if matches!(block.kind, BlockKind::Boilerplate | BlockKind::Rule) {
            continue;
        }
        for line in block.text.lines() {
            let words = line.split_whitespace().take(MOST_WORDS + 1).count();
            if words > MOST_WORDS || !is_stamp(line) && (words > MOST_COUNTER || !is_counter(line)) {
                gather(line, &mut said);
            }
        }
    }
    Id::of(&[&said]).to_stored()
}

/// Words that withdraw an announcement where they stand near its top.
const WITHDRAWN: [&str; 16] = [
    "poistettu",
    "peruttu",
    "perutaan",
    "peruutettu",
    "löytynyt",
    "vedetty",
    "kumottu",
    "borttagen",
    "borttaget",
    "inställt",
    "återkallad",
    "återkallat",
    "withdrawn",
    "removed",
    "cancelled",
    "retracted",
];

/// So many words of a block are its top.
const FIRST_WORDS: usize = 6;

/// Reports whether an announcement says in its title or first lines that it, or what it announced, is withdrawn.
#[must_use]
pub fn is_withdrawal(announcement: &Announcement) -> bool {
    let says = |text: &str, first| words(text).take(first).any(|word| WITHDRAWN.contains(&word.as_str()));
    let mut blocks = announcement.document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate).take(2);
    says(&announcement.title, MOST_WORDS) || blocks.any(|block| says(&block.text, FIRST_WORDS))
}

/// Adds the letters and digits of `text` in lower case, without its addresses.
fn gather(text: &str, said: &mut String) {
    for word in text.split_whitespace() {
        if word.contains("://") || word.starts_with("www.") {
            continue;
        }
        said.extend(word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase));
    }
}

/// Returns a title without the number in brackets that some publishers count its updates or comments with.
fn uncounted(title: &str) -> &str {
    let title = title.trim();
    let counted =
        |inner: &str| !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
    for (open, close) in [('(', ')'), ('[', ']')] {
        let end = title.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
        if let Some((rest, _)) = end.filter(|(_, inner)| counted(inner)) {
            return rest;
        }
        let start = title.strip_prefix(open).and_then(|rest| rest.split_once(close));
        if let Some((_, rest)) = start.filter(|(inner, _)| counted(inner)) {
            return rest;
        }
    }
    title
}

/// Returns the words of a line in lower case, without the signs about them.
fn words(line: &str) -> impl Iterator<Item = String> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
}

/// Reports whether a short line counts something.
fn is_counter(line: &str) -> bool {
    line.chars().any(char::is_numeric) && words(line).any(|word| COUNTED.contains(&word.as_str()))
}

/// Reports whether a short line says when the text was last updated, and nothing else: what stands behind the word is
/// mostly figures.
fn is_stamp(line: &str) -> bool {
    let mut words = words(line).skip_while(|word| LASTLY.contains(&word.as_str()));
    if !words.next().is_some_and(|word| TOUCHED.contains(&word.as_str())) {
        return false;
    }
    let (figures, others) = words.fold((0, 0), |(figures, others), word| {
        let figure = word.chars().any(char::is_numeric);
        (figures + usize::from(figure), others + usize::from(!figure))
    });
    figures > 0 && others <= figures + 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Block, Document, Provenance};
    use crate::text::Clean;

    fn announced(title: &str, blocks: &[&str]) -> Announcement {
        Announcement {
            id: Id::of(&[""]),
            group: Id::of(&[""]),
            translation: false,
            title: Clean::line(title),
            source: None,
            section: None,
            language: None,
            published: None,
            modified: None,
            tags: Vec::new(),
            address: None,
            document: Document {
                blocks: blocks.iter().map(|text| Block::plain(BlockKind::Paragraph, text)).collect(),
                links: Vec::new(),
            },
            notes: Vec::new(),
            provenance: Provenance::default(),
        }
    }

    fn said(title: &str, blocks: &[&str]) -> i64 {
        form(&announced(title, blocks))
    }

    #[test]
    fn a_withdrawal_says_so_near_its_top() {
        for (title, text) in [
            ("PERUTTU: asukasilta torstaina", "Ilta pidetään myöhemmin."),
            ("Kadonnut henkilö", "Henkilö on löytynyt. Kiitos avusta."),
            ("Varning", "Varningen är återkallad."),
            ("Advisory", "This advisory was withdrawn on Monday."),
        ] {
            assert!(is_withdrawal(&announced(title, &[text])), "{title}");
        }
        let late = "Kaupunki kertoo, että vanha silta on nyt pois ja sen kaiteet poistettu ja viety kierrätykseen.";
        for (title, text) in [("Asukasilta torstaina", "Tervetuloa."), ("Silta valmistui", late)] {
            assert!(!is_withdrawal(&announced(title, &[text])), "{title}");
        }
    }

    #[test]
    fn what_says_nothing_new_leaves_the_form_as_it_is() {
        let base =
            said("Silta suljetaan", &["Silta on kiinni 3.4. asti.", "12 kommenttia", "Päivitetty 1.4.2026 klo 9.05"]);
        for (title, blocks) in [
            ("SILTA SULJETAAN", ["Silta on kiinni 3.4. asti.", "14 kommenttia", "Päivitetty 2.4.2026 klo 19.05"]),
            (
                "Silta suljetaan (3)",
                ["Silta on kiinni 3.4. asti", "12 kommenttia", "Viimeksi muokattu: 2. huhtikuuta 2026"],
            ),
            (
                "[12] Silta suljetaan",
                ["Silta on – kiinni 3.4. asti.", "7 kommenttia", "Page last updated 4 April 2026"],
            ),
            (
                "Silta suljetaan",
                [
                    "Silta on kiinni 3.4. asti. https://kunta.fi/silta?utm_source=x",
                    "0 kommenttia",
                    "Senast uppdaterad 2.4.2026",
                ],
            ),
        ] {
            assert_eq!(said(title, &blocks), base, "{title} {blocks:?}");
        }
    }

    #[test]
    fn what_says_something_new_changes_the_form() {
        let base = said("Silta suljetaan", &["Silta on kiinni 3.4. asti.", "12 kommenttia"]);
        for (title, blocks) in [
            ("Silta avataan", vec!["Silta on kiinni 3.4. asti.", "12 kommenttia"]),
            ("Silta suljetaan", vec!["Silta on kiinni 4.4. asti.", "12 kommenttia"]),
            (
                "Silta suljetaan",
                vec![
                    "Silta on kiinni 3.4. asti.",
                    "12 kommenttia",
                    "Päivitys: silta avataan jo 2.4. iltana, kun työt valmistuvat.",
                ],
            ),
            ("Silta suljetaan (2026)", vec!["Silta on kiinni 3.4. asti.", "12 muutosta"]),
        ] {
            assert_ne!(said(title, &blocks), base, "{title} {blocks:?}");
        }
        assert_eq!(said("Muutos", &["Kaksi lohkoa.", "Yhdessä."]), said("Muutos", &["Kaksi lohkoa. Yhdessä."]));
    }
}
