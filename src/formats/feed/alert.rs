//! Makes announcements of alerts in the Common Alerting Protocol (OASIS CAP 1.1 and 1.2): one for each language.

use super::elements::Element;
use crate::calendar::{Zone, read_date};
use crate::formats::Draft;
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::{Clean, Language};

/// What an alert states of the event, each with its label in Finnish, Swedish and English.
const LABELS: [(&str, [&str; 3]); 7] = [
    ("event", ["Tapahtuma", "Händelse", "Event"]),
    ("severity", ["Vakavuus", "Allvarlighet", "Severity"]),
    ("urgency", ["Kiireellisyys", "Brådska", "Urgency"]),
    ("certainty", ["Varmuus", "Säkerhet", "Certainty"]),
    ("effective", ["Voimassa alkaen", "Gäller från", "Effective"]),
    ("onset", ["Alkaa", "Börjar", "Onset"]),
    ("expires", ["Päättyy", "Upphör", "Expires"]),
];

/// Returns an announcement for each `info` of the alert.
pub fn drafts(alert: &Element, zone: &Zone) -> Vec<Draft> {
    let value = |name: &str| text(alert, name);
    let infos: Vec<&Element> = alert.children().filter(|child| child.name == "info").collect();
    let sent = value("sent").and_then(|sent| read_date(&sent, zone));
    let draft = |(number, info): (usize, &Element)| {
        let title = text(info, "headline").unwrap_or_else(|| named(info));
        let mut draft = Draft { title: Clean::line(&title), ..Draft::default() };
        draft.published = sent.map(|value| Dated { value, origin: Origin::Field });
        draft.source = text(info, "sendername").or_else(|| value("sender")).map(|sender| Clean::line(&sender));
        draft.address = text(info, "web").map(|web| Clean::line(&web));
        // The language versions of an alert share its identifier; a second one in a language is another announcement.
        if let Some(identifier) = value("identifier") {
            let language = text(info, "language");
            let same = |other: &&&Element| text(other, "language") == language;
            let before = infos.iter().take(number).filter(same).count();
            draft.group = Some(Clean::line(&if before == 0 { identifier } else { format!("{identifier} {before}") }));
        }
        draft.declare_language(&text(info, "language").unwrap_or_else(|| "en-US".to_owned()));
        draft.tags =
            info.children().filter(|child| child.name == "category").map(|child| Clean::line(&child.text())).collect();
        draft.document.blocks = blocks(alert, info);
        draft.mark_lead();
        draft
    };
    infos.iter().copied().enumerate().map(draft).collect()
}

fn text(element: &Element, name: &str) -> Option<String> {
    let found = element.children().find(|child| child.name == name)?;
    Some(found.text().trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns the event and its areas, which name an alert without a headline.
fn named(info: &Element) -> String {
    let event = text(info, "event").unwrap_or_default();
    let areas = areas(info).join(", ");
    if areas.is_empty() { event } else { format!("{event}: {areas}") }
}

fn areas(info: &Element) -> Vec<String> {
    info.children().filter(|child| child.name == "area").filter_map(|area| text(area, "areadesc")).collect()
}

/// Returns the text of the alert, then how grave, urgent and certain it is, when it holds and where.
fn blocks(alert: &Element, info: &Element) -> Vec<Block> {
    let mut blocks = Vec::new();
    for name in ["description", "instruction"] {
        let told = text(info, name).unwrap_or_default();
        let paragraphs = told.split("\n\n").map(|paragraph| Block::plain(BlockKind::Paragraph, paragraph));
        blocks.extend(paragraphs.filter(|block| !block.text.is_empty()));
    }
    let mut facts: Vec<String> = Vec::new();
    let language = text(info, "language").and_then(|tag| Language::from_tag(&tag)).unwrap_or(Language::English);
    let say = |labels: [&'static str; 3]| match language {
        Language::Finnish => labels[0],
        Language::Swedish => labels[1],
        Language::English => labels[2],
    };
    for (name, labels) in LABELS {
        facts.extend(text(info, name).map(|value| format!("{}: {value}", say(labels))));
    }
    let areas = areas(info);
    if !areas.is_empty() {
        facts.push(format!("{}: {}", say(["Alue", "Område", "Area"]), areas.join(", ")));
    }
    if let Some(kind) = text(alert, "msgtype").filter(|kind| !kind.eq_ignore_ascii_case("alert")) {
        facts.push(format!("{}: {kind}", say(["Viesti", "Meddelande", "Message"])));
    }
    if !facts.is_empty() {
        blocks.push(Block::plain(BlockKind::Preformatted, &facts.join("\n")));
    }
    blocks.extend(text(info, "contact").map(|contact| Block::plain(BlockKind::Contact, &contact)));
    blocks
}
