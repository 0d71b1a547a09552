//! `cargo fuzz run json --sanitizer none`: any bytes are read, as a file named `a.json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.json", bytes));
