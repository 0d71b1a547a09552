//! The command line: arguments, the printing subcommands, exit codes.
//! What is printed is made elsewhere, and nothing is printed that was not cleaned.
#![expect(clippy::disallowed_methods, reason = "arguments and the environment are read here and handed on")]

mod arguments;
mod browse;
mod library;
mod list;
mod locale;
mod render;
mod search;
mod show;
pub mod wrap;

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::app::Problem;
use crate::text::Clean;
use arguments::{Arguments, Command};

/// Runs the program on its arguments; the exit code is 0 when all went well, 1 when something failed, 2 for arguments
/// that make no sense.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed where they were asked for; a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let done = match arguments.command {
        Some(Command::List(list)) => list::run(arguments.library.as_deref(), &list),
        Some(Command::Show(show)) => show::run(arguments.library.as_deref(), &show),
        Some(Command::Search(search)) => search::run(arguments.library.as_deref(), &search),
        Some(Command::Import(import)) => library::import(arguments.library.as_deref(), &import),
        Some(Command::Export(export)) => library::export(arguments.library.as_deref(), &export),
        Some(Command::Library { command }) => library::manage(arguments.library.as_deref(), &command),
        Some(Command::Wrap { width, lang }) => {
            wrap::run(width, lang.language(), io::stdin().lock(), io::stdout().lock()).map_err(Failure::from)
        }
        None if io::stdout().is_terminal() => {
            let languages = locale::languages(arguments.ui_language, |name| std::env::var(name).ok());
            return browse::run(&arguments.paths, languages, arguments.library.as_deref());
        }
        None => {
            let list = arguments::ListArguments { paths: arguments.paths, json: false };
            list::run(arguments.library.as_deref(), &list)
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Silent) => ExitCode::FAILURE,
        Err(Failure::ClosedPipe) => ExitCode::SUCCESS,
        Err(Failure::Misused) => ExitCode::from(2),
        Err(Failure::Told(sentence)) => {
            tell(&sentence);
            ExitCode::FAILURE
        }
    }
}

/// Why a command ended without doing what it was asked.
#[derive(Debug)]
enum Failure {
    /// One sentence says why.
    Told(Clean),
    /// It was said already.
    Silent,
    /// What was asked makes no sense, which was said already.
    Misused,
    /// Whoever read the output has seen enough.
    ClosedPipe,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Told(Clean::line(&crate::io::reason::of(&error).to_string())),
        }
    }
}

/// Says something on standard error.
fn tell(sentence: &Clean) {
    eprintln!("tiedote: {sentence}");
}

/// Says what could not be read or done.
fn complain(problem: &Problem) {
    eprintln!("tiedote: {problem}");
}

/// Says that there is nothing to read at `paths`.
fn nothing_in(paths: &[PathBuf]) -> Clean {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Clean::line(&format!("{}: no announcements here", names.join(", ")))
}

/// Whether the environment asks for output without colours (no-color.org).
fn colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
