//! `cargo fuzz run unnamed --sanitizer none`: any bytes are read, as a file named `-`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("-", bytes));
