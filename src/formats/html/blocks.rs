//! Tags and texts become blocks.

use super::kinds::{Element, is_block, is_boilerplate};
use super::metadata::resolve;
use super::nodes::Node;
use crate::formats::flow::{Context, Emphasis, Flow};
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

/// Writes the blocks of `nodes`; links are resolved against `base`. Returns the dates that elements state.
pub(super) fn write(nodes: &[Node], base: Option<&str>, flow: &mut Flow) -> Vec<Time> {
    let mut writer = Writer {
        flow,
        base,
        tables: data_tables(nodes),
        open: Vec::new(),
        broken: false,
        figure: None,
        term: false,
        colon: false,
        times: Vec::new(),
    };
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Start(element) => writer.start(element, at),
            Node::End(name) => writer.end(name),
            Node::Text(text) => writer.text(text),
        }
    }
    writer.flow.end_block();
    writer.times
}

/// For every table, by the place of its start tag, whether it holds data and is not there for the layout of the page.
fn data_tables(nodes: &[Node]) -> Vec<(usize, bool)> {
    struct Open {
        at: usize,
        rows: usize,
        cells: usize,
        widest: usize,
        header: bool,
        layout: bool,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate() {
        match node {
            Node::Start(element) => {
                let name = &*element.name;
                if name == "table" {
                    if let Some(outer) = open.last_mut() {
                        outer.layout = true;
                    }
                    let layout = matches!(element.get("role"), Some("presentation" | "none"));
                    open.push(Open { at, rows: 0, cells: 0, widest: 0, header: false, layout });
                }
                let Some(table) = open.last_mut() else { continue };
                match name {
                    "tr" => (table.rows, table.cells) = (table.rows + 1, 0),
                    "td" | "th" => {
                        table.cells += 1;
                        table.widest = table.widest.max(table.cells);
                        table.header |= name == "th";
                    }
                    "h1" | "h2" | "h3" | "ul" | "ol" | "blockquote" | "article" | "hr" => table.layout = true,
                    _ => {}
                }
            }
            Node::End(name) if &**name == "table" => {
                if let Some(table) = open.pop() {
                    let grid = table.widest > 1 && table.rows > 1;
                    found
                        .push((table.at, grid && (table.header || !table.layout) && !(table.layout && table.rows < 3)));
                }
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

/// An element that is open, and what is to be put back when it closes.
struct Open {
    context: Context,
    data_table: bool,
}

struct Writer<'a> {
    flow: &'a mut Flow,
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
    times: Vec<Time>,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.broken = false;
            self.colon = text.trim_end().ends_with(':');
            self.write_figure();
        }
        self.flow.text(text);
    }

    fn start(&mut self, element: &Element, at: usize) {
        let name = &*element.name;
        if matches!(name, "br" | "img" | "hr") {
            self.void(element);
            return;
        }
        if is_block(name) && !(matches!(name, "dd") && self.term) {
            self.flow.end_block();
            self.broken = false;
        }
        let before = self.flow.context;
        let data_table = name == "table" && !self.flow.in_table() && self.tables.binary_search(&(at, true)).is_ok();
        self.open.push(Open { context: before, data_table });
        self.flow.context = inner_context(element, before);
        self.note_time(element);
        self.start_kind(element, data_table);
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

    fn start_kind(&mut self, element: &Element, data_table: bool) {
        match &*element.name {
            "p" => self.flow.start_paragraph(),
            "h1" => self.flow.start_heading(1),
            "h2" => self.flow.start_heading(2),
            "h3" => self.flow.start_heading(3),
            "h4" => self.flow.start_heading(4),
            "h5" => self.flow.start_heading(5),
            "h6" => self.flow.start_heading(6),
            "ul" => self.flow.start_list(None),
            "ol" => self.flow.start_list(Some(element.get("start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.flow.start_item(),
            "blockquote" => self.flow.start_quote(),
            "pre" | "listing" => self.flow.start_preformatted(),
            "em" | "i" | "cite" | "var" | "dfn" => self.flow.start_emphasis(Emphasis::Slanted),
            "strong" | "b" => self.flow.start_emphasis(Emphasis::Strong),
            "code" | "kbd" | "samp" | "tt" if !self.flow.is_preformatted() => self.flow.start_emphasis(Emphasis::Code),
            "del" | "s" | "strike" => self.flow.start_emphasis(Emphasis::Deleted),
            "a" => {
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
                self.flow.start_cell();
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        let Some(open) = self.open.pop() else { return };
        match name {
            "em" | "i" | "cite" | "var" | "dfn" => self.flow.end_emphasis(Emphasis::Slanted),
            "strong" | "b" => self.flow.end_emphasis(Emphasis::Strong),
            "code" | "kbd" | "samp" | "tt" => self.flow.end_emphasis(Emphasis::Code),
            "del" | "s" | "strike" => self.flow.end_emphasis(Emphasis::Deleted),
            "a" => self.flow.end_link(),
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
        let apart = self.flow.context.boilerplate && matches!(name, "a" | "span");
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

fn inner_context(element: &Element, outer: Context) -> Context {
    let language = element.get("lang").or_else(|| element.get("xml:lang"));
    Context {
        boilerplate: outer.boilerplate || is_boilerplate(element),
        language: language.map_or(outer.language, Language::from_tag),
    }
}
