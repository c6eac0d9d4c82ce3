//! One less the cosine of the angle between two vectors of counts.
//! Salton & McGill 1983.

use crate::analyses::measures::{Case, Evaluate, Input, Kind, Measure, Origin, TwoLists};
use crate::maths::float::sqrt;

/// Cosine distance.
pub static COSINE_DISTANCE: Measure = Measure {
    name: "cosine_distance",
    symbol: "1 − cos",
    kind: Kind::EffectSize,
    unit: "0 same direction to 1 nothing in common",
    meaning: "How far the counts (in `group_distances`: counts weighted by inverse document frequency) of two texts point apart, whatever their length.",
    formula: "1 − Σ x₁x₂ / (√Σx₁² · √Σx₂²); in `group_distances` x = count · (ln((1+n)/(1+df)) + 1)",
    source: "Salton & McGill 1983",
    evaluate: Evaluate::TwoLists(|lists| {
        (lists.target.len() == lists.reference.len()).then(|| cosine_distance(lists.target, lists.reference))?
    }),
    cases: &[
        Case {
            origin: Origin::Oracle,
            source: "scipy 1.17.1 cosine([5, 3, 2, 0], [2, 3, 5, 1])",
            input: Input::TwoLists(TwoLists { target: &[5.0, 3.0, 2.0, 0.0], reference: &[2.0, 3.0, 5.0, 1.0] }),
            expected: Some(0.24668971647410987),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "no term shared",
            input: Input::TwoLists(TwoLists { target: &[3.0, 0.0], reference: &[0.0, 3.0] }),
            expected: Some(1.0),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "an empty list",
            input: Input::TwoLists(TwoLists { target: &[0.0, 0.0], reference: &[1.0, 2.0] }),
            expected: None,
            tolerance: 0.0,
        },
    ],
};

/// One less the cosine of the angle between two vectors, 0 to 1 for numbers that are not negative; `None` if either is all
/// zero.
pub fn cosine_distance(first: &[f64], second: &[f64]) -> Option<f64> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let size = sqrt(product(first, first)) * sqrt(product(second, second));
    (size > 0.0).then(|| (1.0 - product(first, second) / size).max(0.0))
}
