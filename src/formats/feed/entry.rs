//! What an item says in whichever vocabulary, and the announcement that is made of it.

use super::alert;
use super::arrival::{Setting, arrive};
use super::elements::Element;
use super::reading::{FeedItem, Keys};
use super::rich::Rich;
use crate::calendar::{FeedDate, Zone, read_feed_date};
use crate::formats::flow::Flow;
use crate::formats::{Draft, dress, html, text_into};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::Clean;

/// Most files shown with an item.
const MOST_FILES: usize = 20;
/// How many letters of a text are compared with its summary.
const COMPARED: usize = 2_000;

/// What an item says.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// Whether it says anything, be it nothing that is shown.
    pub stated: bool,
    pub title: Option<Rich>,
    pub keys: Keys,
    pub published: When,
    pub modified: When,
    pub source: Option<Clean>,
    pub author: Option<Clean>,
    pub tags: Vec<Clean>,
    pub language: Option<String>,
    pub body: Option<Rich>,
    pub summary: Option<Rich>,
    /// The address to which the links of its texts stand.
    pub base: Option<String>,
    /// The addresses of files that go with it, and the names they are given.
    pub files: Vec<(String, Option<Clean>)>,
    /// The fields of an alert that stand in the item itself.
    pub alert: Option<Element>,
}

/// A date as it is written, and as it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct When {
    pub read: Option<FeedDate>,
    /// What is written where a date should stand and is none.
    pub unread: Option<String>,
}

impl When {
    /// Reads the first of `texts` that is a date.
    pub fn first<'t>(texts: impl Iterator<Item = &'t str>, zone: &Zone) -> Self {
        let mut unread = None;
        for text in texts.map(str::trim).filter(|text| !text.is_empty()) {
            if let Some(read) = read_feed_date(text, zone) {
                return Self { read: Some(read), unread: None };
            }
            unread.get_or_insert_with(|| text.to_owned());
        }
        Self { read: None, unread }
    }
}

/// What the feed says for all of its items.
#[derive(Clone, Debug, Default)]
pub(super) struct Channel {
    pub source: Option<Clean>,
    pub language: Option<String>,
    /// What tells this feed from others: its page, else its title.
    pub place: String,
    /// The address to which links stand where nothing nearer is stated.
    pub base: Option<String>,
}

impl Entry {
    /// Returns the item, finished; `None` where it says nothing.
    pub fn finish(self, channel: &Channel, setting: &Setting<'_>) -> Option<FeedItem> {
        let mut draft = Draft { title: self.title.as_ref().map(Rich::line).unwrap_or_default(), ..Draft::default() };
        draft.address = self.keys.link.as_deref().map(Clean::line);
        set_identity(&self.keys, &channel.place, &mut draft);
        let field = |date: FeedDate| Dated { value: date.shown, origin: Origin::Field };
        let published = self.published.read.or(self.modified.read);
        draft.published = published.map(field);
        draft.modified = self.published.read.and(self.modified.read).map(field);
        draft.modified = draft.modified.filter(|modified| Some(*modified) != draft.published);
        draft.source = self.source.or_else(|| channel.source.clone()).or_else(|| self.author.clone());
        draft.tags = self.tags;
        if let Some(tag) = self.language.as_ref().or(channel.language.as_ref()) {
            draft.declare_language(tag);
        }
        let base = self.base.as_deref().or(channel.base.as_deref());
        write_texts(self.body, self.summary, base, setting.partial, &mut draft);
        if let Some(fields) = &self.alert {
            alert::tell(fields, setting, &mut draft);
        }
        attach(&self.files, &mut draft);
        if draft.title.is_empty() {
            draft.take_title();
        }
        if !self.stated && draft.title.is_empty() && draft.document.blocks.is_empty() && draft.address.is_none() {
            return None;
        }
        let unread = self.published.unread.filter(|_| published.is_none()).or(self.modified.unread);
        arrive(published, unread.as_deref(), setting, &mut draft);
        Some(FeedItem {
            keys: self.keys,
            author: self.author,
            published: published.map(|date| date.second),
            modified: self.modified.read.map(|date| date.second),
            alert: None,
            announcement: draft.finish(setting.provenance),
        })
    }
}

/// Sets what an item without an address is known by: its id, which counts within its feed unless it says otherwise.
fn set_identity(keys: &Keys, place: &str, draft: &mut Draft) {
    let Some(id) = keys.guid.as_deref().filter(|_| draft.address.is_none()) else { return };
    let lower = id.to_ascii_lowercase();
    let known_everywhere = ["http://", "https://", "tag:", "urn:"].iter().any(|start| lower.starts_with(start));
    draft.group = Some(Clean::line(&if known_everywhere { id.to_owned() } else { format!("{place} {id}") }));
}

/// Writes the text of an item, and its summary as the lead unless the text says the same.
fn write_texts(body: Option<Rich>, summary: Option<Rich>, base: Option<&str>, partial: bool, draft: &mut Draft) {
    let (body, summary) = match (body, summary) {
        (Some(body), Some(summary)) => (body, summary),
        (body, summary) => {
            if let Some(text) = body.or(summary) {
                write_text(text, base, partial, draft);
            }
            draft.mark_lead();
            return;
        }
    };
    let mut richer = Draft { title: draft.title.clone(), ..Draft::default() };
    write_text(body, base, partial, &mut richer);
    let lead = summary.line();
    let (text, told) = (letters(&richer), letters_of(&lead));
    // A summary that holds the whole text and more is the text.
    if told.len() > text.len() && told.starts_with(&text) {
        write_text(summary, base, partial, draft);
        draft.mark_lead();
        return;
    }
    draft.document = richer.document;
    draft.published = draft.published.or(richer.published);
    draft.modified = draft.modified.or(richer.modified);
    draft.language = draft.language.or(richer.language);
    let cut = letters_of(without_tail(&lead));
    if cut.is_empty() || text.starts_with(&cut) {
        draft.mark_lead();
        return;
    }
    for block in draft.document.blocks.iter_mut().filter(|block| block.kind == BlockKind::Lead) {
        block.kind = BlockKind::Paragraph;
    }
    draft.document.blocks.insert(0, Block::plain(BlockKind::Lead, &lead));
}

/// Writes a text: HTML, or plain text whose form tells what it is.
fn write_text(text: Rich, base: Option<&str>, partial: bool, draft: &mut Draft) {
    let html = match text {
        Rich::Plain(text) => {
            text_into(&text, partial, draft);
            return;
        }
        Rich::Html(html) => html,
    };
    let mut flow = Flow::default();
    html::fragment(&html, base, &mut flow);
    draft.document = flow.finish().0;
    dress::dress(draft, false);
    // The title is told above the text already.
    if !draft.title.is_empty() {
        draft.take_title();
    }
}

/// Returns a summary without the words that say that it goes on.
fn without_tail(summary: &str) -> &str {
    let text = summary.split(" The post ").next().unwrap_or(summary);
    let text = ["Lue lisää", "Läs mer", "Read more", "Continue reading"]
        .iter()
        .find_map(|tail| text.rfind(tail).filter(|at| text.len() - at < 200).and_then(|at| text.get(..at)))
        .unwrap_or(text);
    text.trim_end_matches(['…', '.', ']', '[', ' ', '(', ')'])
}

/// Returns the first letters and digits of the text of a draft.
fn letters(draft: &Draft) -> String {
    let mut all = String::new();
    for block in &draft.document.blocks {
        all.push_str(&letters_of(&block.text));
        if all.len() >= COMPARED {
            break;
        }
    }
    all
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).take(COMPARED).collect()
}

/// Adds the files that go with an item as links under its text.
fn attach(files: &[(String, Option<Clean>)], draft: &mut Draft) {
    let mut flow = Flow::default();
    for (link, name) in files.iter().take(MOST_FILES) {
        let part = link.split(['?', '#']).next().unwrap_or(link).rsplit('/').find(|part| !part.is_empty());
        flow.start_paragraph();
        flow.start_link(link);
        flow.text(name.as_deref().or(part).unwrap_or(link));
        flow.end_link();
        flow.end_block();
    }
    let added = flow.finish().0;
    let Ok(before) = u16::try_from(draft.document.links.len()) else { return };
    for mut block in added.blocks {
        for mark in &mut block.marks {
            mark.link = mark.link.and_then(|link| link.checked_add(before));
        }
        draft.document.blocks.push(block);
    }
    draft.document.links.extend(added.links);
}
