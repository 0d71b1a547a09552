//! The subcommands. They read and print; what they print is made elsewhere.

pub mod wrap;
