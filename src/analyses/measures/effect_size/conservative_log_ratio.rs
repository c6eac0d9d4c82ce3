//! The log ratio that can be vouched for: the nearer end of its interval.
//! Evert 2022.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::log2;
use crate::maths::special::beta_quantile;

/// The log ratio that can be vouched for: the nearer end of its interval.
pub static CONSERVATIVE_LOG_RATIO: Measure = Measure {
    name: "conservative_log_ratio",
    symbol: "LRC",
    kind: Kind::EffectSize,
    unit: "log₂ of the ratio of rates",
    meaning: "The end nearer zero of the log ratio's 99.9 % interval if words were independent; 0 where the interval holds 0. Here for one test; the function takes their number.",
    formula: "log₂ of the nearer end of the exact interval of p₁/p₂ (Clopper–Pearson for a given a + b), α = .001 over the number of tests",
    source: "Evert 2022",
    evaluate: Evaluate::FourCells(|cells| Some(conservative_log_ratio(cells, 0.001, 1))),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures conservative_log_ratio(vocab=1)", GOLDEN, Some(1.2491505280449016), 1e-10),
        Case::cells(
            Origin::Oracle,
            "association-measures conservative_log_ratio(vocab=1)",
            [0.0, 1_000.0, 16.0, 1_000.0],
            Some(-0.7176078850145484),
            1e-10,
        ),
        Case::cells(
            Origin::Oracle,
            "association-measures conservative_log_ratio(vocab=1)",
            [10.0, 13.0, 0.0, 31_764.0],
            Some(11.067570000582261),
            1e-10,
        ),
        Case::cells(Origin::Boundary, "an interval that holds 0", [3.0, 200.0, 9.0, 250.0], Some(0.0), 0.0),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(0.0), 0.0),
    ],
};

/// LRC with two-sided level `alpha` divided by `tests` (Bonferroni).
pub fn conservative_log_ratio(cells: &FourCells, alpha: f64, tests: u32) -> f64 {
    let tail = alpha / 2.0 / f64::from(tests.max(1));
    let (a, b) = (cells.count, cells.count_rest);
    let log_ratio = |share: f64, complement: f64| log2(cells.total_rest / cells.total * share / complement);
    if cells.sign() > 0.0 {
        if a == 0.0 {
            return 0.0;
        }
        let share = beta_quantile(tail, a, b + 1.0);
        log_ratio(share, 1.0 - share).max(0.0)
    } else {
        // From the other tail, so that shares near 1 keep their digits.
        let complement = beta_quantile(tail, b, a + 1.0);
        log_ratio(1.0 - complement, complement).min(0.0)
    }
}
