//! Ratio of odds.
//! Pojanapunya & Watson Todd 2018; Haldane 1956 for empty cells.

use crate::analyses::measures::{Case, Evaluate, FourCells, GOLDEN, Kind, Measure, Origin};

/// Ratio of odds.
pub static ODDS_RATIO: Measure = Measure {
    name: "odds_ratio",
    symbol: "OR",
    kind: Kind::EffectSize,
    unit: "ratio of odds",
    meaning: "Odds of the word in the target over its odds in the reference; half an occurrence is added to all cells if one is empty.",
    formula: "ad/(bc); all cells + ½ if one is 0",
    source: "Pojanapunya & Watson Todd 2018",
    evaluate: Evaluate::FourCells(odds_ratio),
    cases: &[
        Case::cells(
            Origin::Oracle,
            "scipy fisher_exact statistic = statsmodels Table2x2.oddsratio",
            GOLDEN,
            Some(4.007217321571773),
            1e-12,
        ),
        Case::cells(Origin::Oracle, "statsmodels Table2x2.oddsratio", [3.0, 200.0, 9.0, 250.0], Some(0.4077834179357022), 1e-12),
        Case::cells(
            Origin::Boundary,
            "absent from the reference: 10.5·1,000.5/(0.5·990.5)",
            [10.0, 1_000.0, 0.0, 1_000.0],
            Some(10.5 * 1_000.5 / (0.5 * 990.5)),
            1e-12,
        ),
        Case::cells(Origin::Boundary, "a word that neither has", [0.0, 1_000.0, 0.0, 2_000.0], None, 0.0),
    ],
};

/// The odds ratio; `None` if both counts are 0.
pub fn odds_ratio(cells: &FourCells) -> Option<f64> {
    let [a, b, c, d] = cells.observed();
    let added = if [a, b, c, d].contains(&0.0) { 0.5 } else { 0.0 };
    (a + b > 0.0).then(|| (a + added) * (d + added) / ((b + added) * (c + added)))
}
