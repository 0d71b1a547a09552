//! `cargo fuzz run feed --sanitizer none`: any bytes are read, as a file named `a.xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.xml", bytes));
