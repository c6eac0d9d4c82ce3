//! Mixture of multinomials over the whole vocabulary, by expectation and maximisation from a given start.
//!
//! Nigam, McCallum, Thrun & Mitchell 2000, without labelled documents: every topic is a distribution over terms, every
//! document is drawn from one topic, with Laplace's prior on terms. The reduced space finds the topics, the full
//! vocabulary settles the borders.

use crate::maths::dense::DenseRows;
use crate::maths::float::{exp, ln};
use crate::maths::{WeightedRows, map_in_order};

/// Prior occurrences of each term in each topic (Laplace).
const PRIOR: f64 = 1.0;
/// Steps stop when the mean change of a document's probabilities is below this.
const SETTLED: f64 = 1e-3;
/// Probabilities below this are taken as zero when terms are summed.
const NEGLIGIBLE: f32 = 1e-4;
/// Rows of a unit of parallel work.
const BLOCK: usize = 512;

/// Documents × terms, and its transpose.
pub struct TermCounts {
    rows: WeightedRows,
    turned: WeightedRows,
}

/// A fitted mixture.
#[derive(Debug, Clone)]
pub struct Mixture {
    /// Documents × topics: probability of each topic, rows sum to 1.
    pub probabilities: DenseRows,
    /// Logarithm of the documents' joint probability under the mixture with the priors' part, the higher the better.
    pub log_posterior: f64,
}

impl TermCounts {
    /// Keeps `rows` (damped counts) with its transpose.
    pub fn new(rows: WeightedRows) -> Self {
        let turned = rows.transposed();
        Self { rows, turned }
    }

    /// The mixture after at most `steps` steps from the memberships `start` (documents × topics); `weights` are one a document.
    pub fn refine(&self, start: DenseRows, weights: &[f64], steps: usize) -> Mixture {
        let mut mixture = Mixture { probabilities: start, log_posterior: f64::NEG_INFINITY };
        for _ in 0..steps {
            let (next, change) = self.step(&mixture.probabilities, weights);
            mixture = next;
            if change < SETTLED {
                break;
            }
        }
        mixture
    }

    fn step(&self, memberships: &DenseRows, weights: &[f64]) -> (Mixture, f64) {
        let topics = memberships.width();
        let (log_terms, prior_part) = self.log_terms(memberships, weights);
        let mut mass = vec![0.0f64; topics];
        for (row, weight) in weights.iter().enumerate() {
            mass.iter_mut().zip(memberships.row(row)).for_each(|(sum, &share)| *sum += weight * f64::from(share));
        }
        let total: f64 = mass.iter().sum();
        let log_shares: Vec<f64> = mass.iter().map(|mass| ln((mass + 1.0) / (total + topics as f64))).collect();
        let mut scores = self.rows.times(&log_terms);
        let blocks = scores.rows().div_ceil(BLOCK);
        let parts = {
            let scores = &scores;
            map_in_order(blocks, |block| {
                let range = block * BLOCK..((block + 1) * BLOCK).min(scores.rows());
                let mut shares = Vec::with_capacity(range.len() * topics);
                let (mut likelihood, mut change) = (0.0, 0.0);
                for row in range {
                    let start = shares.len();
                    likelihood += weights[row] * push_softmax(&mut shares, scores.row(row), &log_shares);
                    change += shares[start..].iter().zip(memberships.row(row)).map(|(new, old)| f64::from((new - old).abs())).sum::<f64>() / 2.0;
                }
                (shares, likelihood, change)
            })
        };
        let (mut likelihood, mut change) = (0.0, 0.0);
        let mut probabilities = Vec::with_capacity(scores.rows() * topics);
        for (shares, block_likelihood, block_change) in parts {
            probabilities.extend(shares);
            likelihood += block_likelihood;
            change += block_change;
        }
        change /= scores.rows().max(1) as f64;
        scores = DenseRows::from_values(topics, probabilities);
        (Mixture { probabilities: scores, log_posterior: likelihood + prior_part }, change)
    }

    /// Terms × topics: logarithm of each term's probability; and the logarithm of the prior at them.
    fn log_terms(&self, memberships: &DenseRows, weights: &[f64]) -> (DenseRows, f64) {
        let topics = memberships.width();
        let mut sums = DenseRows::zeros(self.turned.rows(), topics);
        sums.update_rows(|term, sums| {
            let (documents, counts) = self.turned.row(term);
            for (&document, &count) in documents.iter().zip(counts) {
                let count = count * weights[document as usize] as f32;
                for (sum, &share) in sums.iter_mut().zip(memberships.row(document as usize)) {
                    if share > NEGLIGIBLE {
                        *sum += count * share;
                    }
                }
            }
        });
        let mut totals = vec![PRIOR * self.turned.rows() as f64; topics];
        for term in 0..sums.rows() {
            totals.iter_mut().zip(sums.row(term)).for_each(|(total, &sum)| *total += f64::from(sum));
        }
        let log_totals: Vec<f64> = totals.iter().map(|&total| ln(total)).collect();
        let log_prior = ln(PRIOR);
        sums.update_rows(|_, row| {
            for (value, log_total) in row.iter_mut().zip(&log_totals) {
                let log_sum = if *value == 0.0 { log_prior } else { ln(f64::from(*value) + PRIOR) };
                *value = (log_sum - log_total) as f32;
            }
        });
        let prior_part = (0..sums.rows()).map(|term| sums.row(term).iter().map(|&value| PRIOR * f64::from(value)).sum::<f64>()).sum();
        (sums, prior_part)
    }
}

/// Appends the softmax of `scores + offsets`; returns the logarithm of the sum.
fn push_softmax(out: &mut Vec<f32>, scores: &[f32], offsets: &[f64]) -> f64 {
    let start = out.len();
    let top = scores.iter().zip(offsets).map(|(&score, offset)| f64::from(score) + offset).fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (&score, offset) in scores.iter().zip(offsets) {
        let below = f64::from(score) + offset - top;
        let value = if below < -30.0 { 0.0 } else { exp(below) };
        sum += value;
        out.push(value as f32);
    }
    for value in &mut out[start..] {
        *value = (f64::from(*value) / sum) as f32;
    }
    top + ln(sum)
}

/// Memberships of 1 in the topic of `labels`.
pub fn memberships(labels: &[u32], topics: usize) -> DenseRows {
    let mut rows = DenseRows::zeros(labels.len(), topics);
    for (row, &label) in labels.iter().enumerate() {
        rows.row_mut(row)[label as usize] = 1.0;
    }
    rows
}

/// The topic of each row's largest probability.
pub fn most_likely(probabilities: &DenseRows) -> Vec<u32> {
    (0..probabilities.rows())
        .map(|row| {
            let row = probabilities.row(row);
            (0..row.len()).fold(0, |best, at| if row[at] > row[best] { at } else { best }) as u32
        })
        .collect()
}
