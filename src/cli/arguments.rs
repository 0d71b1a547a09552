//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::feeds::{AddArguments, RefreshArguments};
use super::library::{ExportArguments, ImportArguments, LibraryCommand};
use super::sources::SourcesArguments;
use crate::text::Language;

/// A terminal reader for public announcements.
///
/// Opens folders and files of announcements in two panes: a list and the text. Without a path it shows the
/// library or, while that is empty, the announcements that come with the program. When the output is not a terminal, the list is printed instead.
#[derive(Debug, Parser)]
#[command(name = "tiedote", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Folders, read with all that is in them, and files; `-` reads one announcement from standard input.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The language the program speaks: fi, sv or en; by default that of the environment.
    #[arg(long, value_name = "LANGUAGE", value_parser = known_language)]
    pub ui_language: Option<Language>,
    /// The file the library is kept in; by default one in the user's data directory.
    #[arg(long, value_name = "FILE", global = true)]
    pub library: Option<PathBuf>,
}

/// A subcommand.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print one line an announcement, newest first.
    List(ListArguments),
    /// Print announcements as typeset text, or as JSON.
    Show(ShowArguments),
    /// Print what matches a query, the best first.
    Search(SearchArguments),
    /// Take folders, files, an exported library or a list of feeds into the library.
    Import(ImportArguments),
    /// Write everything in the library as lines of JSON, or the list of feeds as OPML.
    Export(ExportArguments),
    /// Follow a feed, or the feeds that a page names, and take in what it holds.
    Add(AddArguments),
    /// Fetch what the feeds that are followed have published.
    Refresh(RefreshArguments),
    /// Tell what is followed and how it stands.
    Sources(SourcesArguments),
    /// Look after the library.
    Library {
        /// What to do.
        #[command(subcommand)]
        command: LibraryCommand,
    },
    /// Set the paragraphs of standard input, one a line, as body text.
    Wrap {
        /// Cells a line may take.
        #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(u16).range(1..))]
        width: u16,
        /// The language whose hyphenation is used.
        #[arg(long, value_enum, default_value_t = TextLanguage::None)]
        lang: TextLanguage,
    },
}

/// What to list.
#[derive(Debug, Args)]
pub struct ListArguments {
    /// Folders and files; without any, the library or, while that is empty, the announcements that come with the program.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Print a JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// What to search for, and where.
#[derive(Debug, Args)]
pub struct SearchArguments {
    /// Words in any of their forms, "a phrase", -without, =exactly, title:, source:, tag:, lang:,
    /// is:unread|starred|changed (since it was read), date:2021..2022-06.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: String,
    /// Folders and files; without any, the library or the announcements that come with the program.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Only texts in this language: fi, sv or en.
    #[arg(long, value_name = "LANGUAGE", value_parser = known_language)]
    pub lang: Option<Language>,
    /// Print a JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// What to show.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// Files, folders, identities as `list` prints them (of the library, else of what comes with the program), or `-` for
    /// standard input.
    #[arg(value_name = "PATH|ID|-", required = true)]
    pub what: Vec<PathBuf>,
    /// Cells a line may take.
    #[arg(long, default_value_t = 72, value_parser = clap::value_parser!(u16).range(1..))]
    pub width: u16,
    /// The language version to show; for a text that does not say its language, the language it is in.
    #[arg(long, value_parser = known_language)]
    pub lang: Option<Language>,
    /// Print a JSON object an announcement instead, one a line.
    #[arg(long)]
    pub json: bool,
    /// Of announcements of the library, show the text of the page that each leads to; it is fetched once and kept.
    #[arg(long)]
    pub full: bool,
}

/// A language of a text, or none that is known.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TextLanguage {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
    /// Another: nothing is hyphenated.
    None,
}

impl TextLanguage {
    /// Returns the language, where it is a known one.
    #[must_use]
    pub const fn language(self) -> Option<Language> {
        match self {
            Self::Fi => Some(Language::Finnish),
            Self::Sv => Some(Language::Swedish),
            Self::En => Some(Language::English),
            Self::None => None,
        }
    }
}

fn known_language(tag: &str) -> Result<Language, String> {
    Language::from_tag(tag).ok_or_else(|| "not one of fi, sv and en".to_owned())
}
