//! Frequency reduced by clumping, from the distances between occurrences.
//! Savický & Hlaváčová 2002.

use crate::analyses::measures::{Case, Evaluate, Input, Kind, Measure, Origin, Positions};

/// Frequency reduced by clumping, from the distances between occurrences.
pub static AVERAGE_REDUCED_FREQUENCY: Measure = Measure {
    name: "average_reduced_frequency",
    symbol: "ARF",
    kind: Kind::Dispersion,
    unit: "occurrences",
    meaning: "The frequency with clumps counted once: near f for an even spread, near 1 for a single clump.",
    formula: "(1/v) Σ min(dᵢ, v), v = N/f, d the distances between neighbours, cyclic",
    source: "Savický & Hlaváčová 2002",
    evaluate: Evaluate::Positions(average_reduced_frequency),
    cases: &[
        Case {
            origin: Origin::Literature,
            source: "Gries 2008, pp. 406, 410, letter \"a\" (also Wordless's tests)",
            input: Input::Positions(Positions { places: &[1, 11, 13, 22, 24, 29, 31, 34, 37, 38, 41, 43, 44, 47, 49], words: 50 }),
            expected: Some(10.8),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "evenly spaced: the frequency itself",
            input: Input::Positions(Positions { places: &[4, 14, 24], words: 30 }),
            expected: Some(3.0),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "one clump of three: (1 + 1 + 10)/10",
            input: Input::Positions(Positions { places: &[4, 5, 6], words: 30 }),
            expected: Some(1.2),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "a word that does not occur",
            input: Input::Positions(Positions { places: &[], words: 30 }),
            expected: None,
            tolerance: 0.0,
        },
    ],
};

/// ARF; `None` for a word that does not occur or places outside the text.
pub fn average_reduced_frequency(positions: &Positions<'_>) -> Option<f64> {
    let (places, words) = (positions.places, positions.words);
    let (first, last) = (*places.first()?, *places.last()?);
    if last >= words || !places.is_sorted() {
        return None;
    }
    let expected = words as f64 / places.len() as f64;
    let gaps = places.windows(2).map(|pair| pair[1] - pair[0]).chain([first + words - last]);
    Some(gaps.map(|gap| (gap as f64).min(expected)).sum::<f64>() / expected)
}
