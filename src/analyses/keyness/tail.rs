//! The far tail of the permutation distribution, where a thousand shuffles see nothing.
//!
//! With B shuffles no p can be below 1/(B + 1), and with 100,000 tests false-discovery control needs p near 1e-6. Where
//! fewer than ten shuffles reach the observed statistic, p is taken from the conditional double saddle-point
//! approximation (Skovgaard 1987; Robinson 1982 for permutations) of the *linear* permutation statistic
//! U = Σ over the group's documents of (x − r·w), r the pooled rate. U is the difference of rates times a factor; its
//! permutation law is that of drawing the group's documents without replacement, and needs no shuffles.

use super::frame::{Frame, Postings};
use crate::maths::float::{exp, ln, sqrt};
use crate::maths::special::normal_upper_tail;

/// Documents without the term enter as this many classes of like length.
const LENGTH_CLASSES: usize = 12;
/// A p-value below this is stored as this.
const SMALLEST: f64 = 1e-300;

/// Documents by classes of like length.
#[derive(Debug)]
pub(super) struct LengthClasses {
    class_of_document: Vec<u8>,
    documents: Vec<f64>,
    words: Vec<f64>,
}

impl LengthClasses {
    pub fn new(words: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..words.len()).collect();
        order.sort_by(|&a, &b| words[a].total_cmp(&words[b]).then(a.cmp(&b)));
        let classes = LENGTH_CLASSES.min(words.len()).max(1);
        let mut made = Self { class_of_document: vec![0; words.len()], documents: vec![0.0; classes], words: vec![0.0; classes] };
        for (rank, &document) in order.iter().enumerate() {
            let class = rank * classes / words.len();
            made.class_of_document[document] = class as u8;
            made.documents[class] += 1.0;
            made.words[class] += words[document];
        }
        made
    }
}

/// A class of documents with about the same score.
#[derive(Debug, Clone, Copy)]
struct Cell {
    documents: f64,
    score: f64,
}

/// The scores x − r·w of one term's permutation statistic, by classes.
#[derive(Debug)]
pub(super) struct Scores {
    cells: Vec<Cell>,
    documents: f64,
    rate: f64,
    /// Distance between neighbouring values of Σx: 1 for whole counts, 0 where weights blur it.
    step: f64,
}

impl Scores {
    pub fn new(frame: &Frame, classes: &LengthClasses, postings: &Postings) -> Self {
        let rate = postings.counts.iter().sum::<f64>() / frame.whole.words;
        let mut keyed: Vec<(f64, u8, f64)> = postings
            .documents
            .iter()
            .zip(&postings.counts)
            .map(|(&document, &count)| (count, classes.class_of_document[document as usize], frame.words[document as usize]))
            .collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.total_cmp(&b.2)));
        let (mut left, mut left_words) = (classes.documents.clone(), classes.words.clone());
        let mut cells = Vec::new();
        for run in keyed.chunk_by(|a, b| a.0 == b.0 && a.1 == b.1) {
            let (documents, words) = (run.len() as f64, run.iter().map(|entry| entry.2).sum::<f64>());
            left[usize::from(run[0].1)] -= documents;
            left_words[usize::from(run[0].1)] -= words;
            cells.push(Cell { documents, score: run[0].0 - rate * words / documents });
        }
        for (&documents, &words) in left.iter().zip(&left_words) {
            if documents > 0.0 {
                cells.push(Cell { documents, score: -rate * words / documents });
            }
        }
        Self { cells, documents: frame.whole.documents, rate, step: if frame.unweighted { 1.0 } else { 0.0 } }
    }

    /// One-sided p of a group with `size` documents, `words` and `count`: of its statistic being at least as large
    /// (`above`) or as small. `None` where the statistic is on the wrong side or the equations have no solution.
    pub fn tail(&self, size: f64, words: f64, count: f64, above: bool) -> Option<f64> {
        let sign = if above { 1.0 } else { -1.0 };
        let observed = sign * (count - self.rate * words) - self.step / 2.0;
        if observed <= 0.0 || size < 1.0 || size >= self.documents {
            return None;
        }
        let saddle = self.solve(sign, size, observed)?;
        let chance = size / self.documents;
        let width = saddle.determinant / (self.documents * chance * (1.0 - chance));
        let exponent = saddle.lambda * size + saddle.theta * observed - saddle.cumulant;
        if !(exponent > 1e-9 && width > 0.0) {
            return None;
        }
        let w = sqrt(2.0 * exponent);
        // The continuity-corrected form for lattice sums (Daniels 1987; Davison & Wang 2002).
        let slope = if self.step > 0.0 { 2.0 * libm::sinh(saddle.theta / 2.0) } else { saddle.theta };
        let v = slope * sqrt(width);
        let p = normal_upper_tail(w + ln(v / w) / w);
        p.is_finite().then(|| p.clamp(SMALLEST, 1.0))
    }

    /// Solves ∂K = (size, observed) for K(λ, θ) = Σ documents · ln(1 − c + c·e^(λ + θ·score)), by damped Newton on a
    /// convex function.
    fn solve(&self, sign: f64, size: f64, observed: f64) -> Option<Saddle> {
        let chance = size / self.documents;
        let offset = ln(chance / (1.0 - chance));
        let at = |lambda: f64, theta: f64| {
            let mut sums = Evaluated { cumulant: 0.0, gradient: (-size, -observed), hessian: (0.0, 0.0, 0.0) };
            for cell in &self.cells {
                let score = sign * cell.score;
                let tilt = lambda + theta * score;
                let z = tilt + offset;
                // p = e^z / (1 + e^z), written so that neither end overflows.
                let (p, q) = if z > 0.0 {
                    let e = exp(-z);
                    (1.0 / (1.0 + e), e / (1.0 + e))
                } else {
                    let e = exp(z);
                    (e / (1.0 + e), 1.0 / (1.0 + e))
                };
                let log = if z > 0.0 { tilt + ln(chance) - ln(p) } else { ln(1.0 - chance) - ln(q) };
                let spread = cell.documents * p * q;
                sums.cumulant += cell.documents * log;
                sums.gradient.0 += cell.documents * p;
                sums.gradient.1 += cell.documents * p * score;
                sums.hessian.0 += spread;
                sums.hessian.1 += spread * score;
                sums.hessian.2 += spread * score * score;
            }
            sums
        };
        let (mut lambda, mut theta) = (0.0, 0.0);
        let mut now = at(lambda, theta);
        for _ in 0..60 {
            let (a, b, c) = now.hessian;
            let determinant = a * c - b * b;
            if determinant <= 0.0 || determinant.is_nan() {
                return None;
            }
            let step_lambda = -(c * now.gradient.0 - b * now.gradient.1) / determinant;
            let step_theta = -(a * now.gradient.1 - b * now.gradient.0) / determinant;
            let decrease = now.gradient.0 * step_lambda + now.gradient.1 * step_theta;
            if decrease.abs() < 1e-10 {
                return Some(Saddle { lambda, theta, cumulant: now.cumulant, determinant });
            }
            let objective = |sums: &Evaluated, lambda: f64, theta: f64| sums.cumulant - lambda * size - theta * observed;
            let before = objective(&now, lambda, theta);
            let mut length = 1.0;
            loop {
                let (next_lambda, next_theta) = (lambda + length * step_lambda, theta + length * step_theta);
                let next = at(next_lambda, next_theta);
                if objective(&next, next_lambda, next_theta) <= before + 0.1 * length * decrease {
                    (lambda, theta, now) = (next_lambda, next_theta, next);
                    break;
                }
                length *= 0.5;
                if length < 1e-8 {
                    return None;
                }
            }
        }
        None
    }
}

struct Evaluated {
    cumulant: f64,
    gradient: (f64, f64),
    hessian: (f64, f64, f64),
}

struct Saddle {
    lambda: f64,
    theta: f64,
    cumulant: f64,
    determinant: f64,
}
