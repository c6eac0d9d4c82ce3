//! Fast k-means on dense rows: Lloyd's steps with blocked products, from given means.
//!
//! Blocks depend on the number of rows only and are merged in order, so the result has the same bits for any thread count.

use super::dense::{DenseRows, Panels};
use super::map_in_order;

/// Most blocks that rows are cut into.
const MAX_BLOCKS: usize = 64;
/// Fewest rows of a block.
const MIN_BLOCK_ROWS: usize = 256;
/// Lloyd's steps stop when fewer than this share of rows change their cluster.
const SETTLED: f64 = 5e-4;

/// A clustering.
#[derive(Debug, Clone)]
pub struct KMeansFit {
    /// Each row's cluster.
    pub labels: Vec<u32>,
    /// The clusters' means.
    pub centroids: DenseRows,
}

/// At most `steps` of Lloyd's steps from the given `centroids`. `weights` are one a row, positive or zero.
pub fn kmeans_from(rows: &DenseRows, weights: &[f64], mut centroids: DenseRows, steps: usize) -> KMeansFit {
    let mut labels = vec![u32::MAX; rows.rows()];
    for _ in 0..steps {
        let step = assign(rows, weights, &centroids);
        let changed = labels.iter().zip(&step.labels).filter(|(old, new)| old != new).count();
        labels = step.labels;
        centroids = step.means;
        if changed as f64 <= SETTLED * rows.rows() as f64 {
            break;
        }
    }
    KMeansFit { labels: assign(rows, weights, &centroids).labels, centroids }
}

/// The nearest of `centroids` for every row; the lowest number at a tie.
pub fn nearest_centroids(rows: &DenseRows, centroids: &DenseRows) -> Vec<u32> {
    assign(rows, &vec![1.0; rows.rows()], centroids).labels
}

struct Step {
    labels: Vec<u32>,
    means: DenseRows,
}

fn blocks(rows: usize) -> (usize, usize) {
    let size = rows.div_ceil(MAX_BLOCKS).max(MIN_BLOCK_ROWS);
    (size, rows.div_ceil(size))
}

fn assign(rows: &DenseRows, weights: &[f64], centroids: &DenseRows) -> Step {
    let (clusters, width) = (centroids.rows(), rows.width());
    let panels = Panels::of_rows(centroids);
    let halves: Vec<f32> =
        (0..clusters).map(|cluster| (super::dense::dot(centroids.row(cluster), centroids.row(cluster)) / 2.0) as f32).collect();
    let (size, count) = blocks(rows.rows());
    let parts = map_in_order(count, |block| {
        let range = block * size..((block + 1) * size).min(rows.rows());
        let mut part = Part { labels: Vec::with_capacity(size), sums: vec![0.0; clusters * width], mass: vec![0.0; clusters] };
        let mut products = vec![0.0f32; size.min(256) * clusters];
        for chunk in range.clone().step_by(256) {
            let end = (chunk + 256).min(range.end);
            panels.products(&rows.values()[chunk * width..end * width], &mut products[..(end - chunk) * clusters]);
            for row in chunk..end {
                let scores = &products[(row - chunk) * clusters..(row - chunk + 1) * clusters];
                part.add(rows.row(row), weights[row], scores, &halves);
            }
        }
        part
    });
    let mut labels = Vec::with_capacity(rows.rows());
    let mut sums = vec![0.0; clusters * width];
    let mut mass = vec![0.0; clusters];
    for part in parts {
        labels.extend(part.labels);
        sums.iter_mut().zip(part.sums).for_each(|(sum, value)| *sum += value);
        mass.iter_mut().zip(part.mass).for_each(|(sum, value)| *sum += value);
    }
    let mut means = centroids.clone();
    for cluster in (0..clusters).filter(|&cluster| mass[cluster] > 0.0) {
        for (mean, sum) in means.row_mut(cluster).iter_mut().zip(&sums[cluster * width..]) {
            *mean = (sum / mass[cluster]) as f32;
        }
    }
    Step { labels, means }
}

struct Part {
    labels: Vec<u32>,
    sums: Vec<f64>,
    mass: Vec<f64>,
}

impl Part {
    #[inline]
    fn add(&mut self, row: &[f32], weight: f64, scores: &[f32], halves: &[f32]) {
        let (mut best, mut cluster) = (f32::NEG_INFINITY, 0);
        for (position, (&score, &half)) in scores.iter().zip(halves).enumerate() {
            if score - half > best {
                (best, cluster) = (score - half, position);
            }
        }
        self.labels.push(cluster as u32);
        self.mass[cluster] += weight;
        for (sum, &value) in self.sums[cluster * row.len()..].iter_mut().zip(row) {
            *sum += weight * f64::from(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    fn planted(rows: usize, clusters: usize) -> (DenseRows, Vec<u32>) {
        let mut stream = RandomStream::new(5, 0);
        let mut values = Vec::new();
        let mut labels = Vec::new();
        for row in 0..rows {
            let label = row % clusters;
            labels.push(label as u32);
            for column in 0..8 {
                values.push((if column == label { 6.0 } else { 0.0 } + stream.normal()) as f32);
            }
        }
        (DenseRows::from_values(8, values), labels)
    }

    #[test]
    fn planted_clusters_are_found_and_the_centroids_are_their_means() {
        let (rows, truth) = planted(1200, 6);
        let fit = kmeans_from(&rows, &vec![1.0; 1200], rows.taken(&[0, 1, 2, 3, 4, 5]), 40);
        assert!(crate::maths::agreement::agreement(&truth, &fit.labels).adjusted_rand > 0.98);
        for cluster in 0..6 {
            let members: Vec<usize> = (0..1200).filter(|&row| fit.labels[row] as usize == cluster).collect();
            for column in 0..8 {
                let slow = members.iter().map(|&row| f64::from(rows.row(row)[column])).sum::<f64>() / members.len() as f64;
                assert!((f64::from(fit.centroids.row(cluster)[column]) - slow).abs() < 1e-2, "{cluster} {column}");
            }
        }
    }

    #[test]
    fn every_row_has_its_nearest_centroid() {
        let (rows, _) = planted(700, 5);
        let centroids = rows.taken(&[3, 11, 40, 299]);
        let distance = |row: usize, cluster: usize| {
            rows.row(row).iter().zip(centroids.row(cluster)).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum::<f64>()
        };
        for (row, &label) in nearest_centroids(&rows, &centroids).iter().enumerate() {
            let least = (0..4).map(|cluster| distance(row, cluster)).fold(f64::INFINITY, f64::min);
            assert!(distance(row, label as usize) <= least + 1e-3, "{row}");
        }
    }

    #[test]
    fn the_threads_do_not_change_a_bit() {
        let (rows, _) = planted(3000, 5);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| kmeans_from(&rows, &vec![1.0; 3000], rows.taken(&[0, 7, 19, 23, 1111]), 40))
        };
        let (one, seven) = (run(1), run(7));
        assert_eq!(one.labels, seven.labels);
        assert_eq!(one.centroids, seven.centroids);
    }

    #[test]
    fn a_weight_counts_as_so_many_copies() {
        let rows = DenseRows::from_values(1, vec![0.0, 1.0, 10.0]);
        let fit = kmeans_from(&rows, &[3.0, 1.0, 1.0], rows.taken(&[0, 2]), 40);
        let mut centres = fit.centroids.values().to_vec();
        centres.sort_by(f32::total_cmp);
        assert_eq!(centres, [0.25, 10.0]);
    }

    #[test]
    fn no_rows_have_no_labels() {
        assert!(kmeans_from(&DenseRows::zeros(0, 2), &[], DenseRows::zeros(0, 2), 2).labels.is_empty());
    }
}
