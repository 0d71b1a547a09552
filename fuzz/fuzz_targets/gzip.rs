//! `cargo fuzz run gzip --sanitizer none`: any bytes are read, as a file named `a.txt.gz`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.txt.gz", bytes));
