//! `tiedote`, a terminal reader for public announcements.
//!
//! The modules lie in layers. One uses those below it, and its neighbours as long as no circle comes of it; the test
//! `house` walks the source and says where that is not so.
//!
//! | layer | module | what it does | what only it may touch |
//! |---|---|---|---|
//! | 6 | [`cli`] | arguments, the printing subcommands, exit codes | `clap` |
//! | 5 | [`terminal`] | entering and leaving the screen, keys, signals, the loop from event to frame | the terminal |
//! | 4 | [`view`] | a state drawn as cells; it changes nothing | `ratatui` |
//! | 4 | [`io`] | files, folders and the bundled announcements; wishes carried out, answered by events | files, threads |
//! | 3 | [`app`] | the state and how an event moves it: no clock, file, thread or terminal | |
//! | 2 | [`formats`] | bytes to announcements, whatever the bytes | the parsers |
//! | 2 | [`typeset`] | a document and a width to lines: breaks, hyphens, tables | `textwrap`, `hypher` |
//! | 2 | [`search`] | queries, the forms a word may have in three languages, matching and ranking | |
//! | 1 | [`model`] | announcements, their documents, the library that lists them | |
//! | 0 | [`text`], [`calendar`] | clean text, cell widths, folding, languages; dates as precise as they are known | the Unicode crates, `jiff` |
//!
//! # From a key to a frame
//!
//! A key arrives as an [`app::Event`]; [`app::State::update`] moves the state and returns [`app::Effects`], which are
//! wishes only. The terminal's own it carries out itself, the rest go to [`io::World`], whose threads answer with more
//! events on the same channel. When no event waits, [`view::draw`] is called once. Nothing ticks: without events the
//! program sleeps.
//!
//! # Where to look
//!
//! How a pane behaves is in `app/`, how it looks in the file of the same name in `view/`. What a key does is a row of
//! the table in [`app::actions`]; keymap, help, palette, hints and the README's key table are made from it. What the
//! program says stands in [`app::messages`] in all its languages. Text from outside is [`text::Clean`] before anything
//! else sees it, so that no byte of a file can act on the terminal.

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
