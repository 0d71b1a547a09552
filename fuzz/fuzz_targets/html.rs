//! `cargo fuzz run html --sanitizer none`: any bytes are read, as a file named `a.html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::read("a.html", bytes));
