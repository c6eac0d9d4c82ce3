//! Tail probabilities and quantiles.

use super::float::{exp, ln, sqrt};

pub use super::incomplete_beta::{beta_quantile, incomplete_beta, incomplete_beta_pair, student_quantile, student_two_sided};
pub use super::incomplete_gamma::{chi_squared_tail, gamma_quantile, incomplete_gamma_pair};
pub use super::probability_mass::{Hypergeometric, deviance_part};
/// Logarithm of the gamma function of a positive `x`; `ln_gamma(n + 1)` is the logarithm of n!.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// P(X > `statistic`) for X ~ χ² with one degree of freedom.
pub fn chi_squared_1_tail(statistic: f64) -> f64 {
    if statistic <= 0.0 { 1.0 } else { libm::erfc(sqrt(statistic / 2.0)) }
}

/// P(Z ≤ `z`) for a standard normal Z.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// The standard normal quantile of `probability` in (0, 1).
///
/// Acklam's rational approximation with one Halley step, good to about 1e-15 relative.
pub fn normal_quantile(probability: f64) -> f64 {
    #[expect(clippy::excessive_precision, reason = "the coefficients as published")]
    const A: [f64; 6] = [
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00,
    ];
    const B: [f64; 5] =
        [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01];
    const C: [f64; 6] = [
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00,
    ];
    const D: [f64; 4] = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00];
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5]) / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    let guess = if probability < 0.02425 {
        tail(sqrt(-2.0 * ln(probability)))
    } else if probability > 1.0 - 0.02425 {
        -tail(sqrt(-2.0 * ln(1.0 - probability)))
    } else {
        let q = probability - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    };
    let error = normal_cdf(guess) - probability;
    let step = error * sqrt(2.0 * std::f64::consts::PI) * exp(guess * guess / 2.0);
    guess - step / (1.0 + guess * step / 2.0)
}

/// P(Z > `z`) for a standard normal Z, with its digits kept far out.
pub fn normal_upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
}

/// The root of an increasing function between `low` and `high`, given as x ↦ (value, slope): Newton, or bisection where
/// Newton leaves the bracket or stalls.
pub(super) fn solve_increasing(low: f64, high: f64, start: f64, function: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high, mut x) = (low, high, start);
    for _ in 0..400 {
        let (value, slope) = function(x);
        if value == 0.0 {
            return x;
        }
        if value > 0.0 {
            high = x
        } else {
            low = x
        }
        let newton = x - value / slope;
        // Far out in a tail the root can be many powers of ten away: halve its exponent, not the interval.
        let middle = if low > 0.0 && high > 4.0 * low { sqrt(low * high) } else { low + (high - low) / if low > 0.0 { 2.0 } else { 16.0 } };
        let next = if newton > low && newton < high { newton } else { middle };
        if (next - x).abs() <= 2e-16 * next.abs() {
            return next;
        }
        x = next;
    }
    x
}

/// Fails unless `got` is within `tolerance` of `expected`, relatively (absolutely where 0 is expected).
#[cfg(test)]
#[track_caller]
pub(crate) fn assert_relative(got: f64, expected: f64, tolerance: f64) {
    let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
    assert!((got - expected).abs() <= tolerance * scale, "got {got:e}, expected {expected:e}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_match_scipy() {
        // scipy 1.17: stats.chi2.sf(3.841458820694124, 1), stats.norm.ppf(0.975), stats.norm.ppf(1e-9)
        assert!((chi_squared_1_tail(3.841458820694124) - 0.05).abs() < 1e-14);
        assert!((normal_quantile(0.975) - 1.959963984540054).abs() < 1e-12);
        assert!((normal_quantile(1e-9) + 5.997807015007687).abs() < 1e-9);
        assert_eq!(chi_squared_1_tail(0.0), 1.0);
    }
}
