//! χ² corrected for continuity.
//! Yates 1934.

use super::chi_squared::chi_squared_less;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::chi_squared_1_tail;

/// χ² corrected for continuity.
pub static CHI_SQUARED_YATES: Measure = Measure {
    name: "chi_squared_yates",
    symbol: "χ²(Yates)",
    kind: Kind::Evidence(Some(chi_squared_1_tail)),
    unit: "χ², one degree of freedom",
    meaning: "χ² with the correction for continuity; its p is near the exact one for small counts.",
    formula: "N(|ad − bc| − N/2)² / [(a+b)(c+d)(a+c)(b+d)], not below 0",
    source: "Yates 1934",
    evaluate: Evaluate::FourCells(chi_squared_yates),
    cases: &[
        Case::cells(Origin::Oracle, "scipy chi2_contingency(correction=True)", GOLDEN, Some(88.61258510212255), 1e-12),
        Case::cells(Origin::Oracle, "scipy chi2_contingency(correction=True)", [3.0, 200.0, 9.0, 250.0], Some(1.1654537671232874), 1e-12),
        Case::cells(Origin::Boundary, "a difference smaller than the correction", [1.0, 1_000.0, 1.0, 1_200.0], Some(0.0), 0.0),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// χ² corrected for continuity; `None` where a margin of the table is empty.
pub fn chi_squared_yates(cells: &FourCells) -> Option<f64> {
    chi_squared_less(cells, cells.all() / 2.0)
}
