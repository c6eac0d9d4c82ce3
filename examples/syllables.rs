//! Counts the syllables of the words on standard input, one a line, for `scripts/syllables`.
#![allow(clippy::print_stdout, reason = "prints its counts")]

use headword::analyses::readability::syllables::syllables;
use headword::error::{Error, Result};
use std::fmt::Write;

fn main() -> Result<()> {
    let words = std::io::read_to_string(std::io::stdin()).map_err(|error| Error::input(error.to_string()))?;
    let mut counted = String::new();
    for word in words.lines() {
        // Writing to a string can't fail.
        let _ = writeln!(counted, "{word}\t{}", syllables(word));
    }
    print!("{counted}");
    Ok(())
}
