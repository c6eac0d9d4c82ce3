//! Which documents and terms take part, and their damped counts and weights.

use super::names::{names, shown};
use super::pairs::{FrequentPairs, frequent_pairs};
use super::weighting::{TermFacts, Weighting, ln_of_count};
use crate::corpus::Corpus;
use crate::error::Result;
use crate::maths::float::ln;
use crate::maths::{WeightedRows, map_in_order};
use crate::memory::SparseRows;

/// Documents of a unit of parallel work.
const BLOCK: usize = 1024;
/// What a down-weighted name counts.
const HALVED: f32 = 0.5;

/// What becomes of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUse {
    /// They count like other terms.
    Keep,
    /// Their weights are halved, and so are their counts where topics are told by counts.
    Halve,
    /// They are left out, so that topics can't be mere names.
    Exclude,
}

/// Which terms take part.
#[derive(Debug, Clone, Copy)]
pub struct TermLimits {
    /// Fewest documents that hold a term; 0 lets the number of documents decide.
    pub min_documents: u32,
    /// Largest share of documents that hold a term.
    pub max_share: f64,
    /// Most terms, the most frequent (by documents) first.
    pub max_terms: usize,
    /// What becomes of names.
    pub names: NameUse,
    /// Whether pairs of neighbouring words take part beside single words.
    pub pairs: bool,
}

/// The part of a corpus that topics are made of.
#[derive(Debug, Clone)]
pub struct Features {
    /// Documents that hold at least one term that takes part, ascending.
    pub documents: Vec<usize>,
    /// Ids of the terms that take part, ascending.
    pub terms: Vec<u32>,
    /// Pairs of terms that take part; their columns follow those of the terms.
    pub pairs: Vec<(u32, u32)>,
    /// For every term of the corpus its usual printed form if it is a name.
    pub names: Vec<Option<u32>>,
    /// How much each column counts, 1 but for down-weighted names.
    pub factors: Vec<f32>,
    /// Documents (of those that take part) × terms: occurrences.
    pub counts: SparseRows,
    /// Weight of each document; 1 unless the corpus says otherwise.
    pub weights: Vec<f64>,
}

impl Features {
    /// Takes the telling terms of `corpus`: no stop words, numbers, addresses or initials that are no name (`a.m.`), neither too rare
    /// nor too frequent.
    ///
    /// # Errors
    /// An internal error if the corpus holds no document counts.
    pub fn of(corpus: &Corpus, limits: TermLimits) -> Result<Self> {
        let matrix = &corpus.document_terms()?.rows;
        let n = corpus.documents.len();
        let lowest = if limits.min_documents > 0 { limits.min_documents } else { default_min_documents(n) };
        let highest = if n < 10 { n as f64 } else { limits.max_share * n as f64 };
        let names = names(corpus);
        let is_wanted = |term: u32| {
            !corpus.terms.is_stop[term as usize]
                && is_telling(corpus.terms.terms.get(term))
                && (names[term as usize].is_some() || !is_initials(corpus.terms.terms.get(term)))
                && (limits.names != NameUse::Exclude || names[term as usize].is_none())
        };
        let mut terms: Vec<u32> = (0..corpus.terms.len() as u32)
            .filter(|&term| {
                let frequency = corpus.terms.documents[term as usize];
                frequency >= lowest && f64::from(frequency) <= highest && is_wanted(term)
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
        let FrequentPairs { pairs, rows: in_documents } = if limits.pairs {
            let wanted: Vec<bool> = (0..corpus.terms.len() as u32).map(is_wanted).collect();
            frequent_pairs(corpus, corpus.tokens()?, &wanted, (lowest.max(2), highest), limits.max_terms)
        } else {
            FrequentPairs::default()
        };
        let width = (terms.len() + pairs.len()) as u32;
        let blocks = map_in_order(n.div_ceil(BLOCK), |block| {
            let range = block * BLOCK..((block + 1) * BLOCK).min(n);
            let mut kept_documents = Vec::with_capacity(range.len());
            let mut counts = SparseRows::with_room(width, range.len(), range.clone().map(|document| matrix.row(document).0.len()).sum());
            for document in range {
                let (row_terms, row_counts) = matrix.row(document);
                let kept = row_terms.iter().zip(row_counts).map(|(&term, &count)| (column[term as usize], count));
                let of_pairs = in_documents.get(document).into_iter().flatten().map(|&(pair, count)| (terms.len() as u32 + pair, count));
                let mut kept = kept.filter(|&(place, _)| place != u32::MAX).chain(of_pairs).peekable();
                if kept.peek().is_some() {
                    counts.push_row(kept);
                    kept_documents.push(document);
                }
            }
            (kept_documents, counts)
        });
        let mut counts = SparseRows::with_room(width, n, blocks.iter().map(|(_, counts)| counts.stored()).sum());
        let mut documents = Vec::with_capacity(n);
        for (kept_documents, block) in blocks {
            documents.extend(kept_documents);
            counts.append(&block);
        }
        let weights = documents.iter().map(|&document| corpus.documents.weights.get(document).copied().unwrap_or(1.0).max(0.0)).collect();
        let halved = |is_name: bool| if is_name && limits.names == NameUse::Halve { HALVED } else { 1.0 };
        let is_name = |term: u32| names[term as usize].is_some();
        let factors = terms.iter().map(|&term| halved(is_name(term)));
        let factors = factors.chain(pairs.iter().map(|&(left, right)| halved(is_name(left) && is_name(right)))).collect();
        Ok(Self { documents, terms, pairs, names, factors, counts, weights })
    }

    /// How many terms and pairs take part.
    pub fn width(&self) -> usize {
        self.terms.len() + self.pairs.len()
    }

    /// The term or pair of a column as counted.
    pub fn term(&self, corpus: &Corpus, column: u32) -> String {
        self.named(column, |term| corpus.terms.label(term))
    }

    /// The term or pair of a column as shown to readers: names as printed.
    pub fn shown(&self, corpus: &Corpus, column: u32) -> String {
        self.named(column, |term| shown(corpus, &self.names, term))
    }

    fn named<'a>(&self, column: u32, name: impl Fn(u32) -> &'a str) -> String {
        match self.terms.get(column as usize) {
            Some(&term) => name(term).to_owned(),
            None => {
                let (left, right) = self.pairs[column as usize - self.terms.len()];
                format!("{} {}", name(left), name(right))
            }
        }
    }

    /// The part at `rows`, with the same columns.
    #[must_use]
    pub fn taken(&self, rows: &[usize]) -> Self {
        let mut counts = SparseRows::new(self.width() as u32);
        for &row in rows {
            let (columns, values) = self.counts.row(row);
            counts.push_row(columns.iter().copied().zip(values.iter().copied()));
        }
        Self {
            documents: rows.iter().map(|&row| self.documents[row]).collect(),
            weights: rows.iter().map(|&row| self.weights[row]).collect(),
            counts,
            ..self.without_rows()
        }
    }

    fn without_rows(&self) -> Self {
        Self {
            documents: Vec::new(),
            terms: self.terms.clone(),
            pairs: self.pairs.clone(),
            names: self.names.clone(),
            factors: self.factors.clone(),
            counts: SparseRows::new(0),
            weights: Vec::new(),
        }
    }

    /// The counts themselves, times what their columns count, in whole numbers of at least 1.
    pub fn plain(&self) -> WeightedRows {
        let mut rows = WeightedRows::with_room(self.width(), self.documents.len(), self.counts.stored());
        for row in 0..self.documents.len() {
            let (terms, counts) = self.counts.row(row);
            rows.push_row(terms.iter().zip(counts).map(|(&term, &count)| (term, (count as f32 * self.factors[term as usize]).ceil())));
        }
        rows
    }

    /// Weighted rows of length 1 under `scheme`.
    pub fn weighted(&self, scheme: &Weighting) -> WeightedRows {
        let n = self.documents.len() as f64;
        let mut totals = vec![0.0f64; self.width()];
        let mut frequency = vec![0u32; self.width()];
        // Σ c ln c of each term, from which its entropy over documents follows: ln T − Σ c ln c / T.
        let mut weighted_logarithms = vec![0.0f64; self.width()];
        for row in 0..self.documents.len() {
            let (terms, counts) = self.counts.row(row);
            for (&term, &count) in terms.iter().zip(counts) {
                let (term, count) = (term as usize, f64::from(count));
                totals[term] += count;
                frequency[term] += 1;
                if count > 1.0 {
                    weighted_logarithms[term] += count * ln_of_count(count);
                }
            }
        }
        let global: Vec<f64> = (0..self.width())
            .map(|term| {
                let entropy = if totals[term] > 0.0 { (ln(totals[term]) - weighted_logarithms[term] / totals[term]).max(0.0) } else { 0.0 };
                (scheme.global)(TermFacts { documents: n, document_frequency: f64::from(frequency[term]), entropy })
            })
            .collect();
        let lengths: Vec<f64> = (0..self.documents.len()).map(|row| self.counts.row(row).1.iter().map(|&c| f64::from(c)).sum()).collect();
        let mean = lengths.iter().sum::<f64>() / n.max(1.0);
        self.in_blocks(|row, terms, counts, weights| {
            let length = lengths[row] / mean;
            let own: Vec<f64> = terms
                .iter()
                .zip(counts)
                .map(|(&term, &count)| {
                    (scheme.local)(f64::from(count), length) * global[term as usize] * f64::from(self.factors[term as usize])
                })
                .collect();
            let norm = own.iter().map(|w| w * w).sum::<f64>().sqrt();
            let norm = if norm > 0.0 { norm } else { 1.0 };
            weights.extend(own.iter().map(|weight| (weight / norm) as f32));
        })
    }

    /// Rows of the weights that `weigh` adds for the terms and counts of each row.
    fn in_blocks(&self, weigh: impl Fn(usize, &[u32], &[u32], &mut Vec<f32>) + Sync + Send) -> WeightedRows {
        let n = self.documents.len();
        let blocks = map_in_order(n.div_ceil(BLOCK), |block| {
            let range = block * BLOCK..((block + 1) * BLOCK).min(n);
            let mut weights = Vec::with_capacity(range.clone().map(|row| self.counts.row(row).0.len()).sum());
            for row in range {
                let (terms, counts) = self.counts.row(row);
                weigh(row, terms, counts, &mut weights);
            }
            weights
        });
        let mut rows = WeightedRows::with_room(self.width(), n, self.counts.stored());
        for (block, weights) in blocks.iter().enumerate() {
            let mut rest = weights.as_slice();
            for row in block * BLOCK..((block + 1) * BLOCK).min(n) {
                let terms = self.counts.row(row).0;
                let (own, others) = rest.split_at(terms.len());
                rows.push_slices(terms, own);
                rest = others;
            }
        }
        rows
    }

    /// Damped counts, 1 + ln count: a word said ten times tells less than ten words said once. Rare words count more, by the root of
    /// their inverse document frequency, 1 for a word of one document (half way to the weights of Rennie et al. 2003).
    pub fn damped(&self) -> WeightedRows {
        let logarithms: Vec<f32> = (0..64).map(|count| if count == 0 { 0.0 } else { (1.0 + ln(f64::from(count))) as f32 }).collect();
        let damp = |count: u32| logarithms.get(count as usize).copied().unwrap_or_else(|| (1.0 + ln(f64::from(count))) as f32);
        let mut frequency = vec![0u32; self.width()];
        (0..self.documents.len()).for_each(|row| self.counts.row(row).0.iter().for_each(|&term| frequency[term as usize] += 1));
        let all = ln(self.documents.len() as f64 + 1.0);
        let rarity = |frequency: u32| (1.0 - ln(f64::from(frequency.max(1))) / all).sqrt() as f32;
        let factors: Vec<f32> = self.factors.iter().zip(&frequency).map(|(factor, &frequency)| factor * rarity(frequency)).collect();
        self.in_blocks(|_, terms, counts, weights| {
            weights.extend(terms.iter().zip(counts).map(|(&term, &count)| damp(count) * factors[term as usize]));
        })
    }
}

/// Rare terms tell little about topics but cost time; in a handful of documents every term counts.
fn default_min_documents(documents: usize) -> u32 {
    match documents {
        0..10 => 1,
        10..1000 => 2,
        _ => 5,
    }
}

/// Whether a term can tell a topic by its form: it starts with a letter, is no address, and is longer than two letters (writing systems
/// with a character a word need fewer).
pub fn is_telling(term: &str) -> bool {
    term.len() >= 3 && term.chars().next().is_some_and(char::is_alphabetic) && !term.contains(['/', '@'])
}

/// Whether `term` is single letters with points: `a.m.`, `e.g.`; and `u.s.`, which print tells to be a name.
fn is_initials(term: &str) -> bool {
    let mut characters = term.chars();
    while let Some(letter) = characters.next() {
        if !letter.is_alphabetic() || characters.next() != Some('.') {
            return false;
        }
    }
    !term.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_single_letters_with_points() {
        assert!(["a.m.", "e.g.", "u.s.", "z.b."].iter().all(|term| is_initials(term)));
        assert!(["", "st.", "co-op", "u.s", "a.m.x", "dr.no."].iter().all(|term| !is_initials(term)));
    }
}
