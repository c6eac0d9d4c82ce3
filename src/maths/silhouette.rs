//! Silhouette widths by cosine distance.

use super::dense::{DenseRows, Panels};
use super::map_in_order;

/// Rows of a block of products.
const BLOCK: usize = 64;

/// The silhouette width of each row (Rousseeuw 1987), −1 to 1, under the distance 1 − cosine; `rows` have length 1.
///
/// 0 for a row that is alone in its cluster, as in scikit-learn; empty with fewer than two clusters.
pub fn cosine_silhouettes(rows: &DenseRows, labels: &[u32]) -> Vec<f64> {
    let clusters = labels.iter().max().map_or(0, |&top| top as usize + 1);
    let mut sizes = vec![0usize; clusters];
    labels.iter().for_each(|&label| sizes[label as usize] += 1);
    if sizes.iter().filter(|&&size| size > 0).count() < 2 {
        return Vec::new();
    }
    // The mean distance to a cluster needs the sum of its rows only, because the cosine of unit rows is linear.
    let width = rows.width();
    let mut sums = vec![0.0f64; clusters * width];
    for (row, &label) in labels.iter().enumerate() {
        sums[label as usize * width..].iter_mut().zip(rows.row(row)).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    let panels = Panels::of_rows(&DenseRows::from_values(width, sums.iter().map(|&sum| sum as f32).collect()));
    let blocks = map_in_order(rows.rows().div_ceil(BLOCK), |block| {
        let range = block * BLOCK..((block + 1) * BLOCK).min(rows.rows());
        let mut products = vec![0.0; range.len() * clusters];
        panels.products(&rows.values()[range.start * width..range.end * width], &mut products);
        range
            .clone()
            .zip(products.chunks_exact(clusters))
            .map(|(row, products)| width_of(labels[row] as usize, products, &sizes))
            .collect::<Vec<f64>>()
    });
    blocks.into_iter().flatten().collect()
}

fn width_of(own: usize, products: &[f32], sizes: &[usize]) -> f64 {
    if sizes[own] < 2 {
        return 0.0;
    }
    // Its product with itself is 1, its distance to itself 0.
    let inside = 1.0 - (f64::from(products[own]) - 1.0) / (sizes[own] - 1) as f64;
    let outside = (0..sizes.len())
        .filter(|&cluster| cluster != own && sizes[cluster] > 0)
        .map(|cluster| 1.0 - f64::from(products[cluster]) / sizes[cluster] as f64)
        .fold(f64::INFINITY, f64::min);
    let larger = inside.max(outside);
    if larger > 0.0 { (outside - inside) / larger } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_match_scikit_learn() {
        let mut rows =
            DenseRows::from_values(3, vec![1.0, 0.2, 0.0, 0.9, 0.1, 0.3, 0.0, 1.0, 0.1, 0.2, 0.8, 0.0, 0.0, 0.1, 1.0, 0.5, 0.5, 0.5]);
        rows.normalise_rows();
        // silhouette_samples(X, [0, 0, 1, 1, 2, 1], metric="cosine") of scikit-learn.
        let expected = [0.904018685003, 0.906747927763, 0.748909857773, 0.730518855407, 0.0, -0.200753359091];
        let found = cosine_silhouettes(&rows, &[0, 0, 1, 1, 2, 1]);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-5, "{found} {expected}");
        }
        assert_eq!(found.len(), 6);
    }

    #[test]
    fn one_cluster_has_no_silhouette() {
        assert!(cosine_silhouettes(&DenseRows::from_values(1, vec![1.0, 1.0]), &[0, 0]).is_empty());
    }
}
