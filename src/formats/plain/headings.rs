//! Subheadings that nothing marks but their shape and what stands around them.

use super::shape::{Shape, shape};
use super::{Page, Role, is_closed, is_longer, lists, words};
use crate::formats::roles::{beginning, is_section_name};

/// A paragraph from so many characters ends even without a full stop.
const LONG: usize = 150;
/// From so many characters a paragraph is running text that bears a heading whatever stands before that.
const BODY: usize = 120;
/// How much of a paragraph is compared with the words of a heading, in bytes.
const COMPARED: usize = 600;
/// Letters by which a word is recognised in another form, and the fewest of a word that is compared.
const STEM: usize = 6;
/// Most words of a heading right above another heading.
const UPPER: usize = 8;
/// How many paragraphs after a line are searched for the one it may head.
const AHEAD: usize = 4;

/// Makes headings of paragraphs that read like headings. A missed heading is shown as a paragraph, a false one looks
/// wrong: in doubt a paragraph stays one.
pub fn find(page: &mut Page<'_>) {
    let mut before: Option<usize> = None;
    for at in page.start..page.len() {
        match page.role(at) {
            Role::Boilerplate | Role::Elsewhere | Role::Unknown => continue,
            Role::Paragraph if is_heading(page, before, at) => page.set(at, Role::Heading),
            _ => {}
        }
        before = Some(at);
    }
}

/// Reports whether the paragraph at `at` is a heading; `before` is the one before it that is no boilerplate.
fn is_heading(page: &Page<'_>, before: Option<usize>, at: usize) -> bool {
    if page.spaced && page.paras.get(at).is_none_or(|para| !para.gap) {
        return false;
    }
    let text = page.text(at);
    let Some(shape) = shape(text, page.language) else { return false };
    let tiny_question = text.ends_with('?') && words(text) <= 2 && !page.spaced;
    let Some(next) = following(page, at).filter(|_| !tiny_question) else { return false };
    // Above the fields of the page a line belongs to its head; without any between, it may be a lead.
    let below_fields = at.checked_sub(1).is_some_and(|above| page.role(above) == Role::Boilerplate);
    if before.is_none() && (page.title.is_empty() || next != at + 1 || !below_fields) {
        return false;
    }
    if before.is_some_and(|before| repeats(page.text(before), text)) {
        return false;
    }
    let ended = before.is_some_and(|before| is_ended(page, before));
    let below_heading = before.is_some_and(|before| page.role(before) == Role::Heading);
    match shape {
        Shape::Section => page.role(next) != Role::Contact,
        Shape::Colon => heads_with_colon(page, text, next),
        Shape::Person => bears(page, text, next) && is_named_in(text, page.text(next)),
        Shape::Label => bears(page, text, next),
        Shape::Usual => {
            (ended && (heads(page, text, next) || heads_heading(page, text, next)))
                || bears(page, text, next)
                || (below_heading && heads_list(page, text, next))
        }
    }
}

/// Returns the paragraph after `at` that is neither boilerplate nor shown elsewhere.
fn following(page: &Page<'_>, at: usize) -> Option<usize> {
    (at + 1..page.len()).take(AHEAD).find(|next| !matches!(page.role(*next), Role::Boilerplate | Role::Elsewhere))
}

/// Reports whether the text at `at` has come to an end, so that something new may begin behind it.
fn is_ended(page: &Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    match page.role(at) {
        Role::Quote(_) | Role::Row | Role::Contact | Role::Item(..) | Role::KeyValue(_) => true,
        Role::Paragraph | Role::Revision => is_closed(text) && !text.ends_with(':') || is_longer(text, LONG),
        _ => false,
    }
}

/// Reports whether `text`, behind a paragraph that has ended, heads what is at `next`.
fn heads(page: &Page<'_>, text: &str, next: usize) -> bool {
    let following = page.text(next);
    match page.role(next) {
        Role::Quote(_) | Role::Row => true,
        Role::KeyValue(_) => words(text) <= 6,
        Role::Item(_, start) => heads_item(text, following.get(start..).unwrap_or_default()),
        Role::Paragraph | Role::Revision => {
            if is_longer(following, LONG) {
                return true;
            }
            let sentences = following.contains(". ") && is_longer(following, 80);
            let body = (is_closed(following) || sentences) && is_longer(following, 25) && words(following) >= 4;
            let weighs = following.len() > text.len() || words(text) <= 4 || text.ends_with('?');
            body && weighs && lists::key_value(following).is_none()
        }
        _ => false,
    }
}

/// Reports whether `text` heads a list that begins with `item`. An item in lower case goes on with a sentence that the
/// line before the list began: "Utredaren ska" / "föreslå …,".
fn heads_item(text: &str, item: &str) -> bool {
    let clause = ["att ", "että ", "to ", "om ", "jotta "].iter().any(|word| item.starts_with(word));
    let small = item.starts_with(char::is_lowercase);
    let goes_on = small && !text.ends_with('?') && (item.ends_with([',', ';']) || words(text) > 4);
    // An item with a colon introduces others itself: the line is one of them.
    !clause && !goes_on && !item.ends_with(':')
}

/// Reports whether `text`, right below another heading, heads the list at `next`.
fn heads_list(page: &Page<'_>, text: &str, next: usize) -> bool {
    let Role::Item(_, start) = page.role(next) else { return false };
    let item = page.text(next).get(start..).unwrap_or_default();
    words(text) <= UPPER && item.starts_with(char::is_uppercase) && heads_item(text, item)
}

/// Reports whether a line with a colon heads what is at `next`: a few words above a long paragraph or above a heading,
/// or the usual name of a part above a list. Above anything else it introduces a sentence or a list.
fn heads_with_colon(page: &Page<'_>, text: &str, next: usize) -> bool {
    let following = page.text(next);
    if matches!(page.role(next), Role::Item(..)) {
        return is_section_name(text);
    }
    let long = is_longer(following, 90) && following.len() >= 2 * text.len();
    words(text) <= 6
        && page.role(next) == Role::Paragraph
        && (long || (is_section_name(text) && heads_heading(page, text, next)))
}

/// Reports whether `text` repeats the line `above`, as the caption of a link does, perhaps with more words behind.
fn repeats(above: &str, text: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphanumeric()).take(2 * COMPARED).flat_map(char::to_lowercase).collect()
    };
    above.len() <= text.len() + 8 && words(above) >= 2 && letters(text).starts_with(&letters(above))
}

/// Reports whether the paragraph at `next` is running text that bears `text` as its heading even where the text before
/// that has not come to an end: a long one, or one that takes up the heading's words.
fn bears(page: &Page<'_>, text: &str, next: usize) -> bool {
    let following = page.text(next);
    if !matches!(page.role(next), Role::Paragraph | Role::Revision) {
        return false;
    }
    let closed = is_closed(following);
    if is_longer(following, LONG) || (closed && is_longer(following, BODY)) {
        return following.len() >= 2 * text.len();
    }
    closed && is_longer(following, 60) && following.len() * 10 >= text.len() * 11 && shares_words(text, following)
}

/// Reports whether two or more long words of `text` come again in `following`, in whatever form.
fn shares_words(text: &str, following: &str) -> bool {
    let following = beginning(following, COMPARED).to_lowercase();
    let text = text.to_lowercase();
    let long = |word: &&str| word.chars().count() >= STEM;
    let shared = |word: &&str| {
        let end = word.char_indices().nth(STEM).map_or(word.len(), |(at, _)| at);
        word.get(..end).is_some_and(|stem| following.contains(stem))
    };
    text.split(|letter: char| !letter.is_alphanumeric()).filter(long).filter(shared).take(2).count() == 2
}

/// Reports whether the last word of a name comes again in `following`.
fn is_named_in(name: &str, following: &str) -> bool {
    let name = name.split(',').next().unwrap_or_default();
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let stem = last.char_indices().nth(STEM).map_or(last, |(at, _)| last.get(..at).unwrap_or(last));
    beginning(following, COMPARED / 2).contains(stem)
}

/// Reports whether `text` heads a part whose first heading is at `next`.
fn heads_heading(page: &Page<'_>, text: &str, next: usize) -> bool {
    let lower = page.text(next);
    words(text) <= UPPER
        && page.role(next) == Role::Paragraph
        && !is_closed(lower)
        && shape(lower, page.language) == Some(Shape::Usual)
        && following(page, next).is_some_and(|last| bears(page, lower, last) || heads_list(page, lower, last))
}

#[cfg(test)]
mod tests {
    use crate::formats::{Input, read};
    use crate::model::BlockKind;

    const LONG: [&str; 3] = [
        "Kaupunki rakentaa uuden sillan joen yli, ja työt alkavat heti jäiden lähdettyä. Silta palvelee jalankulkijoita ja pyöräilijöitä, ja sen alta pääsee myös veneellä.",
        "Kommunen bygger en ny bro över ån, och arbetet börjar så snart isen har gått. Bron är till för gående och cyklister, och båtar kan passera under den hela sommaren.",
        "The council builds a new bridge across the river, and work starts as soon as the ice has gone. The bridge is for walkers and cyclists, and boats can pass under it.",
    ];

    /// Returns the headings of a text whose paragraphs follow a title, a stamp and an opening paragraph.
    fn headings(language: usize, paragraphs: &[&str]) -> Vec<String> {
        let head = [
            "Uusi silta rakennetaan joen yli\n\nJulkaistu 1.2.2031\n\nSilta valmistuu ensi syksynä, kertoo kaupunki.",
            "Ny bro byggs över ån i kommunen\n\nPublicerad 1 februari 2031\n\nBron blir klar nästa höst, berättar kommunen.",
            "New bridge to be built across the river\n\nPublished 1 February 2031\n\nIt will be ready next autumn, the council says.",
        ];
        found(&format!("{}\n\n{}", head[language], paragraphs.join("\n\n")))
    }

    fn found(text: &str) -> Vec<String> {
        let found = read(&Input::new("a.txt", text.as_bytes())).announcements.remove(0);
        let headings = found.document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading { .. }));
        headings.map(|block| block.text.to_string()).collect()
    }

    #[test]
    fn links_head_nothing_and_headings_follow_them() {
        for (language, link, heading) in [
            (0, "Tiedote: Vanha silta puretaan", "Uuden sillan valaistus"),
            (0, "Siltaselvitys 2030 (pdf, 2 Mt)", "Liikenne rakentamisen aikana"),
            (0, "HE 12/2031 vp siltalaiksi", "Rahoitus"),
            (1, "Pressmeddelande: Gamla bron rivs", "Belysning på bron"),
            (1, "SOU 2031:67 Broar för alla", "Trafiken under bygget"),
            (1, "Läs hela utredningen om bron", "Kostnader"),
            (2, "Press release: Old bridge comes down", "Lights on the bridge"),
            (2, "Bridge plan (PDF, 1.2 MB)", "Traffic during the works"),
            (2, "Read the full bridge report", "Costs"),
        ] {
            assert_eq!(headings(language, &[LONG[language], link, heading, LONG[language]]), [heading], "{link}");
            assert!(headings(language, &[LONG[language], link, LONG[language]]).is_empty(), "{link}");
        }
    }

    #[test]
    fn headings_first_under_a_stamp_above_each_other_and_above_one_item() {
        for (title, stamp, first, upper, lower, language) in [
            (
                "Siltamuutoksia",
                "Julkaistu 9.3.2031",
                "Silta suljetaan huollon ajaksi",
                "Muut työt",
                "Kaiteet maalataan",
                0,
            ),
            (
                "Broändringar",
                "Publicerad 9 mars 2031",
                "Ändring i förordningen om broar",
                "Andra arbeten",
                "Räcken målas om",
                1,
            ),
            (
                "Bridge changes",
                "Published 9 March 2031",
                "Changes to the bridge order",
                "Other works",
                "Railings get new paint",
                2,
            ),
        ] {
            let text = LONG[language];
            let page = format!("{title}\n\n{stamp}\n\n{first}\n\n{text}\n\n{upper}\n\n{lower}\n\n{text}");
            assert_eq!(found(&page), [first, upper, lower]);
            // Without a stamp between the line may be a lead.
            assert!(found(&format!("{title}\n\n{first}\n\n{text}\n\n{text}")).is_empty(), "{first}");
        }
        for (language, heading, item) in [
            (0, "Kevään avajaiset", "- Sillan vihkiäiset 12. toukokuuta"),
            (1, "Vårens invigning", "- Bron invigs den 12 maj"),
            (2, "Opening in spring", "- The bridge opens on 12 May"),
        ] {
            assert_eq!(headings(language, &[LONG[language], heading, item, LONG[language]]), [heading]);
        }
    }

    #[test]
    fn usual_names_of_parts_and_labels_without_contacts() {
        for (language, heading, below) in [
            (0, "Viitteet", "siltasäännön 4 § kulkuluvista"),
            (
                0,
                "Lisätietoja",
                "Siltasääntö on nähtävillä kaupungintalolla koko kevään ajan ja kirjastossa kesään asti.",
            ),
            (0, "Taustaa:", LONG[0]),
            (1, "Referenser", "förordningen (2027:14) om broavgifter"),
            (1, "Mer information", "Förordningen om bron blir offentlig när den kommer ut från trycket i maj månad."),
            (1, "Bakgrund:", LONG[1]),
            (2, "References", "bridge order (2029/14)"),
            (
                2,
                "Further information",
                "The bridge order is on display in the town hall until the end of the spring season.",
            ),
            (2, "Background:", LONG[2]),
        ] {
            assert_eq!(headings(language, &[LONG[language], heading, below, LONG[language]]), [heading], "{heading}");
        }
        for (language, heading) in [(0, "Taustaa:"), (1, "Bakgrund:"), (2, "Notes to editors:")] {
            let items = ["- Silta 1931, ny bro 1962, third bridge 2031.", "- Vuonna 1962, år 1962, in 1962."];
            let found = headings(language, &[LONG[language], heading, items[0], items[1]]);
            assert_eq!(found, [heading]);
        }
        let labelled = headings(0, &[LONG[0], "Lisätietoja", "Siltainsinööri Anna Aho, puh. 050 000 0000"]);
        assert!(labelled.is_empty(), "{labelled:?}");
    }

    #[test]
    fn beginnings_of_sentences_are_no_headings() {
        for (language, stem, items) in [
            (0, "Ehdotuksen mukaan seuraavat", ["- kaiteet uusitaan,", "- valot vaihdetaan."]),
            (0, "Sillan rakentajan tehtävänä on", ["- valvoa työtä,", "- raportoida viikoittain."]),
            (0, "Kaupunki voi", ["- sulkea sillan,", "- avata kiertotien."]),
            (1, "Utredaren ska bland annat", ["- föreslå nya räcken,", "- analysera kostnaden."]),
            (1, "Förslagen innebär att", ["- bron blir bredare,", "- gångvägen flyttas."]),
            (1, "I uppdraget ingår", ["- mätning av trafiken,", "- kontroll av pelarna."]),
            (2, "The council will", ["- paint the railings,", "- change the lamps."]),
            (2, "The plans include", ["- wider paths,", "- new benches."]),
            (2, "Measures in the bridge bill that", ["- cut the toll,", "- help islanders."]),
        ] {
            let [one, two] = items;
            let found = headings(language, &[LONG[language], stem, one, two, LONG[language]]);
            assert!(found.is_empty(), "{found:?}");
        }
        for line in ["Dr Walker said", "Mayor Anna Smith added:", "The minister continued"] {
            assert!(headings(2, &[LONG[2], line, LONG[2]]).is_empty(), "{line}");
        }
    }

    #[test]
    fn names_head_only_texts_about_them() {
        for (language, name, text) in [
            (
                0,
                "Anna Ahonen",
                "Siltainsinööri Anna Ahonen on rakentanut siltoja kolmekymmentä vuotta, ja tämä on hänen viimeinen työnsä ennen eläkettä. Ensimmäinen silta valmistui Lapinjoelle, ja siitä hän kertoo mielellään.",
            ),
            (
                1,
                "Erik Brolin",
                "Broingenjören Erik Brolin har byggt broar i trettio år, och den här är hans sista arbete före pensionen. Den första stod klar över Lappån, och om den berättar han gärna för alla som vill höra.",
            ),
        ] {
            assert_eq!(headings(language, &[LONG[language], name, text]), [name]);
            assert!(headings(language, &[LONG[language], name, LONG[language]]).is_empty(), "{name}");
        }
    }
}
