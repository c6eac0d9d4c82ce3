//! How much likelier the second thing is where the first one is.
//! Ellis 2006; Gries 2013.

use super::{PAIR, Pair};
use crate::analyses::measures::{Case, Evaluate, FourCells, Kind, Measure, Origin};

/// How much likelier the second thing is where the first one is.
pub static DELTA_P: Measure = Measure {
    name: "delta_p",
    symbol: "ΔP(2|1)",
    kind: Kind::EffectSize,
    unit: "difference of shares",
    meaning: "Share of the word in the target less its share elsewhere.",
    formula: "O/f₁ − (f₂ − O)/(N − f₁), f₁ = n₁, f₂ = a + b",
    source: "Ellis 2006; Gries 2013",
    evaluate: Evaluate::FourCells(delta_p),
    cases: &[
        Case::cells(Origin::Oracle, "association-measures 0.3.2 liddell of the transposed table", PAIR, Some(0.029629629629629627), 1e-12),
        Case::cells(Origin::Boundary, "as often as by chance", [10.0, 1_000.0, 90.0, 9_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "there is nothing but the target", [3.0, 10.0, 0.0, 0.0], None, 0.0),
    ],
};

/// O/f₁ − (f₂ − O)/(N − f₁).
pub fn delta_p(cells: &FourCells) -> Option<f64> {
    let pair = Pair::of(cells);
    Some(pair.both / pair.first - (pair.second - pair.both) / (pair.all - pair.first))
}
