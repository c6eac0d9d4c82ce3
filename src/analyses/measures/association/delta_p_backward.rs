//! How much likelier the first thing is where the second one is.
//! Ellis 2006; Gries 2013.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};

/// How much likelier the first thing is where the second one is.
pub static DELTA_P_BACKWARD: Measure = Measure {
    name: "delta_p_backward",
    symbol: "ΔP(1|2)",
    kind: Kind::EffectSize,
    unit: "difference of shares",
    meaning: "Share of the word's occurrences that stand in the target, less the target's share of all other words.",
    formula: "O/f₂ − (f₁ − O)/(N − f₂), f₁ = n₁, f₂ = a + b",
    source: "Ellis 2006; Gries 2013",
    evaluate: Evaluate::FourCells(delta_p_backward),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures 0.3.2 liddell", PAIR, Some(0.07402961184473789), 1e-12),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 999_000.0], None, 0.0),
    ],
};

/// O/f₂ − (f₁ − O)/(N − f₂); `None` for a word that is nowhere or everywhere.
pub fn delta_p_backward(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.second > 0.0 && pair.second < pair.all).then(|| pair.both / pair.second - (pair.first - pair.both) / (pair.all - pair.second))
}
