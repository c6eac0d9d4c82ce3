//! How many times as often as by chance two things meet.
//! Church & Hanks 1990.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::log2;

/// How many times as often as by chance two things meet.
pub static POINTWISE_MUTUAL_INFORMATION: Measure = Measure {
    name: "pointwise_mutual_information",
    symbol: "MI",
    kind: Kind::EffectSize,
    unit: "bits",
    meaning: "Binary logarithm of how many times as often as by chance the word stands in the target; large for rare words.",
    formula: "log₂(O/E), O = a, E = E₁",
    source: "Church & Hanks 1990",
    evaluate: Evaluate::FourCells(pointwise_mutual_information),
    cases: &[
        Case::cells(
            Origin::Oracle,
            "association-measures 0.3.2 mutual_information × log₂ 10; nltk pmi",
            PAIR,
            Some(6.22881869049588),
            1e-12,
        ),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], None, 0.0),
    ],
};

/// log₂(O/E); `None` if they never meet.
pub fn pointwise_mutual_information(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.both > 0.0).then(|| log2(pair.both / pair.expected))
}
