//! Evenness from the square roots of the parts' counts.
//! Rosengren 1971.

use super::{EQUAL_SIZES, GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};
use crate::maths::float::sqrt;

/// Evenness from the square roots of the parts' counts.
pub static ROSENGREN_S: Measure = Measure {
    name: "rosengren_s",
    symbol: "S",
    kind: Kind::Dispersion,
    unit: "1/n clumped to 1 even",
    meaning: "Share of the frequency that counts after adjusting for uneven spread.",
    formula: "(Σ √(vᵢsᵢ))²/f",
    source: "Rosengren 1971",
    evaluate: Evaluate::Parts(rosengren_s),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.949816), 1e-6),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, letter \"a\", all digits by scipy 1.17.1 and numpy (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            GRIES_SIZES,
            Some(0.9498163423042408),
            1e-12,
        ),
        Case::parts(Origin::Boundary, "all in one of five equal parts", &[0.0, 0.0, 3.0, 0.0, 0.0], EQUAL_SIZES, Some(0.2), 1e-12),
        Case::parts(Origin::Boundary, "a word that does not occur", &[0.0, 0.0], &[5.0, 5.0], None, 0.0),
    ],
};

/// Rosengren's S; `None` for a word that does not occur.
pub fn rosengren_s(parts: &Parts<'_>) -> Option<f64> {
    let frequency = parts.frequency()?;
    let sum: f64 = parts.shares().map(|(count, share)| sqrt(count * share)).sum();
    Some(sum * sum / frequency)
}
