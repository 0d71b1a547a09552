//! `cargo fuzz run markdown --sanitizer none`: any bytes are read, as a file named `a.md`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.md", bytes));
