//! Mixture of topics that are told by the words of a document and by its place, by expectation and maximisation from a given start.
//!
//! Words: Nigam, McCallum, Thrun & Mitchell 2000, without labelled documents: every topic is a distribution over terms, every
//! document is drawn from one topic. Places in the reduced space: Banerjee, Dhillon, Ghosh & Sra 2005 (von Mises–Fisher), with one
//! fixed concentration. The full vocabulary tells short and mixed texts apart, places tell long and clear ones; each errs elsewhere.
//!
//! Differs from Nigam et al. 2000: the prior is spread over terms as the corpus is (Dirichlet smoothing, Zhai & Lafferty
//! 2004), not evenly. With an even prior small topics look like no text at all, and starve. And a document's likelihood is taken to
//! the power that makes it tell as much as thirty words: words of one text are not independent, and a posterior that takes them so
//! is too sure (Miller & Dunson 2019, coarsened posteriors). What a document says about its topic's words counts with the root of
//! that power: half way between all words alike, where long texts speak for their topic, and all documents alike.

use crate::maths::dense::{DenseRows, Panels, dot, normalise};
use crate::maths::float::ln;
use crate::maths::lanes::{LANES, LaneRows, Lanes, exp, larger, ln as ln_of_lane};
use crate::maths::special::ln_gamma;
use crate::maths::{WeightedRows, by_processor, map_in_order};
use std::sync::Arc;

/// Prior occurrences of an average term in each topic.
const PRIOR: f64 = 3.0;
/// The same where the evidence of topics is weighed: each further topic has its price in them.
const EVIDENCE_PRIOR: f64 = 2.0;
/// Prior occurrences of a term that a part of the documents does not hold.
const LEAST_PRIOR: f64 = 1e-6;
/// So many (damped) words of a document tell its topic at most: the others repeat them.
const TELLING_WORDS: f64 = 30.0;
/// How much a place tells: the concentration of the documents of a topic around its centre.
const CONCENTRATION: f32 = 10.0;
/// Steps stop when the mean change of a document's probabilities is below this.
const SETTLED: f64 = 1e-3;
/// Probabilities below this are taken as zero when terms are summed (the sparse variant of Neal & Hinton 1998).
const NEGLIGIBLE: f32 = 1e-2;
/// Logarithm under the largest from which a probability is zero.
const OUT_OF_QUESTION: f32 = -12.0;
/// Documents of a unit of parallel work.
const BLOCK: usize = 128;
/// Terms of a unit of parallel work: their logarithms are turned from topics into terms within the processor's nearest cache.
const TERM_BLOCK: usize = 128;

/// What is seen of documents, all of a matrix or some: their words and their places.
pub struct Observed {
    /// Damped counts of all documents of the matrix.
    rows: Arc<WeightedRows>,
    /// Places of all documents of the matrix in the reduced space, of length 1.
    places: Arc<DenseRows>,
    /// The rows of the documents.
    documents: Vec<u32>,
    /// Prior occurrences of each term.
    prior: Vec<f64>,
    /// How much of each document's words counts where they tell its topic.
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

/// What is known of the topics.
#[derive(Debug, Clone)]
pub struct Topics {
    /// Terms × topics: logarithm of the term's probability in the topic.
    log_terms: LaneRows,
    /// The topics' centres, of length `CONCENTRATION`.
    centres: Panels,
    /// Logarithm of each topic's share of the documents; minus infinity in lanes without a topic.
    log_shares: Vec<Lanes>,
}

impl Topics {
    fn new(terms: usize, topics: usize) -> Self {
        let log_terms = LaneRows::filled(terms, topics, f32::NEG_INFINITY);
        let log_shares = vec![Lanes::all(f32::NEG_INFINITY); log_terms.lanes()];
        Self { log_terms, centres: Panels::of_rows(&DenseRows::zeros(0, 0)), log_shares }
    }

    fn count(&self) -> usize {
        self.log_terms.width()
    }
}

impl Observed {
    /// All documents of `rows` (damped counts) and `places` (rows of length 1).
    pub fn new(rows: WeightedRows, places: DenseRows) -> Self {
        let documents = (0..rows.rows() as u32).collect();
        Self::of(Arc::new(rows), Arc::new(places), documents)
    }

    fn of(rows: Arc<WeightedRows>, places: Arc<DenseRows>, documents: Vec<u32>) -> Self {
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
        Self { rows, places, documents, prior, shares }
    }

    /// The part of the documents at `rows`.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        let documents = rows.iter().map(|&row| self.documents[row]).collect();
        Self::of(Arc::clone(&self.rows), Arc::clone(&self.places), documents)
    }

    /// Terms and counts of the document at `position`.
    #[inline(always)]
    fn document(&self, position: usize) -> (&[u32], &[f32]) {
        self.rows.row(self.documents[position] as usize)
    }

    /// Place of the document at `position`.
    #[inline(always)]
    fn place(&self, position: usize) -> &[f32] {
        self.places.row(self.documents[position] as usize)
    }

    /// Places of the documents.
    pub fn places(&self) -> DenseRows {
        self.places.taken(&self.documents.iter().map(|&document| document as usize).collect::<Vec<_>>())
    }

    /// The probabilities of the topics (documents × topics) after at most `steps` steps from those of `start`; `weights` are one a
    /// document.
    pub fn refine(&self, start: DenseRows, weights: &[f64], steps: usize) -> DenseRows {
        let mut probabilities = start;
        let mut topics = Topics::new(self.prior.len(), probabilities.width());
        for _ in 0..steps {
            self.learn(&probabilities, weights, &mut topics);
            if self.tell(&topics, &mut probabilities) < SETTLED {
                break;
            }
        }
        probabilities
    }

    /// What `memberships` make known of the topics.
    pub fn topics(&self, memberships: &DenseRows, weights: &[f64]) -> Topics {
        let mut topics = Topics::new(self.prior.len(), memberships.width());
        self.learn(memberships, weights, &mut topics);
        topics
    }

    /// The probabilities of the topics for each document.
    pub fn expected(&self, topics: &Topics) -> DenseRows {
        let mut probabilities = DenseRows::zeros(self.documents.len(), topics.count());
        self.tell(topics, &mut probabilities);
        probabilities
    }

    /// Sum over the documents of the cosine with the centre of their topic, that is, of the lengths of the topics' sums of places.
    pub fn cohesion(&self, labels: &[u32]) -> f64 {
        let topics = labels.iter().max().map_or(0, |&top| top as usize + 1);
        let mut sums = DenseRows::zeros(topics, self.places.width());
        for (position, &label) in labels.iter().enumerate() {
            sums.row_mut(label as usize).iter_mut().zip(self.place(position)).for_each(|(sum, place)| *sum += place);
        }
        (0..topics).map(|topic| dot(sums.row(topic), sums.row(topic)).sqrt()).sum()
    }

    /// Logarithm of the probability of the documents and their `labels` with all topic distributions integrated out: more
    /// topics fit better but spread their evidence thinner, so this has a peak.
    ///
    /// Biernacki, Celeux & Govaert 2010 (exact integrated complete-data likelihood). Differs from them: the prior on terms is spread
    /// as the corpus is, not evenly, as in the mixture itself; an even one takes tens of thousands of words of evidence from every
    /// topic, and finds three topics in twenty newsgroups.
    pub fn evidence(&self, labels: &[u32], topics: usize) -> f64 {
        let members = members_of(labels, topics);
        let prior_of: Vec<f64> = self.prior.iter().map(|prior| prior * (EVIDENCE_PRIOR / PRIOR)).collect();
        let of_prior: Vec<f64> = prior_of.iter().map(|&prior| ln_gamma(prior)).collect();
        let prior = prior_of.iter().sum::<f64>();
        let parts = map_in_order(topics, |topic| {
            let mut sums = vec![0.0f64; self.prior.len()];
            for &position in &members[topic] {
                let (terms, counts) = self.document(position);
                terms.iter().zip(counts).for_each(|(&term, &count)| sums[term as usize] += f64::from(count));
            }
            let held = (0..sums.len()).filter(|&term| sums[term] > 0.0);
            let words = held.map(|term| ln_gamma(sums[term] + prior_of[term]) - of_prior[term]).sum::<f64>();
            words + ln_gamma(prior) - ln_gamma(prior + sums.iter().sum::<f64>()) + ln_gamma(members[topic].len() as f64 + 1.0)
        });
        parts.iter().sum::<f64>() + ln_gamma(topics as f64) - ln_gamma((labels.len() + topics) as f64)
    }

    /// Writes what `memberships` make known of the topics.
    fn learn(&self, memberships: &DenseRows, weights: &[f64], topics: &mut Topics) {
        let count = memberships.width();
        let mut mass = vec![0.0f64; count];
        for (row, weight) in weights.iter().enumerate() {
            mass.iter_mut().zip(memberships.row(row)).for_each(|(sum, &share)| *sum += weight * f64::from(share));
        }
        let total: f64 = mass.iter().sum();
        for (topic, mass) in mass.iter().enumerate() {
            topics.log_shares[topic / LANES].0[topic % LANES] = ln((mass + 1.0) / (total + count as f64)) as f32;
        }
        let members = Members::of(memberships, weights);
        let prior = self.prior.iter().sum::<f64>();
        let (sums, centres): (Vec<_>, Vec<_>) = map_in_order(count, |topic| {
            let mut sums = vec![0.0f32; self.prior.len()];
            let mut centre = vec![0.0f32; self.places.width()];
            for &(position, share) in members.of_topic(topic) {
                let (terms, counts) = self.document(position as usize);
                let voice = share * self.shares[position as usize].sqrt();
                terms.iter().zip(counts).for_each(|(&term, &count)| sums[term as usize] += count * voice);
                centre.iter_mut().zip(self.place(position as usize)).for_each(|(sum, place)| *sum += share * place);
            }
            normalise(&mut centre);
            centre.iter_mut().for_each(|value| *value *= CONCENTRATION);
            let total = prior + sums.iter().map(|&sum| f64::from(sum)).sum::<f64>();
            ((sums, ln(total) as f32), centre)
        })
        .into_iter()
        .unzip();
        topics.centres = Panels::of_rows(&DenseRows::from_values(self.places.width(), centres.concat()));
        topics.log_terms.update_blocks(TERM_BLOCK, |first, rows| logarithms(&sums, &self.prior, first, rows));
    }

    /// Writes the documents' topics over `probabilities`; returns the mean change from what was there before.
    fn tell(&self, topics: &Topics, probabilities: &mut DenseRows) -> f64 {
        let count = topics.count();
        let changes = probabilities.update_blocks(BLOCK, |first, rows| {
            let mut places = Vec::with_capacity(rows.len() / count * self.places.width());
            (first..first + rows.len() / count).for_each(|position| places.extend_from_slice(self.place(position)));
            let mut nearness = vec![0.0; rows.len()];
            topics.centres.products(&places, &mut nearness);
            expect(self, topics, &nearness, first, rows)
        });
        changes.iter().sum::<f64>() / probabilities.rows().max(1) as f64
    }
}

by_processor! {
    /// Writes the logarithms of the probabilities of the terms from `first` on in each topic to `rows`, from the topics' sums over
    /// terms and the logarithms of their totals.
    fn logarithms(sums: &[(Vec<f32>, f32)], prior: &[f64], first: usize, rows: &mut [Lanes]) {
        let lanes = sums.len().div_ceil(LANES);
        for (group, rows) in rows.chunks_mut(LANES * lanes).enumerate() {
            let (start, count) = (first + group * LANES, rows.len() / lanes);
            // In lanes behind the last term any number will do whose logarithm exists.
            let mut own = Lanes::all(1.0);
            own.0[..count].iter_mut().zip(&prior[start..]).for_each(|(own, &prior)| *own = prior as f32);
            for (topic, (sums, log_total)) in sums.iter().enumerate() {
                let values = Lanes::of(&sums[start..start + count], 0.0).with(&own, |sum, prior| sum + prior).map(ln_of_lane);
                let values = values.map(|value| value - log_total);
                for (term, row) in rows.chunks_exact_mut(lanes).enumerate() {
                    row[topic / LANES].0[topic % LANES] = values.0[term];
                }
            }
        }
    }
}

by_processor! {
    /// Writes the topics of the documents from `first` on over `rows`, given their products with the centres; returns the sum of their
    /// changes from what was there before.
    fn expect(observed: &Observed, topics: &Topics, nearness: &[f32], first: usize, rows: &mut [f32]) -> f64 {
        let count = topics.count();
        let mut scores = vec![Lanes::all(0.0); topics.log_terms.lanes()];
        let mut offsets = scores.clone();
        let mut change = Lanes::all(0.0);
        for ((position, row), near) in (first..).zip(rows.chunks_exact_mut(count)).zip(nearness.chunks_exact(count)) {
            let (terms, occurrences) = observed.document(position);
            topics.log_terms.weighted_sum(terms, occurrences, &mut scores);
            for ((offset, near), log_shares) in offsets.iter_mut().zip(near.chunks(LANES)).zip(&topics.log_shares) {
                *offset = Lanes::of(near, 0.0).with(log_shares, |near, log_share| near + log_share);
            }
            softmax(&mut scores, observed.shares[position], &offsets);
            for (row, scores) in row.chunks_mut(LANES).zip(&scores) {
                change = change.with(&Lanes::of(row, 0.0).with(scores, |old, new| (new - old).abs()), |sum, change| sum + change);
                row.copy_from_slice(&scores.0[..row.len()]);
            }
        }
        f64::from(change.sum()) / 2.0
    }
}

/// Turns `scores` (times `scale`, plus `offsets`) into their softmax.
#[inline(always)]
fn softmax(scores: &mut [Lanes], scale: f32, offsets: &[Lanes]) {
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
    use crate::maths::RandomStream;
    use crate::maths::float;

    /// Documents of the given words, all at the same place.
    fn observed(rows: &[&[(u32, f32)]], terms: usize) -> Observed {
        let mut matrix = WeightedRows::new(terms);
        rows.iter().for_each(|row| matrix.push_row(row.iter().copied()));
        Observed::new(matrix, DenseRows::zeros(rows.len(), 1))
    }

    #[test]
    fn evidence_matches_integrals_done_by_hand() {
        // The prior is Beta(2, 2), of density 6 p(1 − p). One topic, two terms once each: 6 ∫ p²(1 − p)² dp = 6/30.
        let one = observed(&[&[(0, 1.0), (1, 1.0)]], 2);
        assert!((one.evidence(&[0], 1) - ln(0.2)).abs() < 1e-12);
        // Two documents with two terms each, apart: (6 ∫ p³(1 − p) dp)² = (6/20)²; memberships: ∫ q(1 − q) dq = 1/6.
        let two = observed(&[&[(0, 2.0)], &[(1, 2.0)]], 2);
        assert!((two.evidence(&[0, 1], 2) - ln(0.09 / 6.0)).abs() < 1e-12);
    }

    #[test]
    fn a_step_follows_bayes_rule() {
        // Two documents start in a topic of their own. With the prior (3, 3) topic 0 has terms (5, 3)/8, topic 1 (3, 5)/8.
        let two = observed(&[&[(0, 2.0)], &[(1, 2.0)]], 2);
        let probabilities = two.refine(memberships(&[0, 1], 2), &[1.0, 1.0], 1);
        // P(topic 0 | document 0) = (5/8)² / ((5/8)² + (3/8)²) = 25/34.
        assert!((probabilities.row(0)[0] - 25.0 / 34.0).abs() < 1e-6);
        // The same words at opposite places: the place alone tells, by exp(±10).
        let matrix = || {
            let mut rows = WeightedRows::new(1);
            (0..2).for_each(|_| rows.push_row([(0, 1.0)]));
            rows
        };
        let apart = Observed::new(matrix(), DenseRows::from_values(1, vec![1.0, -1.0]));
        let probabilities = apart.refine(DenseRows::from_values(2, vec![0.6, 0.4, 0.4, 0.6]), &[1.0, 1.0], 1);
        assert!(probabilities.row(0)[0] > 0.9999 && probabilities.row(1)[1] > 0.9999);
    }

    #[test]
    fn a_long_document_tells_no_more_than_thirty_words() {
        // One document says the first one's word ninety times: its evidence is that of thirty.
        let mut topics = Topics::new(2, 2);
        topics.centres = Panels::of_rows(&DenseRows::zeros(2, 1));
        topics.log_terms.values_mut().iter_mut().zip([[-1.0, -1.1], [-1.2, -1.0]]).for_each(|(row, own)| row.0[..2].copy_from_slice(&own));
        topics.log_shares[0].0[..2].fill(ln(0.5) as f32);
        let probabilities = observed(&[&[(0, 90.0)], &[(0, 30.0)], &[(0, 3.0)]], 2).expected(&topics);
        let first = |row: usize| f64::from(probabilities.row(row)[0]);
        assert!((first(0) - 1.0 / (1.0 + float::exp(-3.0))).abs() < 1e-5 && (first(0) - first(1)).abs() < 1e-6);
        assert!((first(2) - 1.0 / (1.0 + float::exp(-0.3))).abs() < 1e-5);
    }

    /// One step by the formulas of the module's text in double precision, term by term.
    fn slow_step(counts: &[Vec<f64>], places: &[Vec<f64>], start: &[Vec<f64>], weights: &[f64]) -> Vec<Vec<f64>> {
        let (documents, terms, topics) = (counts.len(), counts[0].len(), start[0].len());
        let words: Vec<f64> = counts.iter().map(|row| row.iter().sum()).collect();
        let share = |document: usize| 30.0 / words[document].max(30.0);
        let totals: Vec<f64> = (0..terms).map(|term| counts.iter().map(|row| row[term]).sum()).collect();
        let present = totals.iter().filter(|&&total| total > 0.0).count() as f64;
        let prior = |term: usize| (3.0 * totals[term] * present / totals.iter().sum::<f64>()).max(1e-6);
        let learned = |topic: usize| -> (Vec<f64>, Vec<f64>, f64) {
            let sum = |term: usize| -> f64 {
                (0..documents).map(|d| weights[d] * start[d][topic] * share(d).sqrt() * counts[d][term]).sum::<f64>() + prior(term)
            };
            let all: f64 = (0..terms).map(sum).sum();
            let centre = |at: usize| (0..documents).map(|d| weights[d] * start[d][topic] * places[d][at]).sum::<f64>();
            let centre: Vec<f64> = (0..places[0].len()).map(centre).collect();
            let length = centre.iter().map(|x| x * x).sum::<f64>().sqrt();
            let mass = |topic: usize| (0..documents).map(|d| weights[d] * start[d][topic]).sum::<f64>() + 1.0;
            let size = mass(topic) / (0..topics).map(mass).sum::<f64>();
            ((0..terms).map(|term| ln(sum(term) / all)).collect(), centre.iter().map(|x| x / length).collect(), ln(size))
        };
        let learned: Vec<_> = (0..topics).map(learned).collect();
        let told = |d: usize| -> Vec<f64> {
            let score = |(log_terms, centre, log_size): &(Vec<f64>, Vec<f64>, f64)| {
                let words: f64 = log_terms.iter().zip(&counts[d]).map(|(log, count)| log * count).sum();
                let near: f64 = centre.iter().zip(&places[d]).map(|(a, b)| a * b).sum();
                float::exp(share(d) * words + 10.0 * near + log_size + 60.0)
            };
            let scores: Vec<f64> = learned.iter().map(score).collect();
            scores.iter().map(|score| score / scores.iter().sum::<f64>()).collect()
        };
        (0..documents).map(told).collect()
    }

    #[test]
    fn a_step_equals_its_slow_twin_on_random_documents() {
        for seed in 0..5 {
            let mut stream = RandomStream::new(8, seed);
            // More topics than lanes; documents below and above thirty words.
            let (documents, terms, topics, dimensions) = (40, 50, 19, 5);
            let counts: Vec<Vec<f64>> = (0..documents)
                .map(|d| (0..terms).map(|_| if stream.unit() < 0.5 { 0.5 + stream.unit() * f64::from(d % 4) } else { 0.0 }).collect())
                .collect();
            let unit = |mut row: Vec<f64>| {
                let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
                row.iter_mut().for_each(|x| *x /= length);
                row
            };
            let places: Vec<Vec<f64>> = (0..documents).map(|_| unit((0..dimensions).map(|_| stream.normal()).collect())).collect();
            let start: Vec<Vec<f64>> = (0..documents)
                .map(|_| {
                    let row: Vec<f64> = (0..topics).map(|_| 0.2 + stream.unit()).collect();
                    let sum: f64 = row.iter().sum();
                    row.iter().map(|share| share / sum).collect()
                })
                .collect();
            let weights: Vec<f64> = (0..documents).map(|_| 0.5 + stream.unit()).collect();
            let mut matrix = WeightedRows::new(terms);
            for row in &counts {
                matrix
                    .push_row(row.iter().enumerate().filter(|(_, count)| **count > 0.0).map(|(term, &count)| (term as u32, count as f32)));
            }
            let dense =
                |rows: &[Vec<f64>]| DenseRows::from_values(rows[0].len(), rows.iter().flatten().map(|&value| value as f32).collect());
            let found = Observed::new(matrix, dense(&places)).refine(dense(&start), &weights, 1);
            for (row, expected) in slow_step(&counts, &places, &start, &weights).iter().enumerate() {
                for (found, expected) in found.row(row).iter().zip(expected) {
                    assert!((f64::from(*found) - expected).abs() < 2e-4, "{found} {expected}");
                }
            }
        }
    }

    #[test]
    fn cohesion_is_the_sum_of_cosines_with_centres() {
        let mut rows = WeightedRows::new(1);
        (0..3).for_each(|_| rows.push_row([(0, 1.0)]));
        let three = Observed::new(rows, DenseRows::from_values(2, vec![1.0, 0.0, 0.0, 1.0, 0.6, 0.8]));
        // The sum of the first two has length √2; the third is its own centre.
        assert!((three.cohesion(&[0, 0, 1]) - (2.0f64.sqrt() + 1.0)).abs() < 1e-6);
        assert!(three.cohesion(&[0, 1, 1]) > three.cohesion(&[0, 0, 1]));
    }
}
