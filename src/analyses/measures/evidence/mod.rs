//! How much speaks for a difference: test statistics and p-values on tokens or on document rates.

mod bayes_information_criterion;
mod chi_squared;
mod chi_squared_yates;
mod fisher_exact;
mod log_likelihood;
mod log_likelihood_two_cell;
mod mann_whitney;
mod williams;

pub use bayes_information_criterion::{BAYES_INFORMATION_CRITERION, bayes_information_criterion};
pub use chi_squared::{CHI_SQUARED, chi_squared};
pub use chi_squared_yates::{CHI_SQUARED_YATES, chi_squared_yates};
pub use fisher_exact::{FISHER_EXACT, fisher_exact};
pub use log_likelihood::{LOG_LIKELIHOOD, log_likelihood};
pub use log_likelihood_two_cell::{LOG_LIKELIHOOD_TWO_CELL, log_likelihood_two_cell};
pub use mann_whitney::{MANN_WHITNEY, mann_whitney};
pub use williams::{WILLIAMS, williams};
