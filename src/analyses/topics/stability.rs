//! Whether subsamples of the documents find a topic again.

use super::fit::Material;
use crate::error::Result;
use crate::maths::RandomStream;

/// Subsamples.
const SUBSAMPLES: usize = 4;
/// Share of the documents in a subsample.
const SHARE: f64 = 0.8;
/// Starts of a subsample's clustering.
const STARTS: usize = 3;
/// Most documents of a subsample.
const MOST: usize = 5000;

/// For each topic of `labels` the mean, over subsamples, of its Jaccard similarity with the most similar topic found there
/// (Hennig 2007): above 0.75 it is stable, below 0.5 it dissolves. `None` for a topic that no subsample holds.
///
/// # Errors
/// An internal error if a fit fails.
pub fn stability(material: &Material, labels: &[u32], topics: usize, seed: u64) -> Result<Vec<Option<f64>>> {
    let mut sums = vec![0.0; topics];
    let mut times = vec![0u32; topics];
    for subsample in 0..SUBSAMPLES {
        let mut rows: Vec<usize> = (0..labels.len()).collect();
        RandomStream::new(seed, 10_000 + subsample as u64).shuffle(&mut rows);
        rows.truncate(((SHARE * labels.len() as f64) as usize).clamp(1, MOST));
        rows.sort_unstable();
        let found = material.taken(&rows).fit(topics, STARTS, seed)?;
        let width = found.centres.rows();
        let mut cells = vec![0u32; topics * width];
        let mut old = vec![0u32; topics];
        let mut new = vec![0u32; width];
        for (&row, &topic) in rows.iter().zip(&found.topics) {
            cells[labels[row] as usize * width + topic as usize] += 1;
            old[labels[row] as usize] += 1;
            new[topic as usize] += 1;
        }
        for topic in (0..topics).filter(|&topic| old[topic] > 0) {
            let jaccard = |other: usize| {
                let both = cells[topic * width + other];
                f64::from(both) / f64::from(old[topic] + new[other] - both)
            };
            sums[topic] += (0..width).map(jaccard).fold(0.0, f64::max);
            times[topic] += 1;
        }
    }
    Ok(sums.iter().zip(&times).map(|(sum, &times)| (times > 0).then(|| sum / f64::from(times))).collect())
}
