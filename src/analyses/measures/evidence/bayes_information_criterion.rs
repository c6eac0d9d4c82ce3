//! G² less what one more parameter costs.
//! Wilson 2013, after Schwarz 1978.

use super::log_likelihood::log_likelihood;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::ln;

/// G² less what one more parameter costs.
pub static BAYES_INFORMATION_CRITERION: Measure = Measure {
    name: "bayes_information_criterion",
    symbol: "BIC",
    kind: Kind::Evidence(None),
    unit: "difference of BIC",
    meaning: "Approximate Bayes factor on the scale of G²: above 2 positive, above 6 strong, above 10 very strong evidence for a difference; below 0 evidence for none.",
    formula: "G² − ln N",
    source: "Wilson 2013",
    evaluate: Evaluate::FourCells(bayes_information_criterion),
    cases: &[
        Case::cells(Origin::Oracle, "scipy G² less ln 150,000 by hand", GOLDEN, Some(71.36742252127725), 1e-10),
        Case::cells(Origin::Boundary, "equal rates: −ln 3,000", [10.0, 1_000.0, 20.0, 2_000.0], Some(-8.006367567650246), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has: −ln 3,000", [0.0, 1_000.0, 0.0, 2_000.0], Some(-8.006367567650246), 1e-12),
    ],
};

/// G² − ln N.
pub fn bayes_information_criterion(cells: &FourCells) -> Option<f64> {
    Some(log_likelihood(cells) - ln(cells.all()))
}
