//! Counts of terms by document and by group.

use super::documents::Documents;
use super::groups::Groups;
use super::ids::{NONE, TermId};
use super::tokens::Tokens;
use crate::maths::{in_waves, with_rows};
use crate::memory::SparseRows;
use std::convert::Infallible;

/// Documents that one task counts.
const BLOCK: usize = 128;
/// Blocks that are held in memory at once beside what they are appended to.
const WAVE: usize = 32;

/// Documents × terms: how often each document has each term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentTermMatrix {
    /// One row a document, one column a term.
    pub rows: SparseRows,
}

impl DocumentTermMatrix {
    /// Counts the terms of `tokens`, of which there are `width`; `term_of_surface` has each surface's term or [`NONE`].
    pub fn count(tokens: &Tokens, term_of_surface: &[TermId], width: u32) -> Self {
        let of_block = |block: usize| {
            let mut rows = SparseRows::new(width);
            let mut terms: Vec<u32> = Vec::new();
            for document in block * BLOCK..tokens.documents().min((block + 1) * BLOCK) {
                terms.clear();
                terms.extend(tokens.of(document).iter().map(|&surface| term_of_surface[surface as usize]).filter(|&term| term != NONE));
                terms.sort_unstable();
                rows.push_row(terms.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
            }
            rows
        };
        let mut rows = SparseRows::new(width);
        let appended: Result<(), Infallible> = in_waves(tokens.documents().div_ceil(BLOCK), WAVE, of_block, |block| {
            rows.append(&block);
            Ok(())
        });
        // What can't fail has not failed.
        let Ok(()) = appended;
        Self { rows }
    }
}

/// Groups × terms: counts and document frequencies, dense.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupTermMatrix {
    width: usize,
    counts: Vec<u32>,
    documents: Vec<u32>,
    /// Words of each group: the denominator of its rates (stop words and all, whatever the folding leaves out).
    pub words: Vec<u64>,
    /// Documents of each group.
    pub group_documents: Vec<u32>,
}

impl GroupTermMatrix {
    /// An all-zero matrix.
    pub fn new(groups: usize, width: usize) -> Self {
        Self {
            width,
            counts: vec![0; groups * width],
            documents: vec![0; groups * width],
            words: vec![0; groups],
            group_documents: vec![0; groups],
        }
    }

    /// Sums `matrix` over the documents of each group; `words` are the documents' words.
    pub fn sum(matrix: &DocumentTermMatrix, groups: &Groups, words: &[u32]) -> Self {
        let mut sums = Self::new(groups.len(), matrix.rows.width());
        for (document, &group) in groups.of_document.iter().enumerate() {
            sums.words[group as usize] += u64::from(words[document]);
            sums.group_documents[group as usize] += 1;
            let (terms, counts) = matrix.rows.row(document);
            for (&term, &count) in terms.iter().zip(counts) {
                sums.add(group as usize, term, count, 1);
            }
        }
        sums
    }

    /// Adds to one cell.
    #[inline]
    pub fn add(&mut self, group: usize, term: u32, count: u32, documents: u32) {
        let cell = group * self.width + term as usize;
        self.counts[cell] += count;
        self.documents[cell] += documents;
    }

    /// Adds to the rows of all groups at once: `task` gets each group's part, the counts and the documents of its row.
    pub fn add_rows<P: Send>(&mut self, parts: Vec<P>, task: impl Fn(P, &mut [u32], &mut [u32]) + Sync + Send) {
        with_rows(parts, (&mut self.counts, &mut self.documents), self.width, task);
    }

    /// For each term the occurrences and the documents of all groups together.
    pub fn totals(&self) -> (Vec<u64>, Vec<u32>) {
        let (mut counts, mut documents) = (vec![0; self.width], vec![0; self.width]);
        let rows = self.counts.chunks(self.width.max(1)).zip(self.documents.chunks(self.width.max(1)));
        for (of_counts, of_documents) in rows {
            counts.iter_mut().zip(of_counts).for_each(|(sum, &count)| *sum += u64::from(count));
            documents.iter_mut().zip(of_documents).for_each(|(sum, &holding)| *sum += holding);
        }
        (counts, documents)
    }

    /// Occurrences of `term` in `group`.
    #[inline]
    pub fn count(&self, group: usize, term: u32) -> u32 {
        self.counts[group * self.width + term as usize]
    }

    /// Documents of `group` that hold `term`.
    #[inline]
    pub fn documents(&self, group: usize, term: u32) -> u32 {
        self.documents[group * self.width + term as usize]
    }

    /// Number of terms.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.words.len()
    }

    /// Words of all groups together.
    pub fn total_words(&self) -> u64 {
        self.words.iter().sum()
    }
}

/// Groups × terms with documents counted by their weights: the numerators and denominators of weighted rates and shares.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedGroupTerms {
    width: usize,
    counts: Vec<f64>,
    documents: Vec<f64>,
    /// Σ weight × words of each group's documents.
    pub words: Vec<f64>,
    /// Σ weight of each group's documents.
    pub group_documents: Vec<f64>,
}

/// Weighted sums of all groups together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedTotals {
    /// Occurrences.
    pub count: f64,
    /// Words.
    pub words: f64,
    /// Documents that hold the term.
    pub documents: f64,
    /// All documents.
    pub weight: f64,
}

impl WeightedGroupTerms {
    /// Sums `matrix` over the documents of each group, each times its weight, in the order of documents.
    pub fn sum(matrix: &DocumentTermMatrix, groups: &Groups, documents: &Documents) -> Self {
        let width = matrix.rows.width();
        let cells = groups.len() * width;
        let mut sums = Self {
            width,
            counts: vec![0.0; cells],
            documents: vec![0.0; cells],
            words: vec![0.0; groups.len()],
            group_documents: vec![0.0; groups.len()],
        };
        for (document, &group) in groups.of_document.iter().enumerate() {
            let (group, weight) = (group as usize, documents.weights[document]);
            sums.words[group] += weight * f64::from(documents.words[document]);
            sums.group_documents[group] += weight;
            let (terms, counts) = matrix.rows.row(document);
            for (&term, &count) in terms.iter().zip(counts) {
                sums.counts[group * width + term as usize] += weight * f64::from(count);
                sums.documents[group * width + term as usize] += weight;
            }
        }
        sums
    }

    /// Weighted occurrences of `term` in `group`.
    pub fn count(&self, group: usize, term: u32) -> f64 {
        self.counts[group * self.width + term as usize]
    }

    /// Weighted documents of `group` that hold `term`.
    pub fn documents(&self, group: usize, term: u32) -> f64 {
        self.documents[group * self.width + term as usize]
    }

    /// The sums of all groups for `term`.
    pub fn totals(&self, term: u32) -> WeightedTotals {
        let groups = 0..self.words.len();
        WeightedTotals {
            count: groups.clone().map(|group| self.count(group, term)).sum(),
            words: self.words.iter().sum(),
            documents: groups.map(|group| self.documents(group, term)).sum(),
            weight: self.group_documents.iter().sum(),
        }
    }

    /// Occurrences per million words of the group; `None` where the group's words weigh nothing.
    pub fn per_million(&self, group: usize, term: u32) -> Option<f64> {
        (self.words[group] > 0.0).then(|| self.count(group, term) * 1e6 / self.words[group])
    }

    /// Share of the group's documents that hold the term; `None` where the group's documents weigh nothing.
    pub fn document_share(&self, group: usize, term: u32) -> Option<f64> {
        (self.group_documents[group] > 0.0).then(|| self.documents(group, term) / self.group_documents[group])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_multiply_counts_documents_and_words() {
        let mut rows = SparseRows::new(2);
        rows.push_row([(0, 4)]);
        rows.push_row([(0, 1), (1, 2)]);
        rows.push_row([(1, 3)]);
        let matrix = DocumentTermMatrix { rows };
        let groups = Groups { names: vec!["A".to_owned(), "B".to_owned()], of_document: vec![0, 0, 1], ..Groups::default() };
        let documents = Documents { words: vec![100, 50, 10], weights: vec![0.5, 1.0, 0.0], ..Documents::default() };
        let sums = WeightedGroupTerms::sum(&matrix, &groups, &documents);
        assert_eq!((sums.count(0, 0), sums.documents(0, 0), sums.words[0], sums.group_documents[0]), (3.0, 1.5, 100.0, 1.5));
        assert_eq!((sums.per_million(0, 0), sums.document_share(0, 1)), (Some(30_000.0), Some(1.0 / 1.5)));
        let totals = sums.totals(1);
        assert_eq!((totals.count, totals.words, totals.documents, totals.weight), (2.0, 100.0, 1.0, 1.5));
        assert_eq!((sums.per_million(1, 1), sums.document_share(1, 1)), (None, None), "a group without weight has no rate");
    }
}
