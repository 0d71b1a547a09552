//! Makes announcements of alerts in the Common Alerting Protocol (OASIS CAP 1.1 and 1.2): one for each language.

use std::collections::HashMap;

use super::alert_words::{AREA, EVENT, EXPIRED, EXPIRES, FACTS, KINDS, MESSAGE, STATUS, WHEN, value};
use super::arrival::{Setting, arrive};
use super::elements::{Content, Element};
use super::names::Vocabulary;
use super::reading::{Alert, AlertKind, AlertName, FeedItem, Keys};
use crate::calendar::{FeedDate, read_feed_date};
use crate::formats::{Draft, html};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::{Clean, Language};

/// Most alerts that one alert can refer to.
const MOST_REFERENCES: usize = 100;
/// Most fields read of an alert beside its `info`, and of an item in which they stand.
const MOST_FIELDS: usize = 200;

/// Returns an item for each `info` of the alert; `entry` is what the item of a feed that carries it is known by.
pub(super) fn items(alert: &Element, entry: Option<&Keys>, setting: &Setting<'_>) -> Vec<FeedItem> {
    let infos: Vec<&Element> = alert.children().filter(|child| &*child.name == "info").collect();
    // What an alert says of itself is looked for once for each of them.
    let says = |content: &&Content| matches!(content, Content::Element(child) if &*child.name != "info");
    let head = alert.content.iter().filter(says).take(MOST_FIELDS).cloned().collect();
    let alert = &Element { content: head, ..Element::default() };
    let empty = Element::default();
    let nothing = [&empty];
    // A cancel may say nothing but what it withdraws.
    let versions = if infos.is_empty() { nothing.as_slice() } else { infos.as_slice() };
    // How many came before in the same language.
    let mut before: HashMap<Option<String>, usize> = HashMap::new();
    let mut count = |info: &Element| {
        let known = before.entry(text(info, "language")).or_default();
        *known += 1;
        *known - 1
    };
    versions.iter().map(|info| item(alert, info, (count(info), versions.len()), entry, setting)).collect()
}

/// Returns the item of an `info`, of which `before` others are in the same language; `all` are in the alert.
fn item(
    alert: &Element,
    info: &Element,
    (before, all): (usize, usize),
    entry: Option<&Keys>,
    setting: &Setting<'_>,
) -> FeedItem {
    let told = told(alert, info, setting);
    let tag = text(info, "language");
    let language = tag.as_deref().and_then(Language::from_tag).unwrap_or(Language::English);
    let title = text(info, "headline").unwrap_or_else(|| named(alert, info, language));
    let mut draft = Draft { title: Clean::line(&title), ..Draft::default() };
    let sent = read_feed_date(&told.name.sent, setting.zone);
    draft.published = sent.map(|date| Dated { value: date.shown, origin: Origin::Field });
    draft.source = text(info, "sendername").or_else(|| text(alert, "sender")).map(|sender| Clean::line(&sender));
    let web = text(info, "web").and_then(|web| html::resolved(&web, setting.base));
    let address = entry.and_then(|keys| keys.link.clone()).or(web);
    draft.address = address.as_deref().map(Clean::line);
    // The language versions of an alert share its identifier; a second one in a language is another announcement.
    let identifier = &told.name.identifier;
    if !identifier.is_empty() {
        draft.group =
            Some(Clean::line(&if before == 0 { identifier.clone() } else { format!("{identifier} {before}") }));
    }
    draft.declare_language(tag.as_deref().unwrap_or("en-US"));
    draft.tags = info
        .children()
        .filter(|child| &*child.name == "category")
        .take(20)
        .map(|child| Clean::line(value(child.text().trim(), language)))
        .collect();
    draft.document.blocks = blocks(alert, info, &told, language, setting);
    draft.mark_lead();
    arrive(sent, Some(told.name.sent.as_str()).filter(|text| !text.is_empty()), setting, &mut draft);
    let guid =
        entry.and_then(|keys| keys.guid.clone()).or_else(|| Some(identifier.clone()).filter(|id| !id.is_empty()));
    let versions = [tag.clone(), (before > 0).then(|| before.to_string())].into_iter().flatten();
    let guid = guid.map(|guid| match all {
        0 | 1 => guid,
        _ => versions.fold(guid, |guid, version| format!("{guid} {version}")),
    });
    FeedItem {
        keys: Keys { guid, permalink: false, link: address.filter(|_| all < 2) },
        author: None,
        published: sent.map(|date| date.second),
        modified: None,
        alert: Some(told),
        announcement: draft.finish(setting.provenance),
    }
}

/// Returns the fields of an alert that stand in an item without an alert around them, as an alert; `None` where they say
/// nothing that is told.
pub(super) fn bare(item: &Element) -> Option<Element> {
    const TELLING: [&str; 6] = ["event", "severity", "urgency", "certainty", "areadesc", "expires"];
    let fields = item.children().filter(|child| child.vocabulary == Vocabulary::Alert && &*child.name != "alert");
    let renamed = |field: &Element| {
        let mut field = field.clone();
        if &*field.name == "message_type" {
            field.name = "msgtype".into();
        }
        Content::Element(field)
    };
    let fields = Element { content: fields.take(MOST_FIELDS).map(renamed).collect(), ..Element::default() };
    TELLING.iter().any(|name| text(&fields, name).is_some()).then_some(fields)
}

/// Adds what the fields of an alert say to the announcement of the item in which they stand.
pub(super) fn tell(fields: &Element, setting: &Setting<'_>, draft: &mut Draft) {
    let told = told(fields, fields, setting);
    let language = draft.language.unwrap_or(Language::English);
    if draft.title.is_empty() {
        let title = text(fields, "headline").unwrap_or_else(|| named(fields, fields, language));
        draft.title = Clean::line(&title);
    }
    draft.document.blocks.extend(blocks(fields, fields, &told, language, setting));
}

/// Returns what an alert says of itself and of others.
fn told(alert: &Element, info: &Element, setting: &Setting<'_>) -> Alert {
    let value = |name: &str| text(alert, name).unwrap_or_default();
    let kind = match value("msgtype").to_ascii_lowercase().as_str() {
        "" | "alert" => AlertKind::Alert,
        "update" => AlertKind::Update,
        "cancel" => AlertKind::Cancel,
        _ => AlertKind::Other,
    };
    let expires = date(info, "expires", setting).map(|date| date.second);
    let arrival = setting.arrival.map(|arrival| arrival.seconds);
    let status = value("status");
    Alert {
        name: AlertName { sender: value("sender"), identifier: value("identifier"), sent: value("sent") },
        kind,
        references: references(&value("references")),
        expires,
        expired: expires.zip(arrival).is_some_and(|(expires, arrival)| expires < arrival),
        actual: status.is_empty() || status.eq_ignore_ascii_case("actual"),
    }
}

/// Reads the names of alerts as `references` holds them: `sender,identifier,sent`, with blanks between.
fn references(text: &str) -> Vec<AlertName> {
    let name = |text: &str| {
        let (sender, rest) = text.split_once(',')?;
        let (identifier, sent) = rest.rsplit_once(',')?;
        Some(AlertName { sender: sender.to_owned(), identifier: identifier.to_owned(), sent: sent.to_owned() })
    };
    text.split_whitespace().filter_map(name).take(MOST_REFERENCES).collect()
}

fn text(element: &Element, name: &str) -> Option<String> {
    let found = element.children().find(|child| *child.name == *name)?;
    Some(found.text().trim().to_owned()).filter(|text| !text.is_empty())
}

fn date(info: &Element, name: &str, setting: &Setting<'_>) -> Option<FeedDate> {
    read_feed_date(&text(info, name)?, setting.zone)
}

/// Returns the event and its areas, which name an alert without a headline.
fn named(alert: &Element, info: &Element, language: Language) -> String {
    let event = text(info, "event").unwrap_or_default();
    let areas = areas(info).join(", ");
    match (event.is_empty(), areas.is_empty()) {
        (false, false) => format!("{event}: {areas}"),
        (false, true) => event,
        (true, false) => areas,
        (true, true) => {
            let kind = text(alert, "msgtype").unwrap_or_default();
            let said = text(alert, "note").unwrap_or_else(|| value(&kind, language).to_owned());
            if said.is_empty() { text(alert, "identifier").unwrap_or_default() } else { said }
        }
    }
}

fn areas(info: &Element) -> Vec<String> {
    let area = |child: &Element| match &*child.name {
        "area" => text(child, "areadesc"),
        // Without the element round it, in the fields of an item.
        "areadesc" => Some(child.text().trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    };
    info.children().filter_map(area).collect()
}

/// Returns the text of the alert, then how grave, urgent and certain it is, when it holds and where.
fn blocks(alert: &Element, info: &Element, told: &Alert, language: Language, setting: &Setting<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for name in ["description", "instruction"] {
        let said = text(info, name).unwrap_or_default().replace("\r\n", "\n");
        let paragraphs = said.split("\n\n").map(|paragraph| Block::plain(BlockKind::Paragraph, paragraph));
        blocks.extend(paragraphs.filter(|block| !block.text.is_empty()));
    }
    if told.kind != AlertKind::Alert && blocks.is_empty() {
        blocks.extend(text(alert, "note").map(|note| Block::plain(BlockKind::Paragraph, &note)));
    }
    blocks.extend(facts(alert, info, told, language, setting));
    blocks.extend(text(info, "contact").map(|contact| Block::plain(BlockKind::Contact, &contact)));
    blocks
}

/// Returns how grave, urgent and certain an alert is, when it holds and where, a line for each.
fn facts(alert: &Element, info: &Element, told: &Alert, language: Language, setting: &Setting<'_>) -> Option<Block> {
    let mut facts: Vec<String> = Vec::new();
    let mut tell = |label: [&'static str; 3], text: &str| facts.push(format!("{}: {text}", said(label, language)));
    if let Some(event) = text(info, "event") {
        tell(EVENT, &event);
    }
    for (name, label) in FACTS {
        if let Some(stated) = text(info, name) {
            tell(label, value(&stated, language));
        }
    }
    for (name, label) in WHEN {
        if let Some(stated) = date(info, name, setting) {
            tell(label, &stated.shown.format(language));
        }
    }
    if let Some(end) = date(info, "expires", setting) {
        tell(if told.expired { EXPIRED } else { EXPIRES }, &end.shown.format(language));
    }
    let areas = areas(info);
    if !areas.is_empty() {
        tell(AREA, &areas.join(", "));
    }
    if told.kind != AlertKind::Alert {
        let kind = text(alert, "msgtype").unwrap_or_default();
        let known = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&kind));
        tell(MESSAGE, known.map_or(kind.as_str(), |(_, words)| said(*words, language)));
    }
    if let Some(status) = text(alert, "status").filter(|_| !told.actual) {
        tell(STATUS, value(&status, language));
    }
    (!facts.is_empty()).then(|| Block::plain(BlockKind::Preformatted, &facts.join("\n")))
}

/// Returns the words of a label in a language.
const fn said([finnish, swedish, english]: [&'static str; 3], language: Language) -> &'static str {
    match language {
        Language::Finnish => finnish,
        Language::Swedish => swedish,
        Language::English => english,
    }
}
