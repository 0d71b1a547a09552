//! `tiedote import`, `export` and `library`: what is kept, in and out, and whether it is whole.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};

use super::opening::{existing, fail, open, place, say, told, writable};
use super::{Failure, complain, sources, subscriptions, tell};
use crate::app::Reason;
use crate::io::files::location;
use crate::io::library::reconcile::{Step, reconcile};
use crate::io::library::transfer::{self, TransferError, subscriptions as lists};
use crate::io::search::index;
use crate::io::store::{Fault, FaultKind, SourceKind, Store};
use crate::text::Clean;

/// What to take in.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// Folders and files to follow from now on, exported libraries, also gzipped (`-` reads one from standard input), or lists
    /// of feeds: OPML and newsboat's `urls`.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
}

/// Where to write everything.
#[derive(Debug, Args)]
pub struct ExportArguments {
    /// The file to write; without it, standard output.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Write only the feeds that are followed, as OPML for other readers.
    #[arg(long)]
    pub opml: bool,
}

/// What to do with the library.
#[derive(Debug, Subcommand)]
pub enum LibraryCommand {
    /// Look through all of it for damage.
    Check,
    /// Say where it is.
    Path,
    /// Look for what changed in the folders that are followed.
    Update,
    /// Follow folders, files or feeds no longer; their announcements stay.
    Unfollow {
        /// Folders and files, as they were imported, and addresses or names of feeds.
        #[arg(value_name = "PATH|ADDRESS|NAME", required = true)]
        paths: Vec<PathBuf>,
    },
    /// Give unused room back to the disk.
    Compact,
}

/// Takes in folders, files and exported libraries.
pub fn import(library: Option<&Path>, arguments: &ImportArguments) -> Result<(), Failure> {
    let missing = |error: io::Error, path: &Path| told(TransferError::Stream(error), path);
    // Nothing is made where there is nothing to take in.
    for path in arguments.paths.iter().filter(|path| path.as_os_str() != "-") {
        path.metadata().map_err(|error| missing(error, path))?;
    }
    let mut store = open(library)?;
    writable(&store)?;
    let mut failed = false;
    for path in &arguments.paths {
        if let Some(mut input) = exported(path)? {
            let imported = transfer::import(&mut store, &mut input).map_err(|trouble| told(trouble, path))?;
            say(&format!("kept {} announcements and {} marks", imported.announcements, imported.marks))?;
            continue;
        }
        if path.is_file()
            && let Some(list) = lists::read(path).map_err(|error| missing(error, path))?
        {
            failed |= !subscriptions::take(&store, path, &list)?;
            continue;
        }
        let absolute = path.canonicalize().map_err(|error| missing(error, path))?;
        store.add_source(&absolute).map_err(|fault| fail(&store, &fault))?;
        failed |= look(&mut store, Some(&absolute))?;
    }
    // Without it searching is only slower.
    let _ = index::renew(&store, &|| false);
    store.checkpoint().map_err(|fault| fail(&store, &fault))?;
    if failed { Err(Failure::Silent) } else { Ok(()) }
}

/// Writes everything out.
pub fn export(library: Option<&Path>, arguments: &ExportArguments) -> Result<(), Failure> {
    let store = existing(library)?;
    let place = arguments.file.as_deref().unwrap_or(Path::new("-"));
    let write = |output: &mut dyn Write| {
        if arguments.opml {
            output.write_all(lists::opml(&store)?.as_bytes())?;
            return Ok(0);
        }
        transfer::export(&store, output)
    };
    let damaged = match &arguments.file {
        None => {
            let mut output = BufWriter::new(io::stdout().lock());
            let damaged = write(&mut output).map_err(|trouble| told(trouble, place))?;
            output.flush()?;
            damaged
        }
        Some(path) => {
            let failed = |error: io::Error| told(TransferError::Stream(error), path);
            // An export never takes the place of another file.
            let mut output = BufWriter::new(File::create_new(path).map_err(failed)?);
            let written = write(&mut output).map_err(|trouble| told(trouble, path));
            let mut synced = || output.flush().and_then(|()| output.get_ref().sync_all()).map_err(failed);
            let whole = written.and_then(|damaged| synced().map(|()| damaged));
            // A part of an export would be taken for a whole one.
            whole.inspect_err(|_| drop(std::fs::remove_file(path)))?
        }
    };
    if damaged == 0 {
        return Ok(());
    }
    Err(Failure::Told(Clean::line(&format!("texts that are damaged and were written as they are: {damaged}"))))
}

/// Looks after the library.
pub fn manage(library: Option<&Path>, command: &LibraryCommand) -> Result<(), Failure> {
    match command {
        LibraryCommand::Path => say(&place(library).map_err(Failure::Told)?.to_string_lossy()),
        LibraryCommand::Check => check(&existing(library)?),
        LibraryCommand::Update => {
            let mut store = existing(library)?;
            writable(&store)?;
            let failed = look(&mut store, None)?;
            let _ = index::renew(&store, &|| false);
            if failed { Err(Failure::Silent) } else { Ok(()) }
        }
        LibraryCommand::Unfollow { paths } => {
            let mut store = existing(library)?;
            writable(&store)?;
            let mut failed = false;
            for path in paths {
                failed |= !sources::unfollow(&mut store, path)?;
            }
            if failed { Err(Failure::Silent) } else { Ok(()) }
        }
        LibraryCommand::Compact => {
            let store = existing(library)?;
            writable(&store)?;
            store.compact().map_err(|fault| fail(&store, &fault))
        }
    }
}

fn check(store: &Store) -> Result<(), Failure> {
    let faults = store.check().map_err(|fault| fail(store, &fault))?;
    for fault in &faults {
        tell(&Clean::line(fault));
    }
    if !faults.is_empty() && store.is_writable() {
        return Err(fail(store, &Fault::new(FaultKind::Damaged, Reason::Damaged)));
    }
    let damaged = store.damaged_texts().map_err(|fault| fail(store, &fault))?;
    let lost: Vec<u32> = damaged.iter().copied().filter(|number| location::mended(store, *number).is_err()).collect();
    if lost.len() < damaged.len() {
        say(&format!("texts that were damaged and were read again from their files: {}", damaged.len() - lost.len()))?;
    }
    for number in &lost {
        let entry = store.entry(*number).map_err(|fault| fail(store, &fault))?;
        let title = entry.map(|entry| entry.title).unwrap_or_default();
        tell(&Clean::line(&format!("the text of an announcement is damaged and no file holds it: {title}")));
    }
    let (announcements, rows) = store.count().map_err(|fault| fail(store, &fault))?;
    let marks = store.marks().map_err(|fault| fail(store, &fault))?.len();
    let sources = store.sources().map_err(|fault| fail(store, &fault))?;
    let count = |kind| sources.iter().filter(|source| source.kind == kind).count();
    let (paths, feeds) = (count(SourceKind::Path), count(SourceKind::Feed));
    say(&format!("{announcements} announcements in {rows} rows, {marks} with marks"))?;
    say(&format!("followed: {paths} folders and files, {feeds} feeds"))?;
    if faults.is_empty() && lost.is_empty() { say("no damage found") } else { Err(Failure::Silent) }
}

/// Returns the lines of an exported library, when `path` is one.
fn exported(path: &Path) -> Result<Option<Box<dyn io::BufRead>>, Failure> {
    let failed = |error: io::Error| told(TransferError::Stream(error), path);
    if path.as_os_str() == "-" {
        return transfer::open(io::stdin()).map(|(lines, _)| Some(lines)).map_err(failed);
    }
    if !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let begun = transfer::open(File::open(path).map_err(failed)?);
    // Of what does not even begin it is told why when it is read as an announcement.
    Ok(begun.ok().filter(|(_, ours)| *ours).map(|(lines, _)| lines))
}

/// Looks at one source, or all; returns whether anything could not be read.
fn look(store: &mut Store, only: Option<&Path>) -> Result<bool, Failure> {
    let mut sources = store.sources().map_err(|fault| fail(store, &fault))?;
    sources.retain(|source| only.is_none_or(|path| source.path == path));
    let (began, mut shown) = (Instant::now(), Instant::now());
    let (mut taken, mut failed) = (0, false);
    let watched = io::stderr().is_terminal();
    let done = reconcile(store, &sources, None, &mut |step| {
        match step {
            Step::Taken(ingested) => taken += ingested.entries.len(),
            Step::Problem(problem) => {
                failed = true;
                complain(&problem);
            }
            Step::Looked { files, .. } => {
                if watched
                    && began.elapsed() > Duration::from_millis(500)
                    && shown.elapsed() > Duration::from_millis(100)
                {
                    eprint!("\r{files} files");
                    shown = Instant::now();
                }
            }
        }
        true
    });
    if watched && began.elapsed() > Duration::from_millis(500) {
        eprint!("\r\u{1b}[K");
    }
    done.map_err(|fault| fail(store, &fault))?;
    // Another program that is open may have taken some of them in.
    let held = sources.iter().map(|source| store.count_in(source.number)).sum::<Result<u64, _>>();
    let held = held.map_err(|fault| fail(store, &fault))?;
    say(&format!("kept {taken} announcements that are new or changed; {held} are in the library now"))?;
    Ok(failed)
}
