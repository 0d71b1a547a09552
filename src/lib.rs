//! `tiedote`, a terminal reader for public announcements.

pub mod app;
pub mod calendar;
pub mod formats;
pub mod model;
pub mod text;
