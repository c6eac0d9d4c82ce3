//! Intervals of distances from resampled documents.
//!
//! A distance can't be negative, and every resample adds noise to both groups, so that resampled distances lie above the
//! observed one, as the observed one lies above the true one. The basic bootstrap interval (Davison & Hinkley 1997, §5.2)
//! turns the resampled deviations round and so takes this bias out to first order; percentiles would double it.

use crate::maths::summary::{mean, quantile_of_sorted};

/// Fewest documents of a group for its distances to have intervals.
pub(super) const FEWEST_DOCUMENTS: usize = 5;
/// Fewest resamples that make an interval.
const FEWEST_RESAMPLES: usize = 40;

/// An estimate with what resampling says about it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Estimate {
    /// As computed from the counts.
    pub value: Option<f64>,
    /// Less the bias that resampling shows.
    pub corrected: Option<f64>,
    /// Ends of the 95 % interval.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// The estimate of `value` whose resampled values are `replicates`; `floor` is the least that the quantity can be.
pub(super) fn estimate(value: Option<f64>, replicates: &[Option<f64>], floor: Option<f64>) -> Estimate {
    let mut resampled: Vec<f64> = replicates.iter().flatten().copied().filter(|value| value.is_finite()).collect();
    let Some(observed) = value.filter(|_| resampled.len() >= FEWEST_RESAMPLES && resampled.len() == replicates.len()) else {
        return Estimate { value, ..Estimate::default() };
    };
    resampled.sort_unstable_by(f64::total_cmp);
    let bounded = |value: f64| floor.map_or(value, |floor| value.max(floor));
    let turned = |share: f64| quantile_of_sorted(&resampled, share).map(|quantile| bounded(2.0 * observed - quantile));
    Estimate { value, corrected: mean(&resampled).map(|mean| bounded(2.0 * observed - mean)), low: turned(0.975), high: turned(0.025) }
}
