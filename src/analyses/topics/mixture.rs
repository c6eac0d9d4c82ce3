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
use crate::maths::float::ln;
use crate::maths::lanes::{LANES, LaneRows, Lanes, exp, larger, ln as ln_of_lane};
use crate::maths::special::ln_gamma;
use crate::maths::{WeightedRows, by_processor, map_in_order};
use std::sync::Arc;

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
const OUT_OF_QUESTION: f32 = -12.0;
/// Documents of a unit of parallel work.
const BLOCK: usize = 512;
/// Terms of a unit of parallel work: their logarithms are turned from topics into terms within the processor's nearest cache.
const TERM_BLOCK: usize = 128;

/// Documents × terms: all of a matrix, or the part of some of its documents.
pub struct TermCounts {
    rows: Arc<WeightedRows>,
    /// The rows of the documents.
    documents: Vec<u32>,
    /// Prior occurrences of each term.
    prior: Vec<f64>,
    /// How much of each document's evidence counts.
    shares: Vec<f32>,
}

/// The documents of each topic whose shares are not negligible, with their weighted shares: nearly every document is in one only.
struct Members {
    starts: Vec<usize>,
    documents: Vec<(u32, f32)>,
}

impl Members {
    fn of(memberships: &DenseRows, weights: &[f64]) -> Self {
        let mut starts = vec![0; memberships.width() + 1];
        let likely = |row: usize| memberships.row(row).iter().enumerate().filter(|(_, share)| **share > NEGLIGIBLE);
        for row in 0..memberships.rows() {
            likely(row).for_each(|(topic, _)| starts[topic + 1] += 1);
        }
        for topic in 1..starts.len() {
            starts[topic] += starts[topic - 1];
        }
        let mut next = starts.clone();
        let mut documents = vec![(0, 0.0); starts[starts.len() - 1]];
        for (row, &weight) in weights.iter().enumerate() {
            for (topic, &share) in likely(row) {
                documents[next[topic]] = (row as u32, weight as f32 * share);
                next[topic] += 1;
            }
        }
        Self { starts, documents }
    }

    fn of_topic(&self, topic: usize) -> &[(u32, f32)] {
        &self.documents[self.starts[topic]..self.starts[topic + 1]]
    }
}

/// The topics' distributions over terms, and their sizes.
#[derive(Debug, Clone)]
pub struct TopicWords {
    /// Terms × topics: logarithm of the term's probability in the topic.
    log_terms: LaneRows,
    /// Logarithm of each topic's share of the documents; minus infinity in lanes without a topic.
    log_shares: Vec<Lanes>,
}

impl TopicWords {
    fn new(terms: usize, topics: usize) -> Self {
        let log_terms = LaneRows::filled(terms, topics, f32::NEG_INFINITY);
        Self { log_shares: vec![Lanes::all(f32::NEG_INFINITY); log_terms.lanes()], log_terms }
    }
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
    /// All documents of `rows` (damped counts).
    pub fn new(rows: WeightedRows) -> Self {
        let documents = (0..rows.rows() as u32).collect();
        Self::of(Arc::new(rows), documents)
    }

    fn of(rows: Arc<WeightedRows>, documents: Vec<u32>) -> Self {
        let mut sums = vec![0.0f64; rows.width()];
        let mut shares = Vec::with_capacity(documents.len());
        for &document in &documents {
            let (terms, counts) = rows.row(document as usize);
            let mut words = 0.0;
            for (&term, &count) in terms.iter().zip(counts) {
                sums[term as usize] += f64::from(count);
                words += f64::from(count);
            }
            shares.push((TELLING_WORDS / words.max(TELLING_WORDS)) as f32);
        }
        let present = sums.iter().filter(|&&sum| sum > 0.0).count().max(1) as f64;
        let mean = sums.iter().sum::<f64>() / present;
        let prior = sums.iter().map(|sum| if mean > 0.0 { (PRIOR * sum / mean).max(LEAST_PRIOR) } else { PRIOR }).collect();
        Self { rows, documents, prior, shares }
    }

    /// The part of the documents at `rows`.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        Self::of(Arc::clone(&self.rows), rows.iter().map(|&row| self.documents[row]).collect())
    }

    /// Terms and counts of the document at `place`.
    #[inline(always)]
    fn document(&self, place: usize) -> (&[u32], &[f32]) {
        self.rows.row(self.documents[place] as usize)
    }

    /// The mixture after at most `steps` steps from the memberships `start` (documents × topics); `weights` are one a document.
    pub fn refine(&self, start: DenseRows, weights: &[f64], steps: usize) -> Mixture {
        let mut mixture = Mixture { probabilities: start, log_posterior: f64::NEG_INFINITY };
        let mut words = TopicWords::new(self.prior.len(), mixture.probabilities.width());
        for _ in 0..steps {
            let prior_part = self.tell_words(&mixture.probabilities, weights, &mut words);
            let (likelihood, change) = self.tell_topics(&words, weights, &mut mixture.probabilities);
            mixture.log_posterior = likelihood + prior_part;
            if change < SETTLED {
                break;
            }
        }
        mixture
    }

    /// The topics' words and sizes under `memberships`.
    pub fn words(&self, memberships: &DenseRows, weights: &[f64]) -> TopicWords {
        let mut words = TopicWords::new(self.prior.len(), memberships.width());
        self.tell_words(memberships, weights, &mut words);
        words
    }

    /// The documents' topics under `words`.
    pub fn expected(&self, words: &TopicWords, weights: &[f64]) -> Mixture {
        let mut probabilities = DenseRows::zeros(self.documents.len(), words.log_terms.width());
        let (log_posterior, _) = self.tell_topics(words, weights, &mut probabilities);
        Mixture { probabilities, log_posterior }
    }

    /// Logarithm of the probability of the documents and their `labels` with all topic distributions integrated out: more
    /// topics fit better but spread their evidence thinner, so this has a peak.
    ///
    /// Biernacki, Celeux & Govaert 2010 (exact integrated complete-data likelihood). Differs from them: the prior on terms is spread
    /// as the corpus is, not evenly, as in the mixture itself; an even one takes tens of thousands of words of evidence from every
    /// topic, and finds three topics in twenty newsgroups.
    pub fn evidence(&self, labels: &[u32], topics: usize) -> f64 {
        let members = members_of(labels, topics);
        let of_prior: Vec<f64> = self.prior.iter().map(|&prior| ln_gamma(prior)).collect();
        let prior = self.prior.iter().sum::<f64>();
        let parts = map_in_order(topics, |topic| {
            let mut sums = vec![0.0f64; self.prior.len()];
            for &place in &members[topic] {
                let (terms, counts) = self.document(place);
                terms.iter().zip(counts).for_each(|(&term, &count)| sums[term as usize] += f64::from(count));
            }
            let held = (0..sums.len()).filter(|&term| sums[term] > 0.0);
            let words = held.map(|term| ln_gamma(sums[term] + self.prior[term]) - of_prior[term]).sum::<f64>();
            words + ln_gamma(prior) - ln_gamma(prior + sums.iter().sum::<f64>()) + ln_gamma(members[topic].len() as f64 + 1.0)
        });
        parts.iter().sum::<f64>() + ln_gamma(topics as f64) - ln_gamma((labels.len() + topics) as f64)
    }

    /// Writes the topics' words and sizes under `memberships`; returns the logarithm of the prior at them.
    fn tell_words(&self, memberships: &DenseRows, weights: &[f64], words: &mut TopicWords) -> f64 {
        let topics = memberships.width();
        let mut mass = vec![0.0f64; topics];
        for (row, weight) in weights.iter().enumerate() {
            mass.iter_mut().zip(memberships.row(row)).for_each(|(sum, &share)| *sum += weight * f64::from(share));
        }
        let total: f64 = mass.iter().sum();
        for (topic, mass) in mass.iter().enumerate() {
            words.log_shares[topic / LANES].0[topic % LANES] = ln((mass + 1.0) / (total + topics as f64)) as f32;
        }
        let members = Members::of(memberships, weights);
        let prior = self.prior.iter().sum::<f64>();
        let sums: Vec<(Vec<f32>, f32)> = map_in_order(topics, |topic| {
            let mut sums = vec![0.0f32; self.prior.len()];
            for &(place, share) in members.of_topic(topic) {
                let (terms, counts) = self.document(place as usize);
                terms.iter().zip(counts).for_each(|(&term, &count)| sums[term as usize] += count * share);
            }
            let total = prior + sums.iter().map(|&sum| f64::from(sum)).sum::<f64>();
            (sums, ln(total) as f32)
        });
        let parts = words.log_terms.update_blocks(TERM_BLOCK, |first, rows| logarithms(&sums, &self.prior, first, rows));
        parts.iter().sum()
    }

    /// Writes the documents' topics under `words` over `probabilities`; returns the logarithm of the documents' joint probability and
    /// the mean change from what was there before.
    fn tell_topics(&self, words: &TopicWords, weights: &[f64], probabilities: &mut DenseRows) -> (f64, f64) {
        let parts = probabilities.update_blocks(BLOCK, |first, rows| expect(self, words, weights, first, rows));
        let (mut likelihood, mut change) = (0.0, 0.0);
        for (block_likelihood, block_change) in parts {
            likelihood += block_likelihood;
            change += block_change;
        }
        (likelihood, change / probabilities.rows().max(1) as f64)
    }
}

by_processor! {
    /// Writes the logarithms of the probabilities of the terms from `first` on in each topic to `rows`, from the topics' sums over
    /// terms and the logarithms of their totals; returns the logarithm of the prior at them.
    fn logarithms(sums: &[(Vec<f32>, f32)], prior: &[f64], first: usize, rows: &mut [Lanes]) -> f64 {
        logarithms_in_lanes(sums, prior, first, rows)
    }
}

#[inline(always)]
fn logarithms_in_lanes(sums: &[(Vec<f32>, f32)], prior: &[f64], first: usize, rows: &mut [Lanes]) -> f64 {
    let lanes = sums.len().div_ceil(LANES);
    let mut part = 0.0;
    for (group, rows) in rows.chunks_mut(LANES * lanes).enumerate() {
        let (start, count) = (first + group * LANES, rows.len() / lanes);
        // In lanes behind the last term any number will do whose logarithm exists.
        let mut own = Lanes::all(1.0);
        own.0[..count].iter_mut().zip(&prior[start..]).for_each(|(own, &prior)| *own = prior as f32);
        let mut together = Lanes::all(0.0);
        for (topic, (sums, log_total)) in sums.iter().enumerate() {
            let values = Lanes::of(&sums[start..start + count], 0.0).with(&own, |sum, prior| sum + prior).map(ln_of_lane);
            let values = values.map(|value| value - log_total);
            together = together.with(&values, |sum, value| sum + value);
            for (term, row) in rows.chunks_exact_mut(lanes).enumerate() {
                row[topic / LANES].0[topic % LANES] = values.0[term];
            }
        }
        part += (0..count).map(|term| prior[start + term] * f64::from(together.0[term])).sum::<f64>();
    }
    part
}

by_processor! {
    /// Writes the topics of the documents from `first` on under `words` over `rows`; returns the logarithm of their joint probability
    /// and the sum of their changes from what was there before.
    fn expect(counts: &TermCounts, words: &TopicWords, weights: &[f64], first: usize, rows: &mut [f32]) -> (f64, f64) {
        expect_in_lanes(counts, words, weights, first, rows)
    }
}

#[inline(always)]
fn expect_in_lanes(counts: &TermCounts, words: &TopicWords, weights: &[f64], first: usize, rows: &mut [f32]) -> (f64, f64) {
    let mut scores = vec![Lanes::all(0.0); words.log_terms.lanes()];
    let mut likelihood = 0.0;
    let mut change = Lanes::all(0.0);
    for (place, row) in (first..).zip(rows.chunks_exact_mut(words.log_terms.width())) {
        let (terms, occurrences) = counts.document(place);
        words.log_terms.weighted_sum(terms, occurrences, &mut scores);
        likelihood += weights[place] * softmax(&mut scores, counts.shares[place], &words.log_shares);
        for (row, scores) in row.chunks_mut(LANES).zip(&scores) {
            change = change.with(&Lanes::of(row, 0.0).with(scores, |old, new| (new - old).abs()), |sum, change| sum + change);
            row.copy_from_slice(&scores.0[..row.len()]);
        }
    }
    (likelihood, f64::from(change.sum()) / 2.0)
}

/// Turns `scores` (times `scale`, plus `offsets`) into their softmax; returns the logarithm of the sum.
#[inline(always)]
fn softmax(scores: &mut [Lanes], scale: f32, offsets: &[Lanes]) -> f64 {
    // Scores are large and near each other: what they are above the largest is exact in single precision, their products are not.
    let highest = scores.iter().fold(f32::NEG_INFINITY, |top, score| larger(score.largest(), top));
    let mut top = Lanes::all(f32::NEG_INFINITY);
    for (score, offset) in scores.iter_mut().zip(offsets) {
        *score = score.with(offset, |score, offset| scale * (score - highest) + offset);
        top = top.with(score, larger);
    }
    let top = top.largest();
    let mut sum = Lanes::all(0.0);
    for score in scores.iter_mut() {
        // Also where no topic is: minus infinity is out of the question.
        *score = score.map(|score| if score - top < OUT_OF_QUESTION { 0.0 } else { exp(larger(score - top, OUT_OF_QUESTION)) });
        sum = sum.with(score, |sum, value| sum + value);
    }
    let sum = sum.sum();
    for score in scores {
        *score = score.map(|value| value / sum);
    }
    f64::from(scale) * f64::from(highest) + f64::from(top) + ln(f64::from(sum))
}

/// Memberships of 1 in the topic of `labels`.
pub fn memberships(labels: &[u32], topics: usize) -> DenseRows {
    let mut rows = DenseRows::zeros(labels.len(), topics);
    for (row, &label) in labels.iter().enumerate() {
        rows.row_mut(row)[label as usize] = 1.0;
    }
    rows
}

/// The rows of each topic.
pub fn members_of(labels: &[u32], topics: usize) -> Vec<Vec<usize>> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); topics];
    labels.iter().enumerate().for_each(|(row, &label)| members[label as usize].push(row));
    members
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
    use crate::maths::float;

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
        let mut words = TopicWords::new(2, 2);
        words.log_terms.values_mut().iter_mut().zip([[-1.0, -1.1], [-1.2, -1.0]]).for_each(|(row, own)| row.0[..2].copy_from_slice(&own));
        words.log_shares[0].0[..2].fill(ln(0.5) as f32);
        let mixture = counts(&[&[(0, 90.0)], &[(0, 30.0)], &[(0, 3.0)]], 2).expected(&words, &[1.0; 3]);
        let first = |row: usize| f64::from(mixture.probabilities.row(row)[0]);
        assert!((first(0) - 1.0 / (1.0 + float::exp(-3.0))).abs() < 1e-5 && (first(0) - first(1)).abs() < 1e-6);
        assert!((first(2) - 1.0 / (1.0 + float::exp(-0.3))).abs() < 1e-5);
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
