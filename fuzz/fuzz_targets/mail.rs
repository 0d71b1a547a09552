//! `cargo fuzz run mail --sanitizer none`: any bytes are read, as a file named `a.eml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.eml", bytes));
