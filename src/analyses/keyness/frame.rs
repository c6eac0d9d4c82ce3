//! The documents of a comparison: each one's group, stratum, weight and words, and each term's documents.

use super::lengths::like_lengths;
use super::strata::Strata;
use super::subject::Subject;
use crate::memory::SparseRows;
use std::borrow::Cow;

/// Sums over the documents of one side: what every rate and its variance are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    /// Σ x: weighted occurrences.
    pub count: f64,
    /// Σ x².
    pub squares: f64,
    /// Σ x·w: occurrences times words.
    pub products: f64,
}

impl Sums {
    #[inline]
    pub fn add(&mut self, count: f64, words: f64) {
        self.count += count;
        self.squares += count * count;
        self.products += count * words;
    }

    #[inline]
    pub fn minus(self, other: Self) -> Self {
        Self { count: self.count - other.count, squares: self.squares - other.squares, products: self.products - other.products }
    }
}

/// Documents, words and Σ words² of one side.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Size {
    pub documents: f64,
    pub words: f64,
    pub word_squares: f64,
}

impl Size {
    #[inline]
    pub fn add(&mut self, words: f64) {
        self.documents += 1.0;
        self.words += words;
        self.word_squares += words * words;
    }

    #[inline]
    pub fn minus(self, other: Self) -> Self {
        Self {
            documents: self.documents - other.documents,
            words: self.words - other.words,
            word_squares: self.word_squares - other.word_squares,
        }
    }
}

/// Everything about documents and groups that is the same for all terms. Groups and documents are numbered within the
/// frame, in the order of the corpus.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// Each document's group.
    pub labels: Vec<u16>,
    /// Each document's weight: 1, or what the weight column says.
    pub weights: Vec<f64>,
    /// Each document's words times its weight.
    pub words: Vec<f64>,
    /// The documents of each group.
    pub members: Vec<Vec<u32>>,
    /// The size of each group.
    pub sizes: Vec<Size>,
    /// The size of everything.
    pub whole: Size,
    /// Whether every weight is 1, so that counts are whole numbers.
    pub unweighted: bool,
    /// The strata within which groups are compared, if asked for.
    pub strata: Option<Strata>,
    /// The classes of documents among which labels are shuffled: the strata, or documents of like length.
    pub shuffled_within: Strata,
    /// Terms × documents.
    columns: Cow<'a, SparseRows>,
}

/// One term's documents with its weighted count in each.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    pub documents: Vec<u32>,
    pub counts: Vec<f64>,
}

impl<'a> Frame<'a> {
    /// The documents of `groups` (all for `None`), in `strata` if there are any.
    pub fn new(subject: &'a Subject<'_>, groups: Option<&[usize]>, strata: Option<&Strata>) -> Self {
        let corpus = subject.corpus;
        let all: Vec<usize> = (0..corpus.groups.len()).collect();
        let groups = groups.unwrap_or(&all).to_vec();
        let mut local = vec![u16::MAX; corpus.groups.len()];
        for (position, &group) in groups.iter().enumerate() {
            local[group] = position as u16;
        }
        let label = |document: &u32| local[usize::from(corpus.groups.of_document[*document as usize])];
        let documents: Vec<u32> = (0..corpus.documents.len() as u32).filter(|document| label(document) != u16::MAX).collect();
        let labels: Vec<u16> = documents.iter().map(label).collect();
        let columns = if documents.len() == corpus.documents.len() {
            Cow::Borrowed(&subject.columns)
        } else {
            Cow::Owned(subject.columns.with_columns(&documents))
        };
        let weights: Vec<f64> = documents.iter().map(|&document| corpus.documents.weights[document as usize]).collect();
        let words: Vec<f64> = documents
            .iter()
            .zip(&weights)
            .map(|(&document, weight)| f64::from(corpus.documents.words[document as usize]) * weight)
            .collect();
        let mut sizes = vec![Size::default(); groups.len()];
        let mut members = vec![Vec::new(); groups.len()];
        let mut whole = Size::default();
        for (document, (&group, &words)) in labels.iter().zip(&words).enumerate() {
            sizes[usize::from(group)].add(words);
            members[usize::from(group)].push(document as u32);
            whole.add(words);
        }
        let unweighted = weights.iter().all(|&weight| weight == 1.0);
        let strata = strata.map(|strata| strata.of(&documents));
        let shuffled_within = strata.clone().unwrap_or_else(|| like_lengths(&words, &labels, groups.len()));
        Self { labels, weights, words, members, sizes, whole, unweighted, strata, shuffled_within, columns }
    }

    /// Number of groups.
    pub fn groups(&self) -> usize {
        self.sizes.len()
    }

    /// The documents of `term`.
    pub fn postings(&self, term: u32) -> Postings {
        let (documents, counts) = self.columns.row(term as usize);
        let counts = documents.iter().zip(counts).map(|(&document, &count)| f64::from(count) * self.weights[document as usize]).collect();
        Postings { documents: documents.to_vec(), counts }
    }

    /// Sums of each group over `postings`, and of all together.
    pub fn sums(&self, postings: &Postings) -> (Vec<Sums>, Sums) {
        let mut sums = vec![Sums::default(); self.groups()];
        let mut whole = Sums::default();
        for (&document, &count) in postings.documents.iter().zip(&postings.counts) {
            let words = self.words[document as usize];
            sums[usize::from(self.labels[document as usize])].add(count, words);
            whole.add(count, words);
        }
        (sums, whole)
    }
}
