//! Log odds with an informative Dirichlet prior, standardised.
//! Monroe, Colaresi & Quinn 2008.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::float::{ln, sqrt};

/// Log odds with an informative Dirichlet prior, standardised.
pub static WEIGHTED_LOG_ODDS: Measure = Measure {
    name: "weighted_log_odds",
    symbol: "z(δ)",
    kind: Kind::Evidence(None),
    unit: "standard errors",
    meaning: "Log odds ratio shrunk towards a prior and divided by its standard error if words were independent. The prior is worth 500 words at the pooled rate.",
    formula: "δ/√(1/(a+α) + 1/(b+α)), δ = ln[(a+α)/(n₁+α₀−a−α)] − ln[(b+α)/(n₂+α₀−b−α)], α₀ = 500, α = α₀R/N",
    source: "Monroe, Colaresi & Quinn 2008",
    evaluate: Evaluate::FourCells(|cells| {
        weighted_log_odds(cells, PRIOR_WORDS * (cells.count + cells.count_rest) / cells.all(), PRIOR_WORDS)
    }),
    cases: &[
        Case::cells(
            Origin::Oracle,
            "fightin-words 1.0.5's formula in double precision (scripts/oracles/keyness.py), prior 500 words",
            GOLDEN,
            Some(8.752445911191732),
            1e-10,
        ),
        Case::cells(
            Origin::Oracle,
            "fightin-words 1.0.5's formula in double precision (scripts/oracles/keyness.py), prior 500 words",
            [10.0, 1_000.0, 0.0, 1_000.0],
            Some(2.3326944249290618),
            1e-10,
        ),
        Case::cells(Origin::Boundary, "equal rates in equal totals", [10.0, 1_000.0, 10.0, 1_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// Words that the prior is worth.
const PRIOR_WORDS: f64 = 500.0;

/// z of the weighted log odds with a prior of `prior` occurrences of this word in `prior_words` words; `None` without a
/// prior for the word.
pub fn weighted_log_odds(cells: &FourCells, prior: f64, prior_words: f64) -> Option<f64> {
    if prior <= 0.0 || prior > prior_words {
        return None;
    }
    let log_odds = |count: f64, total: f64| ln((count + prior) / (total + prior_words - count - prior));
    let difference = log_odds(cells.count, cells.total) - log_odds(cells.count_rest, cells.total_rest);
    Some(difference / sqrt(1.0 / (cells.count + prior) + 1.0 / (cells.count_rest + prior)))
}
