//! `tiedote`, a terminal reader for public announcements.

pub mod text;
