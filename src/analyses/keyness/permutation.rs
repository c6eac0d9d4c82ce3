//! Permutation test of every term in every group against the rest, with documents as the unit.
//!
//! Group labels are shuffled among documents of like length (numbers of documents kept), and for each shuffle the *studentised* difference of
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

/// The least share of ties in the count that count as extreme. All of them would be a test of counts that finds too little
/// (2 % of words below .05), half of them (mid-p; Lancaster 1961) finds 3.5 to 4.3 %, and none leaves it to what is left of
/// differences of length within a class. Terms found are the same from a fifteenth to a half (docs/statistics.md).
const LEAST_SHARE_OF_TIES: f64 = 0.125;

/// How many shuffles were at least as extreme as the observed grouping, on each side.
///
/// Shuffles that give the group as many occurrences as it has are kept apart. Among these ties the statistic goes by the
/// lengths of documents: of the shuffles in which a group lacks a rare word, those that give it shorter documents look less
/// extreme. Between groups that differ by chance that is as good an order as any; but a group whose documents are long by
/// habit would "avoid" every rare word of the corpus. Shuffles among documents of like length take most of this away; beside
/// that at least an eighth of the ties counts, whatever their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exceedances {
    /// Shuffles with a statistic at least as large and another count.
    pub above: u32,
    /// Shuffles with a statistic at least as small and another count.
    pub below: u32,
    /// Shuffles with the same count and a statistic at least as large.
    pub tied_above: u32,
    /// Shuffles with the same count and a statistic at least as small.
    pub tied_below: u32,
    /// Shuffles with the same count.
    pub tied: u32,
}

impl Exceedances {
    /// Adds a shuffle with `statistic` and the group's `count`.
    #[inline]
    pub fn add(&mut self, statistic: f64, count: f64, observed: f64, observed_count: f64) {
        // The same documents can be summed in another order: equal statistics differ in the last bits.
        let slack = observed.abs() * 1e-9;
        let (is_above, is_below) = (u32::from(statistic >= observed - slack), u32::from(statistic <= observed + slack));
        if (count - observed_count).abs() <= 1e-9 * observed_count.max(1e-3) {
            self.tied += 1;
            self.tied_above += is_above;
            self.tied_below += is_below;
        } else {
            self.above += is_above;
            self.below += is_below;
        }
    }

    /// Adds the shuffles of another block.
    pub fn join(&mut self, other: Self) {
        self.above += other.above;
        self.below += other.below;
        self.tied_above += other.tied_above;
        self.tied_below += other.tied_below;
        self.tied += other.tied;
    }

    /// Whether the observed grouping is on the large side.
    pub fn is_above(&self) -> bool {
        self.above + self.tied_above <= self.below + self.tied_below
    }

    /// Shuffles beyond the observed grouping on its side.
    pub fn beyond(&self) -> f64 {
        let (beyond, tied) = if self.is_above() { (self.above, self.tied_above) } else { (self.below, self.tied_below) };
        f64::from(beyond) + f64::from(tied).max(LEAST_SHARE_OF_TIES * f64::from(self.tied))
    }
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

/// What the shuffles say of a family of terms and groups.
#[derive(Debug, Clone, Default)]
pub(super) struct Counted {
    /// Exceedances, `[term × groups + group]`.
    pub counts: Vec<Exceedances>,
    /// The observed statistics (signed squares) in the same order.
    pub observed: Vec<f64>,
    /// For each shuffle the largest size of a statistic over all tests.
    pub largest: Vec<f64>,
}

impl Counted {
    /// Adds the counts of a block of shuffles, made term block by term block; observed statistics are taken once.
    pub fn add_block(&mut self, blocks: Vec<(Vec<Exceedances>, Vec<f64>, Vec<f64>)>, length: usize, takes_observed: bool) {
        let mut totals = self.counts.iter_mut();
        let mut largest = vec![0.0f64; length];
        for (counts, observed, of_block) in blocks {
            // The counts come first: a zip that asks an ended second side has taken one of the first already.
            for (counted, total) in counts.into_iter().zip(totals.by_ref()) {
                total.join(counted);
            }
            if takes_observed {
                self.observed.extend(observed);
            }
            largest.iter_mut().zip(of_block).for_each(|(largest, other)| *largest = largest.max(other));
        }
        self.largest.extend(largest);
    }
}

/// Counts exceedances of every term of `terms` in every group over `replicates` shuffles; groups that are not `tested`
/// stay out of the largest statistics.
pub(super) fn exceedances(frame: &Frame<'_>, terms: &[u32], tested: &[bool], seed: u64, replicates: usize) -> Counted {
    let groups = frame.groups();
    let members = frame.shuffled_within.members();
    let mut counted = Counted { counts: vec![Exceedances::default(); terms.len() * groups], ..Counted::default() };
    for first in (0..replicates).step_by(LABEL_BLOCK) {
        let length = LABEL_BLOCK.min(replicates - first);
        let labels = ShuffledLabels::draw_within(seed, &frame.labels, &members, first, length);
        let sizes = shuffled_sizes(frame, &labels);
        let blocks = map_in_order(terms.len().div_ceil(TERMS), |block| {
            let terms = &terms[block * TERMS..terms.len().min((block + 1) * TERMS)];
            let mut scratch = Scratch::new(groups);
            let (mut counts, mut statistics, mut largest) = (Vec::new(), Vec::new(), vec![0.0f64; length]);
            for &term in terms {
                let (of_term, observed) = scratch.count(frame, &frame.postings(term), &labels, &sizes, tested, &mut largest);
                counts.extend(of_term);
                statistics.extend(observed);
            }
            (counts, statistics, largest)
        });
        counted.add_block(blocks, length, first == 0);
    }
    counted
}

/// The sizes of all groups in each replicate: `[group × replicates + replicate]`.
fn shuffled_sizes(frame: &Frame<'_>, labels: &ShuffledLabels) -> Vec<Size> {
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

    fn count(
        &mut self,
        frame: &Frame<'_>,
        postings: &Postings,
        labels: &ShuffledLabels,
        sizes: &[Size],
        tested: &[bool],
        largest: &mut [f64],
    ) -> (Vec<Exceedances>, Vec<f64>) {
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
                let (statistic_here, count_here) = (statistics[group], observed[group].count);
                let sums = &self.sums[group * CHUNK..][..length];
                let sizes = &sizes[group * replicates + start..][..length];
                let largest = &mut largest[start..start + length];
                for ((&own, &size), largest) in sums.iter().zip(sizes).zip(largest) {
                    let statistic = signed_square(own, size, whole.minus(own), frame.whole.minus(size));
                    count.add(statistic, own.count, statistic_here, count_here);
                    if tested[group] {
                        *largest = largest.max(statistic.abs());
                    }
                }
            }
        }
        (counts, statistics)
    }
}
