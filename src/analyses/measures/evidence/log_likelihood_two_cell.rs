//! Log-likelihood over the two cells that hold the word, as the "LL wizard", WordSmith and Conc print it.
//! Rayson & Garside 2000.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::deviance_part;

/// Log-likelihood over the two cells that hold the word, as the "LL wizard", WordSmith and Conc print it.
pub static LOG_LIKELIHOOD_TWO_CELL: Measure = Measure {
    name: "log_likelihood_two_cell",
    symbol: "LL",
    kind: Kind::Evidence(None),
    unit: "LL, two cells",
    meaning: "The two-cell log-likelihood of corpus software. Slightly smaller than G² and not distributed as χ², so it has no p-value here.",
    formula: "±2[a·ln(a/E₁) + b·ln(b/E₂)]; sign of p₁ − p₂",
    source: "Rayson & Garside 2000",
    evaluate: Evaluate::FourCells(log_likelihood_two_cell),
    cases: &[
        Case::cells(Origin::Oracle, "UCREL log-likelihood wizard's formula by hand", GOLDEN, Some(83.17766166719343), 1e-10),
        Case::cells(Origin::Oracle, "keyflux 0.2.0 log_likelihood", [3.0, 200.0, 9.0, 250.0], Some(-1.9496977946847114), 1e-9),
        Case::cells(Origin::Boundary, "equal rates", [10.0, 1_000.0, 20.0, 2_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(0.0), 0.0),
        Case::cells(Origin::Boundary, "b = 0: 2·10·ln 2", [10.0, 1_000.0, 0.0, 1_000.0], Some(13.862943611198906), 1e-12),
    ],
};

/// Signed two-cell log-likelihood; 0 for a word that neither has.
pub fn log_likelihood_two_cell(cells: &FourCells) -> Option<f64> {
    let [expected, expected_rest, ..] = cells.expected();
    let sum = deviance_part(cells.count, expected) + deviance_part(cells.count_rest, expected_rest);
    Some(cells.sign() * 2.0 * sum)
}
