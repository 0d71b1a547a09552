//! Makes the README's key table.

use std::fmt::Write;

use tiedote::app::actions::{ACTIONS, Scope};

const START: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

/// Returns `readme` with its key table made from the action table.
pub fn renewed(readme: &str) -> String {
    let Some((before, rest)) = readme.split_once(START) else { return readme.to_owned() };
    let Some((_, after)) = rest.split_once(END) else { return readme.to_owned() };
    [before, START, "\n", &table(), "\n", END, after].concat()
}

fn table() -> String {
    let mut table = "| where | keys | what they do | name |\n|---|---|---|---|\n".to_owned();
    for scope in Scope::ALL {
        let name = scope.title().en.to_lowercase();
        for (number, entry) in ACTIONS.iter().filter(|entry| entry.scope == scope).enumerate() {
            let place = if number == 0 { name.as_str() } else { "" };
            let keys: Vec<String> = entry.keys.iter().map(|keys| format!("`{keys}`")).collect();
            let _ = writeln!(table, "| {place} | {} | {} | `{}` |", keys.join(" "), entry.help.en, entry.name);
        }
    }
    table
}
