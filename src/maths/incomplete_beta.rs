//! The regularised incomplete beta function, its inverse, and Student's t made of them.

use super::probability_mass::binomial_raw;

/// I_x(a, b): P(X ≤ x) for X ~ Beta(a, b); a, b > 0, x clamped to 0–1.
///
/// Continued fraction of DLMF 8.17.22 by Lentz's method, with Loader's prefactor, which keeps large a and b exact.
pub fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    incomplete_beta_pair(a, b, x).0
}

/// I_x(a, b) and its complement 1 − I_x(a, b), each without cancellation.
pub fn incomplete_beta_pair(a: f64, b: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x >= 1.0 {
        return (1.0, 0.0);
    }
    let y = 1.0 - x;
    let prefactor = binomial_raw(a, a + b, x, y) * a * b / (a + b);
    if x <= (a + 1.0) / (a + b + 2.0) {
        let lower = prefactor * continued_fraction(a, b, x) / a;
        (lower, 1.0 - lower)
    } else {
        let upper = prefactor * continued_fraction(b, a, y) / b;
        (1.0 - upper, upper)
    }
}

fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let guard = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    // Large a and b need about √max(a, b) steps; the limit only stops NaN from looping.
    for step in 1..200_000u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() <= 1e-16 || factor.is_nan() {
            break;
        }
    }
    fraction
}

/// The x at which I_x(a, b) = `probability`: the quantile of Beta(a, b).
///
/// Newton steps kept inside a shrinking bracket, so that it can't run away; about 14 digits.
pub fn beta_quantile(probability: f64, a: f64, b: f64) -> f64 {
    if probability <= 0.0 {
        return 0.0;
    }
    if probability >= 1.0 {
        return 1.0;
    }
    // From the nearer tail, so that quantiles near 1 keep their digits in 1 − x.
    if probability > 0.5 {
        return 1.0 - beta_quantile(1.0 - probability, b, a);
    }
    let density = |x: f64| binomial_raw(a, a + b, x, 1.0 - x) * a * b / (a + b) / (x * (1.0 - x));
    super::special::solve_increasing(0.0, 1.0, a / (a + b), |x| (incomplete_beta(a, b, x) - probability, density(x)))
}

/// P(|T| > |t|) for Student's t with `degrees` > 0 degrees of freedom.
pub fn student_two_sided(t: f64, degrees: f64) -> f64 {
    incomplete_beta(degrees / 2.0, 0.5, degrees / (degrees + t * t))
}

/// The t that a Student variable with `degrees` degrees of freedom stays below with `probability` in (0, 1).
pub fn student_quantile(probability: f64, degrees: f64) -> f64 {
    if probability == 0.5 {
        return 0.0;
    }
    let tail = 2.0 * probability.min(1.0 - probability);
    let x = beta_quantile(tail, degrees / 2.0, 0.5);
    let t = (degrees * (1.0 - x) / x).sqrt();
    if probability < 0.5 { -t } else { t }
}

#[cfg(test)]
mod tests {
    use super::super::oracle_values as oracle;
    use super::*;
    use crate::maths::special::assert_relative;

    #[test]
    fn incomplete_beta_and_quantile_match_scipy() {
        for &(a, b, x, lower, upper) in oracle::BETA {
            let (got_lower, got_upper) = incomplete_beta_pair(a, b, x);
            assert_relative(got_lower, lower, 1e-10);
            assert_relative(got_upper, upper, 1e-10);
        }
        for &(probability, a, b, x) in oracle::BETA_QUANTILE {
            assert_relative(beta_quantile(probability, a, b), x, 1e-10);
        }
    }

    #[test]
    fn student_matches_scipy() {
        for &(t, degrees, p) in oracle::STUDENT {
            assert_relative(student_two_sided(t, degrees), p, 1e-11);
        }
        for &(probability, degrees, t) in oracle::STUDENT_QUANTILE {
            assert_relative(student_quantile(probability, degrees), t, 1e-9);
        }
    }

    #[test]
    fn ends_are_exact() {
        assert_eq!(incomplete_beta_pair(2.0, 3.0, -1.0), (0.0, 1.0));
        assert_eq!(incomplete_beta_pair(2.0, 3.0, 1.0), (1.0, 0.0));
        assert_eq!((beta_quantile(0.0, 2.0, 3.0), beta_quantile(1.0, 2.0, 3.0)), (0.0, 1.0));
    }
}
