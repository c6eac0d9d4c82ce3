//! Distances between word distributions: Jensen–Shannon divergence, cosine distance, Burrows's Delta.

use crate::maths::float::{log2, sqrt};

/// x · log₂(x / y), 0 at x = 0.
fn x_log_ratio(x: f64, y: f64) -> f64 {
    if x > 0.0 { x * log2(x / y) } else { 0.0 }
}

/// The share of one term in the Jensen–Shannon divergence of two distributions, in bits; never negative.
///
/// ½[p₁ log₂(p₁/m) + p₂ log₂(p₂/m)] with m = (p₁+p₂)/2 (Lin 1991).
pub(super) fn divergence_term(first: f64, second: f64) -> f64 {
    let middle = f64::midpoint(first, second);
    0.5 * (x_log_ratio(first, middle) + x_log_ratio(second, middle))
}

/// Jensen–Shannon divergence of two distributions in bits: 0 for equal ones, 1 for those without a common term (Lin 1991).
pub(super) fn jensen_shannon(first: &[f64], second: &[f64]) -> f64 {
    first.iter().zip(second).map(|(&first, &second)| divergence_term(first, second)).sum::<f64>().max(0.0)
}

/// One less the cosine of the angle between two vectors: 0 for the same direction, 1 for nothing in common. `None` if
/// either is all zero.
pub(super) fn cosine_distance(first: &[f64], second: &[f64]) -> Option<f64> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let size = sqrt(product(first, first)) * sqrt(product(second, second));
    (size > 0.0).then(|| (1.0 - product(first, second) / size).max(0.0))
}

/// Fewest groups for Delta: among two every word's z-scores are ±1/√2, whatever the words.
pub(super) const FEWEST_FOR_DELTA: usize = 3;

/// z-scores of each group's word rates among the groups: `rates[group][word]` less the groups' mean, over their sample
/// standard deviation. Words that all groups use alike are left out. `None` for fewer than three groups.
pub(super) fn z_scores(rates: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    if rates.len() < FEWEST_FOR_DELTA {
        return None;
    }
    let groups = rates.len() as f64;
    let mut scores = vec![Vec::new(); rates.len()];
    for word in 0..rates[0].len() {
        let mean = rates.iter().map(|group| group[word]).sum::<f64>() / groups;
        let squares = rates.iter().map(|group| (group[word] - mean) * (group[word] - mean)).sum::<f64>();
        let deviation = sqrt(squares / (groups - 1.0));
        // Equal rates leave a deviation of rounding errors.
        if deviation > 1e-12 * mean {
            scores.iter_mut().zip(rates).for_each(|(scores, group)| scores.push((group[word] - mean) / deviation));
        }
    }
    Some(scores)
}

/// Burrows's Delta of two groups: the mean absolute difference of their z-scores (Burrows 2002). `None` without words.
pub(super) fn delta(first: &[f64], second: &[f64]) -> Option<f64> {
    let sum: f64 = first.iter().zip(second).map(|(first, second)| (first - second).abs()).sum();
    (!first.is_empty()).then(|| sum / first.len() as f64)
}
