//! `tiedote list`: a line an announcement, for people and for pipes.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::arguments::ListArguments;
use super::{Failure, complain, nothing_in, opening, tell};
use crate::calendar::PartialDate;
use crate::io::files::bundled;
use crate::io::files::folders::{Found, scan};
use crate::io::json::{self, JsonPath};
use crate::io::store::Store;
use crate::model::{Entry, Id, Library, Location};
use crate::text::{Clean, Language};

/// One announcement as `--json` prints it.
#[derive(Serialize)]
struct Listed<'a> {
    id: Id,
    title: &'a Clean,
    source: Option<&'a Clean>,
    published: Option<PartialDate>,
    language: Option<&'static str>,
    languages: Vec<&'static str>,
    minutes: u16,
    #[serde(flatten)]
    path: JsonPath,
    /// Further files that hold it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<String>,
}

/// Prints the list, newest first.
///
/// # Errors
///
/// When nothing could be listed, or writing fails; what cannot be read is told, and the rest is listed.
pub fn run(asked: Option<&Path>, arguments: &ListArguments) -> Result<(), Failure> {
    let mut library = Library::default();
    let mut failed = false;
    let kept = if arguments.paths.is_empty() { opening::shown(asked)? } else { None };
    if let Some(store) = &kept {
        let read = store.entries(1024, |entries| {
            library.add(entries);
            true
        });
        read.map_err(|fault| opening::fail(store, &fault))?;
    } else if arguments.paths.is_empty() {
        library.add(bundled::entries());
    } else {
        let found = Mutex::new((Vec::new(), Vec::new()));
        scan(&arguments.paths, &|event| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match event {
                Found::Entries(entries) => found.0.extend(entries),
                Found::Texts(_) => {}
                Found::Problem(problem) => found.1.push(problem),
            }
            true
        });
        let (entries, problems) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        library.add(entries);
        failed = !problems.is_empty();
        problems.iter().for_each(complain);
        if library.is_empty() && !failed {
            tell(&nothing_in(&arguments.paths));
        }
    }
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for row in 0..library.len() {
        let versions = library.versions(row);
        let Some(entry) = versions.first() else { continue };
        let languages: Vec<&str> = versions.iter().filter_map(|entry| entry.language).map(Language::code).collect();
        if arguments.json {
            let line = listed(entry, languages, kept.as_ref(), library.duplicates(entry.id));
            let json = json::line(&line).map_err(io::Error::from)?;
            writeln!(output, "{json}")?;
        } else {
            let date = entry.published.map(|date| date.to_string()).unwrap_or_default();
            let source = entry.source.as_deref().map_or("", Clean::as_str);
            writeln!(output, "{}\t{date}\t{}\t{source}\t{}", entry.id, languages.join(" "), entry.title)?;
        }
    }
    output.flush()?;
    if library.is_empty() || failed { Err(Failure::Silent) } else { Ok(()) }
}

fn listed<'a>(
    entry: &'a Entry,
    languages: Vec<&'static str>,
    kept: Option<&Store>,
    elsewhere: impl Iterator<Item = &'a Location>,
) -> Listed<'a> {
    let path = match &entry.location {
        Location::File { path, .. } => JsonPath::of(path),
        // Its path is no reason not to list it.
        Location::Kept(_) => {
            let path = kept.and_then(|store| store.path_of_any(entry.group).ok().flatten());
            path.map(|path| JsonPath::of(&path)).unwrap_or_default()
        }
        Location::Bundled(_) | Location::Given(_) => JsonPath::default(),
    };
    Listed {
        id: entry.id,
        title: &entry.title,
        source: entry.source.as_deref(),
        published: entry.published,
        language: entry.language.map(Language::code),
        languages,
        minutes: entry.minutes,
        path,
        also: elsewhere
            .filter_map(|location| match location {
                Location::File { path, .. } => Some(path.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect(),
    }
}
