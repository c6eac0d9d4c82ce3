//! Pairs of neighbouring words within a sentence.

use crate::corpus::{Corpus, NONE, TermId};
use crate::error::Result;
use crate::maths::sort_in_parallel;

/// A pair of terms with its counts.
pub(super) struct Bigram {
    /// The two terms.
    pub terms: (TermId, TermId),
    /// Occurrences and documents by group, for the groups that have it.
    pub groups: Vec<(u16, u32, u32)>,
    /// The same with documents counted by their weights; empty where all weigh 1.
    pub weighted: Vec<(f64, f64)>,
}

/// All pairs of words that stand next to each other without punctuation or a sentence end between them, sorted by ids.
/// A split-off `'s` does not part them.
pub(super) fn count_bigrams(corpus: &Corpus) -> Result<Vec<Bigram>> {
    let tokens = corpus.tokens()?;
    let (mut pairs, mut words): (Vec<(u64, u16, u32)>, Vec<u32>) = (Vec::new(), Vec::new());
    for document in 0..tokens.documents() {
        let group = corpus.groups.of_document[document];
        corpus.stretches(document, &mut words)?;
        for pair in words.windows(2).filter(|pair| pair[0] != NONE && pair[1] != NONE) {
            pairs.push(((u64::from(pair[0]) << 32) | u64::from(pair[1]), group, document as u32));
        }
    }
    sort_in_parallel(&mut pairs);
    let is_weighted = corpus.documents.is_weighted();
    let weight = |document: u32| corpus.documents.weights[document as usize];
    let weigh = |of_group: &[(u64, u16, u32)]| {
        let add = |sum: (f64, f64), of_document: &[(u64, u16, u32)]| {
            let weight = weight(of_document[0].2);
            (sum.0 + weight * of_document.len() as f64, sum.1 + weight)
        };
        of_group.chunk_by(|a, b| a.2 == b.2).fold((0.0, 0.0), add)
    };
    let bigrams = pairs.chunk_by(|a, b| a.0 == b.0).map(|run| Bigram {
        terms: ((run[0].0 >> 32) as u32, run[0].0 as u32),
        groups: run
            .chunk_by(|a, b| a.1 == b.1)
            .map(|of_group| (of_group[0].1, of_group.len() as u32, of_group.chunk_by(|a, b| a.2 == b.2).count() as u32))
            .collect(),
        weighted: if is_weighted { run.chunk_by(|a, b| a.1 == b.1).map(weigh).collect() } else { Vec::new() },
    });
    Ok(bigrams.collect())
}
