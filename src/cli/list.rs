//! `tiedote list`: a line an announcement, for people and for pipes.

use std::io::{self, BufWriter, Write};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::arguments::ListArguments;
use super::{Failure, tell};
use crate::calendar::PartialDate;
use crate::io::bundled;
use crate::io::folders::{Found, scan};
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
    path: Option<Clean>,
}

/// Prints the list, newest first.
///
/// # Errors
///
/// When nothing could be listed, or writing fails; what cannot be read is told, and the rest is listed.
pub fn run(arguments: &ListArguments) -> Result<(), Failure> {
    let mut library = Library::default();
    let mut failed = false;
    if arguments.paths.is_empty() {
        library.add(bundled::entries());
    } else {
        let found = Mutex::new((Vec::new(), Vec::new()));
        scan(&arguments.paths, &|event| {
            let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
            match event {
                Found::Entries(entries) => found.0.extend(entries),
                Found::Problem(sentence) => found.1.push(sentence),
            }
            true
        });
        let (entries, problems) = found.into_inner().unwrap_or_else(PoisonError::into_inner);
        library.add(entries);
        failed = !problems.is_empty();
        problems.iter().for_each(tell);
        if library.is_empty() && !failed {
            tell(&Clean::line("no announcements here"));
        }
    }
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for row in 0..library.len() {
        let versions = library.versions(row);
        let Some(entry) = versions.first() else { continue };
        let languages: Vec<&str> = versions.iter().filter_map(|entry| entry.language).map(Language::code).collect();
        if arguments.json {
            let line = listed(entry, languages);
            let json = serde_json::to_string(&line).map_err(io::Error::from)?;
            writeln!(output, "{json}")?;
        } else {
            let date = entry.published.map(|date| date.to_string()).unwrap_or_default();
            let source = entry.source.as_ref().map_or("", Clean::as_str);
            writeln!(output, "{}\t{date}\t{}\t{source}\t{}", entry.id, languages.join(" "), entry.title)?;
        }
    }
    output.flush()?;
    if library.is_empty() || failed { Err(Failure::Silent) } else { Ok(()) }
}

fn listed<'a>(entry: &'a Entry, languages: Vec<&'static str>) -> Listed<'a> {
    let path = match &entry.location {
        Location::File { path, .. } => Some(Clean::line(&path.to_string_lossy())),
        Location::Bundled(_) | Location::Given(_) | Location::Kept(_) => None,
    };
    Listed {
        id: entry.id,
        title: &entry.title,
        source: entry.source.as_ref(),
        published: entry.published,
        language: entry.language.map(Language::code),
        languages,
        minutes: entry.minutes,
        path,
    }
}
