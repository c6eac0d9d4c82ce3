//! Which documents and terms take part, and their damped counts and weights.

use super::weighting::{TermFacts, Weighting};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::WeightedRows;
use crate::maths::float::ln;
use crate::memory::SparseRows;

/// Which terms take part.
#[derive(Debug, Clone, Copy)]
pub struct TermLimits {
    /// Fewest documents that hold a term; 0 lets the number of documents decide.
    pub min_documents: u32,
    /// Largest share of documents that hold a term.
    pub max_share: f64,
    /// Most terms, the most frequent (by documents) first.
    pub max_terms: usize,
}

/// The part of a corpus that topics are made of.
#[derive(Debug, Clone)]
pub struct Features {
    /// Documents that hold at least one term that takes part, ascending.
    pub documents: Vec<usize>,
    /// Ids of the terms that take part, ascending.
    pub terms: Vec<u32>,
    /// Documents (of those that take part) × terms: occurrences.
    pub counts: SparseRows,
    /// Weight of each document; 1 unless the corpus says otherwise.
    pub weights: Vec<f64>,
}

impl Features {
    /// Takes the telling terms of `corpus`: no stop words, numbers or addresses, neither too rare nor too frequent.
    ///
    /// # Errors
    /// An internal error if the corpus holds no document counts.
    pub fn of(corpus: &Corpus, limits: TermLimits) -> Result<Self> {
        let matrix = &corpus.document_terms()?.rows;
        let n = corpus.documents.len();
        let lowest = if limits.min_documents > 0 { limits.min_documents } else { default_min_documents(n) };
        let highest = if n < 10 { n as f64 } else { limits.max_share * n as f64 };
        let mut terms: Vec<u32> = (0..corpus.terms.len() as u32)
            .filter(|&term| {
                let frequency = corpus.terms.documents[term as usize];
                frequency >= lowest
                    && f64::from(frequency) <= highest
                    && !corpus.terms.is_stop[term as usize]
                    && is_telling(corpus.terms.terms.get(term))
            })
            .collect();
        if terms.len() > limits.max_terms {
            terms.sort_by_key(|&term| (std::cmp::Reverse(corpus.terms.documents[term as usize]), term));
            terms.truncate(limits.max_terms);
            terms.sort_unstable();
        }
        let mut column = vec![u32::MAX; matrix.width()];
        for (position, &term) in terms.iter().enumerate() {
            column[term as usize] = position as u32;
        }
        let stored = terms.iter().map(|&term| corpus.terms.documents[term as usize] as usize).sum();
        let mut counts = SparseRows::with_room(terms.len() as u32, n, stored);
        let mut documents = Vec::with_capacity(n);
        for document in 0..n {
            let (row_terms, row_counts) = matrix.row(document);
            let kept: Vec<(u32, u32)> = row_terms
                .iter()
                .zip(row_counts)
                .map(|(&term, &count)| (column[term as usize], count))
                .filter(|&(place, _)| place != u32::MAX)
                .collect();
            if !kept.is_empty() {
                counts.push_row(kept);
                documents.push(document);
            }
        }
        let weights = documents.iter().map(|&document| corpus.documents.weights.get(document).copied().unwrap_or(1.0).max(0.0)).collect();
        Ok(Self { documents, terms, counts, weights })
    }

    /// Weighted rows of length 1 under `scheme`.
    pub fn weighted(&self, scheme: &Weighting) -> WeightedRows {
        let n = self.documents.len() as f64;
        let mut totals = vec![0.0f64; self.terms.len()];
        let mut frequency = vec![0u32; self.terms.len()];
        // Σ c ln c of each term, from which its entropy over documents follows: ln T − Σ c ln c / T.
        let mut weighted_logarithms = vec![0.0f64; self.terms.len()];
        for row in 0..self.documents.len() {
            let (terms, counts) = self.counts.row(row);
            for (&term, &count) in terms.iter().zip(counts) {
                let (term, count) = (term as usize, f64::from(count));
                totals[term] += count;
                frequency[term] += 1;
                if count > 1.0 {
                    weighted_logarithms[term] += count * ln(count);
                }
            }
        }
        let global: Vec<f64> = (0..self.terms.len())
            .map(|term| {
                let entropy = if totals[term] > 0.0 { (ln(totals[term]) - weighted_logarithms[term] / totals[term]).max(0.0) } else { 0.0 };
                (scheme.global)(TermFacts { documents: n, document_frequency: f64::from(frequency[term]), entropy })
            })
            .collect();
        let lengths: Vec<f64> = (0..self.documents.len()).map(|row| self.counts.row(row).1.iter().map(|&c| f64::from(c)).sum()).collect();
        let mean = lengths.iter().sum::<f64>() / n.max(1.0);
        let mut rows = WeightedRows::with_room(self.terms.len(), self.documents.len(), self.counts.stored());
        for (row, length) in lengths.iter().enumerate() {
            let (terms, counts) = self.counts.row(row);
            let weights: Vec<f64> = terms
                .iter()
                .zip(counts)
                .map(|(&term, &count)| (scheme.local)(f64::from(count), length / mean) * global[term as usize])
                .collect();
            let norm = weights.iter().map(|w| w * w).sum::<f64>().sqrt();
            let norm = if norm > 0.0 { norm } else { 1.0 };
            rows.push_row(terms.iter().zip(weights).map(|(&term, weight)| (term, (weight / norm) as f32)));
        }
        rows
    }

    /// Damped counts, 1 + ln count: a word said ten times tells less than ten words said once.
    pub fn damped(&self) -> WeightedRows {
        let logarithms: Vec<f32> = (0..64).map(|count| if count == 0 { 0.0 } else { (1.0 + ln(f64::from(count))) as f32 }).collect();
        let damp = |count: u32| logarithms.get(count as usize).copied().unwrap_or_else(|| (1.0 + ln(f64::from(count))) as f32);
        let mut rows = WeightedRows::with_room(self.terms.len(), self.documents.len(), self.counts.stored());
        for row in 0..self.documents.len() {
            let (terms, counts) = self.counts.row(row);
            rows.push_row(terms.iter().zip(counts).map(|(&term, &count)| (term, damp(count))));
        }
        rows
    }
}

/// Rare terms tell little about topics but cost time; in a handful of documents every term counts.
fn default_min_documents(documents: usize) -> u32 {
    match documents {
        0..10 => 1,
        10..400 => 2,
        400..1000 => 3,
        _ => 5,
    }
}

/// Whether a term can tell a topic by its form: it starts with a letter, is no address, and is longer than two letters
/// (writing systems with a character a word need fewer).
fn is_telling(term: &str) -> bool {
    term.len() >= 3 && term.chars().next().is_some_and(char::is_alphabetic) && !term.contains(['/', '@'])
}
