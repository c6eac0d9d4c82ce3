//! Ratio of rates per million, smoothed by adding a constant.
//! Kilgarriff 2009.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};

/// Ratio of rates per million, smoothed by adding a constant.
pub static SIMPLE_MATHS: Measure = Measure {
    name: "simple_maths",
    symbol: "SM(1)",
    kind: Kind::EffectSize,
    unit: "ratio of smoothed rates",
    meaning: "Ratio of rates per million with 1 added to each: rare words count nearly in full.",
    formula: "(p₁·10⁶ + k)/(p₂·10⁶ + k), k = 1",
    source: "Kilgarriff 2009",
    evaluate: Evaluate::FourCells(|cells| Some(simple_maths(cells, 1.0))),
    cases: &[
        Case::cells(Origin::Oracle, "keyflux 0.2.0 simple_maths(k=1)", GOLDEN, Some(3.995008319467554), 1e-12),
        Case::cells(Origin::Boundary, "absent from the reference: 10,001/1", [10.0, 1_000.0, 0.0, 1_000.0], Some(10_001.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(1.0), 0.0),
    ],
};

/// Simple maths with k = 100, which favours frequent words.
pub static SIMPLE_MATHS_100: Measure = Measure {
    name: "simple_maths_100",
    symbol: "SM(100)",
    meaning: "Ratio of rates per million with 100 added to each: favours frequent words.",
    formula: "(p₁·10⁶ + k)/(p₂·10⁶ + k), k = 100",
    evaluate: Evaluate::FourCells(|cells| Some(simple_maths(cells, 100.0))),
    cases: &[
        Case::cells(Origin::Oracle, "keyflux 0.2.0 simple_maths(k=100)", GOLDEN, Some(3.5714285714285716), 1e-12),
        Case::cells(Origin::Boundary, "absent from the reference: 10,100/100", [10.0, 1_000.0, 0.0, 1_000.0], Some(101.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(1.0), 0.0),
    ],
    ..SIMPLE_MATHS
};

/// Kilgarriff's ratio with smoothing constant `k` > 0, per million words.
pub fn simple_maths(cells: &FourCells, k: f64) -> f64 {
    (cells.rate() * 1e6 + k) / (cells.rate_rest() * 1e6 + k)
}
