//! G² with a correction for small samples.
//! Williams 1976.

use super::log_likelihood::log_likelihood;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::chi_squared_1_tail;

/// G² with a correction for small samples.
pub static WILLIAMS: Measure = Measure {
    name: "williams",
    symbol: "G²/q",
    kind: Kind::Evidence(Some(|value| chi_squared_1_tail(value.abs()))),
    unit: "G², corrected",
    meaning: "G² divided by Williams's factor, which brings small samples nearer to χ²; negative where the reference has the higher rate.",
    formula: "G²/q, q = 1 + (N/(a+b) + N/(c+d) − 1)(N/n₁ + N/n₂ − 1)/(6N)",
    source: "Williams 1976",
    evaluate: Evaluate::FourCells(williams),
    cases: &[
        Case::cells(Origin::Oracle, "scipy G² over the factor computed by hand", GOLDEN, Some(83.01677685555778), 1e-9),
        Case::cells(
            Origin::Oracle,
            "scipy G² over the factor computed by hand, small and negative",
            [2.0, 15.0, 10.0, 13.0],
            Some(-11.765101961527051),
            1e-9,
        ),
        Case::cells(Origin::Boundary, "equal rates", [10.0, 1_000.0, 20.0, 2_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// Signed G²/q; `None` where a margin of the table is empty.
pub fn williams(cells: &FourCells) -> Option<f64> {
    let [a, b, c, d] = cells.observed();
    let all = cells.all();
    let factor = 1.0 + (all / (a + b) + all / (c + d) - 1.0) * (all / cells.total + all / cells.total_rest - 1.0) / (6.0 * all);
    factor.is_finite().then(|| cells.sign() * log_likelihood(cells) / factor)
}
