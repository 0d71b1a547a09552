//! Draws a picture of the reader from a real frame: `cargo run --example picture` updates the one in the README.
#![expect(clippy::disallowed_methods, reason = "a picture is a file")]

#[expect(dead_code, reason = "a picture needs the desk, not its assertions")]
#[path = "../../tests/support/mod.rs"]
mod support;
mod svg;

use std::path::PathBuf;

use clap::Parser;
use tiedote::text::Language;

/// Draws the reader as an SVG.
#[derive(Parser)]
struct Arguments {
    /// Columns and rows.
    #[arg(long, default_value = svg::SIZE, value_parser = size)]
    size: (u16, u16),
    /// Keys pressed before the picture is taken, as in the key table: `j enter`.
    #[arg(long, default_value = svg::KEYS)]
    keys: String,
    /// The language of the interface: fi, sv or en.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Language,
    /// Index of the colour theme.
    #[arg(long, default_value_t = 0)]
    theme: usize,
    /// The file to write.
    #[arg(long, default_value = svg::PATH)]
    output: PathBuf,
}

fn size(text: &str) -> Result<(u16, u16), String> {
    let numbers = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    numbers.ok_or_else(|| "not like 110x32".to_owned())
}

fn language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "not one of fi, sv and en".to_owned())
}

fn main() -> std::io::Result<()> {
    let Arguments { size: (width, height), keys, language, theme, output } = Arguments::parse();
    let mut desk = support::desk().speaking(language).sized(width, height);
    desk.state.settings.theme = theme;
    std::fs::write(output, svg::picture(&desk.keys(&keys)))
}
