//! Mutual information with more weight on frequent meetings.
//! Daille 1994.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::log2;

/// Mutual information with more weight on frequent meetings.
pub static MUTUAL_INFORMATION_CUBED: Measure = Measure {
    name: "mutual_information_cubed",
    symbol: "MI3",
    kind: Kind::EffectSize,
    unit: "bits",
    meaning: "Like mutual information, with the joint count cubed, so that rare words do not lead.",
    formula: "log₂(O³/E), O = a, E = E₁",
    source: "Daille 1994",
    evaluate: Evaluate::FourCells(mutual_information_cubed),
    cases: &[
        Case::cells(Origin::Oracle, "nltk mi_like’s formula by hand: log₂(30³/0.4)", PAIR, Some(16.042599881712917), 1e-12),
        Case::cells(Origin::Boundary, "once, expected once", [1.0, 10.0, 0.0, 0.0], None, 0.0),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], None, 0.0),
    ],
};

/// log₂(O³/E); `None` if they never meet.
pub fn mutual_information_cubed(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    (pair.both > 0.0).then(|| 3.0 * log2(pair.both) - log2(pair.expected))
}
