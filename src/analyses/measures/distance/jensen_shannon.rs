//! Divergence of two word distributions from their mean.
//! Lin 1991; its root is a metric (Endres & Schindelin 2003).

use crate::analyses::measures::{Case, Evaluate, Input, Kind, Measure, Origin, TwoLists};
use crate::maths::float::log2;

/// Jensen–Shannon divergence in bits.
pub static JENSEN_SHANNON: Measure = Measure {
    name: "jensen_shannon",
    symbol: "JSD",
    kind: Kind::EffectSize,
    unit: "bits, 0 same shares to 1 no term shared",
    meaning: "How far two word distributions are from their mean; each term's part of it tells which terms make the difference.",
    formula: "½ Σ [p₁ log₂(p₁/m) + p₂ log₂(p₂/m)], p = counts over their sum, m = (p₁+p₂)/2",
    source: "Lin 1991",
    evaluate: Evaluate::TwoLists(of_lists),
    cases: &[
        Case {
            origin: Origin::Oracle,
            source: "scipy 1.17.1 jensenshannon([.5, .3, .2], [.2, .3, .5], 2)**2",
            input: Input::TwoLists(TwoLists { target: &[5.0, 3.0, 2.0], reference: &[20.0, 30.0, 50.0] }),
            expected: Some(0.0958156020033584),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "no term shared",
            input: Input::TwoLists(TwoLists { target: &[3.0, 2.0, 0.0], reference: &[0.0, 0.0, 3.0] }),
            expected: Some(1.0),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "the same list twice",
            input: Input::TwoLists(TwoLists { target: &[9.0, 4.0], reference: &[18.0, 8.0] }),
            expected: Some(0.0),
            tolerance: 1e-15,
        },
        Case {
            origin: Origin::Boundary,
            source: "an empty list",
            input: Input::TwoLists(TwoLists { target: &[0.0, 0.0], reference: &[1.0, 2.0] }),
            expected: None,
            tolerance: 0.0,
        },
    ],
};

/// The divergence of two lists of counts; `None` if either is empty or they have not the same terms.
fn of_lists(lists: &TwoLists<'_>) -> Option<f64> {
    let shares = |counts: &[f64]| {
        let total: f64 = counts.iter().sum();
        (total > 0.0).then(|| counts.iter().map(|count| count / total).collect::<Vec<f64>>())
    };
    let (target, reference) = (shares(lists.target)?, shares(lists.reference)?);
    (target.len() == reference.len()).then(|| jensen_shannon(&target, &reference))
}

/// x · log₂(x / y), 0 at x = 0.
fn x_log_ratio(x: f64, y: f64) -> f64 {
    if x > 0.0 { x * log2(x / y) } else { 0.0 }
}

/// One term's part of the divergence of two distributions, in bits; never negative but for rounding.
pub fn divergence_term(first: f64, second: f64) -> f64 {
    let middle = f64::midpoint(first, second);
    0.5 * (x_log_ratio(first, middle) + x_log_ratio(second, middle))
}

/// The divergence of two distributions (shares that sum to 1, of the same terms) in bits, 0 to 1.
pub fn jensen_shannon(first: &[f64], second: &[f64]) -> f64 {
    first.iter().zip(second).map(|(&first, &second)| divergence_term(first, second)).sum::<f64>().max(0.0)
}
