//! Difference of rates over their sum.
//! Hofland & Johansson 1982.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};

/// Difference of rates over their sum.
pub static DIFFERENCE_COEFFICIENT: Measure = Measure {
    name: "difference_coefficient",
    symbol: "Diff",
    kind: Kind::EffectSize,
    unit: "−1 to 1",
    meaning: "1 for a word that only the target has, −1 for one that only the reference has, 0 for equal rates.",
    formula: "(p₁ − p₂)/(p₁ + p₂)",
    source: "Hofland & Johansson 1982",
    evaluate: Evaluate::FourCells(difference_coefficient),
    cases: &[
        Case::cells(Origin::Oracle, "STATISTICS golden number, by hand", GOLDEN, Some(0.6), 1e-12),
        Case::cells(Origin::Boundary, "absent from the reference", [10.0, 1_000.0, 0.0, 1_000.0], Some(1.0), 0.0),
        Case::cells(Origin::Boundary, "absent from the target", [0.0, 1_000.0, 16.0, 1_000.0], Some(-1.0), 0.0),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// The difference coefficient; `None` if both counts are 0.
pub fn difference_coefficient(cells: &FourCells) -> Option<f64> {
    let (rate, rest) = (cells.rate(), cells.rate_rest());
    (rate + rest > 0.0).then(|| (rate - rest) / (rate + rest))
}
