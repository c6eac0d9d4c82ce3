//! School grade by letters and sentences.
//! Coleman & Liau 1975.

use super::{GOLDEN, WITHOUT_SENTENCES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TextCounts};

/// School grade by letters and sentences.
pub static COLEMAN_LIAU: Measure = Measure {
    name: "coleman_liau",
    symbol: "CLI",
    kind: Kind::Readability,
    unit: "US school grade",
    meaning: "Years of schooling that an English text asks for, by letters; of other languages it compares texts of one language only.",
    formula: "0.0588·L − 0.296·S₁₀₀ − 15.8, L letters and S₁₀₀ sentences per 100 words",
    source: "Coleman & Liau 1975",
    evaluate: Evaluate::TextCounts(coleman_liau),
    cases: &[
        Case::text(
            Origin::Oracle,
            "the published coefficients by hand on STATISTICS' text (textstat's 0.058 would give 16.213333)",
            GOLDEN,
            Some(16.709333333333333),
            1e-12,
        ),
        Case::text(
            Origin::Boundary,
            "five letters a word, a sentence of ten words: 29.4 − 2.96 − 15.8",
            TextCounts {
                words: 10.0,
                sentences: 1.0,
                letters: 50.0,
                characters: 51.0,
                long_words: 0.0,
                syllables: Some(15.0),
                polysyllables: Some(0.0),
            },
            Some(10.64),
            1e-12,
        ),
        Case::text(Origin::Boundary, "no sentence", WITHOUT_SENTENCES, None, 0.0),
    ],
};

/// The grade; needs no syllables. Some programs cut 0.0588 to 0.058 and give about half a grade less.
pub fn coleman_liau(counts: &TextCounts) -> Option<f64> {
    let per_hundred = |count: f64| 100.0 * count / counts.words;
    Some(0.0588 * per_hundred(counts.letters) - 0.296 * per_hundred(counts.sentences) - 15.8)
}
