//! Reads the project's own source: comments and strings blanked, tests cut off, paths resolved.
#![expect(clippy::unwrap_used, reason = "a project that cannot be read fails its test")]
#![expect(clippy::disallowed_methods, reason = "what is tested are files")]

use std::path::Path;

/// Holds a source file.
pub struct Source {
    /// Its path from the top of the project.
    pub path: String,
    /// The module path: `["app", "list"]`; empty for `lib.rs`.
    pub module: Vec<String>,
    /// Its text.
    pub text: String,
    /// Its text with comments, strings and characters blanked, so that only code is left.
    pub code: String,
}

/// Returns every Rust file under `folder`, sorted by path.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), folder, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn walk(folder: &Path, name: &str, found: &mut Vec<Source>) {
    let Ok(entries) = folder.read_dir() else { return };
    for entry in entries.map(Result::unwrap) {
        let file = entry.file_name().into_string().unwrap();
        let path = format!("{name}/{file}");
        if entry.file_type().unwrap().is_dir() {
            walk(&entry.path(), &path, found);
        } else if Path::new(&file).extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let inner = path.split_once('/').map_or("", |(_, inner)| inner).trim_end_matches(".rs");
            let module = inner.split('/').filter(|part| !matches!(*part, "mod" | "lib")).map(str::to_owned).collect();
            found.push(Source { code: blanked(&text), path, module, text });
        }
    }
}

impl Source {
    /// Returns the code outside tests: everything before the test module, nothing of a file of tests.
    pub fn without_tests(&self) -> &str {
        if self.module.last().is_some_and(|name| name == "tests") {
            return "";
        }
        let end = self.code.match_indices("#[cfg(test)]").find(|(at, mark)| {
            let rest = self.code.get(at + mark.len()..).unwrap_or_default().trim_start();
            rest.starts_with("mod ") || rest.starts_with("#[")
        });
        end.and_then(|(at, _)| self.code.get(..at)).unwrap_or(&self.code)
    }

    /// Returns the number of lines outside tests.
    pub fn length(&self) -> usize {
        self.without_tests().lines().count()
    }

    /// Returns every path of two segments or more in the code outside tests, with `use` groups expanded and `super`
    /// resolved; paths in this project begin with `crate`.
    pub fn paths(&self) -> Vec<Vec<String>> {
        let tokens = tokens(self.without_tests());
        let mut paths = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let starts = is_word(tokens[at]) && (at == 0 || !matches!(tokens[at - 1], "::" | "."));
            at = if starts { read_path(&tokens, at, &[], &mut paths) } else { at + 1 };
        }
        paths.into_iter().filter(|path| path.len() > 1).map(|path| self.absolute(&path)).collect()
    }

    fn absolute(&self, path: &[&str]) -> Vec<String> {
        let mut base = self.module.clone();
        if !self.path.ends_with("/mod.rs") && path[0] == "super" {
            base.pop();
        }
        let climbs = path.iter().take_while(|part| **part == "super").count();
        let here = path[0] == "self";
        let rest = path.iter().skip(climbs.max(usize::from(here))).map(|part| (*part).to_owned());
        if climbs == 0 && !here {
            return rest.collect();
        }
        // The first `super` of a mod.rs leaves the folder; that of any other file was removed above.
        let pops = if self.path.ends_with("/mod.rs") { climbs } else { climbs.saturating_sub(1) };
        base.truncate(base.len().saturating_sub(pops));
        std::iter::once("crate".to_owned()).chain(base).chain(rest).collect()
    }

    /// Returns every test with its body, by name.
    pub fn tests(&self) -> Vec<(String, &str)> {
        let mut tests = Vec::new();
        for (at, mark) in self.code.match_indices("#[test]") {
            let rest = self.code.get(at + mark.len()..).unwrap_or_default();
            let Some((_, named)) = rest.split_once("fn ") else { continue };
            let name =
                named.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
            let mut depth = 0;
            let end = named.char_indices().find(|(_, letter)| {
                depth += match letter {
                    '{' => 1,
                    '}' => -1,
                    _ => return false,
                };
                depth == 0
            });
            tests.push((name.to_owned(), named.get(..end.map_or(named.len(), |(at, _)| at)).unwrap_or_default()));
        }
        tests
    }
}

fn is_word(token: &str) -> bool {
    token.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

/// Splits code into words, `::`, and other single characters.
fn tokens(code: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(letter) = rest.chars().next() {
        let word = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = if word(letter) {
            rest.find(|letter| !word(letter)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            letter.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

/// Reads the path that begins at token `at` behind `prefix`; returns where it ends.
fn read_path<'a>(tokens: &[&'a str], mut at: usize, prefix: &[&'a str], paths: &mut Vec<Vec<&'a str>>) -> usize {
    let mut path = prefix.to_vec();
    while tokens.get(at).is_some_and(|token| is_word(token)) {
        path.push(tokens[at]);
        at += 1;
        if tokens.get(at) != Some(&"::") {
            break;
        }
        at += 1;
        if tokens.get(at) == Some(&"{") {
            at += 1;
            while tokens.get(at).is_some_and(|token| *token != "}") {
                at = if is_word(tokens[at]) { read_path(tokens, at, &path, paths) } else { at + 1 };
            }
            return at + 1;
        }
    }
    paths.push(path);
    at
}

/// Blanks comments, strings and characters; lines stay where they were.
fn blanked(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if rest.starts_with("r\"") || rest.starts_with("r#") && !code.ends_with(char::is_alphanumeric) {
            raw_string(rest)
        } else if letter == '"' {
            quoted(rest)
        } else if letter == '\'' {
            character(rest)
        } else {
            0
        };
        let (skipped, after) = rest.split_at(length.max(letter.len_utf8()));
        if length == 0 {
            code.push(letter);
        } else {
            code.push(' ');
            code.extend(skipped.chars().filter(|letter| *letter == '\n'));
        }
        rest = after;
    }
    code
}

fn raw_string(rest: &str) -> usize {
    let hashes = rest.bytes().skip(1).take_while(|byte| *byte == b'#').count();
    let opening = hashes + 2;
    let end = format!("\"{}", "#".repeat(hashes));
    rest.get(opening..).and_then(|inner| inner.find(&end)).map_or(0, |at| opening + at + end.len())
}

fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map_or(rest.len(), |(at, _)| at + 1)
}

/// Returns the length of a character literal; 0 if the apostrophe begins a lifetime.
fn character(rest: &str) -> usize {
    let mut letters = rest.char_indices().skip(1);
    match letters.next() {
        Some((_, '\\')) => rest.get(3..).and_then(|inner| inner.find('\'')).map_or(0, |at| at + 4),
        Some(_) => letters.next().filter(|(_, letter)| *letter == '\'').map_or(0, |(at, _)| at + 1),
        None => 0,
    }
}
