//! Counts of terms by document and by group.

use super::groups::Groups;
use super::ids::NONE;
use super::tokens::Tokens;
use super::vocabulary::Folding;
use crate::memory::SparseRows;

/// Documents × terms: how often each document has each term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentTermMatrix {
    /// One row a document, one column a term.
    pub rows: SparseRows,
}

impl DocumentTermMatrix {
    /// Counts the terms of `tokens` under `folding`, for a vocabulary of `width` terms.
    pub fn count(tokens: &Tokens, folding: &Folding, width: u32) -> Self {
        let mut rows = SparseRows::new(width);
        let mut terms: Vec<u32> = Vec::new();
        for document in 0..tokens.documents() {
            terms.clear();
            terms.extend(tokens.of(document).iter().map(|&surface| folding.term_of_surface[surface as usize]).filter(|&term| term != NONE));
            terms.sort_unstable();
            rows.push_row(terms.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
        }
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
