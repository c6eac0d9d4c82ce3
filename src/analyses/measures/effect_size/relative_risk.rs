//! Ratio of rates.
//! Pojanapunya & Watson Todd 2018; Haldane 1956 for zero counts.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};

/// Ratio of rates.
pub static RELATIVE_RISK: Measure = Measure {
    name: "relative_risk",
    symbol: "RR",
    kind: Kind::EffectSize,
    unit: "ratio of rates",
    meaning: "How many times as often the target uses the word; half an occurrence is added to all cells if a count is 0.",
    formula: "p₁/p₂; all cells + ½ if a or b is 0",
    source: "Pojanapunya & Watson Todd 2018",
    evaluate: Evaluate::FourCells(relative_risk),
    cases: &[
        Case::cells(Origin::Oracle, "statsmodels Table2x2.riskratio", GOLDEN, Some(4.0), 1e-12),
        Case::cells(Origin::Oracle, "statsmodels Table2x2.riskratio", [3.0, 200.0, 9.0, 250.0], Some(0.4166666666666667), 1e-12),
        Case::cells(Origin::Boundary, "absent from the reference: 10.5 to 0.5", [10.0, 1_000.0, 0.0, 1_000.0], Some(21.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// The ratio of rates; `None` if both counts are 0.
pub fn relative_risk(cells: &FourCells) -> Option<f64> {
    let added = if cells.count == 0.0 || cells.count_rest == 0.0 { 0.5 } else { 0.0 };
    let rate = |count: f64, total: f64| (count + added) / (total + 2.0 * added);
    (cells.count + cells.count_rest > 0.0).then(|| rate(cells.count, cells.total) / rate(cells.count_rest, cells.total_rest))
}
