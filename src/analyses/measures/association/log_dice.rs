//! Dice coefficient on a readable scale.
//! Rychlý 2008.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::log2;

/// Dice coefficient on a readable scale.
pub static LOG_DICE: Measure = Measure {
    name: "log_dice",
    symbol: "logDice",
    kind: Kind::EffectSize,
    unit: "14 at most; one more is twice the Dice coefficient",
    meaning: "Binary logarithm of the Dice coefficient plus 14; does not grow with the corpus.",
    formula: "14 + log₂(2O/(f₁ + f₂)), f₁ = n₁, f₂ = a + b",
    source: "Rychlý 2008",
    evaluate: Evaluate::FourCells(log_dice),
    cases: &[
        Case::cells(Origin::Oracle, "nltk dice by hand: 14 + log₂ 0.042857", PAIR, Some(9.45567948377619), 1e-12),
        Case::cells(Origin::Boundary, "never apart", [25.0, 25.0, 0.0, 75.0], Some(14.0), 0.0),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], None, 0.0),
    ],
};

/// 14 + log₂(2O/(f₁ + f₂)); `None` if they never meet.
pub fn log_dice(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.both > 0.0).then(|| 14.0 + log2(2.0 * pair.both / (pair.first + pair.second)))
}
