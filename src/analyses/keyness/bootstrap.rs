//! Bootstrap-t intervals of rates and log ratios, with documents resampled within their groups.
//!
//! Each replicate draws every group's documents with replacement; the logarithms of the group's rate and of the ratio
//! to the rest are studentised by their linearised standard errors, and the quantiles of the studentised values give
//! the interval (Efron 1982; Hall 1988). Percentile intervals cover too little for words in few documents; these don't.

use super::frame::{Frame, Postings, Size, Sums};
use crate::maths::float::{ln, sqrt};
use crate::maths::map_in_order;
use crate::maths::resampling::BootstrapWeights;

/// Terms of one task.
const TERMS: usize = 16;
/// Coverage asked for.
const LEVEL: f64 = 0.95;

/// An interval of natural logarithms; an end that the resamples can't fix is missing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Interval {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Intervals of one term in one group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Intervals {
    /// Of ln(rate in the group).
    pub rate: Interval,
    /// Of ln(rate in the rest).
    pub rest: Interval,
    /// Of ln(rate in the group / rate in the rest).
    pub ratio: Interval,
}

/// Which sides of a comparison have enough documents with the term to be resampled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sides {
    /// The group alone: the interval of its rate.
    Own,
    /// The rest alone: the interval of its rate.
    Rest,
    /// Both: the intervals of the group's rate and of the ratio.
    Both,
}

/// Resampled sizes of all groups, made once for all terms: `[group × replicates + replicate]`.
#[derive(Debug)]
pub(super) struct Resamples {
    pub weights: BootstrapWeights,
    words: Vec<f64>,
    /// Σ over a group's documents of (w − w̄)², times n/(n−1).
    word_spread: Vec<f64>,
    all_words: Vec<f64>,
    all_word_spread: Vec<f64>,
}

impl Resamples {
    pub fn draw(frame: &Frame<'_>, seed: u64, replicates: usize) -> Self {
        let weights = BootstrapWeights::draw(seed, &frame.members, frame.labels.len(), replicates);
        let groups = frame.groups();
        let mut words = vec![0.0; groups * replicates];
        let mut squares = vec![0.0; groups * replicates];
        for (document, &own) in frame.words.iter().enumerate() {
            let start = usize::from(frame.labels[document]) * replicates;
            for (replicate, &weight) in weights.of(document as u32).iter().enumerate() {
                words[start + replicate] += f64::from(weight) * own;
                squares[start + replicate] += f64::from(weight) * own * own;
            }
        }
        let mut all_words = vec![0.0; replicates];
        let mut all_word_spread = vec![0.0; replicates];
        let mut word_spread = vec![0.0; groups * replicates];
        for group in 0..groups {
            let documents = frame.sizes[group].documents;
            for replicate in 0..replicates {
                let cell = group * replicates + replicate;
                word_spread[cell] = inflation(documents) * (squares[cell] - words[cell] * words[cell] / documents.max(1.0));
                all_words[replicate] += words[cell];
                all_word_spread[replicate] += word_spread[cell];
            }
        }
        Self { weights, words, word_spread, all_words, all_word_spread }
    }
}

/// n/(n − 1), the variance's correction for having estimated the mean; 0 where one document tells no variance.
fn inflation(documents: f64) -> f64 {
    if documents > 1.0 { documents / (documents - 1.0) } else { 0.0 }
}

/// n/(n − 1) · Σ(w − w̄)² of a group.
pub(super) fn word_spread(size: &Size) -> f64 {
    inflation(size.documents) * (size.word_squares - size.words * size.words / size.documents.max(1.0))
}

/// Linearised variance over documents of the logarithm of one side's rate.
pub(super) fn rate_log_variance(sums: Sums, size: Size, word_spread: f64) -> f64 {
    Spread::new(sums.count, sums.squares, sums.products, size.words, size.documents).log_variance(size.words, word_spread)
}

/// Linearised variance over documents of ln(rate of `group` / rate of the other groups), the other groups as strata; `None`
/// where a side lacks the term.
pub(super) fn log_variance(sums: &[Sums], whole: Sums, frame: &Frame<'_>, group: usize, word_spreads: &[f64]) -> Option<f64> {
    let spread = |group: usize| {
        let (sums, size) = (sums[group], frame.sizes[group]);
        if size.documents > 0.0 {
            Spread::new(sums.count, sums.squares, sums.products, size.words, size.documents)
        } else {
            Spread::default()
        }
    };
    let own = spread(group);
    let mut rest = Spread { count: whole.count - own.count, ..Spread::default() };
    for other in (0..sums.len()).filter(|other| *other != group) {
        let spread = spread(other);
        rest.squares += spread.squares;
        rest.products += spread.products;
    }
    if own.count <= 0.0 || rest.count <= 1e-9 * whole.count {
        return None;
    }
    let words = frame.sizes[group].words;
    let others_spread = others(word_spreads, group, |&spread| spread);
    Some(own.log_variance(words, word_spreads[group]) + rest.log_variance(frame.whole.words - words, others_spread))
}

/// Intervals of every term of `terms` in the groups for which `wanted(term position, group)` names sides, each with its
/// cell `term position × groups + group`, in order of cells.
pub(super) fn intervals(
    frame: &Frame<'_>,
    resamples: &Resamples,
    terms: &[u32],
    wanted: impl Fn(usize, usize) -> Option<Sides> + Sync,
) -> Vec<(usize, Intervals)> {
    let groups = frame.groups();
    let blocks = map_in_order(terms.len().div_ceil(TERMS), |block| {
        let mut scratch = None;
        let mut made = Vec::new();
        for (offset, &term) in terms.iter().skip(block * TERMS).take(TERMS).enumerate() {
            let position = block * TERMS + offset;
            let asked: Vec<(usize, Sides)> = (0..groups).filter_map(|group| Some((group, wanted(position, group)?))).collect();
            if !asked.is_empty() {
                let scratch = scratch.get_or_insert_with(|| Scratch::new(groups, resamples.weights.replicates()));
                let found = scratch.intervals(frame, resamples, &frame.postings(term), &asked);
                made.extend(asked.iter().zip(found).map(|((group, _), intervals)| (position * groups + group, intervals)));
            }
        }
        made
    });
    blocks.into_iter().flatten().collect()
}

/// Sums of one term over all replicates; `f32` halves the memory traffic and keeps seven digits of Monte Carlo numbers.
struct Scratch {
    count: Vec<f32>,
    squares: Vec<f32>,
    products: Vec<f32>,
    all: Vec<Spread>,
    rate: Vec<f32>,
    ratio: Vec<f32>,
}

/// Occurrences with their variance parts within strata.
#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    count: f64,
    /// n/(n−1) · Σ(x − x̄)².
    squares: f64,
    /// n/(n−1) · Σ(x − x̄)(w − w̄).
    products: f64,
}

impl Spread {
    fn new(count: f64, squares: f64, products: f64, words: f64, documents: f64) -> Self {
        let factor = inflation(documents);
        Self { count, squares: factor * (squares - count * count / documents), products: factor * (products - count * words / documents) }
    }

    /// Linearised variance of ln(Σx/Σw).
    #[inline]
    fn log_variance(&self, words: f64, word_spread: f64) -> f64 {
        (self.squares / (self.count * self.count) - 2.0 * self.products / (self.count * words) + word_spread / (words * words)).max(0.0)
    }
}

impl Scratch {
    fn new(groups: usize, replicates: usize) -> Self {
        let cells = groups * replicates;
        Self {
            count: vec![0.0; cells],
            squares: vec![0.0; cells],
            products: vec![0.0; cells],
            all: vec![Spread::default(); replicates],
            rate: vec![0.0; replicates],
            ratio: vec![0.0; replicates],
        }
    }

    fn intervals(&mut self, frame: &Frame<'_>, resamples: &Resamples, postings: &Postings, asked: &[(usize, Sides)]) -> Vec<Intervals> {
        self.sum(frame, resamples, postings);
        let (observed, whole) = frame.sums(postings);
        let spreads: Vec<Spread> = observed
            .iter()
            .zip(&frame.sizes)
            .map(|(sums, size)| {
                if size.documents == 0.0 {
                    return Spread::default();
                }
                Spread::new(sums.count, sums.squares, sums.products, size.words, size.documents)
            })
            .collect();
        let word_spreads: Vec<f64> = frame.sizes.iter().map(word_spread).collect();
        let of_group = |&(group, sides): &(usize, Sides)| {
            let own = spreads[group];
            let rest = Spread {
                count: whole.count - own.count,
                squares: others(&spreads, group, |spread| spread.squares),
                products: others(&spreads, group, |spread| spread.products),
            };
            let (words, rest_words) = (frame.sizes[group].words, frame.whole.words - frame.sizes[group].words);
            let (log_rate, log_rest) = (ln(own.count / words), ln(rest.count / rest_words));
            let variance = own.log_variance(words, word_spreads[group]);
            let rest_variance = rest.log_variance(rest_words, others(&word_spreads, group, |&spread| spread));
            self.studentise(frame, resamples, group, (log_rate, log_rest), sides);
            let mut found = Intervals::default();
            if sides != Sides::Rest {
                found.rate = bootstrap_t(&mut self.rate, log_rate, sqrt(variance));
            }
            match sides {
                Sides::Own => {}
                Sides::Rest => found.rest = bootstrap_t(&mut self.rate, log_rest, sqrt(rest_variance)),
                Sides::Both => found.ratio = bootstrap_t(&mut self.ratio, log_rate - log_rest, sqrt(variance + rest_variance)),
            }
            found
        };
        asked.iter().map(of_group).collect()
    }

    /// Fills the sums of every group and replicate.
    fn sum(&mut self, frame: &Frame<'_>, resamples: &Resamples, postings: &Postings) {
        let replicates = resamples.weights.replicates();
        self.count.fill(0.0);
        self.squares.fill(0.0);
        self.products.fill(0.0);
        for (&document, &count) in postings.documents.iter().zip(&postings.counts) {
            let start = usize::from(frame.labels[document as usize]) * replicates;
            let words = frame.words[document as usize];
            let (x, xx, xw) = (count as f32, (count * count) as f32, (count * words) as f32);
            let counts = &mut self.count[start..start + replicates];
            let squares = &mut self.squares[start..start + replicates];
            let products = &mut self.products[start..start + replicates];
            for (((weight, count), square), product) in resamples.weights.of(document).iter().zip(counts).zip(squares).zip(products) {
                let weight = f32::from(*weight);
                *count += weight * x;
                *square += weight * xx;
                *product += weight * xw;
            }
        }
        self.all.fill(Spread::default());
        for (group, size) in frame.sizes.iter().enumerate().filter(|(_, size)| size.documents > 0.0) {
            for replicate in 0..self.all.len() {
                let spread = self.spread(resamples, group, replicate, size.documents);
                let all = &mut self.all[replicate];
                all.count += spread.count;
                all.squares += spread.squares;
                all.products += spread.products;
            }
        }
    }

    #[inline]
    fn spread(&self, resamples: &Resamples, group: usize, replicate: usize, documents: f64) -> Spread {
        let cell = group * self.all.len() + replicate;
        Spread::new(
            f64::from(self.count[cell]),
            f64::from(self.squares[cell]),
            f64::from(self.products[cell]),
            resamples.words[cell],
            documents,
        )
    }

    /// Fills `rate` with the studentised deviations of ln rate of `group` (of the rest for `Sides::Rest`), and for both
    /// sides `ratio` with those of ln ratio. A side without occurrences is infinitely far below its estimate.
    fn studentise(&mut self, frame: &Frame<'_>, resamples: &Resamples, group: usize, estimates: (f64, f64), sides: Sides) {
        let documents = frame.sizes[group].documents;
        for replicate in 0..self.all.len() {
            let own = self.spread(resamples, group, replicate, documents);
            let cell = group * self.all.len() + replicate;
            let words = resamples.words[cell];
            let own_side = || {
                let variance = own.log_variance(words, resamples.word_spread[cell]);
                (own.count > 0.0).then(|| (ln(own.count / words) - estimates.0, variance))
            };
            let all = self.all[replicate];
            let rest_side = || {
                let rest =
                    Spread { count: all.count - own.count, squares: all.squares - own.squares, products: all.products - own.products };
                let words = resamples.all_words[replicate] - words;
                let variance = rest.log_variance(words, resamples.all_word_spread[replicate] - resamples.word_spread[cell]);
                // The rest's count is a difference of sums: what rounding leaves of nothing is no occurrence.
                (rest.count > 1e-6 * all.count).then(|| (ln(rest.count / words) - estimates.1, variance))
            };
            let alone = |side: Option<(f64, f64)>| side.map_or(f32::NEG_INFINITY, |(deviation, variance)| studentised(deviation, variance));
            match sides {
                Sides::Own => self.rate[replicate] = alone(own_side()),
                Sides::Rest => self.rate[replicate] = alone(rest_side()),
                Sides::Both => {
                    let own = own_side();
                    self.rate[replicate] = alone(own);
                    self.ratio[replicate] = match (own, rest_side()) {
                        (Some(own), Some(rest)) => studentised(own.0 - rest.0, own.1 + rest.1),
                        (None, _) => f32::NEG_INFINITY,
                        (Some(_), None) => f32::INFINITY,
                    };
                }
            }
        }
    }
}

#[inline]
fn studentised(deviation: f64, variance: f64) -> f32 {
    (deviation / sqrt(variance.max(1e-12))) as f32
}

fn others<T>(values: &[T], group: usize, part: impl Fn(&T) -> f64) -> f64 {
    values.iter().enumerate().filter(|(other, _)| *other != group).map(|(_, value)| part(value)).sum()
}

/// estimate − t*₍₁₋α/2₎·error to estimate − t*₍α/2₎·error; an infinite end is missing.
pub(super) fn bootstrap_t(studentised: &mut [f32], estimate: f64, error: f64) -> Interval {
    let tail = (1.0 - LEVEL) / 2.0;
    // The k-th smallest of B values stands for the quantile k/(B + 1).
    let rank = ((studentised.len() + 1) as f64 * tail) as usize;
    if rank == 0 || !error.is_finite() || !estimate.is_finite() {
        return Interval::default();
    }
    let last = studentised.len() - rank;
    let (_, &mut high, _) = studentised.select_nth_unstable_by(last, f32::total_cmp);
    let (_, &mut low, _) = studentised.select_nth_unstable_by(rank - 1, f32::total_cmp);
    let end = |t: f32| t.is_finite().then(|| estimate - f64::from(t) * error);
    Interval { low: end(high), high: end(low) }
}
