//! Binary logarithm of the ratio of rates, a zero count taken as half an occurrence.
//! Hardie 2014.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::log2;

/// Hardie's log ratio.
pub static LOG_RATIO: Measure = Measure {
    name: "log_ratio",
    symbol: "LR",
    kind: Kind::EffectSize,
    unit: "log₂ of the ratio of rates",
    meaning: "1 is twice as often in the target, −1 half as often; a zero count is taken as 0.5.",
    formula: "log₂(p₁/p₂), a or b = 0 replaced by 0.5",
    source: "Hardie 2014",
    evaluate: Evaluate::FourCells(log_ratio),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures log_ratio(discounting=\"Hardie2014\")", GOLDEN, Some(2.0), 1e-12),
        Case::cells(
            Origin::Oracle,
            "association-measures log_ratio(discounting=\"Hardie2014\"), b = 0",
            [10.0, 1_000.0, 0.0, 1_000.0],
            Some(4.321928094887363),
            1e-12,
        ),
        Case::cells(
            Origin::Boundary,
            "absent from the target: 0.5 of 1,000 against 16 of 1,000",
            [0.0, 1_000.0, 16.0, 1_000.0],
            Some(-5.0),
            1e-12,
        ),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// log₂(p₁/p₂) with zero counts taken as 0.5; `None` if both counts are 0.
pub fn log_ratio(cells: &FourCells) -> Option<f64> {
    let half = |count: f64| if count == 0.0 { 0.5 } else { count };
    let (rate, rate_rest) = (half(cells.count) / cells.total, half(cells.count_rest) / cells.total_rest);
    (cells.count + cells.count_rest > 0.0).then(|| log2(rate / rate_rest))
}
