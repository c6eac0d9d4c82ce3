//! Permutation test of every term in every group against the rest, with documents as the unit.
//!
//! Group labels are shuffled over documents (group sizes kept), and for each shuffle the *studentised* difference of
//! rates is computed: (r₁ − r₂)/√(v₁ + v₂), each rate a ratio estimator over documents with its linearised variance
//! (Cochran 1977, ch. 6). Studentising keeps the level when groups differ in burstiness (Janssen 1997; Chung & Romano
//! 2013) and takes the wind out of a single long document, which raises its own variance.

use super::frame::{Frame, Postings, Size, Sums};
use crate::maths::map_in_order;
use crate::maths::resampling::ShuffledLabels;

/// Replicates whose sums are held at a time: small enough for the nearest cache.
const CHUNK: usize = 64;
/// Replicates whose shuffled labels are held at a time.
const LABEL_BLOCK: usize = 4 * CHUNK;
/// Terms of one task.
const TERMS: usize = 64;

/// How many shuffles were at least as extreme as the observed grouping, on each side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exceedances {
    /// Shuffles with a statistic at least as large.
    pub above: u32,
    /// Shuffles with a statistic at least as small.
    pub below: u32,
}

/// The signed square of the studentised difference of rates: ordered like the statistic itself, without its root.
#[inline]
pub(super) fn signed_square(own: Sums, own_size: Size, rest: Sums, rest_size: Size) -> f64 {
    let rate_1 = own.count / own_size.words;
    let rate_2 = rest.count / rest_size.words;
    let difference = rate_1 - rate_2;
    let variance = rate_variance(own, own_size, rate_1) + rate_variance(rest, rest_size, rate_2);
    difference * difference.abs() / variance.max(f64::MIN_POSITIVE)
}

/// Linearised variance of the rate Σx/Σw over documents: n/(n−1) · Σ(x − r·w)² / (Σw)².
#[inline]
pub(super) fn rate_variance(sums: Sums, size: Size, rate: f64) -> f64 {
    let residual = sums.squares - 2.0 * rate * sums.products + rate * rate * size.word_squares;
    size.documents / (size.documents - 1.0).max(1.0) * residual.max(0.0) / (size.words * size.words)
}

/// Counts exceedances of every term of `terms` in every group over `replicates` shuffles; `[term × groups + group]`.
pub(super) fn exceedances(frame: &Frame, terms: &[u32], seed: u64, replicates: usize) -> Vec<Exceedances> {
    let groups = frame.groups();
    let mut counts = vec![Exceedances::default(); terms.len() * groups];
    for first in (0..replicates).step_by(LABEL_BLOCK) {
        let length = LABEL_BLOCK.min(replicates - first);
        let labels = ShuffledLabels::draw(seed, &frame.labels, first, length);
        let sizes = shuffled_sizes(frame, &labels);
        let blocks = map_in_order(terms.len().div_ceil(TERMS), |block| {
            let terms = &terms[block * TERMS..terms.len().min((block + 1) * TERMS)];
            let mut scratch = Scratch::new(groups);
            terms.iter().flat_map(|&term| scratch.count(frame, &frame.postings(term), &labels, &sizes)).collect::<Vec<_>>()
        });
        for (total, counted) in counts.iter_mut().zip(blocks.into_iter().flatten()) {
            total.above += counted.above;
            total.below += counted.below;
        }
    }
    counts
}

/// The sizes of all groups in each replicate: `[group × replicates + replicate]`.
fn shuffled_sizes(frame: &Frame, labels: &ShuffledLabels) -> Vec<Size> {
    let replicates = labels.replicates();
    let mut sizes = vec![Size::default(); frame.groups() * replicates];
    for (document, &words) in frame.words.iter().enumerate() {
        for (replicate, &label) in labels.of(document as u32).iter().enumerate() {
            sizes[usize::from(label) * replicates + replicate].add(words);
        }
    }
    sizes
}

/// Sums of one chunk of replicates: `[group × CHUNK + replicate]`.
struct Scratch {
    sums: Vec<Sums>,
}

impl Scratch {
    fn new(groups: usize) -> Self {
        Self { sums: vec![Sums::default(); groups * CHUNK] }
    }

    fn count(&mut self, frame: &Frame, postings: &Postings, labels: &ShuffledLabels, sizes: &[Size]) -> Vec<Exceedances> {
        let (observed, whole) = frame.sums(postings);
        let statistics: Vec<f64> = observed
            .iter()
            .zip(&frame.sizes)
            .map(|(&own, &size)| signed_square(own, size, whole.minus(own), frame.whole.minus(size)))
            .collect();
        let mut counts = vec![Exceedances::default(); frame.groups()];
        let replicates = labels.replicates();
        for start in (0..replicates).step_by(CHUNK) {
            let length = CHUNK.min(replicates - start);
            self.sums.fill(Sums::default());
            for (&document, &count) in postings.documents.iter().zip(&postings.counts) {
                let words = frame.words[document as usize];
                let (squares, products) = (count * count, count * words);
                for (replicate, &label) in labels.of(document)[start..start + length].iter().enumerate() {
                    let cell = &mut self.sums[usize::from(label) * CHUNK + replicate];
                    cell.count += count;
                    cell.squares += squares;
                    cell.products += products;
                }
            }
            for (group, count) in counts.iter_mut().enumerate() {
                // The same documents can be summed in another order: equal statistics differ in the last bits.
                let slack = statistics[group].abs() * 1e-9;
                let (high, low) = (statistics[group] - slack, statistics[group] + slack);
                let sums = &self.sums[group * CHUNK..][..length];
                let sizes = &sizes[group * replicates + start..][..length];
                for (&own, &size) in sums.iter().zip(sizes) {
                    let statistic = signed_square(own, size, whole.minus(own), frame.whole.minus(size));
                    count.above += u32::from(statistic >= high);
                    count.below += u32::from(statistic <= low);
                }
            }
        }
        counts
    }
}
