//! Mutual information over its largest value.
//! Bouma 2009.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};
use crate::maths::float::log2;

/// Mutual information over its largest value.
pub static NORMALISED_MUTUAL_INFORMATION: Measure = Measure {
    name: "normalised_mutual_information",
    symbol: "NPMI",
    kind: Kind::EffectSize,
    unit: "-1 never together to 1 never apart",
    meaning: "Mutual information over what it would be if the word stood in the target only and nothing else did.",
    formula: "log₂(O/E) / −log₂(O/N)",
    source: "Bouma 2009",
    evaluate: Evaluate::FourCells(normalised_mutual_information),
    cases: &[
        Case::cells(Origin::Oracle, "gensim npmi_scorer's formula", PAIR, Some(0.41457252537409767), 1e-12),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "they never meet", [0.0, 1_000.0, 400.0, 999_000.0], None, 0.0),
    ],
};

/// log₂(O/E) over −log₂(O/N); `None` if they never meet, or there is nothing else.
pub fn normalised_mutual_information(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    let largest = -log2(pair.both / pair.all);
    (pair.both > 0.0 && largest > 0.0).then(|| log2(pair.both / pair.expected) / largest)
}
