//! Two-cell log-likelihood over its maximum.
//! Johnston, Berry & Mielke 2006.

use crate::analyses::measures::evidence::log_likelihood_two_cell;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::ln;

/// Two-cell log-likelihood over its maximum.
pub static EFFECT_SIZE_LOG_LIKELIHOOD: Measure = Measure {
    name: "effect_size_log_likelihood",
    symbol: "ELL",
    kind: Kind::EffectSize,
    unit: "0 to 1",
    meaning: "The two-cell log-likelihood as a share of the largest it could be for this amount of text.",
    formula: "LL(two-cell) / (N·ln E_min)",
    source: "Johnston, Berry & Mielke 2006",
    evaluate: Evaluate::FourCells(effect_size_log_likelihood),
    cases: &[
        Case::cells(Origin::Oracle, "STATISTICS golden number, by hand: 83.177662/(150,000·ln 60)", GOLDEN, Some(1.3544e-4), 1e-4),
        Case::cells(Origin::Oracle, "the same with all digits", GOLDEN, Some(83.17766166719343 / (150_000.0 * 4.0943445622221)), 1e-12),
        Case::cells(Origin::Boundary, "equal rates", [10.0, 1_000.0, 20.0, 2_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "an expected count below 1", [1.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// ELL, 0 or more; `None` where the smaller expected count is 1 or less, where its logarithm is no scale.
pub fn effect_size_log_likelihood(cells: &FourCells) -> Option<f64> {
    let [expected, expected_rest, ..] = cells.expected();
    let smaller = expected.min(expected_rest);
    let evidence = log_likelihood_two_cell(cells)?.abs();
    (smaller > 1.0).then(|| evidence / (cells.all() * ln(smaller)))
}
