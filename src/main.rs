//! The `tiedote` program.
fn main() {}
