//! Corpora made by hand, for tests: counts, groups and nothing else that a test does not set itself.

use super::*;
use crate::memory::{SparseRows, StringArena};

/// A corpus of the documents in `rows` (documents × terms) with the words of each. Ids and fingerprints are distinct, weights
/// 1, the language English; titles are `Title 0` …, and there are no dates, fields or tokens.
pub fn by_hand(rows: SparseRows, words: Vec<u32>, groups: Groups, terms: StringArena, is_stop: Vec<bool>) -> Corpus {
    let n = words.len();
    let terms = Vocabulary::of_columns(terms, is_stop, &rows.transposed());
    let matrix = DocumentTermMatrix { rows };
    Corpus {
        group_terms: GroupTermMatrix::sum(&matrix, &groups, &words),
        documents: Documents {
            ids: (0..n).map(|document| format!("d{document:05}")).collect(),
            titles: (0..n).map(|document| format!("Title {document}")).collect(),
            urls: vec![String::new(); n],
            dates: vec![None; n],
            languages: vec!["eng".to_owned(); n],
            types: words.clone(),
            sentences: vec![1; n],
            fingerprints: (0..n as u128).collect(),
            weights: vec![1.0; n],
            fields: Vec::new(),
            words,
        },
        groups,
        surfaces: Surfaces::default(),
        tokens: None,
        folding: Folding::default(),
        terms,
        document_terms: Some(matrix),
        texts: None,
        language: "eng".to_owned(),
        notes: ReadingNotes::default(),
        lent: Lent::default(),
    }
}

/// `n` documents dealt to the groups `names` by turns.
pub fn by_turns(names: &[&str], n: usize) -> Groups {
    Groups {
        field: "outlet".to_owned(),
        names: names.iter().map(|&name| name.to_owned()).collect(),
        of_document: (0..n).map(|document| (document % names.len()) as GroupId).collect(),
        absence: (names.len() < 2).then(|| "there is one group".to_owned()),
    }
}

/// Documents × terms of lists of term numbers below `width`.
pub fn counted(documents: &[Vec<u32>], width: u32) -> SparseRows {
    let mut rows = SparseRows::new(width);
    for document in documents {
        let mut terms = document.clone();
        terms.sort_unstable();
        rows.push_row(terms.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)));
    }
    rows
}
