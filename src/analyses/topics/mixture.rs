//! Mixture of multinomials over the whole vocabulary, by expectation and maximisation from a given start.
//!
//! Nigam, McCallum, Thrun & Mitchell 2000, without labelled documents: every topic is a distribution over terms, every
//! document is drawn from one topic. The reduced space finds the topics, the full vocabulary settles the borders.
//!
//! Differs from Nigam et al. 2000: the prior is spread over terms as the corpus is (Dirichlet smoothing, Zhai & Lafferty
//! 2004), not evenly. With an even prior small topics look like no text at all, and starve. And a document's likelihood is taken to
//! the power that makes it tell as much as thirty words: words of one text are not independent, and a posterior that takes them so
//! is too sure (Miller & Dunson 2019, coarsened posteriors).

use crate::maths::dense::DenseRows;
use crate::maths::float::{exp, ln};
use crate::maths::special::ln_gamma;
use crate::maths::{WeightedRows, map_in_order};

/// Prior occurrences of an average term in each topic.
const PRIOR: f64 = 2.0;
/// Prior occurrences of a term that a part of the documents does not hold.
const LEAST_PRIOR: f64 = 1e-6;
/// So many (damped) words of a document tell its topic at most: the others repeat them.
const TELLING_WORDS: f64 = 30.0;
/// Steps stop when the mean change of a document's probabilities is below this.
const SETTLED: f64 = 1e-3;
/// Probabilities below this are taken as zero when terms are summed (the sparse variant of Neal & Hinton 1998).
const NEGLIGIBLE: f32 = 1e-2;
/// Logarithm under the largest from which a probability is zero.
const OUT_OF_QUESTION: f64 = -12.0;
/// Rows of a unit of parallel work.
const BLOCK: usize = 512;

/// Documents × terms, and its transpose.
pub struct TermCounts {
    rows: WeightedRows,
    turned: WeightedRows,
    /// Prior occurrences of each term, and their logarithms.
    prior: Vec<f64>,
    log_prior: Vec<f64>,
    /// How much of each document's evidence counts.
    shares: Vec<f64>,
}

/// The topics of documents that are not negligible: nearly every document has one only, which is walked in one step.
struct Likely {
    /// Each document's first such topic and its weighted share; `MORE` is added to the topic where others follow.
    first: Vec<(u32, f32)>,
    others: WeightedRows,
}

/// Marks documents with more than one topic.
const MORE: u32 = 1 << 31;

impl Likely {
    fn of(memberships: &DenseRows, weights: &[f64]) -> Self {
        let mut others = WeightedRows::new(memberships.width());
        let first = weights.iter().enumerate().map(|(row, &weight)| {
            let weight = weight as f32;
            let shares = memberships.row(row).iter().enumerate().filter(|(_, share)| **share > NEGLIGIBLE);
            let mut shares = shares.map(|(topic, &share)| (topic as u32, weight * share));
            let (topic, share) = shares.next().unwrap_or((0, 0.0));
            others.push_row(shares);
            (if others.row(row).0.is_empty() { topic } else { topic | MORE }, share)
        });
        Self { first: first.collect(), others }
    }
}

/// The topics' distributions over terms, and their sizes.
#[derive(Debug, Clone)]
pub struct TopicWords {
    /// Terms × topics: logarithm of the term's probability in the topic.
    log_terms: DenseRows,
    /// Logarithm of each topic's share of the documents.
    log_shares: Vec<f64>,
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
        let sums: Vec<f64> = (0..turned.rows()).map(|term| turned.row(term).1.iter().map(|&count| f64::from(count)).sum()).collect();
        let present = sums.iter().filter(|&&sum| sum > 0.0).count().max(1) as f64;
        let mean = sums.iter().sum::<f64>() / present;
        let prior: Vec<f64> = sums.iter().map(|sum| if mean > 0.0 { (PRIOR * sum / mean).max(LEAST_PRIOR) } else { PRIOR }).collect();
        let log_prior = prior.iter().map(|&prior| ln(prior)).collect();
        let words = |row: usize| rows.row(row).1.iter().map(|&count| f64::from(count)).sum::<f64>();
        let shares = (0..rows.rows()).map(|row| TELLING_WORDS / words(row).max(TELLING_WORDS)).collect();
        Self { rows, turned, prior, log_prior, shares }
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

    /// The part of the documents at `rows`.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        Self::new(self.rows.taken(rows))
    }

    /// Logarithm of the probability of the documents and their `labels` with all topic distributions integrated out: more
    /// topics fit better but spread their evidence thinner, so this has a peak.
    ///
    /// Biernacki, Celeux & Govaert 2010 (exact integrated complete-data likelihood). Differs from them: the prior on terms is spread
    /// as the corpus is, not evenly, as in the mixture itself; an even one takes tens of thousands of words of evidence from every
    /// topic, and finds three topics in twenty newsgroups.
    pub fn evidence(&self, labels: &[u32], topics: usize) -> f64 {
        let terms = self.turned.rows();
        let blocks = map_in_order(terms.div_ceil(BLOCK), |block| {
            let mut totals = vec![0.0f64; topics];
            let mut part = 0.0;
            let mut sums = vec![0.0f64; topics];
            for term in block * BLOCK..((block + 1) * BLOCK).min(terms) {
                sums.fill(0.0);
                let (documents, counts) = self.turned.row(term);
                for (&document, &count) in documents.iter().zip(counts) {
                    sums[labels[document as usize] as usize] += f64::from(count);
                }
                let prior = self.prior[term];
                let log_gamma = ln_gamma(prior);
                part += sums.iter().filter(|&&sum| sum > 0.0).map(|&sum| ln_gamma(sum + prior) - log_gamma).sum::<f64>();
                totals.iter_mut().zip(&sums).for_each(|(total, sum)| *total += sum);
            }
            (part, totals)
        });
        let prior = self.prior.iter().sum::<f64>();
        let mut totals = vec![0.0; topics];
        let mut evidence = 0.0;
        for (part, block_totals) in blocks {
            evidence += part;
            totals.iter_mut().zip(block_totals).for_each(|(total, sum)| *total += sum);
        }
        evidence += totals.iter().map(|total| ln_gamma(prior) - ln_gamma(prior + total)).sum::<f64>();
        let mut sizes = vec![0.0; topics];
        labels.iter().for_each(|&label| sizes[label as usize] += 1.0);
        evidence + sizes.iter().map(|size: &f64| ln_gamma(size + 1.0)).sum::<f64>() + ln_gamma(topics as f64)
            - ln_gamma((labels.len() + topics) as f64)
    }

    fn step(&self, memberships: &DenseRows, weights: &[f64]) -> (Mixture, f64) {
        let (words, prior_part) = self.words(memberships, weights);
        let (mut mixture, change) = self.expected(&words, weights, Some(memberships));
        mixture.log_posterior += prior_part;
        (mixture, change)
    }

    /// The topics' words and sizes under `memberships`, and the logarithm of the prior at them.
    pub fn words(&self, memberships: &DenseRows, weights: &[f64]) -> (TopicWords, f64) {
        let topics = memberships.width();
        let (log_terms, prior_part) = self.log_terms(memberships, weights);
        let mut mass = vec![0.0f64; topics];
        for (row, weight) in weights.iter().enumerate() {
            mass.iter_mut().zip(memberships.row(row)).for_each(|(sum, &share)| *sum += weight * f64::from(share));
        }
        let total: f64 = mass.iter().sum();
        let log_shares: Vec<f64> = mass.iter().map(|mass| ln((mass + 1.0) / (total + topics as f64))).collect();
        (TopicWords { log_terms, log_shares }, prior_part)
    }

    /// The documents' topics under `words`, and their mean change from the memberships `old`.
    pub fn expected(&self, words: &TopicWords, weights: &[f64], old: Option<&DenseRows>) -> (Mixture, f64) {
        let mut probabilities = self.rows.times(&words.log_terms);
        let parts = probabilities.update_blocks(BLOCK, |first, rows| {
            let (mut likelihood, mut change) = (0.0, 0.0);
            for (row, shares) in (first..).zip(rows.chunks_exact_mut(words.log_shares.len())) {
                likelihood += weights[row] * softmax(shares, self.shares[row], &words.log_shares);
                if let Some(old) = old {
                    change += shares.iter().zip(old.row(row)).map(|(new, old)| f64::from((new - old).abs())).sum::<f64>() / 2.0;
                }
            }
            (likelihood, change)
        });
        let (mut likelihood, mut change) = (0.0, 0.0);
        for (block_likelihood, block_change) in parts {
            likelihood += block_likelihood;
            change += block_change;
        }
        change /= probabilities.rows().max(1) as f64;
        (Mixture { probabilities, log_posterior: likelihood }, change)
    }

    /// Terms × topics: logarithm of each term's probability; and the logarithm of the prior at them.
    fn log_terms(&self, memberships: &DenseRows, weights: &[f64]) -> (DenseRows, f64) {
        let topics = memberships.width();
        let mut sums = DenseRows::zeros(self.turned.rows(), topics);
        let likely = Likely::of(memberships, weights);
        sums.update_rows(|term, sums| {
            let (documents, counts) = self.turned.row(term);
            for (&document, &count) in documents.iter().zip(counts) {
                let (topic, share) = likely.first[document as usize];
                sums[(topic & !MORE) as usize] += count * share;
                if topic & MORE != 0 {
                    let (topics, shares) = likely.others.row(document as usize);
                    for (&topic, &share) in topics.iter().zip(shares) {
                        sums[topic as usize] += count * share;
                    }
                }
            }
        });
        let mut totals = vec![self.prior.iter().sum::<f64>(); topics];
        for term in 0..sums.rows() {
            totals.iter_mut().zip(sums.row(term)).for_each(|(total, &sum)| *total += f64::from(sum));
        }
        let log_totals: Vec<f64> = totals.iter().map(|&total| ln(total)).collect();
        let parts = sums.update_blocks(BLOCK, |first, rows| {
            let mut part = 0.0;
            for (term, row) in (first..).zip(rows.chunks_exact_mut(topics)) {
                let (prior, log_prior) = (self.prior[term], self.log_prior[term]);
                let mut logarithms = 0.0;
                for (value, log_total) in row.iter_mut().zip(&log_totals) {
                    let log_sum = if *value == 0.0 { log_prior } else { ln(f64::from(*value) + prior) };
                    *value = (log_sum - log_total) as f32;
                    logarithms += f64::from(*value);
                }
                part += prior * logarithms;
            }
            part
        });
        (sums, parts.iter().sum())
    }
}

/// Turns `scores` (times `scale`, plus `offsets`) into their softmax; returns the logarithm of the sum.
fn softmax(scores: &mut [f32], scale: f64, offsets: &[f64]) -> f64 {
    let top = scores.iter().zip(offsets).map(|(&score, offset)| scale * f64::from(score) + offset).fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (score, offset) in scores.iter_mut().zip(offsets) {
        let below = scale * f64::from(*score) + offset - top;
        let value = if below < OUT_OF_QUESTION { 0.0 } else { exp(below) };
        sum += value;
        *score = value as f32;
    }
    for value in scores {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rows: &[&[(u32, f32)]], terms: usize) -> TermCounts {
        let mut matrix = WeightedRows::new(terms);
        rows.iter().for_each(|row| matrix.push_row(row.iter().copied()));
        TermCounts::new(matrix)
    }

    #[test]
    fn evidence_matches_integrals_done_by_hand() {
        // The prior is Beta(2, 2), of density 6 p(1 − p). One topic, two terms once each: 6 ∫ p²(1 − p)² dp = 6/30.
        let one = counts(&[&[(0, 1.0), (1, 1.0)]], 2);
        assert!((one.evidence(&[0], 1) - ln(0.2)).abs() < 1e-12);
        // Two documents with two terms each, apart: (6 ∫ p³(1 − p) dp)² = (6/20)²; memberships: ∫ q(1 − q) dq = 1/6.
        let two = counts(&[&[(0, 2.0)], &[(1, 2.0)]], 2);
        assert!((two.evidence(&[0, 1], 2) - ln(0.09 / 6.0)).abs() < 1e-12);
    }

    #[test]
    fn a_step_follows_bayes_rule() {
        // Two documents start in a topic of their own. With the prior (2, 2) topic 0 has terms (4, 2)/6, topic 1 (2, 4)/6.
        let two = counts(&[&[(0, 2.0)], &[(1, 2.0)]], 2);
        let mixture = two.refine(memberships(&[0, 1], 2), &[1.0, 1.0], 1);
        // P(topic 0 | document 0) = (2/3)² / ((2/3)² + (1/3)²) = 0.8.
        assert!((mixture.probabilities.row(0)[0] - 0.8).abs() < 1e-6);
        // Joint probability: each document ½·4/9 + ½·1/9 = 5/18; prior part: (2/3 · 1/3)² in each topic.
        assert!((mixture.log_posterior - (2.0 * ln(5.0 / 18.0) + 4.0 * ln(2.0 / 9.0))).abs() < 1e-5);
    }

    #[test]
    fn a_long_document_tells_no_more_than_thirty_words() {
        // The documents of the test above, and one that says the first one's word ninety times: its evidence is that of thirty.
        let words = TopicWords { log_terms: DenseRows::from_values(2, vec![-1.0, -1.1, -1.2, -1.0]), log_shares: vec![ln(0.5); 2] };
        let (mixture, _) = counts(&[&[(0, 90.0)], &[(0, 30.0)], &[(0, 3.0)]], 2).expected(&words, &[1.0; 3], None);
        let first = |row: usize| f64::from(mixture.probabilities.row(row)[0]);
        assert!((first(0) - 1.0 / (1.0 + exp(-3.0))).abs() < 1e-5 && (first(0) - first(1)).abs() < 1e-6);
        assert!((first(2) - 1.0 / (1.0 + exp(-0.3))).abs() < 1e-5);
    }

    #[test]
    fn refining_never_lowers_the_posterior() {
        let mut stream = crate::maths::RandomStream::new(8, 0);
        let mut matrix = WeightedRows::new(12);
        for row in 0..60u32 {
            matrix.push_row(
                (0..12u32)
                    .filter_map(|term| (stream.unit() < if term % 3 == row % 3 { 0.7 } else { 0.2 }).then_some((term, 1.0)))
                    .collect::<Vec<_>>(),
            );
        }
        let counts = TermCounts::new(matrix);
        let start: Vec<u32> = (0..60).map(|_| stream.below(3)).collect();
        let mut mixture = counts.refine(memberships(&start, 3), &[1.0; 60], 1);
        for _ in 0..10 {
            let next = counts.refine(mixture.probabilities.clone(), &[1.0; 60], 1);
            assert!(next.log_posterior >= mixture.log_posterior - 0.05, "{} {}", next.log_posterior, mixture.log_posterior);
            mixture = next;
        }
    }
}
