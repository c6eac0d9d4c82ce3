//! The far tail of the permutation distribution, where a thousand shuffles see nothing.
//!
//! With B shuffles no p can be below 1/(B + 1), and with 100,000 tests false-discovery control needs p near 1e-6. Where
//! fewer than ten shuffles reach the observed statistic, p is taken from the conditional double saddle-point
//! approximation (Skovgaard 1987; Robinson 1982 for permutations) of the *linear* permutation statistic
//! U = Σ over the group's documents of (x − r·w), r the pooled rate. U is the difference of rates times a factor; its
//! permutation law is that of drawing the group's documents without replacement, and needs no shuffles. Within strata the
//! draws are made in each stratum, r is the stratum's rate, and each stratum has a tilt of its own.

use super::frame::{Frame, Postings};
use super::strata::Strata;
use crate::maths::float::{exp, ln, sqrt};
use crate::maths::special::normal_upper_tail;

/// Documents without the term enter as about this many classes of like length, but at least as so many in each stratum.
const LENGTH_CLASSES: usize = 12;
const LEAST_CLASSES: usize = 2;
/// A p-value below this is stored as this.
const SMALLEST: f64 = 1e-300;

/// Documents by stratum and, within it, by classes of like length.
#[derive(Debug)]
pub(super) struct LengthClasses {
    class_of_document: Vec<u16>,
    stratum_of_document: Vec<u16>,
    words_of_document: Vec<f64>,
    /// Of each class, `[stratum × classes + class]`.
    documents: Vec<f64>,
    words: Vec<f64>,
    classes: usize,
    /// Documents and words of each stratum.
    strata: Vec<(f64, f64)>,
}

impl LengthClasses {
    /// Classes of documents of `words`, in each of `strata`. With 1 for each document's words lengths have no part.
    pub fn new(words: &[f64], strata: &Strata) -> Self {
        let classes = LENGTH_CLASSES.div_ceil(strata.count).max(LEAST_CLASSES);
        let members = strata.members();
        let mut made = Self {
            class_of_document: vec![0; words.len()],
            stratum_of_document: strata.of_document.clone(),
            words_of_document: words.to_vec(),
            documents: vec![0.0; members.len() * classes],
            words: vec![0.0; members.len() * classes],
            classes,
            strata: vec![(0.0, 0.0); members.len()],
        };
        for (stratum, mut order) in members.into_iter().enumerate() {
            order.sort_by(|&a, &b| words[a as usize].total_cmp(&words[b as usize]).then(a.cmp(&b)));
            let documents = order.len();
            let of_stratum = classes.min(documents).max(1);
            for (rank, document) in order.into_iter().map(|document| document as usize).enumerate() {
                let class = stratum * classes + rank * of_stratum / documents;
                made.class_of_document[document] = class as u16;
                made.documents[class] += 1.0;
                made.words[class] += words[document];
                made.strata[stratum].0 += 1.0;
                made.strata[stratum].1 += words[document];
            }
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

/// The scores of one stratum that holds the term.
#[derive(Debug)]
struct StratumScores {
    stratum: usize,
    documents: f64,
    cells: Vec<Cell>,
}

/// The scores x − r·w of one term's permutation statistic, by strata and classes.
#[derive(Debug)]
pub(super) struct Scores {
    strata: Vec<StratumScores>,
    /// Distance between neighbouring values of Σx: 1 for whole counts, 0 where weights blur it.
    step: f64,
}

impl Scores {
    pub fn new(frame: &Frame<'_>, classes: &LengthClasses, postings: &Postings) -> Self {
        let mut keyed: Vec<(u16, f64, u16, f64)> = postings
            .documents
            .iter()
            .zip(&postings.counts)
            .map(|(&document, &count)| {
                let document = document as usize;
                (classes.stratum_of_document[document], count, classes.class_of_document[document], classes.words_of_document[document])
            })
            .collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)).then(a.3.total_cmp(&b.3)));
        let of_stratum = |of_stratum: &[(u16, f64, u16, f64)]| {
            let stratum = usize::from(of_stratum[0].0);
            let (documents, words) = classes.strata[stratum];
            let rate = of_stratum.iter().map(|entry| entry.1).sum::<f64>() / words;
            let range = stratum * classes.classes..(stratum + 1) * classes.classes;
            let (mut left, mut left_words) = (classes.documents[range.clone()].to_vec(), classes.words[range.clone()].to_vec());
            let mut cells = Vec::new();
            for run in of_stratum.chunk_by(|a, b| a.1 == b.1 && a.2 == b.2) {
                let (documents, words) = (run.len() as f64, run.iter().map(|entry| entry.3).sum::<f64>());
                let class = usize::from(run[0].2) - range.start;
                left[class] -= documents;
                left_words[class] -= words;
                cells.push(Cell { documents, score: run[0].1 - rate * words / documents });
            }
            for (&documents, &words) in left.iter().zip(&left_words) {
                if documents > 0.0 {
                    cells.push(Cell { documents, score: -rate * words / documents });
                }
            }
            StratumScores { stratum, documents, cells }
        };
        let strata = keyed.chunk_by(|a, b| a.0 == b.0).map(of_stratum).collect();
        Self { strata, step: if frame.unweighted { 1.0 } else { 0.0 } }
    }

    /// One-sided p of a group with `size(stratum)` documents in each stratum and `score` = Σ(x − r·w) over them: of its
    /// statistic being at least as large (`above`) or as small. `None` where the statistic is on the wrong side or the
    /// equations have no solution.
    pub fn tail(&self, size: impl Fn(usize) -> f64, score: f64, above: bool) -> Option<f64> {
        let sign = if above { 1.0 } else { -1.0 };
        let observed = sign * score - self.step / 2.0;
        // Strata of one side only say nothing: their scores add up to the same in every shuffle.
        let strata: Vec<(&StratumScores, f64)> = self
            .strata
            .iter()
            .map(|stratum| (stratum, size(stratum.stratum)))
            .filter(|(stratum, size)| *size >= 1.0 && *size < stratum.documents)
            .collect();
        if observed <= 0.0 || strata.is_empty() {
            return None;
        }
        let saddle = solve(&strata, sign, observed)?;
        if !(saddle.exponent > 1e-9 && saddle.width > 0.0) {
            return None;
        }
        let w = sqrt(2.0 * saddle.exponent);
        // The continuity-corrected form for lattice sums (Daniels 1987; Davison & Wang 2002).
        let slope = if self.step > 0.0 { 2.0 * libm::sinh(saddle.theta / 2.0) } else { saddle.theta };
        let v = slope * sqrt(saddle.width);
        let p = normal_upper_tail(w + ln(v / w) / w);
        p.is_finite().then(|| p.clamp(SMALLEST, 1.0))
    }
}

/// K, its gradient and its Hessian, which is an arrow: each stratum's tilt meets θ only.
struct Evaluated {
    cumulant: f64,
    /// ∂K/∂λ − size of each stratum; ∂²K/∂λ²; ∂²K/∂λ∂θ.
    strata: Vec<(f64, f64, f64)>,
    gradient: f64,
    curvature: f64,
}

struct Saddle {
    theta: f64,
    /// Σ λ·size + θ·observed − K.
    exponent: f64,
    /// The determinant of the Hessian over that of the strata's tilts alone without a tilt.
    width: f64,
}

/// Solves ∂K = (sizes, observed) for K(λ, θ) = Σ documents · ln(1 − c + c·e^(λ + θ·score)) with a chance c and a tilt λ a
/// stratum, by damped Newton on a convex function.
fn solve(strata: &[(&StratumScores, f64)], sign: f64, observed: f64) -> Option<Saddle> {
    let chances: Vec<(f64, f64)> = strata
        .iter()
        .map(|(stratum, size)| {
            let chance = size / stratum.documents;
            (chance, ln(chance / (1.0 - chance)))
        })
        .collect();
    let at = |lambdas: &[f64], theta: f64| {
        let mut sums = Evaluated { cumulant: 0.0, strata: Vec::with_capacity(strata.len()), gradient: -observed, curvature: 0.0 };
        for (((stratum, size), &(chance, offset)), &lambda) in strata.iter().zip(&chances).zip(lambdas) {
            let (log_chance, log_rest) = (ln(chance), ln(1.0 - chance));
            let mut of_stratum = (-size, 0.0, 0.0);
            for cell in &stratum.cells {
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
                let log = if z > 0.0 { tilt + log_chance - ln(p) } else { log_rest - ln(q) };
                let spread = cell.documents * p * q;
                sums.cumulant += cell.documents * log;
                of_stratum.0 += cell.documents * p;
                of_stratum.1 += spread;
                of_stratum.2 += spread * score;
                sums.gradient += cell.documents * p * score;
                sums.curvature += spread * score * score;
            }
            sums.strata.push(of_stratum);
        }
        sums
    };
    let objective = |sums: &Evaluated, lambdas: &[f64], theta: f64| {
        sums.cumulant - lambdas.iter().zip(strata).map(|(lambda, (_, size))| lambda * size).sum::<f64>() - theta * observed
    };
    let mut lambdas = vec![0.0; strata.len()];
    let mut theta = 0.0;
    let mut now = at(&lambdas, theta);
    for _ in 0..60 {
        if now.strata.iter().any(|&(_, a, _)| a <= 0.0 || a.is_nan()) {
            return None;
        }
        // What is left of θ's curvature when the tilts follow (the Schur complement).
        let left = now.curvature - now.strata.iter().map(|&(_, a, b)| b * b / a).sum::<f64>();
        if left <= 0.0 || left.is_nan() {
            return None;
        }
        let step_theta = -(now.gradient - now.strata.iter().map(|&(g, a, b)| b * g / a).sum::<f64>()) / left;
        let steps: Vec<f64> = now.strata.iter().map(|&(g, a, b)| -(g + b * step_theta) / a).collect();
        let decrease = now.gradient * step_theta + now.strata.iter().zip(&steps).map(|(&(g, ..), step)| g * step).sum::<f64>();
        if decrease.abs() < 1e-10 {
            let ratios = now.strata.iter().zip(strata).zip(&chances);
            let width = left * ratios.map(|((&(_, a, _), (stratum, _)), (c, _))| a / (stratum.documents * c * (1.0 - c))).product::<f64>();
            return Some(Saddle { theta, exponent: -objective(&now, &lambdas, theta), width });
        }
        let before = objective(&now, &lambdas, theta);
        let mut length = 1.0;
        loop {
            let next_theta = theta + length * step_theta;
            let next_lambdas: Vec<f64> = lambdas.iter().zip(&steps).map(|(lambda, step)| lambda + length * step).collect();
            let next = at(&next_lambdas, next_theta);
            if objective(&next, &next_lambdas, next_theta) <= before + 0.1 * length * decrease {
                (lambdas, theta, now) = (next_lambdas, next_theta, next);
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
