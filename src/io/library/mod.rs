//! The library kept up to date: what the reader marks, what followed folders hold, and its export and import.
//! It does not search and does not decide what is shown.

mod follow;
mod followed;
pub mod keeper;
pub mod reconcile;
pub mod refresh;
pub mod refresher;
mod saved_searches;
pub mod transfer;
