//! Burrows's Delta: distances between z-scores of word rates.

use crate::maths::float::sqrt;

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
