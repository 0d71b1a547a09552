//! Tells tables of data from those that only lay out a page.

use super::nodes::Node;

/// Tells of every table, by the place of its start tag, whether it holds data and is not there for the page's layout.
pub(super) fn data_tables(nodes: &[Node]) -> Vec<(usize, bool)> {
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
