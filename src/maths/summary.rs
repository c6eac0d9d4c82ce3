//! Means, quantiles and the like of a list of numbers.

use super::resampling::resampled_sums;

/// Arithmetic mean; `None` for an empty list.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The quantile at `share` (0–1) of *sorted* values by linear interpolation (type 7 of Hyndman & Fan 1996, numpy's default).
pub fn quantile_of_sorted(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = share.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (position - below as f64))
}

/// The median of values in any order.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    quantile_of_sorted(&sorted, 0.5)
}

/// Σ weight·value over Σ weight; `None` where nothing weighs anything.
pub fn weighted_mean(values: &[f64], weights: &[f64]) -> Option<f64> {
    let sum: f64 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    let weight: f64 = weights.iter().sum();
    (weight > 0.0).then(|| sum / weight)
}

/// The 95 % percentile-bootstrap interval of the weighted mean (Efron 1979): resamples values with their weights `resamples`
/// times.
///
/// `None` with fewer than three values, where resampling says nothing, and where a resample weighs nothing.
pub fn bootstrap_interval_of_weighted_mean(
    values: &[f64],
    weights: &[f64],
    resamples: usize,
    stream: &mut super::RandomStream,
) -> Option<(f64, f64)> {
    if values.len() < 3 {
        return None;
    }
    let rows: Vec<[f64; 2]> = values.iter().zip(weights).map(|(value, weight)| [value * weight, *weight]).collect();
    let mean_of = |[sum, weight]: [f64; 2]| (weight > 0.0).then(|| sum / weight);
    let mut means = resampled_sums(&rows, resamples, stream).into_iter().map(mean_of).collect::<Option<Vec<f64>>>()?;
    means.sort_unstable_by(f64::total_cmp);
    Some((quantile_of_sorted(&means, 0.025)?, quantile_of_sorted(&means, 0.975)?))
}

/// Wilson's 95 % interval of a share: `hits` of `trials` (Wilson 1927). `None` without trials.
pub fn wilson_interval(hits: f64, trials: f64) -> Option<(f64, f64)> {
    const Z: f64 = 1.959963984540054;
    if trials <= 0.0 {
        return None;
    }
    let share = hits / trials;
    let z2 = Z * Z / trials;
    let middle = (share + z2 / 2.0) / (1.0 + z2);
    let half = Z / (1.0 + z2) * (share * (1.0 - share) / trials + z2 / (4.0 * trials)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_matches_statsmodels() {
        // statsmodels 0.14: proportion_confint(7, 20, method="wilson")
        let (low, high) = wilson_interval(7.0, 20.0).unwrap();
        assert!((low - 0.181_191_6).abs() < 1e-6 && (high - 0.567_145_7).abs() < 1e-6, "{low} {high}");
        assert_eq!(wilson_interval(0.0, 4.0).unwrap().0, 0.0);
        assert_eq!(wilson_interval(0.0, 0.0), None);
    }

    #[test]
    fn the_bootstrap_interval_is_near_the_normal_one() {
        let values: Vec<f64> = (0..400).map(|number| f64::from(number % 20)).collect();
        let (low, high) =
            bootstrap_interval_of_weighted_mean(&values, &[1.0; 400], 2000, &mut crate::maths::RandomStream::new(1, 1)).unwrap();
        let half = 1.96 * 33.25f64.sqrt() / 20.0;
        assert!((low - (9.5 - half)).abs() < 0.06 && (high - (9.5 + half)).abs() < 0.06, "{low} {high}");
        assert_eq!(bootstrap_interval_of_weighted_mean(&[1.0, 2.0], &[1.0; 2], 100, &mut crate::maths::RandomStream::new(1, 1)), None);
    }

    #[test]
    fn weights_count_values_as_often() {
        assert_eq!(weighted_mean(&[4.0, 10.0, 7.0], &[2.0, 0.5, 0.0]), weighted_mean(&[4.0, 4.0, 4.0, 4.0, 10.0], &[1.0; 5]));
        assert_eq!(weighted_mean(&[4.0, 4.0, 4.0, 4.0, 10.0], &[1.0; 5]), mean(&[4.0, 4.0, 4.0, 4.0, 10.0]));
        assert_eq!((weighted_mean(&[4.0], &[0.0]), weighted_mean(&[], &[])), (None, None));
        // Halving all weights changes no interval; a value that weighs nothing pulls no end.
        let values: Vec<f64> = (0..40).map(f64::from).collect();
        let interval = |weights: &[f64]| {
            bootstrap_interval_of_weighted_mean(&values, weights, 500, &mut crate::maths::RandomStream::new(5, 1)).unwrap()
        };
        assert_eq!(interval(&[0.5; 40]), interval(&[1.0; 40]));
        let light: Vec<f64> = values.iter().map(|&value| if value < 20.0 { 1.0 } else { 0.0 }).collect();
        assert!(interval(&light).1 < 14.0 && interval(&[1.0; 40]).1 > 20.0);
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile_of_sorted(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
        assert_eq!(quantile_of_sorted(&[1.0, 2.0, 3.0, 4.0], 0.025), Some(1.075));
        assert_eq!(quantile_of_sorted(&[], 0.5), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
    }
}
