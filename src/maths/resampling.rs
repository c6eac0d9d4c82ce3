//! Resampling of documents: bootstrap weights within groups, sums over resamples, shuffled group labels.
//!
//! Comes in: each document's group. Goes out: for each document and replicate how often it was drawn, or which group it
//! was given. A replicate is a stream of (seed, replicate), so nothing depends on threads or blocks. Not here: what the
//! sums mean.

use super::parallel::map_in_order;
use super::random::RandomStream;

/// Separates the streams of the bootstrap from those of the permutations under the same seed.
const BOOTSTRAP_STREAMS: u64 = 0x626F_6F74_0000_0000;
const PERMUTATION_STREAMS: u64 = 0x7065_726D_0000_0000;
/// Replicates drawn before they are written into the matrix of documents × replicates.
const BLOCK: usize = 64;

/// How often each document was drawn in each bootstrap replicate: one byte each, replicates side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BootstrapWeights {
    weights: Vec<u8>,
    replicates: usize,
}

impl BootstrapWeights {
    /// Draws, in each replicate and each group, as many of its documents with replacement as it has (Efron 1979,
    /// stratified by group). `members` are the documents of each group, `documents` their number in all.
    pub fn draw(seed: u64, members: &[Vec<u32>], documents: usize, replicates: usize) -> Self {
        let mut weights = vec![0u8; documents * replicates];
        for start in (0..replicates).step_by(BLOCK) {
            let length = BLOCK.min(replicates - start);
            let drawn = map_in_order(length, |offset| draw_one(seed, (start + offset) as u64, members, documents));
            for document in 0..documents {
                let cells = &mut weights[document * replicates + start..][..length];
                for (cell, replicate) in cells.iter_mut().zip(&drawn) {
                    *cell = replicate[document];
                }
            }
        }
        Self { weights, replicates }
    }

    /// How often `document` was drawn in each replicate.
    #[inline]
    pub fn of(&self, document: u32) -> &[u8] {
        &self.weights[document as usize * self.replicates..][..self.replicates]
    }

    /// Number of replicates.
    pub fn replicates(&self) -> usize {
        self.replicates
    }
}

fn draw_one(seed: u64, replicate: u64, members: &[Vec<u32>], documents: usize) -> Vec<u8> {
    let mut stream = RandomStream::new(seed ^ BOOTSTRAP_STREAMS, replicate);
    let mut weights = vec![0u8; documents];
    for group in members {
        for _ in 0..group.len() {
            let document = group[stream.below(group.len() as u32) as usize] as usize;
            // 256 draws of one document out of n in n draws have a chance below 1e-500: the cap is never met.
            weights[document] = weights[document].saturating_add(1);
        }
    }
    weights
}

/// Shuffled group labels of a block of permutation replicates: replicates side by side for each document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShuffledLabels {
    labels: Vec<u16>,
    replicates: usize,
}

impl ShuffledLabels {
    /// Shuffles `labels` (one a document) for replicates `first..first + replicates`; group sizes are kept.
    pub fn draw(seed: u64, labels: &[u16], first: usize, replicates: usize) -> Self {
        let shuffled = map_in_order(replicates, |offset| {
            let mut copy = labels.to_vec();
            RandomStream::new(seed ^ PERMUTATION_STREAMS, (first + offset) as u64).shuffle(&mut copy);
            copy
        });
        Self::turned(labels.len(), replicates, &shuffled)
    }

    /// The same with labels shuffled among the documents of each stratum only: `strata` are the documents of each.
    pub fn draw_within(seed: u64, labels: &[u16], strata: &[Vec<u32>], first: usize, replicates: usize) -> Self {
        let shuffled = map_in_order(replicates, |offset| {
            let mut copy = labels.to_vec();
            let mut stream = RandomStream::new(seed ^ PERMUTATION_STREAMS, (first + offset) as u64);
            for documents in strata {
                let mut own: Vec<u16> = documents.iter().map(|&document| labels[document as usize]).collect();
                stream.shuffle(&mut own);
                for (&document, label) in documents.iter().zip(own) {
                    copy[document as usize] = label;
                }
            }
            copy
        });
        Self::turned(labels.len(), replicates, &shuffled)
    }

    /// Replicates side by side for each document.
    fn turned(documents: usize, replicates: usize, shuffled: &[Vec<u16>]) -> Self {
        let mut turned = vec![0u16; documents * replicates];
        for (document, cells) in turned.chunks_exact_mut(replicates.max(1)).enumerate() {
            for (cell, replicate) in cells.iter_mut().zip(shuffled) {
                *cell = replicate[document];
            }
        }
        Self { labels: turned, replicates }
    }

    /// The group that `document` was given in each replicate of the block.
    #[inline]
    pub fn of(&self, document: u32) -> &[u16] {
        &self.labels[document as usize * self.replicates..][..self.replicates]
    }

    /// Number of replicates in the block.
    pub fn replicates(&self) -> usize {
        self.replicates
    }
}

/// The column sums of `resamples` resamples of `rows`, each as many rows drawn with replacement as there are (Efron 1979).
pub fn resampled_sums<const K: usize>(rows: &[[f64; K]], resamples: usize, stream: &mut RandomStream) -> Vec<[f64; K]> {
    let mut resample = || {
        let mut sums = [0.0; K];
        for _ in 0..rows.len() {
            let drawn = &rows[stream.below(rows.len() as u32) as usize];
            sums.iter_mut().zip(drawn).for_each(|(sum, value)| *sum += value);
        }
        sums
    };
    (0..resamples).map(|_| resample()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bootstrap_draws_each_group_in_its_size_and_has_multinomial_moments() {
        let members = vec![vec![0, 2, 4, 6, 8], vec![1, 3, 5], vec![7]];
        let weights = BootstrapWeights::draw(3, &members, 9, 2_000);
        for replicate in 0..2_000 {
            for group in &members {
                let drawn: usize = group.iter().map(|&document| usize::from(weights.of(document)[replicate])).sum();
                assert_eq!(drawn, group.len());
            }
        }
        // Variance of a multinomial count: n·(1/n)·(1 − 1/n) = 0.8 for n = 5; 2,000 draws know it to about 0.03.
        let first = weights.of(0);
        let variance = first.iter().map(|&weight| (f64::from(weight) - 1.0).powi(2)).sum::<f64>() / 2_000.0;
        assert!((variance - 0.8).abs() < 0.12, "{variance}");
        assert!(weights.of(7).iter().all(|&weight| weight == 1));
    }

    #[test]
    fn resampled_sums_have_the_moments_of_sums_of_draws() {
        let rows: Vec<[f64; 2]> = (0..30).map(|number| [f64::from(number % 7), 1.0]).collect();
        let sums = resampled_sums(&rows, 4_000, &mut RandomStream::new(2, 0));
        assert!(sums.iter().all(|sum| sum[1] == 30.0));
        let (mean, variance) = (86.0 / 30.0, rows.iter().map(|row| (row[0] - 86.0 / 30.0).powi(2)).sum::<f64>() / 30.0);
        let resampled = sums.iter().map(|sum| sum[0]).sum::<f64>() / 4_000.0;
        let spread = sums.iter().map(|sum| (sum[0] - 30.0 * mean).powi(2)).sum::<f64>() / 4_000.0;
        assert!((resampled - 30.0 * mean).abs() < 0.8, "{resampled}");
        assert!((spread / (30.0 * variance) - 1.0).abs() < 0.12, "{spread}");
        assert!(resampled_sums::<1>(&[], 3, &mut RandomStream::new(2, 0)).iter().all(|sum| sum[0] == 0.0));
    }

    #[test]
    fn blocks_of_permutations_agree_with_one_long_run() {
        let labels = [0u16, 0, 0, 1, 1, 2];
        let whole = ShuffledLabels::draw(9, &labels, 0, 10);
        let tail = ShuffledLabels::draw(9, &labels, 6, 4);
        for document in 0..6 {
            assert_eq!(&whole.of(document)[6..], tail.of(document));
        }
        for replicate in 0..10 {
            let mut seen: Vec<u16> = (0..6).map(|document| whole.of(document)[replicate]).collect();
            seen.sort_unstable();
            assert_eq!(seen, labels);
        }
    }

    #[test]
    fn shuffles_within_strata_keep_each_stratums_labels() {
        let labels = [0u16, 1, 0, 1, 1, 2, 0, 2];
        let strata = [vec![0, 1, 4], vec![2, 3, 5, 6], vec![7]];
        let shuffled = ShuffledLabels::draw_within(3, &labels, &strata, 0, 50);
        let mut moved = 0;
        for replicate in 0..50 {
            for documents in &strata {
                let sorted = |of: &dyn Fn(u32) -> u16| {
                    let mut own: Vec<u16> = documents.iter().map(|&document| of(document)).collect();
                    own.sort_unstable();
                    own
                };
                assert_eq!(sorted(&|document| shuffled.of(document)[replicate]), sorted(&|document| labels[document as usize]));
            }
            moved += usize::from((0..8).any(|document| shuffled.of(document)[replicate] != labels[document as usize]));
        }
        assert!(moved > 40, "{moved}");
        let all = [(0..8).collect::<Vec<u32>>()];
        assert_eq!(ShuffledLabels::draw_within(3, &labels, &all, 2, 9), ShuffledLabels::draw(3, &labels, 2, 9));
    }

    #[test]
    fn bootstrap_of_more_replicates_begins_with_the_same_ones() {
        let members = vec![(0..40).collect::<Vec<u32>>()];
        let (short, long) = (BootstrapWeights::draw(1, &members, 40, 70), BootstrapWeights::draw(1, &members, 40, 130));
        assert_eq!(short.of(17), &long.of(17)[..70]);
    }
}
