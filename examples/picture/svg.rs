//! Draws cells as an SVG: every run of text at its exact column, rules and bars as shapes without gaps.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use tiedote::text::width;

use crate::support::Desk;

/// The size of the README's picture.
pub const SIZE: &str = "110x32";
/// The keys pressed before it is taken.
pub const KEYS: &str = "enter";
/// The path of the README's picture.
pub const PATH: &str = "docs/reader.svg";

/// The size of a cell in the units of the picture. Its width is that of the font at this size, so that nothing is
/// stretched.
const CELL: (f64, f64) = (8.43, 19.0);
const FONT_SIZE: f64 = 14.0;
/// The distance from the top of a cell to the baseline.
const BASELINE: f64 = 14.0;
/// The margin round the cells, and the height of the window's title bar.
const MARGIN: f64 = 14.0;
const BAR: f64 = 36.0;

const PAPER: Rgb = Rgb(0x1a, 0x1e, 0x26);
const INK: Rgb = Rgb(0xd3, 0xd8, 0xe0);
const BRIGHT: Rgb = Rgb(0xf1, 0xf4, 0xf8);
const FRAME: Rgb = Rgb(0x33, 0x3a, 0x46);
const CHROME: Rgb = Rgb(0x22, 0x27, 0x31);

#[derive(Clone, Copy, PartialEq)]
struct Rgb(u8, u8, u8);

impl std::fmt::Display for Rgb {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Rgb {
    fn of(colour: Color, otherwise: Self) -> Self {
        match colour {
            Color::Black => Self(0x2a, 0x30, 0x3b),
            Color::Red | Color::LightRed => Self(0xe5, 0x8b, 0x88),
            Color::Green | Color::LightGreen => Self(0xa2, 0xc9, 0x8c),
            Color::Yellow | Color::LightYellow => Self(0xe2, 0xc0, 0x7c),
            Color::Blue | Color::LightBlue => Self(0x8a, 0xb3, 0xec),
            Color::Magenta | Color::LightMagenta => Self(0xc9, 0xa3, 0xdc),
            Color::Cyan | Color::LightCyan => Self(0x7d, 0xc4, 0xc8),
            Color::Gray => Self(0xb4, 0xba, 0xc4),
            Color::DarkGray => Self(0x78, 0x80, 0x8d),
            Color::White => BRIGHT,
            Color::Rgb(red, green, blue) => Self(red, green, blue),
            _ => otherwise,
        }
    }

    /// Returns the colour mixed with the paper: `part` of 100 of itself.
    fn dimmed(self, part: u16) -> Self {
        let mix = |ink: u8, paper: u8| {
            let mixed = (u16::from(ink) * part + u16::from(paper) * (100 - part)) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self(mix(self.0, PAPER.0), mix(self.1, PAPER.1), mix(self.2, PAPER.2))
    }
}

/// Holds the style of a run of cells.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: Rgb,
    paper: Option<Rgb>,
    modifiers: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let has = |modifier| cell.modifier.contains(modifier);
        let plain = if has(Modifier::BOLD) { BRIGHT } else { INK };
        let ink = Rgb::of(cell.fg, plain);
        let ink = if has(Modifier::DIM) { ink.dimmed(56) } else { ink };
        let paper = (cell.bg != Color::Reset).then(|| Rgb::of(cell.bg, PAPER));
        let (ink, paper) = if has(Modifier::REVERSED) { (paper.unwrap_or(PAPER), Some(ink)) } else { (ink, paper) };
        Self { ink, paper, modifiers: cell.modifier }
    }

    /// Returns the attributes of a text element.
    fn attributes(self) -> String {
        let mut attributes = format!("fill=\"{}\"", self.ink);
        for (modifier, attribute) in [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
            (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
        ] {
            if self.modifiers.contains(modifier) {
                attributes += attribute;
            }
        }
        attributes
    }
}

/// Returns the picture of the desk's screen.
pub fn picture(desk: &Desk) -> String {
    let (buffer, cursor) = desk.cells();
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (wide, high) = (columns * CELL.0 + 2.0 * MARGIN, rows * CELL.1 + BAR + MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide:.1} {high:.1}\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         role=\"img\" font-family=\"'JetBrains Mono', 'DejaVu Sans Mono', monospace\" font-size=\"{FONT_SIZE}\">\n\
         <title>tiedote: a list of announcements at the left, the text of one at the right</title>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"10\" fill=\"{PAPER}\" stroke=\"{FRAME}\"/>\n\
         <path d=\"M1 {BAR:.0}V11a10 10 0 0 1 10-10H{:.1}a10 10 0 0 1 10 10V{BAR:.0}z\" fill=\"{CHROME}\"/>\n",
        wide - 1.0,
        high - 1.0,
        wide - 11.0,
    );
    for dot in 0..3 {
        let _ = writeln!(svg, "<circle cx=\"{}\" cy=\"18\" r=\"5.5\" fill=\"{FRAME}\"/>", 22 + dot * 19);
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"22.5\" text-anchor=\"middle\" font-size=\"13\" fill=\"{}\">tiedote</text>",
        wide / 2.0,
        INK.dimmed(62),
    );
    let _ = writeln!(svg, "<g transform=\"translate({MARGIN} {:.1})\">", BAR + MARGIN / 2.0);
    for y in 0..buffer.area.height {
        for run in runs(&buffer, y) {
            run.draw(&mut svg, f64::from(y) * CELL.1);
        }
    }
    if let Some((x, y)) = cursor {
        let (x, y) = (f64::from(x) * CELL.0, f64::from(y) * CELL.1);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.2}\" y=\"{:.1}\" width=\"2\" height=\"{}\" fill=\"{INK}\"/>",
            y + 1.5,
            CELL.1 - 3.0
        );
    }
    svg + "</g>\n</svg>\n"
}

/// Holds neighbouring cells of the same style, without gaps of more than one blank.
struct Run {
    column: u16,
    cells: u16,
    text: String,
    look: Look,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let Some(cell) = buffer.cell((x, y)) else { break };
        let (symbol, look) = (cell.symbol(), Look::of(cell));
        let cells = u16::try_from(width(symbol).max(1)).unwrap_or(1);
        // A shape, or a letter wider than a cell, is a run of its own.
        let alone = cells > 1 || shape(symbol, 0.0, 0.0, look.ink).is_some();
        match runs.last_mut() {
            Some(run)
                if run.column + run.cells == x
                    && run.look == look
                    && !alone
                    && run.joins()
                    && !(symbol == " " && run.text.ends_with(' ') && look.paper.is_none()) =>
            {
                run.text += symbol;
                run.cells += 1;
            }
            _ => runs.push(Run { column: x, cells, text: symbol.to_owned(), look }),
        }
        x += cells;
    }
    runs
}

impl Run {
    /// Reports whether further cells may be joined to it.
    fn joins(&self) -> bool {
        width(&self.text) == self.text.chars().count() && shape(&self.text, 0.0, 0.0, self.look.ink).is_none()
    }

    fn draw(&self, svg: &mut String, top: f64) {
        let left = f64::from(self.column) * CELL.0;
        if let Some(paper) = self.look.paper {
            let wide = f64::from(self.cells) * CELL.0;
            let _ = writeln!(
                svg,
                "<rect x=\"{left:.2}\" y=\"{top:.1}\" width=\"{wide:.2}\" height=\"{}\" fill=\"{paper}\"/>",
                CELL.1
            );
        }
        if let Some(shape) = shape(&self.text, left, top, self.look.ink) {
            let _ = writeln!(svg, "{shape}");
            return;
        }
        let before = self.text.len() - self.text.trim_start().len();
        let text = self.text.trim();
        if text.is_empty() {
            return;
        }
        let left = left + CELL.0 * f64::from(u16::try_from(before).unwrap_or(0));
        let wide = CELL.0 * f64::from(u16::try_from(width(text)).unwrap_or(0));
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = writeln!(
            svg,
            "<text x=\"{left:.2}\" y=\"{:.1}\" textLength=\"{wide:.2}\" lengthAdjust=\"spacingAndGlyphs\" {}>{text}</text>",
            top + BASELINE,
            self.look.attributes(),
        );
    }
}

/// Returns the cell's character as a shape that meets its neighbours, if it is one of those the reader draws with.
fn shape(symbol: &str, x: f64, y: f64, ink: Rgb) -> Option<String> {
    let (wide, high) = CELL;
    let (middle, centre) = (x + wide / 2.0, y + high / 2.0);
    let block = |from: f64, part: f64| {
        format!(
            "<rect x=\"{:.2}\" y=\"{y:.1}\" width=\"{:.2}\" height=\"{high}\" fill=\"{ink}\"/>",
            x + from * wide,
            part * wide
        )
    };
    let line = |path: String, thick: f64| {
        format!("<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{thick}\"/>")
    };
    let corner = |across: f64, down: f64| {
        let (end_x, end_y) = (middle + across * wide / 2.0, centre + down * high / 2.0);
        line(format!("M{end_x:.2} {centre:.2}Q{middle:.2} {centre:.2} {middle:.2} {end_y:.2}"), 1.0)
    };
    Some(match symbol {
        "▌" => block(0.0, 0.5),
        "▎" => block(0.0, 0.25),
        "▐" => block(0.5, 0.5),
        "█" => block(0.0, 1.0),
        "│" => line(format!("M{middle:.2} {y:.1}v{high}"), 1.0),
        "┃" => line(format!("M{middle:.2} {y:.1}v{high}"), 2.4),
        "─" => line(format!("M{x:.2} {centre:.2}h{wide}"), 1.0),
        "╭" => corner(1.0, 1.0),
        "╮" => corner(-1.0, 1.0),
        "╰" => corner(1.0, -1.0),
        "╯" => corner(-1.0, -1.0),
        "●" => format!("<circle cx=\"{middle:.2}\" cy=\"{centre:.2}\" r=\"3.4\" fill=\"{ink}\"/>"),
        _ => return None,
    })
}
