//! Overlap of two things: twice the joint count over the sum of both.
//! Dice 1945.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};

/// Overlap of two things: twice the joint count over the sum of both.
pub static DICE: Measure = Measure {
    name: "dice",
    symbol: "Dice",
    kind: Kind::EffectSize,
    unit: "0 never together to 1 never apart",
    meaning: "Twice the joint count over the sum of the two counts.",
    formula: "2O/(f₁ + f₂), f₁ = n₁, f₂ = a + b",
    source: "Dice 1945",
    evaluate: Evaluate::FourCells(dice),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures 0.3.2 dice", PAIR, Some(0.042_857_142_857_142_86), 1e-12),
        Case::cells(Origin::Boundary, "never apart", [25.0, 25.0, 0.0, 75.0], Some(1.0), 0.0),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], Some(0.0), 0.0),
    ],
};

/// 2O/(f₁ + f₂).
pub fn dice(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    Some(2.0 * pair.both / (pair.first + pair.second))
}
