//! Updates the README's key table from the action table: `cargo run --example keys`.
#![expect(clippy::disallowed_methods, reason = "what is renewed is a file")]

mod table;

fn main() -> std::io::Result<()> {
    let readme = std::fs::read_to_string("README.md")?;
    std::fs::write("README.md", table::renewed(&readme))
}
