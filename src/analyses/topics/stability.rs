//! Whether clusterings of subsamples find a topic again.

/// For each topic of `labels` the mean, over `repeats`, of its Jaccard similarity with the most similar topic there (Hennig 2007):
/// from 0.75 on it is a valid topic, below 0.6 it is not to be trusted, below 0.5 it dissolves. `None` for a topic without
/// documents, or without repeats.
///
/// Each repeat is what the same method finds on parts of the documents, with a topic told for *every* document, so unlike in
/// Hennig 2007 the similarity is over all documents.
pub fn stability(labels: &[u32], topics: usize, repeats: &[Vec<u32>]) -> Vec<Option<f64>> {
    let mut sums = vec![0.0; topics];
    let mut old = vec![0u32; topics];
    labels.iter().for_each(|&label| old[label as usize] += 1);
    for repeat in repeats {
        let width = repeat.iter().max().map_or(0, |&top| top as usize + 1);
        let mut cells = vec![0u32; topics * width];
        let mut new = vec![0u32; width];
        for (&label, &topic) in labels.iter().zip(repeat) {
            cells[label as usize * width + topic as usize] += 1;
            new[topic as usize] += 1;
        }
        for (topic, sum) in sums.iter_mut().enumerate() {
            let jaccard = |other: usize| {
                let both = cells[topic * width + other];
                f64::from(both) / f64::from((old[topic] + new[other] - both).max(1))
            };
            *sum += (0..width).map(jaccard).fold(0.0, f64::max);
        }
    }
    let found = |(sum, size): (&f64, &u32)| (*size > 0 && !repeats.is_empty()).then(|| sum / repeats.len() as f64);
    sums.iter().zip(&old).map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stability_is_the_mean_of_the_best_jaccard_similarities() {
        // By hand: topic 0 = {0, 1, 2} meets {0, 1, 2} (1) and {0, 1} (2/3); topic 1 = {3, 4} meets {3, 4} (1) and {2, 3, 4} (2/3).
        let found = stability(&[0, 0, 0, 1, 1], 3, &[vec![1, 1, 1, 0, 0], vec![0, 0, 1, 1, 1]]);
        assert!((found[0].unwrap() - 5.0 / 6.0).abs() < 1e-12 && (found[1].unwrap() - 5.0 / 6.0).abs() < 1e-12);
        assert_eq!(found[2], None);
        assert_eq!(stability(&[0], 1, &[]), [None]);
    }
}
