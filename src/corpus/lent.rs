//! What one analysis makes and another uses. Families don't import each other: the pipeline computes it before the
//! analyses run and lends it to all through the corpus.

use crate::memory::SparseRows;

/// Documents × features that are no terms of the vocabulary, such as entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Features {
    /// What to show for each feature, in the order of the columns of `rows`.
    pub labels: Vec<String>,
    /// One row a document: how often it has each feature.
    pub rows: SparseRows,
}

/// Loans; each is there only if an analysis of the run has use for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lent {
    /// The topic of each document, from 1, or `NONE` for documents without one; made by `topics`.
    pub topics: Option<Vec<u32>>,
    /// Documents × entities; made by `entities`.
    pub entities: Option<Features>,
    /// For each term the number of its stem, equal for terms that stemming would join; absent where the run stems already.
    pub stems: Option<Vec<u32>>,
}
