//! A map of documents: near on it is alike in the topic space.
//!
//! t-SNE (van der Maaten & Hinton 2008), exact, on evenly spaced documents, from a fixed start (the two leading dimensions, as
//! Kobak & Berens 2019 advise): nothing is random. Sums run over documents in their order, so threads don't show.

use crate::maths::dense::{DenseRows, dot};
use crate::maths::float::{exp, ln, sqrt};
use crate::maths::map_in_order;

/// Effective number of neighbours of a document.
const PERPLEXITY: f64 = 20.0;
/// Steps.
const STEPS: usize = 300;
/// Steps during which attraction is exaggerated, so that clusters form.
const EARLY: usize = 80;
/// By how much.
const EXAGGERATION: f64 = 8.0;
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

/// Gradient of the Kullback–Leibler divergence at `places`, without its factor 4.
fn slopes(places: &[[f64; 2]], near: &[f32], exaggeration: f64) -> Vec<[f64; 2]> {
    let n = places.len();
    let kernel = |a: usize, b: usize| {
        let (x, y) = (places[a][0] - places[b][0], places[a][1] - places[b][1]);
        1.0 / (1.0 + x * x + y * y)
    };
    let parts = map_in_order(n, |row| {
        let (mut total, mut pull, mut push) = (0.0, [0.0; 2], [0.0; 2]);
        for other in (0..n).filter(|&other| other != row) {
            let closeness = kernel(row, other);
            total += closeness;
            let attraction = exaggeration * f64::from(near[row * n + other]) * closeness;
            let repulsion = closeness * closeness;
            for axis in 0..2 {
                let difference = places[row][axis] - places[other][axis];
                pull[axis] += attraction * difference;
                push[axis] += repulsion * difference;
            }
        }
        (total, pull, push)
    });
    let total: f64 = parts.iter().map(|part| part.0).sum();
    parts.iter().map(|(_, pull, push)| [0, 1].map(|axis| 4.0 * (pull[axis] - push[axis] / total))).collect()
}

/// Probabilities of pairs, rows × rows, symmetric, summing to 1: each row's bandwidth gives it `perplexity` neighbours.
fn neighbourhoods(space: &DenseRows, perplexity: f64) -> Vec<f32> {
    let n = space.rows();
    let squares: Vec<f64> = (0..n).map(|row| dot(space.row(row), space.row(row))).collect();
    let products = space.times(&space.transposed());
    let rows = map_in_order(n, |row| {
        let distances: Vec<f64> =
            (0..n).map(|other| (squares[row] + squares[other] - 2.0 * f64::from(products.row(row)[other])).max(0.0)).collect();
        conditional(&distances, row, perplexity)
    });
    let mut all = vec![0.0f32; n * n];
    for a in 0..n {
        for b in 0..n {
            all[a * n + b] = ((rows[a][b] + rows[b][a]) / (2.0 * n as f64)) as f32;
        }
    }
    all
}

/// Gaussian probabilities of the others by their squared `distances`, with entropy ln `perplexity`.
fn conditional(distances: &[f64], own: usize, perplexity: f64) -> Vec<f64> {
    let (mut low, mut high, mut precision) = (0.0, f64::INFINITY, 1.0);
    let nearest = distances.iter().enumerate().filter(|(other, _)| *other != own).map(|(_, &d)| d).fold(f64::INFINITY, f64::min);
    let mut shares = vec![0.0; distances.len()];
    for _ in 0..50 {
        let mut sum = 0.0;
        let mut weighted = 0.0;
        for (other, share) in shares.iter_mut().enumerate() {
            *share = if other == own { 0.0 } else { exp(-precision * (distances[other] - nearest)) };
            sum += *share;
            weighted += *share * (distances[other] - nearest);
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
        assert!((near.iter().map(|&p| f64::from(p)).sum::<f64>() - 1.0).abs() < 1e-4);
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
                    let p = f64::from(near[a * 12 + b]);
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
