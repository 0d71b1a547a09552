//! Gathers the cells of a table, any number of them a row, and makes the rows even at the end.

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

/// A table that is being gathered.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    header: bool,
    right: Vec<bool>,
    cells: usize,
    /// How many columns and rows the next cell stretches over.
    next: (usize, usize),
    /// In how many rows from this one on each column is covered by a cell above.
    covered: Vec<usize>,
}

impl Grid {
    /// Returns an empty table whose columns are set flush right where `right` says so.
    pub fn new(right: Vec<bool>) -> Self {
        Self { right, ..Self::default() }
    }

    /// Starts a row; the first one names the columns where `header` says so.
    pub fn start_row(&mut self, header: bool) {
        if self.rows.is_empty() {
            self.header = header;
        } else {
            self.cover_rest();
        }
        if self.cells < MOST_CELLS {
            self.rows.push(Vec::new());
        }
    }

    /// Stretches the next cell over so many columns and rows.
    pub fn merge_next(&mut self, columns: usize, rows: usize) {
        self.next = (columns.clamp(1, MOST_COLUMNS), rows.clamp(1, MOST_CELLS));
    }

    /// Makes the first row name the columns, where no cell of it has come yet.
    pub fn name_columns(&mut self) {
        self.header |= self.rows.len() == 1 && self.rows.first().is_some_and(Vec::is_empty);
    }

    /// Adds a cell in the first column that no merged cell covers; it is followed by empty ones where it is merged.
    pub fn push(&mut self, text: &str, runs: &[Run]) {
        let (columns, rows) = std::mem::take(&mut self.next);
        if self.cells >= MOST_CELLS {
            return;
        }
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.skip_covered();
        self.put(Cell::of(text, runs), rows);
        for _ in 1..columns {
            if self.rows.last().is_some_and(|row| row.len() < MOST_COLUMNS) {
                self.put(Cell::default(), rows);
            }
        }
    }

    /// Fills the columns that cells above cover with empty cells, up to the next free one.
    fn skip_covered(&mut self) {
        while let Some(row) = self.rows.last_mut()
            && row.len() < MOST_COLUMNS
            && let Some(left) = self.covered.get_mut(row.len())
            && *left > 0
        {
            *left -= 1;
            self.cells += 1;
            row.push(Cell::default());
        }
    }

    /// Counts the row that ends here in the columns that its own cells did not reach.
    fn cover_rest(&mut self) {
        let reached = self.rows.last().map_or(0, Vec::len);
        for left in self.covered.iter_mut().skip(reached) {
            *left = left.saturating_sub(1);
        }
    }

    /// Puts a cell at the end of the last row, or into its last cell where the row is full; it covers `rows` rows.
    fn put(&mut self, cell: Cell, rows: usize) {
        let Some(row) = self.rows.last_mut() else { return };
        let at = row.len();
        match row.last_mut() {
            Some(last) if at >= MOST_COLUMNS => last.join(&cell),
            _ => {
                self.cells += 1;
                row.push(cell);
                if rows > 1 {
                    self.covered.resize(self.covered.len().max(at + 1), 0);
                    if let Some(left) = self.covered.get_mut(at) {
                        *left = rows - 1;
                    }
                }
            }
        }
    }

    /// Returns the table, or `None` when it has no text. One of a single column stays in its lines.
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

    /// Reports whether a column is set flush right: it was said so, or the column holds only numbers.
    fn is_right(&self, column: usize) -> bool {
        if self.right.get(column) == Some(&true) {
            return true;
        }
        let body = self.rows.iter().skip(usize::from(self.header)).filter_map(|row| row.get(column));
        let mut body = body.filter(|cell| !cell.text.is_empty()).peekable();
        body.peek().is_some() && body.all(|cell| is_number(&cell.text))
    }
}

/// Reports whether `text` is a number, an amount or a share.
fn is_number(text: &str) -> bool {
    text.contains(|character: char| character.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || " \u{a0}\u{202f}.,+-–−%€$".contains(character))
}

impl Cell {
    /// Makes one line of `text`, with single blanks.
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

    /// Appends `other` behind a blank.
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
