//! `tiedote`, a terminal reader for public announcements.
//!
//! The modules form layers. A module uses those of lower layers, and its neighbours as long as there is no circle; the
//! test `house` checks this.
//!
//! | layer | module | what it does | what only it may use |
//! |---|---|---|---|
//! | 6 | [`cli`] | parses arguments, runs the printing subcommands, sets exit codes | `clap`, the environment |
//! | 5 | [`terminal`] | enters and leaves the screen, reads keys and signals, runs the event loop | the terminal |
//! | 4 | [`view`] | draws the state as cells, and never changes it | ratatui's widgets |
//! | 4 | [`io`] | carries out effects, answers with events: files, library, search, the web | files, threads, the database, the network |
//! | 3 | [`app`] | holds the state and updates it by events: no clock, file, thread or terminal | |
//! | 2 | [`formats`] | parses bytes of any kind into announcements; never fails | the parsers |
//! | 2 | [`typeset`] | lays out a document at a width: line breaks, hyphenation, tables | `textwrap`, `hypher` |
//! | 2 | [`search`] | parses queries, matches word forms in three languages, ranks; the format of the index | |
//! | 1 | [`model`] | defines announcements, documents, the library that lists them, marks | |
//! | 0 | [`text`], [`calendar`] | clean text, cell widths, folding, languages; dates of any precision | the Unicode crates, `jiff` |
//!
//! # Rooms
//!
//! The larger modules are divided by what they serve:
//!
//! | room | what it holds |
//! |---|---|
//! | [`app::panels`] | what lies over the panes: one shape for all, one file for each |
//! | `app/state/` | the handling of events and actions, a file for each subject |
//! | [`io::feeds`] | fetching from the web: requests, redirects, politeness, faults |
//! | [`io::files`] | reading, walking and watching files; the bundled announcements; the cache of texts |
//! | [`io::store`] | the database: schema, rows, marks, texts, recovery |
//! | [`io::library`] | keeping the library up to date: following folders, refreshing feeds, export and import |
//! | [`io::search`] | the search thread, its corpus, excerpts, the index file, watched searches |
//!
//! # From a key to a frame
//!
//! A key arrives as an [`app::Event`]; [`app::State::update`] changes the state and returns [`app::Effects`], which are
//! requests. The event loop carries out those that concern the terminal and hands the rest to [`io::World`], whose
//! threads answer with more events on the same channel. When no event waits, [`view::draw`] is called once. There is no
//! tick: without events the program sleeps.
//!
//! # Where to look
//!
//! `app/x.rs` says how a pane behaves, `view/x.rs` how it looks. What a key does is a row of the table in
//! [`app::actions`]; the keymap, help, palette, hints and the README's key table are made from it. The texts of the
//! interface are in [`app::messages`], those of problems in [`app::problem`], in all languages. Text from outside is
//! [`text::Clean`] before anything else sees it, so that no byte of a file can act on the terminal.

pub mod app;
pub mod calendar;
pub mod cli;
pub mod formats;
pub mod io;
pub mod model;
pub mod search;
pub mod terminal;
pub mod text;
pub mod typeset;
pub mod view;
