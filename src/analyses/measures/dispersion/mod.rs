//! How evenly a word is spread over the parts of a corpus.

mod average_reduced_frequency;
mod carroll_d2;
mod deviation_of_proportions;
mod deviation_of_proportions_normalised;
mod juilland_d;
mod kullback_leibler;
mod range;
mod rosengren_s;

pub use average_reduced_frequency::{AVERAGE_REDUCED_FREQUENCY, average_reduced_frequency};
pub use carroll_d2::{CARROLL_D2, carroll_d2};
pub use deviation_of_proportions::{DEVIATION_OF_PROPORTIONS, deviation_of_proportions, deviation_of_proportions_of_occupied};
pub use deviation_of_proportions_normalised::{DEVIATION_OF_PROPORTIONS_NORMALISED, deviation_of_proportions_normalised};
pub use juilland_d::{JUILLAND_D, juilland_d};
pub use kullback_leibler::{KULLBACK_LEIBLER, kullback_leibler};
pub use range::{RANGE, range};
pub use rosengren_s::{ROSENGREN_S, rosengren_s};

/// Gries's corpus of 50 letters in five parts: the letter "a" occurs 1, 2, 3, 4, 5 times.
const GRIES_COUNTS: &[f64] = &[1.0, 2.0, 3.0, 4.0, 5.0];
/// The sizes of its parts.
const GRIES_SIZES: &[f64] = &[9.0, 10.0, 10.0, 10.0, 11.0];
/// Five equal parts.
const EQUAL_SIZES: &[f64] = &[10.0, 10.0, 10.0, 10.0, 10.0];
