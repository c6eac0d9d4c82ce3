//! Cohen's d corrected for small groups.
//! Hedges 1981, with his approximation of the factor.

use super::cohen_d::cohen_d;
use super::{SAMPLE_REFERENCE, SAMPLE_TARGET};
use crate::analyses::measures::{Case, Evaluate, Kind, Measure, Origin, TwoSamples};

/// Cohen's d corrected for small groups.
pub static HEDGES_G: Measure = Measure {
    name: "hedges_g",
    symbol: "g",
    kind: Kind::EffectSize,
    unit: "standard deviations",
    meaning: "Cohen's d with its bias in small groups taken out.",
    formula: "d·(1 − 3/(4(n₁+n₂) − 9)), n in documents",
    source: "Hedges 1981",
    evaluate: Evaluate::TwoSamples(hedges_g),
    cases: &[
        Case::samples(Origin::Oracle, "statsmodels effectsize_smd", SAMPLE_TARGET, SAMPLE_REFERENCE, Some(0.9239937168640879), 1e-12),
        Case::samples(Origin::Boundary, "one document on a side", &[1.0], &[2.0, 3.0], None, 0.0),
        Case::samples(Origin::Boundary, "equal means", &[1.0, 3.0], &[2.0, 2.0], Some(0.0), 0.0),
    ],
};

/// Hedges's g; `None` where d is not defined.
pub fn hedges_g(samples: &TwoSamples<'_>) -> Option<f64> {
    let documents = (samples.target.len() + samples.reference.len()) as f64;
    cohen_d(samples).map(|d| d * (1.0 - 3.0 / (4.0 * documents - 9.0)))
}
