//! The corpus as a comparison sees it: each document's group, weight and words, and each term's documents.

use crate::corpus::Corpus;
use crate::error::Result;
use crate::memory::SparseRows;

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
    pub fn add(&mut self, count: f64, words: f64) {
        self.count += count;
        self.squares += count * count;
        self.products += count * words;
    }

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
    pub fn add(&mut self, words: f64) {
        self.documents += 1.0;
        self.words += words;
        self.word_squares += words * words;
    }

    pub fn minus(self, other: Self) -> Self {
        Self {
            documents: self.documents - other.documents,
            words: self.words - other.words,
            word_squares: self.word_squares - other.word_squares,
        }
    }
}

/// Everything about documents and groups that is the same for all terms.
#[derive(Debug)]
pub(super) struct Frame {
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
    /// Terms × documents.
    columns: SparseRows,
}

/// One term's documents with its weighted count in each.
#[derive(Debug, Clone, Default)]
pub(super) struct Postings {
    pub documents: Vec<u32>,
    pub counts: Vec<f64>,
}

impl Frame {
    pub fn new(corpus: &Corpus) -> Result<Self> {
        let columns = corpus.document_terms()?.rows.transposed();
        let documents = &corpus.documents;
        let labels = corpus.groups.of_document.clone();
        let weights = documents.weights.clone();
        let words: Vec<f64> = documents.words.iter().zip(&weights).map(|(&words, weight)| f64::from(words) * weight).collect();
        let mut sizes = vec![Size::default(); corpus.groups.len()];
        for (&group, &words) in labels.iter().zip(&words) {
            sizes[usize::from(group)].add(words);
        }
        let mut whole = Size::default();
        for &words in &words {
            whole.add(words);
        }
        let unweighted = weights.iter().all(|&weight| weight == 1.0);
        Ok(Self { labels, weights, words, members: corpus.groups.members(), sizes, whole, unweighted, columns })
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
