//! Squared differences between observed and expected cells over the expected.
//! Pearson 1900.

use crate::analyses::measures::association::PAIR;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::chi_squared_1_tail;

/// Squared differences between observed and expected cells over the expected.
pub static CHI_SQUARED: Measure = Measure {
    name: "chi_squared",
    symbol: "χ²",
    kind: Kind::Evidence(Some(chi_squared_1_tail)),
    unit: "χ², one degree of freedom",
    meaning: "Evidence against equal rates if words were independent; too large where an expected count is below 5.",
    formula: "N(ad − bc)² / [(a+b)(c+d)(a+c)(b+d)]",
    source: "Pearson 1900",
    evaluate: Evaluate::FourCells(chi_squared),
    cases: &[
        Case::cells(Origin::Oracle, "scipy chi2_contingency(correction=False)", GOLDEN, Some(90.10812975570686), 1e-12),
        Case::cells(Origin::Oracle, "scipy chi2_contingency(correction=False)", [3.0, 200.0, 9.0, 250.0], Some(1.8878424657534245), 1e-12),
        Case::cells(
            Origin::Oracle,
            "scipy chi2_contingency(correction=False); STATISTICS' golden pair",
            PAIR,
            Some(2_193.469_980_584_826_3),
            1e-10,
        ),
        Case::cells(Origin::Boundary, "equal rates", [10.0, 1_000.0, 20.0, 2_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// χ² without correction; `None` where a margin of the table is empty.
pub fn chi_squared(cells: &FourCells) -> Option<f64> {
    chi_squared_less(cells, 0.0)
}

/// χ² with |ad − bc| lowered by `correction`, not below 0.
pub(super) fn chi_squared_less(cells: &FourCells, correction: f64) -> Option<f64> {
    let [a, b, c, d] = cells.observed();
    let margins = (a + b) * (c + d) * cells.total * cells.total_rest;
    let difference = ((a * d - b * c).abs() - correction).max(0.0);
    (margins > 0.0).then(|| cells.all() * difference * difference / margins)
}
