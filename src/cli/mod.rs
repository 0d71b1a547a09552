//! The command line: arguments, the printing subcommands, exit codes.
//! What is printed is made elsewhere, and nothing is printed that was not cleaned.
#![expect(clippy::disallowed_methods, reason = "arguments and the environment are read here and handed on")]

mod arguments;
mod browse;
mod feeds;
mod library;
mod list;
mod locale;
mod opening;
mod render;
mod search;
mod show;
mod sources;
mod subscriptions;
pub mod wrap;

use std::io::{self, IsTerminal, Write};
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
            let text = said(&error);
            let _ = if error.use_stderr() {
                io::stderr().write_all(text.as_bytes())
            } else {
                io::stdout().write_all(text.as_bytes())
            };
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let done = match arguments.command {
        Some(Command::List(list)) => list::run(arguments.library.as_deref(), &list),
        Some(Command::Show(show)) => show::run(arguments.library.as_deref(), &show),
        Some(Command::Search(search)) => search::run(arguments.library.as_deref(), &search),
        Some(Command::Import(import)) => library::import(arguments.library.as_deref(), &import),
        Some(Command::Export(export)) => library::export(arguments.library.as_deref(), &export),
        Some(Command::Add(add)) => feeds::add(arguments.library.as_deref(), &add),
        Some(Command::Refresh(refresh)) => feeds::run(arguments.library.as_deref(), &refresh),
        Some(Command::Sources(sources)) => sources::run(arguments.library.as_deref(), &sources),
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

/// Returns what the argument parser says: it repeats arguments as they were given, whatever stands in them.
fn said(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let mut said = Clean::lines_of(text.trim_end()).to_string();
    said.push('\n');
    said
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
    // Where standard error is gone too, there is nobody to tell.
    let _ = writeln!(io::stderr(), "tiedote: {sentence}");
}

/// Says what could not be read or done.
fn complain(problem: &Problem) {
    let _ = writeln!(io::stderr(), "tiedote: {problem}");
}

/// Says that there is nothing to read at `paths`.
fn nothing_in(paths: &[PathBuf]) -> Clean {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    Clean::line(&format!("{}: no announcements here", names.join(", ")))
}

/// Reports whether colours may be used: the environment variable `NO_COLOR` forbids them (no-color.org).
fn colours() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_repeated_without_what_acts_on_a_terminal() {
        let hostile = "--\u{1b}]52;c;cm0K\u{7}a\u{9b}2J.txt";
        let value = "\u{1b}[2Jx";
        let wrong: [&[&str]; 6] = [
            &["list", hostile],
            &["show", "--width", value, "a"],
            &["search", "--lang", value, "a"],
            &["--ui-language", value],
            &["library", value],
            &["list", "--json=\u{1b}]52;c;cm0K\u{7}"],
        ];
        for arguments in wrong {
            let error = Arguments::try_parse_from(["tiedote"].iter().chain(arguments)).unwrap_err();
            let said = said(&error);
            assert!(said.starts_with("error: "), "{said}");
            assert!(said.chars().all(|letter| letter == '\n' || !letter.is_control()), "{said:?}");
        }
        let help = Arguments::try_parse_from(["tiedote", "--help"]).unwrap_err();
        assert_eq!(said(&help).trim_end(), help.render().to_string().trim_end());
    }
}
