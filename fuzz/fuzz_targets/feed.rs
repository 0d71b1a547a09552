//! `cargo fuzz run feed --sanitizer none`: any bytes are read, as a file named `a.xml` and as a feed that was fetched.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    tiedote_fuzz::read("a.xml", bytes);
    tiedote_fuzz::feed(bytes);
});
