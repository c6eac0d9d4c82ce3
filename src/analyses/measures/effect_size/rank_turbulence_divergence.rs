//! How far two rankings of the same terms differ, with the weight of frequent and rare terms set by α.
//! Dodds et al. 2023 (preprint 2020).

use crate::analyses::measures::{Case, Evaluate, Input, Kind, Measure, Origin, TwoLists};
use crate::maths::float::pow;

/// α for text, as its authors recommend.
const ALPHA: f64 = 1.0 / 3.0;

/// Rank-turbulence divergence with α = 1/3.
pub static RANK_TURBULENCE_DIVERGENCE: Measure = Measure {
    name: "rank_turbulence_divergence",
    symbol: "RTD",
    kind: Kind::EffectSize,
    unit: "0 same ranks to 1 no term shared",
    meaning: "How much two frequency lists differ in rank as a whole; each term's part of it tells which terms make the difference.",
    formula: "(α+1)/α · Σ |1/r₁^α − 1/r₂^α|^{1/(α+1)} over its value for disjoint lists, α = 1/3; a term absent from a list of n ranks n + k/2 there, k terms being absent",
    source: "Dodds et al. 2020",
    evaluate: Evaluate::TwoLists(|lists| rank_turbulence(lists, ALPHA).map(|parts| parts.iter().sum())),
    cases: &[
        Case {
            origin: Origin::Oracle,
            source: "keyflux 0.2.0 rtd(alpha=1/3), all terms in both lists",
            input: Input::TwoLists(TwoLists {
                target: &[20.0, 14.0, 8.0, 7.0, 4.0, 2.0, 1.0],
                reference: &[16.0, 5.0, 3.0, 24.0, 2.0, 1.0, 4.0],
            }),
            expected: Some(0.33751523474367356),
            tolerance: 1e-12,
        },
        Case {
            origin: Origin::Boundary,
            source: "the same list twice",
            input: Input::TwoLists(TwoLists { target: &[9.0, 4.0, 4.0], reference: &[18.0, 8.0, 8.0] }),
            expected: Some(0.0),
            tolerance: 0.0,
        },
        Case {
            origin: Origin::Boundary,
            source: "no term shared",
            input: Input::TwoLists(TwoLists { target: &[3.0, 2.0, 0.0, 0.0, 0.0], reference: &[0.0, 0.0, 3.0, 2.0, 1.0] }),
            expected: Some(1.0),
            tolerance: 1e-12,
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

/// Each term's part of the divergence for `alpha` > 0; the parts add up to it. `None` for an empty list, lists of unequal
/// length or an `alpha` that is not positive.
///
/// Differs from Dodds et al. 2020 as printed and from keyflux, which set a term's rank against N₁ + N₂/2 of its own list
/// (keyflux sums over absent terms too): with lists of unequal length disjoint lists would not give 1.
pub fn rank_turbulence(lists: &TwoLists<'_>, alpha: f64) -> Option<Vec<f64>> {
    let present = |values: &[f64]| values.iter().filter(|value| **value > 0.0).count() as f64;
    let (own, rest) = (present(lists.target), present(lists.reference));
    if own == 0.0 || rest == 0.0 || lists.target.len() != lists.reference.len() || alpha <= 0.0 {
        return None;
    }
    let (ranks, rest_ranks) = (ranks(lists.target, lists.reference), ranks(lists.reference, lists.target));
    let power = 1.0 / (alpha + 1.0);
    let distance = |first: f64, second: f64| pow((pow(first, -alpha) - pow(second, -alpha)).abs(), power);
    // The rank of a term of one list in the other if no term were shared.
    let absent = (rest + own / 2.0, own + rest / 2.0);
    let mut disjoint = 0.0;
    for (index, (&rank, &rest_rank)) in ranks.iter().zip(&rest_ranks).enumerate() {
        if lists.target[index] > 0.0 {
            disjoint += distance(rank, absent.0);
        }
        if lists.reference[index] > 0.0 {
            disjoint += distance(rest_rank, absent.1);
        }
    }
    // Two lists of one term each, the same one, have nothing to differ in.
    let scale = if disjoint > 0.0 { disjoint } else { 1.0 };
    Some(ranks.iter().zip(&rest_ranks).map(|(&rank, &rest_rank)| distance(rank, rest_rank) / scale).collect())
}

/// Ranks from 1 for the largest value, ties averaged; absent terms rank after all present ones, half of them deep.
fn ranks(values: &[f64], others: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).filter(|&index| values[index] > 0.0).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
    let absent = (0..values.len()).filter(|&index| values[index] <= 0.0 && others[index] > 0.0).count() as f64;
    let mut ranks = vec![order.len() as f64 + absent / 2.0; values.len()];
    let mut before = 0.0;
    for run in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = before + (run.len() as f64 + 1.0) / 2.0;
        for &index in run {
            ranks[index] = rank;
        }
        before += run.len() as f64;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_one_matches_keyflux_too() {
        let lists = TwoLists { target: &[20.0, 14.0, 8.0, 7.0, 4.0, 2.0, 1.0], reference: &[16.0, 5.0, 3.0, 24.0, 2.0, 1.0, 4.0] };
        let sum: f64 = rank_turbulence(&lists, 1.0).unwrap().iter().sum();
        assert!((sum - 0.4592479311105781).abs() < 1e-12);
    }
}
