//! Kullback–Leibler divergence of the word's distribution from the parts' sizes.
//! Gries 2020, after Kullback & Leibler 1951.

use super::{GRIES_COUNTS, GRIES_SIZES};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, Parts};
use crate::maths::float::x_ln_ratio;

/// Kullback–Leibler divergence of the word's distribution from the parts' sizes.
pub static KULLBACK_LEIBLER: Measure = Measure {
    name: "kullback_leibler",
    symbol: "KL",
    kind: Kind::Dispersion,
    unit: "bits; 0 even",
    meaning: "Bits lost by taking the word to be spread like the text.",
    formula: "Σ (vᵢ/f)·log₂[(vᵢ/f)/sᵢ]",
    source: "Gries 2020",
    evaluate: Evaluate::Parts(kullback_leibler),
    cases: &[
        Case::parts(Origin::Literature, "Gries 2008, letter \"a\"", GRIES_COUNTS, GRIES_SIZES, Some(0.136972), 1e-5),
        Case::parts(
            Origin::Boundary,
            "all in one of four equal parts: 2 bits",
            &[0.0, 7.0, 0.0, 0.0],
            &[5.0, 5.0, 5.0, 5.0],
            Some(2.0),
            1e-12,
        ),
        Case::parts(
            Origin::Oracle,
            "Gries 2008, letter \"a\", all digits by scipy 1.17.1 and numpy (scripts/oracles/golden_numbers.py)",
            GRIES_COUNTS,
            GRIES_SIZES,
            Some(0.1369717293652208),
            1e-12,
        ),
        Case::parts(Origin::Boundary, "spread like the text", &[2.0, 4.0, 6.0], &[10.0, 20.0, 30.0], Some(0.0), 1e-12),
        Case::parts(Origin::Boundary, "a word that does not occur", &[0.0, 0.0], &[5.0, 5.0], None, 0.0),
    ],
};

/// The divergence in bits, 0 or more; `None` for a word that does not occur.
pub fn kullback_leibler(parts: &Parts<'_>) -> Option<f64> {
    let frequency = parts.frequency()?;
    let nats: f64 = parts.shares().map(|(count, share)| x_ln_ratio(count / frequency, share)).sum();
    Some((nats / std::f64::consts::LN_2).max(0.0))
}
