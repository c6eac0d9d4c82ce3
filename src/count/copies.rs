//! Copies of one wire story share the weight of one document.

use crate::corpus::{Documents, Folding, NONE, Tokens};
use crate::maths::near_duplicates;

/// Resemblance (Jaccard similarity of runs of five words) from which two documents are copies of one story.
const RESEMBLANCE: f64 = 0.7;

/// Divides the weight of every document by the number of near-identical documents, itself included; says what was found.
pub(super) fn share_weights(tokens: &Tokens, folding: &Folding, documents: &mut Documents) -> String {
    let words = |document: usize| -> Vec<u32> {
        tokens.of(document).iter().map(|&surface| folding.term_of_surface[surface as usize]).filter(|&term| term != NONE).collect()
    };
    let first = near_duplicates(documents.len(), words, RESEMBLANCE);
    let mut sizes = vec![0u32; documents.len()];
    first.iter().for_each(|&first| sizes[first as usize] += 1);
    for (weight, &first) in documents.weights.iter_mut().zip(&first) {
        *weight /= f64::from(sizes[first as usize]);
    }
    let groups: Vec<u32> = sizes.into_iter().filter(|size| *size > 1).collect();
    format!(
        "near-identical documents share one weight: {} documents in {} groups of copies weigh as {} documents",
        groups.iter().sum::<u32>(),
        groups.len(),
        groups.len()
    )
}
