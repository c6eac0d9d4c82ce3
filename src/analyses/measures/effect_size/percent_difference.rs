//! Difference of rates in per cent of the reference's.
//! Gabrielatos & Marchi 2011.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};

/// Difference of rates in per cent of the reference's.
pub static PERCENT_DIFFERENCE: Measure = Measure {
    name: "percent_difference",
    symbol: "%DIFF",
    kind: Kind::EffectSize,
    unit: "per cent of the reference's rate",
    meaning: "By how many per cent the target's rate is above the reference's; −100 for a word that only the reference has.",
    formula: "100(p₁ − p₂)/p₂",
    source: "Gabrielatos & Marchi 2011",
    evaluate: Evaluate::FourCells(percent_difference),
    cases: &[
        Case::cells(Origin::Oracle, "keyflux 0.2.0 percent_diff", GOLDEN, Some(300.0), 1e-12),
        Case::cells(Origin::Oracle, "keyflux 0.2.0 percent_diff", [3.0, 200.0, 9.0, 250.0], Some(-58.333333333333336), 1e-12),
        Case::cells(Origin::Boundary, "absent from the target", [0.0, 1_000.0, 16.0, 1_000.0], Some(-100.0), 0.0),
        Case::cells(Origin::Boundary, "absent from the reference", [10.0, 1_000.0, 0.0, 1_000.0], None, 0.0),
    ],
};

/// %DIFF; `None` for a word that the reference lacks.
pub fn percent_difference(cells: &FourCells) -> Option<f64> {
    let rate = cells.rate_rest();
    (rate > 0.0).then(|| 100.0 * (cells.rate() - rate) / rate)
}
