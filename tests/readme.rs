//! What the README says is so.
#![expect(clippy::disallowed_methods, reason = "what is tested is a file")]

#[path = "../examples/keys/table.rs"]
mod table;

use std::path::Path;

fn readme() -> String {
    std::fs::read_to_string("README.md").unwrap_or_default()
}

#[test]
fn the_key_table_is_that_of_the_program() {
    assert!(readme() == table::renewed(&readme()), "the keys have changed: cargo run --example keys");
}

#[test]
fn it_fits_a_sitting_and_its_first_commands_come_first() {
    let readme = readme();
    // The table of keys is looked up, not read.
    let read = readme.lines().filter(|line| !line.starts_with('|')).count();
    assert!(read <= 110, "{read} lines besides the tables");
    let commands: Vec<&str> = readme.split("```sh\n").skip(1).flat_map(|block| block.lines().take(2)).take(2).collect();
    assert_eq!(commands, ["cargo run --release", "cargo test"]);
}

#[test]
fn every_file_it_links_to_is_there() {
    let readme = readme();
    let links = readme.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link);
    let missing: Vec<&str> = links.filter(|link| !link.starts_with("http") && !Path::new(link).exists()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
