//! Overlap of two things: the joint count over where either is.
//! Jaccard 1901.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};

/// Overlap of two things: the joint count over where either is.
pub static JACCARD: Measure = Measure {
    name: "jaccard",
    symbol: "J",
    kind: Kind::EffectSize,
    unit: "0 never together to 1 never apart",
    meaning: "Joint count over the number of places that have either.",
    formula: "O/(f₁ + f₂ − O), f₁ = n₁, f₂ = a + b",
    source: "Jaccard 1901",
    evaluate: Evaluate::FourCells(jaccard),
    cases: &[
        Case::cells(Origin::Oracle, "nltk jaccard", PAIR, Some(0.021_897_810_218_978_103), 1e-12),
        Case::cells(Origin::Boundary, "never apart", [25.0, 25.0, 0.0, 75.0], Some(1.0), 0.0),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], Some(0.0), 0.0),
    ],
};

/// O/(f₁ + f₂ − O).
pub fn jaccard(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    Some(pair.both / (pair.first + pair.second - pair.both))
}
