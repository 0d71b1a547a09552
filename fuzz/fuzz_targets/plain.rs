//! `cargo fuzz run plain --sanitizer none`: any bytes are read, as a file named `a.txt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.txt", bytes));
