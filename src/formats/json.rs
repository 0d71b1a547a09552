//! JSON: what `show --json` writes, one object or one a line, and the items of common feeds.

mod item;

use super::draft::Draft;
use super::flow::Flow;
use super::loose::{Several, Value};
use super::{Reading, Source, dress, feed, html};
use crate::calendar::{Zone, read_date};
use crate::model::{
    Block, BlockBuilder, BlockKind, Counting, Dated, Document, Id, Link, Marker, Note, Origin, Speaker, Style, Table,
};
use crate::text::{Clean, Language};
use item::{Item, Part, When};

/// Most announcements read from one file.
const MOST: usize = 10_000;

/// Reports whether a text without a telling name is JSON.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inner = text.strip_prefix('[').map_or(text, str::trim_start);
    inner.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with('"'))
}

/// Reads a JSON file.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    if feed::json::is_feed(source.text) {
        let Source { partial, zone, provenance, .. } = *source;
        let setting = feed::Setting { base: None, arrival: None, zone, partial, provenance };
        let reading = feed::json::read(source.text, &setting);
        // Items that say nothing in its words may do so in others.
        if reading.stated > 0 && reading.items.len() == reading.stated {
            return Reading::from(reading);
        }
    }
    let mut reading = Reading::default();
    match serde_json::from_str::<Several<Item>>(source.text) {
        Ok(Several(items)) => gather(items, source, &mut reading, 0),
        Err(error) => {
            let broken = lines(source, &mut reading);
            if reading.announcements.is_empty() {
                return as_text(source, &format!("The file is not valid JSON, so it is shown as it is: {error}."));
            }
            // The last line of a first part is cut as a matter of course.
            if broken > usize::from(source.partial) {
                reading.notes.push(Note::new(&format!("Lines that are not valid JSON and were left out: {broken}.")));
            }
        }
    }
    if reading.announcements.is_empty() {
        return as_text(source, "The JSON holds no announcement that is known here, so it is shown as it is.");
    }
    reading
}

/// Reads one object a line; returns how many lines were none.
fn lines(source: &Source<'_>, reading: &mut Reading) -> usize {
    let mut broken = 0;
    for line in source.text.lines().filter(|line| !line.trim().is_empty()) {
        match serde_json::from_str::<Several<Item>>(line) {
            Ok(Several(items)) => gather(items, source, reading, 0),
            Err(_) => broken += 1,
        }
    }
    broken
}

fn as_text(source: &Source<'_>, why: &str) -> Reading {
    let mut draft = Draft::default();
    draft.note(why);
    draft.document.blocks.push(Block::plain(BlockKind::Preformatted, source.text));
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

fn gather(items: Vec<Item>, source: &Source<'_>, reading: &mut Reading, depth: usize) {
    for mut item in items {
        let inner = std::mem::take(&mut item.items).0;
        if !inner.is_empty() && depth < 8 {
            gather(inner, source, reading, depth + 1);
        } else if reading.announcements.len() >= MOST {
            let note = Note::new("The file holds more than 10,000 announcements: the rest is left out.");
            if !reading.notes.contains(&note) {
                reading.notes.push(note);
            }
            return;
        } else if let Some(draft) = draft(&item, source) {
            reading.announcements.push(draft.finish(source.provenance));
        }
    }
}

fn draft(item: &Item, source: &Source<'_>) -> Option<Draft> {
    let mut draft =
        Draft { document: Document { blocks: parts(&item.blocks.0), links: Vec::new() }, ..Draft::default() };
    draft.translation = item.translation.text() == Some("true");
    // What `show --json` writes has its blocks and no markup; what feeds write often has.
    let marked_up = item.blocks.0.is_empty();
    let line = |value: &Value| value.line().map(|line| if marked_up { unmarked(line) } else { line });
    let first = |values: &[&Value]| values.iter().find_map(|value| line(value));
    draft.title = first(&[&item.title, &item.headline, &item.name]).unwrap_or_default();
    draft.section = first(&[&item.section, &item.category]);
    draft.source = first(&[&item.source, &item.publisher, &item.author]);
    draft.address = first(&[&item.address, &item.url, &item.link]);
    if let Some(tag) = first(&[&item.language, &item.lang]) {
        draft.declare_language(&tag);
    }
    draft.published = date(&[&item.published, &item.date_published, &item.date], source.zone);
    draft.modified = date(&[&item.modified, &item.date_modified], source.zone);
    draft.tags = [&item.tags, &item.keywords].into_iter().find_map(Value::list).unwrap_or_default();
    if let Some(id) = item.id.text().and_then(|id| id.parse::<Id>().ok()) {
        draft.known = Some((id, item.group.text().and_then(|group| group.parse().ok()).unwrap_or(id)));
    }
    let lead = first(&[&item.lead, &item.summary, &item.description]);
    if draft.document.blocks.is_empty() {
        let bodies = [&item.content_html, &item.content, &item.html, &item.body, &item.text];
        if let Some(body) = bodies.iter().find_map(|value| value.text()) {
            write_body(body, source, &mut draft);
            if lead.is_none() {
                draft.mark_lead();
            }
        }
        if let Some(lead) = &lead
            && !draft.document.blocks.iter().any(|block| block.text == *lead)
        {
            draft.document.blocks.insert(0, Block::plain(BlockKind::Paragraph, lead));
        }
    } else if let Value::List(links) = &item.links {
        draft.document.links = links.iter().map(|link| Link { address: Clean::line(link) }).collect();
    }
    if let Value::List(notes) = &item.notes {
        draft.notes.extend(notes.iter().map(|note| Note::new(note)));
    }
    mark_stated_lead(&mut draft.document, lead.as_ref());
    (!draft.title.is_empty() || !draft.document.blocks.is_empty()).then_some(draft)
}

/// Returns a line without the tags and character references of HTML in it.
fn unmarked(line: Clean) -> Clean {
    let tagged = line.contains("</") || line.contains("/>") || line.contains("<br");
    let referring = line.contains('&') && line.contains(';');
    if !(tagged || referring) {
        return line;
    }
    let mut flow = Flow::default();
    html::fragment(&line, None, &mut flow);
    let texts: Vec<String> = flow.finish().0.blocks.iter().map(|block| block.text.to_string()).collect();
    Clean::line(&texts.join(" "))
}

fn mark_stated_lead(document: &mut Document, lead: Option<&Clean>) {
    let found = document.blocks.iter_mut().find(|block| block.kind == BlockKind::Paragraph);
    if let (Some(lead), Some(block)) = (lead, found)
        && block.text == *lead
    {
        block.kind = BlockKind::Lead;
    }
}

/// Writes a body that is HTML or plain text.
fn write_body(body: &str, source: &Source<'_>, draft: &mut Draft) {
    if body.contains("</") || body.contains("<p") || body.contains("<br") {
        let mut flow = Flow::default();
        html::fragment(body, None, &mut flow);
        draft.document = flow.finish().0;
        dress::dress(draft, false);
    } else {
        super::text_into(body, source.partial, draft);
    }
}

fn date(values: &[&When], zone: &Zone) -> Option<Dated> {
    values.iter().find_map(|when| {
        let value = read_date(when.value.text()?, zone)?;
        Some(Dated { value, origin: when.origin.unwrap_or(Origin::Field) })
    })
}

fn parts(parts: &[Part]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in parts {
        let start = blocks.len();
        let text = part.text.text().unwrap_or_default();
        let number = |value: &Value| value.text().and_then(|number| number.parse::<u8>().ok());
        match part.kind.text().unwrap_or("paragraph") {
            "heading" => {
                let level = number(&part.level).unwrap_or(2).clamp(1, 6);
                blocks.push(Block::plain(BlockKind::Heading { level }, text));
            }
            "quote" => blocks.push(quote(text, part.speaker.text())),
            "list" => list(part, text, &mut blocks),
            "table" if !part.rows.0.is_empty() => blocks.push(table(&part.rows.0, part.header.text() == Some("true"))),
            "preformatted" | "table" => blocks.push(Block::plain(BlockKind::Preformatted, text)),
            "contact" => blocks.push(Block::plain(BlockKind::Contact, text)),
            "rule" => blocks.push(Block::plain(BlockKind::Rule, "")),
            "furniture" => blocks.push(Block::plain(BlockKind::Boilerplate, text)),
            _ => blocks.push(Block::plain(BlockKind::Paragraph, text)),
        }
        let quoted = number(&part.quoted).unwrap_or(0).min(8);
        let language = part.language.text().and_then(Language::from_tag);
        for block in blocks.iter_mut().skip(start) {
            (block.quoted, block.language) = (quoted, language);
        }
    }
    blocks.retain(|block| !block.text.is_empty() || block.kind == BlockKind::Rule);
    blocks
}

fn quote(text: &str, speaker: Option<&str>) -> Block {
    let mut block = Block::plain(BlockKind::Quote { speaker: None }, text);
    let speaker = speaker.map(Clean::line).filter(|speaker| !speaker.is_empty());
    // A name is told after the words it is told with, so that the last mention is the one.
    let speaker = speaker.map(|speaker| match block.text.rfind(speaker.as_str()) {
        Some(at) => Speaker::Within(at..at + speaker.len()),
        None => Speaker::Before(speaker),
    });
    block.kind = BlockKind::Quote { speaker };
    block
}

fn list(part: &Part, text: &str, blocks: &mut Vec<Block>) {
    let items: Vec<String> = match &part.items {
        Value::List(items) => items.clone(),
        _ => text.lines().map(str::to_owned).collect(),
    };
    let markers = if let Value::List(markers) = &part.markers { markers.as_slice() } else { &[] };
    // The last letter or numeral of each level: "i." goes on from "h.", or begins.
    let mut before = [None; 9];
    for (number, item) in items.iter().enumerate() {
        let marker = markers.get(number).map_or("-", String::as_str);
        let sign = marker.trim_start();
        let depth = u8::try_from((marker.len() - sign.len()) / 2).unwrap_or(8).min(8);
        let number = sign.strip_suffix('.').unwrap_or_default();
        let known = before.get(usize::from(depth)).copied().flatten();
        let counted = Counting::read(number, known);
        let marker = match (sign, number.parse(), counted) {
            (_, Ok(number), _) => Marker::Number(number),
            (_, _, Some((counting, number))) => Marker::Counted(counting, number),
            ("", ..) => Marker::Continuation,
            _ => Marker::Bullet,
        };
        if let Some(before) = before.get_mut(usize::from(depth)).filter(|_| marker != Marker::Continuation) {
            *before = counted;
        }
        blocks.push(Block::plain(BlockKind::Item { depth, marker }, item));
    }
}

fn table(rows: &[Vec<String>], header: bool) -> Block {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).clamp(1, 32);
    let mut builder = BlockBuilder::new(&BlockKind::Table(Table::default()));
    let (mut cells, mut at) = (Vec::new(), 0);
    for row in rows.iter().take(10_000) {
        for column in 0..columns {
            if !cells.is_empty() {
                at = builder.push("\n", Style::PLAIN, None).end;
            }
            let start = at;
            if let Some(cell) = row.get(column) {
                at = builder.push(&Clean::line(cell), Style::PLAIN, None).end;
            }
            cells.push(start..at);
        }
    }
    let mut block = builder.finish(BlockKind::Table(Table::default()));
    let length = block.text.len();
    for cell in &mut cells {
        *cell = cell.start.min(length)..cell.end.min(length);
    }
    block.kind = BlockKind::Table(Table { columns, header, cells, right: vec![false; columns] });
    block
}

#[cfg(test)]
mod tests;
