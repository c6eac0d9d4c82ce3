//! Smoothing by neighbours: each document moves towards the documents that are most like it.
//!
//! A few steps of averaging over the nearest neighbours (a diffusion on the neighbour graph, Coifman & Lafon 2006; as
//! "simple graph convolution", Wu et al. 2019) take the noise of single texts out before the clustering. Neighbours are
//! looked up among at most `ANCHORS` documents, evenly spaced, so time grows with the documents, not with their square.

use super::fit::evenly;
use crate::maths::dense::{DenseRows, Panels, normalise};
use crate::maths::{WeightedRows, map_in_order};

/// Most documents among which neighbours are looked up.
const ANCHORS: usize = 4096;
/// Rows of a block of products.
const BLOCK_ROWS: usize = 64;
/// Anchors of a block of products.
const BLOCK_ANCHORS: usize = 1024;

/// Nearest anchors of each row with their cosine (above 0).
struct Neighbours {
    anchors: Vec<usize>,
    nearest: Vec<Vec<(u32, f32)>>,
}

/// `rows` (of length 1) after `steps` steps, each half of the old place and half of the mean of the `neighbours` nearest anchors,
/// weighted by cosine; of length 1 again.
pub fn smoothed(rows: &DenseRows, neighbours: usize, steps: usize) -> DenseRows {
    if rows.rows() < 3 || steps == 0 {
        return rows.clone();
    }
    let graph = nearest(rows, neighbours.min(rows.rows() / 3));
    // One half of a step: what the neighbours add. Rows without neighbours stay where they are.
    let mut towards = WeightedRows::with_room(graph.anchors.len(), rows.rows(), rows.rows() * neighbours);
    for near in &graph.nearest {
        let total: f32 = near.iter().map(|(_, cosine)| cosine).sum();
        let mut shares: Vec<(u32, f32)> = near.iter().map(|&(anchor, cosine)| (anchor, 0.5 * cosine / total)).collect();
        shares.sort_unstable_by_key(|(anchor, _)| *anchor);
        towards.push_row(shares);
    }
    let mut current = rows.clone();
    for _ in 0..steps {
        let moved = towards.times(&current.taken(&graph.anchors));
        current.update_rows(|row, values| {
            if !graph.nearest[row].is_empty() {
                values.iter_mut().zip(moved.row(row)).for_each(|(value, moved)| *value = 0.5 * *value + moved);
                normalise(values);
            }
        });
    }
    current
}

fn nearest(rows: &DenseRows, neighbours: usize) -> Neighbours {
    let n = rows.rows();
    let anchors = evenly(n, ANCHORS);
    let count = anchors.len();
    let targets = rows.taken(&anchors);
    let panels: Vec<(usize, Panels)> = (0..count)
        .step_by(BLOCK_ANCHORS)
        .map(|start| {
            let block: Vec<usize> = (start..(start + BLOCK_ANCHORS).min(count)).collect();
            (start, Panels::of_rows(&targets.taken(&block)))
        })
        .collect();
    let width = rows.width();
    let blocks = map_in_order(n.div_ceil(BLOCK_ROWS), |block| {
        let range = block * BLOCK_ROWS..((block + 1) * BLOCK_ROWS).min(n);
        let mut best: Vec<Vec<(u32, f32)>> = vec![Vec::with_capacity(neighbours + 1); range.len()];
        let mut products = vec![0.0f32; range.len() * BLOCK_ANCHORS];
        for (start, panel) in &panels {
            let out = &mut products[..range.len() * panel.width()];
            panel.products(&rows.values()[range.start * width..range.end * width], out);
            for (offset, scores) in out.chunks_exact(panel.width()).enumerate() {
                keep_best(&mut best[offset], scores, *start, neighbours, |anchor| anchors[anchor] == range.start + offset);
            }
        }
        best
    });
    Neighbours { anchors, nearest: blocks.into_iter().flatten().collect() }
}

/// Merges scores into the `limit` best so far; `best` stays sorted, higher first, ties by anchor.
fn keep_best(best: &mut Vec<(u32, f32)>, scores: &[f32], start: usize, limit: usize, is_self: impl Fn(usize) -> bool) {
    let mut threshold = if best.len() == limit { best.last().map_or(0.0, |(_, score)| *score) } else { 0.0 };
    for (chunk, values) in scores.chunks(16).enumerate() {
        if !values.iter().fold(false, |any, &value| any | (value > threshold)) {
            continue;
        }
        for (offset, &score) in values.iter().enumerate() {
            let anchor = start + chunk * 16 + offset;
            if score > threshold && !is_self(anchor) {
                let place = best.partition_point(|(_, other)| *other >= score);
                best.insert(place, (anchor as u32, score));
                best.truncate(limit);
                if best.len() == limit {
                    threshold = best.last().map_or(0.0, |(_, score)| *score);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::RandomStream;

    #[test]
    fn neighbours_equal_a_full_sort() {
        let mut stream = RandomStream::new(2, 0);
        let mut rows = DenseRows::from_values(6, (0..300 * 6).map(|_| stream.normal() as f32).collect());
        rows.normalise_rows();
        let found = nearest(&rows, 7);
        for row in 0..300 {
            let mut all: Vec<(u32, f64)> = (0..300u32)
                .filter(|&other| other as usize != row)
                .map(|other| (other, crate::maths::dense::dot(rows.row(row), rows.row(other as usize))))
                .collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1));
            let expected: Vec<u32> = all.iter().take(7).map(|(other, _)| *other).collect();
            assert_eq!(found.nearest[row].iter().map(|(other, _)| *other).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn smoothing_draws_a_cluster_together_and_keeps_length_one() {
        let mut stream = RandomStream::new(4, 0);
        let mut rows = DenseRows::from_values(
            10,
            (0..200 * 10).map(|at| (if at % 10 == at / 10 % 2 { 2.0 } else { 0.0 } + stream.normal()) as f32).collect(),
        );
        rows.normalise_rows();
        let spread = |rows: &DenseRows| (0..198).map(|row| crate::maths::dense::dot(rows.row(row), rows.row(row + 2))).sum::<f64>();
        let smooth = smoothed(&rows, 10, 2);
        assert!(spread(&smooth) > 1.2 * spread(&rows));
        assert!((crate::maths::dense::dot(smooth.row(5), smooth.row(5)) - 1.0).abs() < 1e-6);
        assert_eq!(smoothed(&rows, 10, 0), rows);
    }
}
