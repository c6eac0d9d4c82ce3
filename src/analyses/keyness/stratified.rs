//! Inference within strata: labels shuffled and ratios resampled so that strata keep their documents.
//!
//! Test: labels are shuffled over the documents of each stratum. The statistic is U/√V with U = Σ over the group's documents
//! of (x − r·w), r the pooled rate of the document's stratum (the numerator of Mantel & Haenszel 1959), and V the sum over
//! strata of its variance over documents. Interval: bootstrap-t of the logarithm of the Mantel–Haenszel ratio.

use super::bootstrap::{Interval, bootstrap_t};
use super::frame::{Frame, Postings, Size, Sums};
use super::permutation::{Counted, Exceedances};
use super::strata::{Cell, Pooled, Strata, pool, pooled_log_odds};
use crate::maths::float::sqrt;
use crate::maths::map_in_order;
use crate::maths::resampling::{BootstrapWeights, ShuffledLabels};

/// Replicates whose sums are held at a time.
const CHUNK: usize = 64;
/// Replicates whose shuffled labels are held at a time.
const LABEL_BLOCK: usize = 2 * CHUNK;
/// Terms of one task.
const TERMS: usize = 64;

/// One term's documents sorted by stratum: (stratum, document, count).
fn by_stratum(strata: &Strata, postings: &Postings) -> Vec<(u16, u32, f64)> {
    let mut cells: Vec<(u16, u32, f64)> = postings
        .documents
        .iter()
        .zip(&postings.counts)
        .map(|(&document, &count)| (strata.of_document[document as usize], document, count))
        .collect();
    cells.sort_unstable_by_key(|cell| (cell.0, cell.1));
    cells
}

/// Sizes of each stratum and group: `[stratum × groups + group]`, and of each stratum.
pub(super) fn sizes(frame: &Frame<'_>, strata: &Strata) -> (Vec<Size>, Vec<Size>) {
    let groups = frame.groups();
    let mut cells = vec![Size::default(); strata.count * groups];
    let mut whole = vec![Size::default(); strata.count];
    for (document, &words) in frame.words.iter().enumerate() {
        let stratum = usize::from(strata.of_document[document]);
        cells[stratum * groups + usize::from(frame.labels[document])].add(words);
        whole[stratum].add(words);
    }
    (cells, whole)
}

/// U and V of one group, from its sums and those of the whole stratum, added over strata.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    sum: f64,
    variance: f64,
    count: f64,
}

impl Score {
    #[inline]
    fn add(&mut self, own: Sums, own_size: Size, whole: Sums, whole_size: Size) {
        if whole_size.words <= 0.0 {
            return;
        }
        let rate = whole.count / whole_size.words;
        let share = own_size.words / whole_size.words;
        let squares = |sums: Sums, size: Size| sums.squares - 2.0 * rate * sums.products + rate * rate * size.word_squares;
        let (own_squares, all_squares) = (squares(own, own_size), squares(whole, whole_size));
        self.count += own.count;
        self.sum += own.count - rate * own_size.words;
        self.variance += (1.0 - share) * (1.0 - share) * own_squares + share * share * (all_squares - own_squares);
    }

    /// The signed square of U/√V.
    #[inline]
    fn signed_square(&self) -> f64 {
        self.sum * self.sum.abs() / self.variance.max(f64::MIN_POSITIVE)
    }
}

/// Σ over the group's documents of (x − r·w) with the strata's pooled rates, w being what `extent` says of a size (words or
/// documents): the linear statistic of the tail.
pub(super) fn score(
    frame: &Frame<'_>,
    strata: &Strata,
    sizes: &(Vec<Size>, Vec<Size>),
    postings: &Postings,
    group: usize,
    extent: fn(&Size) -> f64,
) -> f64 {
    let groups = frame.groups();
    by_stratum(strata, postings)
        .chunk_by(|a, b| a.0 == b.0)
        .map(|run| {
            let stratum = usize::from(run[0].0);
            let all: f64 = run.iter().map(|cell| cell.2).sum();
            let own: f64 = run.iter().filter(|cell| usize::from(frame.labels[cell.1 as usize]) == group).map(|cell| cell.2).sum();
            own - all / extent(&sizes.1[stratum]) * extent(&sizes.0[stratum * groups + group])
        })
        .sum()
}

/// Counts exceedances of every term in every group over shuffles within strata, as `permutation::exceedances` does.
pub(super) fn exceedances(frame: &Frame<'_>, strata: &Strata, terms: &[u32], tested: &[bool], seed: u64, replicates: usize) -> Counted {
    let groups = frame.groups();
    let observed_sizes = sizes(frame, strata);
    let members = strata.members();
    let mut counted = Counted { counts: vec![Exceedances::default(); terms.len() * groups], ..Counted::default() };
    for first in (0..replicates).step_by(LABEL_BLOCK) {
        let length = LABEL_BLOCK.min(replicates - first);
        let labels = ShuffledLabels::draw_within(seed, &frame.labels, &members, first, length);
        let mut shuffled = vec![Size::default(); strata.count * groups * length];
        for (document, &words) in frame.words.iter().enumerate() {
            let stratum = usize::from(strata.of_document[document]);
            for (replicate, &label) in labels.of(document as u32).iter().enumerate() {
                shuffled[(stratum * groups + usize::from(label)) * length + replicate].add(words);
            }
        }
        let blocks = map_in_order(terms.len().div_ceil(TERMS), |block| {
            let terms = &terms[block * TERMS..terms.len().min((block + 1) * TERMS)];
            let mut made = Vec::with_capacity(terms.len() * groups);
            let mut statistics = Vec::new();
            let mut largest = vec![0.0f64; length];
            let mut scores = vec![Score::default(); groups * CHUNK];
            let mut sums = vec![Sums::default(); groups * CHUNK];
            for &term in terms {
                let cells = by_stratum(strata, &frame.postings(term));
                let observed = observed(frame, &observed_sizes, &cells);
                let mut counts = vec![Exceedances::default(); groups];
                for start in (0..length).step_by(CHUNK) {
                    let chunk = CHUNK.min(length - start);
                    scores.fill(Score::default());
                    for run in cells.chunk_by(|a, b| a.0 == b.0) {
                        let stratum = usize::from(run[0].0);
                        sums.fill(Sums::default());
                        let mut whole = Sums::default();
                        for &(_, document, count) in run {
                            let words = frame.words[document as usize];
                            whole.add(count, words);
                            for (replicate, &label) in labels.of(document)[start..start + chunk].iter().enumerate() {
                                sums[usize::from(label) * CHUNK + replicate].add(count, words);
                            }
                        }
                        let whole_size = observed_sizes.1[stratum];
                        for group in 0..groups {
                            let sizes = &shuffled[(stratum * groups + group) * length + start..][..chunk];
                            let cells = sums[group * CHUNK..].iter().zip(&mut scores[group * CHUNK..]);
                            for ((&own, score), &size) in cells.zip(sizes) {
                                score.add(own, size, whole, whole_size);
                            }
                        }
                    }
                    for (group, count) in counts.iter_mut().enumerate() {
                        for (replicate, score) in scores[group * CHUNK..][..chunk].iter().enumerate() {
                            let statistic = score.signed_square();
                            count.add(statistic, score.count, observed[group].signed_square(), observed[group].count);
                            if tested[group] {
                                largest[start + replicate] = largest[start + replicate].max(statistic.abs());
                            }
                        }
                    }
                }
                made.extend(counts);
                statistics.extend(observed.iter().map(Score::signed_square));
            }
            (made, statistics, largest)
        });
        counted.add_block(blocks, length, first == 0);
    }
    counted
}

fn observed(frame: &Frame<'_>, sizes: &(Vec<Size>, Vec<Size>), cells: &[(u16, u32, f64)]) -> Vec<Score> {
    let groups = frame.groups();
    let mut scores = vec![Score::default(); groups];
    for run in cells.chunk_by(|a, b| a.0 == b.0) {
        let stratum = usize::from(run[0].0);
        let mut sums = vec![Sums::default(); groups];
        let mut whole = Sums::default();
        for &(_, document, count) in run {
            let words = frame.words[document as usize];
            whole.add(count, words);
            sums[usize::from(frame.labels[document as usize])].add(count, words);
        }
        for (group, score) in scores.iter_mut().enumerate() {
            score.add(sums[group], sizes.0[stratum * groups + group], whole, sizes.1[stratum]);
        }
    }
    scores
}

/// What strata say of one term in one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Within {
    /// The pooled ratio; `None` where one side has no occurrence in a shared stratum.
    pub pooled: Option<Pooled>,
    /// ln of the Mantel–Haenszel odds ratio.
    pub log_odds: Option<f64>,
    /// Strata that hold the term and have documents of both sides.
    pub strata: usize,
}

/// The sums of both sides in each stratum that holds the term.
fn cells_of(frame: &Frame<'_>, sizes: &(Vec<Size>, Vec<Size>), cells: &[(u16, u32, f64)], group: usize) -> Vec<(Cell, Cell)> {
    let groups = frame.groups();
    let make = |sums: Sums, size: Size| Cell {
        count: sums.count,
        squares: sums.squares,
        products: sums.products,
        words: size.words,
        word_squares: size.word_squares,
    };
    cells
        .chunk_by(|a, b| a.0 == b.0)
        .map(|run| {
            let stratum = usize::from(run[0].0);
            let (mut own, mut rest) = (Sums::default(), Sums::default());
            for &(_, document, count) in run {
                let side = if usize::from(frame.labels[document as usize]) == group { &mut own } else { &mut rest };
                side.add(count, frame.words[document as usize]);
            }
            let own_size = sizes.0[stratum * groups + group];
            (make(own, own_size), make(rest, sizes.1[stratum].minus(own_size)))
        })
        .collect()
}

/// The estimates of a term in a group.
pub(super) fn within(frame: &Frame<'_>, strata: &Strata, sizes: &(Vec<Size>, Vec<Size>), postings: &Postings, group: usize) -> Within {
    let cells = cells_of(frame, sizes, &by_stratum(strata, postings), group);
    let documents = frame.sizes[group].documents;
    Within {
        pooled: pool(cells.iter().copied(), (documents, frame.whole.documents - documents)),
        log_odds: pooled_log_odds(cells.iter().copied()),
        strata: cells.iter().filter(|(own, rest)| own.words > 0.0 && rest.words > 0.0).count(),
    }
}

/// Bootstrap-t intervals of the pooled ln ratio for `asked` (term, group), in their order; documents are resampled within
/// groups and keep their strata.
pub(super) fn intervals(frame: &Frame<'_>, strata: &Strata, weights: &BootstrapWeights, asked: &[(u32, usize)]) -> Vec<Interval> {
    let (groups, replicates) = (frame.groups(), weights.replicates());
    let observed_sizes = sizes(frame, strata);
    // Words and squares of words of each stratum and group in each replicate: `[(stratum × groups + group) × replicates]`.
    let mut words = vec![0.0f32; strata.count * groups * replicates];
    let mut squares = words.clone();
    for (document, &own) in frame.words.iter().enumerate() {
        let start = (usize::from(strata.of_document[document]) * groups + usize::from(frame.labels[document])) * replicates;
        for (replicate, &weight) in weights.of(document as u32).iter().enumerate() {
            words[start + replicate] += f32::from(weight) * own as f32;
            squares[start + replicate] += f32::from(weight) * (own * own) as f32;
        }
    }
    map_in_order(asked.len(), |index| {
        let (term, group) = asked[index];
        let postings = frame.postings(term);
        let Some(estimate) = within(frame, strata, &observed_sizes, &postings, group).pooled else { return Interval::default() };
        let cells = by_stratum(strata, &postings);
        let runs: Vec<&[(u16, u32, f64)]> = cells.chunk_by(|a, b| a.0 == b.0).collect();
        let mut sides = vec![(Cell::default(), Cell::default()); runs.len() * replicates];
        for (slot, run) in runs.iter().enumerate() {
            let stratum = usize::from(run[0].0);
            let sides = &mut sides[slot * replicates..][..replicates];
            for of_group in 0..groups {
                let start = (stratum * groups + of_group) * replicates;
                let sizes = words[start..start + replicates].iter().zip(&squares[start..start + replicates]);
                for (sides, (&words, &squares)) in sides.iter_mut().zip(sizes) {
                    let side = if of_group == group { &mut sides.0 } else { &mut sides.1 };
                    side.words += f64::from(words);
                    side.word_squares += f64::from(squares);
                }
            }
            for &(_, document, count) in *run {
                let is_own = usize::from(frame.labels[document as usize]) == group;
                let by_words = count * frame.words[document as usize];
                for (sides, &weight) in sides.iter_mut().zip(weights.of(document)) {
                    let side = if is_own { &mut sides.0 } else { &mut sides.1 };
                    let weight = f64::from(weight);
                    side.count += weight * count;
                    side.squares += weight * count * count;
                    side.products += weight * by_words;
                }
            }
        }
        let documents = frame.sizes[group].documents;
        let documents = (documents, frame.whole.documents - documents);
        let mut studentised: Vec<f32> = (0..replicates)
            .map(|replicate| {
                let sides = (0..runs.len()).map(|slot| sides[slot * replicates + replicate]);
                match pool(sides.clone(), documents) {
                    Some(pooled) => ((pooled.log_ratio - estimate.log_ratio) / sqrt(pooled.variance.max(1e-12))) as f32,
                    // A side without occurrences is infinitely far below its estimate.
                    None if sides.map(|(own, _)| own.count).sum::<f64>() > 0.0 => f32::INFINITY,
                    None => f32::NEG_INFINITY,
                }
            })
            .collect();
        bootstrap_t(&mut studentised, estimate.log_ratio, sqrt(estimate.variance))
    })
}
