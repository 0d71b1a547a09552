//! The `tiedote` program.

use std::io;
use tiedote::cli::wrap;
use tiedote::text::Language;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        let place = arguments.iter().position(|argument| argument == name)?;
        arguments.get(place + 1)
    };
    let width = after("--width").and_then(|value| value.parse().ok()).unwrap_or(72);
    let language = after("--lang").and_then(|value| Language::from_tag(value));
    wrap::run(width, language, io::stdin().lock(), io::stdout().lock())
}
