//! Tests the rules of the project: layers, dependencies, sizes, comments. Each says what to do when it fails.
#![expect(clippy::disallowed_methods, reason = "the manifest is a file")]

mod prose;
mod source;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use source::{Source, sources};

/// Lists the layers: a module uses those of lower layers, and of its own as long as there is no circle.
const LAYERS: &[(&str, u8)] = &[
    ("text", 0),
    ("calendar", 0),
    ("model", 1),
    ("formats", 2),
    ("typeset", 2),
    ("search", 2),
    ("app", 3),
    ("view", 4),
    ("io", 4),
    ("config", 4),
    ("terminal", 5),
    ("cli", 6),
    ("main", 7),
];

/// Lists the rooms of `io`: each uses only those before it. Files outside them, such as `workers`, serve all.
const ROOMS: [&str; 6] = ["feeds", "store", "files", "search", "library", "world"];

/// Lists every dependency with the modules that may name it.
const DEPENDENCIES: &[(&str, &[&str])] = &[
    ("chardetng", &["formats"]),
    ("clap", &["cli", "main"]),
    ("dom_smoothie", &["formats"]),
    ("encoding_rs", &["formats"]),
    ("flate2", &["formats", "io"]),
    ("hashbrown", &["model"]),
    ("html5ever", &["formats"]),
    ("hypher", &["typeset"]),
    ("jiff", &["calendar", "formats"]),
    ("memchr", &["text", "formats", "search"]),
    ("notify", &["io"]),
    ("nucleo_matcher", &["search"]),
    ("pulldown_cmark", &["formats"]),
    ("quick_xml", &["formats"]),
    ("ratatui", &["view", "terminal", "cli"]),
    ("crossterm", &["terminal"]),
    ("rusqlite", &["io"]),
    ("rustix", &["io", "terminal", "cli", "main"]),
    ("rustls", &["io::feeds"]),
    ("serde", &["text", "calendar", "model", "formats", "config", "io", "cli"]),
    ("serde_json", &["formats", "io", "cli"]),
    ("serde_saphyr", &["formats"]),
    ("signal_hook", &["terminal"]),
    ("textwrap", &["text", "typeset"]),
    ("toml", &["formats", "config"]),
    ("unicode_normalization", &["text", "terminal"]),
    ("unicode_segmentation", &["text", "typeset", "search", "app"]),
    ("unicode_width", &["text", "search"]),
    ("ureq", &["io::feeds"]),
];

/// Lists the parts of the standard library that reach the world, with the modules that may use them.
const WORLD: &[(&str, &[&str])] = &[
    ("std::fs", &["io", "config", "terminal", "cli", "main"]),
    ("std::thread", &["io", "terminal"]),
    ("std::time::Instant", &["io", "terminal", "cli"]),
    ("std::time::SystemTime", &["io", "terminal"]),
    ("std::process", &["io", "terminal", "cli", "main"]),
    ("std::net", &["io"]),
    ("std::env", &["io", "config", "terminal", "cli", "main"]),
    // The view and the terminal share the frame's cells.
    ("ratatui::widgets", &["view"]),
    ("rustix::termios", &["terminal", "cli", "main"]),
    ("rustix::fs", &["io", "terminal"]),
];

/// Largest number of lines of a file, without its tests.
const LONGEST: usize = 400;

/// Lists files that may be longer for now, with their limits; a file below [`LONGEST`] leaves the list.
const LONGER: &[(&str, usize)] = &[];

/// Lists the words that show that a test asserts something.
const ASSERTING: &[&str] = &["assert", "panic!", ".shows(", ".hides(", ".has(", ".wishes("];

fn top(source: &Source) -> &str {
    source.module.first().map_or("lib", String::as_str)
}

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|(_, layer)| *layer)
}

/// Returns the paths in `source` that begin with `crate`, without that.
fn own_paths(source: &Source) -> impl Iterator<Item = Vec<String>> {
    let roots = ["crate", "tiedote"];
    source.paths().into_iter().filter(move |path| roots.contains(&path[0].as_str())).map(|path| path[1..].to_vec())
}

#[test]
fn every_module_has_a_layer_and_uses_none_above_it() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().filter(|source| !source.module.is_empty()) {
        let own = layer(top(source));
        if own.is_none() {
            wrong.push(format!("{}: give the module {} a layer in this test", source.path, top(source)));
        }
        for path in own_paths(source) {
            if layer(&path[0]).is_some_and(|used| own.is_some_and(|own| used > own)) {
                wrong.push(format!("{} reaches up to {}", source.path, path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rooms_of_io_use_each_other_one_way() {
    let room = |path: &[String]| match path {
        [io, room, ..] if io == "io" => ROOMS.iter().position(|known| known == room),
        _ => None,
    };
    let mut wrong = Vec::new();
    let mut uses = 0;
    for source in &sources("src") {
        let Some(own) = room(&source.module) else { continue };
        for path in own_paths(source) {
            let used = room(&path);
            uses += usize::from(used.is_some_and(|used| used < own));
            if used.is_some_and(|used| used > own) {
                wrong.push(format!("{} reaches up to {}", source.path, path.join("::")));
            }
        }
    }
    assert!(uses > 10, "imports were not found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn modules_do_not_import_in_circles() {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut files: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let all = sources("src");
    let known: HashMap<Vec<String>, &Source> = all.iter().map(|source| (source.module.clone(), source)).collect();
    for source in all.iter().filter(|source| !source.module.is_empty()) {
        let used = own_paths(source).filter(|path| layer(&path[0]).is_some());
        for path in used {
            if path[0] != top(source) {
                modules.entry(top(source).to_owned()).or_default().insert(path[0].clone());
            }
            let file = home(&known, &path);
            // A folder's mod.rs re-exports its files, and they may use what it defines.
            if !file.starts_with(&source.module) && !source.module.starts_with(&file) {
                files.entry(source.module.join("::")).or_default().insert(file.join("::"));
            }
        }
    }
    assert!(modules.len() > 3 && files.len() > 20, "imports were not found");
    assert_eq!(circle(&modules), None);
    assert_eq!(circle(&files), None);
}

/// Returns the module that defines `path`, following re-exports of a `mod.rs`.
fn home(known: &HashMap<Vec<String>, &Source>, path: &[String]) -> Vec<String> {
    let depth = (1..=path.len()).rev().find(|depth| known.contains_key(&path[..*depth])).unwrap_or(1);
    let module = path[..depth].to_vec();
    let (Some(source), Some(name)) = (known.get(&module), path.get(depth)) else { return module };
    for handed in source.paths() {
        let child = [module.as_slice(), &handed[..1]].concat();
        if handed.last() == Some(name) && known.contains_key(&child) {
            return home(known, &[module, handed].concat());
        }
    }
    module
}

/// Returns a circle of modules that use each other, if there is one.
fn circle(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    fn search<'a>(
        uses: &'a BTreeMap<String, BTreeSet<String>>,
        at: &'a str,
        trail: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<String> {
        if let Some(from) = trail.iter().position(|passed| *passed == at) {
            return Some(format!("{} → {at}", trail[from..].join(" → ")));
        }
        if !done.insert(at) {
            return None;
        }
        trail.push(at);
        let found = uses.get(at).into_iter().flatten().find_map(|used| search(uses, used, trail, done));
        trail.pop();
        found
    }
    let mut done = BTreeSet::new();
    uses.keys().find_map(|module| search(uses, module, &mut Vec::new(), &mut done))
}

#[test]
fn every_dependency_is_named_with_the_modules_that_may_use_it() {
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    let listed: BTreeSet<String> =
        manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect();
    let named: BTreeSet<String> = DEPENDENCIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named, listed, "DEPENDENCIES in this test (left) and in Cargo.toml (right)");
}

#[test]
fn tools_are_used_only_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        for path in source.paths() {
            let path = path.join("::");
            for (tool, modules) in DEPENDENCIES.iter().chain(WORLD) {
                let rest = path.strip_prefix(tool);
                // A room is named with its module: `io::feeds`.
                let room = source.module.get(..2).map(|path| path.join("::")).unwrap_or_default();
                if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
                    && !modules.iter().any(|module| *module == top(&source) || *module == room)
                {
                    wrong.push(format!("{} uses {path}, which is for {}", source.path, modules.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_fits_a_sitting() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let granted = LONGER.iter().find(|(path, _)| *path == source.path).map(|(_, lines)| *lines);
        let length = source.length();
        if length > granted.unwrap_or(LONGEST) {
            wrong.push(format!("{} has {length} lines: divide it by what it is about", source.path));
        } else if granted.is_some() && length <= LONGEST {
            wrong.push(format!("{} has only {length} lines: take it out of LONGER", source.path));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let all: Vec<Source> = ["src", "tests", "benches", "examples"].into_iter().flat_map(sources).collect();
    let silent = |source: &&Source| !source.text.starts_with("//! ") && !source.path.ends_with("/tests.rs");
    let silent: Vec<&str> = all.iter().filter(silent).map(|source| source.path.as_str()).collect();
    assert_eq!(silent, Vec::<&str>::new(), "each begins with a line of //!");
}

#[test]
fn lints_are_expected_never_allowed() {
    let all = ["src", "tests", "benches", "examples"].into_iter().flat_map(sources);
    let allowing: Vec<String> = all
        .filter(|source| source.code.contains("#[allow") || source.code.contains("#![allow"))
        .map(|source| source.path)
        .collect();
    assert_eq!(allowing, Vec::<String>::new(), "write #[expect(…, reason = …)] instead");
}

#[test]
fn every_test_asserts_something() {
    let mut idle = Vec::new();
    let mut count = 0;
    for source in ["src", "tests"].into_iter().flat_map(sources) {
        for (name, body) in source.tests() {
            count += 1;
            // Tests named `any_…` are properties that hold if nothing panics.
            if !name.starts_with("any_") && !ASSERTING.iter().any(|word| body.contains(word)) {
                idle.push(format!("{}: {name}", source.path));
            }
        }
    }
    assert!(count > 50, "tests were not found");
    assert_eq!(idle, Vec::<String>::new());
}
