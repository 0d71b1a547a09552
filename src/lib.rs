//! `tiedote`, a terminal reader for public announcements.

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
