//! Binomial, Poisson and hypergeometric probabilities by Loader's saddle-point expansion.
//!
//! Loader, C. (2000), "Fast and accurate computation of binomial probabilities": no cancellation of large logarithms,
//! so that counts of millions keep about 14 digits. Comes in: counts. Goes out: probabilities. Not here: tails of
//! continuous distributions.

use super::float::{exp, ln, sqrt};
use std::f64::consts::{PI, TAU};

const LN_SQRT_TAU: f64 = 0.918_938_533_204_672_7;

/// ln n! minus Stirling's approximation of it, for real n ≥ 0.
fn stirling_error(n: f64) -> f64 {
    if n <= 0.0 {
        return 0.0;
    }
    if n <= 15.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * ln(n) + n - LN_SQRT_TAU;
    }
    let square = n * n;
    (1.0 / 12.0
        - (1.0 / 360.0 - (1.0 / 1260.0 - (1.0 / 1680.0 - (1.0 / 1188.0 - 691.0 / 360_360.0 / square) / square) / square) / square) / square)
        / n
}

/// x·ln(x/m) + m − x without cancellation near x = m: half of what a cell with count `x` and expectation `mean` adds to G².
pub fn deviance_part(x: f64, mean: f64) -> f64 {
    if (x - mean).abs() < 0.1 * (x + mean) {
        let v = (x - mean) / (x + mean);
        let mut sum = (x - mean) * v;
        let mut term = 2.0 * x * v;
        for j in 1..1000 {
            term *= v * v;
            let next = sum + term / f64::from(2 * j + 1);
            if next == sum {
                break;
            }
            sum = next;
        }
        return sum;
    }
    super::float::x_ln_ratio(x, mean) + mean - x
}

/// Probability of `x` successes in `n` trials with chance `p` and complement `q`; `x` and `n` may be real (as the
/// incomplete beta function needs them).
pub(super) fn binomial_raw(x: f64, n: f64, p: f64, q: f64) -> f64 {
    if p == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if q == 0.0 {
        return if x == n { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return if n == 0.0 { 1.0 } else { exp(if p < 0.1 { -deviance_part(n, n * q) - n * p } else { n * ln(q) }) };
    }
    if x == n {
        return exp(if q < 0.1 { -deviance_part(n, n * p) - n * q } else { n * ln(p) });
    }
    if x < 0.0 || x > n {
        return 0.0;
    }
    let exponent = stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance_part(x, n * p) - deviance_part(n - x, n * q);
    exp(exponent) * sqrt(n / (TAU * x * (n - x)))
}

/// Poisson probability of real `x` with `mean`: mean^x·e^(−mean)/Γ(x+1).
pub(super) fn poisson_raw(x: f64, mean: f64) -> f64 {
    if mean == 0.0 {
        return if x == 0.0 { 1.0 } else { 0.0 };
    }
    if x == 0.0 {
        return exp(-mean);
    }
    exp(-stirling_error(x) - deviance_part(x, mean)) / sqrt(2.0 * PI * x)
}

/// Drawing without replacement: `draws` from a population with `marked` marked items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hypergeometric {
    /// Items in the population.
    pub population: u64,
    /// Marked items among them.
    pub marked: u64,
    /// Items drawn.
    pub draws: u64,
}

impl Hypergeometric {
    /// The fewest marked items a draw can hold.
    pub fn lowest(&self) -> u64 {
        (self.marked + self.draws).saturating_sub(self.population)
    }

    /// The most marked items a draw can hold.
    pub fn highest(&self) -> u64 {
        self.marked.min(self.draws)
    }

    /// Probability of exactly `x` marked items.
    pub fn mass(&self, x: u64) -> f64 {
        if x < self.lowest() || x > self.highest() || self.population == 0 {
            return if self.population == 0 && x == 0 { 1.0 } else { 0.0 };
        }
        let (population, marked, draws, x) = (self.population as f64, self.marked as f64, self.draws as f64, x as f64);
        let unmarked = population - marked;
        let p = draws / population;
        let q = (population - draws) / population;
        binomial_raw(x, marked, p, q) * binomial_raw(draws - x, unmarked, p, q) / binomial_raw(draws, population, p, q)
    }

    /// P(X ≥ `x`).
    pub fn upper_tail(&self, x: u64) -> f64 {
        if x <= self.lowest() {
            return 1.0;
        }
        // Sum the smaller side, so that neither tail is lost to rounding.
        if (x as f64) * (self.population as f64) <= (self.marked as f64) * (self.draws as f64) {
            return (1.0 - self.sum_down(x - 1)).max(0.0);
        }
        self.sum_up(x)
    }

    /// P(X ≤ `x`).
    pub fn lower_tail(&self, x: u64) -> f64 {
        if x >= self.highest() {
            return 1.0;
        }
        if (x as f64) * (self.population as f64) >= (self.marked as f64) * (self.draws as f64) {
            return (1.0 - self.sum_up(x + 1)).max(0.0);
        }
        self.sum_down(x)
    }

    /// Fisher's two-sided p: the sum of all probabilities no larger than that of `x`.
    pub fn two_sided(&self, x: u64) -> f64 {
        let observed = self.mass(x);
        // scipy's and R's guard against rounding among equal probabilities.
        let limit = observed * (1.0 + 1e-7);
        let mode = ((self.marked + 1) as f64 * (self.draws + 1) as f64 / (self.population + 2) as f64) as u64;
        let mode = mode.clamp(self.lowest(), self.highest());
        let (lowest, highest) = (self.lowest(), self.highest());
        // The mass rises up to the mode and falls after it, so each boundary is found by bisection.
        let below = last_where(lowest, mode, |k| self.mass(k) <= limit);
        let above = first_where(mode, highest, |k| self.mass(k) <= limit);
        match (below, above) {
            (Some(below), Some(above)) if below >= above => 1.0,
            (below, above) => (below.map_or(0.0, |k| self.sum_down(k)) + above.map_or(0.0, |k| self.sum_up(k))).min(1.0),
        }
    }

    fn sum_up(&self, from: u64) -> f64 {
        let mut term = self.mass(from);
        let mut sum = term;
        let unmarked_room = |x: u64| self.population + x + 1 - self.marked - self.draws;
        for x in from..self.highest() {
            term *= (self.marked - x) as f64 * (self.draws - x) as f64 / ((x + 1) as f64 * unmarked_room(x) as f64);
            sum += term;
            if term < sum * 1e-18 {
                break;
            }
        }
        sum
    }

    fn sum_down(&self, from: u64) -> f64 {
        let mut term = self.mass(from);
        let mut sum = term;
        for x in (self.lowest() + 1..=from).rev() {
            let room = (self.population + x - self.marked - self.draws) as f64;
            term *= x as f64 * room / ((self.marked - x + 1) as f64 * (self.draws - x + 1) as f64);
            sum += term;
            if term < sum * 1e-18 {
                break;
            }
        }
        sum
    }
}

/// The last place in `low..=high` where `holds`, which is true up to a point and false after it.
fn last_where(low: u64, high: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(low) {
        return None;
    }
    let (mut good, mut bad) = (low, high + 1);
    while bad - good > 1 {
        let middle = good + (bad - good) / 2;
        if holds(middle) { good = middle } else { bad = middle }
    }
    Some(good)
}

/// The first place in `low..=high` where `holds`, which is false up to a point and true after it.
fn first_where(low: u64, high: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(high) {
        return None;
    }
    if holds(low) {
        return Some(low);
    }
    let (mut bad, mut good) = (low, high);
    while good - bad > 1 {
        let middle = bad + (good - bad) / 2;
        if holds(middle) { good = middle } else { bad = middle }
    }
    Some(good)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::maths::special::assert_relative;

    #[test]
    fn hypergeometric_masses_and_tails_match_mpmath() {
        for &(population, marked, draws, x, mass, lower, upper) in super::super::oracle_values::HYPERGEOMETRIC {
            let law = Hypergeometric { population, marked, draws };
            assert_relative(law.mass(x), mass, 1e-12);
            assert_relative(law.lower_tail(x), lower, 1e-10);
            assert_relative(law.upper_tail(x), upper, 1e-10);
        }
    }

    #[test]
    fn masses_sum_to_one_and_edges_are_defined() {
        let law = Hypergeometric { population: 50, marked: 20, draws: 11 };
        assert_relative((0..=11).map(|x| law.mass(x)).sum(), 1.0, 1e-13);
        assert_eq!(law.mass(12), 0.0);
        assert_eq!((law.upper_tail(0), law.lower_tail(11)), (1.0, 1.0));
        let tight = Hypergeometric { population: 5, marked: 4, draws: 4 };
        assert_eq!((tight.lowest(), tight.highest()), (3, 4));
        assert_relative(tight.upper_tail(4), 0.2, 1e-14);
    }
}
