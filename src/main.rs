//! The `tiedote` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    tiedote::cli::run()
}
