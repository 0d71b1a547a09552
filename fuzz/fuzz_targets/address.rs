//! `cargo fuzz run address --sanitizer none`: any two lines are an address and a redirect found there, or its header.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tiedote_fuzz::redirect(bytes));
