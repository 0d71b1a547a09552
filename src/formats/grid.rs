//! The cells of a table while they are gathered: any number of them a row, made even at the end.

use crate::model::{Block, BlockBuilder, BlockKind, Style, Table};

/// Most columns; further cells of a row are joined to its last one.
const MOST_COLUMNS: usize = 32;
/// Most cells; the rows after them are left out.
const MOST_CELLS: usize = 100_000;

/// A run of text set alike, up to byte `end` of the text gathered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub end: usize,
    pub style: Style,
    pub link: Option<u16>,
}

#[derive(Debug, Default)]
struct Cell {
    /// One line without blanks at its ends or in a row.
    text: String,
    runs: Vec<Run>,
}

/// Gathers a table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    header: bool,
    right: Vec<bool>,
    cells: usize,
}

impl Grid {
    pub fn new(right: Vec<bool>) -> Self {
        Self { right, ..Self::default() }
    }

    pub fn start_row(&mut self, header: bool) {
        if self.rows.is_empty() {
            self.header = header;
        }
        if self.cells < MOST_CELLS {
            self.rows.push(Vec::new());
        }
    }

    pub fn name_columns(&mut self) {
        self.header |= self.rows.len() == 1 && self.rows.first().is_some_and(Vec::is_empty);
    }

    pub fn push(&mut self, text: &str, runs: &[Run]) {
        if self.cells >= MOST_CELLS {
            return;
        }
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let Some(row) = self.rows.last_mut() else { return };
        let cell = Cell::of(text, runs);
        let full = row.len() >= MOST_COLUMNS;
        match row.last_mut() {
            Some(last) if full => last.join(&cell),
            _ => {
                self.cells += 1;
                row.push(cell);
            }
        }
    }

    /// The table; `None` when it has no text. One of a single column is no table, but it stays in its lines.
    pub fn finish(mut self) -> Option<Block> {
        self.rows.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
        let columns = self.rows.iter().map(Vec::len).max()?;
        let mut builder = BlockBuilder::new(&BlockKind::Table(Table::default()));
        let mut cells = Vec::with_capacity(self.rows.len() * columns);
        let mut at = 0;
        for row in &self.rows {
            for column in 0..columns {
                if !cells.is_empty() {
                    at = builder.push("\n", Style::PLAIN, None).end;
                }
                let start = at;
                if let Some(cell) = row.get(column) {
                    let mut from = 0;
                    for run in &cell.runs {
                        let text = cell.text.get(from..run.end).unwrap_or_default();
                        at = builder.push(text, run.style, run.link).end;
                        from = run.end;
                    }
                }
                cells.push(start..at);
            }
        }
        let right = (0..columns).map(|column| self.is_right(column)).collect();
        let mut block = builder.finish(BlockKind::Table(Table::default()));
        let length = block.text.len();
        for cell in &mut cells {
            *cell = cell.start.min(length)..cell.end.min(length);
        }
        block.kind = BlockKind::Table(Table { columns, header: self.header && self.rows.len() > 1, cells, right });
        Some(block)
    }

    /// Columns of numbers are set flush right, said or not.
    fn is_right(&self, column: usize) -> bool {
        if self.right.get(column) == Some(&true) {
            return true;
        }
        let mut body = self.rows.iter().skip(usize::from(self.header)).filter_map(|row| row.get(column)).peekable();
        body.peek().is_some() && body.all(|cell| is_number(&cell.text))
    }
}

fn is_number(text: &str) -> bool {
    text.contains(|character: char| character.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || " \u{a0}\u{202f}.,+-–−%€$".contains(character))
}

impl Cell {
    fn of(text: &str, runs: &[Run]) -> Self {
        let mut cell = Self::default();
        let mut start = 0;
        let mut blank = false;
        for run in runs {
            for character in text.get(start..run.end).unwrap_or_default().chars() {
                if matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                    blank = true;
                    continue;
                }
                if std::mem::take(&mut blank) && !cell.text.is_empty() {
                    cell.text.push(' ');
                }
                cell.text.push(character);
            }
            start = run.end;
            if cell.runs.last().map_or(0, |last| last.end) < cell.text.len() {
                cell.runs.push(Run { end: cell.text.len(), ..*run });
            }
        }
        cell
    }

    fn join(&mut self, other: &Self) {
        if other.text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.runs.extend(other.runs.iter().map(|run| Run { end: run.end + shift, ..*run }));
    }
}
