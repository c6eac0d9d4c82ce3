//! G² over the four cells of the table word/other × target/reference.
//! Dunning 1993, after Wilks 1938.

use crate::analyses::measures::association::PAIR;
use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};
use crate::maths::special::{chi_squared_1_tail, deviance_part};

/// The log-likelihood ratio of four cells.
pub static LOG_LIKELIHOOD: Measure = Measure {
    name: "log_likelihood",
    symbol: "G²",
    kind: Kind::Evidence(Some(|value| chi_squared_1_tail(value.abs()))),
    unit: "G², four cells",
    meaning: "Evidence against equal rates if words were independent; negative where the reference has the higher rate. Its size grows with the corpora: it is not an effect size.",
    formula: "±2 Σ O·ln(O/E) over a, b, c, d; 0·ln 0 = 0; sign of p₁ − p₂",
    source: "Dunning 1993",
    evaluate: Evaluate::FourCells(|cells| Some(cells.sign() * log_likelihood(cells))),
    cases: &[
        Case::cells(
            Origin::Oracle,
            "scipy chi2_contingency(lambda_=\"log-likelihood\") = association-measures",
            GOLDEN,
            Some(83.28581309435565),
            1e-10,
        ),
        Case::cells(
            Origin::Literature,
            "Dunning 1993, table of the Swiss bank text: 167.23",
            [10.0, 13.0, 0.0, 31_764.0],
            Some(167.23),
            5e-5,
        ),
        Case::cells(
            Origin::Oracle,
            "scipy 1.17.1 chi2_contingency(lambda_=\"log-likelihood\"), Dunning's table with all digits",
            [10.0, 13.0, 0.0, 31_764.0],
            Some(167.22980391051257),
            1e-10,
        ),
        Case::cells(Origin::Oracle, "scipy chi2_contingency; STATISTICS' golden pair", PAIR, Some(202.9842864719861), 1e-10),
        Case::cells(Origin::Boundary, "equal rates", [10.0, 1_000.0, 20.0, 2_000.0], Some(0.0), 1e-12),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], Some(0.0), 0.0),
    ],
};

/// G² of four cells, without a sign; 0 or more.
pub fn log_likelihood(cells: &FourCells) -> f64 {
    // The sums of O and E are equal, so O·ln(O/E) + E − O adds up to the same without losing digits where O is near E.
    2.0 * cells.observed().into_iter().zip(cells.expected()).map(|(observed, expected)| deviance_part(observed, expected)).sum::<f64>()
}
