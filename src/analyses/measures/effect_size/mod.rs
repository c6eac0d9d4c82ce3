//! How large a difference is, whatever the amount of text.

mod cohen_d;
mod conservative_log_ratio;
mod difference_coefficient;
mod effect_size_log_likelihood;
mod hedges_g;
mod log_ratio;
mod log_ratio_walter;
mod odds_ratio;
mod percent_difference;
mod rank_turbulence_divergence;
mod relative_risk;
mod simple_maths;
mod weighted_log_odds;
mod zeta;

pub use cohen_d::{COHEN_D, cohen_d};
pub use conservative_log_ratio::{CONSERVATIVE_LOG_RATIO, conservative_log_ratio};
pub use difference_coefficient::{DIFFERENCE_COEFFICIENT, difference_coefficient};
pub use effect_size_log_likelihood::{EFFECT_SIZE_LOG_LIKELIHOOD, effect_size_log_likelihood};
pub use hedges_g::{HEDGES_G, hedges_g};
pub use log_ratio::{LOG_RATIO, log_ratio};
pub use log_ratio_walter::{LOG_RATIO_WALTER, log_ratio_walter};
pub use odds_ratio::{ODDS_RATIO, odds_ratio};
pub use percent_difference::{PERCENT_DIFFERENCE, percent_difference};
pub use rank_turbulence_divergence::{RANK_TURBULENCE_DIVERGENCE, rank_turbulence};
pub use relative_risk::{RELATIVE_RISK, relative_risk};
pub use simple_maths::{SIMPLE_MATHS, SIMPLE_MATHS_100, simple_maths};
pub use weighted_log_odds::{WEIGHTED_LOG_ODDS, weighted_log_odds};
pub use zeta::{ZETA, zeta};

/// Rates per million of a word in the documents of a target, for cases.
pub(super) const SAMPLE_TARGET: &[f64] = &[0.0, 120.5, 310.0, 88.0, 0.0, 240.0, 510.0, 120.5];
/// Rates per million of a word in the documents of a reference, for cases.
pub(super) const SAMPLE_REFERENCE: &[f64] = &[0.0, 0.0, 45.0, 88.0, 120.5, 0.0, 10.0, 60.0, 200.0, 0.0];
