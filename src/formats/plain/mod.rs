//! Raw plain text: what a scrape, a mail body or a converted document has left of an announcement.
//! Every line becomes part of a block; nothing but a repetition of the title or the lead is dropped.

mod body;
mod build;
mod fields;
mod head;
mod headings;
mod lines;
mod lists;
mod shape;
mod shape_words;
mod title;

use lines::{Para, Paras};

use super::{Draft, Reading, Source};
use crate::calendar::{FoundDate, PartialDate, Surety};
use crate::model::{Dated, Marker, Origin};
use crate::text::{Clean, Language, guess_language};

/// Bytes of the text by which its language is guessed.
const SAMPLE: usize = 2048;

/// From so many bytes a text may be shown by its first part before the rest is read.
const LONG: usize = 32 * 1024;

/// Reads plain text as one announcement. Never fails; time and space are linear in the length of the text.
pub fn read(source: &Source<'_>) -> Reading {
    let draft = draft(source.text, source.partial);
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

/// Reads plain text of a file or of a part of one; `partial` when the text goes on.
pub fn draft(text: &str, partial: bool) -> Draft {
    let paras = lines::paragraphs(text);
    let mut page = Page::new(paras, partial);
    page.long = partial || text.len() > LONG;
    head::read(&mut page);
    page.language = page.guess();
    body::read(&mut page);
    headings::find(&mut page);
    let mut draft = build::blocks(&page);
    draft.title = Clean::line(&page.title);
    draft.source = page.source.as_deref().map(Clean::line);
    draft.section = page.section.as_deref().map(Clean::line);
    draft.language = page.language;
    draft.published = page.dates.published;
    draft.modified = page.dates.modified();
    draft.tags = page.tags.iter().map(|tag| Clean::line(tag)).collect();
    draft
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Not looked at yet.
    Unknown,
    /// Shown elsewhere: as the title or the section.
    Elsewhere,
    Boilerplate,
    Paragraph,
    /// A mark of a revision: "Päivitetty 4.3.2025 klo 11:00: …".
    Revision,
    Heading,
    /// The words start at a byte.
    Quote(usize),
    /// The text starts at a byte.
    Item(Marker, usize),
    Contact,
    /// The key ends at a byte.
    KeyValue(usize),
    Row,
}

/// A text while it is read.
struct Page<'a> {
    paras: Vec<Para<'a>>,
    roles: Vec<Role>,
    spaced: bool,
    rest: &'a str,
    /// Whether the file goes on: what depends on the end of the text is then left open.
    partial: bool,
    /// Whether the text is so long that it may be read by its first part alone: where in the whole a paragraph stands
    /// then says nothing.
    long: bool,
    title: String,
    /// Where the title's own line begins and ends within its paragraph, and what else stands there.
    beside_title: Vec<String>,
    source: Option<String>,
    section: Option<String>,
    tags: Vec<String>,
    dates: Dates,
    language: Option<Language>,
    /// Where the body starts.
    start: usize,
}

impl<'a> Page<'a> {
    fn new(paras: Paras<'a>, partial: bool) -> Self {
        let roles = vec![Role::Unknown; paras.list.len()];
        Self {
            paras: paras.list,
            roles,
            spaced: paras.spaced,
            rest: paras.rest,
            partial,
            long: partial,
            title: String::new(),
            beside_title: Vec::new(),
            source: None,
            section: None,
            tags: Vec::new(),
            dates: Dates::default(),
            language: None,
            start: 0,
        }
    }

    fn text(&self, at: usize) -> &str {
        self.paras.get(at).map_or("", |para| &para.text)
    }

    fn role(&self, at: usize) -> Role {
        self.roles.get(at).copied().unwrap_or(Role::Unknown)
    }

    fn set(&mut self, at: usize, role: Role) {
        if let Some(slot) = self.roles.get_mut(at) {
            *slot = role;
        }
    }

    fn len(&self) -> usize {
        self.paras.len()
    }

    /// Reports whether paragraph `at` is among the last `count` of the whole text.
    fn is_near_end(&self, at: usize, count: usize) -> bool {
        !self.partial && self.rest.is_empty() && at + count >= self.len()
    }

    /// Guesses the language of the text by its title and the first paragraphs of its body.
    fn guess(&self) -> Option<Language> {
        let mut sample = String::with_capacity(SAMPLE + 256);
        sample.push_str(crate::formats::roles::beginning(&self.title, 200));
        for para in self.paras.iter().skip(self.start) {
            sample.push('\n');
            sample.push_str(crate::formats::roles::beginning(&para.text, SAMPLE - SAMPLE.min(sample.len())));
            if sample.len() >= SAMPLE {
                break;
            }
        }
        // Where two languages follow each other, the first is the main one.
        guess_language(&sample).or_else(|| guess_language(crate::formats::roles::beginning(&sample, SAMPLE / 4)))
    }
}

/// The dates of an announcement while it is read.
#[derive(Clone, Debug, Default)]
struct Dates {
    published: Option<Dated>,
    changes: Vec<(FoundDate, Origin)>,
    /// The time of the last addition that states only a time.
    added: Option<(u8, u8)>,
}

impl Dates {
    /// Takes a date of publication if it is more certain than the known one.
    fn publish(&mut self, date: &FoundDate, surety: Surety) {
        let origin = match surety {
            Surety::Labelled => Origin::Label,
            Surety::Timed => Origin::Stamp,
            Surety::Bare | Surety::Placed => Origin::Line,
        };
        if let Some(value) = date.value(None) {
            self.take(Dated { value, origin });
        }
    }

    fn take(&mut self, dated: Dated) {
        if self.published.is_none_or(|known| dated.origin < known.origin) {
            self.published = Some(dated);
        }
    }

    /// Returns when the text was last changed: the latest date of change that it states.
    fn modified(&self) -> Option<Dated> {
        let near = self.published.map(|dated| dated.value);
        let latest = self
            .changes
            .iter()
            .filter_map(|(date, origin)| date.value(near).map(|value| Dated { value, origin: *origin }))
            .max_by_key(|dated| dated.value);
        let added = self.added.and_then(|(hour, minute)| {
            let day = near?.to_precision(crate::calendar::Precision::Day);
            day.at(hour, minute).map(|value| Dated { value, origin: Origin::Label })
        });
        latest.or(added)
    }
}

/// Cuts a date noted by a scraper to its month, which is as far as it can be trusted.
fn scraped(date: PartialDate) -> Dated {
    Dated { value: date.to_precision(crate::calendar::Precision::Month), origin: Origin::Scraper }
}

/// Reports whether the text ends like a sentence, with a full stop, question mark, colon or the like.
fn is_closed(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '»', ')', '\'', ']']);
    bare.ends_with(['.', '!', '?', ':', '…'])
}

/// Reports whether the text has more than `most` characters, without counting further than that.
fn is_longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

#[cfg(test)]
mod tests;
