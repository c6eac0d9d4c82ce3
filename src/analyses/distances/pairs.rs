//! The distances of every pair of groups, their intervals, and the tree of groups.

use super::delta::{delta, z_scores};
use super::frame::{Counts, Frame, shares};
use super::interval::{Estimate, FEWEST_DOCUMENTS, estimate};
use super::tables::{GROUP_DISTANCES, GROUP_TREE};
use crate::analyses::measures::distance::cosine_distance;
use crate::analyses::tree::{MOST_LEAVES, average_linkage, table as tree_table};
use crate::error::Result;
use crate::maths::float::log2;
use crate::table::{Table, TableBuilder};

/// The names of the distances, in the order of the table.
pub(super) const MEASURES: [&str; 3] = ["jensen_shannon", "cosine_distance", "delta"];

/// All pairs of groups.
#[derive(Debug)]
pub(super) struct Pairs {
    groups: usize,
    /// For each measure and each pair a < b, in the order (0,1), (0,2), (1,2), (0,3) …
    estimates: [Vec<Estimate>; 3],
    /// Resamples that were taken.
    pub resamples: usize,
}

/// The place of the pair of `a` and `b`.
fn place(a: usize, b: usize) -> usize {
    let (low, high) = (a.min(b), a.max(b));
    high * (high - 1) / 2 + low
}

/// x · log₂ x, 0 at 0.
fn x_log_x(x: f64) -> f64 {
    if x > 0.0 { x * log2(x) } else { 0.0 }
}

/// The Jensen–Shannon divergence of two distributions, of which Σ p log₂ p + Σ q log₂ q is known: one logarithm a term
/// instead of two, since every resample of every pair asks for it.
fn divergence(first: &[f64], second: &[f64], inner: f64) -> f64 {
    let middle: f64 = first.iter().zip(second).map(|(&first, &second)| x_log_x(f64::midpoint(first, second))).sum();
    (0.5 * inner - middle).max(0.0)
}

/// For each measure and pair its distance.
pub(super) type Distances = [Vec<Option<f64>>; 3];

/// The three distances of every pair under `counts`.
pub(super) fn distances(frame: &Frame<'_>, counts: &Counts, delta_words: usize) -> Distances {
    let groups = counts.groups();
    let frequent = |group: usize| &counts.of(group)[..frame.frequent];
    let profiles: Vec<Option<Vec<f64>>> = (0..groups).map(|group| shares(frequent(group))).collect();
    // Σ p log₂ p of each group, for all of its pairs.
    let inner: Vec<f64> = profiles.iter().map(|profile| profile.iter().flatten().map(|&share| x_log_x(share)).sum()).collect();
    let weighted = |group: usize| frequent(group).iter().zip(&frame.idf).map(|(count, idf)| count * idf).collect::<Vec<f64>>();
    let vectors: Vec<Vec<f64>> = (0..groups).map(weighted).collect();
    // Groups without words have no rates; the others' z-scores do without them.
    let used: Vec<usize> = (0..groups).filter(|&group| counts.words[group] > 0.0 && profiles[group].is_some()).collect();
    let words = delta_words.min(frame.frequent);
    let rates: Vec<Vec<f64>> =
        used.iter().map(|&group| counts.of(group)[..words].iter().map(|count| count / counts.words[group]).collect()).collect();
    let mut scores: Vec<Option<Vec<f64>>> = vec![None; groups];
    for (group, own) in used.into_iter().zip(z_scores(&rates).into_iter().flatten()) {
        scores[group] = Some(own);
    }
    let mut all = [const { Vec::new() }; 3];
    for b in 0..groups {
        for a in 0..b {
            let both = profiles[a].as_ref().zip(profiles[b].as_ref());
            all[0].push(both.map(|(first, second)| divergence(first, second, inner[a] + inner[b])));
            all[1].push(both.and_then(|_| cosine_distance(&vectors[a], &vectors[b])));
            all[2].push(scores[a].as_ref().zip(scores[b].as_ref()).and_then(|(first, second)| delta(first, second)));
        }
    }
    all
}

impl Pairs {
    /// The pairs as `observed` and as found in each of `replicates` (by [`distances`]).
    pub fn new(frame: &Frame<'_>, observed: &Distances, replicates: &[&Distances]) -> Self {
        let groups = frame.members.len();
        let is_large = |group: usize| frame.members[group].len() >= FEWEST_DOCUMENTS;
        let estimates = [0, 1, 2].map(|measure| {
            let of_pair = |a: usize, b: usize| {
                let value = observed[measure][place(a, b)];
                let resampled: Vec<Option<f64>> = if is_large(a) && is_large(b) {
                    replicates.iter().map(|replicate| replicate[measure][place(a, b)]).collect()
                } else {
                    Vec::new()
                };
                estimate(value, &resampled, Some(0.0))
            };
            (0..groups).flat_map(|b| (0..b).map(move |a| (a, b))).map(|(a, b)| of_pair(a, b)).collect()
        });
        Self { groups, estimates, resamples: replicates.len() }
    }

    /// The estimate of `measure` for two different groups.
    pub fn of(&self, measure: usize, a: usize, b: usize) -> Estimate {
        self.estimates[measure][place(a, b)]
    }

    /// The pair that is nearest by Jensen–Shannon divergence, and the one that is farthest.
    pub fn extremes(&self) -> Option<[(usize, usize); 2]> {
        let pairs: Vec<(usize, usize, f64)> = (0..self.groups)
            .flat_map(|b| (0..b).map(move |a| (a, b)))
            .filter_map(|(a, b)| self.best(a, b).map(|value| (a, b, value)))
            .collect();
        let nearest = pairs.iter().min_by(|x, y| x.2.total_cmp(&y.2))?;
        let farthest = pairs.iter().max_by(|x, y| x.2.total_cmp(&y.2))?;
        Some([(nearest.0, nearest.1), (farthest.0, farthest.1)])
    }

    /// Whether every pair has a divergence without the bias.
    pub fn all_corrected(&self) -> bool {
        self.estimates[0].iter().all(|estimate| estimate.corrected.is_some())
    }

    /// The divergence that trees and charts use: without the bias if every pair has that, else as computed.
    fn best(&self, a: usize, b: usize) -> Option<f64> {
        let estimate = self.of(0, a, b);
        if self.all_corrected() { estimate.corrected } else { estimate.value }
    }

    /// The main table: each pair twice, so that a group's neighbours stand together.
    pub fn table(&self, frame: &Frame<'_>) -> Table {
        let names = &frame.corpus.groups.names;
        let mut builder = TableBuilder::with_rows(&GROUP_DISTANCES, 3 * self.groups * self.groups);
        for (measure, name) in MEASURES.into_iter().enumerate() {
            for group in 0..self.groups {
                let mut others: Vec<usize> = (0..self.groups).filter(|&other| other != group).collect();
                let value = |other: usize| self.of(measure, group, other).value.unwrap_or(f64::INFINITY);
                others.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
                for other in others {
                    let estimate = self.of(measure, group, other);
                    if estimate.value.is_none() {
                        continue;
                    }
                    builder.row([
                        name.into(),
                        names[group].as_str().into(),
                        names[other].as_str().into(),
                        estimate.value.into(),
                        estimate.corrected.into(),
                        estimate.low.into(),
                        estimate.high.into(),
                        frame.members[group].len().into(),
                        frame.members[other].len().into(),
                    ]);
                }
            }
        }
        builder.finish()
    }

    /// The tree of groups by divergence; `None` where a tree says nothing or a divergence is missing.
    pub fn tree(&self, names: &[String]) -> Result<Option<Table>> {
        if !(3..=MOST_LEAVES).contains(&self.groups) {
            return Ok(None);
        }
        let row = |a: usize| (0..self.groups).map(|b| if a == b { Some(0.0) } else { self.best(a, b) }).collect::<Option<Vec<f64>>>();
        let Some(distances) = (0..self.groups).map(row).collect::<Option<Vec<_>>>() else { return Ok(None) };
        Ok(Some(tree_table(&GROUP_TREE, &average_linkage(&distances)?, names)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::measures::distance::jensen_shannon;
    use crate::maths::RandomStream;

    #[test]
    fn the_quick_divergence_is_the_one_of_the_definition() {
        let mut stream = RandomStream::new(3, 0);
        for _ in 0..200 {
            let mut list = || shares(&(0..60).map(|_| f64::from(stream.below(40).saturating_sub(10))).collect::<Vec<f64>>()).unwrap();
            let (first, second) = (list(), list());
            let inner = first.iter().chain(&second).map(|&share| x_log_x(share)).sum();
            assert!((divergence(&first, &second, inner) - jensen_shannon(&first, &second)).abs() < 1e-12);
        }
        assert_eq!((place(0, 1), place(2, 0), place(1, 2), place(0, 3)), (0, 1, 2, 3));
    }
}
