//! How much speaks for a difference: test statistics and p-values on tokens or on document rates.

mod log_likelihood;

pub use log_likelihood::{LOG_LIKELIHOOD, log_likelihood};
