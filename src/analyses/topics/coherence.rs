//! Whether the terms of a topic belong together, and whether topics repeat each other.

use super::features::Features;
use super::labels::TopicTerm;
use crate::maths::float::ln;
use std::collections::BTreeSet;

/// First terms of a topic that count.
const FIRST: usize = 10;

/// Mean normalised pointwise mutual information over the pairs of each topic's first ten terms: −1 never together, 0 as by chance,
/// 1 always together. Two terms are together when a document holds both.
///
/// Bouma 2009; Röder et al. 2015 with whole documents as windows. `None` for a topic with fewer than two terms.
pub fn coherence(features: &Features, topics: &[Vec<TopicTerm>]) -> Vec<Option<f64>> {
    let wanted: BTreeSet<u32> = topics.iter().flat_map(|terms| terms.iter().take(FIRST).map(|term| term.column)).collect();
    let mut place = vec![usize::MAX; features.width()];
    wanted.iter().enumerate().for_each(|(number, &column)| place[column as usize] = number);
    let mut holders: Vec<Vec<u32>> = vec![Vec::new(); wanted.len()];
    for row in 0..features.documents.len() {
        for &column in features.counts.row(row).0 {
            if let Some(rows) = holders.get_mut(place[column as usize]) {
                rows.push(row as u32);
            }
        }
    }
    let n = features.documents.len() as f64;
    topics
        .iter()
        .map(|terms| {
            let lists: Vec<&Vec<u32>> = terms.iter().take(FIRST).filter_map(|term| holders.get(place[term.column as usize])).collect();
            let mut sum = 0.0;
            let mut pairs = 0;
            for (index, left) in lists.iter().enumerate() {
                for right in &lists[..index] {
                    sum += npmi(left.len() as f64, right.len() as f64, shared(left, right) as f64, n);
                    pairs += 1;
                }
            }
            (pairs > 0).then(|| sum / f64::from(pairs))
        })
        .collect()
}

/// Normalised pointwise mutual information of two terms held by `left` and `right` documents, `both` of them together, of `n`.
pub fn npmi(left: f64, right: f64, both: f64, n: f64) -> f64 {
    if both == 0.0 {
        -1.0
    } else if both == n {
        1.0
    } else {
        ln(both * n / (left * right)) / -ln(both / n)
    }
}

fn shared(left: &[u32], right: &[u32]) -> usize {
    let (mut at, mut count) = (0, 0);
    for row in left {
        while at < right.len() && right[at] < *row {
            at += 1;
        }
        count += usize::from(right.get(at) == Some(row));
    }
    count
}

/// Share of distinct terms among all topics' first ten (Dieng et al. 2020); `None` without terms.
pub fn diversity(topics: &[&[TopicTerm]]) -> Option<f64> {
    let all: Vec<u32> = topics.iter().flat_map(|terms| terms.iter().take(FIRST).map(|term| term.column)).collect();
    let distinct: BTreeSet<u32> = all.iter().copied().collect();
    (!all.is_empty()).then(|| distinct.len() as f64 / all.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npmi_matches_the_golden_number() {
        // STATISTICS.md: O = 30, f₁ = 1000, f₂ = 400, N = 10⁶ gives 0.414573 with base-2 or natural logarithms.
        // Here the pair's own share normalises: PMI 6.228819 / −log₂(30/10⁶).
        assert!((npmi(1000.0, 400.0, 30.0, 1e6) - 0.414573).abs() < 1e-6);
        assert_eq!(npmi(3.0, 4.0, 0.0, 10.0), -1.0);
        assert_eq!(npmi(10.0, 10.0, 10.0, 10.0), 1.0);
    }

    #[test]
    fn shared_counts_the_intersection() {
        assert_eq!(shared(&[1, 3, 5, 9], &[0, 3, 4, 9, 10]), 2);
        assert_eq!(shared(&[], &[1]), 0);
    }
}
