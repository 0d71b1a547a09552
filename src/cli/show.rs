//! `tiedote show`: announcements as typeset text or as JSON.

use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::Path;

use super::arguments::ShowArguments;
use super::{Failure, render, tell};
use crate::formats::{self, Input};
use crate::io::folders::list_files;
use crate::io::{bundled, files};
use crate::model::{Announcement, Id};
use crate::text::{Clean, Language};

/// Prints what `arguments` name, in that order.
///
/// # Errors
///
/// When nothing could be shown, or writing fails; what cannot be read is told, and the rest is shown.
pub fn run(arguments: &ShowArguments) -> Result<(), Failure> {
    let styled = io::stdout().is_terminal();
    let mut output = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut shown, mut failed) = (0_usize, false);
    for what in &arguments.what {
        let mut problem = |sentence: &Clean| {
            tell(sentence);
            failed = true;
        };
        for (_, announcement) in found(what, arguments.lang, &mut problem) {
            if shown > 0 {
                writeln!(output)?;
            }
            render::write(announcement, arguments.width, styled, &mut output)?;
            shown += 1;
        }
    }
    output.flush()?;
    if shown == 0 || failed { Err(Failure::Silent) } else { Ok(()) }
}

/// The announcements that one argument names, with the paths of those that are files.
fn found(
    what: &Path,
    language: Option<Language>,
    problem: &mut dyn FnMut(&Clean),
) -> Vec<(Option<String>, Announcement)> {
    if what.as_os_str() == "-" {
        let mut bytes = Vec::new();
        if let Err(error) = io::stdin().lock().take(files::LARGEST).read_to_end(&mut bytes) {
            problem(&Clean::line(&format!("standard input: {}", files::reason(&error))));
        }
        let announcements = formats::read(&Input::new("", &bytes)).announcements;
        if announcements.is_empty() {
            problem(&Clean::line("standard input holds no announcement"));
        }
        return announcements.into_iter().map(|announcement| (None, told(announcement, language))).collect();
    }
    if let Some(announcement) = what.to_str().and_then(|id| id.parse().ok()).and_then(|id| by_id(id, language)) {
        return vec![(None, announcement)];
    }
    let mut announcements = Vec::new();
    for file in list_files(&[what.to_owned()]) {
        match file.and_then(|path| Ok((files::read(&path, true)?.reading, path))) {
            Ok((reading, path)) => {
                if reading.announcements.is_empty() {
                    problem(&Clean::line(&format!("{}: holds no announcement", path.display())));
                }
                let path = Clean::line(&path.to_string_lossy()).to_string();
                let named = |announcement| (Some(path.clone()), told(announcement, language));
                announcements.extend(reading.announcements.into_iter().map(named));
            }
            Err(sentence) => problem(&sentence),
        }
    }
    if announcements.is_empty() && what.is_dir() {
        problem(&Clean::line(&format!("{}: no announcements here", what.display())));
    }
    announcements
}

/// The announcement with the language it was said to be in, where it does not say so itself.
fn told(announcement: Announcement, language: Option<Language>) -> Announcement {
    Announcement { language: language.or(announcement.language), ..announcement }
}

/// A bundled announcement by its identity, in the language asked for where it has a version in it.
fn by_id(id: Id, language: Option<Language>) -> Option<Announcement> {
    let entries = bundled::entries();
    let named = entries.iter().find(|entry| entry.id == id || entry.group == id)?;
    let version = language
        .and_then(|wished| entries.iter().find(|entry| entry.group == named.group && entry.language == Some(wished)))
        .unwrap_or(named);
    match version.location {
        crate::model::Location::Bundled(number) => bundled::read(number),
        _ => None,
    }
}
