//! How sure it is that two things meet more often than by chance, as collocation studies have it.
//! Church et al. 1991.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::sqrt;

/// How sure it is that two things meet more often than by chance, as collocation studies have it.
pub static T_SCORE: Measure = Measure {
    name: "t_score",
    symbol: "t",
    kind: Kind::Evidence(None),
    unit: "standard errors of a Poisson count",
    meaning: "Difference of observed and expected joint count over the root of the observed one; led by frequent words. No test: words are not independent.",
    formula: "(O − E)/√O, O = a, E = E₁",
    source: "Church et al. 1991",
    evaluate: Evaluate::FourCells(t_score),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures 0.3.2 t_score; nltk student_t", PAIR, Some(5.404195900717639), 1e-12),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], None, 0.0),
    ],
};

/// (O − E)/√O; `None` if they never meet.
pub fn t_score(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.both > 0.0).then(|| (pair.both - pair.expected) / sqrt(pair.both))
}
