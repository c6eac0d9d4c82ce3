//! Ward's hierarchical clustering of weighted rows.
//!
//! Ward 1963 by nearest-neighbour chains (Murtagh 1983) with the update of Lance & Williams 1967. Time and memory grow with the
//! square of the rows: give it a sample, or centres.

use super::dense::{DenseRows, Panels, dot};
use super::{by_processor, map_in_order};

/// Rows of a unit of parallel work.
const BLOCK: usize = 64;

/// Two clusters that become one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// The cluster with the lower number: rows are `0..n`, the merge at position `i` makes the cluster `n + i`.
    pub left: usize,
    /// The other cluster.
    pub right: usize,
    /// By how much the merge raises the weighted sum of squared distances to the clusters' means; never falls along the list.
    pub cost: f64,
}

/// The tree of `rows` (each counting `weights` times, positive): one merge fewer than rows, cheapest first.
pub fn ward(rows: &DenseRows, weights: &[f64]) -> Vec<Merge> {
    let n = rows.rows();
    if n < 2 {
        return Vec::new();
    }
    let mut costs = pairwise_costs(rows, weights);
    let mut mass: Vec<f32> = weights.iter().map(|&weight| weight as f32).collect();
    let mut active: Vec<u32> = (0..n as u32).collect();
    let mut chain: Vec<usize> = Vec::new();
    let mut merges: Vec<(usize, usize, f32)> = Vec::with_capacity(n - 1);
    while active.len() > 1 {
        if chain.is_empty() {
            chain.push(active[0] as usize);
        }
        let Some(&top) = chain.last() else { break };
        // At a tie the previous of the chain wins, else the lowest number: so the chain ends and the result is one.
        let mut nearest = if chain.len() > 1 { chain[chain.len() - 2] } else { usize::MAX };
        let mut lowest = if nearest == usize::MAX { f32::INFINITY } else { costs[top * n + nearest] };
        let row = &costs[top * n..(top + 1) * n];
        for &other in &active {
            let cost = row[other as usize];
            if cost < lowest && other as usize != top {
                (lowest, nearest) = (cost, other as usize);
            }
        }
        if nearest == usize::MAX {
            // All that is left is infinitely far, which finite rows are not.
            break;
        }
        if chain.len() > 1 && chain[chain.len() - 2] == nearest {
            chain.truncate(chain.len() - 2);
            let (kept, gone) = (top.min(nearest), top.max(nearest));
            merges.push((kept, gone, lowest));
            if let Ok(place) = active.binary_search(&(gone as u32)) {
                active.remove(place);
            }
            let (a, b) = (mass[kept], mass[gone]);
            for &other in active.iter().filter(|&&other| other as usize != kept) {
                let other = other as usize;
                let c = mass[other];
                let cost = ((a + c) * costs[kept * n + other] + (b + c) * costs[gone * n + other] - c * lowest) / (a + b + c);
                costs[kept * n + other] = cost;
                costs[other * n + kept] = cost;
            }
            mass[kept] = a + b;
        } else {
            chain.push(nearest);
        }
    }
    in_order(merges, n)
}

/// The clusters that `rows` rows fall into when the tree is cut to `clusters`: numbers from 0 in the order of first rows.
pub fn cut(merges: &[Merge], rows: usize, clusters: usize) -> Vec<u32> {
    let kept = rows.saturating_sub(clusters.max(1)).min(merges.len());
    let mut parent: Vec<usize> = (0..rows + kept).collect();
    for (position, merge) in merges[..kept].iter().enumerate() {
        parent[merge.left] = rows + position;
        parent[merge.right] = rows + position;
    }
    // Parents have higher numbers than their parts, so one pass from above finds every root.
    for node in (0..parent.len()).rev() {
        parent[node] = parent[parent[node]];
    }
    let mut number = vec![u32::MAX; parent.len()];
    let mut next = 0;
    (0..rows)
        .map(|row| {
            let slot = &mut number[parent[row]];
            if *slot == u32::MAX {
                *slot = next;
                next += 1;
            }
            *slot
        })
        .collect()
}

/// Costs of merging each pair of rows, all with all; the diagonal is meaningless.
fn pairwise_costs(rows: &DenseRows, weights: &[f64]) -> Vec<f32> {
    let squares: Vec<f32> = map_in_order(rows.rows(), |row| dot(rows.row(row), rows.row(row)) as f32);
    let mass: Vec<f32> = weights.iter().map(|&weight| weight as f32).collect();
    let panels = Panels::of_rows(rows);
    let mut costs = DenseRows::zeros(rows.rows(), rows.rows());
    costs.update_blocks(BLOCK, |first, out| {
        let own = out.len() / rows.rows();
        panels.products(&rows.values()[first * rows.width()..(first + own) * rows.width()], out);
        for (row, out) in (first..).zip(out.chunks_exact_mut(rows.rows())) {
            raise(mass[row], squares[row], &mass, &squares, out);
        }
    });
    costs.into_values()
}

by_processor! {
    /// Turns the products of a row (of a mass and a square) with all others into costs.
    fn raise(own_mass: f32, own_square: f32, mass: &[f32], squares: &[f32], products: &mut [f32]) {
        for ((value, other_mass), square) in products.iter_mut().zip(mass).zip(squares) {
            let share = own_mass * other_mass / (own_mass + other_mass);
            let distance = own_square + square - 2.0 * *value;
            *value = share * if distance > 0.0 { distance } else { 0.0 };
        }
    }
}

/// Sorts merges by cost and names clusters by position. A chain finds merges out of order, but a cluster is never found to
/// merge before its parts are made, at the same cost either: a stable sort keeps that.
fn in_order(mut found: Vec<(usize, usize, f32)>, n: usize) -> Vec<Merge> {
    found.sort_by(|a, b| a.2.total_cmp(&b.2));
    let mut cluster: Vec<usize> = (0..n).collect();
    let mut place: Vec<usize> = (0..n).collect();
    let mut merges = Vec::with_capacity(found.len());
    for (position, (left, right, cost)) in found.into_iter().enumerate() {
        let (a, b) = (root(&mut place, left), root(&mut place, right));
        let (first, second) = (cluster[a].min(cluster[b]), cluster[a].max(cluster[b]));
        merges.push(Merge { left: first, right: second, cost: f64::from(cost) });
        place[b] = a;
        cluster[a] = n + position;
    }
    merges
}

/// The row that stands for the cluster that `row` is in, with the path to it shortened.
fn root(place: &mut [usize], mut row: usize) -> usize {
    while place[row] != row {
        place[row] = place[place[row]];
        row = place[row];
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn merges_match_scipy() {
        // scipy 1.17: linkage([[0, 0], [0, 1], [5, 0], [5, 2], [9, 9]], "ward"); its heights are √(2 · cost).
        let rows = DenseRows::from_values(2, vec![0.0, 0.0, 0.0, 1.0, 5.0, 0.0, 5.0, 2.0, 9.0, 9.0]);
        let merges = ward(&rows, &[1.0; 5]);
        let pairs: Vec<(usize, usize)> = merges.iter().map(|merge| (merge.left, merge.right)).collect();
        assert_eq!(pairs, [(0, 1), (2, 3), (5, 6), (4, 7)]);
        for (merge, height) in merges.iter().zip([1.0, 2.0, 7.106335201775947, 13.285330255586423]) {
            assert!(((2.0 * merge.cost).sqrt() - height).abs() < 1e-4, "{merge:?} {height}");
        }
        assert_eq!(cut(&merges, 5, 3), [0, 0, 1, 1, 2]);
        assert_eq!(cut(&merges, 5, 1), [0; 5]);
        assert_eq!(cut(&merges, 5, 9), [0, 1, 2, 3, 4]);
    }

    /// The slow twin: at every step the pair whose merge raises the sum of squares least, from the means themselves.
    fn slow(rows: &DenseRows, weights: &[f64]) -> Vec<f64> {
        let mut clusters: Vec<(f64, Vec<f64>)> =
            (0..rows.rows()).map(|row| (weights[row], rows.row(row).iter().map(|&v| f64::from(v)).collect())).collect();
        let mut costs = Vec::new();
        while clusters.len() > 1 {
            let mut best = (f64::INFINITY, 0, 0);
            for a in 0..clusters.len() {
                for b in 0..a {
                    let square: f64 = clusters[a].1.iter().zip(&clusters[b].1).map(|(x, y)| (x - y) * (x - y)).sum();
                    let cost = clusters[a].0 * clusters[b].0 / (clusters[a].0 + clusters[b].0) * square;
                    if cost < best.0 {
                        best = (cost, a, b);
                    }
                }
            }
            let (a, b) = (clusters.remove(best.1), best.2);
            let total = a.0 + clusters[b].0;
            let mean = a.1.iter().zip(&clusters[b].1).map(|(x, y)| (a.0 * x + clusters[b].0 * y) / total).collect();
            clusters[b] = (total, mean);
            costs.push(best.0);
        }
        costs
    }

    #[test]
    fn costs_equal_the_slow_twin_with_weights() {
        let mut stream = RandomStream::new(3, 0);
        let rows = DenseRows::from_values(4, (0..60 * 4).map(|_| stream.normal() as f32).collect());
        let weights: Vec<f64> = (0..60).map(|_| 0.5 + 3.0 * stream.unit()).collect();
        let merges = ward(&rows, &weights);
        assert_eq!(merges.len(), 59);
        for (merge, cost) in merges.iter().zip(slow(&rows, &weights)) {
            assert!((merge.cost / cost - 1.0).abs() < 1e-3, "{merge:?} {cost}");
            assert!(merge.left < merge.right);
        }
    }

    #[test]
    fn equal_rows_and_a_single_row_are_harmless() {
        assert_eq!(ward(&DenseRows::from_values(1, vec![1.0; 6]), &[1.0; 6]).len(), 5);
        assert!(ward(&DenseRows::from_values(1, vec![1.0]), &[1.0]).is_empty());
        assert_eq!(cut(&[], 1, 1), [0]);
    }
}
