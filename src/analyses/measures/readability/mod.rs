//! How hard a text is to read, by the lengths of its sentences and words.
//!
//! The formulas know lengths only. The four that ask for syllables were made for English.

mod automated_readability_index;
mod coleman_liau;
mod flesch_kincaid_grade;
mod flesch_reading_ease;
mod gunning_fog;
mod lix;
mod rix;
mod smog;

pub use automated_readability_index::{AUTOMATED_READABILITY_INDEX, automated_readability_index};
pub use coleman_liau::{COLEMAN_LIAU, coleman_liau};
pub use flesch_kincaid_grade::{FLESCH_KINCAID_GRADE, flesch_kincaid_grade};
pub use flesch_reading_ease::{FLESCH_READING_EASE, flesch_reading_ease};
pub use gunning_fog::{GUNNING_FOG, gunning_fog};
pub use lix::{LIX, lix};
pub use rix::{RIX, rix};
pub use smog::{SMOG, smog};

use super::TextCounts;

/// The text of STATISTICS (“The committee approved the proposal on Tuesday …”).
const GOLDEN: TextCounts = TextCounts {
    words: 30.0,
    sentences: 4.0,
    letters: 186.0,
    characters: 190.0,
    long_words: 14.0,
    syllables: Some(61.0),
    polysyllables: Some(8.0),
};
/// The same text in a language whose syllables nobody counts.
const WITHOUT_SYLLABLES: TextCounts = TextCounts { syllables: None, polysyllables: None, ..GOLDEN };
/// Words of which no sentence is made.
const WITHOUT_SENTENCES: TextCounts = TextCounts { sentences: 0.0, ..GOLDEN };
