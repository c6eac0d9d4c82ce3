//! Smoothing by neighbours: each document moves towards the documents that are most like it.
//!
//! A few steps of averaging over the nearest neighbours (a diffusion on the neighbour graph, Coifman & Lafon 2006) take the noise of
//! single texts out before the clustering; in each step a document is drawn back to its own place, so that clusters don't run into
//! each other (personalised propagation, Gasteiger et al. 2019). Neighbours are looked up among at most `ANCHORS` documents, evenly spaced, so time grows with the documents, not with their square.

use super::fit::evenly;
use crate::maths::dense::{DenseRows, Panels};
use crate::maths::lanes::{LANES, LaneRows, Lanes, larger};
use crate::maths::{WeightedRows, by_processor, map_in_order};

/// Most documents among which neighbours are looked up.
const ANCHORS: usize = 1536;
/// Rows of a block of products: as many as stay in the processor's second cache beside the anchors.
const BLOCK_ROWS: usize = 32;

/// `rows` (of length 1) after `steps` steps: a quarter of the own place, a quarter of the place after the last step, and half of the
/// mean of the `neighbours` nearest anchors, weighted by cosine; of length 1 again.
pub fn smoothed(rows: &DenseRows, neighbours: usize, steps: usize) -> DenseRows {
    if rows.rows() < 3 || steps == 0 {
        return rows.clone();
    }
    let anchors = evenly(rows.rows(), ANCHORS);
    // One half of a step: what the neighbours add.
    let towards = nearest(rows, &anchors, neighbours.min(rows.rows() / 3));
    let mut current = rows.clone();
    for _ in 0..steps {
        let places = LaneRows::of(&current.taken(&anchors));
        current.update_blocks(BLOCK_ROWS, |first, moved| step(&towards, &places, rows, first, moved));
    }
    current
}

by_processor! {
    /// Moves the rows from `first` on, whose own places are `own`. Rows without neighbours stay where they are.
    fn step(towards: &WeightedRows, places: &LaneRows, own: &DenseRows, first: usize, rows: &mut [f32]) {
        let mut moved = vec![Lanes::all(0.0); places.lanes()];
        for (row, values) in (first..).zip(rows.chunks_exact_mut(places.width())) {
            let (anchors, shares) = towards.row(row);
            if anchors.is_empty() {
                continue;
            }
            places.weighted_sum(anchors, shares, &mut moved);
            let mut squares = Lanes::all(0.0);
            for ((values, own), moved) in values.chunks(LANES).zip(own.row(row).chunks(LANES)).zip(&mut moved) {
                let stays = Lanes::of(values, 0.0).with(&Lanes::of(own, 0.0), |value, own| 0.25 * (value + own));
                *moved = stays.with(moved, |stays, moved| stays + moved);
                squares = squares.with(moved, |sum, value| sum + value * value);
            }
            let length = larger(squares.sum().sqrt(), f32::MIN_POSITIVE);
            for (values, moved) in values.chunks_mut(LANES).zip(&moved) {
                values.copy_from_slice(&moved.map(|value| value / length).0[..values.len()]);
            }
        }
    }
}

/// For each row its nearest of `anchors`, but for itself, with their halved shares of the sum of their cosines (above 0).
fn nearest(rows: &DenseRows, anchors: &[usize], neighbours: usize) -> WeightedRows {
    let (n, count, width) = (rows.rows(), anchors.len(), rows.width());
    let panels = Panels::of_rows(&rows.taken(anchors));
    let blocks = map_in_order(n.div_ceil(BLOCK_ROWS), |block| {
        let range = block * BLOCK_ROWS..((block + 1) * BLOCK_ROWS).min(n);
        let mut products = vec![0.0f32; range.len() * count];
        panels.products(&rows.values()[range.start * width..range.end * width], &mut products);
        let mut found = Vec::with_capacity(count);
        let near = range.zip(products.chunks_exact(count)).map(|(row, scores)| {
            found.clear();
            candidates(scores, neighbours, &mut found);
            nearest_of(&mut found, neighbours, |anchor| anchors[anchor] == row)
        });
        near.collect::<Vec<_>>()
    });
    let mut towards = WeightedRows::with_room(count, n, n * neighbours);
    for near in blocks.into_iter().flatten() {
        let total: f32 = near.iter().map(|(_, cosine)| cosine).sum();
        towards.push_row(near.into_iter().map(|(anchor, cosine)| (anchor, 0.5 * cosine / total)));
    }
    towards
}

by_processor! {
    /// Adds to `found` those of the anchors' `scores` that can be among the best `neighbours` and one more, which may be the row's own:
    /// bits of the score, which order positive numbers, and anchors, the first highest.
    fn candidates(scores: &[f32], neighbours: usize, found: &mut Vec<u64>) {
        // The highest score in each of 32 lanes, that is, among every 32nd anchor: as many scores reach the lowest of some of them as
        // these are.
        let (whole, rest) = scores.as_chunks::<LANES>();
        let mut highest = [Lanes::all(0.0); 2];
        for (number, scores) in whole.iter().enumerate() {
            highest[number % 2] = highest[number % 2].with(&Lanes(*scores), larger);
        }
        let mut last = [0.0; LANES];
        last[..rest.len()].copy_from_slice(rest);
        highest[1] = highest[1].with(&Lanes(last), larger);
        let mut bits = [0; 2 * LANES];
        bits.iter_mut().zip(highest.iter().flat_map(|lanes| lanes.0)).for_each(|(bits, score)| *bits = score.to_bits());
        bits.sort_unstable();
        let threshold = bits.len().checked_sub(neighbours + 1).map_or(0.0, |place| f32::from_bits(bits[place]));
        let threshold = larger(threshold, f32::MIN_POSITIVE);
        for (number, scores) in whole.iter().chain([&last]).enumerate() {
            let mut reached = Lanes(*scores).reaching(threshold);
            while reached != 0 {
                let offset = reached.trailing_zeros() as usize;
                let anchor = (number * LANES + offset) as u32;
                found.push(u64::from(scores[offset].to_bits()) << 32 | u64::from(u32::MAX - anchor));
                reached &= reached - 1;
            }
        }
    }
}

/// The `neighbours` best of `found`, the first anchor first at a tie, without the row itself.
fn nearest_of(found: &mut [u64], neighbours: usize, is_self: impl Fn(usize) -> bool) -> Vec<(u32, f32)> {
    found.sort_unstable_by(|a, b| b.cmp(a));
    let near = found.iter().map(|key| (u32::MAX - *key as u32, f32::from_bits((key >> 32) as u32)));
    near.filter(|&(anchor, _)| !is_self(anchor as usize)).take(neighbours).collect()
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
        let anchors: Vec<usize> = (0..300).collect();
        let found = nearest(&rows, &anchors, 7);
        for row in 0..300 {
            let mut all: Vec<(u32, f64)> = (0..300u32)
                .filter(|&other| other as usize != row)
                .map(|other| (other, crate::maths::dense::dot(rows.row(row), rows.row(other as usize))))
                .collect();
            all.sort_by(|a, b| b.1.total_cmp(&a.1));
            let expected: Vec<u32> = all.iter().take(7).map(|(other, _)| *other).collect();
            assert_eq!(found.row(row).0, expected);
            assert!((found.row(row).1.iter().sum::<f32>() - 0.5).abs() < 1e-6);
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
