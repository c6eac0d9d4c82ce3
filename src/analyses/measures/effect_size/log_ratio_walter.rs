//! Log ratio with half an occurrence added everywhere.
//! Walter 1975; Hardie 2014.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::log2;

/// Log ratio with half an occurrence added everywhere.
pub static LOG_RATIO_WALTER: Measure = Measure {
    name: "log_ratio_walter",
    symbol: "LR(Walter)",
    kind: Kind::EffectSize,
    unit: "log₂ of the ratio of rates",
    meaning: "The log ratio with half an occurrence added to counts and totals, which takes out most of its bias for rare words.",
    formula: "log₂{[(a+½)/(n₁+½)] / [(b+½)/(n₂+½)]}",
    source: "Walter 1975",
    evaluate: Evaluate::FourCells(log_ratio_walter),
    cases: &[
        Case::cells(
            Origin::Oracle,
            "association-measures log_ratio(discounting=\"Walter1975\", disc=.5)",
            GOLDEN,
            Some(1.994018885534263),
            1e-12,
        ),
        Case::cells(
            Origin::Oracle,
            "association-measures log_ratio(discounting=\"Walter1975\", disc=.5)",
            [3.0, 200.0, 9.0, 250.0],
            Some(-1.1193642246456936),
            1e-12,
        ),
        Case::cells(
            Origin::Boundary,
            "absent from the reference: 10.5 to 0.5",
            [10.0, 1_000.0, 0.0, 1_000.0],
            Some(4.392317422778761),
            1e-12,
        ),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// Walter's log ratio; `None` if both counts are 0.
pub fn log_ratio_walter(cells: &FourCells) -> Option<f64> {
    let rate = |count: f64, total: f64| (count + 0.5) / (total + 0.5);
    (cells.count + cells.count_rest > 0.0).then(|| log2(rate(cells.count, cells.total) / rate(cells.count_rest, cells.total_rest)))
}
