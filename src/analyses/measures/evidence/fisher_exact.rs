//! Exact p of the two-by-two table with its margins fixed.
//! Fisher 1922.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::Hypergeometric;

/// Exact p of the two-by-two table with its margins fixed.
pub static FISHER_EXACT: Measure = Measure {
    name: "fisher_exact",
    symbol: "p(Fisher)",
    kind: Kind::PValue,
    unit: "probability",
    meaning: "Two-sided exact p of equal rates if words were independent; whole counts only.",
    formula: "sum of all hypergeometric probabilities no larger than that of the table",
    source: "Fisher 1922",
    evaluate: Evaluate::FourCells(fisher_exact),
    cases: &[
        Case::cells(Origin::Oracle, "scipy fisher_exact", GOLDEN, Some(8.745050611533146e-20), 1e-9),
        Case::cells(Origin::Oracle, "scipy fisher_exact", [0.0, 1_000.0, 16.0, 1_000.0], Some(2.8726889695716347e-5), 1e-9),
        Case::cells(
            Origin::Literature,
            "Fisher 1935, the lady tasting tea: 34/70 two-sided",
            [3.0, 4.0, 1.0, 4.0],
            Some(34.0 / 70.0),
            1e-12,
        ),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(1.0), 0.0),
        Case::cells(Origin::Boundary, "a weighted count", [1.5, 1_000.0, 3.0, 2_000.0], None, 0.0),
    ],
};

/// Two-sided exact p; `None` for counts that are no whole numbers.
pub fn fisher_exact(cells: &FourCells) -> Option<f64> {
    let is_whole = |value: f64| value.fract() == 0.0 && value < 9e15;
    if !cells.observed().into_iter().all(is_whole) {
        return None;
    }
    let (population, marked, draws) = (cells.all() as u64, (cells.count + cells.count_rest) as u64, cells.total as u64);
    Some(Hypergeometric { population, marked, draws }.two_sided(cells.count as u64))
}
