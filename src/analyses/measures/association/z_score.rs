//! How far the joint count is from chance in Poisson standard errors.
//! Dennis 1964.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::sqrt;

/// How far the joint count is from chance in Poisson standard errors.
pub static Z_SCORE: Measure = Measure {
    name: "z_score",
    symbol: "z",
    kind: Kind::Evidence(None),
    unit: "standard errors of the expected count",
    meaning: "Difference of observed and expected joint count over the root of the expected one; led by rare words. No test: words are not independent.",
    formula: "(O − E)/√E, O = a, E = E₁",
    source: "Dennis 1964",
    evaluate: Evaluate::FourCells(z_score),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures 0.3.2 z_score", PAIR, Some(46.80170937049201), 1e-12),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 999_000.0], None, 0.0),
    ],
};

/// (O − E)/√E; `None` for a word that neither side has.
pub fn z_score(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.expected > 0.0).then(|| (pair.both - pair.expected) / sqrt(pair.expected))
}
