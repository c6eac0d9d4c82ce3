//! Latent Dirichlet allocation: every word of a document comes from one of the topics that the document mixes.
//!
//! Blei, Ng & Jordan 2003, by collapsed Gibbs sampling (Griffiths & Steyvers 2004). Documents are sampled in blocks that see
//! each other's words as they were after the last sweep (AD-LDA, Newman et al. 2009). Blocks are cut by the documents' number
//! and have random streams of their own, so the result has the same bits for any thread count.

use crate::maths::dense::DenseRows;
use crate::maths::{RandomStream, WeightedRows, map_in_order};

/// Sweeps over all words.
const SWEEPS: usize = 120;
/// Sweeps at the end whose shares are averaged.
const AVERAGED: usize = 30;
/// Prior occurrences of each topic in a document.
const DOCUMENT_PRIOR: f64 = 0.1;
/// Prior occurrences of each term in a topic.
const TERM_PRIOR: f64 = 0.01;
/// Blocks of documents.
const BLOCKS: usize = 16;
/// Separates these streams from those of other methods under the same seed.
const STREAMS: u64 = 0x6c64_6100_0000_0000;

/// Each document's shares of `topics` topics, which sum to 1. `counts` are documents × terms, whole numbers.
pub fn allocate(counts: &WeightedRows, topics: usize, seed: u64) -> DenseRows {
    let documents = counts.rows();
    let starts: Vec<usize> = std::iter::once(0)
        .chain((0..documents).scan(0, |sum, row| {
            *sum += counts.row(row).1.iter().map(|&count| count as usize).sum::<usize>();
            Some(*sum)
        }))
        .collect();
    let mut stream = RandomStream::new(seed ^ STREAMS, 0);
    let mut places: Vec<u16> = (0..starts[documents]).map(|_| stream.below(topics as u32) as u16).collect();
    let mut shares = DenseRows::zeros(documents, topics);
    let size = documents.div_ceil(BLOCKS).max(1);
    for sweep in 0..SWEEPS {
        let words = Words::count(counts, &starts, &places, topics);
        let blocks = map_in_order(documents.div_ceil(size), |block| {
            let range = block * size..((block + 1) * size).min(documents);
            let mut stream = RandomStream::new(seed ^ STREAMS, (1 + sweep * BLOCKS + block) as u64);
            let mut own = places[starts[range.start]..starts[range.end]].to_vec();
            sample(counts, range.clone(), &mut own, words.clone(), &mut stream);
            own
        });
        places = blocks.concat();
        if sweep + AVERAGED >= SWEEPS {
            shares.update_rows(|row, shares| {
                let own = &places[starts[row]..starts[row + 1]];
                let total = own.len() as f64 + DOCUMENT_PRIOR * topics as f64;
                shares.iter_mut().for_each(|share| *share += (DOCUMENT_PRIOR / total / AVERAGED as f64) as f32);
                own.iter().for_each(|&topic| shares[topic as usize] += (1.0 / total / AVERAGED as f64) as f32);
            });
        }
    }
    shares
}

/// How often each term, and any term, is in each topic.
#[derive(Clone)]
struct Words {
    topics: usize,
    terms: Vec<u32>,
    totals: Vec<u32>,
}

impl Words {
    fn count(counts: &WeightedRows, starts: &[usize], places: &[u16], topics: usize) -> Self {
        let mut words = Self { topics, terms: vec![0; counts.width() * topics], totals: vec![0; topics] };
        for (row, &start) in starts[..counts.rows()].iter().enumerate() {
            let mut at = start;
            let (terms, occurrences) = counts.row(row);
            for (&term, &count) in terms.iter().zip(occurrences) {
                for &topic in &places[at..at + count as usize] {
                    words.terms[term as usize * topics + topic as usize] += 1;
                    words.totals[topic as usize] += 1;
                }
                at += count as usize;
            }
        }
        words
    }
}

/// Draws the topic of every word of the documents in `range` anew, given all others.
fn sample(counts: &WeightedRows, range: std::ops::Range<usize>, places: &mut [u16], mut words: Words, stream: &mut RandomStream) {
    let topics = words.topics;
    let prior = TERM_PRIOR * counts.width() as f64;
    let mut in_document = vec![0u32; topics];
    let mut sums = vec![0.0f64; topics];
    let mut first = 0;
    for row in range {
        let (terms, occurrences) = counts.row(row);
        let length: usize = occurrences.iter().map(|&count| count as usize).sum();
        let own = &mut places[first..first + length];
        first += length;
        in_document.fill(0);
        own.iter().for_each(|&topic| in_document[topic as usize] += 1);
        let mut at = 0;
        for (&term, &count) in terms.iter().zip(occurrences) {
            for place in &mut own[at..at + count as usize] {
                let cells = &mut words.terms[term as usize * topics..(term as usize + 1) * topics];
                let old = usize::from(*place);
                in_document[old] -= 1;
                cells[old] -= 1;
                words.totals[old] -= 1;
                let mut sum = 0.0;
                for topic in 0..topics {
                    sum += (f64::from(in_document[topic]) + DOCUMENT_PRIOR) * (f64::from(cells[topic]) + TERM_PRIOR)
                        / (f64::from(words.totals[topic]) + prior);
                    sums[topic] = sum;
                }
                let target = stream.unit() * sum;
                let new = sums.iter().position(|&sum| sum > target).unwrap_or(topics - 1);
                in_document[new] += 1;
                cells[new] += 1;
                words.totals[new] += 1;
                *place = new as u16;
            }
            at += count as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::on_threads;

    /// The share of a document's words that its first topic has, and the second topic. Some documents are about one topic
    /// only: without them mixtures and topics could not be told apart.
    fn mixed(row: usize) -> (f64, usize) {
        ([1.0, 0.5, 0.75][row / 3 % 3], (row + 1 + row / 9 % 2) % 3)
    }

    /// Three topics of ten terms each.
    fn planted() -> WeightedRows {
        let mut stream = RandomStream::new(4, 0);
        let mut rows = WeightedRows::new(30);
        for row in 0..90 {
            let (share, second) = mixed(row);
            let mut counts = [0.0f32; 30];
            for _ in 0..60 {
                let topic = if stream.unit() < share { row % 3 } else { second };
                counts[topic * 10 + stream.below(10) as usize] += 1.0;
            }
            rows.push_row(counts.into_iter().enumerate().filter(|(_, count)| *count > 0.0).map(|(term, count)| (term as u32, count)));
        }
        rows
    }

    #[test]
    fn planted_shares_are_found() {
        let shares = allocate(&planted(), 3, 1);
        let first = |row: usize| (0..3).fold(0, |best, topic| if shares.row(row)[topic] > shares.row(row)[best] { topic } else { best });
        // The first three documents are about one topic each.
        let found: Vec<usize> = (0..3).map(first).collect();
        let mut distinct = found.clone();
        distinct.sort_unstable();
        assert_eq!(distinct, [0, 1, 2]);
        let mut error = 0.0;
        for row in 0..90 {
            let own = f64::from(shares.row(row)[found[row % 3]]);
            error += (own - mixed(row).0).abs() / 90.0;
            assert!((shares.row(row).iter().sum::<f32>() - 1.0).abs() < 1e-4);
        }
        assert!(error < 0.08, "{error}");
    }

    #[test]
    fn the_threads_do_not_change_a_bit_and_the_seed_does() {
        let run = |threads, seed| on_threads(threads, || allocate(&planted(), 4, seed));
        assert_eq!(run(1, 5), run(7, 5));
        assert_ne!(run(2, 5), run(2, 6));
    }
}
