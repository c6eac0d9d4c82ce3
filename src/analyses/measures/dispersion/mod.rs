//! How evenly a word is spread over the parts of a corpus.

mod deviation_of_proportions;

pub use deviation_of_proportions::{DEVIATION_OF_PROPORTIONS, deviation_of_proportions, deviation_of_proportions_of_occupied};

/// Gries's corpus of 50 letters in five parts: the letter "a" occurs 1, 2, 3, 4, 5 times.
const GRIES_COUNTS: &[f64] = &[1.0, 2.0, 3.0, 4.0, 5.0];
/// The sizes of its parts.
const GRIES_SIZES: &[f64] = &[9.0, 10.0, 10.0, 10.0, 11.0];
