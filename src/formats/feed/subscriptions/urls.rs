//! newsboat's `urls`: an address a line, behind it tags, each perhaps in quotation marks; `~` begins a name.

use super::{Gathering, Subscriptions, address, named};

/// Reports whether every line of a file of that name begins with an address, or with something that newsboat fetches.
pub(super) fn looks_like(text: &str) -> bool {
    lines(text).all(|line| {
        let first = line.trim_start_matches('"');
        let (scheme, rest) = first.split_once(':').unwrap_or_default();
        matches!(scheme.to_ascii_lowercase().as_str(), "exec" | "filter" | "file" | "query" | "feed")
            || rest.starts_with("//") && !scheme.is_empty()
            || tokens(line).first().is_some_and(|first| first.contains('.') && address(first).is_ok())
    })
}

/// Reads the text of a `urls` file.
pub(super) fn read(text: &str) -> Subscriptions {
    let mut gathering = Gathering::default();
    for line in lines(text) {
        let mut tokens = tokens(line).into_iter();
        let Some(entry) = tokens.next() else { continue };
        let (mut name, mut tags) = (None, Vec::new());
        for token in tokens {
            match token.strip_prefix('~') {
                Some(own) => name = named(own),
                // A feed that newsboat hides has a tag for that.
                None => tags.extend(named(token.strip_prefix('!').unwrap_or(&token))),
            }
        }
        gathering.add(&entry, None, name, tags);
    }
    gathering.list
}

/// Returns the lines that hold an entry.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Takes a line apart at its blanks outside quotation marks; a `#` that begins a token ends the line.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut letters = line.chars().peekable();
    while let Some(first) = letters.next() {
        if first.is_whitespace() {
            continue;
        }
        if first == '#' {
            break;
        }
        let mut token = String::new();
        if first == '"' {
            while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
                // A backslash takes the meaning from a quotation mark or another backslash.
                token.push(if letter == '\\' { letters.next().unwrap_or(letter) } else { letter });
            }
        } else {
            token.push(first);
            while let Some(letter) = letters.next_if(|letter| !letter.is_whitespace()) {
                token.push(letter);
            }
        }
        tokens.push(token);
    }
    tokens
}
