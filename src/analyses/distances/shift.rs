//! Word shifts: how much each word contributes to a difference between two texts (Gallagher et al. 2021).
//!
//! Comes in: the words' shares in the reference (p₁) and in the target (p₂). Goes out: one number a word; they add up to
//! the difference between the two.

use crate::analyses::measures::distance::divergence_term;
use crate::maths::float::log2;

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shift {
    /// p₂ − p₁; adds up to 0.
    Proportion,
    /// p₂ log₂(1/p₂) − p₁ log₂(1/p₁); adds up to the difference of Shannon entropies.
    Entropy,
    /// m log₂(1/m) − ½[p₁ log₂(1/p₁) + p₂ log₂(1/p₂)]; adds up to the Jensen–Shannon divergence.
    Divergence,
    /// (φ − Φ₁)(p₂ − p₁); adds up to the difference of mean scores.
    Lexicon,
}

impl Shift {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proportion => "proportion",
            Self::Entropy => "entropy",
            Self::Divergence => "jensen_shannon",
            Self::Lexicon => "lexicon",
        }
    }
}

fn surprise(share: f64) -> f64 {
    if share > 0.0 { -share * log2(share) } else { 0.0 }
}

/// Each word's contribution; `scores` (one a word) are used by [`Shift::Lexicon`] only.
pub(super) fn contributions(shift: Shift, reference: &[f64], target: &[f64], scores: &[f64]) -> Vec<f64> {
    let shares = reference.iter().zip(target);
    match shift {
        Shift::Proportion => shares.map(|(p1, p2)| p2 - p1).collect(),
        Shift::Entropy => shares.map(|(&p1, &p2)| surprise(p2) - surprise(p1)).collect(),
        Shift::Divergence => shares.map(|(&p1, &p2)| divergence_term(p1, p2)).collect(),
        Shift::Lexicon => {
            // With one list of scores the second part of the general formula, p̄(φ₂ − φ₁), is 0.
            let mean = average(reference, scores);
            shares.zip(scores).map(|((p1, p2), score)| (score - mean) * (p2 - p1)).collect()
        }
    }
}

/// What the shift is the difference of, for one text: entropy or mean score; `None` where only the difference means
/// something.
pub(super) fn level(shift: Shift, shares: &[f64], scores: &[f64]) -> Option<f64> {
    match shift {
        Shift::Proportion | Shift::Divergence => None,
        Shift::Entropy => Some(shares.iter().map(|&share| surprise(share)).sum()),
        Shift::Lexicon => Some(average(shares, scores)),
    }
}

fn average(shares: &[f64], scores: &[f64]) -> f64 {
    shares.iter().zip(scores).map(|(share, score)| share * score).sum()
}
