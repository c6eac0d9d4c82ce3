//! A map of documents: near on it is alike in the topic space.
//!
//! t-SNE (van der Maaten & Hinton 2008), exact, on evenly spaced documents, from a fixed start (the two leading dimensions, as
//! Kobak & Berens 2019 advise): nothing is random. Sums run over documents in their order, so threads don't show.

use crate::maths::dense::{DenseRows, dot};
use crate::maths::float::{exp, ln, sqrt};
use crate::maths::{by_processor, map_in_order};
use std::collections::BTreeMap;

/// Effective number of neighbours of a document.
const PERPLEXITY: f64 = 20.0;
/// Steps.
const STEPS: usize = 300;
/// Steps during which attraction is exaggerated, so that clusters form.
const EARLY: usize = 80;
/// By how much.
const EXAGGERATION: f64 = 8.0;
/// Documents of a unit of parallel work.
const BLOCK: usize = 32;
/// Sums that advance together.
const LANES: usize = 16;
/// Share of a topic's documents on the map, nearest to their middle, that its outline encloses.
const CORE: f64 = 0.8;
/// Fewest documents of an outline.
const FEWEST_OUTLINED: usize = 3;

/// Places of the rows of `space` on a plane.
pub fn places(space: &DenseRows) -> Vec<[f64; 2]> {
    let n = space.rows();
    if n < 4 || space.width() < 2 {
        return (0..n).map(|row| [row as f64, 0.0]).collect();
    }
    let near = neighbourhoods(space, PERPLEXITY.min((n - 1) as f64 / 3.0));
    let spread = sqrt((0..n).map(|row| f64::from(space.row(row)[0]) * f64::from(space.row(row)[0])).sum::<f64>() / n as f64).max(1e-12);
    // Documents that are equal would never part: a trace of their number sets them apart.
    let mut places: Vec<[f64; 2]> = (0..n)
        .map(|row| {
            [0, 1].map(|axis| 1e-2 * f64::from(space.row(row)[axis]) / spread + 1e-6 * ((row * 7919) % (n + axis)) as f64 / n as f64)
        })
        .collect();
    let mut speed = vec![[0.0f64; 2]; n];
    let mut gain = vec![[1.0f64; 2]; n];
    let rate = (n as f64 / EXAGGERATION).max(20.0);
    for step in 0..STEPS {
        let exaggeration = if step < EARLY { EXAGGERATION } else { 1.0 };
        let momentum = if step < EARLY { 0.5 } else { 0.8 };
        let slopes = slopes(&places, &near, exaggeration);
        for row in 0..n {
            for axis in 0..2 {
                let slope = slopes[row][axis];
                let gain = &mut gain[row][axis];
                *gain = if (slope > 0.0) == (speed[row][axis] > 0.0) { (*gain * 0.8).max(0.01) } else { *gain + 0.2 };
                speed[row][axis] = momentum * speed[row][axis] - rate * *gain * slope;
                places[row][axis] += speed[row][axis];
            }
        }
    }
    places
}

/// Gradient of the Kullback–Leibler divergence at `places`.
fn slopes(places: &[[f64; 2]], near: &[Vec<(u32, f32)>], exaggeration: f64) -> Vec<[f64; 2]> {
    let [x, y] = [0, 1].map(|axis| places.iter().map(|place| place[axis] as f32).collect::<Vec<f32>>());
    let parts = map_in_order(places.len().div_ceil(BLOCK), |block| {
        let rows = block * BLOCK..((block + 1) * BLOCK).min(places.len());
        rows.map(|row| {
            let mut pull = [0.0; 2];
            for &(other, share) in &near[row] {
                let difference = [0, 1].map(|axis| places[row][axis] - places[other as usize][axis]);
                let closeness = 1.0 / (1.0 + difference[0] * difference[0] + difference[1] * difference[1]);
                let attraction = exaggeration * f64::from(share) * closeness;
                pull.iter_mut().zip(difference).for_each(|(pull, difference)| *pull += attraction * difference);
            }
            (repulsion(&x, &y, row), pull)
        })
        .collect::<Vec<_>>()
    });
    let parts: Vec<([f64; 3], [f64; 2])> = parts.into_iter().flatten().collect();
    let total: f64 = parts.iter().map(|([total, ..], _)| total).sum();
    parts.iter().map(|([_, push @ ..], pull)| [0, 1].map(|axis| 4.0 * (pull[axis] - push[axis] / total))).collect()
}

by_processor! {
    /// Over all others of `row`: the sum of their closeness, and by how much they push it along either axis.
    fn repulsion(x: &[f32], y: &[f32], row: usize) -> [f64; 3] { repulsion_in_lanes(x, y, row) }
}

/// Sums in lanes of a fixed number, so that every processor gives the same bits.
#[inline(always)]
fn repulsion_in_lanes(x: &[f32], y: &[f32], row: usize) -> [f64; 3] {
    let (own_x, own_y) = (x[row], y[row]);
    let mut sums = [[0.0f32; LANES]; 3];
    let mut add = |lane: usize, x: f32, y: f32| {
        let (right, up) = (own_x - x, own_y - y);
        let closeness = 1.0 / (1.0 + right * right + up * up);
        let push = closeness * closeness;
        sums[0][lane] += closeness;
        sums[1][lane] += push * right;
        sums[2][lane] += push * up;
    };
    for (x, y) in x.chunks_exact(LANES).zip(y.chunks_exact(LANES)) {
        for lane in 0..LANES {
            add(lane, x[lane], y[lane]);
        }
    }
    let whole = x.len() / LANES * LANES;
    for (lane, (x, y)) in x[whole..].iter().zip(&y[whole..]).enumerate() {
        add(lane, *x, *y);
    }
    let [total, right, up] = sums.map(|lanes| lanes.iter().map(|&sum| f64::from(sum)).sum::<f64>());
    // Its closeness to itself is 1, which pushes nowhere.
    [total - 1.0, right, up]
}

/// For each row the others that are near, with the pair's probability: symmetric, all summing to 1. Each row's bandwidth gives
/// it `perplexity` neighbours among its nearest `3 · perplexity` (van der Maaten 2014).
fn neighbourhoods(space: &DenseRows, perplexity: f64) -> Vec<Vec<(u32, f32)>> {
    let n = space.rows();
    let squares: Vec<f64> = (0..n).map(|row| dot(space.row(row), space.row(row))).collect();
    let products = space.times(&space.transposed());
    let reach = ((3.0 * perplexity) as usize).clamp(1, n - 1);
    let rows = map_in_order(n, |row| {
        let distance = |other: usize| (squares[row] + squares[other] - 2.0 * f64::from(products.row(row)[other])).max(0.0);
        let mut others: Vec<(f64, u32)> = (0..n).filter(|&other| other != row).map(|other| (distance(other), other as u32)).collect();
        others.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        others.truncate(reach);
        let shares = conditional(&others.iter().map(|(distance, _)| *distance).collect::<Vec<f64>>(), perplexity);
        others.into_iter().zip(shares).map(|((_, other), share)| (other, share)).collect::<Vec<(u32, f64)>>()
    });
    let mut pairs: Vec<BTreeMap<u32, f64>> = vec![BTreeMap::new(); n];
    for (row, near) in rows.iter().enumerate() {
        for &(other, share) in near {
            *pairs[row].entry(other).or_default() += share / (2.0 * n as f64);
            *pairs[other as usize].entry(row as u32).or_default() += share / (2.0 * n as f64);
        }
    }
    pairs.into_iter().map(|row| row.into_iter().map(|(other, share)| (other, share as f32)).collect()).collect()
}

/// Gaussian probabilities of others by their squared `distances` (ascending), with entropy ln `perplexity`.
fn conditional(distances: &[f64], perplexity: f64) -> Vec<f64> {
    let (mut low, mut high, mut precision) = (0.0, f64::INFINITY, 1.0);
    let nearest = distances.first().copied().unwrap_or(0.0);
    let mut shares = vec![0.0; distances.len()];
    for _ in 0..50 {
        let mut sum = 0.0;
        let mut weighted = 0.0;
        for (share, distance) in shares.iter_mut().zip(distances) {
            *share = exp(-precision * (distance - nearest));
            sum += *share;
            weighted += *share * (distance - nearest);
        }
        let entropy = ln(sum) + precision * weighted / sum;
        shares.iter_mut().for_each(|share| *share /= sum);
        let excess = entropy - ln(perplexity);
        if excess.abs() < 1e-4 {
            break;
        }
        if excess > 0.0 {
            low = precision;
            precision = if high.is_finite() { (low + high) / 2.0 } else { precision * 2.0 };
        } else {
            high = precision;
            precision = (low + high) / 2.0;
        }
    }
    shares
}

/// For each place whether it belongs to the core of its topic on the map, and the place nearest to each topic's middle.
pub fn cores(places: &[[f64; 2]], labels: &[u32]) -> (Vec<bool>, Vec<Option<usize>>) {
    let topics = labels.iter().max().map_or(0, |&top| top as usize + 1);
    let mut is_core = vec![false; places.len()];
    let mut middles = vec![None; topics];
    for (topic, middle) in middles.iter_mut().enumerate() {
        let mut members: Vec<usize> = (0..places.len()).filter(|&row| labels[row] as usize == topic).collect();
        // The median resists documents that lie elsewhere.
        let median = [0, 1].map(|axis| crate::maths::summary::median(&members.iter().map(|&row| places[row][axis]).collect::<Vec<f64>>()));
        let [Some(x), Some(y)] = median else { continue };
        let distance = |row: usize| (places[row][0] - x) * (places[row][0] - x) + (places[row][1] - y) * (places[row][1] - y);
        members.sort_by(|&a, &b| distance(a).total_cmp(&distance(b)).then(a.cmp(&b)));
        *middle = members.first().copied();
        let kept = (CORE * members.len() as f64).ceil() as usize;
        if kept >= FEWEST_OUTLINED {
            members[..kept].iter().for_each(|&row| is_core[row] = true);
        }
    }
    (is_core, middles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::{RandomStream, on_threads};

    fn clusters() -> DenseRows {
        let mut stream = RandomStream::new(2, 0);
        DenseRows::from_values(
            6,
            (0..120 * 6).map(|at| (if at % 6 == at / 6 % 3 { 4.0 } else { 0.0 } + 0.5 * stream.normal()) as f32).collect(),
        )
    }

    #[test]
    fn the_gradient_is_that_of_the_divergence() {
        let near = neighbourhoods(&clusters().taken(&(0..12).collect::<Vec<_>>()), 3.0);
        let share = |a: usize, b: usize| near[a].iter().find(|(other, _)| *other == b as u32).map_or(0.0, |(_, p)| f64::from(*p));
        assert!((near.iter().flatten().map(|(_, p)| f64::from(*p)).sum::<f64>() - 1.0).abs() < 1e-4);
        let mut stream = RandomStream::new(9, 0);
        let places: Vec<[f64; 2]> = (0..12).map(|_| [stream.normal(), stream.normal()]).collect();
        // The slow twin: the divergence itself, differentiated by small steps.
        let divergence = |places: &[[f64; 2]]| {
            let kernel = |a: usize, b: usize| {
                1.0 / (1.0
                    + (places[a][0] - places[b][0]) * (places[a][0] - places[b][0])
                    + (places[a][1] - places[b][1]) * (places[a][1] - places[b][1]))
            };
            let pairs = || (0..12).flat_map(|a| (0..12).map(move |b| (a, b))).filter(|(a, b)| a != b);
            let total: f64 = pairs().map(|(a, b)| kernel(a, b)).sum();
            pairs()
                .map(|(a, b)| {
                    let p = share(a, b);
                    if p > 0.0 { p * ln(p * total / kernel(a, b)) } else { 0.0 }
                })
                .sum::<f64>()
        };
        let found = slopes(&places, &near, 1.0);
        for row in 0..12 {
            for axis in 0..2 {
                let (mut up, mut down) = (places.clone(), places.clone());
                up[row][axis] += 1e-5;
                down[row][axis] -= 1e-5;
                let slope = (divergence(&up) - divergence(&down)) / 2e-5;
                assert!((found[row][axis] - slope).abs() < 1e-4, "{} {slope}", found[row][axis]);
            }
        }
    }

    #[test]
    fn clusters_stay_together_and_threads_do_not_show() {
        let found = places(&clusters());
        let distance = |a: usize, b: usize| {
            (found[a][0] - found[b][0]) * (found[a][0] - found[b][0]) + (found[a][1] - found[b][1]) * (found[a][1] - found[b][1])
        };
        let with_own = (0..120)
            .filter(|&row| {
                let nearest = (0..120).filter(|&other| other != row).min_by(|&a, &b| distance(row, a).total_cmp(&distance(row, b)));
                nearest.unwrap() % 3 == row % 3
            })
            .count();
        assert!(with_own >= 118, "{with_own}");
        assert_eq!(on_threads(1, || places(&clusters())), on_threads(7, || places(&clusters())));
        let (is_core, middles) = cores(&found, &(0..120).map(|row| row % 3).collect::<Vec<u32>>());
        assert_eq!(is_core.iter().filter(|core| **core).count(), 96);
        assert!(middles.iter().enumerate().all(|(topic, middle)| middle.unwrap() % 3 == topic));
    }

    #[test]
    fn few_or_equal_documents_have_places() {
        assert_eq!(places(&DenseRows::zeros(2, 3)).len(), 2);
        assert!(places(&DenseRows::from_values(2, vec![1.0; 20])).iter().flatten().all(|place| place.is_finite()));
    }
}
