//! The command `headword`.

fn main() {}
