//! Documents of like length: the classes among which labels are shuffled.
//!
//! If the documents of a group are longer by habit, documents of two groups can't be exchanged, though their rates be the
//! same: a short document has fewer chances to hold a rare word, and shuffles of all documents take a group of short ones for
//! one that avoids words. Shuffles among documents of like length ask whether the group writes a word more often than
//! others do *in documents of that length* (a permutation test given a covariate; Berrett et al. 2020).

use super::strata::Strata;

/// Most classes: within a tenth of the documents lengths are much alike.
const MOST_CLASSES: usize = 10;
/// Documents of a class.
const CLASS_DOCUMENTS: usize = 10;
/// What must be left of the pairs of documents that could be exchanged without classes, for every group: where lengths of
/// two groups hardly overlap, classes become fewer and wider.
const LEAST_OVERLAP: f64 = 0.5;

/// The class of each document, by rank of its words; one class for all where documents are few, or the lengths of a group
/// have too little in common with those of the others.
pub(super) fn like_lengths(words: &[f64], labels: &[u16], groups: usize) -> Strata {
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by(|&a, &b| words[a].total_cmp(&words[b]).then(a.cmp(&b)));
    let most = (words.len() / CLASS_DOCUMENTS).min(MOST_CLASSES);
    let divided = |classes: usize| {
        let mut of_document = vec![0; words.len()];
        for (rank, &document) in order.iter().enumerate() {
            of_document[document] = (rank * classes / words.len()) as u16;
        }
        Strata { of_document, count: classes, field: "length".to_owned() }
    };
    let suits = |strata: &Strata| overlap(strata, labels, groups) >= LEAST_OVERLAP;
    (2..=most).rev().map(divided).find(suits).unwrap_or_else(|| Strata::one(words.len()))
}

/// The smallest share, over groups, of the pairs of a document of the group and another that stand in one class, times the
/// number of documents a class: 1 where the group's lengths are those of all, 0 where no other document is as long.
fn overlap(strata: &Strata, labels: &[u16], groups: usize) -> f64 {
    let classes = strata.count;
    let mut cells = vec![0.0; classes * groups];
    let mut all = vec![0.0; classes];
    for (&class, &label) in strata.of_document.iter().zip(labels) {
        cells[usize::from(label) * classes + usize::from(class)] += 1.0;
        all[usize::from(class)] += 1.0;
    }
    let documents = labels.len() as f64;
    cells
        .chunks_exact(classes)
        .filter_map(|own| {
            let size: f64 = own.iter().sum();
            let within: f64 = own.iter().zip(&all).filter(|(_, all)| **all > 0.0).map(|(own, all)| own * (all - own) / all).sum();
            let without = size * (documents - size) / documents;
            (without > 0.0).then(|| within / without)
        })
        .fold(1.0, f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn classes_hold_documents_of_like_length() {
        let mut stream = RandomStream::new(8, 0);
        let words: Vec<f64> = (0..300).map(|_| f64::from(100 + stream.below(900))).collect();
        let labels: Vec<u16> = (0..300).map(|document| (document % 3) as u16).collect();
        let strata = like_lengths(&words, &labels, 3);
        assert_eq!((strata.count, strata.members().iter().map(Vec::len).collect::<Vec<_>>()), (10, vec![30; 10]));
        let longest = |class: &Vec<u32>| class.iter().map(|&document| words[document as usize]).fold(0.0, f64::max);
        let shortest = |class: &Vec<u32>| class.iter().map(|&document| words[document as usize]).fold(f64::MAX, f64::min);
        assert!(strata.members().windows(2).all(|pair| longest(&pair[0]) <= shortest(&pair[1])));
        assert!(overlap(&strata, &labels, 3) > 0.8);
    }

    #[test]
    fn few_documents_and_lengths_apart_make_one_class() {
        assert_eq!(like_lengths(&[5.0; 19], &[0; 19], 1).count, 1);
        assert_eq!(like_lengths(&[], &[], 0).count, 1);
        // Short and long documents: no class of two has both groups.
        let words: Vec<f64> = (0..200).map(|document| if document < 100 { 20.0 } else { 900.0 }).collect();
        let apart: Vec<u16> = (0..200).map(|document| u16::from(document >= 100)).collect();
        assert_eq!(like_lengths(&words, &apart, 2).count, 1);
        let mixed: Vec<u16> = (0..200).map(|document| document % 2).collect();
        assert_eq!(like_lengths(&words, &mixed, 2).count, 10);
    }
}
