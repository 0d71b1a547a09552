//! The text of an announcement that is known in part, from the page that its feed leads to.

use std::collections::HashSet;

use super::embedded::{self, Embedded};
use super::letters::letters;
use super::{article, fragment, looks_like, nodes};
use crate::calendar::Zone;
use crate::formats::draft::Draft;
use crate::formats::flow::Flow;
use crate::formats::{dress, encoding, text_into};
use crate::model::{Announcement, Block, BlockKind, Document, Provenance};
use crate::text::Clean;

/// Shortest word that is compared, in characters.
const SHORTEST_WORD: usize = 4;
/// A text with fewer letters is none.
const NOTHING: usize = 40;
/// Most bytes read of a page.
const LONGEST: usize = 16 * 1024 * 1024;

/// A page that was fetched.
#[derive(Clone, Copy, Debug)]
pub struct FetchedPage<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// The `charset` that the answer's `Content-Type` states.
    pub charset: Option<&'a str>,
    /// The media type that it states, in lower case; empty where it states none.
    pub media: &'a str,
    /// The address that answered.
    pub address: &'a str,
    /// The reader's time zone.
    pub zone: &'a Zone,
}

/// Returns `announcement` with the text of its page; `None` where the page holds none that is the announcement's: one that
/// has the words of what is known of it, or is longer and has some of them.
#[must_use]
pub fn full_text(announcement: &Announcement, page: &FetchedPage<'_>) -> Option<Announcement> {
    let cut = page.bytes.len() > LONGEST;
    let decoded = encoding::decode_feed(page.bytes.get(..LONGEST).unwrap_or(page.bytes), page.charset, cut);
    let is_page = page.media.is_empty() || page.media.contains("html") || page.media.contains("xml");
    if !is_page && !looks_like(&decoded.text) {
        return None;
    }
    let apart = nodes::take_apart(&decoded.text);
    let texts = embedded::texts(&apart, &decoded.text);
    let mut shown = start(announcement);
    article(&apart, Some(page.address), page.zone, &mut shown);
    let known = Known::of(announcement);
    let data = texts.iter().filter_map(|text| written(announcement, text, page.address));
    let data = data.max_by_key(|(agrees, draft)| (*agrees, known.held(draft, ""), size(&draft.document)));
    let found = match data {
        Some((_, data)) if known.is_richer(&data, &shown) => data,
        _ => shown,
    };
    if !known.is_in(&found, &apart.title) {
        return None;
    }
    let provenance = Provenance { format: "HTML", encoding: decoded.encoding, packed: false };
    let found = found.finish(provenance);
    Some(Announcement {
        language: announcement.language.or(found.language),
        document: found.document,
        notes: found.notes,
        provenance: found.provenance,
        ..announcement.clone()
    })
}

/// Returns a draft that knows what is known of the announcement beside its text.
fn start(announcement: &Announcement) -> Draft {
    Draft {
        title: announcement.title.clone(),
        source: announcement.source.clone(),
        section: announcement.section.clone(),
        language: announcement.language,
        published: announcement.published,
        address: announcement.address.clone(),
        ..Draft::default()
    }
}

/// Writes a text that the page carries as data; returns whether its title is the announcement's as well.
fn written(announcement: &Announcement, text: &Embedded, address: &str) -> Option<(bool, Draft)> {
    let agrees = letters(&text.title) == letters(&announcement.title) && !text.title.is_empty();
    let mut draft = start(announcement);
    if text.body.contains("</") || text.body.contains("<br") || text.body.contains("<p>") {
        let mut flow = Flow::default();
        fragment(&text.body, Some(address), &mut flow);
        draft.document = flow.finish().0;
        draft.take_title();
        draft.promote_bold();
        dress::dress(&mut draft, true);
    } else {
        text_into(&text.body, false, &mut draft);
    }
    let lead = Clean::line(&nodes::plain_text(&text.lead));
    let whole: String = draft.document.blocks.iter().map(|block| letters(&block.text)).collect();
    if !lead.is_empty() && !whole.contains(&letters(&lead)) {
        draft.document.blocks.insert(0, Block::plain(BlockKind::Lead, &lead));
    }
    draft.mark_lead();
    (size(&draft.document) > 0).then_some((agrees, draft))
}

/// Returns how many letters and digits a text has beside boilerplate.
fn size(document: &Document) -> usize {
    shown(document).map(|block| block.text.chars().filter(|letter| letter.is_alphanumeric()).count()).sum()
}

fn shown(document: &Document) -> impl Iterator<Item = &Block> {
    document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| word.chars().count() >= SHORTEST_WORD)
}

/// What is known of an announcement before its page is read.
struct Known {
    /// The words of its title and its text.
    words: HashSet<String>,
    /// How many letters its text has.
    size: usize,
}

impl Known {
    fn of(announcement: &Announcement) -> Self {
        let text = shown(&announcement.document).flat_map(|block| words(&block.text));
        Self { words: text.chain(words(&announcement.title)).collect(), size: size(&announcement.document) }
    }

    /// Returns how many of a hundred words are in a text, or in the title of its page.
    fn held(&self, draft: &Draft, title: &str) -> usize {
        let text: HashSet<String> =
            shown(&draft.document).flat_map(|block| words(&block.text)).chain(words(title)).collect();
        let held = self.words.iter().filter(|word| text.contains(*word)).count();
        held * 100 / self.words.len().max(1)
    }

    /// Reports whether the data of a page says more of the announcement than the page shows, as where scripts draw it.
    fn is_richer(&self, data: &Draft, shown: &Draft) -> bool {
        let (told, seen) = (self.held(data, ""), self.held(shown, ""));
        told > seen + 20 || told + 10 >= seen && size(&shown.document) * 5 < size(&data.document) * 4
    }

    /// Reports whether a text is that of the announcement.
    fn is_in(&self, draft: &Draft, title: &str) -> bool {
        let size = size(&draft.document);
        if size < NOTHING {
            return false;
        }
        let held = self.held(draft, title);
        self.words.is_empty() || size > self.size && held >= 34 || held >= 75 && size * 4 >= self.size * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::UTC;
    use crate::formats::{Input, read};

    /// The announcement as its feed has it.
    fn known(summary: &str) -> Announcement {
        let html = format!("<html><body><h1>Silta suljetaan maanantaina</h1><p>{summary}</p></body></html>");
        let mut known = read(&Input::new("a.html", html.as_bytes())).announcements.remove(0);
        known.title = Clean::line("Silta suljetaan maanantaina");
        known.document.blocks = vec![Block::plain(BlockKind::Paragraph, summary)];
        known.document.blocks.retain(|block| !block.text.is_empty());
        known
    }

    fn text_of(announcement: &Announcement, html: &str) -> Option<String> {
        let address = "https://kunta.example.fi/tiedotteet/silta";
        let page = FetchedPage { bytes: html.as_bytes(), charset: None, media: "text/html", address, zone: &UTC };
        let full = full_text(announcement, &page)?;
        assert_eq!((full.id, full.group, &full.title), (announcement.id, announcement.group, &announcement.title));
        Some(shown(&full.document).map(|block| block.text.to_string()).collect::<Vec<_>>().join("\n"))
    }

    const SUMMARY: &str = "Vanha silta suljetaan liikenteeltä kahdeksi viikoksi.";
    const REST: &str = "<p>Kiertotie kulkee Rantatien kautta, ja bussit ajavat sitä pitkin koko työn ajan. Jalankulkijat \
        pääsevät kulkemaan työmaan ohi.</p><p>Kansi uusitaan kokonaan, ja kaiteet maalataan. Työn tekee kunnan oma \
        rakennusryhmä, joka aloittaa aamulla kello seitsemän.</p>";

    fn page(article: &str) -> String {
        format!(
            "<html lang=fi><head><title>Silta suljetaan maanantaina | Kunta</title></head><body><nav><a href=/>Etusivu</a> \
             <a href=/a>Palvelut</a></nav><main><article><h1>Silta suljetaan maanantaina</h1>{article}</article></main>\
             <footer>Kunta, PL 1, 00001 Kunta</footer></body></html>"
        )
    }

    #[test]
    fn the_article_of_the_page_takes_the_place_of_the_summary() {
        let full = text_of(&known(SUMMARY), &page(&format!("<p>{SUMMARY}</p>{REST}"))).unwrap();
        assert!(full.starts_with(SUMMARY) && full.contains("kello seitsemän"), "{full}");
        assert!(!full.contains("Palvelut") && !full.contains("Silta suljetaan maanantaina"), "{full}");
        // A feed of titles alone gets its text, too.
        assert!(text_of(&known(""), &page(&format!("<p>{SUMMARY}</p>{REST}"))).unwrap().contains("Rantatien"));
    }

    #[test]
    fn links_start_from_the_page() {
        let address = "https://kunta.example.fi/tiedotteet/silta";
        let html =
            page(&format!("<p>{SUMMARY}</p>{REST}<p>Lisää <a href='../kartta'>kartalla</a> ja paikan päällä.</p>"));
        let page = FetchedPage { bytes: html.as_bytes(), charset: None, media: "", address, zone: &UTC };
        let full = full_text(&known(SUMMARY), &page).unwrap();
        let block = full.document.blocks.iter().find(|block| block.text.contains("kartalla")).unwrap();
        let link = usize::from(block.marks[0].link.unwrap());
        assert_eq!(full.document.links[link].address.as_str(), "https://kunta.example.fi/kartta");
    }

    #[test]
    fn a_page_that_says_something_else_or_less_is_not_taken() {
        let wall = page(
            "<h2>Kirjaudu sisään</h2><p>Tunnus ja salasana tarvitaan, jotta sisältö näkyy. Unohtuiko salasana? Ota yhteyttä \
             asiakaspalveluun, joka auttaa arkisin kello kahdeksasta neljään. Tilauksen voi tehdä verkossa.</p>",
        )
        .replace("Silta suljetaan maanantaina", "Kirjautuminen");
        assert_eq!(text_of(&known(SUMMARY), &wall), None);
        let whole = known(&format!("{SUMMARY} {}", REST.replace("<p>", "").replace("</p>", " ")));
        assert_eq!(text_of(&whole, &page(&format!("<p>{SUMMARY}</p>"))), None);
        assert_eq!(text_of(&known(SUMMARY), ""), None);
        let address = "https://kunta.example.fi/silta.pdf";
        let bytes = page(REST);
        let pdf =
            FetchedPage { bytes: &bytes.as_bytes()[1..], charset: None, media: "application/pdf", address, zone: &UTC };
        assert_eq!(full_text(&known(SUMMARY), &pdf), None);
    }

    #[test]
    fn what_scripts_would_draw_is_read_from_the_data_of_the_page() {
        let body = format!("<p>{SUMMARY}</p>{REST}<h2>Lisätietoja</h2><p>Ritva Aho, p. 040 123 4567</p>");
        let state = serde_json::json!({
            "latest": [{"title": "Kirjasto avataan", "body": REST.repeat(3)}],
            "release": {"title": "Silta suljetaan maanantaina", "leadtext": "Työ alkaa kello seitsemän.", "body": body}
        });
        let html = format!(
            "<html><body><div id=root>Ladataan</div><script>window.__INITIAL_STATE__={state};</script></body></html>"
        );
        let full = text_of(&known(SUMMARY), &html).unwrap();
        assert!(full.starts_with("Työ alkaa kello seitsemän.\n") && full.contains("040 123 4567"), "{full}");
        let plain = format!("{SUMMARY}\n\n{}", REST.replace("<p>", "").replace("</p>", "\n\n"));
        let data = serde_json::json!({"@type": "NewsArticle", "headline": "Silta suljetaan maanantaina", "articleBody": plain});
        let html = format!(
            "<html><body><div id=root></div><script type='application/ld+json'>{data}</script><p>Ladataan sivua.</p></body></html>"
        );
        let full = text_of(&known(SUMMARY), &html).unwrap();
        assert!(full.contains("Rantatien") && full.lines().count() >= 3, "{full}");
        // What the page shows has the better form.
        let shown = page(&format!("<p>{SUMMARY}</p>{REST}<ul><li>Kaiteet maalataan keväällä</li></ul>"));
        let html = shown.replace("</body>", &format!("<script type='application/ld+json'>{data}</script></body>"));
        assert!(text_of(&known(SUMMARY), &html).unwrap().contains("Kaiteet maalataan keväällä"));
    }
}
