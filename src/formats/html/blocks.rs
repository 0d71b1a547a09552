//! Makes blocks of tags and texts, each with where it stood.

use super::addresses::resolve;
use super::kinds::{Element, VOID, is_block, is_caption, is_lead, is_stamp};
use super::nodes::Node;
use super::regions::Place;
use super::superscripts::raised;
use super::tables::data_tables;
use crate::formats::flow::{Context, Emphasis, Flow};
use crate::model::Counting;
use crate::text::Language;

/// A `time` element, or another that says which date it holds.
#[derive(Clone, Debug)]
pub(super) struct Time {
    /// The date as written for programs.
    pub value: String,
    /// What it is the date of, where that is said.
    pub property: Option<String>,
    /// How many blocks stand before it.
    pub block: usize,
    /// Whether it stands in boilerplate.
    pub boilerplate: bool,
}

/// Most dates noted of a page.
const MOST_TIMES: usize = 100;

/// Most nodes of a list in which its items are counted.
const MOST_COUNTED: usize = 4_000;

/// Writes the blocks of `nodes`; `places` tells how each element is taken, links are resolved against `base`. Returns the
/// dates that elements state.
pub(super) fn write(nodes: &[Node], places: &[Place], base: Option<&str>, flow: &mut Flow) -> Vec<Time> {
    let mut writer = Writer {
        flow,
        nodes,
        base,
        tables: data_tables(nodes),
        open: Vec::new(),
        broken: false,
        figure: None,
        term: false,
        colon: false,
        raised: 0,
        times: Vec::new(),
    };
    // How many elements are open inside of one that is left out, itself included.
    let mut dropped = 0_usize;
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Start(element) if dropped > 0 => dropped += usize::from(!VOID.contains(&&*element.name)),
            Node::End(_) if dropped > 0 => dropped -= 1,
            Node::Text(_) if dropped > 0 => {}
            Node::Start(element) => {
                let place = places.get(at).copied().unwrap_or_default();
                if writer.leaves_out(element, place) {
                    dropped += usize::from(!VOID.contains(&&*element.name));
                } else {
                    writer.start(element, at, place);
                }
            }
            Node::End(name) => writer.end(name),
            Node::Text(text) => writer.text(text),
        }
    }
    writer.flow.end_block();
    writer.times
}

/// An element that is open, and what is to be put back when it closes.
struct Open {
    context: Context,
    data_table: bool,
    /// Whether it is set as a block, whatever its name is.
    apart: bool,
}

struct Writer<'a> {
    flow: &'a mut Flow,
    nodes: &'a [Node],
    base: Option<&'a str>,
    tables: Vec<(usize, bool)>,
    open: Vec<Open>,
    /// Whether a line break was just written.
    broken: bool,
    /// The alternative text of the figure that is open.
    figure: Option<String>,
    /// Whether the open block holds the term of a definition list.
    term: bool,
    /// Whether the last text ended with a colon.
    colon: bool,
    /// How many superscripts are open.
    raised: usize,
    times: Vec<Time>,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.broken = false;
            self.colon = text.trim_end().ends_with(':');
            self.write_figure();
        }
        if self.raised > 0 {
            self.flow.text(&raised(text, self.flow.open_text()));
        } else {
            self.flow.text(text);
        }
    }

    /// Reports whether an element is left out: what is put aside within a line would tear it.
    fn leaves_out(&self, element: &Element, place: Place) -> bool {
        let aside = matches!(place, Place::Boilerplate | Place::Hidden) && !is_block(&element.name);
        place == Place::Dropped || (aside && (self.flow.in_table() || !self.flow.open_text().trim().is_empty()))
    }

    fn start(&mut self, element: &Element, at: usize, place: Place) {
        let name = &*element.name;
        if VOID.contains(&name) {
            self.void(element);
            return;
        }
        let apart = place != Place::Within && !is_block(name);
        if (is_block(name) || apart) && !(matches!(name, "dd") && self.term) {
            self.flow.end_block();
            self.broken = false;
        }
        let before = self.flow.context;
        let data_table = name == "table" && !self.flow.in_table() && self.tables.binary_search(&(at, true)).is_ok();
        self.open.push(Open { context: before, data_table, apart });
        self.flow.context = inner_context(element, before, at, place);
        self.note_time(element);
        if place == Place::Heading {
            self.flow.start_heading(3);
        }
        self.start_kind(element, data_table, at);
    }

    fn note_time(&mut self, element: &Element) {
        let property = element.get("itemprop").filter(|property| property.to_ascii_lowercase().starts_with("date"));
        if (&*element.name != "time" && property.is_none()) || self.times.len() >= MOST_TIMES {
            return;
        }
        let property = property.or_else(|| element.get("pubdate").map(|_| "pubdate")).map(str::to_owned);
        if let Some(value) = element.get("datetime").or_else(|| element.get("content")) {
            let boilerplate = self.flow.context.boilerplate;
            self.times.push(Time { value: value.to_owned(), property, block: self.flow.blocks_so_far(), boilerplate });
        }
    }

    fn start_kind(&mut self, element: &Element, data_table: bool, at: usize) {
        match &*element.name {
            "p" => self.flow.start_paragraph(),
            "h1" => self.flow.start_heading(1),
            "h2" => self.flow.start_heading(2),
            "h3" => self.flow.start_heading(3),
            "h4" => self.flow.start_heading(4),
            "h5" => self.flow.start_heading(5),
            "h6" => self.flow.start_heading(6),
            "ul" => self.flow.start_list(None),
            "summary" if !self.flow.context.boilerplate => self.flow.start_heading(3),
            "ol" => self.start_numbers(element, at),
            "li" => {
                if let Some(number) = number(element, "value") {
                    self.flow.set_number(number);
                }
                self.flow.start_item();
            }
            "blockquote" => self.flow.start_quote(),
            "pre" | "listing" => self.flow.start_preformatted(),
            "em" | "i" | "cite" | "var" | "dfn" => self.flow.start_emphasis(Emphasis::Slanted),
            "strong" | "b" => self.flow.start_emphasis(Emphasis::Strong),
            "code" | "kbd" | "samp" | "tt" if !self.flow.is_preformatted() => self.flow.start_emphasis(Emphasis::Code),
            "del" | "s" | "strike" => self.flow.start_emphasis(Emphasis::Deleted),
            "sup" => self.raised += 1,
            "a" => {
                self.flow.anchors += 1;
                if let Some(address) = element.get("href").and_then(|link| resolve(link, self.base)) {
                    self.flow.start_link(&address);
                }
            }
            "q" => self.flow.text("”"),
            "dt" => {
                self.flow.start_paragraph();
                self.flow.start_emphasis(Emphasis::Strong);
                self.term = true;
            }
            "dd" if self.term => {
                self.flow.text(if self.colon { " " } else { ": " });
                self.term = false;
            }
            "figure" => {
                self.figure = Some(String::new());
                self.flow.start_emphasis(Emphasis::Slanted);
            }
            "caption" => self.flow.start_emphasis(Emphasis::Slanted),
            "table" if data_table => self.flow.start_table(Vec::new()),
            "tr" => self.flow.start_row(false),
            "td" | "th" => {
                if &*element.name == "th" {
                    self.flow.name_columns();
                }
                let span = |name| number(element, name).and_then(|span| usize::try_from(span).ok()).unwrap_or(1);
                // A row span of nothing reaches to the end of the table.
                let rows = if element.get("rowspan") == Some("0") { usize::MAX } else { span("rowspan") };
                self.flow.start_merged_cell(span("colspan"), rows);
            }
            _ => {}
        }
    }

    /// Starts a numbered list; one whose numbers fall begins with how many items it has.
    fn start_numbers(&mut self, element: &Element, at: usize) {
        let reversed = element.get("reversed").is_some();
        let first = number(element, "start").unwrap_or_else(|| if reversed { self.count_items(at) } else { 1 });
        self.flow.start_list_counting(Some(first), reversed, counting(element));
    }

    /// Returns how many items the list has whose start tag is at `at`.
    fn count_items(&self, at: usize) -> u64 {
        let (mut depth, mut items) = (0_usize, 0);
        for node in self.nodes.iter().skip(at + 1).take(MOST_COUNTED) {
            match node {
                Node::Start(element) if matches!(&*element.name, "ol" | "ul") => depth += 1,
                Node::Start(element) if depth == 0 && &*element.name == "li" => items += 1,
                Node::End(name) if matches!(&**name, "ol" | "ul") => match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => break,
                },
                _ => {}
            }
        }
        items
    }

    fn end(&mut self, name: &str) {
        let Some(open) = self.open.pop() else { return };
        match name {
            "em" | "i" | "cite" | "var" | "dfn" => self.flow.end_emphasis(Emphasis::Slanted),
            "strong" | "b" => self.flow.end_emphasis(Emphasis::Strong),
            "code" | "kbd" | "samp" | "tt" => self.flow.end_emphasis(Emphasis::Code),
            "del" | "s" | "strike" => self.flow.end_emphasis(Emphasis::Deleted),
            "a" => {
                self.flow.anchors = self.flow.anchors.saturating_sub(1);
                self.flow.end_link();
            }
            "sup" => self.raised = self.raised.saturating_sub(1),
            "q" => self.flow.text("”"),
            "ul" | "ol" => self.flow.end_list(),
            "li" => self.flow.end_item(),
            "blockquote" => self.flow.end_quote(),
            "dt" => self.flow.end_emphasis(Emphasis::Strong),
            "caption" => {
                self.flow.end_caption();
                self.flow.end_emphasis(Emphasis::Slanted);
            }
            "table" if open.data_table => self.flow.end_table(),
            "td" | "th" => self.flow.end_cell(),
            "figure" => {
                self.write_figure();
                self.figure = None;
                self.flow.end_block();
                self.flow.end_emphasis(Emphasis::Slanted);
            }
            _ => {}
        }
        // Links and buttons of a page's frame stand beside each other, not in a sentence.
        let apart = open.apart || (self.flow.context.boilerplate && matches!(name, "a" | "span"));
        if (is_block(name) && name != "dt") || apart {
            self.flow.end_block();
            self.term = false;
            self.broken = false;
        }
        self.flow.context = open.context;
    }

    fn void(&mut self, element: &Element) {
        match &*element.name {
            "hr" => self.flow.rule(),
            // Two line breaks in a row part paragraphs.
            "br" if self.broken => {
                self.flow.end_block();
            }
            "br" => {
                self.flow.line_break();
                self.broken = true;
            }
            _ => {
                let alternative = element.get("alt").unwrap_or_default().trim();
                // An alternative text that is a file name tells nothing.
                let telling = alternative.contains(char::is_whitespace) || !alternative.contains(['.', '_', '/']);
                if alternative.is_empty() || !telling {
                    return;
                }
                match &mut self.figure {
                    Some(figure) if figure.is_empty() => alternative.clone_into(figure),
                    Some(_) => {}
                    None => self.flow.text(&format!("[{alternative}]")),
                }
            }
        }
    }

    /// Writes the alternative text of the figure that is open before its caption.
    fn write_figure(&mut self) {
        if let Some(figure) = &mut self.figure
            && !figure.is_empty()
        {
            let text = format!("[{}] ", std::mem::take(figure));
            self.flow.text(&text);
        }
    }
}

/// Returns how a list counts: as its `type` says, or its style.
fn counting(element: &Element) -> Option<Counting> {
    const STYLES: [(&str, &str); 6] = [
        ("lower-alpha", "a"),
        ("lower-latin", "a"),
        ("upper-alpha", "A"),
        ("upper-latin", "A"),
        ("lower-roman", "i"),
        ("upper-roman", "I"),
    ];
    let style = element.get("style").unwrap_or_default().to_ascii_lowercase();
    let styled = style
        .split(';')
        .filter_map(|one| one.split_once(':'))
        .filter(|(property, _)| matches!(property.trim(), "list-style-type" | "list-style"));
    let styled = styled
        .flat_map(|(_, value)| value.split_whitespace())
        .find_map(|word| STYLES.iter().find(|(known, _)| *known == word).and_then(|(_, name)| Counting::named(name)));
    styled.or_else(|| Counting::named(element.get("type")?.trim()))
}

/// Returns the number an attribute states.
fn number(element: &Element, name: &str) -> Option<u64> {
    element.get(name)?.trim().parse().ok()
}

/// Returns where the inside of an element stands that stands in `outer` itself.
fn inner_context(element: &Element, outer: Context, at: usize, place: Place) -> Context {
    const HOLDERS: [&str; 13] = [
        "div", "section", "article", "main", "body", "td", "header", "footer", "form", "fieldset", "details", "center",
        "aside",
    ];
    let language = element.get("lang").or_else(|| element.get("xml:lang"));
    let holds = HOLDERS.contains(&&*element.name);
    let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let [nearest, second, _] = outer.parents;
    let hidden = outer.hidden || place == Place::Hidden;
    Context {
        boilerplate: outer.boilerplate || hidden || place == Place::Boilerplate,
        hidden,
        lead: outer.lead || is_lead(element),
        stamp: outer.stamp || is_stamp(element),
        main: outer.main || &*element.name == "main" || element.get("role") == Some("main"),
        caption: outer.caption || is_caption(element),
        article: if &*element.name == "article" { number } else { outer.article },
        parents: if holds { [number, nearest, second] } else { outer.parents },
        language: language.map_or(outer.language, Language::from_tag),
        linked: 0,
    }
}
