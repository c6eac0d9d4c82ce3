//! Fast k-means on dense rows: careful seeding, then Lloyd's steps with blocked products.
//!
//! Seeding: Arthur & Vassilvitskii 2007 with several candidates a step (their greedy variant). Blocks depend on the number
//! of rows only and are merged in order, so the result has the same bits for any thread count.

use super::dense::{DenseRows, Panels};
use super::random::RandomStream;
use super::{float, map_in_order};

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
    /// Weighted sum of squared distances from each row to its mean.
    pub inertia: f64,
}

/// One k-means run from one seeding. `weights` are one a row, positive or zero; at most `clusters` clusters, fewer if there are
/// fewer distinct rows.
pub fn kmeans(rows: &DenseRows, weights: &[f64], clusters: usize, steps: usize, stream: &mut RandomStream) -> KMeansFit {
    let squares = row_squares(rows);
    let centroids = seeds(rows, &squares, weights, clusters, stream);
    lloyd(rows, &squares, weights, centroids, steps)
}

/// At most `steps` of Lloyd's steps from the given `centroids`.
pub fn kmeans_from(rows: &DenseRows, weights: &[f64], centroids: DenseRows, steps: usize) -> KMeansFit {
    lloyd(rows, &row_squares(rows), weights, centroids, steps)
}

fn lloyd(rows: &DenseRows, squares: &[f32], weights: &[f64], mut centroids: DenseRows, steps: usize) -> KMeansFit {
    let mut labels = vec![u32::MAX; rows.rows()];
    for _ in 0..steps {
        let step = assign(rows, squares, weights, &centroids);
        let changed = labels.iter().zip(&step.labels).filter(|(old, new)| old != new).count();
        labels = step.labels;
        centroids = step.means;
        if changed as f64 <= SETTLED * rows.rows() as f64 {
            break;
        }
    }
    let last = assign(rows, squares, weights, &centroids);
    KMeansFit { labels: last.labels, centroids, inertia: last.inertia }
}

/// The best of `starts` runs by inertia; run `i` draws from the stream (seed, i).
pub fn best_of_starts(rows: &DenseRows, weights: &[f64], clusters: usize, starts: usize, seed: u64) -> Option<KMeansFit> {
    map_in_order(starts, |start| kmeans(rows, weights, clusters, 40, &mut RandomStream::new(seed, start as u64)))
        .into_iter()
        .reduce(|best, next| if next.inertia < best.inertia { next } else { best })
}

/// Squared length of each row.
fn row_squares(rows: &DenseRows) -> Vec<f32> {
    map_in_order(rows.rows(), |row| super::dense::dot(rows.row(row), rows.row(row)) as f32)
}

/// The nearest of `centroids` for every row; the lowest number at a tie.
pub fn nearest_centroids(rows: &DenseRows, centroids: &DenseRows) -> Vec<u32> {
    assign(rows, &row_squares(rows), &vec![1.0; rows.rows()], centroids).labels
}

struct Step {
    labels: Vec<u32>,
    means: DenseRows,
    inertia: f64,
}

fn blocks(rows: usize) -> (usize, usize) {
    let size = rows.div_ceil(MAX_BLOCKS).max(MIN_BLOCK_ROWS);
    (size, rows.div_ceil(size))
}

fn assign(rows: &DenseRows, squares: &[f32], weights: &[f64], centroids: &DenseRows) -> Step {
    let (clusters, width) = (centroids.rows(), rows.width());
    let panels = Panels::of_rows(centroids);
    let halves: Vec<f32> =
        (0..clusters).map(|cluster| (super::dense::dot(centroids.row(cluster), centroids.row(cluster)) / 2.0) as f32).collect();
    let (size, count) = blocks(rows.rows());
    let parts = map_in_order(count, |block| {
        let range = block * size..((block + 1) * size).min(rows.rows());
        let mut part =
            Part { labels: Vec::with_capacity(size), sums: vec![0.0; clusters * width], mass: vec![0.0; clusters], inertia: 0.0 };
        let mut products = vec![0.0f32; size.min(256) * clusters];
        for chunk in range.clone().step_by(256) {
            let end = (chunk + 256).min(range.end);
            panels.products(&rows.values()[chunk * width..end * width], &mut products[..(end - chunk) * clusters]);
            for row in chunk..end {
                let scores = &products[(row - chunk) * clusters..(row - chunk + 1) * clusters];
                part.add(rows.row(row), squares[row], weights[row], scores, &halves);
            }
        }
        part
    });
    let mut labels = Vec::with_capacity(rows.rows());
    let mut sums = vec![0.0; clusters * width];
    let mut mass = vec![0.0; clusters];
    let mut inertia = 0.0;
    for part in parts {
        labels.extend(part.labels);
        sums.iter_mut().zip(part.sums).for_each(|(sum, value)| *sum += value);
        mass.iter_mut().zip(part.mass).for_each(|(sum, value)| *sum += value);
        inertia += part.inertia;
    }
    let mut means = centroids.clone();
    for cluster in (0..clusters).filter(|&cluster| mass[cluster] > 0.0) {
        for (mean, sum) in means.row_mut(cluster).iter_mut().zip(&sums[cluster * width..]) {
            *mean = (sum / mass[cluster]) as f32;
        }
    }
    Step { labels, means, inertia }
}

struct Part {
    labels: Vec<u32>,
    sums: Vec<f64>,
    mass: Vec<f64>,
    inertia: f64,
}

impl Part {
    #[inline]
    fn add(&mut self, row: &[f32], square: f32, weight: f64, scores: &[f32], halves: &[f32]) {
        let (mut best, mut cluster) = (f32::NEG_INFINITY, 0);
        for (position, (&score, &half)) in scores.iter().zip(halves).enumerate() {
            if score - half > best {
                (best, cluster) = (score - half, position);
            }
        }
        self.inertia += weight * f64::from((square - 2.0 * best).max(0.0));
        self.labels.push(cluster as u32);
        self.mass[cluster] += weight;
        for (sum, &value) in self.sums[cluster * row.len()..].iter_mut().zip(row) {
            *sum += weight * f64::from(value);
        }
    }
}

/// Rows drawn with probability proportional to their squared distance from those drawn before; of several candidates the
/// one that lowers the sum most is kept.
fn seeds(rows: &DenseRows, squares: &[f32], weights: &[f64], clusters: usize, stream: &mut RandomStream) -> DenseRows {
    let candidates = 2 + float::ln(clusters.max(1) as f64) as usize;
    let mut nearest = vec![f64::INFINITY; rows.rows()];
    let mut chosen: Vec<usize> = Vec::with_capacity(clusters);
    while chosen.len() < clusters.min(rows.rows()) {
        let mass: Vec<f64> = if chosen.is_empty() {
            weights.to_vec()
        } else {
            nearest.iter().zip(weights).map(|(distance, weight)| distance * weight).collect()
        };
        let total: f64 = mass.iter().sum();
        if total <= 1e-9 * rows.rows() as f64 {
            break;
        }
        let tries = if chosen.is_empty() { 1 } else { candidates };
        let drawn: Vec<usize> = (0..tries).map(|_| draw(&mass, total * stream.unit())).collect();
        let distances = distances_to(rows, squares, &drawn);
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for (position, &candidate) in drawn.iter().enumerate() {
            let reached: Vec<f64> =
                nearest.iter().zip(distances.chunks_exact(tries)).map(|(&old, new)| old.min(f64::from(new[position]))).collect();
            let left: f64 = reached.iter().zip(weights).map(|(distance, weight)| distance * weight).sum();
            if best.as_ref().is_none_or(|(lowest, _, _)| left < *lowest) {
                best = Some((left, candidate, reached));
            }
        }
        let Some((_, candidate, reached)) = best else { break };
        chosen.push(candidate);
        nearest = reached;
    }
    rows.taken(&chosen)
}

fn draw(mass: &[f64], target: f64) -> usize {
    let mut sum = 0.0;
    let mut last = 0;
    for (position, &value) in mass.iter().enumerate() {
        if value > 0.0 {
            sum += value;
            last = position;
            if sum > target {
                break;
            }
        }
    }
    last
}

/// Squared distances of every row to the rows `chosen`, row after row.
fn distances_to(rows: &DenseRows, squares: &[f32], chosen: &[usize]) -> Vec<f32> {
    let targets = rows.taken(chosen);
    let target_squares: Vec<f32> = chosen.iter().map(|&row| squares[row]).collect();
    let mut distances = rows.times(&targets.transposed());
    distances.update_rows(|row, products| {
        for (product, target) in products.iter_mut().zip(&target_squares) {
            *product = (squares[row] + target - 2.0 * *product).max(0.0);
        }
    });
    distances.values().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn planted_clusters_are_found_and_the_inertia_is_the_sum_of_squares() {
        let (rows, truth) = planted(1200, 6);
        let fit = best_of_starts(&rows, &vec![1.0; 1200], 6, 4, 1).unwrap();
        assert!(crate::maths::agreement::agreement(&truth, &fit.labels).adjusted_rand > 0.98);
        let slow: f64 = (0..1200)
            .map(|row| {
                let centre = fit.centroids.row(fit.labels[row] as usize);
                rows.row(row).iter().zip(centre).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum::<f64>()
            })
            .sum();
        assert!((fit.inertia / slow - 1.0).abs() < 1e-4, "{} {slow}", fit.inertia);
    }

    #[test]
    fn the_threads_do_not_change_a_bit() {
        let (rows, _) = planted(3000, 5);
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| best_of_starts(&rows, &vec![1.0; 3000], 5, 3, 9).unwrap())
        };
        let (one, seven) = (run(1), run(7));
        assert_eq!(one.labels, seven.labels);
        assert_eq!(one.inertia.to_bits(), seven.inertia.to_bits());
        assert_eq!(one.centroids, seven.centroids);
    }

    #[test]
    fn a_weight_counts_as_so_many_copies() {
        let rows = DenseRows::from_values(1, vec![0.0, 1.0, 10.0]);
        let fit = best_of_starts(&rows, &[3.0, 1.0, 1.0], 2, 3, 1).unwrap();
        let mut centres = fit.centroids.values().to_vec();
        centres.sort_by(f32::total_cmp);
        assert_eq!(centres, [0.25, 10.0]);
    }

    #[test]
    fn equal_rows_give_one_cluster_and_no_rows_none() {
        let rows = DenseRows::from_values(2, vec![1.0; 20]);
        assert_eq!(best_of_starts(&rows, &[1.0; 10], 3, 2, 1).unwrap().centroids.rows(), 1);
        assert!(best_of_starts(&DenseRows::zeros(0, 2), &[], 3, 2, 1).unwrap().labels.is_empty());
    }
}
